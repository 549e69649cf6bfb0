"""Sound out of the spool: by the process that reads speech, while another one still writes.

The reader takes nothing from the writer but the file and a number: up to where the file is safe on the disk.
"""

from __future__ import annotations

import os
import time
from bisect import bisect_right
from typing import TYPE_CHECKING, Self

import numpy as np

from assistant.domain import Block, Gap
from assistant.errors import VaultError
from assistant.store.positioned import BINARY
from assistant.store.spool_records import Kind, Record, next_record, read_body, read_file_head, record_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

STRUCK = "struck"
"""Reason of the gap where content was taken back."""

DAMAGED = "damaged on the disk"
"""Reason of the gap where a record cannot be read."""

FULL_SCALE = 32768.0
"""Sixteen-bit sample value that is 1.0."""

_TRIES = 6
_BETWEEN_TRIES_S = 0.01
"""A record that is being overwritten by a strike does not open for less than a millisecond; damage never does."""


class SpoolReader:
    """The sound of one session, read from its spool."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open a spool.

        Args:
            path: The file; its name is the session's id.
            key: The session's key for audio, 32 bytes.

        Raises:
            VaultError: No such file, not a spool, or the key does not fit.
        """
        self.session_id = path.stem
        self._key = key
        try:
            self._fd = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | BINARY)
        except OSError:
            raise VaultError(f"spool {self.session_id}: cannot be opened") from None
        try:
            self.channels, self._scanned = read_file_head(self._fd, key, self.session_id)
        except VaultError:
            os.close(self._fd)
            raise
        self._records: list[Record] = []

    def blocks(self, from_sample: int = 0, to_sample: int | None = None) -> Iterator[Block | Gap]:
        """Yield all sound from one sample to another, in order and without holes.

        Args:
            from_sample: The first sample wanted; the first block is cut to begin there.
            to_sample: One past the last sample wanted; None: to the last whole record that is there now.

        Yields:
            Blocks of float32, shape (channels, n), and gaps: what was lost, struck, or is damaged.
        """
        self._scan()
        at = from_sample
        index = max(0, bisect_right(self._records, from_sample, key=lambda r: r.first_sample) - 1)
        for record in self._records[index:]:
            end = record.end_sample if to_sample is None else min(record.end_sample, to_sample)
            if to_sample is not None and record.first_sample >= to_sample:
                break
            if end <= at:
                continue
            if record.first_sample > at:
                yield Gap(at, record.first_sample - at, DAMAGED)
                at = record.first_sample
            yield self._piece(record, at, end)
            at = end

    def follow(self, from_sample: int, synced: Callable[[int], int | None]) -> Iterator[Block | Gap]:
        """Yield sound as another process writes it.

        Args:
            from_sample: The first sample wanted.
            synced: Given the sample up to which everything was read, waits until more is safe on the disk and
                returns up to where; None: no more will come.

        Yields:
            As ``blocks``.
        """
        at = from_sample
        while (to := synced(at)) is not None:
            for piece in self.blocks(at, to):
                yield piece
                at = piece.end_sample if isinstance(piece, Block) else piece.first_sample + piece.samples
            if at < to:
                # The writer says that it is there, and nothing that can be read is.
                yield Gap(at, to - at, DAMAGED)
                at = to

    @property
    def end(self) -> int:
        """One past the last sample of the last whole record that is there now."""
        self._scan()
        return self._records[-1].end_sample if self._records else 0

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _piece(self, record: Record, start: int, end: int) -> Block | Gap:
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(_BETWEEN_TRIES_S)
            read = read_body(self._fd, self._key, self.session_id, record)
            if read is not None:
                break
        else:
            return Gap(start, end - start, DAMAGED)
        now, plain = read
        if now.kind is Kind.AUDIO:
            audio = to_float(plain, self.channels)
            return Block(start, audio[:, start - record.first_sample : end - record.first_sample])
        return Gap(start, end - start, STRUCK if now.kind is Kind.STRUCK else plain.decode("utf-8"))

    def _scan(self) -> None:
        found, self._scanned = scan(self._fd, self._scanned, self._records[-1] if self._records else None)
        self._records.extend(found)


def scan(fd: int, offset: int, last: Record | None) -> tuple[list[Record], int]:
    """Return the whole records from an offset on, and the offset after the last of them.

    A damaged stretch with a whole record behind it is passed over; one with nothing behind it ends the scan, for it
    is being written, or is the torn end that a power cut leaves.

    Args:
        fd: The open file.
        offset: Where to begin.
        last: The record before that, if any.
    """
    size = os.fstat(fd).st_size
    found: list[Record] = []
    while offset < size:
        record = record_at(fd, offset, size)
        if record is None and size - offset > 0:
            # A strike may be writing this head at this moment.
            time.sleep(_BETWEEN_TRIES_S / 10)
            record = record_at(fd, offset, size) or next_record(fd, offset, size)
        if record is None or record.first_sample < (last.end_sample if last is not None else 0):
            break
        found.append(record)
        last, offset = record, record.end
    return found, offset


def to_float(plain: bytes, channels: int) -> NDArray[np.float32]:
    """Return 16-bit samples as float32, shape (channels, n), -1 to 1."""
    pcm = np.frombuffer(plain, dtype="<i2").reshape(channels, -1)
    return (pcm / FULL_SCALE).astype(np.float32)


def to_pcm(audio: NDArray[np.float32]) -> NDArray[np.int16]:
    """Return float32 samples, -1 to 1, as 16 bit of the same shape; louder ones are cut off."""
    pcm: NDArray[np.int16] = np.clip(np.rint(audio * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1).astype("<i2")
    return pcm
