"""Names of other people on the roster, in every form the gate knows how to look for.

A name that is also an ordinary word (Will, Hope, May, Bill) counts where it stands as a name: with a capital inside a
sentence, or beside words that only go with a person.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jellyfish import metaphone
from rapidfuzz.distance import DamerauLevenshtein

from assistant.notes.lexicon import is_listed, is_ordinary, word_list
from assistant.notes.passages import PassageKind
from assistant.notes.trade import DEALINGS
from assistant.notes.word_names import reads_as_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from assistant.domain import GateFinding, PersonId
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage
    from assistant.notes.roster import Names
    from assistant.notes.tokens import Token

    Found = tuple[str, PersonId | None]
    """A rule, and whose name it is."""

SPEAKING = frozenset(
    word_list(
        """said says saying told tells mentioned asked asks thinks knows shared talked spoke replied answered
        wants wanted felt feels agreed laughed nodded cried"""
    )
)
"""Verbs that only a person goes with."""

COMPANY = frozenset(
    word_list(
        """sat sits sitting spoke speaking talked talking chatted beside thanked comforted consoled hugged paired
        supported supporting helped encouraged challenged praised validated reassured interrupted joined joked
        confronted listened replied responded related apologised apologized disagreed agreed connected asked offered
        feedback support told"""
    )
)
"""Words before the one whom a member dealt with."""

GREETING = frozenset({"hi", "hey", "hello", "thanks", "goodbye", "bye", "dear"})
PRONOUNS = frozenset({"i", "you", "he", "she", "it", "we", "they", "that", "this", "there", "be", "not"})
MODALS = frozenset({"will", "may"})
MONTHS = frozenset({"may", "june", "april", "august", "march", "january"})
MONTH_BEFORE = frozenset(
    word_list("in last this next since until till by of early late mid every during before after from through to")
)
ABBREVIATIONS = frozenset(
    word_list(
        """aa na ac ad ai am pm tv dvd cd pc er or ed id it ok okay us uk eu la ny dc mri ct iv hr pr ptsd ocd
        adhd dui dwi cbt dbt hiv std gp md rn np cps dmv irs va vp ceo phd ged pta ymca usa ssi ssdi hoa bmw kfc
        atm"""
    )
)
"""Capitals in a row that are no initials."""

LETTERED = frozenset(word_list("vitamin hepatitis hep type plan step part option group class grade phase level item"))
"""Words that a single letter may follow."""

WORDLIKE = 6_000
"""Rank up to which a word is so usual that one that is a roster name too may stand in lower case as a word."""

SHORTEST_SPELLED = 3
SHORTEST_NEAR = 4
SHORTEST_SPLIT = 6
LONG = 7
"""Letters from which two slips still leave a name recognisable; shorter names allow one."""

_DOTTED = re.compile(r"(?<![^\W_])([^\W\d_])\.\s?([^\W\d_])\.(?:\s?([^\W\d_])\.)?(?![^\W_])")


def check_names(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find names, nicknames, initials, ids and spelled or misheard names of others.

    A form that is the reader's own too (two Davids) is the reader's.
    """
    others, own = index.other_names, index.own_names
    inside = _own_phrases(passage, index)
    for find in _RULES:
        for rule, whose in find(passage, others, own, inside):
            yield passage.finding(rule, whose)


def find_named_companion(passage: Passage, others: Names, own: Names, inside: frozenset[int]) -> Iterator[Found]:
    """A name that is a word too, in lower case or like a month, where a clinician tells whom the member dealt with."""
    if passage.kind is not PassageKind.CLINICIAN:
        return
    words = [t.plain for t in passage.tokens]
    for at, form in enumerate(words):
        whose = others.words.get(form)
        if whose is None or form in own.words or at in inside:
            continue
        if _set_off(passage, at) or _deals(passage.tokens, at):
            yield "name", whose
            continue
        before = words[at - 1] if at else ""
        dealt = {before} | ({words[at - 2]} if at > 1 and before in {"with", "to", "by", "from", "beside"} else set())
        if dealt & COMPANY and (before not in {"with", "by"} or words[at - 2] in COMPANY):
            yield "name", whose


def _set_off(passage: Passage, at: int) -> bool:
    """Whether a word with a capital stands after a mark that begins no sentence: "a peer (Hope)", "; Hope"."""
    token = passage.tokens[at]
    marks = passage.text[: token.start].rstrip("*_ ")
    return at > 0 and token.capital and token.opens and marks.endswith(("(", "[", "“", '"', "«", ";", "—", "…", ">"))


def _deals(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows is what only a person does with another: "Hope offered support"."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.pause or not tokens[at].capital:
        return False
    dealt = after.plain in DEALINGS and after.plain.endswith("ed") and after.plain != "need"
    return dealt or after.plain in {"gave", "took", "spoke"}


def find_written_name(passage: Passage, others: Names, own: Names, inside: frozenset[int]) -> Iterator[Found]:
    """A name as the roster has it, or a usual short or full form of it."""
    for at, token in enumerate(passage.tokens):
        for form in {token.plain, token.plain.replace("'", "")}:
            rule = "name" if form in others.words else "nickname"
            whose = others.words.get(form, others.variants.get(form))
            if whose is None or form in own.words or at in inside:
                continue
            if passage.kind is PassageKind.CLINICIAN and is_listed(form) and reads_as_word(passage.tokens, at):
                continue
            if not is_listed(form, WORDLIKE) or stands_as_name(passage.tokens, at):
                yield rule, whose


def _beside_a_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether an opening word is joined to a name: "Hope and Ann", "Joy or Sam"."""
    if at + 2 >= len(tokens) or tokens[at + 1].plain not in {"and", "or"}:
        return False
    joined = tokens[at + 2]
    return joined.capital and not joined.opens and joined.plain not in PRONOUNS


def stands_as_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether an ordinary word that may be a name stands as one."""
    token = tokens[at]
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    modal = token.plain in MODALS and after is not None and after.plain in PRONOUNS and not token.possessive
    beside_person = (after is not None and after.plain in SPEAKING) or (before is not None and before.plain in GREETING)
    if modal or beside_person:
        return not modal
    if not token.capital or (len(token.text) > 1 and token.text.isupper() and _shouted(tokens)):
        return False
    if token.opens and not token.possessive:
        # "Will you", "Hope is hard to find": a capital says nothing here, an address does ("Bill, you ...").
        called = after is not None and after.pause and not after.opens
        return called or _beside_a_name(tokens, at)
    month = token.plain in MONTHS and (
        (before is not None and before.plain in MONTH_BEFORE) or (after is not None and after.plain[:1].isdigit())
    )
    return not month


def _shouted(tokens: Sequence[Token]) -> bool:
    return sum(t.text.isupper() for t in tokens) * 2 > len(tokens)


def find_misheard_name(passage: Passage, others: Names, own: Names, inside: frozenset[int]) -> Iterator[Found]:
    """A word that is no ordinary one and is spelled or sounds nearly like a name."""
    for at, token in enumerate(passage.tokens):
        if at not in inside and token.plain not in own.words and not is_ordinary(token.plain):
            yield from _near(token.plain, others.words)


def find_split_name(passage: Passage, others: Names, own: Names, inside: frozenset[int]) -> Iterator[Found]:
    """A name that recognition wrote as two words ("Mary Sol"), or glued into a longer one."""
    for at, (first, second) in enumerate(zip(passage.tokens, passage.tokens[1:], strict=False)):
        glued = first.plain + second.plain
        strange = any(not is_ordinary(t.plain) or (t.capital and not t.opens) for t in (first, second))
        whole = min(len(first.plain), len(second.plain)) > 1 and not {first.plain, second.plain} & own.words.keys()
        if strange and whole and not second.pause and not {at, at + 1} & inside and glued not in own.words:
            if glued in others.words:
                yield "split name", others.words[glued]
            yield from (("split name", w) for _, w in _near(glued, others.words, shortest=SHORTEST_SPLIT))
    for at, token in enumerate(passage.tokens):
        if at not in inside and token.plain not in own.words and not is_listed(token.plain):
            for name, whose in others.words.items():
                if len(name) >= 5 and name != token.plain and name in token.plain and not is_listed(name):  # noqa: PLR2004  shorter ones stand in many words
                    yield "glued name", whose


def _near(word: str, names: Mapping[str, PersonId], shortest: int = SHORTEST_NEAR) -> Iterator[Found]:
    if len(word) < shortest:
        return
    for name, whose in names.items():
        if len(name) < SHORTEST_NEAR or word == name or abs(len(name) - len(word)) > LONG // 2:
            continue
        slips = DamerauLevenshtein.distance(word, name, score_cutoff=3)
        if slips <= (2 if len(name) >= LONG else 1):
            yield "misspelled name", whose
        elif len(sound := metaphone(word)) > 1 and sound == metaphone(name) and slips <= len(name) // 2:
            yield "sound-alike name", whose


def find_spelled_name(passage: Passage, others: Names, own: Names, inside: frozenset[int]) -> Iterator[Found]:
    """A name spelled letter by letter ("K, O, W ...", "double L")."""
    del inside
    letters = ""
    for token in (*passage.tokens, None):
        if token is not None and len(token.text) == 1 and token.plain.isalpha():
            letters += token.plain * (2 if letters.endswith("+") else 1)
            letters = letters.replace("+", "")
            continue
        if token is not None and token.plain == "double":
            letters += "+"
            continue
        spelled = letters.replace("+", "")
        letters = ""
        if len(spelled) < SHORTEST_SPELLED or spelled in own.words:
            continue
        for name, whose in others.words.items():
            close = DamerauLevenshtein.distance(spelled, name, score_cutoff=2) <= (
                1 if len(name) >= SHORTEST_NEAR else 0
            )
            part = name.startswith(spelled) or (len(name) >= SHORTEST_SPELLED and name in spelled)
            if close or part:
                yield "spelled name", whose


def find_initials(passage: Passage, others: Names, own: Names, inside: frozenset[int]) -> Iterator[Found]:
    """Initials, with dots or as capitals in a row: they are names (``domain.md`` 1, S6)."""
    for match in _DOTTED.finditer(passage.text):
        letters = "".join(g for g in match.groups() if g).lower()
        if letters in others.initials and letters not in own.initials and letters not in {"am", "pm", "us", "dc"}:
            yield "initials", others.initials[letters]
    if passage.kind is PassageKind.CLINICIAN:
        yield from _single_initials(passage, others, own)
    for at, token in enumerate(passage.tokens):
        letters = token.plain
        capitals = token.text[: len(letters)].isupper() and len(letters) > 1 and not _shouted(passage.tokens)
        known = letters in own.initials or letters in ABBREVIATIONS or at in inside
        if capitals and letters in others.initials and not known:
            yield "initials", others.initials[letters]


def _single_initials(passage: Passage, others: Names, own: Names) -> Iterator[Found]:
    """One capital, with or without a dot, where a name would stand: "H. cried", "supported H"."""
    tokens = passage.tokens
    for at, token in enumerate(tokens):
        before = tokens[at - 1].plain if at else ""
        if len(token.text.removesuffix("'s").removesuffix("\u2019s")) != 1 or not token.capital or token.bracketed:
            continue
        letter = token.plain
        dotted = passage.text[token.end : token.end + 1] == "."
        word = letter == "i" or (letter == "a" and not dotted) or before in LETTERED
        follows = at + 1 < len(tokens) and len(tokens[at + 1].plain) == 1
        spelled = (at > 0 and len(before) == 1) or follows
        if letter in others.letters and letter not in own.letters and not word and not spelled:
            yield "initials", others.letters[letter]


def find_id(passage: Passage, others: Names, own: Names, inside: frozenset[int]) -> Iterator[Found]:
    """A roster code ("m2")."""
    del inside
    for token in passage.tokens:
        if token.plain in others.ids and token.plain not in own.ids and not is_listed(token.plain):
            yield "roster id", others.ids[token.plain]


def _own_phrases(passage: Passage, index: SessionIndex) -> frozenset[int]:
    """Return the words that stand inside a fact of the reader's own of two words or more ("Rose Bakery")."""
    words = [t.plain for t in passage.tokens]
    inside: set[int] = set()
    for surface in index.own_surfaces:
        size = len(surface.words)
        if size > 1 and surface.type in {"ORG", "LOCATION", "ADDRESS"}:
            for at in range(len(words) - size + 1):
                if tuple(words[at : at + size]) == surface.words:
                    inside.update(range(at, at + size))
    return frozenset(inside)


_RULES: tuple[Callable[[Passage, Names, Names, frozenset[int]], Iterator[Found]], ...] = (
    find_written_name,
    find_named_companion,
    find_misheard_name,
    find_split_name,
    find_spelled_name,
    find_initials,
    find_id,
)
