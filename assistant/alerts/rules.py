"""All rules over one utterance: at most one alert of each kind, the loudest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.alerts.absent import absent_member
from assistant.alerts.arrival import told_before_arrival
from assistant.alerts.facts import private_fact
from assistant.alerts.members import outside_contact, told_by_another
from assistant.alerts.room import consent, identity, screen_share, unknown_speaker
from assistant.domain import Alert, AlertKind, UtteranceStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.alerts.memory import SessionMemory
    from assistant.domain import Findings, Utterance

    Rule = Callable[[Utterance, Findings, SessionMemory], Iterator[Alert]]

# A rule that says more stands before one that says less: of two alerts equally loud the first is kept.
_RULES: tuple[Rule, ...] = (
    absent_member,
    private_fact,
    told_before_arrival,
    told_by_another,
    outside_contact,
    identity,
    consent,
    screen_share,
    unknown_speaker,
)


def rules_for(*, risk_flags: bool = True) -> tuple[Rule, ...]:
    """Return the rules of a site's policy. Without ``risk_flags`` the rule about risk language is not even loaded."""
    if not risk_flags:
        return _RULES
    from assistant.alerts.risk import risk  # noqa: PLC0415  a policy without it must not load it

    return (risk, *_RULES)


def assess(
    utterance: Utterance, findings: Findings, memory: SessionMemory, rules: Sequence[Rule] | None = None
) -> tuple[Alert, ...]:
    """Return what deserves the facilitator's eye in one utterance.

    Args:
        utterance: What was said; suspect or struck text raises nothing (promise 5).
        findings: What was found in it; what a failed detector left is still used, silence is not proof of absence.
        memory: What was said before, not including this utterance; who is here is read from its group at the moment
            the utterance began.
        rules: Of the site's policy; None: all of them.

    Returns:
        At most one alert of each kind, by level and then kind. They point at the utterance and quote nothing.
    """
    if utterance.status is not UtteranceStatus.CLEAR:
        return ()
    now = memory.as_of(utterance.start)
    loudest: dict[AlertKind, Alert] = {}
    for rule in rules_for() if rules is None else rules:
        for alert in rule(utterance, findings, now):
            known = loudest.get(alert.kind)
            if known is None or alert.level < known.level:
                loudest[alert.kind] = alert
    return tuple(sorted(loudest.values(), key=lambda a: (a.level, a.kind)))
