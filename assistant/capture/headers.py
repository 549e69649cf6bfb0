"""How long a file's own header says it is, where FFmpeg would rather believe the size of the file.

A WAV or MP3 file that was cut off while it was copied is read without complaint as a shorter one. Its header still
tells what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import samples

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = 65_536
"""Bytes looked at: chunks of a WAV file and tags of an MP3 file before the sound are usually far smaller."""

_NOT_KNOWN = frozenset({0, 0xFFFFFFFF})
"""What a program writes as the length of a WAV file that it streamed and could not go back to."""

_MP3_LENGTH_TAGS = (b"Xing", b"Info", b"VBRI")
"""Tags that state the number of MP3 frames; without one the length is a guess from the bit rate."""


def stated_samples(path: Path, read_s: float | None) -> int | None:
    """Return the length that the header states, in samples at 16 kHz; None where it states none.

    Args:
        path: A WAV, MP3 or bare AAC file.
        read_s: The length that FFmpeg gives for it, in seconds.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        stated = _wav_seconds(head)
        return None if stated is None else samples(stated)
    if read_s is not None and any(tag in head for tag in _MP3_LENGTH_TAGS):
        return samples(read_s)
    return None


def _wav_seconds(head: bytes) -> float | None:
    """Walk the chunks of a RIFF header to the sound: its bytes over the bytes a second."""
    at, bytes_a_second = 12, 0
    while at + 8 <= len(head):
        name, size = head[at : at + 4], int.from_bytes(head[at + 4 : at + 8], "little")
        if name == b"fmt ":
            bytes_a_second = int.from_bytes(head[at + 16 : at + 20], "little")
        if name == b"data":
            return None if size in _NOT_KNOWN or not bytes_a_second else size / bytes_a_second
        at += 8 + size + size % 2
    return None
