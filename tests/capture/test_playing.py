"""A recording that is played takes as long as it took to speak, and is the recording."""

from __future__ import annotations

import time
from threading import Timer
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.capture.playing import Playing
from assistant.capture.recording import Recording
from assistant.capture.source import BLOCK_SAMPLES
from assistant.consent import permit_test
from assistant.domain import SAMPLE_RATE, Block
from assistant.errors import ConsentError, InputError, MediaError

if TYPE_CHECKING:
    from pathlib import Path

AGREED = permit_test(everybody_here_agrees=True)


def test_what_is_played_is_the_recording(smoke: Path) -> None:
    """Every sample, every track, in blocks as a microphone gives them, ending where the file does."""
    path = smoke / "smoke-01.flac"
    playing = Playing(path, speed=0)

    blocks = [part for part in playing.blocks(AGREED) if isinstance(part, Block)]

    whole = np.concatenate([part.audio for part in Recording.open(path).blocks() if isinstance(part, Block)], axis=1)
    assert np.array_equal(np.concatenate([block.audio for block in blocks], axis=1), whole)
    assert [block.first_sample for block in blocks] == list(range(0, whole.shape[1], BLOCK_SAMPLES))
    assert (playing.channels, playing.label, playing.duration) == (1, "smoke-01.flac", whole.shape[1])


@pytest.mark.parametrize("speed", [1.0, 8.0])
def test_playing_keeps_time_for_a_listener_that_is_slow_at_first(smoke: Path, speed: float) -> None:
    """The pace is reckoned from the start: a listener that slept is caught up with, and no block comes early."""
    begin = time.monotonic()
    early = 0.0
    for number, part in enumerate(Playing(smoke / "smoke-01.flac", speed).blocks(AGREED)):
        assert isinstance(part, Block)
        due = part.end_sample / SAMPLE_RATE / speed
        early = max(early, due - (time.monotonic() - begin))
        if number == 0:
            time.sleep(0.3)
        if due > 1.0:
            break
    took = time.monotonic() - begin

    assert early < 0.01
    assert took == pytest.approx(1.0, abs=0.25)


def test_playing_stops_at_once(smoke: Path) -> None:
    """Also while it waits for the next block, and for good."""
    playing = Playing(smoke / "smoke-01.flac", speed=0.01)
    begin = time.monotonic()
    Timer(0.1, playing.stop).start()

    assert list(playing.blocks(AGREED)) == []
    assert list(playing.blocks(AGREED)) == []
    assert time.monotonic() - begin < 2


def test_playing_asks_for_leave_like_a_microphone(smoke: Path) -> None:
    """What is recorded from a recording is recorded all the same; the refusal comes at once."""
    with pytest.raises(ConsentError, match="no leave to record"):
        Playing(smoke / "smoke-01.flac").blocks(None)  # type: ignore[arg-type] # as a careless caller would


@pytest.mark.parametrize("speed", [-1.0, float("nan")])
def test_an_impossible_speed_is_refused(smoke: Path, speed: float) -> None:
    """One clear line."""
    with pytest.raises(InputError, match="cannot be played at speed"):
        Playing(smoke / "smoke-01.flac", speed)


def test_a_missing_recording_is_refused_before_it_is_played(tmp_path: Path) -> None:
    """As everywhere else."""
    with pytest.raises(MediaError, match="no such file"):
        Playing(tmp_path / "none.flac")
