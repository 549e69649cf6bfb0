"""Before anything is shown: the vault's passphrase. A wrong one makes the next try wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, Static

from assistant.errors import AssistantError
from assistant.ui.review.wording import WRONG
from assistant.ui.typed_line import TypedLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from assistant.ui.review.app import ReviewApp
    from assistant.ui.review_room import ReviewRoom

_FIRST_S, _LONGEST_S = 1.0, 30.0
"""Seconds to wait after a wrong passphrase; doubled each time, up to the second."""


class UnlockScreen(Screen[None], inherit_bindings=False):
    """One line to type in."""

    app: ReviewApp
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self) -> None:
        """Nobody has typed anything yet."""
        super().__init__()
        self._wait_s = _FIRST_S
        self._line = TypedLine("passphrase of the vault", id="passphrase", secret=True)
        self._hint = Static("The passphrase opens the vault on this machine.", id="locked-hint", markup=False)

    def compose(self) -> ComposeResult:
        """Return the line."""
        with Vertical(id="box"):
            yield Static("Review", id="locked-state", markup=False)
            yield self._line
            yield self._hint

    def on_mount(self) -> None:
        """Wait for typing."""
        self._line.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Try what was typed; deriving a key takes a moment."""
        event.stop()
        typed, opening = event.value, self.app.opening
        self._line.value = ""
        if not typed or opening is None:
            return
        self._line.disabled = True
        self._hint.update("One moment…")
        found: list[ReviewRoom] = []

        def done(error: BaseException | None) -> None:
            self.app.call_later(self._answer, error, found)

        self.app.orders.give(lambda: found.append(opening(typed)), done, urgent=False)

    def _answer(self, error: BaseException | None, found: list[ReviewRoom]) -> None:
        if error is None:
            self.app.opened(found.pop())
        elif isinstance(error, AssistantError):
            self._hint.update(f"{WRONG} Wait {self._wait_s:.0f} s.\n{error}")
            self.set_timer(self._wait_s, self._again)
            self._wait_s = min(_LONGEST_S, self._wait_s * 2)
        else:
            self.app.fail(error)

    def _again(self) -> None:
        self._hint.update("Try again.")
        self._line.disabled = False
        self._line.focus()
