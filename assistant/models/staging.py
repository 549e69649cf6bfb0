"""Files on their way into the models folder: built aside, checked, and moved into place whole or not at all."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from assistant.errors import AssistantError, ModelError, OutputError
from assistant.models.digests import CHUNK
from assistant.models.lock import locked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assistant.models.manifest import Model, ModelFile

_PREFIX = ".staging-"
_MARGIN = 32 << 20
"""Bytes left free beyond what an install writes."""


class Staging:
    """A folder inside the models folder in which a model is built before it is moved beside the others.

    It lies on the same disk as the models, so that the move is one atomic rename.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self.folder = folder

    def write(self, model: Model, file: ModelFile, chunks: Iterable[bytes]) -> None:
        """Write one file of a model and force it to the disk.

        Raises:
            ModelError: Its size or SHA-256 is not the listed one.
        """
        path = self.folder / model.name / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        size = 0
        with path.open("wb") as target:
            for chunk in chunks:
                size += len(chunk)
                if size > file.size:
                    break
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        if size != file.size or digest.hexdigest() != file.sha256:
            path.unlink()
            raise ModelError(
                f"{model.name}: {file.path} does not have the listed SHA-256: refused, the model was not installed"
            )

    def place(self, model: Model) -> None:
        """Move a finished model beside the others, in the place of an older or damaged one."""
        made = self.folder / model.name
        _sync_folders(made)
        target = self._root / model.name
        if target.is_symlink() or target.exists():
            # A folder with files in it cannot be replaced by a rename on any system: the old one steps aside first.
            target.rename(self.folder / f"old-{model.name}")
        made.rename(target)
        _sync(self._root)


@contextmanager
def staging(root: Path) -> Iterator[Staging]:
    """Hold the models folder for writing and give a clean staging folder in it, which goes away in every case.

    What a killed process left behind is removed first. Whatever stands in ``root`` afterwards is whole.

    Raises:
        OutputError: The disk is full or the folder cannot be written.
        ModelError: Another process is installing.
    """
    with locked(root), _disk_errors(root):
        for leftover in root.glob(f"{_PREFIX}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=root))
        # mkdtemp makes it private; models are no secret, and another account of the machine may use them.
        folder.chmod(0o755)
        try:
            yield Staging(root, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def require_space(root: Path, needed: int) -> None:
    """Refuse to start when the disk cannot hold ``needed`` more bytes.

    Raises:
        OutputError: There is not enough room.
    """
    place = root
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if free < needed + _MARGIN:
        raise OutputError(
            f"not enough disk space in {root}: {_megabytes(needed + _MARGIN)} MB needed, {_megabytes(free)} MB free; "
            "make room or set ASSISTANT_MODELS to a folder on another disk"
        )


@contextmanager
def appearing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to fill that appears at ``path`` whole or not at all.

    Raises:
        OutputError: It cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync(path.parent)
    except OSError as failure:
        raise OutputError(f"cannot write {path}: {failure.strerror}") from None
    finally:
        part.unlink(missing_ok=True)


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    """Yield an open file piece by piece."""
    while chunk := file.read(CHUNK):
        yield chunk


@contextmanager
def _disk_errors(root: Path) -> Iterator[None]:
    try:
        yield
    except (AssistantError, gzip.BadGzipFile):  # a damaged archive is an OSError too, but not the disk's
        raise
    except OSError as failure:
        if failure.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OutputError(f"the disk of {root} is full: make room, then run the same command again") from None
        raise OutputError(f"cannot write to the models folder {root}: {failure.strerror}") from None


def _sync_folders(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            _sync(path)


def _sync(folder: Path) -> None:
    """Force a folder's entries to the disk, where the system allows to open a folder (not on Windows)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)
