"""Two dialogs with a line to type in: a note, and how an A1 alert was settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import Input, Static

from assistant.domain import PersonId, Resolution
from assistant.ui.dialogs.dialog import Dialog, words
from assistant.ui.typed_line import TypedLine
from assistant.ui.wording import RESOLUTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.binding import BindingType
    from textual.widget import Widget

    from assistant.ui.people import Cast


class NoteDialog(Dialog[tuple[str, PersonId | None]], inherit_bindings=True):
    """A line of text, and whom it is about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "about(-1)", show=False, priority=True),
        Binding("down", "about(1)", show=False, priority=True),
    ]

    def __init__(self, cast: Cast) -> None:
        """Take whom a note can be about."""
        super().__init__("Note", "enter keeps it · up/down: whom it is about · esc leaves · ctrl+x hides")
        self._whom: list[PersonId | None] = [None, *(view.person.id for view in cast)]
        self._cast = cast
        self._at = 0

    def body(self) -> Iterable[Widget]:
        """Return the line and whom it is about."""
        yield TypedLine("your words", id="line")
        yield words(self._about(), id="about")

    def action_about(self, by: int) -> None:
        """Choose whom it is about."""
        self._at = (self._at + by) % len(self._whom)
        self.query_one("#about", Static).update(self._about())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the note."""
        text = event.value.strip()
        self.dismiss((text, self._whom[self._at]) if text else None)

    def _about(self) -> str:
        whom = self._whom[self._at]
        return "about: nobody in particular" if whom is None else f"about: {self._cast.name(whom)}"


class SettleDialog(Dialog[tuple[Resolution, str]], inherit_bindings=True):
    """One of four words, then a line of the facilitator's own."""

    def __init__(self, title: str) -> None:
        """Take which alert it is about, tersely."""
        super().__init__(title, "1-4 chooses, enter keeps it · esc leaves · ctrl+x hides")
        self._how: Resolution | None = None

    def body(self) -> Iterable[Widget]:
        """Return the four words, and the line."""
        yield words(self._list(), id="options")
        yield TypedLine("your own words, as many or as few as you like", id="line", disabled=True)

    def on_key(self, event: events.Key) -> None:
        """Choose one of the four, before the line is typed."""
        if self._how is None and event.character in RESOLUTIONS:
            self._how = RESOLUTIONS[event.character]
            self.query_one("#options", Static).update(self._list())
            line = self.query_one("#line", Input)
            line.disabled = False
            line.focus()
            event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Settle it."""
        if self._how is not None:
            self.dismiss((self._how, event.value.strip()))

    def _list(self) -> str:
        return "\n".join(f"{'▸' if how is self._how else ' '} {key}  {how}" for key, how in RESOLUTIONS.items())
