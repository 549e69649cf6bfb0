"""What the alert rules remember of a session: who told what of themselves, and the last few turns."""

from __future__ import annotations

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
