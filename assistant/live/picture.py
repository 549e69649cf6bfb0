"""The room as it is at one moment, drawn for the screen: a pure function of what is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import samples
from assistant.live.consent_room import here
from assistant.live.view import PersonView, Phase, PolicyView, RoomView

if TYPE_CHECKING:
    from assistant.domain import Entry, Group, Jotting, PersonId, Tombstone
    from assistant.live.board import Board
    from assistant.live.messages import Beat
    from assistant.settings import LiveSettings

LATELY = samples(4.0)
"""Whose utterance ended no longer ago is shown as speaking: words come about two seconds after they are said."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known at one moment."""

    phase: Phase
    group: Group
    lacking: tuple[PersonId, ...]
    elapsed: int
    synced: int
    """The spool holds everything before this sample."""
    level_dbfs: float
    known: frozenset[PersonId]
    """Whose voice can be matched."""
    beat: Beat
    """The worker's last sign of life."""
    enrolling: PersonId | None
    tombstones: tuple[Tombstone, ...]
    jottings: tuple[Jotting, ...]
    gaps: int
    unread: int
    reading: bool
    """Whether a worker is meant to run."""
    problem: str | None
    working: str | None


def picture(now: Moment, board: Board, settings: LiveSettings) -> RoomView:
    """Return the room as a screen draws it."""
    lag = max(0, now.synced - now.beat.waits_from) if now.reading else 0
    present = {p.id for p in here(now.group)}
    return RoomView(
        phase=now.phase,
        elapsed=now.elapsed,
        lag=lag,
        level_dbfs=now.level_dbfs,
        people=tuple(
            PersonView(
                person=person,
                number=number,
                consented=person.consent.recording is not None and person.consent.withdrawn_at is None,
                voice_known=person.id in now.known,
                speaking=person.id in present and _speaks(person.id, board.last, now),
                talk=board.talk(person.id),
            )
            for number, person in enumerate(now.group.people, start=1)
        ),
        policy=PolicyView(
            live_alerts=settings.live_alerts,
            risk_flags=settings.risk_flags,
            post_session_only=settings.post_session_only,
            profile=str(settings.profile),
        ),
        lacking=now.lacking,
        enrolling=now.enrolling,
        enrolled_voice=now.beat.enrolled_voice if now.enrolling else 0,
        tombstones=now.tombstones,
        jottings=now.jottings,
        gaps=now.gaps,
        unread=now.unread,
        problem=now.problem,
        working=now.working,
    )


def _speaks(person: PersonId, last: Entry | None, now: Moment) -> bool:
    if last is None or now.phase is not Phase.RECORDING:
        return False
    return last.utterance.speaker == person and now.elapsed - last.utterance.end < LATELY
