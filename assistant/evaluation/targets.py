"""What the product must reach, and whether it does: one table for people and for CI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import AlertLevel
from assistant.evaluation.scores import Mode
from assistant.evaluation.spans import IDENTIFIERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.evaluation.scores import SessionScores


@dataclass(frozen=True, slots=True)
class Target:
    """One figure and its bound."""

    name: str
    value: float | None
    """None where these sessions say nothing about it."""
    bound: float
    at_least: bool
    """Whether the value must reach the bound, or must not pass it."""

    @property
    def met(self) -> bool | None:
        """Whether it is met; None where there is no value."""
        if self.value is None:
            return None
        return self.value >= self.bound if self.at_least else self.value <= self.bound


def targets(scores: SessionScores, mode: Mode) -> tuple[Target, ...]:
    """Return every target that applies to audio, or to text."""
    return tuple(_targets(scores, mode))


def _targets(scores: SessionScores, mode: Mode) -> Iterator[Target]:
    leaks = scores.notes.leaks
    tried = bool(leaks.rows)
    yield Target(
        "identifiers of others in a note", float(leaks.identifiers.leaked) if tried else None, 0, at_least=False
    )
    yield Target("other facts of others in a note, per 1,000", leaks.others.per_thousand, 3, at_least=False)
    yield Target(
        "planted facts in another's note",
        float(leaks.planted.leaked) if leaks.planted.tried else None,
        0,
        at_least=False,
    )
    yield Target(
        "own facts in one's own note", scores.notes.utility.kept, 0.70 if mode is Mode.AUDIO else 0.85, at_least=True
    )
    if mode is Mode.AUDIO:
        yield Target(
            "words on the wrong person per 1,000, after abstention", scores.owners.wrong_after, 2, at_least=False
        )
        yield Target("words lost to abstention", scores.owners.lost, 0.15, at_least=False)
        yield Target("time per length of audio", scores.real_time_factor, 0.25, at_least=False)
    else:
        yield Target(
            "span recall, names and contact details", scores.spans.over(IDENTIFIERS).recall, 0.95, at_least=True
        )
        yield Target("span recall", scores.spans.over().recall, 0.90, at_least=True)
        yield Target("span precision", scores.spans.over().precision, 0.80, at_least=True)
        yield Target("owner accuracy", scores.spans.over().owner_accuracy, 0.90, at_least=True)
    yield Target("A1 alerts found", scores.alerts.recall(AlertLevel.A1), 1.0, at_least=True)
    yield Target("false A1 alerts per hour", scores.alerts.false_per_hour(AlertLevel.A1), 2, at_least=False)
