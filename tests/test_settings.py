"""Settings are frozen, strict, and default where nothing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.errors import SettingsError
from assistant.settings import Profile, Settings, home, read_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_said_means_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any file every default holds."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))

    assert read_settings() == Settings()
    assert home() == tmp_path


def test_the_homes_file_is_read_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASSISTANT_HOME decides, whatever the current folder."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    (tmp_path / "settings.toml").write_text('[notes]\nprofile = "minimum"\n')

    assert read_settings().notes.profile is Profile.MINIMUM


def test_a_relative_models_folder_lies_beside_the_file(tmp_path: Path) -> None:
    """A path in a file is relative to that file."""
    path = tmp_path / "s.toml"
    path.write_text('models_folder = "weights"\n[transcription]\nmodel = "whisper-small"\nthreads = 4\n')

    settings = read_settings(path)

    assert settings.models_folder == tmp_path / "weights"
    assert settings.transcription.model == "whisper-small"
    assert settings.transcription.threads == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("modles_folder = 'x'", "unknown key 'modles_folder'; did you mean 'models_folder'?"),
        ("[transcription]\nmodell = 'x'", "unknown key 'modell'; did you mean 'model'?"),
        ("[transcription]\nthreads = 0", "'threads' must be from 1"),
        ("[transcription]\nthreads = true", "'threads' must be a whole number"),
        ("[notes]\nprofile = 'all'", "'profile' must be one of chart, minimum"),
        ("notes = 3", "'notes' must be a table"),
        ("[notes", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    """A typo is named, never ignored."""
    path = tmp_path / "s.toml"
    path.write_text(text)

    with pytest.raises(SettingsError) as refusal:
        read_settings(path)

    assert told in str(refusal.value)
