"""Talk about a member who is not here (rule X3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.alerts.advice import keyed
from assistant.alerts.memory import named_people
from assistant.alerts.sensitive import CLINICAL, SENSITIVE
from assistant.alerts.words import MEMBER, first_third_person, phrases, plain_with_names, third_persons
from assistant.domain import Alert, AlertKind, AlertLevel, DisclosureType, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.alerts.memory import SessionMemory
    from assistant.domain import Disclosure, Findings, PersonId, Span, Utterance

_T = DisclosureType
_TELLING = SENSITIVE | {_T.RISK_SELF, _T.RISK_OTHER, _T.AGE}
_HEARSAY = phrases("absent_hearsay")
_STATEMENT = phrases("absent_statement")
_QUESTION = phrases("absent_question")
_REASON = phrases("absent_reason")
_RUMOUR = phrases("rumour")
_SUBJECT = re.compile(r"^(?:he|she|they)\b")
_OWN_REFERENT = phrases("own_referent")


def absent_member(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield an alert when a person of the group who is not here is spoken of (X3).

    A1 when something is told about them: a fact, what they did, what somebody heard, why they are away. A2 when nothing
    is: the name by itself, a question where they are, the facilitator closing the subject. A pronoun right after their
    name was spoken stands for them.
    """
    spoken_of = _spoken_of(utterance, findings, memory)
    if spoken_of is None:
        return
    absent, span = spoken_of
    told = _told(utterance, findings, memory, absent)
    named = [d.span for d in findings.disclosures if d.type is _T.PERSON and d.owner.person == absent]
    words = plain_with_names(utterance.text, named)
    if not named:  # a pronoun right after the name was spoken
        words = _as_named(words, memory.group.person(absent).pronouns)
    speaker = next((p for p in memory.group.people if p.id == utterance.speaker), None)
    if speaker is not None and speaker.role is Role.FACILITATOR:
        loud = bool(told) or _REASON.search(words) is not None
    else:
        loud = bool(told) or _tells(words)
    if not named and not loud:
        return
    substance = any(d.type is _T.SUBSTANCE for d in told)
    yield Alert(
        utterance.id,
        "absent member",
        AlertKind.ABSENT_MEMBER,
        AlertLevel.A1 if loud else AlertLevel.A2,
        absent,
        told[0].span if told else span,
        keyed("absent_member_substance" if substance else "absent_member", memory.group),
    )


def _spoken_of(utterance: Utterance, findings: Findings, memory: SessionMemory) -> tuple[PersonId, Span | None] | None:
    """Return the absent person who is named, owns something told, or was named just before and is now a pronoun."""
    away = {p.id: p for p in memory.group.people if not p.present and p.id != utterance.speaker}
    owned = [d for d in findings.disclosures if d.owner.person in away]
    owned.sort(key=lambda d: d.type not in _TELLING)
    for disclosure in owned:
        if disclosure.owner.person is not None:
            return disclosure.owner.person, disclosure.span
    before = [person for turn in memory.turns[-1:] for person in turn.named]
    if len(before) != 1 or before[0] not in away or named_people(findings) - {utterance.speaker}:
        return None
    words = plain_with_names(utterance.text, ())
    pronoun = first_third_person(words, away[before[0]].pronouns)
    own = _OWN_REFERENT.search(words)
    if pronoun is None or (own is not None and own.start() < pronoun):
        return None
    return before[0], None


def _told(utterance: Utterance, findings: Findings, memory: SessionMemory, absent: PersonId) -> list[Disclosure]:
    """Return the facts told of an absent person; of nobody's that ownership knows, where only they can be meant."""
    facts = [d for d in findings.disclosures if d.type in _TELLING]
    own = [d for d in facts if d.owner.person == absent]
    if own or named_people(findings) - {absent, utterance.speaker}:
        return own
    pronouns = memory.group.person(absent).pronouns
    words = plain_with_names(utterance.text, ())
    if not third_persons(words, pronouns) or _OWN_REFERENT.search(words):
        return []
    return [d for d in facts if d.owner.person is None and d.type in CLINICAL | {_T.ORG, _T.LOCATION, _T.RISK_SELF}]


def _as_named(words: str, pronouns: str | None) -> str:
    """Return plain words with the subject pronouns that fit written as the name."""
    return " ".join(_SUBJECT.sub(MEMBER, word) if third_persons(word, pronouns) else word for word in words.split())


def _tells(words: str) -> bool:
    """Whether a member's words say something about an absent person, more than asking where they are."""
    if _RUMOUR.search(words):
        return True
    without = _QUESTION.sub(" ", words)
    return (
        _HEARSAY.search(without) is not None
        or _STATEMENT.search(without) is not None
        or (_REASON.search(without) is not None)
    )
