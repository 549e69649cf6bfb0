"""One word says whether the microphone will do, and the same word on every screen."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.capture.level import ADVICE, FLOOR_DB, HOLD_S, LevelMeter, Verdict
from assistant.domain import SAMPLE_RATE, Block, Gap, samples


def tone(peak: float, first_sample: int = 0) -> Block:
    """A tenth of a second of a sine."""
    at = np.arange(samples(0.1)) / SAMPLE_RATE
    return Block(first_sample, (peak * np.sin(2 * np.pi * 500 * at)).astype(np.float32)[None, :])


@pytest.mark.parametrize(
    ("peak", "verdict"),
    [
        (0.0, Verdict.SILENT),
        (0.0009, Verdict.SILENT),
        (0.002, Verdict.LOW),
        (0.017, Verdict.LOW),
        (0.02, Verdict.GOOD),
        (0.95, Verdict.GOOD),
        (1.0, Verdict.CLIPPING),
    ],
)
def test_verdict_follows_the_loudest_peak(peak: float, verdict: Verdict) -> None:
    """Silent below -60 dB, low below -35 dB, clipping at the end of the scale."""
    (level,) = LevelMeter().watch(tone(peak))

    assert level.verdict is verdict
    assert ADVICE[level.verdict]


def test_level_is_in_decibels_of_full_scale() -> None:
    """A sine at half of full scale peaks at -6 dB and has a power of -9 dB; nothing at all is the floor."""
    (level,) = LevelMeter().watch(tone(0.5))
    (nothing,) = LevelMeter().watch(tone(0.0))

    assert level.peak == pytest.approx(-6.02, abs=0.05)
    assert level.rms == pytest.approx(-9.03, abs=0.05)
    assert (nothing.rms, nothing.peak, nothing.held) == (FLOOR_DB, FLOOR_DB, FLOOR_DB)


def test_peak_is_held_through_a_pause_and_then_forgotten() -> None:
    """A pause between two sentences is no silence; a muted microphone is, three seconds later."""
    meter = LevelMeter()
    meter.watch(tone(0.5))

    verdicts = [meter.watch(tone(0.0, samples(0.1) * (i + 1)))[0].verdict for i in range(40)]

    held = round(HOLD_S / 0.1) - 1
    assert verdicts == [Verdict.GOOD] * held + [Verdict.SILENT] * (40 - held)


def test_one_sample_at_the_end_of_the_scale_is_chance() -> None:
    """A click is not a voice that is cut off."""
    block = tone(0.3)
    block.audio[0, 7] = 1.0

    (level,) = LevelMeter().watch(block)

    assert level.verdict is Verdict.GOOD


def test_every_track_has_its_own_level() -> None:
    """A dead microphone among good ones is seen."""
    audio = np.concatenate([tone(0.3).audio, tone(0.0).audio])

    good, dead = LevelMeter(2).watch(Block(0, audio))

    assert (good.verdict, dead.verdict) == (Verdict.GOOD, Verdict.SILENT)


def test_a_gap_is_silence() -> None:
    """While nothing is heard, the meter shows nothing."""
    meter = LevelMeter(2)
    meter.watch(Block(0, np.full((2, 1600), 0.5, np.float32)))

    assert {level.verdict for level in meter.watch(Gap(1600, 1600, "gone"))} == {Verdict.SILENT}
