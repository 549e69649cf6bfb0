"""A fact that the facilitator knows and the room does not (rules X1 and X2)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.alerts.advice import keyed
from assistant.alerts.concepts import SPECIFIC, concepts, proper_names, worth
from assistant.alerts.memory import addressed, lately, named_people
from assistant.alerts.words import any_of, phrases, plain, third_persons
from assistant.domain import Alert, AlertKind, AlertLevel, FactSource, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.alerts.memory import SessionMemory
    from assistant.domain import Findings, Group, KnownFact, Person, PersonId, Utterance

_TOLD_PRIVATELY = phrases("told_privately")
_ALLUSION = phrases("allusion")
_FORMER_NAME = re.compile(
    r"\b(?:(?:dead|birth|legal|previous|old|former) ?name|formerly(?: known as| called| named)?|previously known as|"
    r"born as|"
    r"used to (?:be called|be known as|go by)|(?:was|known as a child as)(?: once)? called|was named)\W+"
    r"(?:was |is |as )?(?P<name>[A-Z]\w+)"
)
_YOU = any_of(r"you", r"your", r"yours", r"you're", r"you've", r"youre", r"youve", r"you'd", r"yourself")

POINTED, HINTED, UNPOINTED = 2, 3, 4
"""How much must be shared with a fact whose owner is named or addressed, may be a pronoun, is not pointed at."""
_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class _Voiced:
    """One utterance, as far as a fact may stand in it."""

    speaker: Person
    text: str = field(repr=False)
    words: str = field(repr=False)
    """Plain words."""
    concepts: frozenset[str] = field(repr=False)
    others: frozenset[PersonId]
    """Who is named, apart from the speaker."""

    @property
    def facilitating(self) -> bool:
        """Whether a facilitator speaks."""
        return self.speaker.role is Role.FACILITATOR


def private_fact(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield an alert when words match a fact that somebody in the room does not know.

    X1/X2: A1 from the facilitator, A2 from a member. A fact matches by concepts, each worth more the less it is talk of
    the evening (``concepts.worth``); an allusion ("after what happened") adds to it. How much is enough depends on how
    plainly the owner is meant. What the owner has brought up tonight is no secret. An absent owner's fact is the
    absent-member rule's, at the same or a higher level.
    """
    speaker = next((p for p in memory.group.people if p.id == utterance.speaker), None)
    if speaker is None:
        return
    text = utterance.text
    voiced = _Voiced(speaker, text, plain(text), concepts(text), named_people(findings) - {speaker.id})
    for fact in memory.group.facts:
        if fact.owner == speaker.id or not _is_private(fact, memory.group) or _is_told(fact, memory):
            continue
        if not (_is_voiced(fact, voiced, memory) or _names_formerly(fact, voiced, memory.group)):
            continue
        present = memory.group.person(fact.owner).present
        hidden = voiced.facilitating and fact.owner not in voiced.others
        yield Alert(
            utterance=utterance.id,
            rule="private fact" if voiced.facilitating else "fact not known to all",
            kind=AlertKind.CROSS_MEMBER if present else AlertKind.ABSENT_MEMBER,
            level=AlertLevel.A1 if voiced.facilitating or not present else AlertLevel.A2,
            owner=fact.owner,
            advice=keyed("private_fact_owner_hidden" if hidden else "private_fact", memory.group),
        )


def _is_voiced(fact: KnownFact, voiced: _Voiced, memory: SessionMemory) -> bool:
    """Whether enough of the fact is in the words for how plainly they mean its owner."""
    shared = (voiced.concepts - memory.brought_up(fact.owner)) & concepts(fact.text)
    if not shared:
        return False
    names, heard = proper_names(fact.text), memory.heard_from_members()
    shown = sum(worth(c, names, heard) for c in shared)
    alludes = _ALLUSION.search(voiced.words) is not None
    owner = memory.group.person(fact.owner)
    says_you = _YOU.search(voiced.words) is not None
    spoken_to = addressed(memory, voiced.speaker.id) == fact.owner and not voiced.others
    if (
        fact.owner in voiced.others
        or _opens_with_name(voiced.words, owner)
        or (spoken_to and (says_you or (voiced.facilitating and alludes)))
    ):
        return shown + alludes >= POINTED
    if voiced.facilitating and _TOLD_PRIVATELY.search(voiced.words):
        return True
    # "He went bankrupt, you weren't here, Ann": the one called is not the one spoken of.
    free = not voiced.others or (len(voiced.others) == 1 and says_you)
    if free and fact.owner in lately(memory) and third_persons(voiced.words, owner.pronouns):
        return shown + alludes >= HINTED
    whole = sum(worth(c, names, heard) for c in concepts(fact.text))
    return voiced.facilitating and shown >= UNPOINTED and shown >= _SHARE * whole


def _names_formerly(fact: KnownFact, voiced: _Voiced, group: Group) -> bool:
    """Whether a name that the fact says its owner once bore is spoken; nobody else here may bear it."""
    former = _FORMER_NAME.search(fact.text)
    if former is None:
        return False
    name = plain(former["name"])
    bearers = {word for p in group.people for n in (p.name, *p.aliases) for word in plain(n).split()}
    return name not in bearers and name in voiced.words.replace("'s", "").split()


def _opens_with_name(words: str, owner: Person) -> bool:
    """Whether the first word calls the owner, although nothing else showed that it is a name ("bill with the meds")."""
    opening = words.split(maxsplit=1)[:1]
    return opening == plain(owner.name).split(maxsplit=1)[:1] or any(opening == [plain(a)] for a in owner.aliases)


def _is_told(fact: KnownFact, memory: SessionMemory) -> bool:
    """Whether the owner has told the most of it tonight; the rest of it is then theirs to be asked about."""
    about = concepts(fact.text)
    names = proper_names(fact.text)
    whole = sum(worth(c, names, frozenset()) for c in about)
    told = sum(worth(c, names, frozenset()) for c in about & memory.brought_up(fact.owner))
    return told >= SPECIFIC and told >= _SHARE * whole


def _is_private(fact: KnownFact, group: Group) -> bool:
    """Whether somebody present, other than the owner and the facilitators, does not know the fact from the group."""
    others = [p for p in group.members_present if p.id != fact.owner]
    unaware = [p for p in others if p.id not in fact.known_to]
    # A group fact with no list of who was there is taken as known to everybody.
    if fact.source is FactSource.GROUP and not fact.known_to:
        return False
    return bool(unaware)
