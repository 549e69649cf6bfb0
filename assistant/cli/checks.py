"""The checks behind ``assistant doctor``. Each looks at one thing, changes nothing, and says what to do."""

from __future__ import annotations

import ctypes.util
import os
import platform
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant import settings
from assistant.models.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant.models.store import ModelStore

_FREE_WARN = 2_000_000_000
"""Bytes: a two-hour session, its drafts and the models again, with room to spare."""
_FREE_FAIL = 200_000_000
_MEMORY_WARN = 4_000_000_000
"""Bytes: the pipeline needs up to 2.5 GB, and the system wants to live too."""
_CORES_WARN = 2
_LOAD_LIMIT_S = 60.0
_TRIED_PYTHONS = ((3, 11), (3, 12), (3, 13))
_LIBRARIES = {
    "FFmpeg (av)": (
        "import av; v = av.library_versions; "
        "print(av.__version__, *(n + ' ' + '.'.join(map(str, v[n])) for n in ('libavformat', 'libavcodec') if n in v))"
    ),
    "speech recogniser (ctranslate2)": "import ctranslate2; print(ctranslate2.__version__)",
    "models (onnxruntime)": "import onnxruntime; print(onnxruntime.__version__)",
    "language (spacy)": "import spacy; print(spacy.__version__)",
    "vault (sqlcipher3)": (
        "import sqlcipher3; print(sqlcipher3.connect(':memory:').execute('PRAGMA cipher_version').fetchone()[0])"
    ),
    "screen (textual)": "import textual; print(textual.__version__)",
}
"""Loaded in a process of its own: a broken shared library may end the process that loads it."""


class State(StrEnum):
    """How a check went."""

    OK = "ok"
    WARN = "warn"
    """Works, but something is missing that some uses need."""
    FAIL = "fail"
    """A session cannot be processed until it is mended."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: State
    found: str
    remedy: str = ""
    """What to do; empty where nothing is."""


def checks(models: ModelStore) -> tuple[Check, ...]:
    """Look at everything; takes a few seconds, most of it the digests."""
    return (
        check_python(),
        *check_models(models),
        *(check_library(name, code) for name, code in _LIBRARIES.items()),
        check_portaudio(),
        check_disk(models.root),
        *check_permissions(models.root, settings.home()),
        check_vault(settings.home() / "vault"),
        check_machine(),
    )


def check_python() -> Check:
    """Check the version of Python."""
    version = f"Python {platform.python_version()}"
    if sys.version_info[:2] not in _TRIED_PYTHONS:
        return Check("Python", State.WARN, version, "the program was tried with Python 3.11 to 3.13: use one of these")
    return Check("Python", State.OK, version)


def check_models(models: ModelStore) -> Iterator[Check]:
    """Check each model and the digest of every file of it."""
    shipped = {model.name for model in models.manifest.models}
    for model in models.models:
        wrong = models.problems(model.name)
        name = f"model {model.name}"
        if not wrong:
            yield Check(name, State.OK, f"{counted(len(model.files), 'file')}, every SHA-256 is right")
        elif model.name in shipped:
            more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
            yield Check(name, State.FAIL, wrong[0] + more, "run 'assistant models install'")
        else:
            yield Check(name, State.WARN, wrong[0], "run 'assistant models add whisper DIR' again")


def check_library(name: str, code: str) -> Check:
    """Check that a library loads, and which version it is."""
    try:
        tried = subprocess.run(  # noqa: S603  this Python, with one of the lines above
            [sys.executable, "-P", "-c", code], capture_output=True, text=True, timeout=_LOAD_LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return Check(name, State.FAIL, "does not load in time", "install the program again")
    if tried.returncode != 0:
        return Check(
            name, State.FAIL, "does not load", "install the program again with 'pip install --force-reinstall'"
        )
    return Check(name, State.OK, tried.stdout.strip())


def check_portaudio() -> Check:
    """Check for the system's sound library, which only the live room needs."""
    found = ctypes.util.find_library("portaudio")
    if found:
        return Check("sound (PortAudio)", State.OK, found)
    remedy = {
        "Linux": "for live sessions install it with the system's packages (libportaudio2 or portaudio)",
    }.get(platform.system(), "the microphone library brings its own; nothing to do for recordings")
    return Check("sound (PortAudio)", State.WARN, "not found; needed for the live room only", remedy)


def check_disk(folder: Path) -> Check:
    """Check the room on the disk of the models."""
    free = shutil.disk_usage(_existing(folder)).free
    found = f"{free / 1e9:.1f} GB free"
    if free < _FREE_FAIL:
        return Check("disk", State.FAIL, found, "make room")
    if free < _FREE_WARN:
        return Check("disk", State.WARN, found, "make room before the next session")
    return Check("disk", State.OK, found)


def check_permissions(models: Path, home: Path) -> Iterator[Check]:
    """Check that the folders can be used, that nobody else can change the models or read the home."""
    if not os.access(_existing(models), os.R_OK | os.X_OK):
        yield Check("models folder", State.FAIL, f"{models} cannot be read", "give your account access to it")
    elif models.exists() and _mode(models) & stat.S_IWOTH:
        yield Check("models folder", State.WARN, f"anybody may change {models}", f"run: chmod o-w '{models}'")
    else:
        yield Check("models folder", State.OK, str(models))
    if not os.access(_existing(home), os.W_OK | os.X_OK):
        yield Check("home folder", State.FAIL, f"{home} cannot be written", "give your account access to it")
    elif home.exists() and _mode(home) & (stat.S_IRWXG | stat.S_IRWXO):
        yield Check("home folder", State.WARN, f"other accounts may look into {home}", f"run: chmod 700 '{home}'")
    else:
        yield Check("home folder", State.OK, str(home) if home.exists() else f"{home} (not there yet)")


def check_vault(folder: Path) -> Check:
    """Check whether there is a vault, which only live sessions need; it is not opened."""
    if (folder / "vault.toml").is_file():
        return Check("vault", State.OK, str(folder))
    return Check("vault", State.WARN, "none yet; needed for live sessions only", "run 'assistant vault create'")


def check_machine() -> Check:
    """Check memory and cores."""
    cores = os.cpu_count() or 1
    memory = _memory()
    found = counted(cores, "core") + (f", {memory / 1e9:.1f} GB memory" if memory else "")
    if cores < _CORES_WARN or (memory and memory < _MEMORY_WARN):
        return Check("machine", State.WARN, found, "long recordings will be slow: close other programs")
    return Check("machine", State.OK, found)


def _memory() -> int | None:
    """Return the bytes of memory, where the system tells."""
    if sys.platform == "win32" or "SC_PHYS_PAGES" not in os.sysconf_names:
        return None
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _mode(path: Path) -> int:
    # Windows has no such bits; it reports a folder as open to all, which says nothing.
    return 0 if sys.platform == "win32" else path.stat().st_mode


def _existing(path: Path) -> Path:
    while not path.exists() and path != path.parent:
        path = path.parent
    return path
