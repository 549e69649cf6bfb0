"""What a site may choose, frozen, from one TOML file; an unknown key is refused by name.

The file is ``--settings FILE`` where the user typed it, else ``settings.toml`` in the assistant's home, else nothing:
every default is written here.
"""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from assistant.errors import SettingsError
from assistant.handout import NoteFormat
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


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a site."""

    models_folder: Path | None = None
    """Where the weights lie; None: the platform's data folder. ``ASSISTANT_MODELS`` goes before it."""
    transcription: TranscriptionSettings = TranscriptionSettings()
    notes: NotesSettings = NotesSettings()
    wording: WordingSettings = WordingSettings()
    live: LiveSettings = LiveSettings()


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
    refuse_unknown(table, ("models_folder", "transcription", "notes", "wording", "live"), SettingsError, where)
    folder = typed(table, "models_folder", str, SettingsError, where)
    return Settings(
        models_folder=(path.parent / Path(folder).expanduser()) if folder else None,
        transcription=_transcription(_section(table, "transcription", TranscriptionSettings, where), where),
        notes=_notes(_section(table, "notes", NotesSettings, where), f"{where}, [notes]", path.parent),
        wording=_wording(_section(table, "wording", WordingSettings, where), f"{where}, [wording]"),
        live=_live(_section(table, "live", LiveSettings, where), f"{where}, [live]", path.parent),
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


_Choice = TypeVar("_Choice", bound=StrEnum)


def _chosen(section: dict[str, Any], key: str, default: _Choice, where: str) -> _Choice:
    """Return one of the words that a setting knows."""
    kind = type(default)
    named = typed(section, key, str, SettingsError, where)
    if named is not None and named not in set(kind):
        raise SettingsError(f"{where}: {key!r} must be one of {', '.join(kind)}")
    return default if named is None else kind(named)


def _notes(section: dict[str, Any], where: str, beside: Path) -> NotesSettings:
    default = NotesSettings()
    template = typed(section, "template", str, SettingsError, where)
    form = _chosen(section, "format", default.format, where)
    if form is NoteFormat.OWN and not template:
        raise SettingsError(f"{where}: format = \"{form}\" needs 'template', the file of the group's own template")
    signature = typed(section, "signature", str, SettingsError, where) or ""
    if not signature.isprintable():
        raise SettingsError(f"{where}: 'signature' must be one line")
    return NotesSettings(
        profile=_chosen(section, "profile", default.profile, where),
        format=form,
        payer=_chosen(section, "payer", default.payer, where),
        template=(beside / Path(template).expanduser()) if template else None,
        signature=signature.strip(),
    )


def _wording(section: dict[str, Any], where: str) -> WordingSettings:
    default = WordingSettings()
    server = typed(section, "server", str, SettingsError, where) or ""
    kind = _chosen(section, "kind", default.kind, where)
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


def loopback_address(server: str) -> tuple[str, int]:
    """Return the literal address and the port of a server on this machine.

    Only a literal will do, for a name could be made to mean another machine; ``localhost`` is read as ``127.0.0.1``
    without asking anybody.

    Raises:
        SettingsError: It is not an ``http`` address of the loopback interface with a port.
    """
    match = _SERVER.fullmatch(server)
    if match is None:
        raise SettingsError("'server' must be like http://127.0.0.1:8080, with a port and nothing after it")
    host = "127.0.0.1" if match["host"] == "localhost" else match["host"].strip("[]")
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        literal = None
    port = int(match["port"])
    if literal is None or not literal.is_loopback or not 0 < port <= _LAST_PORT:
        raise SettingsError("'server' must be on this machine: http://127.0.0.1:PORT or http://[::1]:PORT")
    return host, port


_SERVER = re.compile(r"http://(?P<host>\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,253}):(?P<port>[0-9]{1,5})/?")
_LAST_PORT = 65_535
# Ollama serves some models from its maker's machines; their names end so.
_IN_A_CLOUD = re.compile(r"[:-]cloud\s*$", re.IGNORECASE)

_Number = TypeVar("_Number", int, float)


def _live(section: dict[str, Any], where: str, beside: Path) -> LiveSettings:
    named = typed(section, "profile", str, SettingsError, where)
    if named is not None and named not in set(SitePolicy):
        raise SettingsError(f"{where}: 'profile' must be one of {', '.join(SitePolicy)}")
    base = LiveSettings.of(SitePolicy(named or SitePolicy.LIVE))
    live_alerts = typed(section, "live_alerts", bool, SettingsError, where)
    if live_alerts and base.post_session_only:
        raise SettingsError(f"{where}: 'live_alerts' cannot be true beside profile = \"{base.profile}\": choose one")
    risk_flags = typed(section, "risk_flags", bool, SettingsError, where)
    advice = typed(section, "advice", str, SettingsError, where)
    return LiveSettings(
        profile=base.profile,
        live_alerts=base.live_alerts if live_alerts is None else live_alerts,
        risk_flags=base.risk_flags if risk_flags is None else risk_flags,
        idle_lock_minutes=_number(section, "idle_lock_minutes", base.idle_lock_minutes, (0.5, 120.0), where),
        quiet_minutes=_number(section, "quiet_minutes", base.quiet_minutes, (0.0, 240.0), where),
        audio_days=_number(section, "audio_days", base.audio_days, (0, _MOST_AUDIO_DAYS), where),
        transcript_days=_number(section, "transcript_days", base.transcript_days, (1, 3650), where),
        log_years=_number(section, "log_years", base.log_years, (_FEWEST_LOG_YEARS, 50), where),
        advice=(beside / Path(advice).expanduser()) if advice else None,
    )


_MOST_AUDIO_DAYS = 7
"""Audio is the most identifying thing there is: a week is for confirming the transcript (domain rule 9.3)."""
_FEWEST_LOG_YEARS = 6
"""What HIPAA asks of its documentation (domain rule 9.3)."""


def _number(
    section: dict[str, Any], key: str, default: _Number, limits: tuple[_Number, _Number], where: str
) -> _Number:
    """Return a number within limits; whole where the default is, else any."""
    value = section.get(key, default)
    whole = isinstance(default, int)
    lowest, highest = limits
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        raise SettingsError(f"{where}: {key!r} must be a {'whole ' if whole else ''}number")
    if not lowest <= value <= highest:
        raise SettingsError(f"{where}: {key!r} must be from {lowest:g} to {highest:g}")
    return type(default)(value)
