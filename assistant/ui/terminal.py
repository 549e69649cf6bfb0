"""The terminal is left as it was found: nothing of a session in it, in its title, or in a file in its place.

Textual draws on standard error. Were that a file, the file would hold the session; and whatever a library prints there
would be drawn over. So the screen insists on a terminal, and keeps the file descriptors to itself while it runs.
"""

from __future__ import annotations

import os
import select
import sys
from codecs import getincrementaldecoder
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, cast

from textual._xterm_parser import XTermParser

from assistant.errors import SessionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.driver import Driver

_TITLE = "assistant"
"""Says nothing of a group; a shell would show the command with the group file's name."""
_LOOK_S = 0.02
"""Seconds that the keyboard is waited for at a time."""
_KEEP_TITLE, _TITLE_BACK = "\x1b[22;2t", "\x1b[23;2t"
_HOME, _ERASE_LINE, _PLAIN = "\x1b[H", "\x1b[2K", "\x1b[0m"
_LEAVE = (
    "\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h"
)
"""Undoes what Textual's driver switches on: mouse, paste, focus, keys, wrapping, alternate screen, cursor."""


def require_terminal() -> None:
    """Check that a person sits before a terminal.

    Raises:
        SessionError: Standard input or standard error is not a terminal.
    """
    for stream, name in ((sys.__stdin__, "input"), (sys.__stderr__, "error")):
        if stream is None or not stream.isatty():
            raise SessionError(
                f"the live screen needs a terminal, and standard {name} is none: start it without a pipe or file"
            )


def blank(rows: int) -> str:
    """Return what empties the visible screen line by line.

    Erasing the whole display at once would make some terminals move it into their scrollback first.
    """
    return f"{_PLAIN}{_HOME}" + "\r\n".join([_ERASE_LINE] * rows) + _HOME


class Screen:
    """The terminal as a file to draw on, which takes what it is given also when nobody looks any more.

    Textual's writing thread would end with the terminal, and its app then wait for ever to hand over the next frame.
    """

    def __init__(self, descriptor: int) -> None:
        """Take the terminal's file descriptor; it stays the caller's."""
        self._descriptor = descriptor

    def write(self, text: str) -> int:
        """Draw at once."""
        rest = memoryview(text.encode("utf-8", "replace"))
        with suppress(OSError):  # the window was closed
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def fileno(self) -> int:
        """Return the file descriptor."""
        return self._descriptor

    def isatty(self) -> bool:
        """Return True."""
        return True


def read_keys(driver: Any) -> None:  # noqa: ANN401  Textual's driver for this system, whose parts are private
    """Hand on what is typed, as Textual's driver does, until it is told to stop.

    It looks after 20 ms rather than 100 whether an escape was a key of its own.
    """
    parser = XTermParser(debug=False)
    decode = getincrementaldecoder("utf-8")(errors="replace").decode
    while not driver.exit_event.is_set():
        if select.select([driver.fileno], [], [], _LOOK_S)[0]:
            try:
                raw = os.read(driver.fileno, 4096)
            except OSError:
                raw = b""
            if not raw:
                driver._app.hung_up()  # noqa: SLF001  Textual gives a driver no other way to its app
                return
            typed = decode(raw)
            for event in parser.feed(typed) if typed else ():
                driver.process_message(event)
        for event in parser.tick():
            driver.process_message(event)


def clean(base: type[Driver]) -> type[Driver]:
    """Return a driver that works as ``base`` and empties the screen before it gives the terminal back."""
    kind: Any = base  # the base depends on the system

    class CleanDriver(kind):  # type: ignore[misc]  # as above
        def start_application_mode(self) -> None:
            super().start_application_mode()
            self.write(f"{_KEEP_TITLE}\x1b]2;{_TITLE}\x07")

        def _get_terminal_size(self) -> tuple[int, int]:
            # The base asks standard output, which leads nowhere while the screen runs.
            try:
                columns, rows = os.get_terminal_size(self._file.fileno())
            except (OSError, ValueError):
                return 80, 24
            return columns, rows

        def stop_application_mode(self) -> None:
            rows = self._get_terminal_size()[1]
            with suppress(AssertionError):  # not in application mode: the writer is gone
                self.write(blank(rows))
            super().stop_application_mode()
            with suppress(AssertionError):
                self.write(_TITLE_BACK)
                self.flush()

        if hasattr(base, "run_input_thread"):

            def run_input_thread(self) -> None:
                read_keys(self)

        def _run_input_thread(self) -> None:
            # The base shows a traceback with the keys that were typed.
            try:
                self.run_input_thread()
            except BaseException as error:  # noqa: BLE001  nothing may reach Python's own printing
                self._app.call_later(self._app.fail, error)

    return cast("type[Driver]", CleanDriver)


@contextmanager
def kept_to_itself() -> Iterator[None]:
    """Give the block a terminal that only the screen writes to, and leave the terminal usable whatever happens.

    Native libraries (sound servers above all) print to file descriptors 1 and 2 as they please. For the block both lead
    nowhere, for child processes too; Python's ``sys.__stderr__``, on which Textual draws, keeps the terminal.
    """
    if sys.platform == "win32":
        yield
        return
    import termios  # noqa: PLC0415  only where the system has it

    fd = os.dup(2)
    out = os.dup(1)
    before = termios.tcgetattr(fd)
    real = sys.__stderr__
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        os.dup2(nowhere, 1)
        sys.__stderr__ = Screen(fd)  # type: ignore[misc, assignment]  # Textual's driver draws there
        yield
    finally:
        sys.__stderr__ = real  # type: ignore[misc]  # as above
        os.dup2(fd, 2)
        os.dup2(out, 1)
        os.close(nowhere)
        os.close(out)
        with suppress(OSError, termios.error):
            termios.tcsetattr(fd, termios.TCSANOW, before)
        with suppress(OSError):
            os.write(fd, _LEAVE.encode())
        os.close(fd)
