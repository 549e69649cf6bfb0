"""All keys, what the marks mean, and what a warning can and cannot do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.containers import VerticalScroll

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
        yield VerticalScroll(words(_text()), id="help", can_focus=False)

    def action_scroll(self, by: int) -> None:
        """Move through the list."""
        self.query_one("#help", VerticalScroll).scroll_relative(y=by, animate=False)


def _text() -> Text:
    text = Text()
    for key, _, what in KEYS:
        text.append(f"{key:>8}  ", "bold")
        text.append(f"{what}\n")
    text.append("\nMarks in the transcript", "bold")
    text.append(" (the letter stands beside the words where there is no colour)\n")
    for kind, what in _CLASSES.items():
        text.append(f"{kind.value:>8}  ", "bold")
        text.append(what.split(":")[0], STYLES[kind])
        text.append(f"{what[len(what.split(':')[0]) :]}\n")
    text.append("       ?  ", "bold")
    text.append("nobody knows yet who spoke: a number names them\n suspect  ", None)
    text.append("text", "strike")
    text.append(" the recogniser may have invented: no alert, no note\n\n")
    text.append(LIMITS)
    return text
