"""The group's part: written once, it stands in every member's note, so nothing in it is anybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from assistant.ui.review.note_keys import NoteKeys
from assistant.ui.review.note_rows import first_refused
from assistant.ui.review.wording import GROUP_REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from assistant.review.view import NoteView


class GroupScreen(NoteKeys, inherit_bindings=True):
    """Its lines; what is missing is asked for at once, and then the first note that is not signed comes."""

    KEYS: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("F", "fill", "Fill topic, interventions and times"),
        ("enter", "edit", "Write the line that is pointed at anew"),
        ("a", "accept", "Say that you read it as it stands"),
        ("n", "next note", "Go on to the first note that is not signed"),
        ("/", "find", "Find words in it"),
        ("esc", "back", "Back to the session as a whole"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("F,shift+f", "fill", show=False),
        Binding("enter", "edit", show=False),
        Binding("a", "accept", show=False),
        Binding("n", "next", show=False),
        Binding("slash", "find", show=False),
    ]

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._on_the_way = False

    def about(self, *, fills: bool) -> None:
        """Take whether what is missing is asked for at once, on the way to the notes."""
        self._fills = fills
        self._on_the_way = fills

    def forget(self) -> None:
        """Let go of it."""
        super().forget()
        self._on_the_way = False

    def body(self) -> Iterable[Widget]:
        """Return the lines."""
        return (self.lines_list,)

    def show(self) -> None:
        """Show it."""
        note = self.note
        if note is None:
            return
        self.paint_header(f"The group's part: it stands in every note{self._to_complete(note)}")
        first = self.lines_list.at is None
        self.show_lines()
        refused = first_refused(note)
        if first and refused is not None:
            self.lines_list.point(("line", refused.number))

    def _to_complete(self, note: NoteView) -> str:
        if not note.missing:
            return ""
        if self.look.narrow:
            return f" · {len(note.missing)} to complete"
        return f" · to complete: {', '.join(field.value for field in note.missing)}"

    def filled(self) -> None:
        """Go on to the notes, if this was on the way to them and nothing stands against it."""
        self.take()
        note = self.note
        if note is None:
            return
        refused = first_refused(note)
        if refused is not None:
            self.lines_list.point(("line", refused.number))
            self.app.call_later(self.app.say, GROUP_REFUSED, failed=True)
        elif self._on_the_way and not note.missing and self.is_still(self.visit):
            self.app.to_next_unsigned(None, fills=True)

    def action_next(self) -> None:
        """Go on to the first note that is not signed."""
        self.app.to_next_unsigned(None)
