"""The group's part: written once, it stands in every member's note, so nothing in it is anybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from assistant.ui.review.note_keys import NoteKeys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget


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
        super().__init__(None)
        self._on_the_way = False

    def body(self) -> Iterable[Widget]:
        """Return the lines."""
        return (self.lines_list,)

    def on_mount(self) -> None:
        """Ask for what is missing."""
        super().on_mount()
        if self.note is not None and self.note.missing:
            self._on_the_way = True
            self.call_after_refresh(self.action_fill)

    def show(self) -> None:
        """Show it."""
        note = self.note
        if note is None:
            return
        missing = f" · to complete: {', '.join(f.value for f in note.missing)}" if note.missing else ""
        self.paint_header(f"The group's part: it stands in every note{missing}")
        self.show_lines()

    def filled(self) -> None:
        """Go on to the notes, if this was on the way to them and nothing stands against it."""
        self.take()
        if self._on_the_way and self.note is not None and not self.note.missing:
            refused = any(line.findings for line in self.note.lines)
            if not refused and self.app.review_screen() is self:
                self.app.to_next_unsigned(None)

    def action_next(self) -> None:
        """Go on to the first note that is not signed."""
        self.app.to_next_unsigned(None)
