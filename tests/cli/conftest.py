"""The command as a user types it, in a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.models.places import models_folder


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def assistant(tmp_path: Path) -> Command:
    """Run ``assistant`` in a new process with its own home, temporary folder and current folder."""
    places = {name: tmp_path / name for name in ("home", "temp", "here")}
    for place in places.values():
        place.mkdir()

    def run(*words: str | Path, timeout: float = 240.0, **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "assistant", *map(str, words)],
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            cwd=places["here"],
            env={
                **os.environ,
                "ASSISTANT_MODELS": str(models_folder()),
                "ASSISTANT_HOME": str(places["home"]),
                "TMPDIR": str(places["temp"]),
                "COLUMNS": "200",
                **environment,
            },
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run
