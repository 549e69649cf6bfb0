"""Models that the user added: a larger Whisper, copied in whole, its digests recorded beside it in ``added.toml``."""

from __future__ import annotations

import json
import re
import struct
from typing import TYPE_CHECKING

from assistant.errors import ModelError
from assistant.models.digests import sha256_of
from assistant.models.manifest import Model, ModelFile, is_name, read_model, read_table
from assistant.models.staging import appearing, chunks_of, require_space, staging

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.models.manifest import Manifest

LIST = "added.toml"
"""In the models folder: the digests of the user's own models."""

_PREFIX = "whisper-"
_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
_PREPROCESSOR = "preprocessor_config.json"
_LARGE_V3_VOCABULARY = 51866
"""Tokens of the large-v3 family, whose 128 mel bands stand in ``preprocessor_config.json`` alone (80 otherwise)."""
_HEADER = struct.Struct("<IH")
_SPEC = b"WhisperSpec\0"
"""How a CTranslate2 Whisper model begins: its binary version, the length of this name, the name."""


def read_added(root: Path) -> tuple[Model, ...]:
    """Return the user's own models; none where no list stands.

    Raises:
        ModelError: The list is damaged.
    """
    path = root / LIST
    if not path.is_file():
        return ()
    return parse_added(path)


def parse_added(path: Path) -> tuple[Model, ...]:
    """Return the models of a list like ``added.toml``.

    Raises:
        ModelError: It cannot be read or is wrong.
    """
    table = read_table(path)
    entries = table.get("models")
    if set(table) != {"models"} or not isinstance(entries, list):
        raise ModelError(
            f"{path.name} must hold [[models]] tables and nothing else: remove it and add the models again"
        )
    models = tuple(read_model(entry, f"{path.name}, model {at}") for at, entry in enumerate(entries, 1))
    for model in models:
        if not model.name.startswith(_PREFIX):
            raise ModelError(f"{path.name}: {model.name!r} is not a recogniser that a user may add")
    return models


def write_added(root: Path, models: tuple[Model, ...]) -> None:
    """Replace the list of the user's own models.

    Raises:
        OutputError: It cannot be written.
    """
    lines = ["# Models that were added with 'assistant models add' and their digests; written by the program."]
    for model in models:
        lines += ["", "[[models]]"]
        lines += [
            f"{key} = {json.dumps(value)}"
            for key, value in (
                ("name", model.name),
                ("does", model.does),
                ("licence", model.licence),
                ("licence_texts", list(model.licence_texts)),
                ("attribution", model.attribution),
                ("main", model.main),
            )
        ]
        for listed in model.files:
            lines += ["", "[[models.files]]", f"path = {json.dumps(listed.path)}"]
            lines += [f"size = {listed.size}", f"sha256 = {json.dumps(listed.sha256)}"]
    with appearing(root / LIST) as file:
        file.write(("\n".join(lines) + "\n").encode())


def add_whisper(root: Path, manifest: Manifest, source: Path, name: str | None = None) -> Model:
    """Copy a faster-whisper model into the models folder and record its digests.

    Args:
        root: The models folder.
        manifest: The models that come with the program; their names are taken.
        source: A folder with model.bin, config.json, tokenizer.json and vocabulary.json or vocabulary.txt.
        name: What to call it; the model becomes ``whisper-<name>``. None: after the folder.

    Returns:
        The model as it stands.

    Raises:
        ModelError: A file is missing or is not what it should be, or the name is taken.
        OutputError: The disk is too small or the folder cannot be written.
    """
    paths = _checked(source)
    full_name = f"{_PREFIX}{_slug(name or _folder_name(source))}"
    if full_name in {model.name for model in manifest.models}:
        raise ModelError(f"{full_name} comes with the program: choose another name with --name")
    try:
        files = tuple(ModelFile(path.name, path.stat().st_size, sha256_of(path)) for path in paths)
    except OSError as failure:
        raise ModelError(f"cannot read the model in {source}: {failure.strerror}") from None
    model = Model(
        name=full_name,
        does="speech to text",
        licence="as its maker says",
        licence_texts=(),
        attribution="Added by the user.",
        main="model.bin",
        files=files,
    )
    with staging(root) as stage:
        require_space(root, model.size)
        for path, file in zip(paths, files, strict=True):
            with path.open("rb") as content:
                stage.write(model, file, chunks_of(content))
        stage.place(model)
        # After the folder: a list that names a model which does not stand would be worse than the reverse.
        write_added(root, (*(m for m in read_added(root) if m.name != full_name), model))
    return model


def _checked(source: Path) -> tuple[Path, ...]:
    """Return the files of a faster-whisper model, in a fixed order."""
    if not source.is_dir():
        raise ModelError(f"{source} is not a folder: name the folder that holds model.bin")
    for name in _NEEDED:
        if not (source / name).is_file():
            why = " (without it the recogniser would look for one on the network)" if name == "tokenizer.json" else ""
            raise ModelError(f"{source} has no {name}{why}: put it beside the others, then add the folder again")
    vocabulary = next((source / name for name in _VOCABULARIES if (source / name).is_file()), None)
    if vocabulary is None:
        raise ModelError(f"{source} has no {' or '.join(_VOCABULARIES)}: put it beside the others, then add it again")
    _check_header(source / "model.bin")
    for path in (source / "config.json", source / "tokenizer.json"):
        if not isinstance(_json(path), dict):
            raise ModelError(f"{path} is not a JSON object: the model is damaged")
    paths = [*(source / name for name in _NEEDED), vocabulary]
    preprocessor = source / _PREPROCESSOR
    if preprocessor.is_file():
        if not isinstance(_json(preprocessor), dict):
            raise ModelError(f"{preprocessor} is not a JSON object: the model is damaged")
        paths.append(preprocessor)
    elif _tokens(vocabulary) >= _LARGE_V3_VOCABULARY:
        raise ModelError(f"{source} has no {_PREPROCESSOR}, which a model of the large-v3 family needs: put it there")
    return tuple(paths)


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(_HEADER.size + len(_SPEC))
    except OSError as failure:
        raise ModelError(f"cannot read {path}: {failure.strerror}") from None
    if len(start) < _HEADER.size + len(_SPEC) or start[_HEADER.size :] != _SPEC:
        raise ModelError(f"{path} is not a CTranslate2 Whisper model: convert it, or take one made for faster-whisper")


def _json(path: Path) -> object:
    try:
        value: object = json.loads(path.read_text(encoding="utf-8"))
    except OSError as failure:
        raise ModelError(f"cannot read {path}: {failure.strerror}") from None
    except ValueError:
        raise ModelError(f"{path} is not JSON: the model is damaged") from None
    return value


def _tokens(vocabulary: Path) -> int:
    if vocabulary.suffix == ".json":
        listed = _json(vocabulary)
        if not isinstance(listed, list):
            raise ModelError(f"{vocabulary} is not a JSON list: the model is damaged")
        return len(listed)
    try:
        return len(vocabulary.read_bytes().splitlines())
    except OSError as failure:
        raise ModelError(f"cannot read {vocabulary}: {failure.strerror}") from None


def _folder_name(source: Path) -> str:
    folder = source.absolute()
    # A hub's cache names the folder by a revision: models--<maker>--<model>/snapshots/<revision>.
    if folder.parent.name == "snapshots":
        return folder.parent.parent.name.rpartition("--")[2]
    return folder.resolve().name


def _slug(name: str) -> str:
    slug = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.")
    slug = re.sub(r"^(faster-)?whisper-", "", slug)
    if not is_name(slug):
        raise ModelError(f"{name!r} cannot be a model's name: choose one of letters and digits with --name")
    return slug
