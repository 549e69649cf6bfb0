"""A sample spoken anew: each turn at its place in the session, in a stock voice, as one stretch of sound.

Nothing here opens a recording. What goes in is the finished text of a sample.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from assistant.capture.resampling import Resampler
from assistant.domain import samples
from assistant.training.speaking import Voice, speakable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.pipeline.progress import Progress
    from assistant.training.material import Sample, SampleTurn
    from assistant.training.speaking import Speaker, Speech

FASTEST = 1.5
"""How many times faster than its own pace a voice may read: about 260 words a minute, still easy to follow."""
BREATH = samples(0.15)
"""Silence before a turn that had to wait for the one before it."""
_LOUD = 0.7
"""Peak of every turn, of full scale: voices differ in how loud they are."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one turn lies in the sound."""

    number: int
    """Of the turn."""
    start: int
    end: int
    late: int
    """Samples after its place in the session."""


@dataclass(frozen=True, slots=True, eq=False)
class SpokenSample:
    """The sound of a sample."""

    audio: NDArray[np.int16] = field(repr=False)
    """Shape (n,), 16 kHz."""
    placed: tuple[Placed, ...]
    """The turns that are heard, in order."""
    hurried: int
    """Turns that are read faster to keep their time."""

    @property
    def moved(self) -> int:
        """Turns that begin later than in the session."""
        return sum(turn.late > 0 for turn in self.placed)

    @property
    def latest(self) -> int:
        """Samples by which the latest of them is late."""
        return max((turn.late for turn in self.placed), default=0)


def speak_sample(sample: Sample, speaker: Speaker, progress: Progress) -> SpokenSample:
    """Return a sample read aloud.

    Each turn begins where it did in the session, and the silence between turns is as long. A turn that is longer than
    its time is read faster, up to ``FASTEST``; what does not fit then moves the turns after it, until a pause takes the
    delay up. Nobody speaks over anybody.

    Args:
        sample: The finished sample.
        speaker: The synthesiser.
        progress: Who waits.

    Raises:
        InputError: The synthesiser failed.
    """
    progress.stage("Speaking", len(sample.turns))
    voices = _voices(sample)
    placed: list[Placed] = []
    sounds: list[NDArray[np.int16]] = []
    hurried = at = 0
    for done, turn in enumerate(sample.turns, start=1):
        voice = voices.get(turn.label)
        if voice is not None and any(c.isalnum() for c in speakable(turn.text)):
            sound, in_a_hurry = _read(turn, voice, speaker)
            hurried += in_a_hurry
            start = turn.start if turn.start >= at else at + BREATH
            at = start + sound.shape[0]
            placed.append(Placed(turn.number, start, at, start - turn.start))
            sounds.append(sound)
        progress.advance(done)
    audio = np.zeros(max(sample.duration, at), np.int16)
    for where, sound in zip(placed, sounds, strict=True):
        audio[where.start : where.end] = sound
    return SpokenSample(audio, tuple(placed), hurried)


def silenced(spoken: SpokenSample, numbers: frozenset[int]) -> SpokenSample:
    """Return the sound with some turns silent in it."""
    audio = spoken.audio.copy()
    for turn in spoken.placed:
        if turn.number in numbers:
            audio[turn.start : turn.end] = 0
    return SpokenSample(audio, tuple(t for t in spoken.placed if t.number not in numbers), spoken.hurried)


def _voices(sample: Sample) -> dict[str, Voice]:
    """Return the stock voice of each part: members differ, so that a listener can follow, by their random letters."""
    found: dict[str, Voice] = {}
    for part in sorted(sample.parts, key=lambda p: p.label):
        found[part.label] = Voice(part.role, sum(voice.role is part.role for voice in found.values()))
    return found


def _read(turn: SampleTurn, voice: Voice, speaker: Speaker) -> tuple[NDArray[np.int16], bool]:
    slot = max(turn.end - turn.start, 1)
    sound = _at_house_rate(speaker.speak(turn.text, voice))
    over = sound.shape[0] / slot
    if over <= 1.0:
        return sound, False
    return _at_house_rate(speaker.speak(turn.text, voice, min(over, FASTEST))), True


def _at_house_rate(speech: Speech) -> NDArray[np.int16]:
    resampler = Resampler(speech.rate, 1)
    step = speech.rate // 2
    pieces = [
        resampler.feed(speech.audio[None, first : first + step]) for first in range(0, speech.audio.shape[0], step)
    ]
    audio = np.concatenate([*pieces, resampler.finish()], axis=1)[0]
    peak = float(np.abs(audio).max(initial=0.0)) or 1.0
    whole: NDArray[np.int16] = np.round(audio * (_LOUD / peak) * (2**15 - 1)).astype(np.int16)
    return whole
