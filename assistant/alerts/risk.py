"""Language about harm to oneself, to others, to a child or an adult: which level, and when context does not lower it.

Domain rules 6.3 to 6.7. Affirmed and current: A1. Hypothetical, past, or about somebody else: A2. Denied: A3. Context
lowers and never deletes; three things raise again: a conditional threat to a person one could warn, a past act by
somebody who is near children or dependants now, a means with a plan whose target is unclear.
"""

from __future__ import annotations

import re
from math import prod
from typing import TYPE_CHECKING

from assistant.alerts.advice import keyed
from assistant.alerts.memory import lean_kind, resembles
from assistant.alerts.words import any_of, phrases, plain
from assistant.domain import Alert, AlertKind, AlertLevel, Assertion, DisclosureType, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.alerts.memory import SessionMemory
    from assistant.domain import Disclosure, Findings, PersonId, Utterance

_T = DisclosureType
_A1, _A2, _A3 = AlertLevel.A1, AlertLevel.A2, AlertLevel.A3
_LEVELS = {
    Assertion.AFFIRMED: _A1,
    Assertion.HYPOTHETICAL: _A2,
    Assertion.PAST: _A2,
    Assertion.OTHER: _A2,
    Assertion.NEGATED: _A3,
}
_NEAR_TURNS = 2
_DARK = phrases("dark")
_ABOUT_YOU = any_of(r"yourself", r"yourselves", r"you", r"you're", r"your")
_OF_SELF = any_of("i", "i'm", "im", "i'd", "i'll", "me", "my", "myself")
_ASKING = re.compile(
    r"(?:and |so |um |well )*(?:has|have|had|is|are|was|were|do|does|did|would|could|can|what|who|when|how)(?!\w)"
)
_TO_ITS_END = re.compile(r"[^.?!]*[.?!]?")
_FIRST_PERSON = frozenset({"i", "i'm", "i'd", "i'll", "i've", "im", "id", "ill", "ive"})
_SIGNS_TOGETHER = 2
_SURE_TOGETHER = 0.98
"""Resemblances of one kind in what one person says within a few turns are a banner once together they are so sure: two
of about 0.86, or a clear one and a faint one. Each alone is not."""


def flags_of(disclosure: Disclosure) -> frozenset[str]:
    """Return the flags that the recogniser put into the reason (a contract between the rooms: ``t4 means time``)."""
    return frozenset(disclosure.mention.reason.split())


def risk(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield one alert for every risk or abuse statement, whoever speaks, known or not."""
    signs = sum("sign" in flags_of(d) or "grave" in flags_of(d) for d in findings.disclosures)
    signs += sum("sign" in reason.split() for turn in _near(utterance, memory) for reason in turn)
    for disclosure in findings.disclosures:
        if disclosure.type in {_T.RISK_SELF, _T.RISK_OTHER, _T.ABUSE}:
            flags = flags_of(disclosure)
            if "meaning" in flags and _is_facilitator(utterance, memory):
                # A facilitator talks of risk all evening; a resemblance alone says nothing. Plain words still count.
                continue
            level = _level(utterance, disclosure, memory, together=signs >= _SIGNS_TOGETHER)
            if level is _A2 and resembles(disclosure) and _leaning(utterance, findings, memory, disclosure):
                level = _A1
            for kind in _kinds(disclosure.type, flags, disclosure.assertion):
                key = "risk_unclear" if "unclear" in flags else kind.value
                owner = _whose(utterance, disclosure)
                rule = f"{kind.value}: {disclosure.assertion}"
                yield Alert(utterance.id, rule, kind, level, owner, disclosure.span, keyed(key, memory.group))


def _leaning(utterance: Utterance, findings: Findings, memory: SessionMemory, disclosure: Disclosure) -> bool:
    """Whether one person's words resemble the same kind of risk more than once."""
    kind = lean_kind(disclosure)
    shares = [d.mention.score for d in findings.disclosures if resembles(d) and lean_kind(d) == kind]
    for turn in memory.turns:
        if turn.speaker == utterance.speaker and turn.speaker is not None:
            shares += [share for known, share in turn.leans if known == kind]
    return len(shares) > 1 and 1 - prod(1 - share for share in shares) >= _SURE_TOGETHER


def _whose(utterance: Utterance, disclosure: Disclosure) -> PersonId | None:
    """Whose statement it is: the speaker's own where it begins with "I", whatever else it names."""
    first = plain(disclosure.span.of(utterance.text)).split(maxsplit=1)[:1]
    if first and first[0] in _FIRST_PERSON and disclosure.type is not _T.ABUSE:
        return utterance.speaker
    return disclosure.owner.person


def _kinds(type_: DisclosureType, flags: frozenset[str], assertion: Assertion) -> tuple[AlertKind, ...]:
    if type_ is _T.ABUSE:
        if "child" in flags:
            return (AlertKind.ABUSE_CHILD,)
        # Who hurt an adult once and is near children now: the children are the present matter.
        near = assertion is Assertion.PAST and "access" in flags
        return (AlertKind.ABUSE_CHILD, AlertKind.ABUSE_ADULT) if near else (AlertKind.ABUSE_ADULT,)
    if "unclear" in flags and assertion is not Assertion.NEGATED:
        return (AlertKind.RISK_SELF, AlertKind.RISK_OTHER)
    return (AlertKind.RISK_SELF,) if type_ is _T.RISK_SELF else (AlertKind.RISK_OTHER,)


def _level(utterance: Utterance, disclosure: Disclosure, memory: SessionMemory, *, together: bool) -> AlertLevel:
    flags = flags_of(disclosure)
    level = _LEVELS[disclosure.assertion]
    if _asks_about_another(utterance, disclosure, memory):
        return _A3 if _is_facilitator(utterance, memory) else max(level, _A2)
    if _is_the_facilitators_work(utterance, disclosure, memory):
        return _A3
    if level is not _A1:
        return _A1 if level is _A2 and _raised_again(disclosure.assertion, flags) else level
    if "sign" in flags:
        return _A1 if together else _A2
    unsure = "weak" in flags and ("meaning" in flags or not _dark_before(utterance, disclosure, memory))
    return _A2 if unsure else _A1


def _raised_again(assertion: Assertion, flags: frozenset[str]) -> bool:
    """Whether what lowered it is no comfort: a conditional threat to a person, a past act with access now."""
    if assertion is Assertion.HYPOTHETICAL:
        if "unreal" in flags:
            return False
        return bool(flags & {"named", "firm", "threat"}) and not {"weak", "meaning"} <= flags
    return assertion is Assertion.PAST and "access" in flags


def _asks_about_another(utterance: Utterance, disclosure: Disclosure, memory: SessionMemory) -> bool:
    """Whether it is put to somebody as a question ("are you thinking of …yourself?")."""
    if disclosure.type is _T.ABUSE:
        return False
    around = plain(utterance.text[max(0, disclosure.span.start - 60) : disclosure.span.end])
    said = plain(disclosure.span.of(utterance.text))
    speaks_of_self = _OF_SELF.search(said)
    asked = "yourself" in said.split() or (_is_facilitator(utterance, memory) and _ABOUT_YOU.search(around) is not None)
    return asked and speaks_of_self is None


def _is_the_facilitators_work(utterance: Utterance, disclosure: Disclosure, memory: SessionMemory) -> bool:
    """Whether the facilitator asks the room, without a word of their own self ("has anyone thought of …?")."""
    if not _is_facilitator(utterance, memory):
        return False
    start = max(utterance.text.rfind(mark, 0, disclosure.span.start) for mark in ".?!") + 1
    sentence = _TO_ITS_END.match(utterance.text, start)
    said = plain(sentence[0]) if sentence else ""
    if _OF_SELF.search(said):
        return False
    asks = sentence is not None and "?" in sentence[0]
    return asks or _ASKING.match(said) is not None


def _dark_before(utterance: Utterance, disclosure: Disclosure, memory: SessionMemory) -> bool:
    """Whether an ambiguous phrase stands near death words of the same speaker, idioms among them (rule 6.4)."""
    rest = utterance.text[: disclosure.span.start] + " " + utterance.text[disclosure.span.end :]
    if _DARK.search(plain(rest)):
        return True
    return any(
        turn.risk or _DARK.search(plain(turn.text))
        for turn in memory.turns[-2 * _NEAR_TURNS :]
        if turn.speaker == utterance.speaker and turn.speaker is not None
    )


def _near(utterance: Utterance, memory: SessionMemory) -> Iterator[frozenset[str]]:
    for turn in memory.turns:
        if turn.speaker == utterance.speaker and turn.speaker is not None:
            yield turn.risk


def _is_facilitator(utterance: Utterance, memory: SessionMemory) -> bool:
    return any(p.id == utterance.speaker and p.role is Role.FACILITATOR for p in memory.group.people)
