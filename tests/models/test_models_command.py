"""``assistant models`` as a user types it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from assistant.cli.models import models_app
from assistant.errors import ModelError
from assistant.models.manifest import shipped_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

NAMES = [model.name for model in shipped_manifest().models]


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty models folder and a home without settings."""
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    return tmp_path / "models"


def _typed(*words: str) -> Result:
    return CliRunner().invoke(models_app, words)


@pytest.mark.usefixtures("empty")
def test_list_shows_every_model_and_that_none_is_here() -> None:
    """Name, purpose, licence, size, state."""
    result = _typed("list")

    assert result.exit_code == 0
    lines = result.output.splitlines()[1:]
    for name in NAMES:
        assert any(line.startswith(name) and line.rstrip().endswith("no") for line in lines)


@pytest.mark.usefixtures("empty")
def test_list_licences_prints_attributions_and_full_texts() -> None:
    """What the licences ask for can be read without a network."""
    result = _typed("list", "--licences")

    assert result.exit_code == 0
    for text in (
        "Copyright (c) 2022 OpenAI",
        "Copyright (c) 2023 pyannote.audio",
        "Copyright (c) 2020-present Silero Team",
        "Copyright 2021 ExplosionAI GmbH",
        "WordNet 3.0 Copyright 2006 by Princeton University",
        "Copyright 2026 National Design Studio",
        "the WeSpeaker project",
        "https://creativecommons.org/licenses/by/4.0/",
        "Creative Commons Attribution 4.0 International Public",
        "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
    ):
        assert text in result.output


@pytest.mark.usefixtures("empty")
def test_verify_of_an_empty_folder_names_every_model() -> None:
    """One line each, the remedy, exit 2."""
    result = _typed("verify")

    assert result.exit_code == 2
    lines = result.output.splitlines()
    assert lines[:-1] == [f"{name}: not installed" for name in NAMES]
    assert "assistant models install" in lines[-1]


@pytest.mark.models
def test_verify_of_the_installed_models_is_right(models_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every digest of the shipped manifest holds for real weights."""
    monkeypatch.setenv("ASSISTANT_MODELS", str(models_root))

    result = _typed("verify")

    assert result.exit_code == 0
    assert "every SHA-256 is right" in result.output


def test_a_recogniser_of_ones_own_is_added_and_listed(empty: Path, whisper_folder: Path) -> None:
    """The answer says how to choose it."""
    result = _typed("add", "whisper", str(whisper_folder), "--name", "mine")

    assert result.exit_code == 0
    assert '[transcription] model = "whisper-mine"' in result.output
    assert (empty / "whisper-mine" / "model.bin").is_file()
    assert "whisper-mine" in _typed("list").output


def test_a_bundle_that_is_not_there_is_said_in_one_line(empty: Path) -> None:
    """The command line prints the error's one line and leaves with 2."""
    result = _typed("install", "--from", str(empty / "nothing.tar"))

    assert isinstance(result.exception, ModelError)
    assert "does not exist" in str(result.exception)
    assert result.exception.exit_code == 2


def test_an_empty_folder_makes_no_bundle(empty: Path) -> None:
    """The remedy is named."""
    result = _typed("bundle", str(empty.parent / "models.tar"))

    assert isinstance(result.exception, ModelError)
    assert "assistant models install" in str(result.exception)
