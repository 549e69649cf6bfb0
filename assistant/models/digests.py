"""Sizes and SHA-256 digests of files on disk, checked against what a manifest says."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from assistant.models.manifest import Model, ModelFile

CHUNK = 1 << 20
"""Bytes read at a time: memory stays flat whatever the file's size."""


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def looks_whole(folder: Path, model: Model) -> bool:
    """Whether every file of the model is in ``folder`` with its size; nothing is read, so it costs nothing."""
    return not any(_size_problems(folder, model.files))


def problems(folder: Path, model: Model) -> Iterator[str]:
    """Yield one line for each file of the model that is missing or differs; nothing where all are right."""
    if not folder.is_dir():
        yield f"{model.name}: not installed"
        return
    for file in model.files:
        wrong = next(_size_problems(folder, (file,)), None)
        if wrong is None:
            try:
                if sha256_of(folder / file.path) != file.sha256:
                    wrong = "its SHA-256 differs from the manifest"
            except OSError as failure:
                wrong = f"cannot be read: {failure.strerror}"
        if wrong is not None:
            yield f"{model.name}: {file.path}: {wrong}"


def _size_problems(folder: Path, files: Iterable[ModelFile]) -> Iterator[str]:
    for file in files:
        path = folder / file.path
        try:
            size = path.stat().st_size if path.is_file() else None
        except OSError as failure:
            yield f"cannot be read: {failure.strerror}"
            continue
        if size is None:
            yield "is missing"
        elif size != file.size:
            yield f"has {size} bytes instead of {file.size}"
