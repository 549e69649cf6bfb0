"""Sound of a microphone stands where it was spoken, and what was lost is a Gap as long as the loss."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.capture.inbox import Inbox, Sound
from assistant.capture.pace import Pace
from assistant.capture.timeline import GONE, LATE, OVERFLOW, SLEPT, SLOW, Timeline
from assistant.domain import SAMPLE_RATE, Block, Gap, samples, seconds

if TYPE_CHECKING:
    from collections.abc import Iterable

BLOCK_S = 0.1

SCALE = 10_000.0
"""Seconds that full scale stands for."""


@dataclass
class SetClock:
    """A clock that stands where it was set."""

    time: float = 1000.0
    sleep: float = 0.0

    def now(self) -> float:
        """Return what was set."""
        return self.time

    def asleep(self) -> float:
        """Return what was set."""
        return self.sleep


@dataclass
class Room:
    """A room in which time passes, a sound card that hears it, and what comes out of the time line.

    The sound is a ramp of the time at which it was spoken, so that each sample tells where it belongs.
    """

    rate: int = SAMPLE_RATE
    clock: SetClock = field(default_factory=SetClock)
    parts: list[Block | Gap] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.began = self.clock.time
        self.timeline = Timeline(self.clock)
        self.timeline.begin(self.rate, 1)

    def hear(self, duration_s: float, late_s: float = 0.0, **said: bool) -> None:
        """Let time pass while the sound card hears; it arrives ``late_s`` after the first was due."""
        sounds = []
        for _ in range(round(duration_s / BLOCK_S)):
            sounds.append((self.clock.time + BLOCK_S, self._spoken(self.clock.time)))
            self.clock.time += BLOCK_S
        for at, audio in sounds:
            arrival = max(at, sounds[0][0] + late_s)
            self._take(self.timeline.hear(Sound(audio, arrival, **said)))
            said = {}

    def lose(self, duration_s: float) -> None:
        """Let time pass of which nothing is heard."""
        self.clock.time += duration_s

    def reopen(self, reason: str = GONE) -> None:
        """End the stream and begin another."""
        self._take(self.timeline.end())
        self.timeline.begin(self.rate, 1, reason)

    def finish(self) -> None:
        """End the stream."""
        self._take(self.timeline.end())

    def gaps(self) -> list[Gap]:
        """Return what was lost."""
        return [part for part in self.parts if isinstance(part, Gap)]

    def misplaced(self) -> float:
        """Return by how many seconds the worst sample stands at another place than it was spoken at."""
        worst = 0.0
        for part in self.parts:
            # The edges of a stretch hold the filter's beginning and end.
            if isinstance(part, Block) and part.audio.shape[1] > BLOCK_S * SAMPLE_RATE / 2:
                at = part.first_sample + np.arange(part.audio.shape[1])
                middle = slice(part.audio.shape[1] // 4, 3 * part.audio.shape[1] // 4)
                worst = max(worst, float(np.abs(part.audio[0] * SCALE - at / SAMPLE_RATE)[middle].max(initial=0)))
        return worst

    def _spoken(self, at: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        count = round(BLOCK_S * self.rate)
        return ((at - self.began + np.arange(count) / self.rate) / SCALE).astype(np.float32)[None, :]

    def _take(self, parts: Iterable[Block | Gap]) -> None:
        for part in parts:
            end = _end(self.parts[-1]) if self.parts else 0
            assert part.first_sample == end
            self.parts.append(part)


def _end(part: Block | Gap) -> int:
    return part.end_sample if isinstance(part, Block) else part.first_sample + part.samples


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_sound_that_comes_in_time_has_no_gap(rate: int) -> None:
    """A minute at any rate is a minute, each sample at its place."""
    room = Room(rate)

    room.hear(60)
    room.finish()

    assert room.gaps() == []
    assert abs(_end(room.parts[-1]) - samples(60)) <= 1
    assert room.misplaced() < 0.001


@pytest.mark.parametrize("rate", [16_000, 48_000])
def test_overflow_is_a_gap_of_what_was_lost(rate: int) -> None:
    """The sound card says only that it overflowed; the Gap is as long as the loss, where the loss was."""
    room = Room(rate)

    room.hear(5)
    room.lose(0.7)
    room.hear(5, overflowed=True)
    room.finish()

    assert [seconds(gap.samples) for gap in room.gaps()] == [pytest.approx(0.7, abs=0.01)]
    assert [gap.reason for gap in room.gaps()] == [OVERFLOW]
    assert room.gaps()[0].first_sample == pytest.approx(samples(5), abs=2)
    assert room.misplaced() < 0.01


def test_an_overflow_too_short_to_measure_is_still_told() -> None:
    """The sound card's word is taken; the count stays true. At the very start there is nothing to lose."""
    room = Room()

    room.hear(1, overflowed=True)
    at_the_start = list(room.gaps())
    room.hear(5)
    room.hear(5, overflowed=True)
    room.finish()

    assert at_the_start == []
    assert [(gap.samples, gap.reason) for gap in room.gaps()] == [(1, OVERFLOW)]


def test_two_overflows_in_a_row_are_both_counted() -> None:
    """A second loss, while the first is still being measured, is not forgotten."""
    room = Room()

    room.hear(5)
    room.lose(0.2)
    room.hear(0.2, overflowed=True)
    room.lose(0.2)
    room.hear(5, overflowed=True)
    room.finish()

    assert seconds(sum(gap.samples for gap in room.gaps())) == pytest.approx(0.4, abs=0.01)


def test_loss_without_a_flag_is_found_by_the_clock() -> None:
    """A driver that loses sound and says nothing is caught."""
    room = Room()

    room.hear(5)
    room.lose(0.6)
    room.hear(5)
    room.finish()

    assert [gap.reason for gap in room.gaps()] == [LATE]
    assert seconds(room.gaps()[0].samples) == pytest.approx(0.6, abs=0.01)
    assert room.misplaced() < 0.01


def test_sound_that_is_only_late_has_no_gap() -> None:
    """A program that was busy for 0.8 s gets what the sound card kept for it: nothing was lost, nothing moves."""
    room = Room()

    room.hear(5)
    room.hear(0.8, late_s=0.7)
    room.hear(5)
    room.finish()

    assert room.gaps() == []
    assert room.misplaced() < 0.001


def test_sleep_is_named() -> None:
    """A computer that slept for an hour says so, and the hour is counted."""
    room = Room()

    room.hear(5)
    room.lose(3600)
    room.clock.sleep += 3600
    room.hear(5)
    room.finish()

    assert [gap.reason for gap in room.gaps()] == [SLEPT]
    assert seconds(room.gaps()[0].samples) == pytest.approx(3600, abs=0.01)
    assert room.misplaced() < 0.01


def test_a_device_that_was_away_leaves_its_absence() -> None:
    """The time between two streams is a Gap with the reason, told while it lasts, and what follows is at its place."""
    room = Room(48_000)

    room.hear(5)
    room.finish()
    for _ in range(30):
        room.lose(0.2)
        room._take(room.timeline.wait(GONE))
    told_meanwhile = len(room.gaps())
    room.reopen()
    room.hear(5)
    room.finish()

    assert told_meanwhile >= 3
    assert {gap.reason for gap in room.gaps()} == {GONE}
    assert seconds(sum(gap.samples for gap in room.gaps())) == pytest.approx(6.0, abs=0.01)
    assert room.misplaced() < 0.01


def test_many_losses_do_not_add_up() -> None:
    """Each Gap is measured, so that the count is true to the clock after all of them."""
    room = Room(44_100)

    for _ in range(30):
        room.hear(1)
        room.lose(0.3)
        room.hear(1, late_s=0.1, overflowed=True)
    room.finish()

    assert len(room.gaps()) == 30
    assert room.misplaced() < 0.02


def test_a_sound_card_with_its_own_idea_of_a_second_has_no_gap() -> None:
    """Twenty minutes with a clock 500 ppm slow: nothing was lost, and nothing is said to be."""
    clock = SetClock()
    timeline = Timeline(clock)
    timeline.begin(SAMPLE_RATE, 1)
    audio = np.zeros((1, 1600), np.float32)

    gaps = 0
    for _ in range(12_000):
        clock.time += BLOCK_S * 1.0005
        gaps += sum(isinstance(part, Gap) for part in timeline.hear(Sound(audio, clock.time)))

    assert gaps == 0
    assert timeline.position == 12_000 * 1600


def test_values_that_are_no_numbers_become_silence() -> None:
    """A broken driver cannot poison what is computed from its sound."""
    timeline = Timeline(SetClock())
    timeline.begin(SAMPLE_RATE, 1)
    audio = np.array([[np.nan, np.inf, -np.inf, 7.0, 0.5]], np.float32)

    (block,) = timeline.hear(Sound(audio, 1000.0))

    assert isinstance(block, Block)
    assert block.audio.tolist() == [[0.0, 1.0, -1.0, 1.0, 0.5]]


def test_a_full_inbox_counts_what_it_turns_away() -> None:
    """Ten seconds wait; what finds no room is a Gap between what did, as long as what was turned away."""
    room = Room()
    inbox = Inbox()
    for at in range(130):
        inbox.put(np.full((1, 1600), 0.1, np.float32), room.clock.time + BLOCK_S * (at + 1))
    taken = [sound for _ in range(100) if (sound := inbox.get(0.0)) is not None]
    inbox.put(np.full((1, 1600), 0.1, np.float32), room.clock.time + BLOCK_S * 131)
    taken += [sound for sound in [inbox.get(0.0)] if sound is not None]

    for sound in taken:
        room._take(room.timeline.hear(sound))
    room.finish()

    assert [(gap.first_sample, gap.samples, gap.reason) for gap in room.gaps()] == [(160_000, 30 * 1600, SLOW)]
    assert _end(room.parts[-1]) == 131 * 1600


def test_a_closed_inbox_gives_what_it_holds_and_wakes_whoever_waits() -> None:
    """What was heard before the end is still given; nothing is taken in after it."""
    inbox = Inbox()
    inbox.put(np.zeros((1, 10), np.float32), 1.0)
    inbox.close()
    inbox.put(np.zeros((1, 10), np.float32), 2.0)

    first, second = inbox.get(10.0), inbox.get(10.0)

    assert first is not None
    assert first.at == 1.0
    assert second is None


@pytest.mark.parametrize(
    ("real", "changed"), [(44_100, True), (52_245, True), (48_000, False), (48_040, False)], ids=str
)
def test_a_changed_rate_is_noticed(real: int, changed: bool) -> None:
    """A stream of 48 kHz that runs at another rate is found out in seconds; one that is merely inexact is not."""
    pace = Pace(48_000)
    audio = np.zeros((1, 4800), np.float32)

    noticed = [pace.changed(Sound(audio, at * 4800 / real)) for at in range(100)]

    assert any(noticed) == changed


def test_jitter_is_no_changed_rate() -> None:
    """Sound that comes in bursts keeps its rate on the whole."""
    pace = Pace(16_000)
    random = np.random.default_rng(3)
    audio = np.zeros((1, 1600), np.float32)

    noticed = [pace.changed(Sound(audio, 0.1 * at + float(random.uniform(0, 0.15)))) for at in range(3000)]

    assert not any(noticed)
