"""Choosing one of a few things: by its key, or with up, down and enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from rich.style import Style
from rich.text import Text
from textual.widgets import Static

from assistant.ui.dialogs.dialog import Dialog, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.widget import Widget

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Option(Generic[Value]):
    """One thing to choose."""

    key: str
    """What to press for it; "" where it can only be reached with the arrows."""
    label: str
    value: Value


class Choice(Dialog[Value], inherit_bindings=True):
    """A list of options, one of them pointed at."""

    def __init__(self, title: str, options: Sequence[Option[Value]], about: str = "") -> None:
        """Take the options, the first of which is pointed at, and a sentence about them."""
        super().__init__(title, "up/down and enter, or its key · esc leaves")
        self._options = tuple(options)
        self._about = about
        self._at = 0

    def body(self) -> Iterable[Widget]:
        """Return the sentence and the list."""
        if self._about:
            yield words(self._about, id="about")
        yield words(self._list(), id="options")

    def on_key(self, event: events.Key) -> None:
        """Move, or choose."""
        if not self._options:
            return
        if event.key in {"up", "down"}:
            self._at = (self._at + (1 if event.key == "down" else -1)) % len(self._options)
            self.query_one("#options", Static).update(self._list())
        elif event.key == "enter":
            self.dismiss(self._options[self._at].value)
        else:
            chosen = next((option for option in self._options if option.key and option.key == event.character), None)
            if chosen is None:
                return
            self.dismiss(chosen.value)
        event.stop()

    def _list(self) -> Text:
        text = Text()
        for index, option in enumerate(self._options):
            chosen = index == self._at
            key = f"{option.key:>2}  " if option.key else "    "
            text.append(f"{'▸' if chosen else ' '} {key}{option.label}", Style(bold=chosen, reverse=chosen))
            text.append("\n" if index + 1 < len(self._options) else "")
        return text
