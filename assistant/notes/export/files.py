"""A finished file laid into a folder: whole or not at all, under a name that says nothing, for its owner alone."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from assistant.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_TRIES = 8
"""For a name that nobody has: one of 4 billion, so that the second try is already luck."""


def deliver(
    folder: Path, data: bytes, suffix: str, stem: str = "note", *, told: Callable[[], None] | None = None
) -> Path:
    """Write a finished file into a folder as ``<stem>-<8 hex digits>.<suffix>`` and return its path.

    The name is taken first, so that no other file is ever written over; the bytes go into a hidden file beside it that
    takes its place when they are safe on the disk.

    Args:
        folder: It must be there, and be no symbolic link: a link may point anywhere by the time of the writing.
        data: The bytes, as ``write`` returned them.
        suffix: Of the kind of file.
        stem: What the name begins with; nothing of anybody's.
        told: Called when the bytes are safe on the disk and before they have their name: whoever keeps a log writes it
            there. A log with a line too many can be explained, a file that no line tells of cannot; so where the power
            goes, or the naming fails, the line stands and the file does not. What it raises ends the delivery.

    Raises:
        OutputError: The folder is not there or cannot be written, or the disk is full. Nothing is left behind.
    """
    try:
        is_folder = stat.S_ISDIR(folder.lstat().st_mode)
    except OSError:
        is_folder = False
    if not is_folder:
        raise OutputError(f"{folder} is not a folder (a link to one does not count): make it, or name another")
    path = part = folder
    made: list[Path] = []
    try:
        path = _take_name(folder, stem, suffix)
        made.append(path)
        part = path.with_name(f".{path.name}.part")
        descriptor = os.open(part, _NEW_FILE, 0o600)
        made.append(part)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if told is not None:
            told()
        part.replace(path)
        _sync_folder(folder)
    except BaseException as error:
        for one in made:
            with suppress(OSError):
                one.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OutputError(
                f"cannot write into {folder}: {error.strerror or 'the system refused'}; "
                "free some space or choose another folder; nothing was left behind"
            ) from None
        raise
    return path


_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def _take_name(folder: Path, stem: str, suffix: str) -> Path:
    for _ in range(_TRIES):
        path = folder / f"{stem}-{secrets.token_hex(4)}.{suffix}"
        with suppress(FileExistsError):
            os.close(os.open(path, _NEW_FILE, 0o600))
            return path
    raise OutputError(f"no free name was found in {folder}: name another folder")


def _sync_folder(folder: Path) -> None:
    """Make the name safe too, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
