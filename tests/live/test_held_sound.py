"""What must not be kept is not kept in odd moments either: keys pressed in a row, sound on its way, a failing part."""

from __future__ import annotations

from dataclasses import replace
from queue import SimpleQueue
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.domain import SAMPLE_RATE, Block, Consent, Gap, PersonId, samples
from assistant.live.capturing import Capture
from assistant.live.consent_room import ConsentRoom
from assistant.live.view import Phase
from assistant.store.spool_reader import SpoolReader
from tests.live.tones import ToneSource, group_of, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.consent import RecordingPermit
    from tests.live.conftest import Rooms

M1, M2 = PersonId("m1"), PersonId("m2")
STEP = SAMPLE_RATE // 10


@pytest.mark.parametrize("off_record", [False, True])
def test_a_pause_while_consent_is_waited_for_holds(live: Rooms, off_record: bool) -> None:
    """Recording waits for a late joiner's consent and the facilitator pauses: the consent does not start it again."""
    group = group_of()
    late = replace(group.people[2], present=False, consent=Consent())
    room = live(replace(group, people=(*group.people[:2], late)), speed=8)
    room.start()
    until(lambda: room.changes(0).room.elapsed > SAMPLE_RATE)
    room.arrive(M2)

    if off_record:
        room.off_record(on=True)
    else:
        room.pause()
    room.agree(M2)

    assert room.changes(0).room.phase is not Phase.RECORDING
    kept = room._spool.received
    elapsed = room.changes(0).room.elapsed
    until(lambda: room.changes(0).room.elapsed > elapsed + SAMPLE_RATE)
    assert room._spool.received == kept
    room.start()
    assert room.changes(0).room.phase is Phase.RECORDING


def test_leave_that_is_given_anew_a_moment_late_loses_nothing(live: Rooms) -> None:
    """The thread that takes in sound may ask between two leaves: recording goes on once it is told of the second."""
    room = live(speed=8)
    room.start()
    until(lambda: room.changes(0).room.elapsed > SAMPLE_RATE)

    # As a late joiner who had agreed: the leave is void for a moment, and the thread asks just then.
    room._room.arrive(M2, room.changes(0).room.elapsed)
    room._room._change(M2, lambda person: person)

    until(lambda: len(live.sources) == 2, what="a new source")
    assert room.changes(0).room.phase is Phase.RECORDING
    kept = room._spool.received
    until(lambda: room._spool.received > kept + SAMPLE_RATE)


class Broken(ToneSource):
    """A source with an error inside the program."""

    def blocks(self, permit: RecordingPermit) -> Iterator[Block | Gap]:
        """Give a little sound, then fail."""
        for number, block in enumerate(super().blocks(permit)):
            if number == 5:
                raise ZeroDivisionError("of somebody's words")
            yield block


def test_a_recording_that_fails_ends_the_session(live: Rooms) -> None:
    """An error inside the program where sound is taken in is told: no screen goes on saying that it records."""
    room = live(instead=Broken(speed=8))
    room.start()

    with pytest.raises(ZeroDivisionError):
        until(lambda: room.changes(0) is None, 10)
    assert room._spool.end == 5 * STEP, "what came before is safe"


class Clock:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        """Return them."""
        return self.at


class ByHand:
    """A source that brings what a test puts in."""

    channels = 1
    label = "by hand"

    def __init__(self) -> None:
        self.pieces: SimpleQueue[Block | None] = SimpleQueue()

    def blocks(self, permit: RecordingPermit) -> Iterator[Block | Gap]:
        """Yield it."""
        del permit
        while (piece := self.pieces.get()) is not None:
            yield piece

    def stop(self) -> None:
        """End."""
        self.pieces.put(None)


class Kept:
    """Keeps sound in memory."""

    def __init__(self) -> None:
        self.end = 0
        self.received = 0
        self.blocks: list[Block] = []
        self.gaps: list[Gap] = []

    def append(self, block: Block, permit: RecordingPermit) -> None:
        """Keep it."""
        del permit
        self.blocks.append(block)
        self.received = self.end = block.end_sample

    def gap(self, gap: Gap) -> None:
        """Keep that there was none."""
        self.gaps.append(gap)
        self.received = self.end = gap.first_sample + gap.samples

    def sync(self) -> int:
        """Nothing waits."""
        return self.end


class Nobody:
    """Is told, and does nothing."""

    def synced(self, sample: int) -> None:
        """Of sound."""

    def trouble(self, line: str | None) -> None:
        """Of trouble."""

    def ended(self, *, refused: bool) -> None:
        """Of the end."""

    def failed(self, error: BaseException) -> None:
        """Of an error."""
        raise error


def test_what_was_said_off_the_record_and_comes_after_it_is_dropped() -> None:
    """Sound takes a moment from the mouth to here: what comes just after the key was said before it was pressed."""
    clock, source, spool = Clock(), ByHand(), Kept()
    room = ConsentRoom(group_of())
    capture = Capture(lambda: source, spool=spool, room=room, watcher=Nobody(), clock=clock)
    given = room.permit()
    capture.go(given)

    def hear(number: int) -> None:
        """Bring what was spoken from tenth ``number`` on, 0.2 s after its end."""
        clock.at = (number + 1) / 10 + 0.2
        source.pieces.put(Block(number * STEP, np.full((1, STEP), 0.1, np.float32)))
        until(lambda: capture.now == (number + 1) * STEP)

    for number in range(10):
        hear(number)
    capture.hold("off the record")
    for number in range(10, 30):
        hear(number)
    clock.at = pressed = 3.2
    capture.go(given)
    for number in range(30, 45):
        hear(number)
    capture.end()

    until(lambda: not capture.running)
    loud = [b.first_sample for b in spool.blocks]
    assert loud[:10] == [number * STEP for number in range(10)]
    assert loud[10] >= samples(pressed), "nothing that was spoken before the key"
    assert loud[10] <= samples(pressed + 0.2), "and little more than that is lost"
    assert [g.reason for g in spool.gaps] == ["off the record"]
    assert spool.end == 45 * STEP


def test_a_strike_reaches_what_was_just_said(live: Rooms) -> None:
    """The last words are still on their way to the spool when the key is pressed: they are silent when they come."""
    room = live(speed=1)
    room.start()
    until(lambda: room.changes(0).room.elapsed > samples(0.3))

    now = room.changes(0).room.elapsed
    room.strike(0, 2**40)

    (tombstone,) = room.changes(0).room.tombstones
    assert samples(0.3) <= tombstone.end - now <= samples(2)
    until(lambda: room._spool.end > tombstone.end + STEP)
    with SpoolReader(live.sounds.path("s1"), live.sounds.key("s1")) as reader:
        pieces = list(reader.blocks(0, tombstone.end))
    assert not any(np.abs(b.audio).max() > 0 for b in pieces if isinstance(b, Block))


def test_consent_taken_back_ends_the_learning_of_a_voice(live: Rooms) -> None:
    """Whoever takes consent back while reading the sentence aloud has not agreed to a voiceprint by its end."""
    room = live(speed=8)
    room.start()
    until(lambda: room.changes(0).room.elapsed > SAMPLE_RATE)
    room.begin_enrolment(M1)

    room.withdraw(M1)
    room.end_enrolment(keep=True)
    room.agree(M1)

    assert room.changes(0).room.enrolling is None
    assert room._room.group.person(M1).consent.voiceprint is None
