"""Where a turn of speech begins and ends.

Turns are cut at silence, or at the quietest point once they reach the maximum length. Samples are counted and never
re-timed, and no sample belongs to two turns. Only what holds a voice goes on: a recogniser that is given silence
invents words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.capture.voice import WINDOW, VoiceActivity
from assistant.domain import Cut, Frame, Gap, Turn, samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.capture.voice import Model


@dataclass(frozen=True, slots=True)
class Limits:
    """When a turn begins and ends."""

    on: float = 0.5
    """Voice probability from which a window is voiced: Silero's default."""
    off: float = 0.35
    """Below this a voiced stretch ends: Silero's default, 0.15 lower, so that a voice does not flicker."""
    silence: int = samples(0.5)
    """Samples without a voice that end a turn: longer than a pause within a phrase, shorter than one between people."""
    longest: int = samples(12.0)
    """Maximum samples of a turn."""
    search: int = samples(4.0)
    """At the maximum, the quietest point is sought in this many last samples."""
    padding: int = samples(0.2)
    """Samples kept on each side of the voice: soft onsets and word ends that the detector rates as silence."""
    shortest: int = 3 * WINDOW
    """Less voice than this (96 ms) is a click: no spoken word is so short."""
    hole: int = 3 * WINDOW
    """Voiced ranges closer than this are one range: the closure of a plosive is not silence."""


class Endpointer:
    """Cuts a stream of frames into turns.

    Args:
        vad: The Silero VAD model: its file, or anything that runs.
        limits: When a turn begins and ends.
    """

    def __init__(self, vad: Path | Model, limits: Limits | None = None) -> None:
        self._activity = VoiceActivity(vad)
        self._limits = limits or Limits()
        self._stretch: _Stretch | None = None

    def open_turn(self) -> Turn | None:
        """Return what was heard so far of the turn that is not over; it comes again, whole, when it is.

        People who answer each other without a pause make turns of the maximum length: whoever waits for words can have
        a first look at them.
        """
        return None if self._stretch is None else self._stretch.open_turn()

    def turns(self, frames: Iterable[Frame | Gap]) -> Iterator[Turn | Gap]:
        """Yield the turns in ``frames`` and every Gap, in order of time.

        A Gap, or a jump in the sample count, ends the turn before it; what follows starts afresh.

        Raises:
            ValueError: A frame begins before the end of the one before it.
        """
        self._stretch = None
        for frame in frames:
            stretch = self._stretch
            if isinstance(frame, Gap):
                if stretch is not None:
                    yield from stretch.finish()
                self._stretch = None
                yield frame
                continue
            if stretch is not None and frame.first_sample != stretch.end:
                if frame.first_sample < stretch.end:
                    raise ValueError(f"frame at sample {frame.first_sample} begins before sample {stretch.end}")
                yield from stretch.finish()
                stretch = None
            if stretch is None:
                self._activity.reset()
                stretch = self._stretch = _Stretch(self._activity, self._limits, frame.first_sample, frame.channel)
            yield from stretch.feed(frame.audio)
        if self._stretch is not None:
            yield from self._stretch.finish()


class _Stretch:
    """Sound without a break: keeps no more of it than the turn that is open."""

    def __init__(self, activity: VoiceActivity, limits: Limits, first_sample: int, channel: int | None) -> None:
        self.end = first_sample
        """One past the last sample that was fed."""
        self._activity = activity
        self._limits = limits
        self._channel = channel
        self._rest = np.zeros(0, np.float32)
        self._windows: list[NDArray[np.float32]] = []
        self._voiced: list[bool] = []
        self._base = first_sample
        """First sample of the first window held."""
        self._floor = first_sample
        """First sample that no turn has used."""
        self._silent_from: int | None = None
        """End of the last voiced window of the open turn; None: no turn is open."""

    def feed(self, audio: NDArray[np.float32]) -> Iterator[Turn]:
        """Take the samples that follow; yield each turn that they complete."""
        self.end += audio.shape[0]
        held = np.concatenate([self._rest, audio])
        whole = held.shape[0] // WINDOW * WINDOW
        self._rest = held[whole:]
        yield from self._judge(held[:whole])

    def open_turn(self) -> Turn | None:
        """Return what is open as if it were over; None where it holds no voice."""
        if self._silent_from is None:
            return None
        begin, end = self._begin(), self._base + WINDOW * len(self._windows)
        voiced = self._ranges(begin, end)
        if sum(stop - start for start, stop in voiced) < self._limits.shortest:
            return None
        audio = np.concatenate(self._windows)[begin - self._base : end - self._base]
        return Turn(begin, audio, Cut.END, voiced, self._channel)

    def finish(self) -> Iterator[Turn]:
        """Yield what is open: no sound follows."""
        if self._rest.shape[0]:
            yield from self._judge(np.pad(self._rest, (0, WINDOW - self._rest.shape[0])))
        yield from self._close(Cut.END)

    def _judge(self, audio: NDArray[np.float32]) -> Iterator[Turn]:
        for window, probability in zip(
            audio.reshape(-1, WINDOW), self._activity.probabilities(audio).tolist(), strict=True
        ):
            speaking = bool(self._voiced and self._voiced[-1])
            voiced = probability >= (self._limits.off if speaking else self._limits.on)
            self._windows.append(window)
            self._voiced.append(voiced)
            now = self._base + WINDOW * len(self._windows)
            if voiced:
                self._silent_from = now
            if self._silent_from is None:
                self._forget(now - self._limits.padding)
            elif now - self._silent_from >= self._limits.silence:
                yield from self._close(Cut.SILENCE)
            elif now - self._begin() >= self._limits.longest:
                yield from self._split()

    def _begin(self) -> int:
        """First sample of the open turn."""
        onset = self._base + WINDOW * self._voiced.index(True)
        return max(self._floor, onset - self._limits.padding)

    def _close(self, cut: Cut) -> Iterator[Turn]:
        if self._silent_from is None:
            return
        end = min(self._silent_from + self._limits.padding, self.end)
        yield from self._emit(self._begin(), end, cut)
        self._silent_from = None
        self._forget(self._base + WINDOW * len(self._windows) - self._limits.padding)
        self._voiced = [False] * len(self._voiced)

    def _split(self) -> Iterator[Turn]:
        begin = self._begin()
        now = self._base + WINDOW * len(self._windows)
        first = max(0, len(self._windows) - self._limits.search // WINDOW)
        at = first + _quietest(self._windows[first:], self._voiced[first:])
        cut = min(self._base + WINDOW * at + WINDOW // 2, now, self.end)
        yield from self._emit(begin, cut, Cut.MAXIMUM)
        self._forget(cut)
        if not any(self._voiced):
            self._silent_from = None

    def _emit(self, begin: int, end: int, cut: Cut) -> Iterator[Turn]:
        self._floor = end
        voiced = self._ranges(begin, end)
        if sum(stop - start for start, stop in voiced) < self._limits.shortest:
            return
        audio = np.concatenate(self._windows)[begin - self._base : end - self._base]
        yield Turn(begin, audio, cut, voiced, self._channel)

    def _ranges(self, begin: int, end: int) -> tuple[tuple[int, int], ...]:
        ranges: list[tuple[int, int]] = []
        for i, voiced in enumerate(self._voiced):
            start, stop = max(begin, self._base + WINDOW * i), min(end, self._base + WINDOW * (i + 1))
            if not voiced or start >= stop:
                continue
            if ranges and start - ranges[-1][1] < self._limits.hole:
                ranges[-1] = (ranges[-1][0], stop)
            else:
                ranges.append((start, stop))
        return tuple(ranges)

    def _forget(self, before: int) -> None:
        """Let go of windows that end at or before the sample ``before``."""
        gone = max(0, min((before - self._base) // WINDOW, len(self._windows)))
        if gone:
            del self._windows[:gone], self._voiced[:gone]
            self._base += WINDOW * gone


def _quietest(windows: list[NDArray[np.float32]], voiced: list[bool]) -> int:
    """Return the index of the best window to cut in: the quietest over about 0.1 s, a pause before a quiet voice."""
    power = np.array([float(np.square(w).mean()) for w in windows]) + 1e-10
    level = 10 * np.log10(np.convolve(np.pad(power, 1, mode="edge"), np.full(3, 1 / 3), mode="valid"))
    return int(np.argmin(level + np.where(voiced, 10.0, 0.0)))
