"""Whatever is wrong with what was given: one line, exit 2, no traceback, never a word of speech."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import Command  # type: ignore[import-not-found]  # pytest's own way to share a fixture's type

SECRET = ("Walter", "Greene", "Simone", "Nora", "vodka", "trazodone")
"""Names and facts of the sample: in no message."""


def one_clear_line(err: str) -> str:
    """Return the only line of an error output, checked to hold no traceback and no secret."""
    assert "Traceback" not in err
    lines = err.strip().splitlines()
    assert len(lines) == 1, lines
    for secret in SECRET:
        assert secret not in lines[0]
    return lines[0]


@pytest.fixture
def session(smoke: Path, tmp_path: Path) -> Path:
    """A copy of the short sample that a test may spoil."""
    return Path(shutil.copytree(smoke, tmp_path / "session"))


def test_a_missing_recording_is_named(assistant: Command, session: Path, tmp_path: Path) -> None:
    """The path as typed is in the message."""
    ran = assistant("process", "nowhere.wav", "--group", session / "group.toml", "--drafts", tmp_path / "d")

    assert ran.code == 2
    assert "nowhere.wav" in one_clear_line(ran.err)
    assert not list((tmp_path / "d").glob("*"))


@pytest.mark.parametrize("content", [b"", b"\x00" * 5000, b"not a sound at all\n" * 50])
def test_unreadable_media_is_refused(assistant: Command, session: Path, tmp_path: Path, content: bytes) -> None:
    """An empty file, zeros and text under a recording's name are refused alike."""
    (tmp_path / "x.wav").write_bytes(content)

    ran = assistant("process", tmp_path / "x.wav", "--group", session / "group.toml", "--drafts", tmp_path / "d")

    assert ran.code == 2
    assert "x.wav" in one_clear_line(ran.err)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("role = ", "rolle = ", "unknown key 'rolle'"),
        ('id = "m2"', 'id = "m1"', "same id"),
        ("Simone Archer", "Walter Greene", "same name"),
        ("enrol/m1.flac", "enrol/m7.flac", "does not exist"),
        ("recording = 2026-01-10", "recording = false", "consent"),
    ],
)
def test_a_wrong_group_file_is_refused(
    assistant: Command, session: Path, tmp_path: Path, before: str, after: str, told: str
) -> None:
    """Unknown key, duplicates, a missing clip and missing consent are each named."""
    group = session / "group.toml"
    text = group.read_text()
    assert before in text
    group.write_text(text.replace(before, after))

    ran = assistant("process", session / "smoke-01.flac", "--group", group, "--drafts", tmp_path / "d")

    assert ran.code == 2
    assert told in one_clear_line(ran.err)


def test_missing_models_are_named_with_the_command_that_mends_it(
    assistant: Command, session: Path, tmp_path: Path
) -> None:
    """An empty models folder is one line."""
    ran = assistant(
        "process", session / "smoke-01.flac", "--group", session / "group.toml", "--drafts", tmp_path / "d",
        ASSISTANT_MODELS=str(tmp_path / "empty"),
    )  # fmt: skip

    assert ran.code == 2
    assert "assistant models install" in one_clear_line(ran.err)


def test_a_folder_in_use_is_not_written_over(assistant: Command, session: Path, tmp_path: Path) -> None:
    """Somebody else's files in the drafts folder stay as they are."""
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "thesis.txt").write_text("mine")

    ran = assistant(
        "process", session / "smoke-01.flac", "--group", session / "group.toml", "--drafts", tmp_path / "d"
    )

    assert ran.code == 2
    assert "in use" in one_clear_line(ran.err)
    assert [p.name for p in (tmp_path / "d").iterdir()] == ["thesis.txt"]


@pytest.mark.models
def test_a_transcript_with_a_stranger_is_refused(assistant: Command, session: Path, tmp_path: Path) -> None:
    """A name that is not on the roster is refused by its place, not by itself."""
    path = tmp_path / "t.json"
    path.write_text(json.dumps({"utterances": [{"speaker": "Zebedee", "text": "I was in Marrowby."}]}))

    ran = assistant("process", path, "--group", session / "group.toml", "--drafts", tmp_path / "d")

    assert ran.code == 2
    line = one_clear_line(ran.err)
    assert "t.json" in line
    assert "Zebedee" not in line
    assert "Marrowby" not in line


def test_unknown_options_and_settings_are_refused(assistant: Command, session: Path, tmp_path: Path) -> None:
    """A typo in a setting is named."""
    (tmp_path / "s.toml").write_text("[notes]\nprofil = 'chart'\n")

    ran = assistant(
        "process", session / "smoke-01.flac", "--group", session / "group.toml", "--drafts", tmp_path / "d",
        "--settings", tmp_path / "s.toml",
    )  # fmt: skip

    assert ran.code == 2
    assert "unknown key 'profil'" in one_clear_line(ran.err)


@pytest.mark.parametrize("words", ["A", "A=m9", "A=m1;B=m2"])
def test_a_wrong_name_for_a_voice_is_refused(assistant: Command, session: Path, tmp_path: Path, words: str) -> None:
    """--name-voices takes pairs of a letter and an id on the roster."""
    ran = assistant(
        "process", session / "smoke-01.flac", "--group", session / "group.toml", "--drafts", tmp_path / "d",
        "--name-voices", words,
    )  # fmt: skip

    assert ran.code == 2
    assert "--name-voices" in one_clear_line(ran.err)


def test_a_damaged_model_is_refused(assistant: Command, session: Path, tmp_path: Path, models_root: Path) -> None:
    """A model file of the wrong size is not opened."""
    folder = tmp_path / "models"
    shutil.copytree(models_root, folder, copy_function=lambda a, b: Path(b).symlink_to(a))
    (folder / "silero-vad" / "silero_vad_v6.onnx").unlink()
    (folder / "silero-vad" / "silero_vad_v6.onnx").write_bytes(b"damaged")

    ran = assistant(
        "process", session / "smoke-01.flac", "--group", session / "group.toml", "--drafts", tmp_path / "d",
        ASSISTANT_MODELS=str(folder),
    )  # fmt: skip

    assert ran.code == 2
    assert "silero-vad" in one_clear_line(ran.err)
