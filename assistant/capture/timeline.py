"""Sound of a microphone on the session's time line: every sample at its place, and what was lost as a measured ``Gap``.

A sound card tells that sound was lost, and not always that, but never how much. So each arrival is held against the
clock: the moment that it gives for sample 0 is late by however long the sound waited on its way, and never early. The
earliest of the last seconds is the truth; when it moves for good, that much was lost. It also follows the sound card's
own idea of a second, which is no loss.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

from assistant.capture.resampling import Resampler
from assistant.domain import SAMPLE_RATE, Block, Gap, samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from assistant.capture.clock import Clock
    from assistant.capture.inbox import Sound

OVERFLOW = "the computer was too busy to take the sound from the microphone"
SLOW = "sound waited too long to be kept and was lost"
LATE = "sound was lost on its way from the microphone"
GONE = "the microphone was gone"
RATE = "the microphone changed its sample rate"
SLEPT = "the computer slept"

_MEMORY_S = 5.0
"""Seconds in which the earliest arrival counts: some arrival among fifty comes without a wait."""

_LATE_S = 0.25
"""An arrival later than this is looked into. Sound comes in bursts of up to 0.2 s where the system holds it back."""

_SETTLE_S = 0.5
"""Seconds of sound held back until what was late can be told from what was lost."""

_LONGEST_S = 2.0
"""Seconds after which held sound goes on although more and more of it is lost."""

_LEAST_S = 0.05
"""A loss that no flag tells of is believed from here on: less is jitter."""

_SLEPT_S = 1.0
"""Seconds of sleep that explain a loss: less is the error of two clocks read one after the other."""


class Timeline:
    """Places the sound of one microphone, through every loss and every reopening.

    Args:
        clock: The clock that arrivals are stamped with.
    """

    def __init__(self, clock: Clock) -> None:
        self.position = 0
        """The next sample to be given out."""
        self._clock = clock
        self._zero: float | None = None
        """When sample 0 was spoken, by the clock, plus the least time that sound takes to arrive."""
        self._sleep = clock.asleep()
        self._stretch: _Stretch | None = None
        self._recent: deque[tuple[float, float]] = deque()
        """When each sound of the last seconds came, and the moment it gives for sample 0."""
        self._held: list[Sound] = []
        self._unsettled = 0.0
        """When the last of the held sound came that loss is known to stand before."""
        self._reason = LATE
        """Why what comes before the held sound was lost, if it was."""
        self._certain = False
        """The sound card itself tells of the loss."""

    def begin(self, rate: int, channels: int, reason: str | None = None) -> None:
        """Start on a newly opened stream.

        Args:
            rate: Its samples a second.
            channels: Its tracks.
            reason: Why the stream before it ended; None for the first one.
        """
        self._stretch = _Stretch(rate, channels, self.position)
        self._recent.clear()
        self._reason = reason or LATE
        self._zero = self._clock.now() if self._zero is None else self._zero

    def hear(self, sound: Sound) -> Iterator[Block | Gap]:
        """Take what came next; yield what can be placed."""
        stretch = self._open()
        if self.position == 0 and stretch.fed == 0 and not self._held:
            # The session begins with its first sample, not with the opening of the device.
            self._zero = sound.at - sound.audio.shape[1] / stretch.rate
            self._recent.append((sound.at, self._zero))
        if not self._held and not self._doubtful(sound):
            yield from self._place(sound)
            return
        if not self._held or sound.overflowed:
            self._certain = self._certain or sound.overflowed
            self._reason = self._why(OVERFLOW if sound.overflowed else self._reason)
            self._unsettled = sound.at
        self._held.append(sound)
        if sound.at - self._unsettled >= _SETTLE_S or sound.at - self._held[0].at >= _LONGEST_S:
            yield from self._settle()

    def end(self) -> Iterator[Block | Gap]:
        """Yield the rest of a stream that has ended."""
        if self._held:
            yield from self._settle()
        if self._stretch is not None:
            yield from self._given(self._stretch.resampler.finish())
        self._stretch = None

    def wait(self, reason: str, *, stopped: bool = False) -> Iterator[Gap]:
        """Yield what has been lost while no stream is open, a second at a time, or up to now where none will follow."""
        if self._zero is None:
            return
        # The sound of a new stream may be a little older than its arrival.
        lost = samples(self._clock.now() - self._zero - (0.0 if stopped else _SETTLE_S)) - self.position
        if lost >= SAMPLE_RATE or stopped:
            yield from self._lost(lost, self._why(reason))

    def _open(self) -> _Stretch:
        if self._stretch is None:
            raise RuntimeError("a stream is begun before it is heard")
        return self._stretch

    def _why(self, reason: str) -> str:
        """Return the reason, unless the computer slept meanwhile."""
        asleep = self._clock.asleep()
        slept = asleep - self._sleep > _SLEPT_S
        self._sleep = asleep
        return SLEPT if slept else reason

    def _doubtful(self, sound: Sound) -> bool:
        if sound.overflowed or not self._recent:
            return True
        return self._zero_by(sound, self._open().fed) - min(zero for _, zero in self._recent) > _LATE_S

    def _zero_by(self, sound: Sound, fed: int) -> float:
        """Return the moment of sample 0 by an arrival before which ``fed`` samples of the stream were counted."""
        stretch = self._open()
        end = fed + sound.dropped + int(sound.audio.shape[1])
        return sound.at - stretch.first / SAMPLE_RATE - end / stretch.rate

    def _settle(self) -> Iterator[Block | Gap]:
        """Measure what was lost before the held sound; yield it and them."""
        held, self._held = self._held, []
        zeros: list[float] = []
        fed = self._open().fed
        for sound in held:
            if sound.at >= self._unsettled:
                zeros.append(self._zero_by(sound, fed))
            fed += sound.dropped + sound.audio.shape[1]
        before = min((zero for _, zero in self._recent), default=self._zero or zeros[0])
        lost = min(zeros) - before
        reason, certain = self._reason, self._certain
        self._reason, self._certain = LATE, False
        # A loss that is told of and too short to be measured is still told; before the first sample there is none.
        if lost > _LEAST_S or (certain and self.position):
            yield from self._break(max(1, samples(lost)), reason)
        for sound in held:
            yield from self._place(sound)

    def _break(self, lost: int, reason: str) -> Iterator[Block | Gap]:
        """End the sound so far, leave out ``lost`` samples, and start afresh after them."""
        stretch = self._open()
        yield from self._given(stretch.resampler.finish())
        yield from self._lost(lost, reason)
        self._stretch = _Stretch(stretch.rate, stretch.channels, self.position)

    def _place(self, sound: Sound) -> Iterator[Block | Gap]:
        if sound.dropped:
            yield from self._break(round(sound.dropped / self._open().rate * SAMPLE_RATE), SLOW)
        stretch = self._open()
        zero = sound.at - stretch.first / SAMPLE_RATE - (stretch.fed + sound.audio.shape[1]) / stretch.rate
        self._recent.append((sound.at, zero))
        while self._recent[0][0] < sound.at - _MEMORY_S:
            self._recent.popleft()
        self._zero = min(zero for _, zero in self._recent)
        stretch.fed += sound.audio.shape[1]
        yield from self._given(stretch.resampler.feed(sound.audio))

    def _given(self, audio: NDArray[np.float32]) -> Iterator[Block]:
        if audio.shape[1]:
            # A broken driver can bring values that are no numbers; they would spread through every later sum.
            yield Block(self.position, np.clip(np.nan_to_num(audio), -1.0, 1.0))
            self.position += audio.shape[1]

    def _lost(self, count: int, reason: str) -> Iterator[Gap]:
        if count > 0:
            yield Gap(self.position, count, reason)
            self.position += count


class _Stretch:
    """Sound of one stream since its last loss."""

    def __init__(self, rate: int, channels: int, first: int) -> None:
        self.rate = rate
        self.channels = channels
        self.first = first
        """Position of its first sample."""
        self.fed = 0
        """Samples of the stream since then."""
        self.resampler = Resampler(rate, channels)
