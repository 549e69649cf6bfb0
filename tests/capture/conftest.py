"""A microphone made of software: a sound server of the test's own, and what is played into it can be recorded.

Needs ``pulseaudio``, ``pulseaudio-utils``, ``libasound2-plugins`` and ``libportaudio2`` (Debian's names). Where one is
missing the tests fail in CI, which sets the variable ``CI``, and are skipped elsewhere.
"""

from __future__ import annotations

import ctypes.util
import os
import select
import shutil
import signal
import subprocess
import time
from threading import Thread
from typing import IO, TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ALSA = """\
pcm.!default { type pulse hint { show on description "the system's choice" } }
ctl.!default { type pulse }
pcm.room { type pulse device "room.monitor" hint { show on description "one microphone" } }
pcm.table { type pulse device "table.monitor" hint { show on description "a microphone per seat" } }
"""
"""PortAudio lists what ALSA lists, and ALSA reads this file alone where ALSA_CONFIG_PATH names it."""

LONGEST_S = 20.0
"""Seconds to wait for the daemon."""

_SEATS = "front-left,front-right,rear-left,rear-right"
"""ALSA's order of four tracks; with another one the server mixes them."""

_SINKS = {"room": "rate=48000 channels=1", "table": f"rate=48000 channels=4 channel_map={_SEATS}"}


class VirtualMicrophone:
    """A private PulseAudio daemon whose outputs can be recorded; it can be broken in every way a real one breaks.

    Args:
        folder: Where its socket and its configuration stand; short, because the path of a socket is.
    """

    device = "room"
    """What ``Microphone`` is given: one track."""
    table = "table"
    """Another device, with four tracks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "native"
        self._daemon: subprocess.Popen[bytes] | None = None
        self._listeners: list[subprocess.Popen[bytes]] = []
        self._players: list[subprocess.Popen[bytes]] = []
        self.environment = {"PULSE_SERVER": f"unix:{self._socket}", "ALSA_CONFIG_PATH": str(folder / "alsa.conf")}
        (folder / "alsa.conf").write_text(_ALSA)
        script = [f"load-module module-native-protocol-unix socket={self._socket} auth-anonymous=1"]
        script += [f"load-module module-null-sink sink_name={name} {kind}" for name, kind in _SINKS.items()]
        script += ["set-default-source room.monitor", "set-default-sink room"]
        (folder / "start.pa").write_text("\n".join(script))

    def start(self) -> None:
        """Start the daemon and wait until its devices give sound."""
        script = str(self._folder / "start.pa")
        words = ["pulseaudio", "-n", "-F", script, "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
        self._daemon = subprocess.Popen(
            [*words, "--daemonize=no"],
            # Neither the user's configuration nor a running session's daemon has a say.
            env={"PATH": os.environ["PATH"], "HOME": str(self._folder), "XDG_RUNTIME_DIR": str(self._folder)},
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + LONGEST_S
        while self._control("info", check=False) != 0:
            assert self._daemon.poll() is None, "pulseaudio ended"
            assert time.monotonic() < deadline, "pulseaudio does not answer"
            time.sleep(0.05)
        self._listen()

    def kill(self) -> None:
        """End the daemon with what plays and listens, as if the sound system had crashed."""
        if self._daemon is not None:
            _end([self._daemon])
        self._daemon = None
        _end(self._listeners)
        _end(self._players)

    def freeze(self) -> None:
        """Stop the daemon where it stands: whoever asks it anything waits."""
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen daemon go on."""
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGCONT)

    def unplug(self) -> None:
        """Take the devices away; the daemon goes on."""
        self._control("unload-module", "module-null-sink")

    def plug_in(self) -> None:
        """Bring the devices back."""
        for name, kind in _SINKS.items():
            self._control("load-module", "module-null-sink", f"sink_name={name}", *kind.split())
        self._listen()

    def play(self, path: Path, device: str = device) -> subprocess.Popen[bytes]:
        """Play a recording (WAV or FLAC) where the microphone hears it, and nothing else; returns while it plays."""
        self.hush()
        seats = [f"--channel-map={_SEATS}"] if device == self.table else []
        player = self._run("paplay", f"--device={device}", *seats, str(path))
        self._players.append(player)
        return player

    def hush(self) -> None:
        """End what plays."""
        _end(self._players)

    def _listen(self) -> None:
        """Keep the monitors awake: one that nobody listens to sleeps for two seconds, as no microphone does."""
        begun = [
            self._run("parec", f"--device={name}.monitor", "--latency-msec=20", stdout=subprocess.PIPE)
            for name in _SINKS
        ]
        self._listeners += begun
        for listener in begun:
            assert listener.stdout is not None
            assert select.select([listener.stdout], [], [], LONGEST_S)[0], "the virtual microphone gives no sound"
            Thread(target=_forget, args=(listener.stdout,), daemon=True).start()

    def _run(self, *words: str, stdout: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        environment = {**os.environ, **self.environment}
        return subprocess.Popen(words, env=environment, stdout=stdout, stderr=subprocess.DEVNULL)

    def _control(self, *words: str, check: bool = True) -> int:
        process = self._run("pactl", *words)
        code = process.wait(timeout=LONGEST_S)
        assert code == 0 or not check
        return code


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    while processes:
        process = processes.pop()
        process.kill()
        process.wait(timeout=LONGEST_S)


def _forget(stream: IO[bytes]) -> None:
    with stream:
        while stream.read(65_536):
            pass


def _missing() -> list[str]:
    programs = [name for name in ("pulseaudio", "pactl", "paplay", "parec") if shutil.which(name) is None]
    return programs + ([] if ctypes.util.find_library("portaudio") else ["libportaudio2"])


@pytest.fixture(scope="module")
def virtual_microphone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualMicrophone]:
    """A running virtual microphone; this process and its children see no other device.

    The tests of a file share it, because it takes seconds to start: one that breaks it mends it.
    """
    if missing := _missing():
        reason = f"the virtual microphone needs {', '.join(missing)}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    microphone = VirtualMicrophone(tmp_path_factory.mktemp("pulse"))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in microphone.environment.items():
            patch.setenv(name, value)
        microphone.start()
        try:
            yield microphone
        finally:
            microphone.kill()
