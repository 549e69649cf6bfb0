"""A recording played as if it were spoken now: for practice, demonstrations and tests.

It goes the same way as a microphone. Its pace is reckoned from the first sample on, never from the block before, so
that a slow listener is caught up with and an hour of playing takes an hour.
"""

from __future__ import annotations

import math
import time
from threading import Event
from typing import TYPE_CHECKING

from assistant.capture.recording import Recording
from assistant.capture.source import BLOCK_SAMPLES, require
from assistant.domain import Block, Gap, seconds
from assistant.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant.consent import RecordingPermit


class Playing:
    """Plays a recording with all its tracks; a ``FrameSource`` that also ends by itself, where the file does.

    Args:
        path: Any file that ``Recording`` reads.
        speed: How many times faster than it was spoken; 0 or infinity: as fast as it can be read.

    Raises:
        MediaError: The file cannot be read or holds no sound.
        InputError: The speed is negative or not a number.
    """

    def __init__(self, path: Path, speed: float = 1.0) -> None:
        if math.isnan(speed) or speed < 0:
            raise InputError(
                f"a recording cannot be played at speed {speed}: give 1 for real time, 4 for four times it"
            )
        self._recording = Recording.open(path)
        self._pace = 0.0 if speed == 0 or math.isinf(speed) else 1.0 / speed
        self._stopped = Event()

    @property
    def channels(self) -> int:
        """Tracks of the recording."""
        return self._recording.channels

    @property
    def label(self) -> str:
        """The file's name."""
        return self._recording.path.name

    @property
    def duration(self) -> int | None:
        """Length by the file's header, in samples; None where it states none."""
        return self._recording.duration

    def blocks(self, permit: RecordingPermit) -> Iterator[Block | Gap]:
        """Yield each block at the moment its last sample would have been spoken, from the start at each call.

        Raises:
            ConsentError: There is no permit.
            MediaError: The file is gone or changed since it was opened.
        """
        require(permit)
        return self._paced()

    def stop(self) -> None:
        """End playing at once, from any thread, for good."""
        self._stopped.set()

    def _paced(self) -> Iterator[Block | Gap]:
        begin = time.monotonic()
        for part in self._recording.blocks():
            for piece in _pieces(part):
                end = piece.end_sample if isinstance(piece, Block) else piece.first_sample + piece.samples
                due = begin + seconds(end) * self._pace
                if self._stopped.wait(max(0.0, due - time.monotonic())):
                    return
                yield piece


def _pieces(part: Block | Gap) -> Iterator[Block | Gap]:
    """Cut a block into the pieces that a microphone would give."""
    if isinstance(part, Gap):
        yield part
        return
    for start in range(0, part.audio.shape[1], BLOCK_SAMPLES):
        yield Block(part.first_sample + start, part.audio[:, start : start + BLOCK_SAMPLES])
