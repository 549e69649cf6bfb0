"""Lines to type beside a note that stays in sight: its fields, and the signature.

Whoever types there sees the note: at the left of a wide screen, above on a narrow one; page up and page down walk
through it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from assistant.ui.review.dialogs import Line, TypedDialog
from assistant.ui.review.screens import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.binding import BindingType

    from assistant.ui.review.rows import RowList

_PAGE = 6
"""Lines of the note that a key walks."""


class BesideNote(TypedDialog, inherit_bindings=True):
    """Lines to type; the note stays in sight, and can be walked through."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", f"walk({-_PAGE})", show=False, priority=True),
        Binding("pagedown", f"walk({_PAGE})", show=False, priority=True),
    ]

    def __init__(  # noqa: PLR0913  what a typed dialog takes, and the note
        self,
        title: str,
        lines: Iterable[Line],
        note: RowList,
        *,
        about: str = "",
        keeps: str,
        last: int = 0,
    ) -> None:
        """Take what is asked, as a typed dialog does, and the list that the note stands in."""
        super().__init__(title, lines, about=about, keeps=keeps, last=last, more="pgup pgdn: the note")
        self._note = note

    def on_resize(self, event: events.Resize) -> None:
        """Stand beside the note, or below it."""
        below = event.size.width < WIDE
        self.set_class(not below, "-beside")
        self.set_class(below, "-below")
        self._note.reach_up(event.size.height * 3 // 5 if below else 0)

    def on_unmount(self) -> None:
        """Give the note its place back."""
        super().on_unmount()
        self._note.reach_up(0)

    def action_walk(self, by: int) -> None:
        """Walk through the note."""
        self._note.scroll_relative(y=by, animate=False, immediate=True)
        self.refresh()
