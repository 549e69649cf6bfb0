"""The spool's file on the disk: where it lies, how it is written, and what its errors are called."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from assistant.errors import VaultError
from assistant.store.files import sync_folder
from assistant.store.positioned import BINARY, write_at

if TYPE_CHECKING:
    from pathlib import Path

OPEN = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | BINARY

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

# macOS has no fdatasync.
synced = getattr(os, "fdatasync", os.fsync)
"""Put a file's bytes on the disk."""


def spool_path(folder: Path, session_id: str) -> Path:
    """Return where a session's spool lies.

    Raises:
        VaultError: The id could leave the folder.
    """
    if not session_id or not all(c.isascii() and (c.isalnum() or c in "-_") for c in session_id):
        raise VaultError("a session's id may hold letters, digits, '-' and '_' alone")
    return folder / f"{session_id}.spool"


def discard(folder: Path, session_id: str) -> bool:
    """Take a spool from the disk; whether there was one. What makes it unreadable is that its key is destroyed.

    Raises:
        VaultError: It cannot be removed.
    """
    path = spool_path(folder, session_id)
    try:
        path.unlink()
        sync_folder(folder)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise cannot(session_id, error) from None
    return True


def write_all(fd: int, data: bytes, offset: int) -> None:
    """Write all of it at an offset, however often that takes."""
    view = memoryview(data)
    while view:
        written = write_at(fd, view, offset)
        view, offset = view[written:], offset + written


def name(error: OSError) -> str:
    """Return what the system calls an error."""
    return errno.errorcode.get(error.errno or 0, "unknown")


def cannot(session_id: str, error: OSError) -> VaultError:
    """Return the error for a person: what happened to which spool, and what to do."""
    if error.errno in _FULL:
        return VaultError(
            f"spool {session_id}: the disk is full: make room; the last minute of sound is kept in memory meanwhile"
        )
    return VaultError(f"spool {session_id}: the file cannot be read or written ({name(error)}): check the disk")
