"""How the spool's file is made: a head, then records one after another, each sealed to the place where it lies.

The head of the file says how many tracks there are and proves that a key fits. A record is a head of fixed size (mark,
kind, length, where its samples begin, how many, a checksum) and a sealed body. The body is sealed to the session, the
offset in the file, the samples and the kind, so that no record can be moved, repeated or carried into another session.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from enum import IntEnum

from assistant.errors import VaultError
from assistant.store.positioned import read_at
from assistant.store.seal import OVERHEAD, seal, unseal

MAGIC = b"GSASPOOL"
VERSION = 1

_FILE_HEAD = struct.Struct("<8sHHI")
"""Magic, version, channels, length of the proof that follows."""

_RECORD_HEAD = struct.Struct("<4sB3xIIQ")
"""Mark, kind, bytes of the sealed body, samples, first sample."""

_CHECKSUM = struct.Struct("<I")

MARK = b"\x9eRE\xc1"

HEAD_BYTES = _RECORD_HEAD.size + _CHECKSUM.size
"""Bytes of a record before its body."""

_SCAN_BYTES = 1 << 16
"""Bytes looked at in one piece while a damaged stretch is skipped."""


class Kind(IntEnum):
    """What a record holds."""

    AUDIO = 1
    """Samples, 16 bit, all of track 0 first."""
    GAP = 2
    """Why nothing was heard."""
    STRUCK = 3
    """Silence where content was taken back."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a record is made from."""

    kind: Kind
    first_sample: int
    samples: int
    content: bytes = field(repr=False)
    """16-bit samples, zeros, or a gap's reason."""


@dataclass(frozen=True, slots=True)
class Record:
    """Where one record lies and which samples it stands for."""

    offset: int
    """Bytes from the beginning of the file."""
    kind: Kind
    first_sample: int
    samples: int
    length: int
    """Bytes of the sealed body."""

    @property
    def end_sample(self) -> int:
        """One past the last sample."""
        return self.first_sample + self.samples

    @property
    def end(self) -> int:
        """Offset of the first byte after the record."""
        return self.offset + HEAD_BYTES + self.length


def make_file_head(key: bytes, session_id: str, channels: int) -> bytes:
    """Return the head of a new file."""
    about = _file_about(session_id, channels)
    proof = seal(key, b"", about)
    return _FILE_HEAD.pack(MAGIC, VERSION, channels, len(proof)) + proof


def read_file_head(fd: int, key: bytes, session_id: str) -> tuple[int, int]:
    """Return the number of channels and the offset of the first record.

    Raises:
        VaultError: No spool, one of a newer program, or another key.
    """
    head = read_at(fd, _FILE_HEAD.size, 0)
    if len(head) < _FILE_HEAD.size or not head.startswith(MAGIC):
        raise VaultError(f"spool {session_id}: not a spool, or its beginning is damaged")
    _, version, channels, length = _FILE_HEAD.unpack(head)
    if version > VERSION:
        raise VaultError(f"spool {session_id}: written by a newer version of this program: install that one")
    proof = read_at(fd, length, _FILE_HEAD.size)
    try:
        unseal(key, proof, _file_about(session_id, channels))
    except VaultError:
        raise VaultError(f"spool {session_id}: the key does not fit, or its beginning is damaged") from None
    return channels, _FILE_HEAD.size + length


def _file_about(session_id: str, channels: int) -> bytes:
    return b"spool\0%d\0%d\0%b" % (VERSION, channels, session_id.encode())


def _about(session_id: str, record: Record) -> bytes:
    place = struct.pack("<BQQI", record.kind, record.offset, record.first_sample, record.samples)
    return b"record\0" + place + session_id.encode()


def _head(record: Record) -> bytes:
    head = _RECORD_HEAD.pack(MARK, record.kind, record.length, record.samples, record.first_sample)
    return head + _CHECKSUM.pack(_checksum(head, record.offset))


def _checksum(head: bytes, offset: int) -> int:
    # The offset is part of it, so that bytes that look like a head by chance, or lie elsewhere, are not taken for one.
    return zlib.crc32(head, zlib.crc32(offset.to_bytes(8, "little")))


def make_record(key: bytes, session_id: str, offset: int, piece: Piece) -> tuple[Record, bytes]:
    """Return a record and its bytes.

    Args:
        key: The session's key for audio.
        session_id: The session.
        offset: Where it will lie in the file.
        piece: What it holds.
    """
    # The length of a sealed body depends on the length of the content alone.
    shape = Record(offset, piece.kind, piece.first_sample, piece.samples, len(piece.content) + OVERHEAD)
    body = seal(key, piece.content, _about(session_id, shape))
    return shape, _head(shape) + body


def parse_head(head: bytes, offset: int) -> Record | None:
    """Return the record whose head these bytes are, or None."""
    if len(head) < HEAD_BYTES or not head.startswith(MARK):
        return None
    mark, kind, length, samples, first_sample = _RECORD_HEAD.unpack_from(head)
    del mark
    (found,) = _CHECKSUM.unpack_from(head, _RECORD_HEAD.size)
    if found != _checksum(head[: _RECORD_HEAD.size], offset) or kind not in set(Kind):
        return None
    return Record(offset, Kind(kind), first_sample, samples, length)


def read_body(fd: int, key: bytes, session_id: str, at: Record) -> tuple[Record, bytes] | None:
    """Return a record as it is now, and its content; None when either is damaged or is being written.

    Args:
        fd: The open file.
        key: The session's key for audio.
        session_id: The session.
        at: The record as it was when it was found: its place is what counts.
    """
    whole = read_at(fd, HEAD_BYTES + at.length, at.offset)
    record = parse_head(whole[:HEAD_BYTES], at.offset)
    if record is None or record.length != at.length or len(whole) < HEAD_BYTES + at.length:
        return None
    try:
        return record, unseal(key, whole[HEAD_BYTES:], _about(session_id, record))
    except VaultError:
        return None


def record_at(fd: int, offset: int, size: int) -> Record | None:
    """Return the record that begins at ``offset`` and lies wholly within ``size`` bytes, or None."""
    record = parse_head(read_at(fd, HEAD_BYTES, offset), offset)
    return record if record is not None and record.end <= size else None


def next_record(fd: int, offset: int, size: int) -> Record | None:
    """Return the first whole record that begins after ``offset``, past whatever is damaged; None: there is none."""
    at = offset + 1
    while at < size:
        piece = read_at(fd, _SCAN_BYTES + len(MARK) - 1, at)
        found = piece.find(MARK)
        while found >= 0:
            record = record_at(fd, at + found, size)
            if record is not None:
                return record
            found = piece.find(MARK, found + 1)
        at += _SCAN_BYTES
    return None
