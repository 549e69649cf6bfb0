"""What a live session shows of itself: frozen pictures of it, for a screen to draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from assistant.domain import (
        Alert,
        AlertKind,
        AlertState,
        Entry,
        Jotting,
        Person,
        PersonId,
        Resolution,
        Tombstone,
        UtteranceId,
    )


class Phase(StrEnum):
    """What the session does with sound at this moment."""

    BY_HAND = "notes by hand"
    """Nothing is recorded: not begun, or somebody present has not agreed."""
    RECORDING = "recording"
    PAUSED = "paused"
    OFF_RECORD = "off the record"
    CLOSING = "closing"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody on the roster, tonight."""

    person: Person
    """As things stand now: ``present`` and ``consent`` change while the session runs."""
    number: int
    """The key that names them, from 1 in roster order."""
    consented: bool
    """Whether they agreed to be recorded."""
    voice_known: bool
    """Whether there is a voice to match: enrolled, or named tonight."""
    speaking: bool
    talk: int
    """Samples spoken tonight, clear utterances alone."""


class AlertKey(NamedTuple):
    """Which alert: an utterance raises at most one of each kind."""

    utterance: UtteranceId
    kind: AlertKind


@dataclass(frozen=True, slots=True)
class AlertView:
    """One alert and what became of it."""

    key: AlertKey
    alert: Alert
    at: int
    """First sample of the words."""
    state: AlertState
    resolution: Resolution | None = None

    @property
    def must_be_resolved(self) -> bool:
        """Whether the session cannot be closed before a person settles it."""
        return self.alert.level == "A1" and self.resolution is None


@dataclass(frozen=True, slots=True)
class PolicyView:
    """The site's policy in force, for the header."""

    live_alerts: bool
    risk_flags: bool
    post_session_only: bool
    profile: str = "live"
    """The site's named choice, as its settings file says it."""


@dataclass(frozen=True, slots=True)
class RoomView:
    """The session as a whole."""

    phase: Phase
    elapsed: int
    """Samples since the session began, pauses included."""
    lag: int
    """Samples of sound that wait to be read."""
    level_dbfs: float
    """Loudness of the last moment; -100 for silence."""
    people: tuple[PersonView, ...]
    policy: PolicyView
    lacking: tuple[PersonId, ...] = ()
    """Who is here and has not agreed."""
    enrolling: PersonId | None = None
    enrolled_voice: int = 0
    """Voiced samples heard of the person who reads the consent sentence."""
    tombstones: tuple[Tombstone, ...] = ()
    jottings: tuple[Jotting, ...] = ()
    """Marks and notes typed tonight, by time."""
    gaps: int = 0
    """Times that sound was lost."""
    unread: int = 0
    """Stretches that could not be read and are left unheard; their sound is in the spool until the close."""
    problem: str | None = None
    """One line about what is wrong now: device gone, disk full, worker restarted. Never words of the session."""
    working: str | None = None
    """One line about long work under way: loading, catching up, drafting."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a version that the caller has."""

    version: int
    room: RoomView
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    """New utterances and new versions, by number."""
    removed: tuple[UtteranceId, ...] = ()
    alerts: tuple[AlertView, ...] = ()
    """All alerts, newest first."""
