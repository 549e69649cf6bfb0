"""One process at a time in a vault. The system drops the lock when its process ends, however it ends."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING

from assistant.errors import VaultError
from assistant.models.lock import take

if TYPE_CHECKING:
    from pathlib import Path

_NAME = ".lock"


def hold(folder: Path) -> IO[bytes]:
    """Take a vault's folder for this process, until the returned file is closed.

    Raises:
        VaultError: Another process (or another open vault of this one) has it, or it cannot be written.
    """
    try:
        file = os.fdopen(os.open(folder / _NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
    except OSError as failure:
        raise VaultError(f"cannot write to the vault folder {folder}: {failure.strerror}") from None
    try:
        take(file)
    except OSError:
        file.close()
        raise VaultError(
            f"the vault in {folder} is in use by another window or command: end that one, then try again"
        ) from None
    return file
