"""Behind textual-serve: standard output is the wire, the passphrase comes first, and the end of the wire is the end."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
LONGEST_S = 30.0


class Page:
    """The other end of the wire."""

    def __init__(self, folder: Path) -> None:
        """Start the review."""
        self.child = subprocess.Popen(
            [sys.executable, HERE / "practice_review.py", folder, "--in-browser", "--locked"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(HERE.parent.parent), "COLUMNS": "100", "ROWS": "30"},
        )
        self.drawn = b""

    def see(self, words: bytes) -> None:
        """Wait until words were drawn."""
        assert self.child.stdout is not None
        end = time.monotonic() + LONGEST_S
        while words not in self.drawn:
            assert time.monotonic() < end, f"not drawn in time: {words!r}"
            if select.select([self.child.stdout], [], [], 0.1)[0]:
                self.drawn += os.read(self.child.stdout.fileno(), 65536)

    def type(self, text: bytes) -> None:
        """Send keys."""
        assert self.child.stdin is not None
        self.child.stdin.write(b"D" + len(text).to_bytes(4, "big") + text)
        self.child.stdin.flush()

    def tell(self, what: str) -> None:
        """Send a word of the server's."""
        assert self.child.stdin is not None
        said = json.dumps({"type": what}).encode()
        self.child.stdin.write(b"M" + len(said).to_bytes(4, "big") + said)
        self.child.stdin.flush()


@pytest.fixture
def page(skills: Path) -> Iterator[Page]:
    """The review behind a wire, no terminal near."""
    page = Page(skills)
    yield page
    page.child.kill()
    page.child.communicate()


def test_the_passphrase_first_then_the_sessions(page: Page) -> None:
    """Nothing of a session is drawn before; a wrong one is said to be."""
    page.see(b"passphrase")
    page.type(b"wrong\r")
    page.see(b"That passphrase does not open it")
    assert b"closed sessions" not in page.drawn
    page.see(b"Try again.")
    page.type(b"practice\r")
    page.see(b"closed sessions")
    page.type(b"\r")
    page.see(b"Hope Barlow")
    assert page.drawn.startswith(b"__GANGLION__\n")
    assert b"deliver" not in page.drawn
    assert b"\x1b]52" not in page.drawn


@pytest.mark.parametrize("way", ["quit", "closed", "terminated"])
def test_it_ends_with_the_page(page: Page, way: str) -> None:
    """Told to quit, the wire closed, or told to end by a signal: soon, and without a word anywhere."""
    page.see(b"passphrase")
    if way == "quit":
        page.tell("quit")
    elif way == "closed":
        assert page.child.stdin is not None
        page.child.stdin.close()
        page.child.stdin = None
    else:
        page.child.terminate()
    _, errors = page.child.communicate(timeout=LONGEST_S)
    assert page.child.returncode is not None
    assert errors == b""
