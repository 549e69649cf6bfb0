"""A larger Whisper of the user's own is checked, copied whole, and verified like the others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from assistant.errors import ModelError
from assistant.models.added import add_whisper, read_added
from assistant.models.store import ModelStore

if TYPE_CHECKING:
    from pathlib import Path

    from tests.models.conftest import Library


def test_an_added_model_is_found_by_name_and_verified(tmp_path: Path, library: Library, whisper_folder: Path) -> None:
    """It is named after its folder, without the words that every such folder has."""
    root = tmp_path / "models"

    model = add_whisper(root, library.manifest, whisper_folder)

    store = ModelStore(root, library.manifest)
    assert model.name == "whisper-small"
    assert store.names() == ("alpha", "beta", "whisper-small")
    assert (store.folder("whisper-small") / "model.bin").read_bytes() == (whisper_folder / "model.bin").read_bytes()
    assert store.problems("whisper-small") == ()


def test_verify_covers_an_added_model(tmp_path: Path, library: Library, whisper_folder: Path) -> None:
    """One flipped byte is seen."""
    root = tmp_path / "models"
    add_whisper(root, library.manifest, whisper_folder)
    path = root / "whisper-small" / "model.bin"
    path.write_bytes(path.read_bytes()[:-1] + b"!")

    problems = ModelStore(root, library.manifest).problems("whisper-small")

    assert problems == ("whisper-small: model.bin: its SHA-256 differs from the manifest",)


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json", "vocabulary.json"])
def test_a_folder_that_lacks_a_file_is_refused(
    tmp_path: Path, library: Library, whisper_folder: Path, name: str
) -> None:
    """Above all without its tokenizer, for which the recogniser would go to the network."""
    (whisper_folder / name).unlink()

    with pytest.raises(ModelError, match=f"has no {name}"):
        add_whisper(tmp_path / "models", library.manifest, whisper_folder)

    assert not (tmp_path / "models").exists()


def test_a_model_in_another_format_is_refused(tmp_path: Path, library: Library, whisper_folder: Path) -> None:
    """The recogniser would fail later, with words that help nobody."""
    (whisper_folder / "model.bin").write_bytes(b"PK\x03\x04 a zip of something else")

    with pytest.raises(ModelError, match="not a CTranslate2 Whisper model"):
        add_whisper(tmp_path / "models", library.manifest, whisper_folder)


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json"])
def test_a_damaged_json_file_is_refused(tmp_path: Path, library: Library, whisper_folder: Path, name: str) -> None:
    """A file that is there need not be whole."""
    (whisper_folder / name).write_text("{", encoding="utf-8")

    with pytest.raises(ModelError, match="is not JSON"):
        add_whisper(tmp_path / "models", library.manifest, whisper_folder)


def test_the_large_v3_family_needs_its_preprocessor(tmp_path: Path, library: Library, whisper_folder: Path) -> None:
    """Without it the recogniser would make 80 mel bands for a model that wants 128."""
    (whisper_folder / "vocabulary.json").write_text(json.dumps(["x"] * 51866), encoding="utf-8")
    with pytest.raises(ModelError, match=r"has no preprocessor_config\.json"):
        add_whisper(tmp_path / "models", library.manifest, whisper_folder)

    (whisper_folder / "preprocessor_config.json").write_text('{"feature_size": 128}', encoding="utf-8")
    model = add_whisper(tmp_path / "models", library.manifest, whisper_folder)

    assert "preprocessor_config.json" in {file.path for file in model.files}


def test_a_text_vocabulary_will_do(tmp_path: Path, library: Library, whisper_folder: Path) -> None:
    """Older conversions have one."""
    (whisper_folder / "vocabulary.json").unlink()
    (whisper_folder / "vocabulary.txt").write_text("a\nb\n", encoding="utf-8")

    model = add_whisper(tmp_path / "models", library.manifest, whisper_folder)

    assert {file.path for file in model.files} == {"model.bin", "config.json", "tokenizer.json", "vocabulary.txt"}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("small", "whisper-small"),
        ("Whisper Large V3 Turbo", "whisper-large-v3-turbo"),
        ("distil-small.en", "whisper-distil-small.en"),
        ("../escape", "whisper-escape"),
        ("faster-whisper-medium", "whisper-medium"),
    ],
)
def test_a_name_becomes_a_plain_folder_name(
    tmp_path: Path, library: Library, whisper_folder: Path, given: str, name: str
) -> None:
    """The same word serves as folder and in the settings."""
    assert add_whisper(tmp_path / "models", library.manifest, whisper_folder, given).name == name


@pytest.mark.parametrize("given", ["...", "шёпот"])
def test_a_name_of_which_nothing_remains_is_refused(
    tmp_path: Path, library: Library, whisper_folder: Path, given: str
) -> None:
    """The user chooses another."""
    with pytest.raises(ModelError, match="cannot be a model's name"):
        add_whisper(tmp_path / "models", library.manifest, whisper_folder, given)


def test_a_hub_cache_folder_is_named_after_its_model(tmp_path: Path, library: Library, whisper_folder: Path) -> None:
    """Its own name is a revision, and its files are links."""
    snapshot = tmp_path / "models--Somebody--faster-whisper-medium" / "snapshots" / "536b0662742c02347bc0e980a01041f3"
    snapshot.mkdir(parents=True)
    for path in whisper_folder.iterdir():
        (snapshot / path.name).symlink_to(path)
    root = tmp_path / "models"

    assert add_whisper(root, library.manifest, snapshot).name == "whisper-medium"
    assert not any(path.is_symlink() for path in (root / "whisper-medium").iterdir())


def test_the_name_of_a_shipped_model_is_taken(tmp_path: Path, library: Library, whisper_folder: Path) -> None:
    """Its digests are the manifest's."""
    manifest = library.rewritten('name = "alpha"', 'name = "whisper-base"')

    with pytest.raises(ModelError, match="comes with the program"):
        add_whisper(tmp_path / "models", manifest, whisper_folder, "base")


def test_adding_again_replaces(tmp_path: Path, library: Library, whisper_folder: Path) -> None:
    """One entry, the new digests."""
    root = tmp_path / "models"
    add_whisper(root, library.manifest, whisper_folder)
    (whisper_folder / "config.json").write_text('{"new": 1}', encoding="utf-8")

    model = add_whisper(root, library.manifest, whisper_folder)

    assert read_added(root) == (model,)
    assert ModelStore(root, library.manifest).problems("whisper-small") == ()


def test_a_damaged_list_is_said_in_one_line(tmp_path: Path, library: Library) -> None:
    """With what to do."""
    (tmp_path / "added.toml").write_text('name = "x"', encoding="utf-8")

    with pytest.raises(ModelError, match="remove it and add the models again"):
        ModelStore(tmp_path, library.manifest)
