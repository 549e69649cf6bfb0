"""What the alert rules remember of a session: who told what of themselves before whom, and the last few turns.

People come late and leave early, so everything told carries who was in the room to hear it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.alerts.concepts import concepts
from assistant.alerts.sensitive import CLINICAL
from assistant.domain import Assertion, DisclosureType, UtteranceStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.domain import Disclosure, Findings, Group, Person, PersonId, Utterance, UtteranceId

_TURNS = 4
_NAMING = frozenset({DisclosureType.ORG, DisclosureType.LOCATION})
_TELLING = CLINICAL | _NAMING | {DisclosureType.RISK_SELF}


@dataclass(frozen=True, slots=True)
class PastTurn:
    """One of the last utterances."""

    utterance: UtteranceId
    speaker: PersonId | None
    text: str = field(repr=False)
    named: frozenset[PersonId] = frozenset()
    risk: frozenset[str] = frozenset()
    """Reasons of the risk mentions in it (tiers and flags, no words)."""
    leans: tuple[tuple[str, float], ...] = ()
    """Kind of risk (``lean_kind``) and share of the vote of each sentence of it that resembles one."""


@dataclass(frozen=True, slots=True)
class Told:
    """That somebody's fact of some kind has been spoken in the room."""

    owner: PersonId
    type: DisclosureType
    by: PersonId | None
    heard_by: frozenset[PersonId] = frozenset()
    """Who was in the room."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What one person has spoken of while the same people were there."""

    person: PersonId
    heard_by: frozenset[PersonId]
    concepts: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ToldTonight:
    """A fact that a member told of themselves tonight."""

    owner: PersonId
    heard_by: frozenset[PersonId]
    said: frozenset[str] = field(repr=False)
    """Concepts of the fact itself."""
    around: frozenset[str] = field(repr=False)
    """Concepts of what was said with it: kin, times, subjects."""
    names: frozenset[str] = field(repr=False)
    """Which of them are names: an employer, a place."""


@dataclass(frozen=True, slots=True)
class SessionMemory:
    """Everything later utterances are weighed against. Holds no words in its ``repr``."""

    group: Group
    told: frozenset[Told] = frozenset()
    own_words: tuple[OwnWords, ...] = ()
    """What each person brought up themselves, and before whom."""
    tonight: tuple[ToldTonight, ...] = ()
    """The facts that members told of themselves tonight."""
    turns: tuple[PastTurn, ...] = ()
    """The last few utterances, oldest first."""
    unknown_samples: int = 0
    """Length of the unbroken stretch of unknown speech up to now."""

    def as_of(self, sample: int) -> SessionMemory:
        """Return the memory with the room as it is at a sample: who has not come yet, or has left, is not present."""
        here = here_at(self.group, sample)
        if all(person.present == (person.id in here) for person in self.group.people):
            return self
        people = tuple(replace(person, present=person.id in here) for person in self.group.people)
        return replace(self, group=replace(self.group, people=people))

    def spoken_of(self, person: PersonId) -> frozenset[str]:
        """Return the concepts that a person has spoken of tonight, whoever was there."""
        return frozenset[str]().union(*(w.concepts for w in self.own_words if w.person == person))

    def brought_up(self, person: PersonId) -> frozenset[str]:
        """Return the concepts that a person has spoken of tonight before every member who is here now."""
        here = {p.id for p in self.group.members_present} - {person}
        heard = (w.concepts for w in self.own_words if w.person == person and here <= w.heard_by)
        return frozenset[str]().union(*heard)

    def heard_from_members(self) -> frozenset[str]:
        """Return the concepts that several members have spoken of tonight: what the evening is about."""
        members = (p.id for p in self.group.people if p.is_member)
        counts = Counter(concept for member in members for concept in self.spoken_of(member))
        return frozenset(concept for concept, times in counts.items() if times > 1)


def here_at(group: Group, sample: int) -> frozenset[PersonId]:
    """Return who is in the room at a sample."""
    return frozenset(p.id for p in group.people if _is_here(p, sample))


def _is_here(person: Person, sample: int) -> bool:
    left = person.present_until is not None and person.present_until <= sample
    return person.present and person.present_from <= sample and not left


def resembles(disclosure: Disclosure) -> bool:
    """Whether it was found by meaning alone, and is told as so and as present."""
    return disclosure.assertion is Assertion.AFFIRMED and "meaning" in disclosure.mention.reason.split()


def lean_kind(disclosure: Disclosure) -> str:
    """Return what a resemblance is of: harm to a child, to an adult, or risk, whomever it is for."""
    if disclosure.type is not DisclosureType.ABUSE:
        return "risk"
    return "child" if "child" in disclosure.mention.reason.split() else "adult"


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
    here = here_at(memory.group, utterance.start)
    told = memory.told | {
        Told(d.owner.person, d.type, speaker, here)
        for d in findings.disclosures
        if d.owner.person is not None and d.type is not DisclosureType.PERSON
    }
    risk = frozenset(
        d.mention.reason
        for d in findings.disclosures
        if d.type in {DisclosureType.RISK_SELF, DisclosureType.RISK_OTHER} and d.assertion is not Assertion.NEGATED
    )
    leans = tuple((lean_kind(d), d.mention.score) for d in findings.disclosures if resembles(d))
    turn = PastTurn(utterance.id, speaker, utterance.text, named_people(findings), risk, leans)
    return replace(
        memory,
        told=told,
        own_words=_with_words(memory.own_words, utterance, here),
        tonight=(*memory.tonight, *_told_now(memory.group, utterance, findings, here)),
        turns=(*memory.turns, turn)[-_TURNS:],
        unknown_samples=memory.unknown_samples + utterance.end - utterance.start if speaker is None else 0,
    )


def _with_words(known: tuple[OwnWords, ...], utterance: Utterance, here: frozenset[PersonId]) -> tuple[OwnWords, ...]:
    if utterance.speaker is None:
        return known
    before = next((w for w in known if w.person == utterance.speaker and w.heard_by == here), None)
    found = concepts(utterance.text) | (before.concepts if before else frozenset())
    return (*(w for w in known if w is not before), OwnWords(utterance.speaker, here, found))


def _told_now(
    group: Group, utterance: Utterance, findings: Findings, here: frozenset[PersonId]
) -> Iterator[ToldTonight]:
    """Yield what a member tells of themselves; a stem of the words around a fact is no part of it."""
    speaker = utterance.speaker
    if speaker is None or not any(p.id == speaker and p.is_member for p in group.people):
        return
    for disclosure in findings.disclosures:
        if disclosure.type in _TELLING and disclosure.owner.person == speaker:
            said = concepts(disclosure.span.of(utterance.text))
            around = {c for c in concepts(disclosure.extent.of(utterance.text)) if not c.startswith("stem:")}
            names = said if disclosure.type in _NAMING else frozenset[str]()
            yield ToldTonight(speaker, here, said, said | around, names)
