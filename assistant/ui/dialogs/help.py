"""All keys, what the marks mean, and what a warning can and cannot do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.table import Table
from rich.text import Text
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from assistant.ui.dialogs.dialog import Dialog, words
from assistant.ui.marks import STYLES, Class
from assistant.ui.wording import KEYS, LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

_CLASSES = {
    Class.IDENTITY: "who and where: names, places, numbers, dates",
    Class.HEALTH: "health: diagnoses, medication, substances",
    Class.LIFE: "life: family, work, law, sexuality",
    Class.RISK: "possible risk language",
}


class HelpDialog(Dialog[None], inherit_bindings=True):
    """The list of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-12)", show=False),
        Binding("pagedown,space", "scroll(12)", show=False),
        Binding("question_mark,enter", "leave", show=False),
    ]

    def __init__(self) -> None:
        """Fill the list."""
        super().__init__("Keys", "up/down, page up/page down · esc leaves")

    def body(self) -> Iterable[Widget]:
        """Return the keys, the marks, the limits."""
        yield VerticalScroll(Static(_keys(), markup=False), words(f"\n{LIMITS}"), id="help", can_focus=False)

    def action_scroll(self, by: int) -> None:
        """Move through the list."""
        self.query_one("#help", VerticalScroll).scroll_relative(y=by, animate=False)


def _keys() -> Table:
    """Return keys and marks in one column, what they are in another, so that long lines stay apart."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", width=8, no_wrap=True)
    table.add_column()
    for key, _, what in KEYS:
        table.add_row(Text(key, "bold"), what)
    table.add_row("", "")
    table.add_row(
        Text("marks", "bold"), "in the transcript; the letter stands beside the words where there is no colour"
    )
    for kind, what in _CLASSES.items():
        first, _, rest = what.partition(":")
        table.add_row(Text(kind.value, "bold"), Text.assemble((first, STYLES[kind]), f":{rest}" if rest else ""))
    table.add_row(Text("?", "bold"), "nobody knows yet who spoke: a number names them")
    suspect = Text.assemble(("text", "strike"), " the recogniser may have invented: no alert, no note")
    table.add_row(Text("suspect", "bold"), suspect)
    return table
