"""How well the words were heard, and how many of them were put in the wrong mouth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from assistant.domain import DisclosureType
from assistant.evaluation.counts import Summable, rate
from assistant.evaluation.gold import OUTSIDER
from assistant.evaluation.normal import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assistant.evaluation.alignment import Alignment, Placed
    from assistant.evaluation.gold import GoldSession, GoldSpan
    from assistant.evaluation.machine import Machine

HEARD_WITHIN_S = 1.0
"""A name against which no word was put counts as heard if it was recognised this close to when it was said."""
HEARD_LIKENESS = 0.8
"""Least likeness (1 - edits / length) of a name that was heard misspelt; below it the roster cannot mend it."""
EDGE_S = 0.25
"""Word times are this imprecise: a word without a counterpart may belong to whoever talks so near."""
CERTAIN_WITHIN_S = 1.0
"""An equal word further off than this may be another person's same word: whoever talked then is right too."""


@dataclass(frozen=True, slots=True)
class WordErrors(Summable):
    """Word errors over normalised words (see ``normal``): fillers dropped on both sides, numbers digit by digit."""

    reference: int = 0
    substituted: int = 0
    missed: int = 0
    inserted: int = 0

    @property
    def rate(self) -> float | None:
        """Word error rate."""
        return rate(self.substituted + self.missed + self.inserted, self.reference)


@dataclass(frozen=True, slots=True)
class NamesHeard(Summable):
    """Names of people on the roster (present or absent) each time they were said."""

    said: int = 0
    exact: int = 0
    alike: int = 0
    """Heard exactly or misspelt (likeness at least ``HEARD_LIKENESS``)."""

    @property
    def rate(self) -> float | None:
        """Share heard, misspelt or not."""
        return rate(self.alike, self.said)

    @property
    def exact_rate(self) -> float | None:
        """Share heard as spelt."""
        return rate(self.exact, self.said)


@dataclass(frozen=True, slots=True)
class WordOwners(Summable):
    """Recognised words by the person they were given to; words while nobody really talked are left out."""

    words: int = 0
    guessed: int = 0
    """Words with a best guess, before abstention."""
    guessed_wrong: int = 0
    attributed: int = 0
    """Words given to somebody, after abstention."""
    attributed_wrong: int = 0
    wrong_to_member: int = 0
    """Of the wrong ones, those given to a member: only these can reach a note."""

    @property
    def wrong_before(self) -> float | None:
        """Words on the wrong person per 1,000 given, before abstention."""
        return rate(1000 * self.guessed_wrong, self.guessed)

    @property
    def wrong_after(self) -> float | None:
        """The same after abstention."""
        return rate(1000 * self.attributed_wrong, self.attributed)

    @property
    def lost(self) -> float | None:
        """Share of the words that belongs to nobody after abstention."""
        return rate(self.words - self.attributed, self.words)


def word_errors(alignment: Alignment) -> WordErrors:
    """Count word errors on the alignment."""
    wrong = sum(not alignment.same(*pair) for pair in alignment.pairs)
    return WordErrors(
        reference=len(alignment.gold),
        substituted=wrong,
        missed=len(alignment.gold) - len(alignment.pairs),
        inserted=len(alignment.heard) - len(alignment.pairs),
    )


def names_heard(gold: GoldSession, alignment: Alignment) -> NamesHeard:
    """Count the gold names of people on the roster that were recognised where they were said."""
    absent = {token.text for p in gold.people if not p.present for token in tokens(p.name)}
    said_in: dict[int, list[int]] = {}
    for index, word in enumerate(alignment.gold):
        said_in.setdefault(word.unit, []).append(index)
    heard_of = alignment.heard_of()
    figures = NamesHeard()
    for turn in gold.turns:
        for span in turn.spans:
            said = [
                index
                for index in said_in.get(turn.index, ())
                if alignment.gold[index].start_char < span.end and span.start < alignment.gold[index].end_char
            ]
            name = [alignment.gold[index].text for index in said]
            if span.type is not DisclosureType.PERSON or not name or not _on_roster(span, name, absent):
                continue
            near = _near(alignment, heard_of, said)
            likeness = max((_likeness(name, run) for run in _runs(near, len(name))), default=0.0)
            figures += NamesHeard(1, int(likeness == 1), int(likeness >= HEARD_LIKENESS))
    return figures


def word_owners(gold: GoldSession, machine: Machine, alignment: Alignment) -> WordOwners:
    """Count words by whom they were given to against who said them."""
    members = {p.id for p in gold.members}
    truth: dict[tuple[int, int], set[str]] = {}
    gold_of = alignment.gold_of()
    for index, heard in enumerate(alignment.heard):
        if heard.word >= 0:
            said_by = _said_by(gold, alignment, heard, gold_of.get(index), index)
            truth.setdefault((heard.unit, heard.word), set()).update(said_by)
    figures = WordOwners()
    for (unit, at), who in truth.items():
        if not who:
            continue
        word = machine.utterances[unit].words[at]
        wrong = word.speaker is not None and word.speaker not in who
        figures += WordOwners(
            words=1,
            guessed=int(word.guess is not None),
            guessed_wrong=int(word.guess is not None and word.guess not in who),
            attributed=int(word.speaker is not None),
            attributed_wrong=int(wrong),
            wrong_to_member=int(wrong and word.speaker in members),
        )
    return figures


def _said_by(gold: GoldSession, alignment: Alignment, heard: Placed, gold_index: int | None, index: int) -> set[str]:
    """Return who may truly have said a word: the aligned person, and whoever talked then where that is not certain."""
    if gold_index is None:
        return _talking(gold, heard)
    said = alignment.gold[gold_index]
    who = {gold.turns[said.unit].speaker}
    certain = alignment.same(gold_index, index) and abs(said.start - heard.start) <= CERTAIN_WITHIN_S
    return who if certain else who | _talking(gold, heard)


def _talking(gold: GoldSession, heard: Placed) -> set[str]:
    first, last = heard.start - EDGE_S, heard.end + EDGE_S
    if gold.talk:
        return {s.speaker for s in gold.talk if s.start <= last and first < s.end}
    return {t.speaker for t in gold.turns if t.start <= last and first < t.end}


def _on_roster(span: GoldSpan, name: Sequence[str], absent: set[str]) -> bool:
    return span.owner != OUTSIDER or any(word in absent for word in name)


def _near(alignment: Alignment, heard_of: Mapping[int, int], said: Sequence[int]) -> list[str]:
    """Return the words put against a name and one on either side; else the words recognised at about its time."""
    against = [heard_of[index] for index in said if index in heard_of]
    if against:
        return [word.text for word in alignment.heard[max(0, min(against) - 1) : max(against) + 2]]
    first = alignment.gold[said[0]].start - HEARD_WITHIN_S
    last = alignment.gold[said[-1]].end + HEARD_WITHIN_S
    return [word.text for word in alignment.heard if first <= word.start <= last]


def _runs(words: Sequence[str], length: int) -> Iterable[Sequence[str]]:
    for size in {max(1, length - 1), length, length + 1}:
        for at in range(len(words) - size + 1):
            yield words[at : at + size]


def _likeness(name: Sequence[str], run: Sequence[str]) -> float:
    return Levenshtein.normalized_similarity("".join(name), "".join(run))
