"""Utility: facts that a member told of themselves and that reached the member's own note, and where the rest was lost.

A member's own facts are those owned and said by the member. Facts that only others said of a member must not enter the
note and are not counted. Names are counted apart: a note's heading holds its member's name anyway.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType
from assistant.evaluation.counts import Summable, rate
from assistant.evaluation.leaks import GROUP
from assistant.evaluation.survival import Survival, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assistant.evaluation.facts import Fact, FactBook
    from assistant.evaluation.gold import GoldSession
    from assistant.evaluation.machine import HeardUtterance, Machine


class Fate(StrEnum):
    """What became of an own fact."""

    REACHED = "reached"
    UNHEARD = "lost to recognition"
    UNATTRIBUTED = "lost to attribution"
    WITHHELD = "withheld"
    GATED = "lost to the gate"


@dataclass(frozen=True, slots=True)
class OwnFact:
    """One own fact and its fate; the words stay in the gold file."""

    reader: str
    """As ``session/id``."""
    type: DisclosureType
    turn: int | None
    fate: Fate
    reason: str = ""
    """Why the clause that held it was withheld, where the machine file says so."""


@dataclass(frozen=True, slots=True)
class Utility(Summable):
    """The fates of all own facts."""

    facts: tuple[OwnFact, ...] = ()

    def of(self, kinds: Iterable[DisclosureType] | None = None) -> tuple[OwnFact, ...]:
        """Return the facts of some types; by default all but names."""
        wanted = set(DisclosureType) - {DisclosureType.PERSON} if kinds is None else set(kinds)
        return tuple(fact for fact in self.facts if fact.type in wanted)

    @property
    def kept(self) -> float | None:
        """Share of own facts, names left out, that reached the note."""
        return kept(self.of())

    @property
    def kept_with_names(self) -> float | None:
        """Share of all own facts that reached the note."""
        return kept(self.facts)

    def reasons(self) -> dict[str, int]:
        """Return how many own facts, names left out, were withheld for which reason, most frequent first."""
        return dict(Counter(fact.reason for fact in self.of() if fact.fate is Fate.WITHHELD).most_common())

    def fates(self) -> dict[Fate, int]:
        """Return how many own facts, names left out, met which fate."""
        return {fate: sum(fact.fate is fate for fact in self.of()) for fate in Fate}


def kept(facts: tuple[OwnFact, ...]) -> float | None:
    """Return the share that reached the note."""
    return rate(sum(fact.fate is Fate.REACHED for fact in facts), len(facts))


def utility(gold: GoldSession, book: FactBook, machine: Machine, texts: Mapping[str, str]) -> Utility:
    """Follow each member's own facts from the recognised words to the finished text.

    Args:
        gold: The session.
        book: Its facts.
        machine: The result; its drafts tell the gate's losses from the rest. Of a note that the gate refused whole,
            every fact that was heard and attributed counts as lost to the gate.
        texts: Member id to the finished text; a member without one lost everything.
    """
    everything = Text("\n".join(u.text for u in machine.utterances))
    found: list[OwnFact] = []
    for member in gold.members:
        turns = own_turns(machine, member.id)
        stages = (
            (Fate.REACHED, Text(texts.get(member.id, ""))),
            (Fate.GATED, Text(machine.drafts.get(member.id, ""))),
            (Fate.GATED if member.id in machine.refused else Fate.WITHHELD, Text("\n".join(turns))),
            (Fate.UNATTRIBUTED, everything),
        )
        for fact in book.facts:
            if fact.owner == member.id and member.id in fact.said_by and fact.type is not None:
                fate = next(
                    (fate for fate, text in stages if text.holds(fact, book, context=False) is not Survival.NONE),
                    Fate.UNHEARD,
                )
                reason = _reason(fact, book, machine, member.id) if fate is Fate.WITHHELD else ""
                found.append(OwnFact(f"{gold.id}/{member.id}", fact.type, fact.turn, fate, reason))
    return Utility(tuple(found))


REWRITTEN = "released, but rewritten or left out"
"""The reason where no withheld clause holds the fact."""


def _reason(fact: Fact, book: FactBook, machine: Machine, member: str) -> str:
    texts = {u.id: u.text for u in machine.utterances}
    for clause in machine.withheld.get(member, ()):
        text = Text(texts.get(clause.utterance, "")[clause.start : clause.end])
        if text.holds(fact, book, context=False) is not Survival.NONE:
            return clause.reason
    return REWRITTEN


def own_turns(machine: Machine, member: str) -> tuple[str, ...]:
    """Return what the member said as far as it was heard and attributed; contested words are out."""
    return tuple(text for u in machine.utterances if (text := _own(u, member)))


def own_texts(gold: GoldSession, machine: Machine) -> dict[str, tuple[str, ...]]:
    """Return every member's own turns: the baseline that nobody should use as a note."""
    return {member.id: own_turns(machine, member.id) for member in gold.members if member.id != GROUP}


def _own(utterance: HeardUtterance, member: str) -> str:
    if not utterance.words:
        return utterance.text if utterance.speaker == member else ""
    return " ".join(utterance.text[w.start_char : w.end_char] for w in utterance.words if w.speaker == member)
