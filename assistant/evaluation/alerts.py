"""Whether what should have been warned of was warned of, and how often there was a false alarm.

Gold alerts are kinds per turn. One is found when the machine has an alert of its kind on an utterance within two
seconds of the turn (from text: on the same turn). The level that a kind is expected at follows the alert rules of the
house: A1 for the facilitator's own slip, talk about an absent member, risk, abuse and screen sharing; A2 for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import AlertKind, AlertLevel
from assistant.evaluation.counts import Summable, rate

if TYPE_CHECKING:
    from assistant.evaluation.gold import GoldSession, GoldTurn
    from assistant.evaluation.machine import HeardAlert, HeardUtterance, Machine

NEAR_S = 2.0
"""Seconds by which an utterance may miss the turn."""

_ALWAYS_A1 = frozenset(
    {
        AlertKind.ABSENT_MEMBER,
        AlertKind.RISK_SELF,
        AlertKind.RISK_OTHER,
        AlertKind.ABUSE_CHILD,
        AlertKind.ABUSE_ADULT,
        AlertKind.SCREEN_SHARE,
    }
)
_UNMARKED = frozenset({AlertKind.CONSENT, AlertKind.UNKNOWN_SPEAKER})
"""Kinds about the recording, not about what was said: the gold does not mark them, so they are never false."""


@dataclass(frozen=True, slots=True)
class AlertRow(Summable):
    """Counts for one kind at one level."""

    expected: int = 0
    found: int = 0
    """Found at any level."""
    at_level: int = 0
    """Found at the expected level or a higher one."""
    raised: int = 0
    false: int = 0
    """Raised where the gold expects no alert of this level or higher."""
    extra: int = 0
    """Raised on a turn that does expect one of this level or higher, but of another kind."""


@dataclass(frozen=True, slots=True)
class AlertFigures(Summable):
    """Counts per kind and level, and the length of what was heard."""

    rows: tuple[tuple[AlertKind, AlertLevel, AlertRow], ...] = ()
    hours: float = 0.0
    missed_turns: tuple[str, ...] = ()
    """``session/turn/kind`` of each expected alert that was not found, to look up by hand."""
    false_utterances: tuple[str, ...] = ()
    """``session/utterance/kind/level`` of each false alert, to look up by hand."""

    def at(self, level: AlertLevel) -> AlertRow:
        """Return the sum over a level."""
        total = AlertRow()
        for _, at, row in self.rows:
            if at is level:
                total += row
        return total

    def by_kind(self) -> dict[tuple[AlertKind, AlertLevel], AlertRow]:
        """Return one sum per kind and level that was expected or raised."""
        found: dict[tuple[AlertKind, AlertLevel], AlertRow] = {}
        for kind, level, row in self.rows:
            found[kind, level] = found.get((kind, level), AlertRow()) + row
        return dict(sorted(found.items()))

    def recall(self, level: AlertLevel) -> float | None:
        """Share of the alerts expected at a level that were found at any level."""
        return rate(self.at(level).found, self.at(level).expected)

    def recall_at_level(self, level: AlertLevel) -> float | None:
        """Share of the alerts expected at a level that were found at that level or a higher one."""
        return rate(self.at(level).at_level, self.at(level).expected)

    def false_per_hour(self, level: AlertLevel) -> float | None:
        """False alerts of a level per hour."""
        return rate(self.at(level).false, self.hours)


def expected_level(kind: AlertKind, speaker: str, gold: GoldSession) -> AlertLevel:
    """Return the level at which a gold alert is expected."""
    slip = kind is AlertKind.CROSS_MEMBER and speaker in gold.facilitators
    return AlertLevel.A1 if slip or kind in _ALWAYS_A1 else AlertLevel.A2


def alert_figures(gold: GoldSession, machine: Machine, *, timed: bool) -> AlertFigures:
    """Count found, missed and false alerts of one session; ``timed`` where turns are matched by time."""
    utterances = {u.id: (number, u) for number, u in enumerate(machine.utterances)}
    placed = [(alert, *utterances[alert.utterance]) for alert in machine.alerts if alert.utterance in utterances]
    rows: list[tuple[AlertKind, AlertLevel, AlertRow]] = []
    missed: list[str] = []
    false: list[str] = []
    for turn in gold.turns:
        for kind in turn.alerts:
            level = expected_level(kind, turn.speaker, gold)
            levels = [a.level for a, n, u in placed if a.kind is kind and _on(turn, n, u, timed=timed)]
            rows.append((kind, level, AlertRow(1, int(bool(levels)), int(any(found <= level for found in levels)))))
            if not levels:
                missed.append(f"{gold.id}/{turn.index}/{kind}")
    for alert, number, utterance in placed:
        # Without the two seconds: an alarm on the harmless sentence next to a grave one is still false.
        turns = [turn for turn in gold.turns if turn.alerts and _on(turn, number, utterance, timed=timed, near=0.0)]
        row = _raised(alert, turns, gold)
        rows.append((alert.kind, alert.level, row))
        if row.false:
            false.append(f"{gold.id}/{alert.utterance}/{alert.kind}/{alert.level}")
    return AlertFigures(tuple(rows), gold.duration_s / 3600, tuple(missed), tuple(false))


def _raised(alert: HeardAlert, turns: list[GoldTurn], gold: GoldSession) -> AlertRow:
    same_kind = any(alert.kind in turn.alerts for turn in turns)
    if same_kind or alert.kind in _UNMARKED:
        return AlertRow(raised=1)
    as_high = any(expected_level(kind, turn.speaker, gold) <= alert.level for turn in turns for kind in turn.alerts)
    return AlertRow(raised=1, false=int(not as_high), extra=int(as_high))


def _on(turn: GoldTurn, number: int, utterance: HeardUtterance, *, timed: bool, near: float = NEAR_S) -> bool:
    if not timed:
        return number == turn.index
    return utterance.start <= turn.end + near and turn.start - near <= utterance.end
