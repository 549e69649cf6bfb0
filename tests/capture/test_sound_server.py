"""Sound comes from this machine alone: a sound server on the network is refused before anything is opened."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from assistant.capture.sound_server import require_local
from assistant.errors import DeviceError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "server",
    [
        "tcp:10.0.0.7:4713",
        "tcp4:host",
        "tcp6:host",
        "studio.example",
        "192.0.2.1",
        "unix:/run/pulse/native tcp:10.0.0.7",
        "{0123abcd}tcp:host",
        "{0123abcd}unix:/run/pulse/native {4567}host",
    ],
)
def test_a_server_on_the_network_is_refused(server: str) -> None:
    """One line that says which variable, and not whose machine."""
    with pytest.raises(DeviceError, match="PULSE_SERVER points to sound on the network") as refused:
        require_local({"PULSE_SERVER": server})

    assert "\n" not in str(refused.value)
    assert server not in str(refused.value)


@pytest.mark.parametrize("name", ["PULSE_RUNTIME_PATH", "PULSE_RUNTIME"])
def test_a_folder_elsewhere_is_refused(name: str) -> None:
    """The folder of the socket is a folder."""
    with pytest.raises(DeviceError, match=name):
        require_local({name: "tcp:10.0.0.7"})


@pytest.mark.parametrize("server", ["", "/run/pulse/native", "unix:/run/pulse/native", "{0123abcd}unix:/run/native"])
def test_a_socket_of_this_machine_will_do(server: str, tmp_path: Path) -> None:
    """What names none, or a path."""
    require_local({"PULSE_SERVER": server, "PULSE_CLIENTCONFIG": str(tmp_path / "none"), "PULSE_RUNTIME_PATH": "/run"})


@pytest.mark.parametrize("place", [".config/pulse/client.conf", ".pulse/client.conf", ".pulse/client.conf.d/a.conf"])
def test_a_settings_file_is_looked_into(place: str, tmp_path: Path) -> None:
    """PulseAudio's own file may point away too."""
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text("; default-server = tcp:a\n# default-server = b\n  default-server = tcp:c ; the loft\n")

    with pytest.raises(DeviceError, match="default-server"):
        require_local({"HOME": str(tmp_path)})


def test_no_microphone_is_looked_for_there(tmp_path: Path) -> None:
    """The list of microphones is not even asked for: PortAudio is not loaded."""
    code = (
        "import sys\n"
        "from assistant.capture.devices import devices\n"
        "from assistant.errors import DeviceError\n"
        "try:\n"
        "    devices()\n"
        "except DeviceError as refused:\n"
        "    print(refused)\n"
        "print('sounddevice' in sys.modules)\n"
    )
    environment = {**os.environ, "PULSE_SERVER": "tcp:192.0.2.1", "HOME": str(tmp_path)}

    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)

    line, loaded = done.stdout.splitlines()
    assert "network" in line
    assert loaded == "False"
