"""The review in a browser on this machine: a page on the loopback address, and one app behind it.

The only file that imports aiohttp, the web server that ``textual-serve`` brings. That library's own server answers any
name and origin, loads a font from the web, hands out files, logs, and shows what an app prints. Here instead

* only a request that names this very address and comes from this very page is answered, so that neither a page
  elsewhere nor a name that points at this machine (DNS rebinding) reaches the app;
* the address holds a word that opens it once, and the browser that used it is known by a cookie from then on;
* nothing is kept by the browser, nothing is loaded from elsewhere, no file is handed out, no window opened;
* one page at a time has one app, which is gone when the page is, or this server.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import os
import secrets
import signal
import socket
from contextlib import suppress
from importlib import resources
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError

try:
    from aiohttp import WSCloseCode, WSMsgType, web

    from assistant.cli.browser_app import STATIC, App
except ImportError:
    raise InputError("the review in a browser needs one more library: pip install '.[browser]'") from None

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HOST = "127.0.0.1"

_COOKIE = "review"
_FILES = (
    "css/xterm.css",
    "js/textual.js",
    "fonts/RobotoMono-VariableFont_wght.ttf",
    "fonts/RobotoMono-Italic-VariableFont_wght.ttf",
)
_TAKE_OVER_S = 2.0
"""Seconds in which a page that is loaded anew lets go of its app."""
_LARGEST = 64 * 1024
"""Bytes of one message from the page: keys, or a paste."""
_MOST_CELLS = 1000

SPENT = "This address was used up. Type 'assistant review --browser' again for a new one."
TAKEN = "The review is open in another window. Close that one first."
_LOGS = ("aiohttp.access", "aiohttp.internal", "aiohttp.server", "aiohttp.web", "aiohttp.websocket", "textual-serve")


def serve(command: Sequence[str], *, port: int = 0, say: Callable[[str], None]) -> None:
    """Serve an app until Ctrl+C or SIGTERM.

    Args:
        command: The words that start the app; it draws through Textual's web driver, and asks for the passphrase.
        port: On the loopback address; 0: any that is free.
        say: Shows a line to whoever started it.

    Raises:
        InputError: The port cannot be had.
    """
    for name in _LOGS:
        # Their lines may repeat what a page sent.
        logging.getLogger(name).disabled = True
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with listening:
        try:
            if os.name == "posix":
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((HOST, port))
        except OSError:
            raise InputError(f"port {port} cannot be had: choose another one, or 0 for any that is free") from None
        with suppress(KeyboardInterrupt):
            asyncio.run(_serve(command, listening, say))


async def _serve(command: Sequence[str], listening: socket.socket, say: Callable[[str], None]) -> None:
    room = Room(command, listening.getsockname()[1], say)
    runner = web.AppRunner(room.app(), access_log=None, handle_signals=False, shutdown_timeout=1.0)
    await runner.setup()
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ())):
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
    try:
        await web.SockSite(runner, listening).start()
        say(f"open this in a browser on this machine, once: {room.address}/open/{room.word}")
        say("Ctrl+C ends it")
        await ended.wait()
    finally:
        await room.end()
        await runner.cleanup()


class Room:
    """What answers the browser, and the one app that runs.

    Args:
        command: Starts the app.
        port: Where this is served.
        say: Shows a line to whoever started it.
    """

    def __init__(self, command: Sequence[str], port: int, say: Callable[[str], None]) -> None:
        self.address = f"http://{HOST}:{port}"
        self.word = secrets.token_urlsafe(24)
        self._host = f"{HOST}:{port}"
        self._command = command
        self._say = say
        self._spent = False
        self._cookie = secrets.token_urlsafe(32)
        self._page = (resources.files("assistant.cli") / "browser.html").read_text("utf-8")
        self._one = asyncio.Lock()
        self._open: web.WebSocketResponse | None = None
        self._vacant = asyncio.Event()
        self._vacant.set()

    def app(self) -> web.Application:
        """Return what is served."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("/open/{word}", self._enter, allow_head=False),
                web.get("/", self._show, allow_head=False),
                web.get("/ws", self._talk, allow_head=False),
                *(web.get(f"/static/{name}", _file(STATIC / name), allow_head=False) for name in _FILES),
            ]
        )
        app.on_response_prepare.append(self._dress)
        return app

    async def end(self) -> None:
        """Close the page that is open, and wait until its app has ended."""
        if self._open is not None:
            await self._open.close(code=WSCloseCode.GOING_AWAY, message=b"The review was ended where it was started.")
        async with self._one:
            pass

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer the page alone."""
        headers = request.headers
        origin = headers.get("Origin")
        if (
            request.headers.getall("Host", []) != [self._host]
            or (origin is not None and origin != self.address)
            or (origin is None and request.path == "/ws")
            or headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}
        ):
            raise web.HTTPForbidden(text="")
        known = hmac.compare_digest(request.cookies.get(_COOKIE, "").encode(), self._cookie.encode())
        if not known and not request.path.startswith("/open/"):
            raise web.HTTPForbidden(text=SPENT)
        return await handler(request)

    async def _dress(self, request: web.Request, response: web.StreamResponse) -> None:
        """Let the browser keep nothing, load nothing from elsewhere, and open nothing."""
        nonce = request.get("nonce", "")
        response.headers.update(
            {
                "Cache-Control": "no-store",
                "Content-Security-Policy": (
                    "default-src 'none'; "
                    f"script-src 'self' 'nonce-{nonce}'; "
                    # The terminal makes rules of style as it draws.
                    "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:; "
                    f"connect-src ws://{self._host}; "
                    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                    # Without leave for windows and downloads: a link in the text leads nowhere.
                    "sandbox allow-scripts allow-same-origin"
                ),
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
                "Referrer-Policy": "no-referrer",
                "Server": "assistant",
                "X-Content-Type-Options": "nosniff",
            }
        )

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        """Know this browser from now on, and nobody else."""
        right = hmac.compare_digest(request.match_info["word"].encode(), self.word.encode())
        if self._spent or not right:
            raise web.HTTPForbidden(text=SPENT)
        self._spent = True
        found = web.HTTPSeeOther("/")
        found.set_cookie(_COOKIE, self._cookie, httponly=True, samesite="Strict", path="/")
        raise found

    async def _show(self, request: web.Request) -> web.StreamResponse:
        request["nonce"] = secrets.token_urlsafe(16)
        page = self._page.replace("NONCE", request["nonce"]).replace("ADDRESS", f"ws://{self._host}/ws")
        return web.Response(text=page, content_type="text/html")

    async def _talk(self, request: web.Request) -> web.StreamResponse:
        """Run an app for as long as the page is open."""
        page = web.WebSocketResponse(heartbeat=15, max_msg_size=_LARGEST, compress=False)
        await page.prepare(request)
        # A page that is loaded anew asks before the old one is known to be gone; one in another window stays.
        with suppress(TimeoutError):
            await asyncio.wait_for(self._vacant.wait(), _TAKE_OVER_S)
        if not self._vacant.is_set():
            await page.close(code=WSCloseCode.POLICY_VIOLATION, message=TAKEN.encode())
            return page
        self._vacant.clear()
        self._open = page
        # The app of the page before may still be ending.
        async with self._one:
            app = App(self._command, page)
            try:
                await app.start(*_size(request.query.get("width"), request.query.get("height")))
                await _listen(page, app)
            except OSError:
                self._say("the review could not be started")
            finally:
                self._open = None
                self._vacant.set()
                code = await app.end()
                await page.close()
                if code:
                    self._say(f"the review ended with code {code}")
        return page


async def _listen(page: web.WebSocketResponse, app: App) -> None:
    """Pass on keys and sizes until the page is gone."""
    async for message in page:
        if message.type is not WSMsgType.TEXT:
            continue
        match _read(message.data):
            case ["stdin", str(keys)]:
                await app.send_bytes(keys.encode("utf-8", "replace"))
            case ["resize", {"width": width, "height": height}]:
                await app.set_terminal_size(*_size(width, height))
            case ["ping", int() | float() | str() as stamp]:
                await page.send_json(["pong", stamp])
            case ["blur"]:
                await app.blur()
            case ["focus"]:
                await app.focus()


def _read(data: str) -> Any:  # noqa: ANN401  whatever a page sent
    try:
        return json.loads(data)
    except ValueError:
        return None


def _size(width: object, height: object) -> tuple[int, int]:
    """Return a size in cells that a screen can have."""
    try:
        columns, rows = int(str(width)), int(str(height))
    except ValueError:
        return 80, 24
    return max(1, min(_MOST_CELLS, columns)), max(1, min(_MOST_CELLS, rows))


def _file(path: Path) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def send(_request: web.Request) -> web.StreamResponse:
        return web.FileResponse(path)

    return send
