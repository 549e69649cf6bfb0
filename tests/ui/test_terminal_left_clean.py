"""The terminal is given back empty: however the screen ends, nothing of a session stays in it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.errors import SessionError
from assistant.ui.terminal import blank, require_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
SPOKEN = b"furnace"
"""A word of the sample session, on the screen some seconds in."""
TYPED = ((b"Before", b"\r"), (b"furnace", b""))
"""Start, and wait until the word was shown."""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_the_terminal_empty(number: int, terminal: Callable[..., Any], skills: Path) -> None:
    """The alternate screen is blanked and left, and nothing follows, nor is anything in the title or the clipboard."""
    ended = terminal("practice_room.py", str(skills), "--speed", "40", typed=TYPED, signalled=number)

    assert ended.code == 128 + number
    assert SPOKEN in ended.output
    before, _, shown = ended.output.partition(b"\x1b[?1049h")
    assert SPOKEN not in before
    blanked = shown.rpartition(b"\x1b[2K")[0]
    assert SPOKEN in blanked
    assert SPOKEN not in shown[len(blanked) :]
    assert re.sub(rb"\x1b(\[[0-9;?<>]*[A-Za-z]|\][^\x07]*\x07)", b"", ended.after_the_screen).strip() == b""
    _nothing_in_title_or_clipboard(ended.output)


def _nothing_in_title_or_clipboard(output: bytes) -> None:
    """The window's title is one neutral word, given back at the end; no escape sequence fills the clipboard."""
    assert re.findall(rb"\x1b\][012];([^\x07\x1b]*)", output) == [b"assistant"]
    assert b"\x1b[22;2t" in output
    assert b"\x1b[23;2t" in output
    assert b"\x1b]52" not in output
    assert b"\x1b]9;" not in output
    assert b"\x1b]777" not in output
    assert b"\a\x1b" not in output.replace(b"assistant\a", b"").replace(b"default\a", b"")


def test_a_window_that_is_closed_ends_the_screen(terminal: Callable[..., Any], skills: Path) -> None:
    """The terminal goes away without a signal: the work is saved and the program ends, by itself and soon."""
    ended = terminal("practice_room.py", str(skills), "--speed", "40", typed=TYPED, hangs_up=True)

    assert ended.code == 128 + signal.SIGHUP


def test_closing_leaves_the_terminal_empty(terminal: Callable[..., Any], skills: Path) -> None:
    """The facilitator's own way out: c, once nothing waits."""
    typed = (*TYPED, (b"furnace", b"c"), (b"Close the session?", b"c"))
    ended = terminal("practice_room.py", str(skills), "--speed", "20", typed=typed)

    assert ended.code == 0
    assert SPOKEN not in ended.after_the_screen


def test_without_a_terminal_it_says_so_and_shows_nothing(skills: Path, tmp_path: Path) -> None:
    """Textual draws on standard error: sent to a file, the file would hold the session."""
    log = tmp_path / "log.txt"
    with log.open("wb") as file:
        done = subprocess.run(
            [sys.executable, HERE / "practice_room.py", skills],
            stdin=subprocess.DEVNULL,
            stderr=file,
            env={"PYTHONPATH": str(HERE.parent.parent), "PATH": ""},
            check=False,
            timeout=60,
        )

    assert done.returncode != 0
    assert b"needs a terminal" in log.read_bytes()
    assert b"\x1b[?1049h" not in log.read_bytes()


def test_require_terminal_refuses_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, which says what to do."""
    with Path("/dev/null").open() as nowhere:
        monkeypatch.setattr(sys, "__stdin__", nowhere)
        with pytest.raises(SessionError, match="needs a terminal"):
            require_terminal()


def test_the_screen_is_emptied_line_by_line() -> None:
    """Erasing the display at once makes some terminals push it into their scrollback first."""
    assert blank(3).count("\x1b[2K") == 3
    assert "\x1b[2J" not in blank(3)


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
@pytest.mark.parametrize("alternate", ["on", "off"])
def test_nothing_stays_in_the_scrollback(alternate: str, skills: Path, tmp_path: Path) -> None:
    """In a real terminal, also in one that has no alternate screen: not a word can be scrolled to, hidden or ended."""
    socket, home = tmp_path / "tmux", tmp_path / "home"
    tmux = ["tmux", "-S", str(socket), "-f", "/dev/null"]

    def do(*words: str) -> str:
        return subprocess.run([*tmux, *words], capture_output=True, text=True, check=False, timeout=20).stdout

    def until(words: str, *, gone: bool = False) -> None:
        end = time.monotonic() + 30
        while (words in do("capture-pane", "-p", "-t", "s")) is gone:
            assert time.monotonic() < end, f"{words!r} not in time"
            time.sleep(0.1)

    practice = f"{sys.executable} {HERE / 'practice_room.py'} {skills} --speed 40"
    command = f"sh -c 'echo $$ > {tmp_path / 'id'}; exec {practice}'; echo ENDED; sleep 60"
    environment = ["-e", f"ASSISTANT_HOME={home}", "-e", f"PYTHONPATH={HERE.parent.parent}"]
    opens = ["new-session", "-d", "-s", "s", "-x", "80", "-y", "24", *environment, command]
    try:
        do("start-server", ";", "set", "-g", "alternate-screen", alternate, ";", *opens)
        until("Before the start")
        do("send-keys", "-t", "s", "Enter")
        until("furnace")
        for _ in range(3):
            do("send-keys", "-t", "s", "x")
            until("RECORDING", gone=True)
            assert do("capture-pane", "-p", "-t", "s").split() == ["x"]
            do("send-keys", "-t", "s", "x")
            until("RECORDING")
        os.kill(int((tmp_path / "id").read_text()), signal.SIGTERM)
        until("ENDED")
        left = do("capture-pane", "-p", "-S", "-", "-E", "-", "-t", "s")
    finally:
        do("kill-server")

    for word in ("furnace", "Hope", "Helen", "RECORDING"):
        assert word not in left
