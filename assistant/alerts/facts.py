"""A fact that the facilitator knows and the room does not (rules X1 and X2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.alerts.advice import keyed
from assistant.alerts.concepts import concepts
from assistant.alerts.memory import named_people
from assistant.alerts.words import any_of, phrases, plain
from assistant.domain import Alert, AlertKind, AlertLevel, FactSource, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.alerts.memory import SessionMemory
    from assistant.domain import Findings, Group, KnownFact, Person, PersonId, Utterance

_TOLD_PRIVATELY = phrases("told_privately")
_YOU = any_of(r"you", r"your", r"you're", r"you've", r"youre", r"youve")
_MANY = 2
_SHARE = 0.6


def private_fact(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield an alert when words match a fact that somebody in the room does not know.

    X1/X2: A1 from the facilitator, A2 from a member. A fact matches by concepts: one is enough where its owner is named
    or plainly addressed, two (or most of the fact) where nobody is. What the owner has brought up tonight is no secret.
    An absent owner's fact is the absent-member rule's, at the same or a higher level.
    """
    speaker = next((p for p in memory.group.people if p.id == utterance.speaker), None)
    if speaker is None:
        return
    facilitating = speaker.role is Role.FACILITATOR
    said = concepts(utterance.text)
    words = plain(utterance.text)
    named = named_people(findings)
    privately = facilitating and _TOLD_PRIVATELY.search(words) is not None
    for fact in memory.group.facts:
        shared = (said & concepts(fact.text)) - memory.brought_up(fact.owner)
        if not shared or fact.owner == speaker.id or not _is_private(fact, memory.group):
            continue
        owner = memory.group.person(fact.owner)
        pointed = fact.owner in named or _opens_with_name(words, owner) or _answers(words, named, fact, memory)
        enough = len(shared) >= _MANY and len(shared) >= _SHARE * len(concepts(fact.text))
        if not (pointed or privately or (facilitating and enough)):
            continue
        hidden = facilitating and fact.owner not in named
        yield Alert(
            utterance=utterance.id,
            rule="private fact" if facilitating else "fact not known to all",
            kind=AlertKind.CROSS_MEMBER if owner.present else AlertKind.ABSENT_MEMBER,
            level=AlertLevel.A1 if facilitating or not owner.present else AlertLevel.A2,
            owner=fact.owner,
            advice=keyed("private_fact_owner_hidden" if hidden else "private_fact", memory.group),
        )


def _opens_with_name(words: str, owner: Person) -> bool:
    """Whether the first word calls the owner, although nothing else showed that it is a name ("bill with the meds")."""
    opening = words.split(maxsplit=1)[:1]
    return opening == plain(owner.name).split(maxsplit=1)[:1] or any(opening == [plain(a)] for a in owner.aliases)


def _answers(words: str, named: frozenset[PersonId], fact: KnownFact, memory: SessionMemory) -> bool:
    """Whether "you" can only be the owner: they spoke last and nobody is named."""
    return bool(memory.turns) and memory.turns[-1].speaker == fact.owner and not named and bool(_YOU.search(words))


def _is_private(fact: KnownFact, group: Group) -> bool:
    """Whether somebody present, other than the owner and the facilitators, does not know the fact from the group."""
    others = [p for p in group.members_present if p.id != fact.owner]
    unaware = [p for p in others if p.id not in fact.known_to]
    # A group fact with no list of who was there is taken as known to everybody.
    if fact.source is FactSource.GROUP and not fact.known_to:
        return False
    return bool(unaware)
