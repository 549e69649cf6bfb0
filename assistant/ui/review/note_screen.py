"""One member's note: as it will be read, why every word of it may stand, and what was held back and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.containers import Container

from assistant.decisions import GROUP_FIELDS, Field
from assistant.domain import SAMPLE_RATE
from assistant.review.view import Step
from assistant.ui.dialogs.choice import Choice, Option
from assistant.ui.painted import Painted
from assistant.ui.review.beside_note import BesideNote
from assistant.ui.review.dialogs import Line, TypedDialog
from assistant.ui.review.evidence_keys import HELD_BACK, EvidenceKeys
from assistant.ui.review.note_rows import first_refused
from assistant.ui.review.wording import FORMATS, GROUP_REFUSED, SIGNING, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from assistant.domain import PersonId
    from assistant.handout import NoteFormat
    from assistant.notes.document import Document


class NoteScreen(EvidenceKeys, inherit_bindings=True):
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
        ("m", "not theirs", "These words are somebody else's: out of every note, and on the speakers' screen"),
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
        Binding("m", "not_theirs", show=False),
        Binding("w", "whose", show=False),
        Binding("f", "false_alarm", show=False),
        Binding("n", "neighbour(1)", show=False),
        Binding("p", "neighbour(-1)", show=False),
        Binding("g", "group", show=False),
        Binding("slash", "find", show=False),
        Binding("space", "play", show=False),
    ]

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._titles = (Painted(id="evidence-title"), Painted(id="withheld-title"))
        self._offers = False
        """Whether the signature is to be offered as soon as nothing stands against it."""

    def about(self, person: PersonId, *, fills: bool) -> None:
        """Take whose note it is, and whether what is missing of it is asked for at once."""
        self.person = person
        self._fills = fills

    def forget(self) -> None:
        """Let go of the note."""
        super().forget()
        self._offers = False

    def body(self) -> Iterable[Widget]:
        """Return the panes."""
        return (
            Container(
                self.lines_list,
                Container(self._titles[0], self.evidence, self._titles[1], self.withheld, id="why"),
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
            missing = _missing(note.missing, counted=self.look.narrow)
            told += f"{'' if note.step is Step.INCOMPLETE else ' · to complete'}: {missing}"
        told += " · accepted" if note.accepted and note.step is not Step.SIGNED else ""
        urgent = ["corrected since it was signed: D adds to it"] if note.outdated else []
        self.paint_header(told, *urgent)
        first = self.lines_list.at is None
        self.show_lines()
        if first:
            spoken = next((line for line in note.lines if line.speech), None)
            self.lines_list.point(None if spoken is None else ("line", spoken.number))
        self.show_withheld()
        self.moved()
        self._offer()

    def moved(self) -> None:
        """Show the evidence of the line that is pointed at."""
        self.show_reasons()
        self._dress_panes()

    def _dress_panes(self) -> None:
        note = self.note
        if note is None:
            return
        lists = (self.lines_list, self.evidence, self.withheld)
        for number, each in enumerate(lists):
            if each.active is not (number == self.pane):
                each.activate(active=number == self.pane, keeps=number == 0)
        self.set_class(self.pane == HELD_BACK, "-withheld")
        titles = ("evidence of the line", f"held back: {len(note.withheld)} of their own clauses")
        for number, (painted, words) in enumerate(zip(self._titles, titles, strict=True), start=1):
            active = number == self.pane
            painted.paint(Text(f" {words} ", Style(bold=True, reverse=active), no_wrap=True, overflow="ellipsis"))

    def action_pane(self, by: int) -> None:
        """Have the keys go to another pane."""
        self.to_pane((self.pane + by) % 3)

    def to_pane(self, number: int) -> None:
        """Have the keys go to a pane."""
        super().to_pane(number)
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
        self._ask_signature()

    def filled(self) -> None:
        """Offer the signature, as soon as nothing stands against it."""
        self._offers = True
        self.take()

    def _offer(self) -> None:
        """Offer the signature once a form was kept: the note is in sight, and only an enter of its own signs."""
        note = self.note
        if note is None or not self._offers or note.step is Step.STALE:
            return
        self._offers = False
        visit = self.visit
        if note.step is Step.READY:
            self.call_after_refresh(lambda: self._ask_signature() if self.is_still(visit) else None)
        elif note.step is Step.REFUSED:
            self.call_after_refresh(lambda: self.to_refusal() if self.is_still(visit) else None)

    def _ask_signature(self) -> None:
        person, visit = self.member, self.visit
        line = Line(
            "signature: name and credentials", "as it is to stand under the note", self.app.signature, needed=True
        )

        def sign(typed: tuple[str, ...] | None) -> None:
            if typed is None:
                self.app.say("Not signed. S asks again.")
                return
            self.app.signature = typed[0]
            self.app.say("The gate reads the final text…")
            self.app.order(lambda: self.room.sign(person, typed[0]), "Signed.", then=signed, failed=refused)

        def signed() -> None:
            if self.is_still(visit):
                self.app.to_next_unsigned(person, fills=True)

        def refused() -> None:
            if self.is_still(visit):
                self.to_refusal()

        dialog = BesideNote("Sign this note", [line], self.lines_list, about=SIGNING, keeps="enter signs")
        self.app.push_screen(dialog, sign)

    def to_refusal(self) -> None:
        """Point at the first line that the gate does not let pass; where it is the group's part, go there."""
        self.take()
        if self.note is None:
            return
        first = first_refused(self.note)
        if first is not None:
            self.to_pane(0)
            self.lines_list.point(("line", first.number))
            self.moved()
        elif first_refused(self.room.note(None)) is not None:
            self.app.to_note(None)
            self.app.call_later(self.app.say, GROUP_REFUSED, failed=True)

    def action_add(self) -> None:
        """Add to a signed note."""
        if self.note is None or self.note.step is not Step.SIGNED:
            self.app.say("Only a signed note takes an addendum: until then its lines can be written.", failed=True)
            return
        person = self.member
        lines = [
            Line("addendum", "what is to be added", needed=True),
            Line("signature: name and credentials", "", self.app.signature, needed=True),
        ]

        def add(typed: tuple[str, ...] | None) -> None:
            if typed is not None:
                self.app.say("The gate reads it…")
                self.app.order(lambda: self.room.add(person, *typed), "Added.")

        about = "The gate reads it first. It cannot be taken back."
        self.app.push_screen(TypedDialog("Addendum", lines, about=about, keeps="enter signs it"), add)

    # -- the rest -----------------------------------------------------------------------------------------------------

    def action_neighbour(self, by: int) -> None:
        """Show the next member's note, or the one before, on a screen of its own."""
        self.app.to_neighbour(self.member, by)

    def action_group(self) -> None:
        """Go to the group's part."""
        self.app.to_note(None)

    def action_preview(self) -> None:
        """Show the final document."""
        person, visit = self.member, self.visit

        def show(form: NoteFormat | None) -> None:
            if form is not None:
                self.app.fetch(lambda: self.room.preview(person, form), preview)

        def preview(document: Document) -> None:
            if self.is_still(visit):
                self.app.to_preview(person, document)

        options = [Option(str(key), label, form) for key, (form, label) in enumerate(FORMATS.items(), start=1)]
        self.app.push_screen(Choice("Preview", options, "As it would stand in the clinic's own record."), show)

    def action_play(self) -> None:
        """Play the moment of the line."""
        line = self.pointed()
        if line is None or not line.at:
            self.app.say("That line rests on no moment of sound.", failed=True)
            return
        self.app.play_or_stop(*line.at[0], SAMPLE_RATE)


def _missing(fields: tuple[Field, ...], *, counted: bool = False) -> str:
    """Return what is to be completed, and what of it belongs to the group's part; ``counted``: how many of each."""
    if counted:
        group = sum(1 for field in fields if field in GROUP_FIELDS)
        counts = (
            f"{len(fields) - group} here" if len(fields) > group else "",
            f"{group} for the group" if group else "",
        )
        return ", ".join(part for part in counts if part)
    own = ", ".join(field.value for field in fields if field not in GROUP_FIELDS)
    groups = ", ".join(field.value for field in fields if field in GROUP_FIELDS)
    return "; ".join(part for part in (own, f"for the group {groups}" if groups else "") if part)
