"""The room itself: contact details given out, recording refused, a shared screen, a voice nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.alerts.advice import keyed
from assistant.alerts.memory import named_people
from assistant.alerts.words import any_of, plain
from assistant.domain import SAMPLE_RATE, Alert, AlertKind, AlertLevel, DisclosureType, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.alerts.memory import SessionMemory
    from assistant.domain import Findings, Utterance

UNKNOWN_STRETCH_S = 20
"""After so many seconds of unbroken unknown speech the facilitator is told."""

_T = DisclosureType
_CONTACT_TYPES = frozenset({_T.PHONE, _T.EMAIL, _T.ID})
_OFFER = any_of(
    r"(?:take|here's|here is|heres|write down|grab|save|put down|let me give you|i'll give you|i will give you|have|use) my (?:\w+ )?(?:number|cell|phone|email|address|handle|card|details|contact)",
    r"(?:write|text|call|email|message|reach|ring|phone|dm|add|find|follow|contact|get|hit|look|ping|try) me(?: up)?(?: (?:at|on|if|any|when|it's))?",
    r"(?:for|on|to) the (?:sheet|list|contact list|phone list|phone tree|group chat|whatsapp|board)",
    r"my new (?:number|cell|phone|email|address)",
    r"if (?:you|anyone|anybody|any of you|somebody|someone) (?:\w+ ){0,3}(?:need|needs|want|wants|ever|gets|feel)",
    r"you can (?:\w+ )?(?:have|use|get|reach|call|text|write|email|stop by|come|find|send|message)",
    r"in case (?:you|anyone|anybody)",
    r"(?:come|stop|drop) (?:by|over|round)",
    r"any ?time",
)
_CONSENT = any_of(
    r"(?:do not|don't|dont|didn't|didnt|did not|won't|wont|not) (?:want |agree |consent |like |sign up )?(?:to )?(?:be|being|getting|this|that|any of this|it|me|it being|this being|to being)(?: to be)? (?:recorded|taped|on tape|on the recording)",
    r"(?:do not|don't|dont|can you not|please don't|please dont|stop|quit|rather you didn't|rather you did not) record(?:ing)?(?: (?:me|this|that|us|it|now|please))?",
    r"(?:turn|switch|shut) (?:that|it|this|the (?:\w+ )?(?:recorder|recording|mic|microphone|machine|thing|laptop|tape|app)) off",
    r"(?:turn|switch|shut) off (?:that|this|the|your) (?:\w+ )?(?:recorder|recording|mic|microphone|machine|thing|tape|app)",
    r"(?:pause|stop) the (?:recorder|recording|tape|machine)",
    r"(?:withdraw|take back|revoke|changed my mind about|pull) (?:my )?(?:consent|permission|the recording)",
    r"(?:do not|don't|dont|didn't|didnt|did not|never) (?:give |gave )?consent(?:ed)?(?: to)?",
    r"(?:is|are) (?:this|that|it|we|you|they) (?:thing )?(?:still )?(?:being )?record(?:ed|ing)(?: (?:me|us|this|right now|now))?",
    r"(?:delete|erase|take out|scrub|strike|cut) (?:that|what i (?:just )?said|this part|that part|that bit|my part)(?: from the (?:recording|tape|record|transcript))?",
    r"(?:can this|can that|can we|could this|could that|could we|this is|that's|thats|keep this|keep that|strictly) (?:please )?(?:be |go |stay )?off the record",
)
_SCREEN = any_of(
    r"(?:share|sharing|show|showing|cast|casting|mirror|mirroring|project|projecting|broadcast|present|flip|turn) (?:\w+ ){0,3}(?:screen|desktop)(?: with| around| to)?",
    r"(?:put|putting|pull|pulling|throw|throwing|get|bring|bringing) (?:\w+ ){1,5}(?:up )?on (?:the|my) (?:big |shared |large )?(?:screen|projector|tv)",
    r"(?:plug|plugging|hook|hooking|connect|connecting) (?:\w+ ){0,3}(?:laptop|computer)(?: \w+){0,2} (?:the )?(?:projector|tv|screen|big screen)",
    r"screen shar(?:e|ing)",
)
_SCREEN_TIME = any_of(r"screen time", r"screen saver", r"on screen", r"sun ?screen", r"screen door", r"screening")


def identity(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield A2 when a member offers their own contact details to the group, A3 when they are merely spoken.

    The facilitator's own contact details are part of the work. Somebody else's are the cross-member rule's.
    """
    speaker = next((p for p in memory.group.people if p.id == utterance.speaker), None)
    if speaker is not None and speaker.role is Role.FACILITATOR:
        return
    before = [t.text for t in memory.turns[-1:] if t.speaker == utterance.speaker and t.speaker is not None]
    others = named_people(findings) - {utterance.speaker}
    words = plain(" ".join([*before, utterance.text]))
    offered = _OFFER.search(words) is not None or bool(others)
    for disclosure in findings.disclosures:
        own = disclosure.owner.person == utterance.speaker if disclosure.owner.person else disclosure.owner.code is None
        wanted = disclosure.type in _CONTACT_TYPES or (disclosure.type is _T.ADDRESS and _OFFER.search(words) is not None)
        if own and wanted:
            level = AlertLevel.A2 if offered else AlertLevel.A3
            key = keyed("identity", memory.group)
            span = disclosure.span
            yield Alert(utterance.id, "identity", AlertKind.IDENTITY, level, utterance.speaker, span, key)


def consent(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield A2 when words ask not to be recorded, or take consent back."""
    _ = findings
    if _CONSENT.search(plain(utterance.text)):
        key = keyed("consent", memory.group)
        yield Alert(utterance.id, "consent", AlertKind.CONSENT, AlertLevel.A2, utterance.speaker, None, key)


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
