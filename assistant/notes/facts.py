"""Facts that belong to somebody else: how they were said, parts of them, their numbers, and what the group file knows.

The reader's own fact in the same words stays the reader's if nobody said it first (promise 1: no fact or term that
somebody else disclosed first). Words that anybody may use ("Saturday", "drinking") are held less strictly than names
of places, employers and drugs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jellyfish import metaphone
from rapidfuzz.distance import DamerauLevenshtein

from assistant.domain import DisclosureType, Severity
from assistant.notes.figures import ORDINALS, placed_figures
from assistant.notes.lexicon import (
    CALENDAR,
    COMMON,
    FUNCTION,
    RELATIVE_TIME,
    carries_content,
    is_listed,
    is_ordinary,
    stem,
)
from assistant.notes.names import stands_as_name
from assistant.notes.passages import PassageKind
from assistant.notes.tokens import plain_words
from assistant.notes.wordings import LONG_NUMBER, NAMED_THINGS, SHORTEST_PART, glued

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.domain import GateFinding
    from assistant.notes.context import Surface
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage
    from assistant.notes.tokens import Token

LONG_PART = 8
"""Letters from which two slips still leave a word recognisable; shorter words allow one."""

FACT_WORDS = 3
FACT_SHARE = 0.6
"""How many content words of a fact in the group file, and what share of them, make a line tell that fact."""

AGE_BEFORE = frozenset({"is", "was", "am", "are", "were", "turned", "turning", "turns", "aged", "age", "be"})
CONTRACTED = frozenset({"i", "he", "she", "they", "it", "who"})
LOOSELY = frozenset(
    {"only", "what", "like", "about", "just", "nearly", "almost", "maybe", "already", "not", "even", "uh"}
)
"""Words between "is" and an age that change nothing."""
LASTING = frozenset({"for", "in", "after", "over", "within", "nearly", "almost", "past", "last"})
"""Words that make a number of years a time and no age."""
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
AT_A_DAY = frozenset(
    {"on", "next", "by", "every", "this", "until", "for", "before", "session", "group", "meeting", "appointment"}
)
AHEAD = frozenset({"in", "within", "every"})
AGE_AFTER = frozenset({"year", "years", "yr", "yrs", "months"})


def check_facts(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find the wording of a fact that somebody else owns, or that nobody owns and somebody else said."""
    placed = placed_figures(passage.tokens)
    words = [w for w, _ in placed]
    own = _own_places(words, index)
    for surface, core in index.other_wordings.begun_in(words):
        for at in _matches(core, words):
            covered = [own.get(i) for i in range(at, at + len(core))]
            severity = _severity(surface, core, covered)
            if severity is Severity.REFUSE and passage.kind is PassageKind.CLINICIAN and _planned(core, words, at):
                severity = Severity.REVIEW
            if severity is not None and _in_sense(surface, core, passage, placed, at):
                yield passage.finding(
                    "fact of another" if None in covered else "first said by another", surface.owner, severity
                )


def check_fact_parts(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find one rare word of another's fact, alone or misspelled ("Harlan" of "Harlan Freight")."""
    rare = [t for t in passage.tokens if len(t.plain) >= SHORTEST_PART and not is_ordinary(t.plain)]
    mine = index.own_fact_words
    for surface, part in index.other_wordings.parts if rare else ():
        for token in rare:
            theirs_first = mine.get(token.plain, surface.first + 1) > surface.first
            if theirs_first and _alike(token.plain, part):
                unclear = surface.owner is None and token.plain in mine
                yield passage.finding(
                    "part of another's fact", surface.owner, Severity.REVIEW if unclear else Severity.REFUSE
                )


def check_numbers(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find a number of another, in digits or words, whole or in part; and an address for mail, spoken or written."""
    numbers = [w for w, _ in placed_figures(passage.tokens) if w.isdigit() and len(w) >= LONG_NUMBER]
    mine = index.own_fact_words
    in_one_piece = glued(t.plain for t in passage.tokens)
    for one in index.other_wordings.numbered:
        for theirs in one.numbers:
            if any((n in theirs or theirs in n) and n not in mine for n in numbers):
                yield passage.finding("number of another", one.surface.owner)
        if one.mail is not None and one.mail in in_one_piece:
            yield passage.finding("number of another", one.surface.owner)


def check_known_facts(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find a line that tells what the group file knows of another, in nearly its words."""
    said = {stem(t.plain) for t in passage.tokens}
    for fact in index.context.group.facts:
        if fact.owner == index.reader:
            continue
        content = {stem(w) for w in plain_words(fact.text) if carries_content(w)}
        shared = len(content & said)
        if shared >= min(FACT_WORDS, len(content)) and shared >= FACT_SHARE * len(content) and shared > 1:
            yield passage.finding("known fact of another", fact.owner)


def _matches(core: Sequence[str], words: Sequence[str]) -> Iterator[int]:
    size, wanted = len(core), tuple(core)
    if size and wanted[0] in words:
        yield from (at for at in range(len(words) - size + 1) if tuple(words[at : at + size]) == wanted)


def _own_places(words: Sequence[str], index: SessionIndex) -> dict[int, int]:
    """Return for each word that stands in a wording of the reader's own fact the place it was first said at."""
    own: dict[int, int] = {}
    for surface, core in index.own_wordings.begun_in(words):
        for at in _matches(core, words):
            for i in range(at, at + len(core)):
                own[i] = min(own.get(i, surface.first), surface.first)
    return own


def _severity(surface: Surface, core: Sequence[str], covered: Sequence[int | None]) -> Severity | None:
    """Return how grave it is that the wording stands in the note; None: not at all.

    Args:
        surface: Another's fact.
        core: Its words that count.
        covered: For each of them, where the reader first said it of the reader's own; None: never.
    """
    common = all(is_ordinary(w) or w in CALENDAR or (w.isdigit() and len(w) < LONG_NUMBER) for w in core)
    firsts = [first for first in covered if first is not None]
    if len(firsts) == len(core):
        if common or max(firsts) <= surface.first:
            return None
        return Severity.REFUSE if surface.owner is not None else Severity.REVIEW
    if surface.type is DisclosureType.DATE and all(w in RELATIVE_TIME or w in FUNCTION for w in core):
        return None
    everyday = len(core) == 1 and is_ordinary(core[0], COMMON) and core[0] not in CALENDAR
    if common and (surface.owner is None or (everyday and surface.type not in NAMED_THINGS)):
        return Severity.REVIEW
    return Severity.REFUSE


def _planned(core: Sequence[str], words: Sequence[str], at: int) -> bool:
    """Whether a time in a clinician's line is one that any plan has: "Tuesday" alone, "in 30 days"."""
    if len(core) == 1 and core[0] in WEEKDAYS:
        return at > 0 and words[at - 1] in AT_A_DAY
    measured = all(w in RELATIVE_TIME or (w.isdigit() and len(w) < LONG_NUMBER) for w in core)
    return measured and at > 0 and words[at - 1] in AHEAD


def _in_sense(
    surface: Surface, core: Sequence[str], passage: Passage, placed: Sequence[tuple[str, int]], at: int
) -> bool:
    """Whether a wording that many use stands in the sense of the fact: a name with a capital, an age as an age."""
    place = placed[at][1]
    if surface.type in NAMED_THINGS and all(is_listed(w) for w in core):
        ends = placed[at + len(core)][1] if at + len(core) < len(placed) else len(passage.tokens)
        return any(stands_as_name(passage.tokens, i) for i in range(place, ends))
    if surface.type is DisclosureType.AGE and len(core) == 1:
        # "He's only, what, thirty-nine."
        beside = [i for word, i in placed[:at] if word not in LOOSELY][-2:]
        before = {passage.tokens[i].plain for i in beside if _tells_age(passage.tokens[i])}
        after = [word for word, _ in placed[at + 1 : at + 3]]
        ends = placed[at + 1][1] if at + 1 < len(placed) else len(passage.tokens)
        if passage.tokens[ends - 1].plain in ORDINALS:
            return False
        # "Eleven years old" is an age, "for eleven years" a time.
        old = len(after) > 1 and after[0] in AGE_AFTER and after[1] in {"old", "of"}
        lasts = at > 0 and placed[at - 1][0] in LASTING
        return bool(before) or old or (bool(after) and after[0] in AGE_AFTER and not lasts)
    # One small number that is no age, "two", is nobody's.
    return not (len(core) == 1 and core[0].isdigit() and len(core[0]) == 1)


def _tells_age(token: Token) -> bool:
    """Whether a word before a number makes it an age: a form of "be" or "turn", also contracted ("he's seven")."""
    contracted = len(token.text) > len(token.plain)
    return token.plain in AGE_BEFORE or (contracted and token.plain in CONTRACTED)


def _alike(word: str, part: str) -> bool:
    if word == part:
        return True
    slips = DamerauLevenshtein.distance(word, part, score_cutoff=3)
    if slips <= (2 if len(part) >= LONG_PART else 1) and len(part) > SHORTEST_PART:
        return True
    sound = metaphone(word)
    return len(sound) > 2 and sound == metaphone(part) and slips <= 2  # noqa: PLR2004  two sounds are too few to tell
