"""Utterances in, readings and alerts out: what is private, whose it is, and what deserves the facilitator's eye."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.alerts.memory import remember
from assistant.alerts.rules import assess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.alerts.memory import SessionMemory
    from assistant.alerts.rules import Rule
    from assistant.domain import Alert, Utterance
    from assistant.pipeline.progress import Progress
    from assistant.privacy.analysis import Analyst
    from assistant.privacy.reading import Reading


@dataclass(frozen=True, slots=True)
class Understood:
    """All that is known about a session's utterances."""

    readings: tuple[Reading, ...] = field(repr=False)
    alerts: tuple[Alert, ...]


def understand(
    utterances: Sequence[Utterance],
    analyst: Analyst,
    memory: SessionMemory,
    rules: Sequence[Rule],
    progress: Progress,
) -> Understood:
    """Return a reading of every utterance and the alerts that they raise, in order."""
    progress.stage("Reading", len(utterances))
    readings: list[Reading] = []
    alerts: list[Alert] = []
    for number, utterance in enumerate(utterances, start=1):
        reading = analyst.read(utterance, readings)
        alerts.extend(assess(utterance, reading.findings, memory, rules))
        memory = remember(memory, utterance, reading.findings)
        readings.append(reading)
        progress.advance(number)
    return Understood(tuple(readings), tuple(alerts))
