"""Turns hold every voiced sample once, at its own time, and nothing else but a little padding."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from assistant.capture.endpointing import Endpointer, Limits
from assistant.capture.recording import Recording
from assistant.capture.voice import WINDOW, VoiceActivity
from assistant.domain import SAMPLE_RATE, Cut, Frame, Gap, Turn, samples

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

LIMITS = Limits()


class LoudIsVoice:
    """Calls every loud window a voice: the turns can then be foretold."""

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """Answer as the voice detector does."""
        loud = np.abs(inputs["input"][:, 64:]).mean(axis=1) > 0.01
        return [np.where(loud, 0.9, 0.05).astype(np.float32), inputs["h"], inputs["c"]]


def room(*stretches: tuple[float, float]) -> NDArray[np.float32]:
    """Noise: each stretch is its length in seconds and its level."""
    rng = np.random.default_rng(11)
    return np.concatenate([rng.normal(0, level, samples(s)) for s, level in stretches]).astype(np.float32)


def framed(audio: NDArray[np.float32], size: int = 8000, first: int = 0) -> Iterator[Frame]:
    """Cut audio into frames."""
    for at in range(0, audio.shape[0], size):
        yield Frame(first + at, audio[at : at + size])


def turns_of(audio: NDArray[np.float32], size: int = 8000, first: int = 0) -> list[Turn]:
    """The turns in audio, checked against it sample by sample."""
    turns = [t for t in Endpointer(LoudIsVoice()).turns(framed(audio, size, first)) if isinstance(t, Turn)]
    at = first
    for turn in turns:
        assert turn.first_sample >= at
        np.testing.assert_array_equal(turn.audio, audio[turn.first_sample - first : turn.end_sample - first])
        assert all(turn.first_sample <= a < b <= turn.end_sample for a, b in turn.voiced)
        assert turn.audio.shape[0] <= LIMITS.longest + WINDOW
        at = turn.end_sample
    return turns


def test_a_silence_parts_two_turns() -> None:
    """Two voices with a second between them are two turns, each with its padding and its voiced range."""
    first, second = turns_of(room((1, 0), (2, 0.1), (1, 0), (3, 0.1), (2, 0)))

    assert first.cut is second.cut is Cut.SILENCE
    assert first.first_sample == pytest.approx(samples(0.8), abs=WINDOW)
    assert first.end_sample == pytest.approx(samples(3.2), abs=WINDOW)
    ((start, end),) = second.voiced
    assert start == pytest.approx(samples(4.0), abs=WINDOW)
    assert end == pytest.approx(samples(7.0), abs=WINDOW)


def test_a_short_pause_does_not() -> None:
    """A pause within a phrase stays inside the turn, as a hole between its voiced ranges."""
    (turn,) = turns_of(room((1, 0), (2, 0.1), (0.3, 0), (2, 0.1), (1, 0)))

    assert len(turn.voiced) == 2


@pytest.mark.parametrize("size", [100, 512, 8000, 1_000_000])
def test_the_size_of_frames_changes_nothing(size: int) -> None:
    """Turns depend on the sound alone."""
    audio = room((0.3, 0), (1.2, 0.1), (0.9, 0), (13, 0.1), (0.7, 0), (0.5, 0.1))

    expected = [(t.first_sample, t.end_sample, t.cut, t.voiced) for t in turns_of(audio)]

    assert [(t.first_sample, t.end_sample, t.cut, t.voiced) for t in turns_of(audio, size)] == expected


def test_a_long_turn_is_cut_at_its_quietest() -> None:
    """At the maximum the cut falls into the quiet moment before it, and no sample is lost or doubled."""
    audio = room((9, 0.2), (0.2, 0.03), (6, 0.2), (1, 0))

    first, second = turns_of(audio)

    assert first.cut is Cut.MAXIMUM
    assert first.end_sample == second.first_sample
    assert samples(9.0) - WINDOW <= first.end_sample <= samples(9.2) + WINDOW
    assert first.first_sample == 0
    assert second.end_sample >= samples(15.2)


def test_speech_without_a_pause_is_all_kept() -> None:
    """Forty seconds without a breath come out whole, in turns of at most twelve seconds."""
    audio = room((40, 0.1))

    turns = turns_of(audio)

    assert sum(t.audio.shape[0] for t in turns) == audio.shape[0]
    assert turns[-1].cut is Cut.END
    assert [t.cut for t in turns[:-1]] == [Cut.MAXIMUM] * (len(turns) - 1)


def test_a_click_is_no_turn_and_a_short_word_is() -> None:
    """Less than a tenth of a second of voice is dropped; a fifth is kept."""
    assert turns_of(room((1, 0), (0.03, 0.1), (2, 0))) == []
    assert len(turns_of(room((1, 0), (0.2, 0.1), (2, 0)))) == 1


def test_a_gap_ends_the_turn_before_it_and_passes_through() -> None:
    """Lost audio stays visible, in its place, and what follows keeps its own time."""
    gap = Gap(samples(2.0), samples(5.0), "lost")
    stream: list[Frame | Gap] = [*framed(room((2, 0.1))), gap, *framed(room((1, 0.1)), first=samples(7.0))]

    before, between, after = list(Endpointer(LoudIsVoice()).turns(stream))

    assert between is gap
    assert isinstance(before, Turn)
    assert isinstance(after, Turn)
    assert (before.first_sample, before.end_sample, before.cut) == (0, samples(2.0), Cut.END)
    assert (after.first_sample, after.end_sample) == (samples(7.0), samples(8.0))


def test_frames_that_go_back_in_time_are_refused() -> None:
    """Samples are counted, never re-timed: a frame may not overlap the one before it."""
    stream = [Frame(0, room((1, 0.1))), Frame(8000, room((1, 0.1)))]

    with pytest.raises(ValueError, match="begins before"):
        list(Endpointer(LoudIsVoice()).turns(stream))


def test_a_track_keeps_its_number() -> None:
    """Turns know which track they come from."""
    (turn,) = Endpointer(LoudIsVoice()).turns([Frame(0, room((1, 0.1)), channel=3)])

    assert isinstance(turn, Turn)
    assert turn.channel == 3


@pytest.mark.models
def test_every_word_of_the_sample_lies_in_a_turn(smoke: Path, models_root: Path) -> None:
    """With the real detector no gold word is left outside, and the turns are not simply the whole file."""
    gold = json.loads((smoke / "smoke-01.gold.json").read_text(encoding="utf-8"))
    frames = Recording.open(smoke / "smoke-01.flac").frames()

    turns = [
        t for t in Endpointer(models_root / "silero-vad" / "silero_vad_v6.onnx").turns(frames) if isinstance(t, Turn)
    ]

    for said in gold["turns"]:
        for word in said["words"]:
            middle = samples((word["start"] + word["end"]) / 2)
            assert any(t.first_sample <= middle < t.end_sample for t in turns)
    assert len(turns) > 5


@pytest.mark.models
@pytest.mark.parametrize("kind", ["silence", "hiss", "roar", "hum", "chord", "clicks"])
def test_what_is_no_voice_makes_no_turn(models_root: Path, kind: str) -> None:
    """Silence, noise, mains hum, a held chord and clicks give the recogniser nothing to invent from."""
    rng = np.random.default_rng(5)
    at = np.arange(10 * SAMPLE_RATE) / SAMPLE_RATE
    audio = {
        "silence": np.zeros_like(at),
        "hiss": rng.normal(0, 0.003, at.shape),
        "roar": rng.normal(0, 0.2, at.shape),
        "hum": 0.2 * np.sin(2 * np.pi * 50 * at) + 0.1 * np.sin(2 * np.pi * 150 * at),
        "chord": sum(0.1 * np.sin(2 * np.pi * f * at) for f in (262, 330, 392)) * np.ones_like(at),
        "clicks": 0.8 * (rng.random(at.shape) < 0.0002),
    }[kind].astype(np.float32)

    assert list(Endpointer(models_root / "silero-vad" / "silero_vad_v6.onnx").turns(framed(audio))) == []


@pytest.mark.models
def test_voice_activity_is_the_same_in_pieces(smoke: Path, models_root: Path) -> None:
    """The detector's memory reaches across calls: all at once or window by window gives the same answer."""
    frames = [f.audio for f in Recording.open(smoke / "smoke-01.flac").frames() if isinstance(f, Frame)]
    audio = np.concatenate(frames)[: 100 * WINDOW]
    path = models_root / "silero-vad" / "silero_vad_v6.onnx"

    whole = VoiceActivity(path).probabilities(audio)
    piecewise = VoiceActivity(path)
    pieces = [piecewise.probabilities(audio[i : i + WINDOW]) for i in range(0, audio.shape[0], WINDOW)]

    np.testing.assert_allclose(np.concatenate(pieces), whole, atol=1e-4)
