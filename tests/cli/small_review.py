"""A small app in the place of the review: it asks for a passphrase, shows something that keys change, and closes.

Started as ``python small_review.py FOLDER``; in FOLDER it writes its process id as it begins and ``closed`` as it ends.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.drivers.web_driver import WebDriver
from textual.widgets import Input, Static

RIGHT = "plum velvet anchor"
"""Guards nothing."""


class SmallReview(App[None]):
    """A passphrase, then a count; ``n`` counts, ``h`` hangs for good, ``u`` opens a window, ``f`` hands out a file."""

    BINDINGS: ClassVar = [("n", "count"), ("h", "hang"), ("u", "window"), ("f", "file"), ("q", "quit")]

    def __init__(self) -> None:
        super().__init__(driver_class=WebDriver)
        self._count = 0

    def compose(self) -> ComposeResult:
        """Return the line to type in."""
        yield Static("The-vault-is-locked.", id="said")
        yield Input(password=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Try what was typed."""
        line = self.query_one("#said", Static)
        if event.value != RIGHT:
            line.update("That-does-not-open-it.")
            event.input.value = ""
            return
        event.input.remove()
        line.update("The-vault-is-open. http://example.invalid/elsewhere")

    def action_count(self) -> None:
        """Show one more."""
        self._count += 1
        self.query_one("#said", Static).update(f"Counted-to-{self._count}.")

    def action_hang(self) -> None:
        """Answer nothing any more, not even a signal to end."""
        os.kill(os.getpid(), 19)

    def action_window(self) -> None:
        """Ask for a page elsewhere."""
        self.open_url("http://example.invalid/window")
        self.query_one("#said", Static).update("Asked-for-a-window.")

    def action_file(self) -> None:
        """Hand out a file."""
        self.deliver_text(__file__)
        self.query_one("#said", Static).update("Handed-out-a-file.")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / f"{os.getpid()}.begun").write_text(" ".join(sorted(os.environ)))
    print("said before the screen begins", file=sys.stderr)  # noqa: T201  what a library might do
    SmallReview().run()
    (folder / f"{os.getpid()}.closed").touch()
