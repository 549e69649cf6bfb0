"""What a site may choose, frozen, from one TOML file; an unknown key is refused by name.

The file is ``--settings FILE`` where the user typed it, else ``settings.toml`` in the assistant's home, else nothing:
every default is written here.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import platformdirs

from assistant.errors import SettingsError
from assistant.handout import NoteFormat
from assistant.loopback import loopback_address
from assistant.tables import number, one_of, read_toml, refuse_unknown, typed


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


class Payer(StrEnum):
    """A named list of the fields that may not be empty when a note is signed (domain rule 4.1)."""

    STANDARD = "standard"
    """What a Medicare contractor and a county ask for."""
    SHORT = "short"
    """What a small practice keeps."""


@dataclass(frozen=True, slots=True)
class NotesSettings:
    """Drafts, and the notes that they become."""

    profile: Profile = Profile.CHART
    format: NoteFormat = NoteFormat.PROGRESS
    payer: Payer = Payer.STANDARD
    template: Path | None = None
    """The group's own template (Jinja2), for ``format = "own"``."""
    signature: str = field(default="", repr=False)
    """Name and credentials that a clinician is offered when signing."""


class WordingKind(StrEnum):
    """Which program serves the clinic's own language model."""

    LLAMA_CPP = "llama.cpp"
    OLLAMA = "ollama"


@dataclass(frozen=True, slots=True)
class WordingSettings:
    """Help with wording, by a language model that the clinic runs on this machine; off until a server is named."""

    server: str = ""
    """``http://127.0.0.1:8080``; empty: off, and the built-in wording stands. Nothing but this machine's own loopback
    address will do."""
    kind: WordingKind = WordingKind.LLAMA_CPP
    model: str = ""
    """Name of the model, which Ollama asks for."""


class SitePolicy(StrEnum):
    """A named choice of what the program may do while a session runs; single switches may be set beside it."""

    LIVE = "live"
    """Warnings while people speak, risk language among them."""
    POST_SESSION = "post-session only"
    """Nothing is warned of while people speak; what deserves an eye is listed when the session is closed."""
    ILLINOIS = "illinois"
    """As ``live``, without risk language until the site opts in with ``risk_flags = true`` (domain rule 5.4)."""


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """A session as it runs, and how long what it leaves behind is kept."""

    profile: SitePolicy = SitePolicy.LIVE
    live_alerts: bool = True
    """Whether anything is warned of while people speak. False: the rules are not even loaded."""
    risk_flags: bool = True
    """Whether risk language is looked for at all, live or afterwards. False: what looks for it is not even loaded."""
    idle_lock_minutes: float = 5.0
    """After so long without a key the screen hides its text; recording goes on (domain rule 9.1)."""
    quiet_minutes: float = 30.0
    """After so long without a voice recording pauses by itself; 0: never."""
    audio_days: int = 0
    """Days that audio is kept after a session is closed; 0: it is destroyed at close (domain rule 9.3)."""
    transcript_days: int = 30
    log_years: int = 6
    advice: Path | None = None
    """The site's own texts beneath a warning (TOML); None: those that are shipped."""

    @classmethod
    def of(cls, profile: SitePolicy) -> LiveSettings:
        """Return the settings that a named policy stands for."""
        return cls(
            profile=profile,
            live_alerts=profile is not SitePolicy.POST_SESSION,
            risk_flags=profile is not SitePolicy.ILLINOIS,
        )

    @property
    def post_session_only(self) -> bool:
        """Whether warnings wait for the end of the session by the site's named choice."""
        return self.profile is SitePolicy.POST_SESSION


class Synthesiser(StrEnum):
    """Which program speaks a training sample; the one that is named must be installed."""

    PIPER = "piper"
    ESPEAK = "espeak-ng"


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """Samples to teach with."""

    population: Path | None = None
    """Table of shares of the population where the groups live (TOML); None: the one that is shipped."""
    catchment: int = 250_000
    """How many people live where a group's members may come from."""
    speech: Synthesiser | None = None
    """What speaks a sample; None: whichever is installed."""
    piper_voice: Path | None = None
    """Piper's voice file (.onnx)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a site."""

    models_folder: Path | None = None
    """Where the weights lie; None: the platform's data folder. ``ASSISTANT_MODELS`` goes before it."""
    transcription: TranscriptionSettings = TranscriptionSettings()
    notes: NotesSettings = NotesSettings()
    wording: WordingSettings = WordingSettings()
    live: LiveSettings = LiveSettings()
    training: TrainingSettings = TrainingSettings()


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
    known = ("models_folder", "transcription", "notes", "wording", "live", "training")
    refuse_unknown(table, known, SettingsError, where)
    folder = typed(table, "models_folder", str, SettingsError, where)
    return Settings(
        models_folder=(path.parent / Path(folder).expanduser()) if folder else None,
        transcription=_transcription(_section(table, "transcription", TranscriptionSettings, where), where),
        notes=_notes(_section(table, "notes", NotesSettings, where), f"{where}, [notes]", path.parent),
        wording=_wording(_section(table, "wording", WordingSettings, where), f"{where}, [wording]"),
        live=_live(_section(table, "live", LiveSettings, where), f"{where}, [live]", path.parent),
        training=_training(_section(table, "training", TrainingSettings, where), f"{where}, [training]", path.parent),
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


def _notes(section: dict[str, Any], where: str, beside: Path) -> NotesSettings:
    default = NotesSettings()
    template = typed(section, "template", str, SettingsError, where)
    form = one_of(section, "format", default.format, SettingsError, where)
    if form is NoteFormat.OWN and not template:
        raise SettingsError(f"{where}: format = \"{form}\" needs 'template', the file of the group's own template")
    signature = typed(section, "signature", str, SettingsError, where) or ""
    if not signature.isprintable():
        raise SettingsError(f"{where}: 'signature' must be one line")
    return NotesSettings(
        profile=one_of(section, "profile", default.profile, SettingsError, where),
        format=form,
        payer=one_of(section, "payer", default.payer, SettingsError, where),
        template=(beside / Path(template).expanduser()) if template else None,
        signature=signature.strip(),
    )


def _wording(section: dict[str, Any], where: str) -> WordingSettings:
    default = WordingSettings()
    server = typed(section, "server", str, SettingsError, where) or ""
    kind = one_of(section, "kind", default.kind, SettingsError, where)
    model = typed(section, "model", str, SettingsError, where) or ""
    if server:
        try:
            loopback_address(server)
        except SettingsError as refusal:
            raise SettingsError(f"{where}: {refusal}") from None
        if kind is WordingKind.OLLAMA and not model:
            raise SettingsError(f"{where}: kind = \"{kind}\" needs 'model', the name of an installed model")
    if _IN_A_CLOUD.search(model):
        raise SettingsError(f"{where}: 'model' names one that runs on somebody else's machine: choose a local one")
    return WordingSettings(server=server, kind=kind, model=model)


# Ollama serves some models from its maker's machines; their names end so.
_IN_A_CLOUD = re.compile(r"[:-]cloud\s*$", re.IGNORECASE)


def _live(section: dict[str, Any], where: str, beside: Path) -> LiveSettings:
    base = LiveSettings.of(one_of(section, "profile", SitePolicy.LIVE, SettingsError, where))
    live_alerts = typed(section, "live_alerts", bool, SettingsError, where)
    if live_alerts and base.post_session_only:
        raise SettingsError(f"{where}: 'live_alerts' cannot be true beside profile = \"{base.profile}\": choose one")
    risk_flags = typed(section, "risk_flags", bool, SettingsError, where)
    advice = typed(section, "advice", str, SettingsError, where)
    return LiveSettings(
        profile=base.profile,
        live_alerts=base.live_alerts if live_alerts is None else live_alerts,
        risk_flags=base.risk_flags if risk_flags is None else risk_flags,
        idle_lock_minutes=number(
            section, "idle_lock_minutes", base.idle_lock_minutes, (0.5, 120.0), SettingsError, where
        ),
        quiet_minutes=number(section, "quiet_minutes", base.quiet_minutes, (0.0, 240.0), SettingsError, where),
        audio_days=number(section, "audio_days", base.audio_days, (0, _MOST_AUDIO_DAYS), SettingsError, where),
        transcript_days=number(section, "transcript_days", base.transcript_days, (1, 3650), SettingsError, where),
        log_years=number(section, "log_years", base.log_years, (_FEWEST_LOG_YEARS, 50), SettingsError, where),
        advice=(beside / Path(advice).expanduser()) if advice else None,
    )


def _training(section: dict[str, Any], where: str, beside: Path) -> TrainingSettings:
    default = TrainingSettings()
    population = typed(section, "population", str, SettingsError, where)
    voice = typed(section, "piper_voice", str, SettingsError, where)
    speech = typed(section, "speech", str, SettingsError, where)
    if speech is not None and speech not in set(Synthesiser):
        raise SettingsError(f"{where}: 'speech' must be one of {', '.join(Synthesiser)}")
    return TrainingSettings(
        population=(beside / Path(population).expanduser()) if population else None,
        catchment=number(section, "catchment", default.catchment, _CATCHMENTS, SettingsError, where),
        speech=None if speech is None else Synthesiser(speech),
        piper_voice=(beside / Path(voice).expanduser()) if voice else None,
    )


_CATCHMENTS = (100, 100_000_000)

_MOST_AUDIO_DAYS = 7
"""Audio is the most identifying thing there is: a week is for confirming the transcript (domain rule 9.3)."""
_FEWEST_LOG_YEARS = 6
"""What HIPAA asks of its documentation (domain rule 9.3)."""
