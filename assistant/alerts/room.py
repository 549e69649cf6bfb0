"""The room itself: contact details given out, recording refused, a shared screen, a voice nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.alerts.advice import keyed
from assistant.alerts.memory import named_people
from assistant.alerts.words import phrases, plain
from assistant.domain import SAMPLE_RATE, Alert, AlertKind, AlertLevel, Basis, DisclosureType, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.alerts.memory import SessionMemory
    from assistant.domain import Findings, Person, Utterance

UNKNOWN_STRETCH_S = 20
"""After so many seconds of unbroken unknown speech the facilitator is told."""

_T = DisclosureType
_CONTACT_TYPES = frozenset({_T.PHONE, _T.EMAIL, _T.ID})
_OFFER = phrases("offer")
_ASKED = phrases("asked")
_ASKED_WITHIN = 2
_CONSENT = phrases("consent")
_SCREEN = phrases("screen")
_SCREEN_TIME = phrases("screen_time")


def identity(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield A2 when a member offers their own contact details to the group, A3 when they are merely spoken.

    The facilitator's own contact details are part of the work. Somebody else's are the cross-member rule's.
    """
    speaker = next((p for p in memory.group.people if p.id == utterance.speaker), None)
    if speaker is not None and speaker.role is Role.FACILITATOR:
        return
    # An offer often stands one turn before the number, with somebody's "please" between.
    lately = memory.turns[-_ASKED_WITHIN:]
    before = [t.text for t in lately if t.speaker == utterance.speaker and t.speaker is not None]
    others = named_people(findings) - {utterance.speaker}
    words = plain(" ".join([*before, utterance.text]))
    offer = _OFFER.search(words) is not None or any(_ASKED.search(plain(t.text)) for t in lately)
    offered_now = _OFFER.search(plain(utterance.text)) is not None
    offered = offer or bool(others)
    for disclosure in findings.disclosures:
        # What somebody offers is theirs, whoever else the sentence points at ("you can write to me …").
        own = disclosure.owner.person == utterance.speaker or disclosure.owner.code is None
        own = own or (offer and disclosure.basis is not Basis.NAMED)
        wanted = disclosure.type in _CONTACT_TYPES or (disclosure.type is _T.ADDRESS and offered_now)
        if own and wanted:
            level = AlertLevel.A2 if offered else AlertLevel.A3
            key = keyed("identity", memory.group)
            span = disclosure.span
            yield Alert(utterance.id, "identity", AlertKind.IDENTITY, level, utterance.speaker, span, key)


def consent(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield A2 when words ask not to be recorded, or take consent back; A1 when somebody is heard who has not agreed.

    Nothing should reach this rule from a person without consent: capture stops before. If it does, that is loud.
    """
    _ = findings
    key = keyed("consent", memory.group)
    speaker = next((p for p in memory.group.people if p.id == utterance.speaker), None)
    if speaker is not None and _has_not_agreed(speaker):
        yield Alert(utterance.id, "no consent", AlertKind.CONSENT, AlertLevel.A1, speaker.id, None, key)
    elif _CONSENT.search(plain(utterance.text)):
        yield Alert(utterance.id, "consent", AlertKind.CONSENT, AlertLevel.A2, utterance.speaker, None, key)


def _has_not_agreed(person: Person) -> bool:
    """Whether a person took consent back, or came late and was not asked; at the start the gate has asked everybody."""
    late = person.present_from > 0
    return person.consent.withdrawn_at is not None or (late and person.consent.recording is None)


def screen_share(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield A1 when a screen is about to be shared (X15)."""
    _ = findings
    words = _SCREEN_TIME.sub(" ", plain(utterance.text))
    if _SCREEN.search(words):
        key = keyed("screen_share", memory.group)
        yield Alert(utterance.id, "screen share", AlertKind.SCREEN_SHARE, AlertLevel.A1, None, None, key)


def unknown_speaker(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield A2 once, when an unbroken stretch of speech by nobody known grows past ``UNKNOWN_STRETCH_S``."""
    _ = findings
    limit = UNKNOWN_STRETCH_S * SAMPLE_RATE
    stretch = memory.unknown_samples + utterance.end - utterance.start
    if utterance.speaker is None and memory.unknown_samples <= limit < stretch:
        key = keyed("unknown_speaker", memory.group)
        yield Alert(utterance.id, "unknown speaker", AlertKind.UNKNOWN_SPEAKER, AlertLevel.A2, None, None, key)
