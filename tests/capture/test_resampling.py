"""A microphone's own rate becomes 16 kHz without drift, clicks or ghosts, however the sound is cut into blocks."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.capture.resampling import Resampler
from assistant.domain import SAMPLE_RATE

RATES = [8_000, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000]


def tones(rate: int, seconds: float, *hertz: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Return a track for each tone."""
    at = np.arange(round(rate * seconds)) / rate
    return np.stack([0.5 * np.sin(2 * np.pi * one * at) for one in hertz]).astype(np.float32)


@pytest.mark.parametrize("rate", RATES)
def test_tones_stay_what_and_where_they_are(rate: int) -> None:
    """Two tracks, cut at random: each sample within -80 dB of the truth, at its own time."""
    audio = tones(rate, 2.0, 440, 3000)
    resampler = Resampler(rate, 2)
    cuts = np.sort(np.random.default_rng(1).integers(0, audio.shape[1], 40))

    parts = [resampler.feed(part) for part in np.split(audio, cuts, axis=1)]
    heard = np.concatenate([*parts, resampler.finish()], axis=1)

    middle = slice(200, 2 * SAMPLE_RATE - 200)
    assert heard.shape == (2, 2 * SAMPLE_RATE)
    assert float(np.abs(heard - tones(SAMPLE_RATE, 2.0, 440, 3000))[:, middle].max()) < 1e-4


@pytest.mark.parametrize("rate", RATES)
def test_blocks_leave_no_seam(rate: int) -> None:
    """In pieces or at once: the same samples."""
    audio = np.random.default_rng(2).uniform(-0.5, 0.5, (1, rate)).astype(np.float32)
    in_pieces, at_once = Resampler(rate, 1), Resampler(rate, 1)

    pieces = [in_pieces.feed(part) for part in np.split(audio, range(37, rate, 977), axis=1)]
    pieces.append(in_pieces.finish())

    whole = [at_once.feed(audio), at_once.finish()]
    assert np.array_equal(np.concatenate(pieces, axis=1), np.concatenate(whole, axis=1))


@pytest.mark.parametrize("rate", [22_050, 32_000, 44_100, 48_000, 96_000])
def test_what_16_khz_cannot_hold_is_left_out(rate: int) -> None:
    """A tone above the new band does not come back below it."""
    resampler = Resampler(rate, 1)

    heard = np.concatenate([resampler.feed(tones(rate, 1.0, 9000)), resampler.finish()], axis=1)

    assert float(np.abs(heard[:, 400:-400]).max()) < 0.5 * 10 ** (-70 / 20)


def test_minutes_do_not_drift() -> None:
    """Five minutes at 44.1 kHz are five minutes to the sample: no error adds up from block to block."""
    resampler = Resampler(44_100, 1)
    block = np.zeros((1, 4410), np.float32)

    count = sum(resampler.feed(block).shape[1] for _ in range(3000)) + resampler.finish().shape[1]

    assert count == 300 * SAMPLE_RATE
