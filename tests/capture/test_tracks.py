"""Tracks stand for people only where they differ as the microphones of different people do."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.capture.recording import Recording
from assistant.capture.tracks import SoundLevel, one_microphone_each
from assistant.domain import SAMPLE_RATE, Frame

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def voice(seed: int, turns: list[int], length_s: int = 20) -> NDArray[np.float64]:
    """Noise in the seconds of ``turns``, silence elsewhere."""
    rng = np.random.default_rng(seed)
    audio = np.zeros(length_s * SAMPLE_RATE)
    for second in turns:
        audio[second * SAMPLE_RATE : (second + 1) * SAMPLE_RATE] = rng.normal(0, 0.1, SAMPLE_RATE)
    return audio


def recording_of(path: Path, tracks: list[NDArray[np.float64]]) -> Recording:
    """Write the tracks side by side and open them."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(tracks))
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((np.stack(tracks, axis=1).clip(-1, 1) * 32767).astype("<i2").tobytes())
    return Recording.open(path)


ONE, OTHER = voice(1, [0, 1, 5, 6, 12, 13]), voice(2, [2, 3, 8, 9, 16])
HISS = np.random.default_rng(9).normal(0, 0.001, ONE.shape)


@pytest.mark.parametrize(
    ("tracks", "expected"),
    [
        pytest.param([ONE + 0.1 * OTHER + HISS, OTHER + 0.1 * ONE], True, id="a microphone each, with crosstalk"),
        pytest.param([ONE + OTHER, ONE + OTHER], False, id="one track twice"),
        pytest.param([ONE + OTHER, 0.8 * ONE + 0.9 * OTHER + HISS], False, id="a room in stereo"),
        pytest.param([ONE + OTHER, np.zeros_like(ONE)], False, id="a silent track"),
        pytest.param([ONE + OTHER, HISS], False, id="a track of hiss"),
        pytest.param([np.zeros_like(ONE), np.zeros_like(ONE)], False, id="silence"),
        pytest.param([ONE], False, id="mono"),
    ],
)
def test_one_microphone_each(tmp_path: Path, tracks: list[NDArray[np.float64]], expected: bool) -> None:
    """Only tracks that take turns at being clearly louder are microphones of different people."""
    assert one_microphone_each(recording_of(tmp_path / "a.wav", tracks)) is expected


def test_sound_level_tells_silence(tmp_path: Path) -> None:
    """A recording of nothing is silent; one with a voice is not; the frames pass unchanged."""
    level = SoundLevel()
    frames = list(level.watch(recording_of(tmp_path / "a.wav", [HISS * 0.01]).frames()))
    assert level.silent
    assert level.samples == sum(f.audio.shape[0] for f in frames if isinstance(f, Frame)) == ONE.shape[0]

    loud = SoundLevel()
    list(loud.watch(recording_of(tmp_path / "b.wav", [ONE]).frames()))
    assert not loud.silent
    assert 0.1 < loud.peak <= 1.0
