"""Where the system's sound would come from: this machine alone.

PulseAudio's own library, which PortAudio talks to on Linux, goes wherever its environment or its settings file point:
also to a server on the network. Then sound, and with it speech, would travel over it; so that is refused beforehand.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SERVERS = ("PULSE_SERVER",)
_FOLDERS = ("PULSE_RUNTIME_PATH", "PULSE_RUNTIME")
_LOCAL = ("/", "unix:")


def require_local(environment: Mapping[str, str] = os.environ) -> None:
    """Refuse a sound server that is not on this machine.

    Args:
        environment: Of this process.

    Raises:
        DeviceError: The environment or PulseAudio's settings name one; says which of them, never its address.
    """
    for name in _SERVERS:
        if not _is_local(environment.get(name, "")):
            raise DeviceError(f"{name} points to sound on the network, which nothing here may use: {_REMEDY}")
    for name in _FOLDERS:
        if not environment.get(name, "/").startswith("/"):
            raise DeviceError(f"{name} is no folder of this machine: {_REMEDY}")
    if environment.get("PULSE_SERVER"):
        # It goes before every file.
        return
    for path in _settings_files(environment):
        for server in _default_servers(path):
            if not _is_local(server):
                raise DeviceError(f"{path} points to sound on the network: take 'default-server' out of it")


_REMEDY = "unset it, or give it the path of a local socket"


def _is_local(servers: str) -> bool:
    """Whether every address in PulseAudio's list of them is a socket of this machine; an empty list is."""
    # An address may be limited to one machine by its id in braces before it.
    addresses = (one.rpartition("}")[2] for one in servers.split())
    return all(address.startswith(_LOCAL) for address in addresses)


def _settings_files(environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield the files that PulseAudio's library may read, whether they are there or not."""
    chosen = environment.get("PULSE_CLIENTCONFIG")
    if chosen:
        yield Path(chosen)
        return
    home = Path(environment.get("HOME") or Path.home())
    main = (Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "pulse", home / ".pulse", Path("/etc/pulse"))
    for folder in main:
        yield folder / "client.conf"
        yield from sorted((folder / "client.conf.d").glob("*.conf"))


def _default_servers(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        # Not there, or not for us to read: then it is not for PulseAudio's library either.
        return
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if equals and name.strip() == "default-server":
            yield value.split("#")[0].split(";")[0].strip()
