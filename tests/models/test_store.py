"""The rooms get a folder by name, or one line that says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.errors import ModelError
from assistant.models.install import install
from assistant.models.places import models_folder
from assistant.models.progress import Unwatched
from assistant.models.store import ModelStore

if TYPE_CHECKING:
    from tests.models.conftest import FolderSource, Library


@pytest.fixture
def store(tmp_path: Path, library: Library, source: FolderSource) -> ModelStore:
    """Both models, installed."""
    install(tmp_path / "models", library.manifest, source, Unwatched())
    return ModelStore(tmp_path / "models", library.manifest)


def test_an_installed_model_has_a_folder_and_a_digest(store: ModelStore, library: Library) -> None:
    """The digest is that of its main file."""
    assert store.folder("beta") == store.root / "beta"
    assert store.digest("alpha") == library.manifest.models[0].files[0].sha256


def test_a_missing_model_is_named_with_the_remedy(tmp_path: Path, library: Library) -> None:
    """The folder need not exist."""
    store = ModelStore(tmp_path / "nowhere", library.manifest)

    assert not store.installed("alpha")
    with pytest.raises(ModelError, match=r"alpha is not installed in .*: run 'assistant models install'"):
        store.folder("alpha")


def test_a_file_of_another_size_is_damage(store: ModelStore) -> None:
    """It is seen before the model is opened."""
    (store.root / "alpha" / "net.bin").write_bytes(b"short")

    with pytest.raises(ModelError, match=r"alpha in .* is damaged: run 'assistant models install'"):
        store.folder("alpha")


def test_verify_sees_one_flipped_byte(store: ModelStore, alpha_bytes: bytes) -> None:
    """Which no size tells."""
    (store.root / "alpha" / "net.bin").write_bytes(alpha_bytes[:-1] + bytes([alpha_bytes[-1] ^ 1]))

    assert store.installed("alpha")
    assert store.problems("alpha") == ("alpha: net.bin: its SHA-256 differs from the manifest",)
    assert store.problems("beta") == ()


def test_an_unknown_name_is_answered_with_the_known_ones(store: ModelStore) -> None:
    """And with the way to add one."""
    with pytest.raises(ModelError, match=r"no model is called 'whisper-small': known are alpha, beta; .*models add"):
        store.folder("whisper-small")


def test_the_environment_goes_before_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """``ASSISTANT_MODELS``, else the settings, else the platform's folder."""
    monkeypatch.setenv("ASSISTANT_MODELS", "/somewhere")
    assert models_folder(Path("/else")) == Path("/somewhere").absolute()

    monkeypatch.delenv("ASSISTANT_MODELS")
    assert models_folder(Path("/else")) == Path("/else").absolute()
    assert models_folder().name == "models"


def test_the_models_folder_does_not_move_with_the_current_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A relative path is made absolute when it is read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTANT_MODELS", "weights")

    assert models_folder() == tmp_path / "weights"
