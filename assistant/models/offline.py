"""The offline switches of libraries that would otherwise go to a hub, report usage or look for updates."""

from __future__ import annotations

import os
import socket

SWITCHES = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    # A token in the user's home must not travel, should a request ever be made.
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "HF_HUB_DISABLE_XET": "1",
    # A debugging switch of the hub library that prints every request.
    "HF_DEBUG": "0",
    # ONNX Runtime from 1.31 on, on Linux too, keeps a device id and sends usage to its maker unless this is set
    # before it is imported.
    "ORT_DISABLE_TELEMETRY": "1",
    "DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    # Not a network switch: the tokenisers warn on standard error when a process forks after using threads.
    "TOKENIZERS_PARALLELISM": "false",
}
"""Environment variables and the values that keep a library at home."""


def go_offline() -> None:
    """Set every switch, whatever the user's environment says; call it before any such library is imported."""
    os.environ.update(SWITCHES)
    # urllib3, which several libraries import, opens a socket and binds it as it is imported, to try IPv6.
    socket.has_ipv6 = False
