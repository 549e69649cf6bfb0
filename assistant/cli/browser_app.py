"""One app behind a page of the browser. The only file that imports ``textual_serve``.

Of that library this takes the wire to the app and the terminal that a page shows. It starts and ends the app otherwise:
without a shell, with nothing printed, with nothing handed out, and for certain.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import textual_serve
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Sequence

    from aiohttp import web

STATIC = Path(textual_serve.__file__).parent / "static"
"""Where the terminal for the page lies: script, style and type."""

_END_S = 10.0
"""Seconds in which an app closes what it has open."""
_BREAK_S = 3.0
"""Seconds for one that has to be told twice."""


class App(AppService):
    """One app, and what it draws; it is started and ended otherwise than in ``textual_serve``.

    Args:
        command: Starts it.
        page: Shows it.
    """

    def __init__(self, command: Sequence[str], page: web.WebSocketResponse) -> None:
        async def shown(data: bytes) -> None:
            # One that cannot be shown is still taken, so that the app never waits for a page that is gone.
            with suppress(ConnectionError, RuntimeError):
                await page.send_bytes(data)

        async def nowhere(_text: str) -> None:
            pass

        async def closed() -> None:
            await page.close()

        super().__init__(
            "", write_bytes=shown, write_str=nowhere, close=closed, download_manager=DownloadManager(), debug=False
        )
        self._words = tuple(command)

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        self._process = process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=self._build_environment(width, height),
            # With all that it starts it can be ended at once; Ctrl+C in the terminal is this server's alone.
            start_new_session=True,
        )
        # The library prints what it reads there.
        process.stderr = asyncio.StreamReader()
        process.stderr.feed_eof()
        self._stdin = process.stdin
        return process

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        # Textual's switches write files and open sockets: none of this process's own goes on.
        own = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL")}
        return {
            **own,
            "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "COLUMNS": str(width),
            "ROWS": str(height),
        }

    async def on_meta(self, data: bytes) -> None:
        """Heed the end alone: no link is opened, no file handed out."""
        if json.loads(data).get("type") == "exit":
            await self.remote_close()

    async def on_packed(self, payload: bytes) -> None:
        """Hand out no file."""

    async def end(self) -> int:
        """Have the app close what it has open, and wait for it; return its exit code."""
        process = self._process
        if process is None or self._task is None:
            return 0
        with suppress(TimeoutError):
            await asyncio.wait_for(self.send_meta({"type": "quit"}), _BREAK_S)
        for wait, then in ((_END_S, process.terminate), (_BREAK_S, lambda: _kill(process)), (_BREAK_S, None)):
            try:
                await asyncio.wait_for(process.wait(), wait)
                break
            except TimeoutError:
                if then is not None:
                    with suppress(ProcessLookupError):
                        then()
        # What it started and left behind must not outlive it.
        _kill(process)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._task, _BREAK_S)
        return process.returncode or 0


def _kill(process: Process) -> None:
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.returncode is None:
        process.kill()
