"""A session as it is kept: what a recovery, a review or a list is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from assistant.domain import (
        AlertKind,
        AlertState,
        Entry,
        Jotting,
        PersonId,
        Resolution,
        Session,
        Tombstone,
        UtteranceId,
    )


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a person did about one alert."""

    utterance: UtteranceId
    kind: AlertKind
    state: AlertState
    resolution: Resolution | None
    text: str = field(repr=False)
    """In their own words; empty where they wrote none."""
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A key press that said whose voice it was."""

    at: int
    """Sample at which the key was pressed."""
    person: PersonId
    utterance: UtteranceId | None
    """Which utterance; None: the last one."""
    start: int
    """First sample of what it settles."""
    end: int
    """One past the last."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in a list: no name, no word."""

    id: str
    begun: dt.datetime
    ended: dt.datetime | None
    """None: unfinished."""
    processed_to: int
    entries: int
    drafts: int
    """Of members; the group's part is not counted."""
    audio_gone: dt.datetime | None
    text_gone: dt.datetime | None
    signed: int = 0
    """Signed notes."""
    audio: bool = False
    """Whether its sound can be played."""

    @property
    def finished(self) -> bool:
        """Whether it was closed properly."""
        return self.ended is not None


@dataclass(frozen=True, slots=True)
class StoredSession:
    """All that is kept of a session."""

    line: SessionLine
    session: Session = field(repr=False)
    """With the people as they were last, arrivals, departures and consents of the night included."""
    entries: tuple[Entry, ...] = field(repr=False)
    """By number; the state of each alert as a person left it."""
    settlements: tuple[Settlement, ...]
    tombstones: tuple[Tombstone, ...]
    jottings: tuple[Jotting, ...]
    decisions: tuple[Decision, ...]
    unheard: tuple[tuple[int, int], ...]

    @property
    def processed_to(self) -> int:
        """Everything before this sample is in ``entries``."""
        return self.line.processed_to

    @property
    def unresolved(self) -> tuple[tuple[UtteranceId, AlertKind], ...]:
        """The A1 alerts that nobody has settled yet."""
        settled = {(s.utterance, s.kind) for s in self.settlements if s.resolution is not None}
        found = ((a.utterance, a.kind) for e in self.entries for a in e.alerts if a.level == "A1")
        return tuple(key for key in dict.fromkeys(found) if key not in settled)
