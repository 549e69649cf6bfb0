"""One member's note: as it will be read, why every word of it may stand, and what was held back and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.containers import Container

from assistant.decisions import GROUP_FIELDS, Field
from assistant.domain import SAMPLE_RATE
from assistant.review.view import MentionView, Step
from assistant.ui.dialogs.choice import Choice, Option
from assistant.ui.painted import Painted
from assistant.ui.review.dialogs import Line, PrivateDialog, TypedDialog
from assistant.ui.review.note_keys import NoteKeys
from assistant.ui.review.note_rows import evidence_rows, withheld_rows
from assistant.ui.review.preview_screen import PreviewScreen
from assistant.ui.review.rows import RowList
from assistant.ui.review.wording import FORMATS, OWNERS, SIGNING, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from assistant.domain import PersonId
    from assistant.handout import NoteFormat
    from assistant.notes.document import Document


class NoteScreen(NoteKeys, inherit_bindings=True):
    """Left the note; right the evidence of the line that is pointed at, and below it what was held back."""

    KEYS: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("F", "fill", "Fill the fields one after another"),
        ("S", "sign", "Sign"),
        ("enter", "edit", "Write the line that is pointed at anew; empty takes it out"),
        ("a", "accept", "Say that you read the draft as it stands"),
        ("tab", "pane", "Go on to the evidence, to what was held back, and back to the note"),
        ("r", "release", "Let the held-back clause that is pointed at into the note; the gate still stands"),
        ("v", "words", "Read the words of the held-back clause that is pointed at; the log notes it"),
        ("h", "hide", "Keep the line, or words of it, out of the note"),
        ("w", "whose", "Say whose the fact is that is pointed at in the evidence"),
        ("f", "false alarm", "Say that it is no such fact: here, or in this group"),
        ("g", "", "Go to the group's part"),
        ("n p", "next, former", "The next member's note, or the one before"),
        ("P", "preview", "The final document in a format"),
        ("D", "", "Add to a signed note"),
        ("/", "find", "Find words in this note"),
        ("space", "", "Play the moment of the line; again stops"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("F,shift+f", "fill", show=False),
        Binding("S,shift+s", "sign", show=False),
        Binding("D,shift+d", "add", show=False),
        Binding("P,shift+p", "preview", show=False),
        Binding("enter", "edit", show=False),
        Binding("a", "accept", show=False),
        Binding("tab", "pane(1)", show=False),
        Binding("shift+tab", "pane(-1)", show=False),
        Binding("r", "release", show=False),
        Binding("v", "words", show=False),
        Binding("h", "hide", show=False),
        Binding("w", "whose", show=False),
        Binding("f", "false_alarm", show=False),
        Binding("n", "neighbour(1)", show=False),
        Binding("p", "neighbour(-1)", show=False),
        Binding("g", "group", show=False),
        Binding("slash", "find", show=False),
        Binding("space", "play", show=False),
    ]

    def __init__(self, person: PersonId) -> None:
        """Take whose note it is."""
        super().__init__(person)
        self.member = person
        self._evidence = RowList(id="evidence", active=False)
        self._withheld = RowList(id="withheld", active=False)
        self._titles = (Painted(id="evidence-title"), Painted(id="withheld-title"))
        self._pane = 0

    def body(self) -> Iterable[Widget]:
        """Return the panes."""
        return (
            Container(
                self.lines_list,
                Container(self._titles[0], self._evidence, self._titles[1], self._withheld, id="why"),
                id="note-panes",
            ),
        )

    def show(self) -> None:
        """Show the note and what belongs to its line."""
        note = self.note
        if note is None or note.person is None:
            return
        told = f"{note.person.name} · {STEPS[note.step]}"
        if note.missing:
            told += f"{'' if note.step is Step.INCOMPLETE else ' · to complete'}: {_missing(note.missing)}"
        told += " · accepted" if note.accepted and note.step is not Step.SIGNED else ""
        urgent = ["corrected since it was signed: D adds to it"] if note.outdated else []
        self.paint_header(told, *urgent)
        first = self.lines_list.at is None
        self.show_lines()
        if first:
            spoken = next((line for line in note.lines if line.speech), None)
            self.lines_list.point(None if spoken is None else ("line", spoken.number))
        self._withheld.fill(withheld_rows(note))
        self.moved()

    def moved(self) -> None:
        """Show the evidence of the line that is pointed at."""
        self._evidence.fill(evidence_rows(self.pointed()))
        self._dress_panes()

    def _dress_panes(self) -> None:
        note = self.note
        if note is None:
            return
        lists = (self.lines_list, self._evidence, self._withheld)
        for number, each in enumerate(lists):
            if each.active is not (number == self._pane):
                each.activate(active=number == self._pane, keeps=number == 0)
        self.set_class(self._pane == 2, "-withheld")  # noqa: PLR2004  the third pane
        titles = ("evidence of the line", f"held back: {len(note.withheld)} of their own clauses")
        for number, (painted, words) in enumerate(zip(self._titles, titles, strict=True), start=1):
            active = number == self._pane
            painted.paint(Text(f" {words} ", Style(bold=True, reverse=active), no_wrap=True, overflow="ellipsis"))

    def action_pane(self, by: int) -> None:
        """Have the keys go to another pane."""
        self._pane = (self._pane + by) % 3
        self._dress_panes()

    # -- signing ------------------------------------------------------------------------------------------------------

    def action_sign(self) -> None:
        """Sign, unless something stands against it."""
        note = self.note
        if note is None or not self.may_change():
            return
        if note.missing:
            own = any(field not in GROUP_FIELDS for field in note.missing)
            fills = "F fills them" if own else "g goes to the group's part"
            self.app.say(f"To complete first: {_missing(note.missing)}. {fills}.", failed=True)
            return
        line = Line(
            "signature: name and credentials", "as it is to stand under the note", self.app.signature, needed=True
        )
        self.app.push_screen(TypedDialog("Sign this note", [line], about=SIGNING, keeps="enter signs"), self._sign)

    def _sign(self, typed: tuple[str, ...] | None) -> None:
        if typed is None:
            return
        self.app.signature = typed[0]
        self.app.say("The gate reads the final text…")
        self.app.order(
            lambda: self.room.sign(self.member, typed[0]), "Signed.", then=self._signed, failed=self.to_refusal
        )

    def _signed(self) -> None:
        if self.app.review_screen() is self:
            self.app.to_next_unsigned(self.member)

    def to_refusal(self) -> None:
        """Point at the first line that the gate has something against."""
        if self.note is None or self.app.review_screen() is not self:
            return
        self.take()
        first = next((line for line in self.note.lines if line.findings), None)
        if first is not None:
            self._pane = 0
            self.lines_list.point(("line", first.number))
            self.moved()

    def action_add(self) -> None:
        """Add to a signed note."""
        if self.note is None or self.note.step is not Step.SIGNED:
            self.app.say("Only a signed note takes an addendum: until then its lines can be written.", failed=True)
            return
        lines = [
            Line("addendum", "what is to be added", needed=True),
            Line("signature: name and credentials", "", self.app.signature, needed=True),
        ]

        def add(typed: tuple[str, ...] | None) -> None:
            if typed is not None:
                self.app.say("The gate reads it…")
                self.app.order(lambda: self.room.add(self.member, *typed), "Added.")

        about = "The gate reads it first. It cannot be taken back."
        self.app.push_screen(TypedDialog("Addendum", lines, about=about, keeps="enter signs it"), add)

    # -- what was held back -------------------------------------------------------------------------------------------

    def _clause(self) -> int | None:
        if self._pane != 2:  # noqa: PLR2004  the third pane
            self._pane = 2
            self._dress_panes()
            self.app.say("Held back: up and down point, r releases, v reads the words.")
            return None
        at = self._withheld.at
        return at[1] if isinstance(at, tuple) else None

    def action_release(self) -> None:
        """Let a held-back clause into the note."""
        if self.may_change() and (clause := self._clause()) is not None:
            self.app.order(lambda: self.room.release(self.member, clause), "Released: the gate reads it.")

    def action_words(self) -> None:
        """Offer to show the words of a held-back clause."""
        if (clause := self._clause()) is None:
            return

        def read(dialog: PrivateDialog) -> None:
            self.app.fetch(lambda: self.room.open_private(self.member, clause), dialog.reveal)

        self.app.push_screen(PrivateDialog(read))

    def action_hide(self) -> None:
        """Keep a line, or words of it, out."""
        line = self.pointed()
        if line is None or not self.may_change():
            return

        def hide(typed: tuple[str, ...] | None) -> None:
            if typed is not None:
                self.app.order(lambda: self.room.hide(self.member, line.number, typed[0]), "Hidden.")

        ask = [Line("words to hide, as they stand in the line", "empty: the whole line")]
        self.app.push_screen(TypedDialog("Hide", ask, keeps="enter hides"), hide)

    # -- facts --------------------------------------------------------------------------------------------------------

    def _mention(self) -> MentionView | None:
        line = self.pointed()
        at = self._evidence.at
        number = at[1] if isinstance(at, tuple) and at[0] == "mention" else None
        found = None if line is None else next((m for m in line.mentions if m.number == number), None)
        if found is None:
            self.app.say("No fact was found in that line.", failed=True)
        return found

    def action_whose(self) -> None:
        """Say whose a fact is."""
        if not self.may_change() or (fact := self._mention()) is None or (line := self.pointed()) is None:
            return
        number = line.number

        def relabel(owner: str | None) -> None:
            if owner is not None:
                self.app.order(lambda: self.room.relabel(self.member, number, fact.number, owner), f"{OWNERS[owner]}.")

        options = [Option(str(key), label, owner) for key, (owner, label) in enumerate(OWNERS.items(), start=1)]
        self.app.push_screen(Choice(f"Whose is this {fact.type.value}?", options), relabel)

    def action_false_alarm(self) -> None:
        """Say that it is no such fact."""
        if not self.may_change() or (fact := self._mention()) is None or (line := self.pointed()) is None:
            return
        number = line.number

        def drop(everywhere: bool | None) -> None:  # noqa: FBT001  the one thing it says
            if everywhere is not None:
                self.app.order(
                    lambda: self.room.false_alarm(self.member, number, fact.number, everywhere=everywhere),
                    "No such fact, in this group." if everywhere else "No such fact, here.",
                )

        options = [
            Option("1", "no such fact here", value=False),
            Option("2", "no such fact in this group, now and later", value=True),
        ]
        self.app.push_screen(Choice(f"Not {fact.type.value}?", options), drop)

    # -- the rest -----------------------------------------------------------------------------------------------------

    def action_neighbour(self, by: int) -> None:
        """Show the next member's note, or the one before, on a screen of its own."""
        self.app.to_neighbour(self.member, by)

    def action_group(self) -> None:
        """Go to the group's part."""
        self.app.to_note(None)

    def action_preview(self) -> None:
        """Show the final document."""

        def show(form: NoteFormat | None) -> None:
            if form is not None:
                self.app.fetch(
                    lambda: self.room.preview(self.member, form),
                    self._preview,
                )

        options = [Option(str(key), label, form) for key, (form, label) in enumerate(FORMATS.items(), start=1)]
        self.app.push_screen(Choice("Preview", options, "As it would stand in the clinic's own record."), show)

    def _preview(self, document: Document) -> None:
        if self.app.review_screen() is self:
            self.app.go(PreviewScreen(self.member, document))

    def action_play(self) -> None:
        """Play the moment of the line."""
        line = self.pointed()
        if line is None or not line.at:
            self.app.say("That line rests on no moment of sound.", failed=True)
            return
        self.app.play_or_stop(*line.at[0], SAMPLE_RATE)


def _missing(fields: tuple[Field, ...]) -> str:
    """Return what is to be completed, and what of it belongs to the group's part."""
    own = ", ".join(field.value for field in fields if field not in GROUP_FIELDS)
    group = ", ".join(field.value for field in fields if field in GROUP_FIELDS)
    return "; ".join(part for part in (own, f"for the group {group}" if group else "") if part)
