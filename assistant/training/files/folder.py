"""A folder of finished files: whole or not at all, for its owner alone, and no file of it tells when it was made."""

from __future__ import annotations

import os
import secrets
import shutil
from typing import TYPE_CHECKING

from assistant.errors import OutputError
from assistant.outfolder import checked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_NO_DAY = 946_684_800
"""2000-01-01: the day of every file. The real one may be the session's."""


def require_free(folder: Path) -> Path:
    """Refuse before the long work, rather than after it, a folder that cannot be made. Nothing is made yet.

    Returns:
        The same folder in the real one around it, which no link that somebody put there leads to.

    Raises:
        OutputError: It is there already, or the folder around it is not, or cannot be written, or the way there leads
            over a link as ``outfolder`` refuses it.
    """
    around = checked(folder.absolute().parent)
    if os.path.lexists(folder):
        raise OutputError(f"{folder} is there already: name a new folder")
    if not around.is_dir():
        raise OutputError(f"the folder {around} does not exist: make it, or name another")
    if not os.access(around, os.W_OK | os.X_OK):
        raise OutputError(f"the folder {around} cannot be written: choose another or change its permissions")
    return around / folder.name


def write_folder(folder: Path, contents: Mapping[str, bytes], before: Callable[[], None] = lambda: None) -> None:
    """Write a new folder of files.

    They are written into a hidden folder beside it, which takes its name when all of them are safe on the disk.

    Args:
        folder: As ``require_free`` passed it.
        contents: Bytes by file name.
        before: What has to succeed before the folder is there, the line in the audit log.

    Raises:
        OutputError: The folder is there by now, cannot be written, or the disk is full. Nothing is left behind.
    """
    folder = require_free(folder)
    hidden = folder.parent / f".sample-{secrets.token_hex(8)}.part"
    try:
        hidden.mkdir(mode=0o700)
        for name, data in contents.items():
            _write(hidden / name, data)
        os.utime(hidden, (_NO_DAY, _NO_DAY))
        before()
        require_free(folder)
        hidden.rename(folder)
        _sync(folder.parent)
    except OSError as error:
        shutil.rmtree(hidden, ignore_errors=True)
        raise OutputError(
            f"cannot write {folder}: {error.strerror or 'the system refused'}; "
            "free some space or choose another folder; nothing was left behind"
        ) from None
    except BaseException:
        shutil.rmtree(hidden, ignore_errors=True)
        raise


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, _NEW_FILE, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.utime(path, (_NO_DAY, _NO_DAY))


def _sync(folder: Path) -> None:
    """Make the name safe too, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
