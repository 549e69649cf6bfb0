"""Addresses of this machine's own loopback interface: the only ones that anything here may connect to."""

from __future__ import annotations

import ipaddress
import re

from assistant.errors import SettingsError

_SERVER = re.compile(r"http://(?P<host>\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,253}):(?P<port>[0-9]{1,5})/?")
_LAST_PORT = 65_535


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
