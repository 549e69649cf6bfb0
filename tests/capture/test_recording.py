"""Any recording becomes frames on one time line; what is lost is stated, what cannot be used is refused in one line."""

from __future__ import annotations

import tracemalloc
import wave
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from av.audio.stream import AudioStream

from assistant.capture.recording import FRAME_SAMPLES, Recording, mixed_down, read_clip
from assistant.domain import SAMPLE_RATE, Frame, Gap, samples
from assistant.errors import MediaError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray


def tone(length_s: float, rate: int = SAMPLE_RATE, hertz: float = 440.0) -> NDArray[np.float32]:
    """A sine at half of full scale."""
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(int(length_s * rate)) / rate)).astype(np.float32)


def write_wav(path: Path, tracks: list[NDArray[np.float32]], rate: int = SAMPLE_RATE) -> Path:
    """Write 16-bit PCM, one track per array."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(tracks))
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.stack(tracks, axis=1) * 32767).astype("<i2").tobytes())
    return path


def write_encoded(path: Path, audio: NDArray[np.float32], codec: str, rate: int) -> Path:
    """Encode mono audio with FFmpeg; the file's name decides the container."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="mono")
        assert isinstance(stream, AudioStream)
        frame = av.AudioFrame.from_ndarray(audio[None, :], format="fltp", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), 0
        for part in av.AudioResampler(format=stream.format, layout="mono", rate=rate).resample(frame):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path


def laid_out(stream: Iterable[Frame | Gap]) -> tuple[NDArray[np.float32], list[Gap]]:
    """Return the audio joined and the gaps, having checked that nothing overlaps and nothing is skipped."""
    at, audio, gaps = 0, [np.zeros(0, np.float32)], []
    for part in stream:
        assert part.first_sample == at
        if isinstance(part, Gap):
            gaps.append(part)
            at += part.samples
        else:
            assert 0 < part.audio.shape[0] <= FRAME_SAMPLES
            audio.append(part.audio)
            at += part.audio.shape[0]
    return np.concatenate(audio), gaps


def test_sample_session_is_read_whole(smoke: Path) -> None:
    """A FLAC file at 16 kHz keeps every sample, and its header states as many."""
    recording = Recording.open(smoke / "smoke-01.flac")

    audio, gaps = laid_out(recording.frames())

    assert gaps == []
    assert audio.dtype == np.float32
    assert audio.shape[0] == recording.duration
    assert (recording.channels, recording.streams) == (1, 1)


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("a.mp3", "libmp3lame", 44_100),
        ("a.m4a", "aac", 48_000),
        ("a.mkv", "aac", 44_100),
        ("a.opus", "libopus", 48_000),
        ("a.flac", "flac", 8_000),
    ],
)
def test_formats_and_rates(tmp_path: Path, name: str, codec: str, rate: int) -> None:
    """Every format comes out at 16 kHz, at its length, without a gap, with its tone where it was."""
    path = write_encoded(tmp_path / name, tone(3.0, rate), codec, rate)

    audio, gaps = laid_out(Recording.open(path).frames())

    assert gaps == []
    assert audio.shape[0] == pytest.approx(3.0 * SAMPLE_RATE, abs=0.1 * SAMPLE_RATE)
    spectrum = np.abs(np.fft.rfft(audio[8000:40000]))
    assert np.argmax(spectrum) * SAMPLE_RATE / 32000 == pytest.approx(440.0, abs=1.0)


def test_tracks_are_read_alone_or_mixed(tmp_path: Path) -> None:
    """A track comes alone when asked for; without a track the mean of all comes."""
    low, high = tone(1.0, hertz=300.0), tone(1.0, hertz=900.0)
    recording = Recording.open(write_wav(tmp_path / "a.wav", [low, high, np.zeros_like(low)]))

    frames = [f for f in recording.frames(channel=1) if isinstance(f, Frame)]

    assert recording.channels == 3
    assert {f.channel for f in frames} == {1}
    np.testing.assert_allclose(np.concatenate([f.audio for f in frames]), high, atol=1e-3)
    np.testing.assert_allclose(laid_out(recording.frames())[0], (low + high) / 3, atol=1e-3)
    with pytest.raises(ValueError, match="track 3 of 3"):
        next(iter(recording.frames(channel=3)))


def test_tracks_that_cancel_each_other_are_not_silence() -> None:
    """With one microphone's polarity reversed the mean is silence; the voice is kept."""
    voice = tone(0.5)

    np.testing.assert_array_equal(mixed_down(np.stack([voice, -voice])), voice)


@pytest.mark.parametrize(
    ("name", "codec", "rate"), [("a.flac", "flac", 16_000), ("a.mp3", "libmp3lame", 16_000), ("a.mkv", "aac", 16_000)]
)
def test_file_that_was_cut_off_states_its_missing_end(tmp_path: Path, name: str, codec: str, rate: int) -> None:
    """Half a file gives its sound and one Gap from there to the length that the header states."""
    noise = np.random.default_rng(1).normal(0, 0.1, 20 * rate).astype(np.float32)
    path = write_encoded(tmp_path / name, noise, codec, rate)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    audio, gaps = laid_out(Recording.open(path).frames())

    assert 8.0 < audio.shape[0] / SAMPLE_RATE < 12.0
    (gap,) = gaps
    assert gap.first_sample == audio.shape[0]
    assert gap.first_sample + gap.samples == pytest.approx(20.0 * SAMPLE_RATE, abs=0.2 * SAMPLE_RATE)


def test_wav_that_was_cut_off_states_its_missing_end(tmp_path: Path) -> None:
    """The header of a WAV file is believed over the size of the file."""
    path = write_wav(tmp_path / "a.wav", [tone(4.0)])
    path.write_bytes(path.read_bytes()[: 44 + 2 * SAMPLE_RATE])

    audio, gaps = laid_out(Recording.open(path).frames())

    assert audio.shape[0] == SAMPLE_RATE
    assert [(g.first_sample, g.samples) for g in gaps] == [(SAMPLE_RATE, 3 * SAMPLE_RATE)]


@pytest.mark.parametrize(("name", "codec"), [("a.flac", "flac"), ("a.mkv", "aac"), ("a.opus", "libopus")])
def test_damage_in_the_middle_is_a_gap_at_its_place(tmp_path: Path, name: str, codec: str) -> None:
    """Sound after the damage stands at its own time, and the Gap covers what was lost."""
    rate = 48_000
    noise = np.random.default_rng(1).normal(0, 0.05, 20 * rate).astype(np.float32)
    noise[15 * rate :] = 0.0
    path = write_encoded(tmp_path / name, noise, codec, rate)
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : third + len(content) // 20] = np.random.default_rng(2).bytes(len(content) // 20)
    path.write_bytes(content)

    frames: list[Frame] = []
    gaps: list[Gap] = []
    for part in Recording.open(path).frames():
        (frames if isinstance(part, Frame) else gaps).append(part)  # type: ignore[arg-type]  # each to its own list

    assert gaps
    assert all(3.0 < g.first_sample / SAMPLE_RATE < 12.0 for g in gaps)
    loud = [f for f in frames if float(np.abs(f.audio).max()) > 0.05]
    assert loud[-1].first_sample / SAMPLE_RATE == pytest.approx(14.6, abs=0.6)


def test_silent_file_is_read(tmp_path: Path) -> None:
    """Silence is a correct result, not an error."""
    audio, gaps = laid_out(Recording.open(write_wav(tmp_path / "a.wav", [np.zeros(16000, np.float32)])).frames())

    assert gaps == []
    assert audio.shape[0] == SAMPLE_RATE
    assert not audio.any()


def test_what_cannot_be_used_is_refused_in_one_line(tmp_path: Path) -> None:
    """Missing, folder, empty, no media, header without sound, picture without sound: each has its own message."""
    (tmp_path / "empty.wav").write_bytes(b"")
    (tmp_path / "notes.mp3").write_text("not sound at all")
    write_wav(tmp_path / "header.wav", [np.zeros(0, np.float32)])
    with av.open(str(tmp_path / "film.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
        for _ in range(3):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")))
        container.mux(stream.encode(None))

    for name, words in {
        "none.wav": "no such file",
        "": "is a folder",
        "empty.wav": "is empty",
        "notes.mp3": "is not a media file",
        "header.wav": "no sound",
        "film.mp4": "no audio stream",
    }.items():
        path = tmp_path / name
        with pytest.raises(MediaError) as refused:
            Recording.open(path)
        assert words in str(refused.value)
        assert str(path) in str(refused.value)
        assert "\n" not in str(refused.value)


def test_clip_is_cut_to_its_longest(smoke: Path) -> None:
    """An enrolment clip is one mono array, no longer than asked for."""
    assert read_clip(smoke / "smoke-01.flac", longest_s=2.5).shape == (samples(2.5),)
    whole = read_clip(smoke / "enrol" / "m1.flac")
    assert 0 < whole.shape[0] <= samples(60.0)


def test_memory_does_not_grow_with_the_length(tmp_path: Path) -> None:
    """Reading ten minutes takes no more memory than reading half a minute."""
    peaks = []
    for length_s in (30, 600):
        path = tmp_path / f"{length_s}.wav"
        write_wav(path, [np.tile(tone(10.0, 8000), length_s // 10)], rate=8000)
        recording = Recording.open(path)
        tracemalloc.start()
        total = sum(f.audio.shape[0] for f in recording.frames() if isinstance(f, Frame))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert total == pytest.approx(length_s * SAMPLE_RATE, abs=100)

    assert peaks[1] < 1.5 * peaks[0] + 200_000
