"""Small files that must never be half written, and of which an older text should not linger."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from assistant.errors import VaultError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NEW = ".new"
_OLD = ".old"


def make_folder(folder: Path) -> None:
    """Make a folder that its owner alone may enter; one that exists stays as it is.

    Raises:
        VaultError: It cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as failure:
        raise VaultError(f"cannot make the folder {folder}: {failure.strerror}; choose another place") from None


def require_free(folder: Path) -> None:
    """Check that a vault can be made here.

    Raises:
        VaultError: There is one, or something else.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise VaultError(f"{folder} is not empty: a vault is never overwritten; move it away or choose another place")


def make_private(path: Path) -> None:
    """Make an empty file that its owner alone may read.

    Raises:
        VaultError: It exists, or cannot be made.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as failure:
        raise VaultError(f"cannot make {path}: {failure.strerror}") from None


def read(path: Path) -> bytes | None:
    """Return the whole file; None where there is none.

    Raises:
        VaultError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as failure:
        raise VaultError(f"cannot read {path}: {failure.strerror}; check who may read it") from None


def replace(path: Path, content: bytes) -> None:
    """Put ``content`` in the place of a file, whole or not at all, and on the disk when this returns.

    The bytes of the old file are then overwritten where they lay, as far as the disk allows: a solid-state drive or a
    copying file system keeps them somewhere, so nothing may rest on this alone.

    Raises:
        VaultError: The disk is full or does not let us; the old file stands.
    """
    new, old = path.with_name(path.name + _NEW), path.with_name(path.name + _OLD)
    try:
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A second name for the old file, so that its bytes can still be reached; not every file system has such names.
        with suppress(OSError):
            os.link(path, old)
        new.replace(path)
        sync_folder(path.parent)
        scrub(old)
    except OSError as failure:
        raise VaultError(f"cannot write {path}: {failure.strerror}; the file is as it was before") from None


def tidy(path: Path) -> None:
    """Remove what a killed ``replace`` of this file left: an unfinished new text, an old one not yet overwritten."""
    with suppress(OSError):
        scrub(path.with_name(path.name + _OLD))
        path.with_name(path.name + _NEW).unlink(missing_ok=True)


def scrub(path: Path) -> None:
    """Overwrite a file's bytes in place with random ones and remove it; a file that is not there is no error.

    A file that has another name as well keeps its bytes and loses this name alone: where a process was killed before
    the new text was in place, the old one is the file itself.
    """
    try:
        with path.open("r+b") as file:
            found = os.fstat(file.fileno())
            if found.st_nlink == 1:
                file.write(os.urandom(found.st_size))
                file.flush()
                os.fsync(file.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Force a folder's list of names to the disk, where the system has such a thing."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """Give a private folder on the same disk as ``folder``, to build in; it goes away when the block ends.

    Raises:
        VaultError: It cannot be made.
    """
    make_folder(folder.parent)
    made = folder.with_name(f"{_aside_prefix(folder)}{os.urandom(8).hex()}")
    make_folder(made)
    try:
        yield made
    finally:
        clear(made)


@contextmanager
def built_aside(folder: Path) -> Iterator[Path]:
    """Give a folder in which to build, that takes the place of ``folder`` (empty or not there) when the block ends.

    Where the block raises, what was built goes away.

    Raises:
        VaultError: It cannot be made, or something stands in its place by now.
    """
    with aside(folder) as made:
        yield made
        try:
            sync_folder(made)
            with suppress(FileNotFoundError):
                folder.rmdir()
            made.rename(folder)
            sync_folder(folder.parent)
        except OSError as failure:
            raise VaultError(f"cannot make {folder}: {failure.strerror}; a vault is never overwritten") from None


def clear_asides(folder: Path) -> None:
    """Remove what a killed process was building beside ``folder``: it may hold keys that are destroyed since."""
    prefix = _aside_prefix(folder)
    with suppress(OSError):
        for left in folder.parent.iterdir():
            if left.name.startswith(prefix) and left.is_dir():
                clear(left)


def clear(folder: Path) -> None:
    """Remove a folder; its files are overwritten first, as ``replace`` does. One that is not there is no error."""
    with suppress(OSError):
        for file in folder.iterdir():
            scrub(file)
    shutil.rmtree(folder, ignore_errors=True)


def _aside_prefix(folder: Path) -> str:
    return f".{folder.name}.aside-"


def copy(source: Path, target: Path) -> None:
    """Copy a file into a new private one; on the disk when this returns.

    Raises:
        VaultError: It is missing, or cannot be read or written.
    """
    make_private(target)
    try:
        with source.open("rb") as read_from, target.open("wb") as written:
            shutil.copyfileobj(read_from, written)
            written.flush()
            os.fsync(written.fileno())
    except FileNotFoundError:
        raise VaultError(f"{source} is missing: the backup is not whole, choose another copy") from None
    except OSError as failure:
        raise VaultError(f"cannot copy {source} to {target}: {failure.strerror}") from None


def move(source: Path, target: Path) -> None:
    """Put a file, whole and on the disk, in the place of another one in the same file system.

    Raises:
        VaultError: The disk does not let us.
    """
    try:
        source.replace(target)
        sync_folder(target.parent)
    except OSError as failure:
        raise VaultError(f"cannot write {target}: {failure.strerror}") from None


def remove(path: Path) -> None:
    """Remove a file; one that is not there is no error.

    Raises:
        VaultError: The disk does not let us.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as failure:
        raise VaultError(f"cannot remove {path}: {failure.strerror}") from None
