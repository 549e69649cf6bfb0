"""The command as a user types it, in a home of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.models.places import models_folder

COMMAND = "import runpy; runpy.run_module('assistant', run_name='__main__', alter_sys=True)"

LONGEST_S = 240.0

WITHOUT_PRIVILEGE = """
import ctypes, os, sys
if os.geteuid() == 0:
    # Root writes wherever it likes by the capabilities DAC_OVERRIDE and DAC_READ_SEARCH: a new program goes without.
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "assistant", *sys.argv[1:]])
"""

NETWORK_REFUSED = """
import ctypes, os, platform, socket, sys

def refuse(event, arguments):
    if event in {"socket.__new__", "socket.bind", "socket.connect", "socket.sendto", "socket.getaddrinfo"}:
        # Not an exception: a library would swallow it.
        os.write(2, f"refused: {event}\\n".encode())
        os._exit(99)

sys.addaudithook(refuse)
number = {"x86_64": 41, "aarch64": 198}.get(platform.machine()) if sys.platform == "linux" else None
if number is not None:
    # Native libraries raise no audit events: here the kernel ends whoever asks for an internet socket (seccomp).
    class Step(ctypes.Structure):
        _fields_ = [("code", ctypes.c_uint16), ("jt", ctypes.c_uint8), ("jf", ctypes.c_uint8), ("k", ctypes.c_uint32)]
    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_uint16), ("steps", ctypes.POINTER(Step))]
    steps = (Step * 7)(
        Step(0x20, 0, 0, 0), Step(0x15, 0, 3, number), Step(0x20, 0, 0, 16), Step(0x15, 2, 0, int(socket.AF_INET)),
        Step(0x15, 1, 0, int(socket.AF_INET6)), Step(0x06, 0, 0, 0x7FFF0000), Step(0x06, 0, 0, 0x80000000),
    )
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(38, 1, 0, 0, 0) or system.prctl(22, 2, ctypes.byref(Program(7, steps)), 0, 0):
        sys.exit("no filter")
"""


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def one_clear_line(self) -> str:
        """Return the only line of the error output; it ended with exit 2 and without a traceback."""
        assert self.code == 2, (self.code, self.err)
        assert "Traceback" not in self.err
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, lines
        return lines[0]


@dataclass(frozen=True)
class Command:
    """Runs ``assistant`` in a new process with its own home, temporary folder and current folder."""

    home: Path
    temp: Path
    here: Path
    without_privilege: str = WITHOUT_PRIVILEGE
    """For ``first``: even for root, permissions are what they say."""
    network_refused: str = NETWORK_REFUSED
    """For ``first``: whatever asks for the network ends the process, in Python (exit 99) or below it (a signal)."""

    def __call__(self, *words: str | Path, first: str = "", **environment: str) -> Ran:
        """Run the command with these words.

        Args:
            words: As typed after ``assistant``.
            first: Python that is run before it in the same process.
            environment: Variables, beside the folders.
        """
        start = ["-m", "assistant"] if not first else ["-c", f"{first}\n{COMMAND}"]
        done = subprocess.run(
            [sys.executable, *start, *map(str, words)],
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
            cwd=self.here,
            env={
                **os.environ,
                "ASSISTANT_MODELS": str(models_folder()),
                "ASSISTANT_HOME": str(self.home),
                "TMPDIR": str(self.temp),
                "COLUMNS": "200",
                **environment,
            },
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def left_behind(self) -> dict[str, bytes]:
        """Return the content of every file in the home, the temporary and the current folder, by path."""
        return {
            str(path): path.read_bytes()
            for folder in (self.home, self.temp, self.here)
            for path in folder.rglob("*")
            if path.is_file()
        }


def new_command(folder: Path) -> Command:
    """Return a command whose folders lie in ``folder``."""
    command = Command(folder / "home", folder / "temp", folder / "here")
    for place in (command.home, command.temp, command.here):
        place.mkdir()
    return command


@pytest.fixture
def assistant(tmp_path: Path) -> Command:
    """The command, for one test."""
    return new_command(tmp_path)


@pytest.fixture(scope="module")
def assistant_for_all(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """The command, for one long run that several tests of a file look at."""
    return new_command(tmp_path_factory.mktemp("for-all"))


@pytest.fixture
def session(smoke: Path, tmp_path: Path) -> Path:
    """A copy of the short sample that a test may spoil."""
    return Path(shutil.copytree(smoke, tmp_path / "session"))
