"""What a member's note and the group's part have in common: lines to read and edit, fields to fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.notes.sentences import TO_COMPLETE
from assistant.review.view import LineView, NoteView, Step
from assistant.ui.review.dialogs import Line, TypedDialog
from assistant.ui.review.note_rows import FIELD_OF, line_rows
from assistant.ui.review.rows import RowList
from assistant.ui.review.screens import ReviewScreen
from assistant.ui.review.wording import ASKS, SIGNED_STAYS

if TYPE_CHECKING:
    from assistant.decisions import Field
    from assistant.domain import PersonId


class NoteKeys(ReviewScreen, inherit_bindings=True):
    """Edits lines, fills fields, accepts, finds."""

    def __init__(self, person: PersonId | None) -> None:
        """Take whose note it is; None: the group's part."""
        super().__init__()
        self.person = person
        self.note: NoteView | None = None
        self.lines_list = RowList(id="lines")
        self._sought = ""

    def ask(self) -> None:
        """Ask for the note."""
        self.note = self.room.note(self.person)

    def show_lines(self) -> None:
        """Show its lines."""
        if self.note is not None:
            self.lines_list.fill(line_rows(self.note))

    def pointed(self) -> LineView | None:
        """Return the line that is pointed at."""
        at = self.lines_list.at
        if self.note is None or not isinstance(at, tuple) or at[0] != "line":
            return None
        return next((line for line in self.note.lines if line.number == at[1]), None)

    def may_change(self) -> bool:
        """Whether the note can be changed; where it was signed, say what can be done."""
        if self.note is not None and self.note.step is Step.SIGNED:
            self.app.say(SIGNED_STAYS, failed=True)
            return False
        return self.note is not None

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_accept(self) -> None:
        """Say that the draft was read as it stands."""
        if self.may_change():
            self.app.order(lambda: self.room.accept(self.person), "Accepted as it stands.")

    def action_edit(self) -> None:
        """Write the line, or the field, that is pointed at."""
        line = self.pointed()
        if line is None or not self.may_change():
            return
        field = FIELD_OF.get(line.section)
        if field is not None and (line.by_hand or line.text == TO_COMPLETE):
            self._edit_field(field)
            return

        def keep(typed: tuple[str, ...] | None) -> None:
            if typed is not None and typed[0] != line.text:
                said = "Line written." if typed[0] else "Line taken out."
                self.app.order(lambda: self.room.write_line(self.person, line.number, typed[0]), said)

        about = "Your words take the place of the line. Empty takes it out."
        self.app.push_screen(TypedDialog("Line", [Line("text", text=line.text)], about=about), keep)

    def _edit_field(self, field: Field) -> None:
        text = dict(self.note.fields).get(field, "") if self.note is not None else ""

        def keep(typed: tuple[str, ...] | None) -> None:
            if typed is not None and typed[0] != text:
                self.app.order(lambda: self.room.write(self.person, field, typed[0]), "Kept.")

        line = Line(field.value, ASKS[field], text)
        self.app.push_screen(TypedDialog(field.value.capitalize(), [line]), keep)

    def action_fill(self) -> None:
        """Fill the fields one after another, those that are missing first."""
        if not self.may_change() or self.note is None:
            return
        note = self.note
        missing = [field for field in note.missing if field in dict(note.fields)]
        fields = [*missing, *(field for field, _ in note.fields if field not in missing)]
        before = dict(note.fields)
        lines = [
            Line(f"{field.value}{' · to complete' if field in missing else ''}", ASKS[field], before[field])
            for field in fields
        ]

        def keep(typed: tuple[str, ...] | None) -> None:
            if typed is None:
                return
            new = [(field, text) for field, text in zip(fields, typed, strict=True) if text != before[field]]

            def write() -> None:
                for field, text in new:
                    self.room.write(self.person, field, text)

            if new:
                self.app.order(write, "Kept.", then=self.filled)

        dialog = TypedDialog(
            "Fields", lines, keeps="after the last to complete it keeps · ctrl+s keeps", last=len(missing) or len(lines)
        )
        dialog.add_class("-beside")
        self.app.push_screen(dialog, keep)

    def filled(self) -> None:
        """Do what follows once fields were written."""

    def action_find(self) -> None:
        """Find words in this note; asked again, further down."""

        def look(typed: tuple[str, ...] | None) -> None:
            if typed is not None and typed[0]:
                self._sought = typed[0]
                self._find_next()

        self.app.push_screen(TypedDialog("Find in this note", [Line("words", text=self._sought)], keeps="enter"), look)

    def _find_next(self) -> None:
        note, here = self.note, self.pointed()
        if note is None:
            return
        at = note.lines.index(here) + 1 if here in note.lines else 0
        sought = self._sought.casefold()
        for line in (*note.lines[at:], *note.lines[:at]):
            if sought in line.text.casefold():
                self.lines_list.point(("line", line.number))
                self.moved()
                return
        self.app.say("Not in this note.", failed=True)
