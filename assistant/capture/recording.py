"""Any audio or video file as a stream of 16 kHz frames. The only file that imports av (FFmpeg's libraries).

A recording is evidence: what cannot be decoded is a stated ``Gap`` at its true place, never a silent shortening, and
the file's length does not decide how much memory it takes.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import av
import av.error
import numpy as np
from av.audio.stream import AudioStream

from assistant.capture.headers import stated_samples
from assistant.domain import SAMPLE_RATE, Block, Frame, Gap, samples
from assistant.errors import MediaError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.audio.frame import AudioFrame
    from av.container import InputContainer
    from numpy.typing import NDArray

FRAME_SAMPLES = samples(0.5)
"""Half a second: small against a turn, large against the cost of one call of the voice detector."""

_JUMP_S = 0.1
"""Time stamps that jump by less are jitter: containers round them to milliseconds or to whole packets."""

_TAIL_S = 0.5
"""A file that ends this much before the length its header states was cut short; less is padding of the codec."""

DAMAGED = "the recording is damaged here and could not be decoded"
MISSING = "the recording holds no sound for this time"
ENDS_EARLY = "the recording ends before the length that its header states"


@dataclass(frozen=True, slots=True)
class Recording:
    """A media file that has been opened once and found to hold sound."""

    path: Path
    channels: int
    """Tracks in the audio stream that is read."""
    duration: int | None
    """Length by the file's header, in samples at 16 kHz; None where it states none."""
    streams: int
    """Audio streams in the file. Only the one that players choose is read; more than one is worth a warning."""

    @classmethod
    def open(cls, path: Path) -> Recording:
        """Check that ``path`` holds sound that can be decoded.

        Args:
            path: Any file that FFmpeg's libraries read, audio or video.

        Raises:
            MediaError: It is missing, a folder, not readable, no media file, without an audio stream, or empty.
        """
        with _container(path) as (container, stream):
            for packet in container.demux(stream):
                if any(frame.samples for frame in _decoded(stream, packet) or ()):
                    break
            else:
                raise MediaError(f"{path}: holds no sound that can be decoded: check that the recording was finished")
            stated = _stated(path, container, stream)
            return cls(path, stream.codec_context.channels, stated, len(container.streams.audio))

    def frames(self, channel: int | None = None) -> Iterator[Frame | Gap]:
        """Stream the recording as mono audio.

        Args:
            channel: The track to read, from 0; None mixes all tracks down to their mean.

        Yields:
            Frames of at most half a second, in order, without overlap, and a Gap wherever sound was lost.

        Raises:
            MediaError: The file is gone or changed since it was opened.
            ValueError: There is no such track.
        """
        if channel is not None and not 0 <= channel < self.channels:
            raise ValueError(f"track {channel} of {self.channels}")
        for block in self.blocks():
            if isinstance(block, Gap):
                yield block
            else:
                audio = mixed_down(block.audio) if channel is None else block.audio[channel]
                yield Frame(block.first_sample, np.ascontiguousarray(audio), channel)

    def blocks(self) -> Iterator[Block | Gap]:
        """Stream the recording with its tracks side by side; otherwise as ``frames``."""
        with _container(self.path) as (container, stream):
            reader = _Reader(stream)
            for packet in _packets(container, stream):
                frames = _decoded(stream, packet)
                if frames is None:
                    reader.damaged = True
                    continue
                for frame in frames:
                    yield from reader.read(frame)
            yield from reader.finish(_stated(self.path, container, stream))


def mixed_down(audio: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of the tracks of ``audio`` (channels, n).

    Where the tracks cancel each other (one microphone wired with reversed polarity) the loudest stands for all.
    """
    mean: NDArray[np.float32] = audio.mean(axis=0, dtype=np.float32)
    power = np.square(audio).mean(axis=1)
    if audio.shape[0] > 1 and float(np.square(mean).mean()) < 0.01 * float(power.max()):
        loudest: NDArray[np.float32] = audio[int(power.argmax())]
        return loudest
    return mean


def read_clip(path: Path, longest_s: float = 60.0) -> NDArray[np.float32]:
    """Return the start of a short recording (an enrolment clip) as mono audio at 16 kHz, lost stretches left out.

    Args:
        path: The clip.
        longest_s: Seconds after which the rest is not read.

    Raises:
        MediaError: As ``Recording.open``.
    """
    wanted = samples(longest_s)
    parts: list[NDArray[np.float32]] = []
    got = 0
    for frame in Recording.open(path).frames():
        if isinstance(frame, Gap):
            continue
        parts.append(frame.audio)
        got += frame.audio.shape[0]
        if got >= wanted:
            break
    return np.concatenate(parts)[:wanted] if parts else np.zeros(0, np.float32)


class _Reader:
    """Puts decoded audio on the time line of the house: where it belongs, at 16 kHz, in blocks of one size."""

    def __init__(self, stream: AudioStream) -> None:
        self.damaged = False
        """A packet failed to decode since the last audio."""
        self._rate = stream.codec_context.sample_rate
        self._layout = stream.codec_context.layout.name
        self._channels = stream.codec_context.channels
        self._origin = float((stream.start_time or 0) * stream.time_base) if stream.time_base else 0.0
        self._resampler = self._new_resampler()
        self._next_s = 0.0
        self._position = 0
        self._parts: list[NDArray[np.float32]] = []
        self._held = 0

    def read(self, frame: AudioFrame) -> Iterator[Block | Gap]:
        """Take one decoded frame; yield what is complete before it or through it."""
        at = self._next_s if frame.time is None else frame.time - self._origin
        if at - self._next_s > _JUMP_S:
            yield from self._flush()
            yield from self._gap_until(samples(at), DAMAGED if self.damaged else MISSING)
            self._next_s = at
        self.damaged = False
        self._next_s += frame.samples / self._rate
        frame.pts = None
        for part in self._resampler.resample(frame):
            self._hold(part)
        while self._held >= FRAME_SAMPLES:
            yield self._block(FRAME_SAMPLES)

    def finish(self, stated: int | None) -> Iterator[Block | Gap]:
        """Yield what is left, and the Gap at the end of a file that is shorter than it states."""
        yield from self._flush()
        if stated is not None and stated - self._position > samples(_TAIL_S):
            yield from self._gap_until(stated, DAMAGED if self.damaged else ENDS_EARLY)

    def _new_resampler(self) -> av.AudioResampler:
        return av.AudioResampler(format="fltp", layout=self._layout, rate=SAMPLE_RATE)

    def _hold(self, part: AudioFrame) -> None:
        audio = part.to_ndarray().astype(np.float32, copy=False)
        if audio.shape[0] != self._channels:
            audio = audio.reshape(self._channels, -1)
        self._parts.append(audio)
        self._held += audio.shape[1]

    def _flush(self) -> Iterator[Block]:
        for part in self._resampler.resample(None):
            self._hold(part)
        self._resampler = self._new_resampler()
        while self._held:
            yield self._block(min(FRAME_SAMPLES, self._held))

    def _block(self, size: int) -> Block:
        held = np.concatenate(self._parts, axis=1) if len(self._parts) > 1 else self._parts[0]
        self._parts = [held[:, size:]] if held.shape[1] > size else []
        self._held -= size
        # A damaged stretch can decode to values that are no numbers; they would spread through every later sum.
        block = Block(self._position, np.clip(np.nan_to_num(held[:, :size]), -1.0, 1.0))
        self._position += size
        return block

    def _gap_until(self, sample: int, reason: str) -> Iterator[Gap]:
        lost = sample - self._position
        if lost > 0:
            yield Gap(self._position, lost, reason)
            self._position = sample


@contextmanager
def _container(path: Path) -> Iterator[tuple[InputContainer, AudioStream]]:
    """Open ``path`` and choose its audio stream; every failure becomes one clear MediaError."""
    if not path.exists():
        raise MediaError(f"{path}: no such file: check the path")
    if path.is_dir():
        raise MediaError(f"{path}: is a folder: name the recording inside it")
    try:
        size = path.stat().st_size
        container = av.open(str(path), metadata_errors="replace")
    except (OSError, av.error.FFmpegError) as error:
        raise MediaError(_unopened(path, error)) from None
    if size == 0:
        container.close()
        raise MediaError(f"{path}: is empty (0 bytes): choose another recording")
    with container:
        if not container.streams.audio:
            raise MediaError(f"{path}: holds no audio stream: choose a file with sound")
        best = container.streams.best("audio")
        stream = best if isinstance(best, AudioStream) else container.streams.audio[0]
        if not stream.codec_context.sample_rate or not stream.codec_context.channels:
            raise MediaError(f"{path}: its audio format is not stated or not known: convert it to WAV or FLAC")
        yield container, stream


def _unopened(path: Path, error: Exception) -> str:
    if isinstance(error, PermissionError):
        return f"{path}: may not be read: check its permissions"
    if path.exists() and path.stat().st_size == 0:
        return f"{path}: is empty (0 bytes): choose another recording"
    return f"{path}: is not a media file that can be read, or is damaged at its start: try converting it to WAV or FLAC"


def _packets(container: InputContainer, stream: AudioStream) -> Iterator[av.Packet[AudioStream]]:
    """Demux until the end or until the file cannot be read any further; ``finish`` states what is missing."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.error.FFmpegError, OSError):
            return
        yield packet


def _decoded(stream: AudioStream, packet: av.Packet[AudioStream]) -> list[AudioFrame] | None:
    """Return the frames of ``packet``, or None if it is damaged."""
    try:
        return list(stream.codec_context.decode(packet))
    except (av.error.FFmpegError, ValueError):
        return None


def _stated(path: Path, container: InputContainer, stream: AudioStream) -> int | None:
    """Return the length that the file's header states, in samples at 16 kHz; None where it would be a guess."""
    read_s = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else None
    if container.format.name in {"wav", "mp3", "aac"}:
        return stated_samples(path, read_s)
    if read_s is None and container.duration and len(container.streams) == 1:
        read_s = container.duration / av.time_base
    return None if read_s is None else samples(read_s)
