"""What a session looked like: talk time, turns over time, who referred to whom, alerts on a time line. Counts alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.domain import AlertKind, AlertLevel, Person, PersonId


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and times of one session; no word of it."""

    people: tuple[Person, ...]
    """Everybody who was there, by roster; a page without names calls them by role and letter."""
    duration: int
    """Samples."""
    talk: tuple[tuple[PersonId | None, int], ...]
    """Samples spoken by each of ``people``; None: unknown voices."""
    turns: tuple[tuple[PersonId | None, int, int], ...]
    """Speaker, first and one past the last sample, in order."""
    referred: tuple[tuple[PersonId, PersonId, int], ...]
    """How often the first named, addressed or clearly pointed at the second."""
    alerts: tuple[tuple[int, AlertLevel, AlertKind], ...]
    """First sample of the words, level, kind."""
