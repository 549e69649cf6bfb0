"""Whether the tracks of a recording are one microphone per person, and how loud a recording is.

Stereo is usually one room heard twice, or one microphone written twice. Only where the tracks differ as the
microphones of different people do may a track stand for a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assistant.domain import SAMPLE_RATE, Block, Frame, Gap, samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from assistant.capture.recording import Recording

_STEP = samples(0.1)
"""A tenth of a second: about a syllable, so that each step has one loudest person."""

_LEAD_DB = 6.0
"""A person is at least twice as near to their own microphone as to a neighbour's: 6 dB."""

_LED = 0.7
"""Share of the sounding steps that some track must lead clearly."""

_SHARE = 0.01
"""Share of the sounding steps that each track must lead: a person who is silent all along is no evidence."""

SILENT_PEAK = 10 ** (-60 / 20)
"""A recording whose loudest sample stays below -60 dB of full scale holds no speech that could be heard."""


class SoundLevel:
    """Watches frames pass by and remembers the loudest sample: tells a silent recording from one without speech."""

    def __init__(self) -> None:
        self.peak = 0.0
        """Largest absolute sample so far, 0 to 1."""
        self.samples = 0
        """Samples so far, lost ones not counted."""

    @property
    def silent(self) -> bool:
        """Whether nothing that passed could have been heard."""
        return self.peak < SILENT_PEAK

    def watch(self, frames: Iterable[Frame | Gap]) -> Iterator[Frame | Gap]:
        """Yield ``frames`` as they are."""
        for frame in frames:
            if isinstance(frame, Frame) and frame.audio.shape[0]:
                self.peak = max(self.peak, float(np.abs(frame.audio).max()))
                self.samples += frame.audio.shape[0]
            yield frame


def one_microphone_each(recording: Recording, longest_s: float = 300.0) -> bool:
    """Return whether the tracks look like one microphone per person.

    True only where, in most steps that sound, one track is clearly louder than every other, and each track has its
    share. Copies of one track, a silent track and the two sides of a room microphone all give False.

    Args:
        recording: The recording.
        longest_s: Seconds from the start that are looked at.

    Raises:
        MediaError: The file is gone or changed since it was opened.
    """
    if recording.channels < 2:  # noqa: PLR2004  one track cannot differ from itself
        return False
    levels: list[NDArray[np.float64]] = []
    for block in recording.blocks():
        if block.first_sample >= longest_s * SAMPLE_RATE:
            break
        if isinstance(block, Block):
            levels.append(_step_levels(block.audio))
    return bool(levels) and led_by_each(np.concatenate(levels, axis=1))


def led_by_each(levels: NDArray[np.float64]) -> bool:
    """Return whether every track leads its share of the steps, and some track leads most of them.

    Args:
        levels: Shape (tracks, steps), in dB.
    """
    loudest = levels.max(axis=0)
    # Speech stands at least 20 dB over the pauses between it; what is quieter says nothing about who speaks.
    sounding = levels[:, loudest > max(float(loudest.max()) - 30.0, -60.0)] if levels.size else levels
    if not sounding.shape[1]:
        return False
    ordered = np.sort(sounding, axis=0)
    led = ordered[-1] - ordered[-2] >= _LEAD_DB
    leaders = np.bincount(sounding.argmax(axis=0)[led], minlength=levels.shape[0]) / sounding.shape[1]
    return bool(led.mean() >= _LED and leaders.min() >= _SHARE)


def _step_levels(audio: NDArray[np.float32]) -> NDArray[np.float64]:
    whole = audio.shape[1] // _STEP * _STEP
    steps = audio[:, :whole].reshape(audio.shape[0], -1, _STEP)
    levels: NDArray[np.float64] = 10 * np.log10(np.square(steps, dtype=np.float64).mean(axis=2) + 1e-12)
    return levels
