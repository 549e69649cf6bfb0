"""Bytes of an open file at an offset, on systems that can do that in one step and on Windows, which cannot."""

from __future__ import annotations

import os
import sys
import threading

BINARY = getattr(os, "O_BINARY", 0)
"""Windows would otherwise translate line ends."""

if sys.platform == "win32":
    _ONE_AT_A_TIME = threading.Lock()

    def read_at(fd: int, count: int, offset: int) -> bytes:
        """Return up to ``count`` bytes from ``offset``."""
        with _ONE_AT_A_TIME:
            os.lseek(fd, offset, os.SEEK_SET)
            return os.read(fd, count)

    def write_at(fd: int, data: bytes | memoryview, offset: int) -> int:
        """Write at ``offset``; return how many bytes were."""
        with _ONE_AT_A_TIME:
            os.lseek(fd, offset, os.SEEK_SET)
            return os.write(fd, data)
else:

    def read_at(fd: int, count: int, offset: int) -> bytes:
        """Return up to ``count`` bytes from ``offset``."""
        return os.pread(fd, count, offset)

    def write_at(fd: int, data: bytes | memoryview, offset: int) -> int:
        """Write at ``offset``; return how many bytes were."""
        return os.pwrite(fd, data, offset)
