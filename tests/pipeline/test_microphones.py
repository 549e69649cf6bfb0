"""With a microphone each, a track's turn is cut to what the track leads or contests; bleed is left to the others."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.attribution.tracks import VoicedStretch
from assistant.capture.recording import Recording
from assistant.domain import SAMPLE_RATE, Attribution, Cut, DecidedBy, Gap, PersonId, Turn, Word
from assistant.errors import MediaError
from assistant.pipeline.microphones import MARGIN, MicrophoneListener, own_part
from assistant.transcription.recognition import Recognition, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.domain import Frame

F, M1 = PersonId("f"), PersonId("m1")


def stretch(start_s: float, end_s: float, track: int | None) -> VoicedStretch:
    """Return a stretch that a track leads; None: contested."""
    person = None if track is None else PersonId(f"track:{track}")
    attribution = Attribution(person, 1.0, 1.0, DecidedBy.CHANNEL)
    return VoicedStretch(int(start_s * SAMPLE_RATE), int(end_s * SAMPLE_RATE), attribution, overlap=track is None)


def turn_of(channel: int, end_s: float) -> Turn:
    """Return a turn from the start of the session, voiced all along."""
    length = int(end_s * SAMPLE_RATE)
    return Turn(0, np.arange(length, dtype=np.float32), Cut.SILENCE, ((0, length),), channel)


def test_bleed_alone_is_no_turn() -> None:
    """A turn in which other tracks lead all along is heard there."""
    assert own_part(turn_of(0, 5.0), (stretch(0, 5, 1),)) is None


def test_a_turn_is_cut_to_what_its_track_leads() -> None:
    """The neighbour's answer is not heard a second time; the samples stay where they were recorded."""
    part = own_part(turn_of(0, 10.0), (stretch(2, 4, 0), stretch(5, 10, 1)))

    assert part is not None
    assert (part.first_sample, part.end_sample) == (2 * SAMPLE_RATE - MARGIN, 4 * SAMPLE_RATE + MARGIN)
    assert part.audio[0] == part.first_sample
    assert part.voiced == ((2 * SAMPLE_RATE, 4 * SAMPLE_RATE),)


def test_contested_speech_is_kept() -> None:
    """Two at once: each track keeps its own side of it."""
    for track in (0, 1):
        part = own_part(turn_of(track, 3.0), (stretch(1, 2, None),))
        assert part is not None
        assert part.voiced == ((SAMPLE_RATE, 2 * SAMPLE_RATE),)


class WholeTrack:
    """An endpointer that takes each sounding second of a track for a turn."""

    def turns(self, frames: Iterable[Frame | Gap]) -> Iterator[Turn | Gap]:
        """Yield the turns."""
        for frame in frames:
            if isinstance(frame, Gap):
                yield frame
            elif np.abs(frame.audio).max() > 0.01:
                span = ((frame.first_sample, frame.first_sample + frame.audio.shape[0]),)
                yield Turn(frame.first_sample, frame.audio, Cut.SILENCE, span, frame.channel)


class OneWord:
    """A recogniser that hears one word in the middle of whatever it is given."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []

    def transcribe(self, turn: Turn, hotwords: Sequence[str]) -> Recognition:
        """Return the word, named for the track."""
        self.turns.append(turn)
        middle = (turn.first_sample + turn.end_sample) // 2
        return Recognition((Segment((Word(f"track{turn.channel}", middle - 800, middle + 800, 0.9),)),))


class Unwatched:
    """Progress that nobody watches."""

    def stage(self, what: str, total: float | None) -> None:
        """Do nothing."""

    def advance(self, done: float) -> None:
        """Do nothing."""


def recording_of(path: Path, *tracks: NDArray[np.float64]) -> Recording:
    """Write tracks side by side and open them."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(tracks))
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((np.stack(tracks, axis=1).clip(-1, 1) * 32767).astype("<i2").tobytes())
    return Recording.open(path)


def voice(*seconds_on: int) -> NDArray[np.float64]:
    """Ten seconds with noise in those that are listed."""
    rng = np.random.default_rng(sum(seconds_on))
    audio = rng.normal(0, 0.1, (10, SAMPLE_RATE))
    audio[[second not in seconds_on for second in range(10)]] = 0.0
    return audio.reshape(-1)


ONE, OTHER = voice(0, 1, 2, 6), voice(4, 5, 6, 8)


def test_each_track_is_heard_for_its_person(tmp_path: Path) -> None:
    """What one leads is that person's, what both say at once is nobody's, and bleed is not recognised."""
    ear = OneWord()
    listener = MicrophoneListener([WholeTrack(), WholeTrack()], ear, (), {0: F, 1: M1})

    heard = listener.listen(recording_of(tmp_path / "a.wav", ONE + 0.2 * OTHER, OTHER + 0.2 * ONE), Unwatched())

    words = [word for utterance in heard.utterances for word in utterance.words]
    assert {(word.text, word.speaker) for word in words} == {
        ("track0", F),
        ("track1", M1),
        ("track0", None),
        ("track1", None),
    }
    for word in words:
        if word.speaker is not None:
            second = word.start // SAMPLE_RATE
            assert second in ((0, 1, 2) if word.speaker == F else (4, 5, 8))
    assert {word.guess for word in words} <= {F, M1, None}
    alone = [t for t in ear.turns if t.first_sample // SAMPLE_RATE in {0, 1, 8}]
    assert {t.channel for t in alone if t.end_sample < 3 * SAMPLE_RATE} == {0}
    assert {t.channel for t in alone if t.first_sample > 7 * SAMPLE_RATE} == {1}


def test_a_track_of_nobody_wins_for_nobody(tmp_path: Path) -> None:
    """What the visitor's microphone hears best is not given to the one who sits nearest."""
    listener = MicrophoneListener([WholeTrack(), WholeTrack()], OneWord(), (), {0: F})

    heard = listener.listen(recording_of(tmp_path / "a.wav", ONE + 0.2 * OTHER, OTHER + 0.2 * ONE), Unwatched())

    speakers = {word.text: word.speaker for u in heard.utterances for word in u.words if word.speaker is not None}
    assert speakers == {"track0": F}
    assert any(word.text == "track1" for u in heard.utterances for word in u.words)


@pytest.mark.parametrize("share", [1.0, 0.9, 0.0], ids=["copies", "a room in stereo", "a silent track"])
def test_tracks_that_are_no_microphones_are_refused(tmp_path: Path, share: float) -> None:
    """One track for the whole room would be one person's: everybody's story in one chart."""
    room = ONE + OTHER
    listener = MicrophoneListener([WholeTrack(), WholeTrack()], OneWord(), (), {0: F, 1: M1})

    with pytest.raises(MediaError, match="not a microphone for each person"):
        listener.listen(recording_of(tmp_path / "a.wav", room, share * room), Unwatched())


def test_silence_on_every_track_is_no_speech(tmp_path: Path) -> None:
    """Nothing is heard, and nothing is refused."""
    listener = MicrophoneListener([WholeTrack(), WholeTrack()], OneWord(), (), {0: F, 1: M1})

    heard = listener.listen(recording_of(tmp_path / "a.wav", 0 * ONE, 0 * ONE), Unwatched())

    assert heard.utterances == ()
    assert heard.duration == 10 * SAMPLE_RATE
