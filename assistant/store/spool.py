"""Sound into the spool: encrypted and safe on the disk before anything else sees it.

The spool is the one unbounded buffer of the house: whoever reads speech may fall behind, sound is never dropped for
it. One file per session, appended to by one process; a strike overwrites in place.
"""

from __future__ import annotations

import os
import threading
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, Self

from assistant.domain import SAMPLE_RATE
from assistant.errors import ConsentError, VaultError
from assistant.store.files import sync_folder
from assistant.store.spool_backlog import Backlog
from assistant.store.spool_files import OPEN, cannot, name, spool_path, synced, write_all
from assistant.store.spool_reader import scan
from assistant.store.spool_records import (
    Kind,
    Piece,
    Record,
    make_file_head,
    make_record,
    read_body,
    read_file_head,
)

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.consent import RecordingPermit
    from assistant.domain import Block, Gap

LONGEST_BUFFERED: Final = SAMPLE_RATE // 4
"""Samples that may wait in memory for the next write: what a power cut can take."""

_AT_ONCE: Final = 100
"""Records struck before others get their turn: about 5 ms, so that a strike of an hour holds up no microphone."""


class Spool:
    """The spool of one session, open for writing. May be used from several threads."""

    def __init__(self, fd: int, session_id: str, key: bytes) -> None:
        """Hold an open file; use ``create`` or ``open``."""
        self.session_id = session_id
        self.channels, self._start = read_file_head(fd, key, session_id)
        records, size = scan(fd, self._start, None)
        # A power cut may leave the last record's length right and its body torn.
        while records and read_body(fd, key, session_id, records[-1]) is None:
            size = records.pop().offset
        os.ftruncate(fd, size)
        os.fsync(fd)
        self._fd = fd
        self._key = key
        self._records = records
        self._size = size
        self._backlog = Backlog(self.channels, records[-1].end_sample if records else 0)
        self._failing = False
        self._closed = False
        self._lock = threading.Lock()

    @classmethod
    def create(cls, folder: Path, session_id: str, key: bytes, channels: int) -> Self:
        """Begin a spool.

        Args:
            folder: Where spools lie; made when missing.
            session_id: Opaque id; it names the file.
            key: The session's key for audio, 32 bytes.
            channels: Tracks, at least 1.

        Raises:
            VaultError: There is one already, or the file cannot be written.
        """
        path = spool_path(folder, session_id)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            fd = os.open(path, OPEN | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise VaultError(f"spool {session_id}: there is one already: open it, or begin another session") from None
        except OSError as error:
            raise cannot(session_id, error) from None
        try:
            write_all(fd, make_file_head(key, session_id, channels), 0)
            spool = cls(fd, session_id, key)
            sync_folder(folder)
        except OSError as error:
            os.close(fd)
            path.unlink(missing_ok=True)
            raise cannot(session_id, error) from None
        return spool

    @classmethod
    def open(cls, folder: Path, session_id: str, key: bytes) -> Self:
        """Go on with a spool after a crash; a torn end is cut off.

        Args:
            folder: Where spools lie.
            session_id: The session.
            key: The session's key for audio.

        Raises:
            VaultError: There is none, it is not a spool, or the key does not fit.
        """
        try:
            fd = os.open(spool_path(folder, session_id), OPEN)
        except OSError as error:
            raise cannot(session_id, error) from None
        try:
            return cls(fd, session_id, key)
        except OSError as error:
            os.close(fd)
            raise cannot(session_id, error) from None
        except VaultError:
            os.close(fd)
            raise

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._closed

    @property
    def end(self) -> int:
        """One past the last sample that is safe on the disk."""
        with self._lock:
            return self._records[-1].end_sample if self._records else 0

    @property
    def received(self) -> int:
        """One past the last sample that was handed in: where the next block belongs."""
        with self._lock:
            return self._backlog.end

    @property
    def waiting(self) -> int:
        """Samples of sound in memory alone. More than a quarter of a second: the disk takes nothing at this moment."""
        with self._lock:
            return self._backlog.samples

    def append(self, block: Block, permit: RecordingPermit) -> None:
        """Take a block in; it is on the disk at most a quarter of a second of sound later.

        A block that begins after the end of what was handed in leaves a gap; what was struck stays silent.

        Args:
            block: Float32, shape (channels, n); begins at ``received`` or later.
            permit: Leave to record the people in the room.

        Raises:
            ConsentError: The permit is for a test that may not be kept.
            VaultError: The disk is full or fails, said once: the block is kept in memory and written later, at most a
                minute of them. Or the block has the wrong tracks, or begins before the end.
        """
        if not permit.people:
            raise ConsentError("sound is kept only with leave from everybody in the room: use consent.permit")
        with self._lock:
            self._refuse_closed()
            if block.audio.ndim != 2 or block.audio.shape[0] != self.channels:  # noqa: PLR2004  tracks by samples
                raise VaultError(
                    f"spool {self.session_id}: made for {self.channels} tracks, and given another number: "
                    "choose the microphone and the seats that the session began with"
                )
            if block.first_sample < self._backlog.end:
                raise VaultError(
                    f"spool {self.session_id}: sound at sample {block.first_sample} was given again; "
                    f"the end is at {self._backlog.end}"
                )
            self._backlog.add(block)
            if self._backlog.span + block.audio.shape[1] > LONGEST_BUFFERED:
                self._write()

    def gap(self, gap: Gap) -> None:
        """Let time go by without sound: paused, off the record, or lost.

        Args:
            gap: Begins at ``received`` or later.

        Raises:
            VaultError: As ``append``.
        """
        with self._lock:
            self._refuse_closed()
            if gap.first_sample < self._backlog.end:
                raise VaultError(f"spool {self.session_id}: a gap at sample {gap.first_sample} lies before the end")
            self._backlog.add_gap(gap)
            if self._backlog.span > LONGEST_BUFFERED:
                self._write()

    def sync(self) -> int:
        """Put everything on the disk and return ``end``.

        Raises:
            VaultError: The disk is full or fails, and this had not been said yet.
        """
        with self._lock:
            self._refuse_closed()
            self._write()
            return self._records[-1].end_sample if self._records else 0

    def strike(self, start: int, end: int) -> None:
        """Overwrite a half-open range of samples with sealed silence and put that on the disk.

        What of the range has not been handed in yet will be silent too. To do it again does no harm: that is how a
        strike which a crash cut short is finished.

        Raises:
            VaultError: The disk fails: the strike must be done again.
        """
        with self._lock:
            self._refuse_closed()
            self._backlog.strike(start, end)
            at = max(0, bisect_right(self._records, start, key=lambda r: r.first_sample) - 1)
        try:
            while self._strike_some(at, start, end):
                at += _AT_ONCE
            with self._lock:
                self._refuse_closed()
                self._scrub(start, end)
                synced(self._fd)
        except OSError as error:
            raise VaultError(
                f"spool {self.session_id}: a strike could not be put on the disk ({name(error)}): strike again"
            ) from None

    def close(self) -> None:
        """Write what waits and close the file; a second call does nothing.

        Raises:
            VaultError: The disk did not take it; the file is closed all the same.
        """
        with self._lock:
            if self._closed:
                return
            self._closed = True
            try:
                self._failing = False
                self._write()
            finally:
                os.close(self._fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _write(self) -> None:
        """Put the backlog on the disk; on failure keep it and say so once."""
        written: list[Record] = []
        size = self._size
        try:
            for piece in self._backlog.pieces():
                record, data = make_record(self._key, self.session_id, size, piece)
                write_all(self._fd, data, size)
                written.append(record)
                size = record.end
            if written:
                synced(self._fd)
        except OSError as error:
            self._after_failure(written, error)
        else:
            self._keep(written, size)
            self._failing = False

    def _after_failure(self, written: list[Record], error: OSError) -> None:
        """Keep the whole records that could be written, and the rest in memory."""
        size = written[-1].end if written else self._size
        try:
            os.ftruncate(self._fd, size)
            synced(self._fd)
        except OSError:
            # Not even that: nothing counts as written; the same place is written again.
            written, size = [], self._size
        self._keep(written, size)
        self._backlog.shorten()
        if not self._failing:
            self._failing = True
            raise cannot(self.session_id, error) from None

    def _keep(self, written: list[Record], size: int) -> None:
        self._records.extend(written)
        self._size = size
        if written:
            self._backlog.drop_before(written[-1].end_sample)

    def _strike_some(self, first: int, start: int, end: int) -> bool:
        """Strike some records from an index on; whether there may be more of them in the range."""
        with self._lock:
            self._refuse_closed()
            for index in range(first, min(first + _AT_ONCE, len(self._records))):
                if self._records[index].first_sample >= end:
                    return False
                self._strike_record(index, start, end)
            return first + _AT_ONCE < len(self._records)

    def _refuse_closed(self) -> None:
        if self._closed:
            raise VaultError(f"spool {self.session_id} is closed")

    def _strike_record(self, index: int, start: int, end: int) -> None:
        at = self._records[index]
        if at.end_sample <= start:
            return
        read = read_body(self._fd, self._key, self.session_id, at)
        if read is not None and read[0].kind is not Kind.AUDIO:
            return
        kind, plain = Kind.STRUCK, bytes(2 * self.channels * at.samples)
        if read is not None and not (start <= at.first_sample and at.end_sample <= end):
            kind, plain = Kind.AUDIO, _silenced(read[1], self.channels, at, start, end)
        piece = Piece(kind, at.first_sample, at.samples, plain)
        record, data = make_record(self._key, self.session_id, at.offset, piece)
        write_all(self._fd, data, at.offset)
        self._records[index] = record

    def _scrub(self, start: int, end: int) -> None:
        """Overwrite damaged stretches of the file that stood for samples in the range."""
        hole_from, sample = self._start, 0
        for record in self._records:
            if hole_from != record.offset and sample < end and record.first_sample > start:
                write_all(self._fd, bytes(record.offset - hole_from), hole_from)
            hole_from, sample = record.end, record.end_sample


def _silenced(plain: bytes, channels: int, at: Record, start: int, end: int) -> bytes:
    """Return 16-bit samples with a range of them silent in every track."""
    silent = bytearray(plain)
    low, high = max(start, at.first_sample) - at.first_sample, min(end, at.end_sample) - at.first_sample
    for channel in range(channels):
        base = channel * at.samples
        silent[2 * (base + low) : 2 * (base + high)] = bytes(2 * (high - low))
    return bytes(silent)
