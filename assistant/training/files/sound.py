"""A sample's sound as a WAV file with the label in it (RIFF, PCM of 16 bits, one track, 16 kHz)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from assistant.domain import SAMPLE_RATE
from assistant.errors import OutputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BYTES = 2
_MOST = 2**32 - 4096
"""RIFF counts its bytes in 32 bits: 37 hours."""


def wav(audio: NDArray[np.int16], label: str) -> bytes:
    """Return the file.

    Args:
        audio: Shape (n,), 16 kHz.
        label: What kind of data it is.

    Raises:
        OutputError: It is longer than such a file can be.
    """
    data = audio.astype("<i2").tobytes()
    if len(data) > _MOST:
        raise OutputError("the sample is too long for one sound file: leave --audio out")
    # The standard library's writer knows no comment.
    comment = label.encode("utf-8") + b"\0"
    said = b"INFO" + _chunk(b"ICMT", comment)
    form = struct.pack("<HHIIHH", 1, 1, SAMPLE_RATE, SAMPLE_RATE * _BYTES, _BYTES, 8 * _BYTES)
    inside = b"WAVE" + _chunk(b"fmt ", form) + _chunk(b"LIST", said) + _chunk(b"data", data)
    return _chunk(b"RIFF", inside)


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
