"""Whose a fact is, told from the verb above it and that verb's subject: the first rule that speaks decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.domain import DisclosureType
from assistant.privacy import vocabulary as v
from assistant.privacy.referents import NOBODY, Resolved
from assistant.privacy.subjects import done_to_me, quoting, the_speaker, whom

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.domain import Mention
    from assistant.privacy.parse import Token
    from assistant.privacy.speech import Speech

T = DisclosureType

SUFFERED: Final = frozenset(DisclosureType) - {T.PERSON, T.PHONE, T.EMAIL}
"""Facts that are the speaker's where the speaker is the one to whom it is done ("they moved me to nights")."""
_REACHED: Final = frozenset({T.PHONE, T.EMAIL, T.ADDRESS, T.ID, T.ORG, T.LOCATION})
_FAMILY_EVENTS: Final = frozenset(
    "leave die pass divorce split separate cheat walk move kick marry propose file break miscarry lose".split()  # noqa: SIM905 - a word list reads better as text
)
_GIVING: Final = frozenset({"give", "feed", "inject", "administer", "crush"})


@dataclass(frozen=True, slots=True)
class _Case:
    speech: Speech
    mention: Mention
    verb: Token
    subject: Token


def by_subject(speech: Speech, mention: Mention, verb: Token, subject: Token) -> Resolved | None:
    """Return whose a fact below a verb is; None where the subject is no person and nobody owns it."""
    case = _Case(speech, mention, verb, subject)
    return next((found for rule in _RULES if (found := rule(case)) is not None), None)


def _quoted(case: _Case) -> Resolved | None:
    return quoting(case.speech, case.verb)


def _given_to(case: _Case) -> Resolved | None:
    """Know who gets a medicine that the speaker gives: "I give her the tablets", "I feed Mum her pills"."""
    if case.mention.type not in {T.MEDICATION, T.SUBSTANCE} or case.verb.lemma.lower() not in _GIVING:
        return None
    for child in case.speech.tree.children(case.verb):
        if child.dep in {"dative", "iobj", "dobj"} and child.index > case.verb.index:
            found = whom(case.speech, child)
            if found is not None and found.owner.person != case.speech.speaker:
                return found
    return None


def _first_person(case: _Case) -> Resolved | None:
    return the_speaker(case.speech, "first-person-subject") if case.subject.lower in v.FIRST else None


def _done_to_speaker(case: _Case) -> Resolved | None:
    """Know what is done to the speaker: "they switched me to …", "you can reach me at …"."""
    if not done_to_me(case.speech.tree, case.verb):
        return None
    if case.subject.lower in v.SECOND:
        return the_speaker(case.speech, "reach-me") if case.mention.type in _REACHED else None
    if case.mention.type not in SUFFERED or _calling_from(case):
        return None
    return the_speaker(case.speech, "done-to-self")


def _calling_from(case: _Case) -> bool:
    """Whether a place is where a caller is ("my mother calls me from Leeds")."""
    head = case.speech.tree.head_of(case.mention.span)
    above = case.speech.tree.head(head) if head is not None else None
    return case.mention.type is T.LOCATION and above is not None and above.lower == "from"


def _indefinite(case: _Case) -> Resolved | None:
    """Take "somebody" for somebody who may well be present."""
    return NOBODY if case.subject.lower in {"someone", "somebody"} else None


def _professional(case: _Case) -> Resolved | None:
    """What a doctor or an office says or does concerns whoever tells of it; what they have or are, themselves."""
    if case.subject.lemma.lower() in v.OFFICIALS and case.verb.lemma.lower() not in {"have", "get", "be"}:
        return the_speaker(case.speech, "said-by-professional")
    return None


def _family_event(case: _Case) -> Resolved | None:
    """A relative who died or left is an event in the speaker's own life."""
    possessor = case.speech.tree.possessor(case.subject)
    mine = possessor is not None and possessor.lower in v.FIRST
    if case.mention.type not in {T.FAMILY, T.DATE} or not mine or case.subject.lower not in v.KIN:
        return None
    verbs = (case.verb, *case.speech.tree.children(case.verb))
    happens = any(t.lemma.lower() in _FAMILY_EVENTS for t in verbs)
    return the_speaker(case.speech, "family-event") if happens else None


def _subject_person(case: _Case) -> Resolved | None:
    found = whom(case.speech, case.subject)
    if found is None or (found.owner.code is None and case.subject.lower in v.THIRD_THEY):
        return None
    return found


def _subject_possessor(case: _Case) -> Resolved | None:
    possessor = case.speech.tree.possessor(case.subject)
    found = whom(case.speech, possessor) if possessor is not None else None
    return None if found is None else Resolved(found.owner, found.basis, f"possessed-{found.why}", found.local)


def _speaker_below(case: _Case) -> Resolved | None:
    below = (t for t in case.speech.tree.subtree(case.verb) if t.index != case.subject.index)
    return the_speaker(case.speech, "first-person-inside") if any(t.lower in v.FIRST_NOMINAL for t in below) else None


_RULES: Final[tuple[Callable[[_Case], Resolved | None], ...]] = (
    _quoted,
    _given_to,
    _first_person,
    _done_to_speaker,
    _indefinite,
    _professional,
    _family_event,
    _subject_person,
    _subject_possessor,
    _speaker_below,
)
