"""What a site may choose, frozen, from one TOML file; an unknown key is refused by name.

The file is ``--settings FILE`` where the user typed it, else ``settings.toml`` in the assistant's home, else nothing:
every default is written here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import platformdirs

from assistant.errors import SettingsError
from assistant.tables import read_toml, refuse_unknown, typed


class Profile(StrEnum):
    """How much of the member's own identifiers stays in the member's own draft."""

    CHART = "chart"
    """The member's own facts stay: it is the member's own record."""
    MINIMUM = "minimum"
    """Contact details, numbers and full dates are masked even where they are the member's own."""


@dataclass(frozen=True, slots=True)
class TranscriptionSettings:
    """Speech to text."""

    model: str = "whisper-base"
    """Name of an installed model: ``assistant models list``."""
    language: str = "en"
    threads: int = 2


@dataclass(frozen=True, slots=True)
class NotesSettings:
    """Drafts."""

    profile: Profile = Profile.CHART


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a site."""

    models_folder: Path | None = None
    """Where the weights lie; None: the platform's data folder. ``ASSISTANT_MODELS`` goes before it."""
    transcription: TranscriptionSettings = TranscriptionSettings()
    notes: NotesSettings = NotesSettings()


def home() -> Path:
    """Return the folder of settings and vault: ``ASSISTANT_HOME``, else the platform's."""
    chosen = os.environ.get("ASSISTANT_HOME")
    return Path(chosen) if chosen else platformdirs.user_config_path("group-session-assistant", appauthor=False)


def read_settings(path: Path | None = None) -> Settings:
    """Return the settings of ``path``, of the home's ``settings.toml``, or the defaults.

    Raises:
        SettingsError: The named file is missing, or a file has an unknown key or a value out of range.
    """
    if path is None:
        path = home() / "settings.toml"
        if not path.is_file():
            return Settings()
    where = f"settings file {path}"
    table = read_toml(path, SettingsError, "settings file")
    refuse_unknown(table, ("models_folder", "transcription", "notes"), SettingsError, where)
    folder = typed(table, "models_folder", str, SettingsError, where)
    return Settings(
        models_folder=(path.parent / Path(folder).expanduser()) if folder else None,
        transcription=_transcription(_section(table, "transcription", TranscriptionSettings, where), where),
        notes=_notes(_section(table, "notes", NotesSettings, where), where),
    )


def _section(table: dict[str, Any], key: str, kind: type[Any], where: str) -> dict[str, Any]:
    section = typed(table, key, dict, SettingsError, where) or {}
    refuse_unknown(section, (f.name for f in fields(kind)), SettingsError, f"{where}, [{key}]")
    return section


def _transcription(section: dict[str, Any], where: str) -> TranscriptionSettings:
    default = TranscriptionSettings()
    where = f"{where}, [transcription]"
    threads = typed(section, "threads", int, SettingsError, where)
    if threads is not None and not 1 <= threads <= _MOST_THREADS:
        raise SettingsError(f"{where}: 'threads' must be from 1 to {_MOST_THREADS}")
    return TranscriptionSettings(
        model=typed(section, "model", str, SettingsError, where) or default.model,
        language=typed(section, "language", str, SettingsError, where) or default.language,
        threads=threads or default.threads,
    )


_MOST_THREADS = 64


def _notes(section: dict[str, Any], where: str) -> NotesSettings:
    profile = typed(section, "profile", str, SettingsError, f"{where}, [notes]")
    if profile is None:
        return NotesSettings()
    if profile not in set(Profile):
        raise SettingsError(f"{where}, [notes]: 'profile' must be one of {', '.join(Profile)}")
    return NotesSettings(profile=Profile(profile))
