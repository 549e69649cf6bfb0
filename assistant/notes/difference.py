"""The difference test: two notes laid side by side must not reveal a third person.

Each note may be clean on its own and two of them together not: half of an employer's name in each, the same rare word
in both, two members who both answer what a third one told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from assistant.domain import Severity
from assistant.notes.figures import placed_figures
from assistant.notes.lexicon import CALENDAR, COMMON, carries_content, is_ordinary
from assistant.notes.passages import PassageKind, passages_of
from assistant.notes.trade import is_trade

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assistant.domain import GateFinding, Note, PersonId
    from assistant.notes.context import Surface
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage

    Finding = tuple[PersonId | None, GateFinding]
    """Whose note, and what was found in it."""

SHORTEST = 4
DIGITS = 4
"""A third's number of at least so many digits is looked for in two halves."""

HALF = 2
"""Digits that make a half."""

EVERYDAY = 400
"""Words of a lower rank tell nothing even where two members both answer a third with them."""

ANSWERS = 2
"""Words of a third's fact that two notes share before both lines are refused; one is for review."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two notes."""

    reader: PersonId | None
    index: SessionIndex
    passages: tuple[Passage, ...]
    at: Mapping[str, tuple[Passage, ...]] = field(repr=False)
    """The lines that each word stands in."""
    owned: frozenset[str] = field(repr=False)
    """Words of the reader's own facts that nobody said before."""


def difference(
    notes: Mapping[PersonId, Note], group_note: Note | None, indexes: Mapping[PersonId | None, SessionIndex]
) -> Mapping[PersonId | None, tuple[GateFinding, ...]]:
    """Return what every two notes, and each note with the group's part, tell of a third, by note (None: the group's).

    Args:
        notes: All notes of the session by member, drafts or completed: what a hand wrote is read as well.
        group_note: The group's part, if it was written.
        indexes: The session as arranged for each of them; None for the group's part.
    """
    sides = [_side(note, indexes[reader]) for reader, note in notes.items()]
    if group_note is not None:
        sides.append(_side(group_note, indexes[None]))
    found: dict[PersonId | None, dict[GateFinding, None]] = {s.reader: {} for s in sides}
    for first, second in combinations(sides, 2):
        for rule in (_split_facts, _same_rare_words, _both_answer):
            for reader, finding in rule(first, second):
                found[reader][finding] = None
    return {reader: tuple(findings) for reader, findings in found.items()}


def _side(note: Note, index: SessionIndex) -> _Side:
    passages = tuple(p for p in passages_of(note) if p.kind is not PassageKind.OWN_VOICE)
    at: dict[str, tuple[Passage, ...]] = {}
    for passage in passages:
        by_hand = passage.kind is PassageKind.CLINICIAN
        for word in dict.fromkeys(w for w, _ in placed_figures(passage.tokens)):
            # A clinician says the same of many: words of the trade tell nothing by standing in two notes.
            if not (by_hand and is_trade(word)):
                at[word] = (*at.get(word, ()), passage)
    owned = {
        w
        for w, first in index.own_fact_words.items()
        if w in CALENDAR or first <= index.other_first.get(w, (first, None))[0]
    }
    return _Side(index.reader, index, passages, at, frozenset(owned))


def _thirds_facts(first: _Side, second: _Side) -> Iterator[Surface]:
    for surface in first.index.other_surfaces:
        if surface.owner is not None and surface.owner not in {first.reader, second.reader}:
            yield surface


def _split_facts(first: _Side, second: _Side) -> Iterator[Finding]:
    """A fact of a third that neither note holds, and both together do."""
    for surface in _thirds_facts(first, second):
        words = {w for w in surface.words if carries_content(w)}
        here, there = words & first.at.keys(), words & second.at.keys()
        telling = any(not is_ordinary(w, COMMON) for w in (here ^ there))
        if len(words) > 1 and here | there == words and here - there and there - here and telling:
            yield from _at((first, here - there), (second, there - here), surface.owner, "fact in two halves")
        for number in (w for w in surface.words if w.isdigit() and len(w) >= DIGITS):
            for one, other in ((first, second), (second, first)):
                heads = [h for h in one.at if h.isdigit() and HALF <= len(h) < len(number) and number.startswith(h)]
                tails = {t for t in other.at if t.isdigit()}
                for head in (h for h in heads if number[len(h) :] in tails):
                    yield from _at((one, {head}), (other, {number[len(head) :]}), surface.owner, "fact in two halves")


def _same_rare_words(first: _Side, second: _Side) -> Iterator[Finding]:
    """A word outside the dictionary in both notes: a third's is refused, anybody else's links the charts."""
    thirds = {w: s.owner for s in _thirds_facts(first, second) for w in s.words}
    for word in first.at.keys() & second.at.keys():
        if len(word) < SHORTEST or word.isdigit() or is_ordinary(word):
            continue
        whose = thirds.get(word)
        for side in (first, second):
            severity = Severity.REFUSE if word in thirds and word not in side.owned else Severity.REVIEW
            yield from ((side.reader, p.finding("rare word in two notes", whose, severity)) for p in side.at[word])


def _both_answer(first: _Side, second: _Side) -> Iterator[Finding]:
    """Lines in both notes that take up the words of what a third told before either of them spoke of it."""
    for place, heard in enumerate(first.index.heard.utterances):
        for fact in heard.facts:
            owner = fact.clause.whose
            if owner is None or owner in {first.reader, second.reader}:
                continue
            in_both = (w for w in fact.told if w in first.at and w in second.at and _tells(w))
            shared = sorted(w for w in in_both if all(_took_up(side, w, place) for side in (first, second)))
            severity = Severity.REFUSE if len(shared) >= ANSWERS else Severity.REVIEW
            for word in shared:
                yield from _at((first, {word}), (second, {word}), owner, "both answer a third", severity)


def _tells(word: str) -> bool:
    return len(word) >= SHORTEST and carries_content(word) and not word.isdigit() and not is_ordinary(word, EVERYDAY)


def _took_up(side: _Side, word: str, place: int) -> bool:
    """Whether a note holds a word that its reader said only after ``place``, and not of a fact of the reader's own."""
    return word in side.at and word not in side.owned and side.index.own_first.get(word, place + 1) > place


def _at(
    one: tuple[_Side, set[str] | frozenset[str]],
    other: tuple[_Side, set[str] | frozenset[str]],
    whose: PersonId | None,
    rule: str,
    severity: Severity = Severity.REFUSE,
) -> Iterator[Finding]:
    for side, words in (one, other):
        for word in words:
            yield from ((side.reader, p.finding(rule, whose, severity)) for p in side.at.get(word, ()))
