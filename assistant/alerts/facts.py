"""A fact that the facilitator knows and the room does not (rules X1 and X2)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.alerts.advice import keyed
from assistant.alerts.audience import unaware_of
from assistant.alerts.concepts import SPECIFIC, concepts, proper_names, worth
from assistant.alerts.memory import addressed, lately, named_people
from assistant.alerts.words import any_of, phrases, plain, says_own_name, third_persons
from assistant.domain import Alert, AlertKind, AlertLevel, DisclosureType, FactSource, Role

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
_PERSON = DisclosureType.PERSON
_OF_SELF = any_of("i", "i'm", "im", "i'd", "my", "me")
_YOU = any_of(r"you", r"your", r"yours", r"you're", r"you've", r"youre", r"youve", r"you'd", r"yourself")

POINTED, HINTED, UNPOINTED = 2, 3, 4
"""How much must be shared with a fact whose owner is named or addressed, may be a pronoun, is not pointed at."""
_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to recognise of a fact."""

    owner: Person
    concepts: frozenset[str] = field(repr=False)
    names: frozenset[str] = field(repr=False)
    """Which of them are names."""


@dataclass(frozen=True, slots=True)
class Voiced:
    """One utterance, as far as a fact may stand in it."""

    speaker: Person | None
    """None: nobody knows whose voice it is; then only an owner who is named is meant."""
    text: str = field(repr=False)
    words: str = field(repr=False)
    """Plain words."""
    concepts: frozenset[str] = field(repr=False)
    others: frozenset[PersonId]
    """Who is named, apart from the speaker."""

    @property
    def facilitating(self) -> bool:
        """Whether a facilitator speaks."""
        return self.speaker is not None and self.speaker.role is Role.FACILITATOR

    @property
    def may_facilitate(self) -> bool:
        """Whether a facilitator speaks, or may."""
        return self.speaker is None or self.facilitating


def voiced(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Voiced:
    """Return an utterance as the rules about facts read it."""
    text = utterance.text
    speaker = next((p for p in memory.group.people if p.id == utterance.speaker), None)
    others = named_people(findings) - {utterance.speaker}
    if speaker is None:  # whoever names themselves is the one who speaks
        others -= {d.owner.person for d in findings.disclosures if d.type is _PERSON and says_own_name(text, d.span)}
    return Voiced(speaker, text, plain(text), concepts(text), frozenset(others))


def private_fact(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield an alert when words match a fact that somebody in the room does not know.

    X1/X2: A1 from the facilitator, A2 from a member; from a voice that nobody knows as loud as the facilitator's where
    nobody but the facilitator knows the fact. A fact matches by concepts, each worth more the less it is talk of
    the evening (``concepts.worth``); an allusion ("after what happened") adds to it. How much is enough depends on how
    plainly the owner is meant. What the owner has brought up tonight before all who are here is no secret. An absent
    owner's fact is the absent-member rule's, at the same or a higher level.
    """
    heard = voiced(utterance, findings, memory)
    for fact in memory.group.facts:
        if fact.owner == utterance.speaker or not unaware_of(fact, memory.group) or _is_told(fact, memory):
            continue
        known = Known(memory.group.person(fact.owner), concepts(fact.text), proper_names(fact.text))
        if not (is_voiced(known, heard, memory) or _names_formerly(fact, heard, memory.group)):
            continue
        present = known.owner.present
        confided = heard.facilitating or (heard.speaker is None and fact.source is not FactSource.GROUP)
        hidden = heard.may_facilitate and fact.owner not in heard.others
        yield Alert(
            utterance=utterance.id,
            rule="private fact" if heard.may_facilitate else "fact not known to all",
            kind=AlertKind.CROSS_MEMBER if present else AlertKind.ABSENT_MEMBER,
            level=AlertLevel.A1 if confided or not present else AlertLevel.A2,
            owner=fact.owner,
            advice=keyed("private_fact_owner_hidden" if hidden else "private_fact", memory.group),
        )


def is_voiced(known: Known, heard: Voiced, memory: SessionMemory) -> bool:
    """Whether enough of a fact is in the words for how plainly they mean its owner."""
    owner = known.owner
    shared = (heard.concepts - memory.brought_up(owner.id)) & known.concepts
    if not shared:
        return False
    subjects = memory.heard_from_members()
    shown = sum(worth(c, known.names, subjects) for c in shared)
    alludes = _ALLUSION.search(heard.words) is not None
    if owner.id in heard.others or _opens_with_name(heard.words, owner):
        return shown + alludes >= POINTED
    if heard.may_facilitate and _TOLD_PRIVATELY.search(heard.words):
        return True
    return heard.speaker is not None and _is_pointed_at(known, heard, memory, shown=shown, alludes=alludes)


def _is_pointed_at(known: Known, heard: Voiced, memory: SessionMemory, *, shown: int, alludes: bool) -> bool:
    """Whether what is shown of a fact is enough where its owner is meant without being named."""
    owner = known.owner
    says_you = _YOU.search(heard.words) is not None
    spoken_to = heard.speaker is not None and addressed(memory, heard.speaker.id) == owner.id and not heard.others
    if spoken_to and (says_you or (heard.facilitating and alludes)):
        return shown + alludes >= POINTED
    # "He went bankrupt, you weren't here, Ann": the one called is not the one spoken of.
    free = not heard.others or (len(heard.others) == 1 and says_you)
    if free and owner.id in lately(memory) and third_persons(heard.words, owner.pronouns):
        return shown + alludes >= HINTED
    subjects = memory.heard_from_members()
    whole = sum(worth(c, known.names, subjects) for c in known.concepts)
    return heard.facilitating and shown >= UNPOINTED and shown >= _SHARE * whole


def _names_formerly(fact: KnownFact, heard: Voiced, group: Group) -> bool:
    """Whether a name that the fact says its owner once bore is spoken; nobody else here may bear it."""
    former = _FORMER_NAME.search(fact.text)
    if former is None:
        return False
    name = plain(former["name"])
    bearers = {word for p in group.people for n in (p.name, *p.aliases) for word in plain(n).split()}
    if heard.speaker is None and _OF_SELF.search(heard.words):  # the owner may tell it
        return False
    return name not in bearers and name in heard.words.replace("'s", "").split()


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
