"""An app that fails without showing anything: Textual's own handling prints every local variable (``show_locals``).

All of Textual's ways of failing (handlers, workers, timers, compose, style sheets, the key thread) end in the private
method ``App._handle_exception`` or in ``App.panic``; both are replaced here. Written for Textual 8.2 and pinned by the
tests: a version that fails by another way makes them fail.
"""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding
from textual.worker import WorkerFailed

from assistant import crash
from assistant.ui import terminal
from assistant.ui.environment import forget_switches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from textual import events
    from textual.app import SystemCommand
    from textual.binding import BindingType
    from textual.driver import Driver
    from textual.screen import Screen


class CrashSafeApp(App[int], inherit_bindings=False):
    """A Textual app that keeps what it shows to itself.

    Attributes:
        failure: What made it fail; the caller reports it once the terminal is its own again.
        stopped_by: The signal that ended it, or None.
    """

    ENABLE_COMMAND_PALETTE = False
    """Its key is the screens' own affair: the palette must not open over a hidden screen."""
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c,ctrl+q", "nothing", show=False, priority=True)]

    def __init__(self, save: Callable[[], None]) -> None:
        """Take what saves the work.

        Args:
            save: Called once, before anything else, when the app fails or is told to end. Must be safe in any state.
        """
        forget_switches()
        if os.environ.get("TERM") in {"dumb", "unknown"}:
            os.environ["NO_COLOR"] = "1"  # such a terminal promises none
        super().__init__()
        self.features = frozenset()
        self.animation_level = "none"
        self.failure: BaseException | None = None
        self.stopped_by: signal.Signals | None = None
        self._save = save
        self._saved = False

    # -- failing ------------------------------------------------------------------------------------------------------

    def fail(self, error: BaseException) -> None:
        """End the app because of an error that nobody foresaw: save first, say nothing."""
        if isinstance(error, WorkerFailed):
            error = error.error
        self._return_code = 1
        if self.failure is None:
            self.failure = error
        if self._exception is None and isinstance(error, Exception):
            self._exception = error
            self._exception_event.set()
        self.save_once()
        self._close_messages_no_wait()

    def save_once(self) -> None:
        """Save the work, the first time that something ends the app against its will."""
        if self._saved:
            return
        self._saved = True
        try:
            self._save()
        except Exception as error:  # noqa: BLE001  the report about the first error goes before
            if self.failure is None:
                self.failure = error

    def _handle_exception(self, error: Exception) -> None:
        self.fail(error)

    def _fatal_error(self) -> None:
        """Show nothing: the base renders a traceback with locals."""

    def panic(self, *renderables: object) -> None:
        """Show nothing: what would be rendered may hold anything."""
        del renderables
        self.fail(RuntimeError("a part of the screen gave up"))

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()

    def _log(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  as the base
        """Log nothing."""

    # -- signals ------------------------------------------------------------------------------------------------------

    async def _on_load(self, _event: events.Load) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._loop_failed)
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            number = getattr(signal, name, None)
            if number is not None:
                # Only the main thread of a process may; tests run elsewhere.
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self._told_to_end, number)

    def _told_to_end(self, number: signal.Signals) -> None:
        if self.stopped_by is None:
            self.stopped_by = number
        self.save_once()
        self.exit(128 + number)

    def hung_up(self) -> None:
        """End because the terminal is gone; may be called from any thread."""
        if self._loop is not None and self._loop.is_running():
            self._loop.call_soon_threadsafe(self._told_to_end, signal.SIGTERM if os.name == "nt" else signal.SIGHUP)

    def _loop_failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException) and not isinstance(error, asyncio.CancelledError):
            self.fail(error)

    # -- ways out that are closed -------------------------------------------------------------------------------------

    def get_driver_class(self) -> type[Driver]:
        """Return the system's driver, made to leave the terminal empty."""
        return terminal.clean(super().get_driver_class())

    def copy_to_clipboard(self, text: str) -> None:
        """Copy nothing: the clipboard is read by every program, and kept by some."""

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Return none: Textual's own include one that saves a picture of the screen."""
        del screen
        return ()

    def action_nothing(self) -> None:
        """Ignore a key that ends other programs: a session is closed with its own key."""

    def save_screenshot(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401  as the base
        """Save nothing."""
        del args, kwargs
        return ""

    def deliver_screenshot(self, *args: Any, **kwargs: Any) -> str | None:  # noqa: ANN401  as the base
        """Save nothing."""
        del args, kwargs
        return None

    def action_screenshot(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  as the base
        """Save nothing."""


def run_safely(make: Callable[[], CrashSafeApp]) -> int:
    """Run an app on the terminal until it ends, and report its failure once the terminal is its own again.

    Returns:
        What the app returned (0 where it returned nothing), 70 after a failure, 128 and the number of a signal.

    Raises:
        SessionError: There is no terminal.
    """
    terminal.require_terminal()
    return run_within(terminal.kept_to_itself(), make)


def run_within(kept: AbstractContextManager[None], make: Callable[[], CrashSafeApp]) -> int:
    """Run an app until it ends, within what keeps its output to itself; returns as ``run_safely``."""
    app: CrashSafeApp | None = None
    failure: BaseException | None = None
    with kept:
        try:
            app = make()
            app.run()
        except BaseException as error:  # noqa: BLE001  nothing may reach Python's own printing
            failure = error
            if app is not None:
                app.save_once()
    if app is not None:
        failure = app.failure or failure
        if app.stopped_by is not None and failure is None:
            return 128 + app.stopped_by
    if failure is not None:
        return crash.report(failure)
    return 0 if app is None else app.return_value or 0
