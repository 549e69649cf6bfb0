"""Locked: what goes on meanwhile is said; of the session nothing can be seen until the passphrase is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, Static

from assistant.ui.header import open_alerts, state
from assistant.ui.typed_line import TypedLine
from assistant.ui.wording import clock

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from assistant.live.view import Changes
    from assistant.ui.guarded import GuardedApp


class LockScreen(Screen[None], inherit_bindings=False):
    """State, time, and how many alerts wait; no kinds, no names, no words."""

    app: GuardedApp
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, calm: str = "") -> None:
        """Nobody has typed anything yet; ``calm``: what goes on meanwhile."""
        super().__init__()
        self._calm = calm
        self._trying = False
        self._state = Static(Text(), id="locked-state", markup=False)
        self._hint_line = Static(f"Locked. {calm}".strip(), id="locked-hint", markup=False)

    def compose(self) -> ComposeResult:
        """Return the state, and the line for the passphrase."""
        with Vertical(id="box"):
            yield self._state
            yield TypedLine("passphrase of the vault", id="passphrase", secret=True)
            yield self._hint_line

    def take(self, changes: Changes) -> None:
        """Show state, time, and the number of open alerts."""
        room = changes.room
        waiting = open_alerts(changes.alerts)
        text = state(room).append(f" {clock(room.elapsed)}", "bold")
        text.append(f"   {waiting} alert{'' if waiting == 1 else 's'} open", "bold" if waiting else "")
        self._state.update(text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Try the passphrase; deriving a key takes a moment."""
        event.stop()
        typed = event.value
        event.input.value = ""
        if typed and not self._trying:
            self._trying = True
            self._hint("One moment…")
            self.app.try_passphrase(typed, self._answer)

    def _answer(self, opens: bool) -> None:  # noqa: FBT001  the one thing it says
        self._trying = False
        if opens:
            self.app.unlocked()
        else:
            self._hint(f"That passphrase does not open it. {self._calm}".strip())

    def _hint(self, words: str) -> None:
        self._hint_line.update(words)
