"""The live screen over a practice room, with a clock that a test sets."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App
from textual.widget import Widget

from assistant.ui.app import LiveApp
from assistant.ui.review.app import ReviewApp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.pilot import Pilot

    from tests.ui.practice_review import PracticeReview
    from tests.ui.practice_room import PracticeRoom

HERE = Path(__file__).parent
PASSPHRASE = "correct horse"  # noqa: S105  of a practice room, which keeps nothing
REST_S = 0.15
LONGEST_S = 5.0
"""Seconds that a condition may take: far more than it does, also on a busy machine."""


def _practice(name: str = "practice_room") -> Any:  # noqa: ANN401  a module; the folders of tests are no packages, so that it has no importable name
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@dataclass
class SetClock:
    """A clock that stands until a test moves it."""

    now: float = 1000.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


@dataclass
class Hands:
    """Hands on an app under test, and eyes."""

    app: App[int]
    room: Any
    clock: SetClock
    saves: list[str]
    pilot: Pilot[Any] = field(init=False)

    def text(self) -> str:
        """Return what is on the screen."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    async def see(self, words: str, *, gone: bool = False) -> str:
        """Wait until words are on the screen (or no longer); return the screen."""
        await self.until(lambda: (words in self.text()) is not gone, f"{words!r} {'gone' if gone else 'shown'}")
        return self.text()

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until a condition holds."""
        end = time.monotonic() + LONGEST_S
        while not condition():
            assert time.monotonic() < end, f"not in time: {what}\n{self.text()}"
            await self.pilot.pause(0.01)

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)

    async def ordered(self, order: str) -> None:
        """Wait until the room was asked for something."""
        await self.until(lambda: order in self.room.orders, f"order {order!r} in {self.room.orders}")

    async def at_rest(self) -> None:
        """Wait until nothing moves any more: a line that comes or goes is followed by the layout, and that by words."""
        since, before = time.monotonic(), ""
        while time.monotonic() - since < REST_S:
            shown = self.text()
            if shown != before:
                since, before = time.monotonic(), shown
            await self.pilot.pause(0.02)


@dataclass
class Stage(Hands):
    """The live screen under test and its room."""

    app: LiveApp
    room: PracticeRoom

    async def hear(self, seconds: float) -> None:
        """Let so many seconds of the session pass."""
        self.clock.now += seconds
        if self.app.is_running:
            self.app.poll()
        await self.pilot.pause(0)

    async def begin(self) -> None:
        """Start to record, and be past the first screen."""
        await self.see("Before the start")
        await self.press("enter")
        await self.see("RECORDING")


@dataclass
class Desk(Hands):
    """The review under test and its room."""

    app: ReviewApp
    room: PracticeReview
    pressed: int = 0
    """Keys so far, typed text left out."""

    async def press(self, *keys: str) -> None:
        """Press keys, and count them."""
        self.pressed += len(keys)
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type text, which is not counted."""
        await self.pilot.press(*("space" if letter == " " else letter for letter in text))

    async def take_up(self) -> None:
        """Open the session."""
        await self.see("closed sessions")
        await self.press("enter")
        await self.see("the group's part")

    async def note_of(self, row: int) -> None:
        """Open a note, by its row in the overview."""
        await self.press("home", *["down"] * row, "enter")
        await self.see("evidence of the line")

    def everything(self) -> str:
        """Return every text that can be reached from any widget of any screen, drawn or not, and from the app's own."""
        held: list[str] = [self.app.title, self.app.sub_title, self.app.clipboard]
        seen: set[int] = set()
        for name, value in vars(self.app).items():
            if name not in {"_room", "_registry", "_screen_stacks"}:
                _collect(value, held, seen)
        for screen in {*self.app.screen_stack, *self.app._kept.values()}:
            held += [strip.text for strip in screen._compositor.render_strips()]
            for widget in (screen, *screen.query("*")):
                for value in (*vars(widget).values(), getattr(widget, "text", "")):
                    _collect(value, held, seen)
        return "\n".join(held)


_OURS = ("assistant.", "rich.", "textual.content", "textual.strip", "textual.document", "textual.visual", "builtins")


def _collect(value: object, held: list[str], seen: set[int]) -> None:
    """Add every text in ``value`` and in what it holds; other widgets and the review itself are no part of it."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, str):
        held.append(value)
    elif isinstance(value, dict):
        for key, one in list(value.items()):
            _collect(key, held, seen)
            _collect(one, held, seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in list(value):
            _collect(one, held, seen)
    elif not isinstance(value, App | Widget | type) and type(value).__module__.startswith(_OURS):
        slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
        for name in (*slots, *getattr(value, "__dict__", {})):
            _collect(getattr(value, name, None), held, seen)


@pytest.fixture
def stage(skills: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """What opens the live screen on the sample session, of so many columns and rows."""
    # These decide only how long a test waits for what has long happened: Textual's pilot looks 50 times a second
    # whether a key has been dealt with, and the screen asks its room ten times a second.
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 250)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 1 / 2500)
    monkeypatch.setattr("assistant.ui.app._POLL_S", 0.03)

    @asynccontextmanager
    async def opened(
        columns: int = 80,
        rows: int = 24,
        *,
        begun: bool = True,
        prepared: Callable[[PracticeRoom], None] | None = None,
        **options: Any,  # noqa: ANN401  LiveApp's own
    ) -> AsyncIterator[Stage]:
        clock = SetClock()
        room = _practice().PracticeRoom(skills, clock)
        if prepared is not None:
            prepared(room)
        saves: list[str] = []
        settings: dict[str, Any] = {"unlock": lambda typed: typed == PASSPHRASE, "microphone": "practice", **options}
        app = LiveApp(room, save=lambda: saves.append("saved"), clock=clock, **settings)
        on = Stage(app, room, clock, saves)
        async with app.run_test(size=(columns, rows)) as pilot:
            on.pilot = pilot
            if begun:
                await on.begin()
            yield on

    return opened


@pytest.fixture
def desk(skills: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """What opens the review on the sample session, of so many columns and rows."""
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 250)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 1 / 2500)
    monkeypatch.setattr("assistant.ui.review.app._POLL_S", 0.03)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()

    @asynccontextmanager
    async def opened(
        columns: int = 120,
        rows: int = 36,
        *,
        taken_up: bool = True,
        options: dict[str, Any] | None = None,
        **practice: Any,  # noqa: ANN401  PracticeReview's own
    ) -> AsyncIterator[Desk]:
        clock = SetClock()
        folder = practice.pop("folder", skills)
        room = _practice("practice_review").PracticeReview(folder, clock=clock, **practice)
        saves: list[str] = []
        settings: dict[str, Any] = {
            "unlock": lambda typed: typed == PASSPHRASE,
            "who": "Dana Ruiz, LCSW",
            **(options or {}),
        }
        app = ReviewApp(
            None if "opening" in settings else room, save=lambda: saves.append("saved"), clock=clock, **settings
        )
        on = Desk(app, room, clock, saves)
        async with app.run_test(size=(columns, rows)) as pilot:
            on.pilot = pilot
            if taken_up:
                await on.take_up()
            yield on

    return opened


@dataclass(frozen=True)
class Ended:
    """What a program left on its terminal."""

    code: int
    output: bytes

    @property
    def after_the_screen(self) -> bytes:
        """What came once the alternate screen was left."""
        return self.output.rpartition(b"\x1b[?1049l")[2]


@pytest.fixture
def terminal(tmp_path: Path) -> Callable[..., Ended]:
    """What runs one of the programs here on a terminal of its own, types, and returns all that it was sent."""

    def run(
        program: str,
        *words: str,
        environment: dict[str, str] | None = None,
        folder: Path | None = None,
        typed: tuple[tuple[bytes, bytes], ...] = (),
        signalled: int | None = None,
        hangs_up: bool = False,
    ) -> Ended:
        fd, other = pty.openpty()
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        home = {"ASSISTANT_HOME": str(tmp_path / "home"), "PYTHONPATH": str(HERE.parent.parent)}
        child = subprocess.Popen(
            [sys.executable, HERE / program, *words],
            stdin=other,
            stdout=other,
            stderr=other,
            cwd=folder or tmp_path,
            env={**os.environ, "TERM": "xterm-256color", **home, **(environment or {})},
            start_new_session=True,
        )
        os.close(other)
        output, waiting, end = b"", list(typed), time.monotonic() + 40
        while time.monotonic() < end:
            if select.select([fd], [], [], 0.05)[0]:
                try:
                    output += os.read(fd, 65536)
                except OSError:  # Linux: the other side is gone
                    break
            if hangs_up and not waiting:
                break
            if waiting and waiting[0][0] in output:
                os.write(fd, waiting.pop(0)[1])
            elif not waiting and signalled is not None and typed and typed[-1][0] in output:
                time.sleep(0.3)
                child.send_signal(signalled)
                signalled = None
        os.close(fd)
        try:
            return Ended(child.wait(10), output)
        finally:
            child.kill()

    return run
