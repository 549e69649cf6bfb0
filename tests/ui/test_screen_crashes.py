"""However the screen fails, nothing that was said reaches the terminal, a stream or a file."""

from __future__ import annotations

import inspect
import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App

from assistant.errors import VaultError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CANARY = b"zebralamp"

WAYS = (
    *("handler", "timer", "later", "worker", "thread", "task", "rich"),
    *("panic", "exit", "compose", "mount", "render", "style", "saving"),
)
"""Textual's ways of failing, each of which ends in another place of its code."""


@pytest.mark.parametrize("way", WAYS)
def test_a_failure_shows_and_writes_nothing_of_the_session(
    way: str, terminal: Callable[..., Any], tmp_path: Path
) -> None:
    """A word in locals and message is in no byte that reaches the terminal, and in no file; the exit code is 70."""
    ended = terminal("failing.py", way)

    assert ended.code == 70
    assert CANARY not in ended.output
    assert b"Traceback" not in ended.output
    assert b"a report without any words of the session" in ended.after_the_screen
    reports = list((tmp_path / "home" / "crash").glob("*.txt"))
    assert len(reports) == 1
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and CANARY in p.read_bytes()]


def test_textuals_switches_have_no_effect(terminal: Callable[..., Any], tmp_path: Path) -> None:
    """No log, picture, key file or key press comes of Textual's variables."""
    folder = tmp_path / "switched"
    folder.mkdir()
    switches = {
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_LOG": str(folder / "log.txt"),
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_SCREENSHOT": "0",
        "TEXTUAL_SCREENSHOT_LOCATION": str(folder),
        "TEXTUAL_SCREENSHOT_FILENAME": "picture.svg",
        "TEXTUAL_PRESS": "enter",
        "TEXTUAL_SHOW_RETURN": "1",
        "TEXTUAL_DRIVER": "nowhere:Nothing",
    }
    ended = terminal("failing.py", "timer", environment=switches, folder=folder)

    assert ended.code == 70
    assert CANARY not in ended.output
    assert os.listdir(folder) == []  # noqa: PTH208  names alone


async def test_work_is_saved_once_before_the_screen_goes(stage: Any) -> None:  # noqa: ANN401  conftest's own type
    """The session fails in the middle of its reading; the save comes first, and only once."""
    with pytest.raises(RuntimeError):  # noqa: PT012  Textual's pilot raises as it ends
        async with stage() as on:
            on.room.fails = RuntimeError("said")
            await on.until(lambda: not on.app.is_running, "the app ended")
    assert on.saves == ["saved"]
    assert isinstance(on.app.failure, RuntimeError)
    assert on.app._exit_renderables == []


def divide() -> None:
    """Fail as nobody foresaw."""
    del [][1 // 0]


async def test_an_order_that_fails_unforeseen_ends_the_app(stage: Any) -> None:  # noqa: ANN401  conftest's own type
    """What is no error of ours is not shown as a line: its message may hold anything."""
    with pytest.raises(ZeroDivisionError):  # noqa: PT012  Textual's pilot raises as it ends
        async with stage() as on:
            on.app.order(divide, "done")
            await on.until(lambda: not on.app.is_running, "the app ended")
    assert on.saves == ["saved"]


async def test_an_error_of_ours_is_a_line(stage: Any) -> None:  # noqa: ANN401  conftest's own type
    """It speaks of ids and counts alone, so it may be shown."""

    def refuse() -> None:
        raise VaultError("the vault is full: make room")

    async with stage() as on:
        on.app.order(refuse, "done")
        await on.see("! the vault is full: make room")


def test_textual_still_fails_by_the_ways_that_are_closed() -> None:
    """The private methods that are replaced exist, and nothing else in the base renders a traceback with locals."""
    source = inspect.getsource(App)

    assert inspect.signature(App._handle_exception).parameters.keys() == {"self", "error"}
    assert re.findall(r"show_locals=True", source) == ["show_locals=True"]
    assert "show_locals=True" in inspect.getsource(App._fatal_error)
    assert "_exit_renderables" in inspect.getsource(App._print_error_renderables)
