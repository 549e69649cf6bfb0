"""How loud the microphone is, for the eyes: a level that moves with the voice, and one word that says if it will do."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from assistant.capture.tracks import SILENT_PEAK
from assistant.domain import SAMPLE_RATE, Block

if TYPE_CHECKING:
    from assistant.domain import Gap

FLOOR_DB = -90.0
"""What is shown for no sound at all: below the steps of a 16-bit recording."""

SILENT_DB = 20 * math.log10(SILENT_PEAK)
"""-60 dB: below it no recording counts as sound anywhere in this program."""

LOW_DB = -35.0
"""Speech whose peaks stay below this stands hardly 20 dB over the noise of a laptop's microphone."""

_FULL = 0.999
"""A sample from here on is at the end of the scale."""

_CLIPPED = 3
"""Samples at the end of the scale within the hold: one may be chance, three are a voice cut off."""

HOLD_S = 3.0
"""Seconds that the loudest peak is remembered: longer than the pauses within speech."""


class Verdict(StrEnum):
    """Whether the level will do."""

    SILENT = "silent"
    LOW = "low"
    GOOD = "good"
    CLIPPING = "clipping"


ADVICE = {
    Verdict.SILENT: "nothing is heard: check that it is switched on, not muted, and that this is the right one",
    Verdict.LOW: "too quiet: turn its level up or move it nearer to the group",
    Verdict.GOOD: "good",
    Verdict.CLIPPING: "too loud, the voice is cut off: turn its level down or move it away",
}
"""One line for each verdict."""


@dataclass(frozen=True, slots=True)
class Level:
    """How loud one track is, in dB of full scale (0 is the loudest there can be)."""

    rms: float
    """Power of the last block."""
    peak: float
    """Loudest sample of the last block."""
    held: float
    """Loudest sample of the last three seconds."""
    verdict: Verdict


SILENCE = Level(FLOOR_DB, FLOOR_DB, FLOOR_DB, Verdict.SILENT)


class LevelMeter:
    """Watches the blocks of a source; remembers numbers, never sound.

    Args:
        channels: Tracks of the source.
    """

    def __init__(self, channels: int = 1) -> None:
        self._peaks: deque[tuple[int, list[float], list[int]]] = deque()
        """For each block of the hold: where it ends, the peak and the clipped samples of each track."""
        self.levels: tuple[Level, ...] = (SILENCE,) * channels
        """As of the last block."""

    def watch(self, part: Block | Gap) -> tuple[Level, ...]:
        """Take what came next; return the level of each track. A Gap is silence."""
        if not isinstance(part, Block) or not part.audio.shape[1]:
            self.levels = (SILENCE,) * len(self.levels)
            return self.levels
        size = np.abs(part.audio)
        peaks: list[float] = size.max(axis=1).tolist()
        self._peaks.append((part.end_sample, peaks, (size >= _FULL).sum(axis=1).tolist()))
        while self._peaks[0][0] <= part.end_sample - HOLD_S * SAMPLE_RATE:
            self._peaks.popleft()
        rms = np.sqrt(np.square(part.audio, dtype=np.float64).mean(axis=1)).tolist()
        self.levels = tuple(
            _level(rms[track], peaks[track], [(peak[track], clipped[track]) for _, peak, clipped in self._peaks])
            for track in range(len(peaks))
        )
        return self.levels


def decibels(size: float) -> float:
    """Return ``size`` (0 to 1) in dB of full scale, never below the floor."""
    return max(FLOOR_DB, 20 * math.log10(size)) if size > 0 else FLOOR_DB


def judged(held: float, clipped: int) -> Verdict:
    """Return the verdict on a peak in dB and the number of samples at the end of the scale."""
    if clipped >= _CLIPPED:
        return Verdict.CLIPPING
    if held < SILENT_DB:
        return Verdict.SILENT
    return Verdict.LOW if held < LOW_DB else Verdict.GOOD


def _level(rms: float, peak: float, hold: list[tuple[float, int]]) -> Level:
    held = decibels(max(one for one, _ in hold))
    return Level(decibels(rms), decibels(peak), held, judged(held, sum(clipped for _, clipped in hold)))
