"""What the alert rules remember of a session: who told what of themselves, and the last few turns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.alerts.concepts import concepts
from assistant.domain import Assertion, DisclosureType, UtteranceStatus

if TYPE_CHECKING:
    from assistant.domain import Findings, Group, PersonId, Utterance, UtteranceId

_TURNS = 4


@dataclass(frozen=True, slots=True)
class PastTurn:
    """One of the last utterances."""

    utterance: UtteranceId
    speaker: PersonId | None
    text: str = field(repr=False)
    named: frozenset[PersonId] = frozenset()
    risk: frozenset[str] = frozenset()
    """Reasons of the risk mentions in it (tiers and flags, no words)."""


@dataclass(frozen=True, slots=True)
class Told:
    """That somebody's fact of some kind has been spoken in the room."""

    owner: PersonId
    type: DisclosureType
    by: PersonId | None


@dataclass(frozen=True, slots=True)
class SessionMemory:
    """Everything later utterances are weighed against. Holds no words in its ``repr``."""

    group: Group
    told: frozenset[Told] = frozenset()
    own_words: tuple[tuple[PersonId, frozenset[str]], ...] = field(default=(), repr=False)
    """Per person, the concepts that they themselves brought up."""
    turns: tuple[PastTurn, ...] = ()
    """The last few utterances, oldest first."""
    unknown_samples: int = 0
    """Length of the unbroken stretch of unknown speech up to now."""

    def brought_up(self, person: PersonId) -> frozenset[str]:
        """Return the concepts that a person has spoken of tonight."""
        return next((found for owner, found in self.own_words if owner == person), frozenset())

    def heard_from_members(self) -> frozenset[str]:
        """Return the concepts that several members have spoken of tonight: what the evening is about."""
        members = {p.id for p in self.group.people if p.is_member}
        counts = Counter(concept for owner, found in self.own_words if owner in members for concept in found)
        return frozenset(concept for concept, times in counts.items() if times > 1)


def addressed(memory: SessionMemory, speaker: PersonId) -> PersonId | None:
    """Return whom "you" means: whoever spoke before, or whom the facilitator before called by name."""
    for turn in reversed(memory.turns):
        if turn.speaker is None or turn.speaker == speaker:
            continue
        if not memory.group.person(turn.speaker).is_member:
            called = turn.named - {turn.speaker, speaker}
            if len(called) == 1:
                return next(iter(called))
            continue
        return turn.speaker
    return None


def lately(memory: SessionMemory) -> frozenset[PersonId]:
    """Return who spoke or was named in the last few turns."""
    spoke = {turn.speaker for turn in memory.turns if turn.speaker is not None}
    return frozenset(spoke).union(*(turn.named for turn in memory.turns))


def named_people(findings: Findings) -> frozenset[PersonId]:
    """Return everybody on the roster whose name stands in the utterance."""
    return frozenset(
        d.owner.person for d in findings.disclosures if d.type is DisclosureType.PERSON and d.owner.person is not None
    )


def remember(memory: SessionMemory, utterance: Utterance, findings: Findings) -> SessionMemory:
    """Return the memory after one more utterance; suspect and struck ones leave no trace."""
    if utterance.status is not UtteranceStatus.CLEAR:
        return memory
    speaker = utterance.speaker
    own = dict(memory.own_words)
    if speaker is not None:
        own[speaker] = own.get(speaker, frozenset()) | concepts(utterance.text)
    told = memory.told | {
        Told(d.owner.person, d.type, speaker)
        for d in findings.disclosures
        if d.owner.person is not None and d.type is not DisclosureType.PERSON
    }
    risk = frozenset(
        d.mention.reason
        for d in findings.disclosures
        if d.type in {DisclosureType.RISK_SELF, DisclosureType.RISK_OTHER} and d.assertion is not Assertion.NEGATED
    )
    turn = PastTurn(utterance.id, speaker, utterance.text, named_people(findings), risk)
    return replace(
        memory,
        told=told,
        own_words=tuple(own.items()),
        turns=(*memory.turns, turn)[-_TURNS:],
        unknown_samples=memory.unknown_samples + utterance.end - utterance.start if speaker is None else 0,
    )
