"""Which private spans were found, under which type, and with the right owner.

A gold span is found if at least half of its characters are covered by a disclosure. From audio, a character counts
through the recognised word that stands for its word: what was not heard is not found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType
from assistant.evaluation.counts import Summable, rate
from assistant.evaluation.gold import OUTSIDER
from assistant.evaluation.lexicon import FUNCTION_WORDS, KIN, RELATIVE_TIME
from assistant.evaluation.normal import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assistant.evaluation.alignment import Alignment, Placed
    from assistant.evaluation.gold import GoldSession, GoldSpan, GoldTurn
    from assistant.evaluation.machine import HeardDisclosure, HeardUtterance, Machine

FOUND = 0.5
"""Share of a span's characters that must be covered."""

IDENTIFIERS = frozenset(
    {
        DisclosureType.PERSON,
        DisclosureType.ADDRESS,
        DisclosureType.PHONE,
        DisclosureType.EMAIL,
        DisclosureType.ID,
    }
)
"""Names and contact details."""


@dataclass(frozen=True, slots=True)
class TypeFigures(Summable):
    """Counts for one disclosure type."""

    gold: int = 0
    heard: int = 0
    """Gold spans at least half of whose characters were recognised as some word at all."""
    found: int = 0
    """Covered by a disclosure of the same type."""
    covered: int = 0
    """Covered by a disclosure of any type."""
    owned: int = 0
    """Of the found ones, those with the right owner."""
    unowned: int = 0
    """Of the found ones, those whose owner the rules left unknown."""
    predicted: int = 0
    right: int = 0
    """Predicted disclosures that overlap a gold span of the same type."""
    near: int = 0
    """Predicted disclosures that overlap a gold span of any type."""
    unmarked: int = 0
    """Wrong predictions of a kind that the gold leaves unmarked by convention: kin words, relative times."""

    @property
    def recall(self) -> float | None:
        """Share of gold spans found under their type."""
        return rate(self.found, self.gold)

    @property
    def covered_rate(self) -> float | None:
        """Share of gold spans covered by any type."""
        return rate(self.covered, self.gold)

    @property
    def recall_heard(self) -> float | None:
        """Recall over the spans that were recognised at all."""
        return rate(self.found, self.heard)

    @property
    def precision(self) -> float | None:
        """Share of predictions that overlap a gold span of the same type."""
        return rate(self.right, self.predicted)

    @property
    def precision_marked(self) -> float | None:
        """Precision without the predictions that the gold's convention leaves unmarked."""
        return rate(self.right, self.predicted - self.unmarked)

    @property
    def owner_accuracy(self) -> float | None:
        """Share of found spans with the right owner."""
        return rate(self.owned, self.found)


@dataclass(frozen=True, slots=True)
class SpanFigures(Summable):
    """Counts per type, one row per type and session."""

    rows: tuple[tuple[DisclosureType, TypeFigures], ...] = ()

    def by_type(self) -> dict[DisclosureType, TypeFigures]:
        """Return one sum per type that the gold marks or the machine predicted."""
        found: dict[DisclosureType, TypeFigures] = {}
        for kind, figures in self.rows:
            found[kind] = found.get(kind, TypeFigures()) + figures
        return {kind: found[kind] for kind in DisclosureType if kind in found}

    def over(self, kinds: Iterable[DisclosureType] | None = None) -> TypeFigures:
        """Return the sum over some types.

        Without ``kinds``: over the types that the gold marks at least once. Predictions of a type that no session's
        gold marks (LEGAL, WORK, …) can be neither right nor wrong and are left out.
        """
        wanted = None if kinds is None else set(kinds)
        total = TypeFigures()
        for kind, figures in self.by_type().items():
            if figures.gold if wanted is None else kind in wanted:
                total += figures
        return total


def span_figures(gold: GoldSession, machine: Machine, alignment: Alignment) -> SpanFigures:
    """Count found, predicted and owned spans of one session."""
    scorer = _Scorer(gold, machine, alignment)
    rows = [(span.type, scorer.gold_span(turn, span)) for turn in gold.turns for span in turn.spans]
    rows += [(d.type, scorer.predicted(unit, d)) for unit, u in enumerate(machine.utterances) for d in u.disclosures]
    summed = SpanFigures(tuple(rows)).by_type()
    return SpanFigures(tuple(summed.items()))


class _Scorer:
    def __init__(self, gold: GoldSession, machine: Machine, alignment: Alignment) -> None:
        self._utterances = machine.utterances
        self._gold = gold
        self._alignment = alignment
        self._heard_of = alignment.heard_of()
        self._gold_of = alignment.gold_of()
        self._said = _by_unit(alignment.gold)
        self._heard = _by_unit(alignment.heard)
        self._absent = {p.id: {t.text for t in tokens(p.name)} for p in gold.people if not p.present}

    def gold_span(self, turn: GoldTurn, span: GoldSpan) -> TypeFigures:
        said = _inside(self._alignment.gold, self._said.get(turn.index, ()), span.start, span.end)
        length = sum(len(self._alignment.gold[index].text) for index in said)
        if not length:
            return TypeFigures(gold=1)
        heard = sum(len(self._alignment.gold[index].text) for index in said if index in self._heard_of)
        typed, owner = self._cover(said, span.type)
        covered, _ = self._cover(said, None)
        found = typed >= FOUND * length
        return TypeFigures(
            gold=1,
            heard=int(heard >= FOUND * length),
            found=int(found),
            covered=int(covered >= FOUND * length),
            owned=int(found and owner in self._owners(turn, span)),
            unowned=int(found and owner is None),
        )

    def predicted(self, unit: int, disclosure: HeardDisclosure) -> TypeFigures:
        heard = _inside(self._alignment.heard, self._heard.get(unit, ()), disclosure.start, disclosure.end)
        said = [self._alignment.gold[self._gold_of[index]] for index in heard if index in self._gold_of]
        spans = [
            span
            for word in said
            for span in self._gold.turns[word.unit].spans
            if span.start < word.end_char and word.start_char < span.end
        ]
        right = any(span.type is disclosure.type for span in spans)
        return TypeFigures(
            predicted=1,
            right=int(right),
            near=int(bool(spans)),
            unmarked=int(not right and _unmarked(self._utterances[unit], disclosure)),
        )

    def _cover(self, said: Sequence[int], kind: DisclosureType | None) -> tuple[float, str | None]:
        """Return the covered characters, and the owner of the disclosure that covers most of them."""
        covered = 0.0
        by_owner: dict[str | None, float] = {}
        for index in said:
            if index not in self._heard_of:
                continue
            word = self._alignment.heard[self._heard_of[index]]
            weight = len(self._alignment.gold[index].text) / max(1, word.end_char - word.start_char)
            hit: set[int] = set()
            for disclosure in self._utterances[word.unit].disclosures:
                if kind is not None and disclosure.type is not kind:
                    continue
                inside = range(max(disclosure.start, word.start_char), min(disclosure.end, word.end_char))
                hit.update(inside)
                if inside:
                    by_owner[disclosure.owner] = by_owner.get(disclosure.owner, 0.0) + weight * len(inside)
            covered += weight * len(hit)
        owner = max(by_owner, key=lambda who: by_owner[who]) if by_owner else None
        return covered, owner

    def _owners(self, turn: GoldTurn, span: GoldSpan) -> set[str]:
        """Return the owners that are right; an absent person named in the turn is both outsider and person."""
        if span.owner != OUTSIDER:
            return {span.owner}
        surface = turn.text[span.start : span.end] if span.type is DisclosureType.PERSON else turn.text
        named = {token.text for token in tokens(surface)}
        return {"outsider", *(person for person, name in self._absent.items() if name & named)}


def _by_unit(words: Sequence[Placed]) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        found.setdefault(word.unit, []).append(index)
    return found


def _inside(words: Sequence[Placed], indices: Sequence[int], start: int, end: int) -> list[int]:
    return [index for index in indices if words[index].start_char < end and start < words[index].end_char]


def _unmarked(utterance: HeardUtterance, disclosure: HeardDisclosure) -> bool:
    """Whether the gold's convention leaves such words unmarked: nothing but kin words, or a time relative to today."""
    table = RELATIVE_TIME if disclosure.type is DisclosureType.DATE else KIN
    said = [t.text for t in tokens(utterance.text[disclosure.start : disclosure.end]) if not t.is_number]
    return any(word in table for word in said) and all(word in table or word in FUNCTION_WORDS for word in said)
