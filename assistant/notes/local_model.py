"""The clinic's own language model on this machine's loopback address: the one seam through which a note is asked about.

Off unless the settings name a server (``settings.WordingSettings``). The socket is made here from a literal address and
looked at before a byte is sent; no proxy, no redirect, no name is ever followed, and what comes back is bounded in time
and size. What the server says in an error is never repeated: it may hold the prompt.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import json
import socket
import threading
from typing import TYPE_CHECKING

from assistant.errors import ModelError
from assistant.loopback import loopback_address
from assistant.settings import WordingKind

if TYPE_CHECKING:
    from assistant.settings import WordingSettings

PATIENCE_SECONDS = 120.0
"""For one answer: a small model on a laptop writes a few words a second."""

LARGEST_ANSWER = 400_000
"""Bytes."""

MOST_TOKENS = 1_024
"""That a model may write: a page."""

_OK = 200


class LocalModel:
    """A llama.cpp or Ollama server.

    Args:
        settings: Where it listens and what it is.
        patience: Seconds for one answer, whatever the server does.

    Raises:
        SettingsError: The address is not one of this machine's own.
    """

    def __init__(self, settings: WordingSettings, patience: float = PATIENCE_SECONDS) -> None:
        self._host, self._port = loopback_address(settings.server)
        self._kind = settings.kind
        self._model = settings.model
        self._patience = patience

    def answer(self, prompt: str) -> str:
        """Return what the model writes after a prompt; nothing of either is kept here.

        Raises:
            ModelError: It does not answer, too late, or with something else than an answer.
        """
        path, key, order = self._order(prompt)
        raw = self._post(path, json.dumps(order).encode())
        try:
            told = json.loads(raw)
        except (ValueError, RecursionError):
            told = None
        text = told.get(key) if isinstance(told, dict) else None
        if not isinstance(text, str):
            raise ModelError(f"{self._where} gave no answer that can be read: check [wording] 'kind' in the settings")
        return text

    @property
    def _where(self) -> str:
        return f"the local language model at port {self._port}"

    def _order(self, prompt: str) -> tuple[str, str, dict[str, object]]:
        """Return path, key of the answer, and body. No cache: two members' lines never meet in one (X18)."""
        if self._kind is WordingKind.OLLAMA:
            options = {"temperature": 0, "num_predict": MOST_TOKENS}
            body = {"model": self._model, "prompt": prompt, "stream": False, "options": options, "keep_alive": 0}
            return "/api/generate", "response", body
        body = {"prompt": prompt, "n_predict": MOST_TOKENS, "temperature": 0, "stream": False, "cache_prompt": False}
        return "/completion", "content", body

    def _post(self, path: str, body: bytes) -> bytes:
        connection = _Loopback(self._host, self._port, timeout=self._patience)
        # A server that sends a byte now and then outlasts every timeout of a socket: this ends it all the same.
        late = threading.Event()
        watch = threading.Timer(self._patience, _give_up, (connection, late))
        watch.daemon = True
        watch.start()
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json", "Connection": "close"})
            with contextlib.closing(connection.getresponse()) as response:
                status = response.status
                raw = response.read(LARGEST_ANSWER + 1) if status == _OK else b""
        except (OSError, http.client.HTTPException, ValueError):
            late_or_gone = "took too long" if late.is_set() else "does not answer"
            raise ModelError(f"{self._where} {late_or_gone}: start it, or take 'server' out of [wording]") from None
        finally:
            watch.cancel()
            connection.close()
        if late.is_set():
            raise ModelError(f"{self._where} took too long: choose a smaller model, or take 'server' out of [wording]")
        if status != _OK:
            raise ModelError(f"{self._where} refused with status {status}: check [wording] 'kind' and 'model'")
        if len(raw) > LARGEST_ANSWER:
            raise ModelError(f"{self._where} answered with more than {LARGEST_ANSWER} bytes: check what it is")
        return raw


def local_model(settings: WordingSettings) -> LocalModel | None:
    """Return the clinic's model; None where help with wording is off."""
    return LocalModel(settings) if settings.server else None


class _Loopback(http.client.HTTPConnection):
    """A connection that is made to a literal loopback address, or not at all."""

    made: socket.socket | None = None
    """Held on to, because a response takes the connection's own away."""

    def connect(self) -> None:
        """Connect without asking any resolver, and make sure where to."""
        family = socket.AF_INET6 if _own(self.host).version == _SIX else socket.AF_INET
        self.made = self.sock = socket.socket(family, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect((self.host, self.port))
        _own(self.sock.getpeername()[0])


_SIX = 6


def _own(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return an address of this machine; OSError for any other."""
    literal = ipaddress.ip_address(address)
    if not literal.is_loopback:
        raise OSError
    return literal


def _give_up(connection: _Loopback, late: threading.Event) -> None:
    late.set()
    if connection.made is not None:
        # It may have ended by itself a moment ago.
        with contextlib.suppress(OSError):
            connection.made.shutdown(socket.SHUT_RDWR)
