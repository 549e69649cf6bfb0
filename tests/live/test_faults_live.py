"""Disk full, device gone, clock changed, recording forgotten: the session goes on and says what is wrong."""

from __future__ import annotations

import datetime as dt
import resource
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.domain import SAMPLE_RATE, Gap
from assistant.errors import DeviceError
from assistant.live.view import Phase
from assistant.settings import LiveSettings
from assistant.store.audit import Action, Outcome
from assistant.store.sessions import Sessions
from assistant.store.spool_reader import SpoolReader
from tests.live.tones import EVERY, ToneSource, until, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.consent import RecordingPermit
    from assistant.domain import Block
    from tests.live.conftest import Rooms


@contextmanager
def full_disk(limit: int) -> Iterator[None]:
    """Let the system refuse to this process, as a full disk does, whatever reaches past so many bytes of a file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_loses_nothing(live: Rooms) -> None:
    """Sound and words wait in memory, the screen says so, and with room on the disk everything is there."""
    room = live(tones=12, speed=8)
    room.start()
    until(lambda: len(room.changes(0).entries) >= 2)

    with full_disk(live.sounds.path("s1").stat().st_size):
        until(lambda: room.changes(0).room.problem is not None)
        full_at = room.changes(0).room.elapsed
        until(lambda: room.changes(0).room.elapsed > full_at + 3 * EVERY)

    until(lambda: len(room.changes(0).entries) == 12)
    assert words_of(room.changes(0).entries) == [f"w{k}" for k in range(12)]
    assert Sessions(live.vault).load("s1").entries == room.changes(0).entries
    until(lambda: room.changes(0).room.problem is None)


def test_a_device_that_is_gone_is_a_gap(live: Rooms) -> None:
    """What was lost is a stretch of its own length with its reason; words before and after stand at their own time."""
    room = live(tones=10, speed=8, lost=range(43, 70))
    room.start()
    until(lambda: "unplugged" in (room.changes(0).room.problem or ""))
    until(lambda: len(room.changes(0).entries) >= 7)

    assert room.changes(0).room.gaps == 1
    with SpoolReader(live.sounds.path("s1"), live.sounds.key("s1")) as reader:
        gaps = [g for g in reader.blocks() if isinstance(g, Gap)]
    assert sum(g.samples for g in gaps) == 27 * 1600
    assert {g.reason for g in gaps} == {"the device was unplugged"}
    assert {f"w{k}" for k in (0, 1, 2, 5, 6, 7)} <= set(words_of(room.changes(0).entries))
    until(lambda: room.changes(0).room.problem is None)


class NoDevice(ToneSource):
    """A microphone that cannot be had."""

    def blocks(self, permit: RecordingPermit) -> Iterator[Block | Gap]:
        """Refuse."""
        raise DeviceError("no microphone: plug one in, or choose another with --device")


def test_no_device_is_one_line(live: Rooms) -> None:
    """Where there is no microphone the session says so and goes on by hand; with one it records."""
    room = live(instead=NoDevice(), tones=3)
    room.start()

    until(lambda: room.changes(0).room.phase is Phase.PAUSED)
    assert "no microphone" in (room.changes(0).room.problem or "")
    room.jot("by hand")
    room.resume()
    until(lambda: len(room.changes(0).entries) == 3)


def test_a_clock_that_is_set_back_moves_nothing(live: Rooms) -> None:
    """A session that is recovered goes on after what it holds, though the clock says that it is earlier."""
    room = live(tones=4)
    room.start()
    until(lambda: len(room.changes(0).entries) == 4)
    recorded = room._spool.end

    live.clock.by = dt.timedelta(days=-3)
    again = live.recovered(room)

    assert recorded <= again.changes(0).room.elapsed <= recorded + 10 * SAMPLE_RATE
    again.start()
    until(lambda: any(e.utterance.start >= recorded for e in again.changes(0).entries))


def test_time_that_went_by_is_a_gap(live: Rooms) -> None:
    """A session that is recovered an hour later goes on an hour later."""
    room = live(tones=4)
    room.start()
    until(lambda: len(room.changes(0).entries) == 4)
    live.clock.by = dt.timedelta(hours=1)

    again = live.recovered(room)

    hour = 3600 * SAMPLE_RATE
    assert hour <= again.changes(0).room.elapsed <= hour + 60 * SAMPLE_RATE
    again.start()
    until(lambda: any(e.utterance.start >= hour for e in again.changes(0).entries))
    assert words_of(again.changes(0).entries)[:4] == ["w0", "w1", "w2", "w3"]


def test_a_start_that_was_refused_is_no_beginning(live: Rooms) -> None:
    """The time of a session that is recovered counts from where recording began, not from where it could not."""
    room = live(tones=1)
    live.clock.by = -dt.timedelta(hours=1)
    live.vault.audit.record(Action.RECORDING_BEGUN, live.vault.opaque("session", "s1"), Outcome.REFUSED)
    live.clock.by = dt.timedelta()
    room.start()
    until(lambda: room.changes(0).entries)

    again = live.recovered(room)

    assert again.changes(0).room.elapsed < 600 * SAMPLE_RATE


def test_a_forgotten_recording_pauses_itself(live: Rooms) -> None:
    """After so long without a voice nothing more is kept, and the screen says why."""
    room = live(tones=2, speed=20, settings=LiveSettings(quiet_minutes=0.2))
    room.start()

    until(lambda: room.changes(0).room.phase is Phase.PAUSED)
    assert "nobody has spoken" in (room.changes(0).room.problem or "")
    until(lambda: len(room.changes(0).entries) == 2)


def test_a_key_press_returns_at_once(live: Rooms) -> None:
    """Nothing that the screen asks waits for the disk, the worker or the models."""
    room = live(speed=10)
    room.start()
    until(lambda: len(room.changes(0).entries) >= 3)
    name = room.changes(0).room.people[1].person.id
    keys = (
        lambda: room.changes(0),
        room.pause,
        room.resume,
        lambda: room.off_record(on=True),
        lambda: room.off_record(on=False),
        lambda: room.name_speaker(name),
        lambda: room.strike(0, 1000),
        room.mark,
        lambda: room.jot("a note"),
        lambda: room.begin_enrolment(name),
        lambda: room.end_enrolment(keep=False),
        lambda: room.arrive(name),
        room.unknown_facts,
    )
    took = []
    for _ in range(10):
        for key in keys:
            begin = time.perf_counter()
            key()
            took.append(time.perf_counter() - begin)

    assert sorted(took)[int(0.95 * len(took))] < 0.005
