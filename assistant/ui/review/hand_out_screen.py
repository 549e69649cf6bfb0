"""To whom, in which form, as which file: chosen in one list, shown once more in words, and only then written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding

from assistant.handout import FileKind, NoteFormat, Recipient
from assistant.review.view import HandedOut, HandOutOrder, Step
from assistant.ui.dialogs.choice import Choice, Option
from assistant.ui.review.consent_choice import ANY, TYPED, consent_choice
from assistant.ui.review.dialogs import Line, TypedDialog
from assistant.ui.review.rows import BOLD, DIM, REVERSE, Row, RowList, heading
from assistant.ui.review.screens import ReviewScreen
from assistant.ui.review.wording import FORMATS, KINDS, RECIPIENTS, holds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from assistant.domain import PersonId
    from assistant.review.view import ConsentView, NoteRow

_LABEL = 12
Value = TypeVar("Value")


class HandOutScreen(ReviewScreen, inherit_bindings=True):
    """The order as a list of what it says; below it the members; then what became of each."""

    KEYS: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("H", "hand out", "Show once more what goes to whom; enter then writes it"),
        ("enter", "change", "Change what is pointed at; on a member: with or without"),
        ("space", "with/without", "With the member that is pointed at, or without"),
        ("esc", "back", "Back to the session as a whole"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("H,shift+h", "hand_out", show=False),
        Binding("enter", "change", show=False),
        Binding("space", "change", show=False),
    ]

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._list = RowList(id="order")
        self._only: PersonId | None = None
        self._notes: tuple[NoteRow, ...] = ()
        self._order: HandOutOrder | None = None
        self._results: dict[PersonId, HandedOut] = {}
        self._working = False

    def about(self, person: PersonId | None) -> None:
        """Take whose note it is about; None: all that are signed."""
        self._only = person

    def forget(self) -> None:
        """Let go of the order and of what became of it."""
        self._only = None
        self._notes = ()
        self._order = None
        self._results = {}
        self._working = False

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        return (self._list,)

    def ask(self) -> None:
        """Ask which notes are signed."""
        self._notes = tuple(row for row in self.room.overview().notes if row.person is not None)
        if self._order is None:
            signed = tuple(row.person.id for row in self._notes if row.person is not None and row.step is Step.SIGNED)
            self._order = HandOutOrder(
                people=tuple(p for p in signed if self._only in {None, p}),
                recipient=Recipient.RECORD,
                form=NoteFormat.PROGRESS,
                kind=FileKind.PDF,
                folder=self.app.folder,
            )

    def show(self) -> None:
        """Show the order, the members, and what became of it."""
        order = self._order
        if order is None:
            return
        self.paint_header(f"Hand out · {len(order.people)} of {len(self._notes)} notes")
        own = order.recipient is Recipient.RECORD
        rows = [
            _choice("recipient", RECIPIENTS[order.recipient]),
            Row("holds", f"holds: {holds(order.recipient)}", head=" " * (_LABEL + 2), style=DIM, heading=True),
            _choice("format", FORMATS[order.form]),
            _choice("file", KINDS[order.kind]),
            _choice("to", order.to, "not needed for the own record" if own else "NAME AND ADDRESS NEEDED"),
            _choice("purpose", order.purpose, "not needed for the own record" if own else "NEEDED"),
            _choice("consent", "" if order.consent is None else f"number {order.consent}", _consent(order)),
            _choice("folder", str(order.folder)),
            heading("Members"),
            *(self._member(row, order) for row in self._notes),
        ]
        self._list.fill(rows)

    def _member(self, row: NoteRow, order: HandOutOrder) -> Row:
        assert row.person is not None  # noqa: S101  the group's part is not among them
        chosen = row.person.id in order.people
        mark = "[x]" if chosen else "[ ]"
        result = self._results.get(row.person.id)
        if result is not None and result.file is not None:
            told, style = f"written: {result.file.name}", BOLD
        elif result is not None:
            told, style = f"! {result.refused}", REVERSE
        else:
            told, style = ("signed" if row.step is Step.SIGNED else "not signed: it cannot be handed out"), DIM
        return Row(("member", row.person.id), told, head=f"{mark} {row.person.name:<24} ", style=style)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_change(self) -> None:
        """Change what is pointed at."""
        at, order = self._list.at, self._order
        if order is None:
            return
        if isinstance(at, tuple):
            person = at[1]
            people = (
                tuple(p for p in order.people if p != person) if person in order.people else (*order.people, person)
            )
            by_roster = [row.person.id for row in self._notes if row.person is not None]
            # The number of a consent is that one member's own.
            self._set(replace(order, people=tuple(p for p in by_roster if p in people), consent=None))
        elif at == "recipient":
            self._choose("To whom?", RECIPIENTS, lambda one: replace(order, recipient=one))
        elif at == "format":
            self._choose("Format", FORMATS, lambda one: replace(order, form=one))
        elif at == "file":
            self._choose("Kind of file", KINDS, lambda one: replace(order, kind=one))
        elif at == "consent" and len(order.people) != 1:
            self.app.say("A consent's number is one member's own: choose that member alone.", failed=True)
        elif at == "consent":
            self._pick_consent(order)
        elif at in {"to", "purpose", "folder"}:
            self._type(str(at), order)

    def _choose(self, title: str, labels: dict[Value, str], then: Callable[[Value], HandOutOrder]) -> None:
        options = [Option(str(number), label, value) for number, (value, label) in enumerate(labels.items(), start=1)]
        self.app.push_screen(Choice(title, options), lambda one: None if one is None else self._set(then(one)))

    def _pick_consent(self, order: HandOutOrder) -> None:
        person, visit = order.people[0], self.visit
        name = next((row.person.name for row in self._notes if row.person is not None and row.person.id == person), "")

        def picked(number: int | None) -> None:
            if number == TYPED:
                self._type("consent", order)
            elif number is not None:
                self._set(replace(order, consent=None if number == ANY else number))

        def choose(consents: tuple[ConsentView, ...]) -> None:
            if self.is_still(visit):
                self.app.push_screen(consent_choice(name, order.recipient, consents), picked)

        self.app.fetch(lambda: self.room.consents(person, order.recipient), choose)

    def _type(self, what: str, order: HandOutOrder) -> None:
        def keep(typed: tuple[str, ...] | None) -> None:
            if typed is None:
                return
            text = typed[0]
            if what == "to":
                self._set(replace(order, to=text))
            elif what == "purpose":
                self._set(replace(order, purpose=text))
            elif what == "consent":
                self._take_consent(order, text)
            elif text:
                self.app.folder = Path(text).expanduser()
                self._set(replace(order, folder=self.app.folder))

        asks = {
            "to": "name and address",
            "purpose": "for what",
            "folder": "where the files go",
            "consent": "its number; empty: the one that covers it, if exactly one does",
        }[what]
        consent = "" if order.consent is None else str(order.consent)
        now = {"to": order.to, "purpose": order.purpose, "folder": str(order.folder), "consent": consent}[what]
        self.app.push_screen(TypedDialog(what.capitalize(), [Line(what, asks, now)]), keep)

    def _take_consent(self, order: HandOutOrder, text: str) -> None:
        if text and not (text.isdecimal() and int(text)):
            self.app.say("A consent has a number, as 2: enter shows those that stand.", failed=True)
        else:
            self._set(replace(order, consent=int(text) if text else None))

    def _set(self, order: HandOutOrder) -> None:
        self._order = order
        self._results = {}
        self.show()

    def action_hand_out(self) -> None:
        """Show once more what goes to whom."""
        order = self._order
        if order is None or self._working:
            return
        lacking = (
            ""
            if order.recipient is Recipient.RECORD
            else next((what for what in ("to", "purpose") if not getattr(order, what)), "")
        )
        if not order.people or lacking:
            why = f"{lacking} is needed for this recipient." if order.people else "No member is chosen."
            self.app.say(f"{why} enter changes what is pointed at.", failed=True)
            if lacking:
                self._list.point(lacking)
            return
        number = "" if order.consent is None else f"\nOn consent number {order.consent}."
        about = (
            f"{len(order.people)} file{'s' if len(order.people) > 1 else ''}, one a member, {KINDS[order.kind]}, "
            f"{FORMATS[order.form]}.\nTo: {RECIPIENTS[order.recipient]}{f', {order.to}' if order.to else ''}.\n"
            f"Holds: {holds(order.recipient)}.{number}\nThe log of disclosures notes each."
        )
        yes: Option[bool] = Option("y", "write them", value=True)
        no: Option[bool] = Option("n", "go back", value=False)
        self.app.push_screen(Choice("Is this the right recipient?", [yes, no], about), self._go_on)

    def _go_on(self, answer: bool | None) -> None:  # noqa: FBT001  the one thing it says
        order = self._order
        if not answer or order is None:
            return
        visit = self.visit
        self._working = True
        self.app.say("Writing; what was written is read back and held against the note.")

        def take(results: tuple[HandedOut, ...]) -> None:
            if self.visit != visit:
                return
            self._working = False
            self._results = {result.person: result for result in results}
            written = sum(1 for result in results if result.file is not None)
            refused = len(results) - written
            self.app.say(
                f"{written} written{f', {refused} refused: see the member' if refused else ''}.", failed=bool(refused)
            )
            self.show()

        self.app.fetch(lambda: self.room.hand_out(order), take)


def _consent(order: HandOutOrder) -> str:
    """Return what stands where no number was chosen."""
    if order.recipient in {Recipient.RECORD, Recipient.MEMBER}:
        return "not needed for this recipient"
    return "the one that covers it, if exactly one does"


def _choice(what: str, says: str, empty: str = "") -> Row:
    return Row(what, says or empty, head=f"{what:<{_LABEL}}", head_style=BOLD, style=None if says else DIM)
