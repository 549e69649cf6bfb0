"""One writer at a time in the models folder. The system drops the lock when its process ends, however it ends."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from assistant.errors import ModelError, OutputError

if sys.platform == "win32":
    import msvcrt

    def take(file: IO[bytes]) -> None:
        """Take the file for this process until it is closed; OSError where another one has it."""
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def take(file: IO[bytes]) -> None:
        """Take the file for this process until it is closed; OSError where another one has it."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the models folder for writing; it is created where it is missing.

    Raises:
        OutputError: The folder cannot be created or written.
        ModelError: Another process holds it.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        file = (root / ".lock").open("ab")
    except OSError as failure:
        raise OutputError(f"cannot write to the models folder {root}: {failure.strerror}") from None
    with file:
        try:
            take(file)
        except OSError:
            raise ModelError(f"another install is at work in {root}: wait until it ends, then try again") from None
        yield
