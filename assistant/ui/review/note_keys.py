"""What a member's note and the group's part have in common: lines to read and edit, fields to fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Severity
from assistant.notes.sentences import TO_COMPLETE
from assistant.review.view import LineView, NoteView, Step
from assistant.ui.review.beside_note import BesideNote
from assistant.ui.review.dialogs import Line, TypedDialog
from assistant.ui.review.note_rows import FIELD_OF, line_rows
from assistant.ui.review.rows import RowList
from assistant.ui.review.screens import ReviewScreen
from assistant.ui.review.wording import ASKS, FIELD_REFUSED, SIGNED_STAYS

if TYPE_CHECKING:
    from assistant.decisions import Field
    from assistant.domain import PersonId


class NoteKeys(ReviewScreen, inherit_bindings=True):
    """Edits lines, fills fields, accepts, finds."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.person: PersonId | None = None
        """Whose note it is; None: the group's part."""
        self.note: NoteView | None = None
        self.lines_list = RowList(id="lines")
        self._sought = ""
        self._fills = False
        """Whether what is missing is to be asked for as soon as the note is there."""

    def ask(self) -> None:
        """Ask for the note."""
        self.note = self.room.note(self.person)

    def forget(self) -> None:
        """Let go of the note."""
        self.person = None
        self.note = None
        self._sought = ""
        self._fills = False

    def take(self) -> None:
        """Show the note, and ask for what is missing of it, if this visit is for that."""
        super().take()
        if self._fills and self.note is not None:
            self._fills = False
            if self._missing() and self.note.step is not Step.SIGNED:
                visit = self.visit
                self.call_after_refresh(lambda: self.action_fill() if self.is_still(visit) else None)

    def _missing(self) -> list[Field]:
        return [] if self.note is None else [f for f in self.note.missing if f in dict(self.note.fields)]

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
        person = self.person
        if self.may_change():
            self.app.order(lambda: self.room.accept(person), "Accepted as it stands.")

    def action_edit(self) -> None:
        """Write the line, or the field, that is pointed at."""
        line = self.pointed()
        if line is None or not self.may_change():
            return
        person = self.person
        field = FIELD_OF.get(line.section)
        if field is not None and (line.by_hand or line.text == TO_COMPLETE):
            self._edit_field(field)
            return

        def keep(typed: tuple[str, ...] | None) -> None:
            if typed is not None and typed[0] != line.text:
                said = "Line written." if typed[0] else "Line taken out."
                self.app.order(lambda: self.room.write_line(person, line.number, typed[0]), said)

        about = "Your words take the place of the line. Empty takes it out."
        self.app.push_screen(TypedDialog("Line", [Line("text", text=line.text)], about=about), keep)

    def _edit_field(self, field: Field) -> None:
        person = self.person
        text = dict(self.note.fields).get(field, "") if self.note is not None else ""

        def keep(typed: tuple[str, ...] | None) -> None:
            if typed is not None and typed[0] != text:
                self.app.order(lambda: self.room.write(person, field, typed[0]), "Kept.")

        line = Line(field.value, ASKS[field], text, warns=self._against(field))
        self.app.push_screen(TypedDialog(field.value.capitalize(), [line]), keep)

    def action_fill(self) -> None:
        """Fill the fields one after another, those that are missing first."""
        if not self.may_change() or self.note is None:
            return
        note, person, visit = self.note, self.person, self.visit
        missing = self._missing()
        fields = [*missing, *(field for field, _ in note.fields if field not in missing)]
        before = dict(note.fields)
        lines = [
            Line(
                f"{field.value}{' · to complete' if field in missing else ''}",
                ASKS[field],
                before[field],
                warns=self._against(field),
            )
            for field in fields
        ]

        def keep(typed: tuple[str, ...] | None) -> None:
            if typed is None:
                return
            new = [(field, text) for field, text in zip(fields, typed, strict=True) if text != before[field]]

            def write() -> None:
                for field, text in new:
                    self.room.write(person, field, text)

            def kept() -> None:
                if self.visit == visit:
                    self.filled()

            if new:
                self.app.order(write, "Kept.", then=kept)
            else:
                kept()

        keeps = "on the last to complete it keeps" if missing else "ctrl+s keeps"
        last = len(missing) or len(lines)
        self.app.push_screen(
            BesideNote("Fields · ctrl+s keeps them", lines, self.lines_list, keeps=keeps, last=last), keep
        )

    def filled(self) -> None:
        """Do what follows once fields were kept."""

    def _against(self, field: Field) -> str:
        """Return what the gate has against a field, and what to do; empty if nothing."""
        lines = () if self.note is None else self.note.lines
        rules = [
            one.rule
            for line in lines
            for one in line.findings
            if one.severity is Severity.REFUSE and FIELD_OF.get(line.section) is field
        ]
        return FIELD_REFUSED.format(rule="; ".join(dict.fromkeys(rules))) if rules else ""

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
