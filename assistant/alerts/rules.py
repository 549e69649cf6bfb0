"""All rules over one utterance: at most one alert of each kind, the loudest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.alerts.absent import absent_member
from assistant.alerts.facts import private_fact
from assistant.alerts.members import outside_contact, told_by_another
from assistant.alerts.risk import risk
from assistant.alerts.room import consent, identity, screen_share, unknown_speaker
from assistant.domain import Alert, AlertKind, UtteranceStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.alerts.memory import SessionMemory
    from assistant.domain import Findings, Utterance

    Rule = Callable[[Utterance, Findings, SessionMemory], Iterator[Alert]]

# A rule that says more stands before one that says less: of two alerts equally loud the first is kept.
RULES: tuple[Rule, ...] = (
    risk,
    absent_member,
    private_fact,
    told_by_another,
    outside_contact,
    identity,
    consent,
    screen_share,
    unknown_speaker,
)


def assess(utterance: Utterance, findings: Findings, memory: SessionMemory) -> tuple[Alert, ...]:
    """Return what deserves the facilitator's eye in one utterance.

    Args:
        utterance: What was said; suspect or struck text raises nothing (promise 5).
        findings: What was found in it; what a failed detector left is still used, silence is not proof of absence.
        memory: What was said before, not including this utterance.

    Returns:
        At most one alert of each kind, by level and then kind. They point at the utterance and quote nothing.
    """
    if utterance.status is not UtteranceStatus.CLEAR:
        return ()
    loudest: dict[AlertKind, Alert] = {}
    for rule in RULES:
        for alert in rule(utterance, findings, memory):
            known = loudest.get(alert.kind)
            if known is None or alert.level < known.level:
                loudest[alert.kind] = alert
    return tuple(sorted(loudest.values(), key=lambda a: (a.level, a.kind)))
