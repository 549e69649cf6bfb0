"""The review in a browser on this machine: ``textual-serve`` starts it and draws what it writes on standard output.

That wire belongs to the screen alone: whatever a library prints goes nowhere, as it does on a terminal.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, cast

from textual.drivers.web_driver import WebDriver

from assistant.ui.crash_safe import run_within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.driver import Driver

    from assistant.ui.crash_safe import CrashSafeApp


class BrowserDriver(WebDriver):
    """Draws for a browser, and leaves nothing there that is not drawn: no file, no link, no clipboard."""

    def run_input_thread(self) -> None:
        """Hand on what is typed; when the wire ends, so does the app."""
        super().run_input_thread()
        cast("CrashSafeApp", self._app).hung_up()

    def write_meta(self, data: dict[str, object]) -> None:
        """Send nothing but the end: files and links are no part of the review."""
        if data.get("type") == "exit":
            super().write_meta(data)

    def write_binary_encoded(self, data: tuple[str | bytes, ...]) -> None:
        """Send no file."""


def browser_driver() -> type[Driver]:
    """Return the driver that draws in a browser."""
    return BrowserDriver


@contextmanager
def wire_to_itself() -> Iterator[None]:
    """Give the block a standard output that only the screen writes to; descriptors 1 and 2 lead nowhere."""
    wire, errors = os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    real = sys.__stdout__
    drawn = os.fdopen(wire, "w", encoding="utf-8", closefd=False)
    try:
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        sys.__stdout__ = drawn  # type: ignore[misc]  # Textual's driver writes there
        yield
    finally:
        sys.__stdout__ = real  # type: ignore[misc]  # as above
        os.dup2(wire, 1)
        os.dup2(errors, 2)
        for each in (nowhere, wire, errors):
            with suppress(OSError):
                os.close(each)


def run_in_browser(make: Callable[[], CrashSafeApp]) -> int:
    """Run an app for a browser until it ends; as ``crash_safe.run_safely`` does on a terminal."""
    return run_within(wire_to_itself(), make)
