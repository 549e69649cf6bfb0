"""A fact that the facilitator knows and the room does not (rules X1 and X2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.alerts.advice import keyed
from assistant.alerts.concepts import concepts
from assistant.alerts.memory import named_people
from assistant.alerts.words import any_of, plain
from assistant.domain import Alert, AlertKind, AlertLevel, FactSource, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.alerts.memory import SessionMemory
    from assistant.domain import Findings, Group, KnownFact, Utterance

_TOLD_PRIVATELY = any_of(
    r"(?:someone|somebody|one of you|a member|one member|one person|a person here|someone here|somebody here)(?: \w+){0,4} (?:told|said to|mentioned|shared|confided|wrote|emailed|called|let) (?:to )?(?:me|with me|us)",
    r"(?:told|said to|shared with|confided in|came to|wrote to|spoke to|talked to) me (?:privately|in private|in confidence|confidentially|in our (?:session|meeting)|one on one|alone|before group|after group|on the phone)",
    r"(?:one of you|someone here|somebody here|someone in (?:this|the) (?:room|group)) (?:has|had|is|was|went|knows|just)",
    r"in (?:our|your|his|her) (?:individual|private|one on one|last individual) (?:session|meeting|appointment|hour)s?",
)
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
        pointed = fact.owner in named or (
            bool(memory.turns) and memory.turns[-1].speaker == fact.owner and _YOU.search(words) is not None and not named
        )
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


def _is_private(fact: KnownFact, group: Group) -> bool:
    """Whether somebody present, other than the owner and the facilitators, does not know the fact from the group."""
    others = [p for p in group.members_present if p.id != fact.owner]
    unaware = [p for p in others if p.id not in fact.known_to]
    # A group fact with no list of who was there is taken as known to everybody.
    if fact.source is FactSource.GROUP and not fact.known_to:
        return False
    return bool(unaware)
