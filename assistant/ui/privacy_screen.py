"""Nothing to be seen: one key puts this over everything, and only two take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType


class PrivacyScreen(Screen[None], inherit_bindings=False):
    """An empty screen with a hint that says nothing of a session."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("x,escape,ctrl+x", "app.show_again", show=False, priority=True)]

    def compose(self) -> ComposeResult:
        """Return the hint."""
        yield Static("x", id="hint", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Let no other key do anything."""
        event.stop()
        event.prevent_default()
