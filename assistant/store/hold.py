"""One process at a time in a vault. The system drops the lock when its process ends, however it ends."""

from __future__ import annotations

import os
import time
from typing import IO, TYPE_CHECKING

from assistant.errors import VaultError
from assistant.models.lock import take

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE_S = 2.0
"""Seconds that opening a vault waits for another command to end: more than one takes to go, less than a person waits
before they look for the other window."""
_NAME = ".lock"
_LOOK_S = 0.02


def hold(folder: Path, patience_s: float = 0.0) -> IO[bytes]:
    """Take a vault's folder for this process, until the returned file is closed.

    Args:
        folder: The vault's.
        patience_s: How long to wait for whoever has it. A command has the vault for as long as it runs, and the next
            one may be started before it is quite gone.

    Raises:
        VaultError: Another process (or another open vault of this one) has it still, or it cannot be written.
    """
    end = time.monotonic() + patience_s
    try:
        file = os.fdopen(os.open(folder / _NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
    except OSError as failure:
        raise VaultError(f"cannot write to the vault folder {folder}: {failure.strerror}") from None
    while not _taken(file):
        if time.monotonic() >= end:
            file.close()
            raise VaultError(
                f"the vault in {folder} is in use by another window or command: end that one, then try again"
            )
        time.sleep(_LOOK_S)
    return file


def _taken(file: IO[bytes]) -> bool:
    try:
        take(file)
    except OSError:
        return False
    return True
