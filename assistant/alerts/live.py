"""The alert rules as a running session uses them: by the site's policy, and some of them before the speaker is known.

Nothing here keeps state. A correction or a strike replays utterances over an earlier ``SessionMemory``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.alerts.absent import absent_member
from assistant.alerts.arrival import told_before_arrival
from assistant.alerts.facts import private_fact
from assistant.alerts.members import outside_contact
from assistant.alerts.memory import SessionMemory, remember
from assistant.alerts.room import consent, identity, screen_share
from assistant.alerts.rules import assess, rules_for
from assistant.domain import Alert, AlertKind, AlertLevel, Attribution, DecidedBy, Role

if TYPE_CHECKING:
    from assistant.alerts.rules import Rule
    from assistant.domain import Findings, Group, PersonId, Utterance

_NEED_NO_SPEAKER: tuple[Rule, ...] = (
    absent_member,
    private_fact,
    told_before_arrival,
    outside_contact,
    identity,
    consent,
    screen_share,
)
_RISK = frozenset({AlertKind.RISK_SELF, AlertKind.RISK_OTHER, AlertKind.ABUSE_CHILD, AlertKind.ABUSE_ADULT})


@dataclass(frozen=True, slots=True)
class LiveAlerts:
    """The rules of a site's policy; ``LiveAlerts.of`` makes one."""

    rules: tuple[Rule, ...]
    early_rules: tuple[Rule, ...]

    @classmethod
    def of(cls, *, risk_flags: bool = True) -> LiveAlerts:
        """Return the rules of a policy. Without ``risk_flags`` the rule about risk language is not even loaded."""
        rules = rules_for(risk_flags=risk_flags)
        risk = rules[: 1 if risk_flags else 0]
        return cls(rules, (*risk, *_NEED_NO_SPEAKER))

    def begin(self, group: Group) -> SessionMemory:
        """Return the memory of a session in which nothing has been said."""
        return SessionMemory(group)

    def attend(self, memory: SessionMemory, group: Group) -> SessionMemory:
        """Return the memory once somebody came, left, or agreed: the same, with the group as it is from now on.

        Who was there when something was told is part of what is remembered, and stays.
        """
        return replace(memory, group=group)

    def assess(self, utterance: Utterance, findings: Findings, memory: SessionMemory) -> tuple[Alert, ...]:
        """Return what deserves the facilitator's eye in one utterance, A3 (for the review afterwards) included."""
        return assess(utterance, findings, memory, self.rules)

    def remember(self, memory: SessionMemory, utterance: Utterance, findings: Findings) -> SessionMemory:
        """Return the memory after one more utterance."""
        return remember(memory, utterance, findings)

    def early(self, utterance: Utterance, findings: Findings, memory: SessionMemory) -> tuple[Alert, ...]:
        """Return what may be warned of before anybody knows who speaks: A1 and A2 alone.

        Only what the full reading will say as well, whoever it names, is warned of early: language of risk that
        would count from the facilitator too, a known fact with its owner's name, somebody absent of whom something is
        told, contact, details offered, the recording, the screen. The full reading replaces it, kind by kind.

        Args:
            utterance: The words; whoever it is attributed to is not looked at.
            findings: Names, contact details and risk are enough; owners other than by name are not needed.
            memory: What was said before.
        """
        nobody = replace(utterance, attribution=Attribution(None, 0.0, 0.0, DecidedBy.VOICE))
        found = assess(nobody, findings, memory, self.early_rules)
        leader = next((p.id for p in memory.group.people if p.role is Role.FACILITATOR), None)
        if leader is not None and any(a.kind in _RISK for a in found):
            stands = self._stands_for(leader, utterance, findings, memory)
            found = tuple(a for a in found if a.kind not in _RISK or a.kind in stands)
        return tuple(a for a in found if a.level is not AlertLevel.A3)

    def _stands_for(
        self, leader: PersonId, utterance: Utterance, findings: Findings, memory: SessionMemory
    ) -> frozenset[AlertKind]:
        """Return the kinds of risk that are shown even if the facilitator spoke: their questions are not."""
        led = replace(utterance, attribution=Attribution(leader, 1.0, 1.0, DecidedBy.KEY))
        found = assess(led, findings, memory, self.early_rules[:1])
        return frozenset(a.kind for a in found if a.level is not AlertLevel.A3)
