"""One session from a source to its drafts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.pipeline.drafting import Drafter
from assistant.pipeline.understanding import understand

if TYPE_CHECKING:
    from assistant.alerts.memory import SessionMemory
    from assistant.alerts.rules import Rule
    from assistant.domain import Alert, Session
    from assistant.notes.gate import Gate
    from assistant.pipeline.drafts import Drafts
    from assistant.pipeline.listening import Heard
    from assistant.pipeline.progress import Progress
    from assistant.privacy.analysis import Analyst
    from assistant.privacy.reading import Reading
    from assistant.settings import Profile


@dataclass(frozen=True, slots=True)
class SessionResult:
    """Everything known about a processed session."""

    session: Session
    source: str
    """File name of the source, without its folders."""
    heard: Heard
    readings: tuple[Reading, ...] = field(repr=False)
    alerts: tuple[Alert, ...]
    drafts: Drafts
    models: tuple[tuple[str, str], ...]
    """Name and SHA-256 of each model that took part."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a session's words were made from."""

    source: str
    """File name of the source, without its folders."""
    models: tuple[tuple[str, str], ...]
    """Name and SHA-256 of each model that took part."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """What it takes to understand utterances and draft notes of one session."""

    analyst: Analyst
    memory: SessionMemory
    rules: tuple[Rule, ...]
    """Those of the site's policy."""
    gate: Gate
    profile: Profile


def process_heard(session: Session, origin: Origin, heard: Heard, rooms: Rooms, progress: Progress) -> SessionResult:
    """Return everything known about what was heard: readings, alerts, drafts."""
    understood = understand(heard.utterances, rooms.analyst, rooms.memory, rooms.rules, progress)
    drafter = Drafter(
        session=session,
        gate=rooms.gate,
        profile=rooms.profile,
        readings=understood.readings,
        utterances=tuple(reading.utterance for reading in understood.readings),
        findings=tuple(reading.findings for reading in understood.readings),
        duration=heard.duration,
    )
    drafts = drafter.draft(progress)
    return SessionResult(session, origin.source, heard, understood.readings, understood.alerts, drafts, origin.models)
