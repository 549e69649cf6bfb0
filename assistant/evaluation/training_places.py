"""Direct identifiers at the place where they were said: does a finished turn still hold one, in whatever case?

``survival`` asks whether a text gives a fact away; a name that is also a plain word needs a capital there. Here the
original turn is known, so nothing has to be guessed: a word of a name that stands in the finished turn more often than
the original has it outside of everything marked is a name that was left, capital or not. What the recogniser made of a
name counts like the name itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from assistant.domain import DisclosureType
from assistant.evaluation.facts import fact_words
from assistant.evaluation.lexicon import CALENDAR, FUNCTION_WORDS, GENERIC_PLACES, KIN, TITLES
from assistant.evaluation.normal import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from assistant.evaluation.alignment import Alignment
    from assistant.evaluation.facts import Words
    from assistant.evaluation.gold import GoldSession, GoldSpan, GoldTurn

DIRECT = frozenset(
    {
        DisclosureType.PERSON,
        DisclosureType.ORG,
        DisclosureType.LOCATION,
        DisclosureType.ADDRESS,
        DisclosureType.PHONE,
        DisclosureType.EMAIL,
        DisclosureType.ID,
    }
)
"""Types that identify by themselves."""

_RANKS = """
    captain colonel commander constable corporal deacon detective judge king lieutenant major officer prince princess
    professor queen sergeant sheriff coach councillor counselor bishop brother father nurse pastor rabbi imam reverend
    chief petty private auntie aunty uncle don dona bibi senor senora monsieur madame herr frau big little old young
"""
_TELLS_NOTHING = FUNCTION_WORDS | TITLES | KIN | CALENDAR | frozenset(_RANKS.split())
_LONG_NUMBER = 4
"""Digits from which a part of a number is looked for inside a longer run."""
_PART = 4
"""Letters of a word of an employer or place that is looked for by itself."""
_ALIKE = 0.65
"""A recognised form less like what was said is some other word."""


@dataclass(frozen=True, slots=True)
class Said:
    """One mention of a direct identifier, where it stands in what was heard."""

    unit: int
    """Index of the utterance; -1 where nobody says it."""
    start: int
    end: int
    type: DisclosureType
    owner: str
    turn: int
    """Index of the gold turn; -1 where nobody says it."""
    words: Words = field(repr=False)
    """Normal form of what was said."""
    looked_for: tuple[Words, ...] = field(repr=False)
    """Each of them, word for word, is the identifier: the whole of it, the parts of a name, how it was heard."""


@dataclass(frozen=True, slots=True)
class Left:
    """A direct identifier that stands in a finished turn."""

    said: Said
    unit: int
    words: Words = field(repr=False)
    """What stands there."""


def said_of(
    gold: GoldSession,
    alignment: Alignment,
    heard: Sequence[str],
    everyday: Callable[[str], bool],
    kinds: Collection[DisclosureType] = DIRECT,
) -> tuple[Said, ...]:
    """Return every mention of a direct identifier, and everybody on the roster (who is nowhere: ``unit`` is -1).

    Args:
        gold: What was said.
        alignment: Where that stands in what was heard.
        heard: The text of each utterance.
        everyday: Whether a lower-case word is in the dictionary.
        kinds: Of which types.
    """
    heard_of = _Heard(alignment, heard)
    names = _capitals(gold)
    mentions = [
        said
        for turn in gold.turns
        for span in turn.spans
        if span.type in kinds and (said := _said(turn, span, heard_of, names, everyday)) is not None
    ]
    kind = DisclosureType.PERSON
    roster = [
        Said(-1, 0, 0, kind, person.id, -1, words, (words, *_parts(kind, words, names, everyday)))
        for person in gold.people
        if kind in kinds and (words := fact_words(person.name))
    ]
    return (*mentions, *roster)


def left_in(
    said: Sequence[Said],
    before: Mapping[int, str],
    after: Mapping[int, str],
    everyday: Callable[[str], bool],
) -> tuple[Left, ...]:
    """Return what stands in the finished turns; a word of the dictionary counts only in the turn where it was a name.

    Args:
        said: What is looked for.
        before: Text by utterance.
        after: The finished text by utterance; the same keys.
        everyday: Whether a lower-case word is in the dictionary.
    """
    marked: dict[int, list[Said]] = {}
    for one in said:
        marked.setdefault(one.unit, []).append(one)
    wanted: dict[Words, Said] = {}
    for one in said:
        for words in one.looked_for:
            wanted.setdefault(words, one)
    found: dict[tuple[int, Words], Left] = {}
    for unit, text in after.items():
        now = tokens(text)
        here = {words: one for one in marked.get(unit, ()) for words in one.looked_for}
        inside = {word for one in marked.get(unit, ()) for word in one.words}
        outside = _outside(before[unit], marked.get(unit, ()))
        for words, one in (wanted | here).items():
            telling = any(_tells(word, everyday) for word in words)
            # A name may be part of what is marked as something else: a shop that bears it.
            if not telling and not inside.issuperset(words):
                continue
            if _count(words, now) > (0 if telling else _count(words, outside)):
                found[unit, words] = Left(here.get(words, one), unit, words)
    return tuple(found.values())


def _tells(word: str, everyday: Callable[[str], bool]) -> bool:
    """Whether a word tells something wherever it stands."""
    return len(word) >= _LONG_NUMBER if word.isdecimal() else len(word) > 1 and not everyday(word)


def _said(
    turn: GoldTurn, span: GoldSpan, heard_of: _Heard, names: frozenset[str], everyday: Callable[[str], bool]
) -> Said | None:
    surface = turn.text[span.start : span.end]
    words = fact_words(surface)
    place = heard_of.place(turn, span)
    if not words or place is None or _describes(span.type, surface, turn.text, everyday):
        return None
    unit, start, end, heard = place
    looked_for = [words, *_parts(span.type, words, names, everyday), *_misheard(words, heard, span.type, everyday)]
    return Said(unit, start, end, span.type, span.owner, turn.index, words, tuple(dict.fromkeys(looked_for)))


def _describes(kind: DisclosureType, surface: str, text: str, everyday: Callable[[str], bool]) -> bool:
    """Whether a place is described and not named ("new hospital"): everyday words, small where capitals are used."""
    named = kind not in {DisclosureType.ORG, DisclosureType.LOCATION} or surface.lower() != surface
    return not named and text.lower() != text and all(everyday(word) for word in fact_words(surface))


def _parts(
    kind: DisclosureType, words: Words, names: frozenset[str], everyday: Callable[[str], bool]
) -> Iterator[Words]:
    """Yield the words that give it away alone."""
    if len(words) == 1:
        return
    for word in words:
        if word in _TELLS_NOTHING or len(word) == 1:
            continue
        if kind is DisclosureType.PERSON:
            if word in names or not everyday(word):
                yield (word,)
        elif word.isdecimal():
            if len(word) >= _LONG_NUMBER:
                yield (word,)
        elif len(word) >= _PART and word not in GENERIC_PLACES and not everyday(word):
            yield (word,)


def _misheard(words: Words, heard: Words, kind: DisclosureType, everyday: Callable[[str], bool]) -> Iterator[Words]:
    """Yield how the recogniser put it, where that is telling."""
    if not heard or heard == words:
        return
    if Levenshtein.normalized_similarity("".join(heard), "".join(words)) >= _ALIKE:
        yield heard
    if kind in {DisclosureType.PERSON, DisclosureType.LOCATION, DisclosureType.ORG}:
        for word in heard:
            near = max(Levenshtein.normalized_similarity(word, one) for one in words)
            if len(word) >= _PART and near >= _ALIKE and not everyday(word) and word not in GENERIC_PLACES:
                yield (word,)


def _capitals(gold: GoldSession) -> frozenset[str]:
    """Return the words that stand with a capital in a marked name, or on the roster."""
    found = {word for person in gold.people for word in fact_words(person.name)}
    for turn in gold.turns:
        for span in turn.spans:
            if span.type is DisclosureType.PERSON:
                surface = turn.text[span.start : span.end]
                found.update(t.text for t in tokens(surface) if surface[t.start].isupper())
    return frozenset(found - _TELLS_NOTHING)


def _outside(text: str, marked: Iterable[Said]) -> tuple[Token, ...]:
    """Return the words of a turn that stand outside everything that is marked in it."""
    spans = [(one.start, one.end) for one in marked]
    return tuple(t for t in tokens(text) if not any(start < t.end and t.start < end for start, end in spans))


def _count(words: Words, text: Sequence[Token]) -> int:
    n = len(words)
    found = sum(
        text[at].text == words[0] and tuple(t.text for t in text[at : at + n]) == words
        for at in range(len(text) - n + 1)
    )
    if n == 1 and words[0].isdecimal() and len(words[0]) >= _LONG_NUMBER:
        found += sum(t.text.isdecimal() and t.text != words[0] and words[0] in t.text for t in text)
    return found


class _Heard:
    """Finds the place of a gold span in what was heard."""

    def __init__(self, alignment: Alignment, texts: Sequence[str]) -> None:
        self._alignment = alignment
        self._texts = texts
        self._heard_of = alignment.heard_of()
        self._of_turn: dict[int, list[int]] = {}
        for index, word in enumerate(alignment.gold):
            self._of_turn.setdefault(word.unit, []).append(index)

    def place(self, turn: GoldTurn, span: GoldSpan) -> tuple[int, int, int, Words] | None:
        """Return utterance, start, end and words; None: it was not heard.

        Words that stand for no word of the gold and lie beside the span belong to it: a name falls into pieces.
        """
        gold, heard = self._alignment.gold, self._alignment.heard
        inside = [
            at
            for at in self._of_turn.get(turn.index, ())
            if gold[at].start_char < span.end and span.start < gold[at].end_char
        ]
        found = [self._heard_of[at] for at in inside if at in self._heard_of]
        if not found:
            return None
        unit = Counter(heard[at].unit for at in found).most_common(1)[0][0]
        found = sorted(at for at in found if heard[at].unit == unit)
        taken = set(self._heard_of.values())
        first, last = found[0], found[-1]
        if any(heard[at].text != gold[one].text for one in inside if (at := self._heard_of.get(one, first)) in found):
            while first - 1 not in taken and first > 0 and heard[first - 1].unit == unit:
                first -= 1
            while last + 1 not in taken and last + 1 < len(heard) and heard[last + 1].unit == unit:
                last += 1
        start, end = heard[first].start_char, heard[last].end_char
        return unit, start, end, fact_words(self._texts[unit][start:end])
