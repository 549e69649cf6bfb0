"""The session as a whole: what is still to do, and one line for every note."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.containers import Container

from assistant.decisions import GROUP_FIELDS
from assistant.review.view import NoteRow, Overview, Step
from assistant.ui.painted import Painted
from assistant.ui.people import short
from assistant.ui.review.rows import BOLD, DIM, REVERSE, Row, RowList
from assistant.ui.review.screens import ReviewScreen
from assistant.ui.review.wording import STEPS, told
from assistant.ui.room_pane import bar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

_GROUP = "group"
_NAME = 24
"""Cells for a name."""


class OverviewScreen(ReviewScreen, inherit_bindings=True):
    """What is to do, then the notes."""

    KEYS: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("enter", "note", "Open the note that is pointed at"),
        ("s", "speakers", "Go through the stretches that want an ear"),
        ("k", "risk", "Go through the alerts of risk"),
        ("g", "group part", "Write topic, interventions and times, once for everybody"),
        ("n", "next", "Open the next note that nobody signed"),
        ("e", "hand out", "Hand out signed notes"),
        ("p", "pictures", "Show talk time, turns, references and alerts"),
        ("u", "undo", ""),
        ("q", "leave", "Leave the review"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", show=False),
        Binding("s", "app_do('to_speakers')", show=False),
        Binding("k", "app_do('to_risk')", show=False),
        Binding("g", "group", show=False),
        Binding("n", "next", show=False),
        Binding("e", "app_do('to_hand_out')", show=False),
        Binding("p", "app_do('to_pictures')", show=False),
        Binding("q", "leave", show=False),
    ]

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._todo = Painted(id="todo")
        self._list = RowList(id="notes")
        self._under_way = Painted(id="work")
        self._overview: Overview | None = None

    def body(self) -> Iterable[Widget]:
        """Return what is to do, the notes, and what is under way."""
        return (self._todo, Container(self._list, id="notes-box"), self._under_way)

    def ask(self) -> None:
        """Ask how far everything is."""
        self._overview = self.room.overview()

    def forget(self) -> None:
        """Let go of what was asked for."""
        self._overview = None

    def show(self) -> None:
        """Show it."""
        overview = self._overview
        if overview is None:
            return
        begun = overview.session.begun.astimezone()
        signed = sum(1 for row in overview.notes if row.step is Step.SIGNED)
        members = sum(1 for row in overview.notes if row.person is not None)
        self.paint_header(f"{overview.group} · {begun:%a %d %b %Y %H:%M} · {signed} of {members} signed")
        self._todo.paint(_todo(overview))
        self._list.fill([_row(row, narrow=self.look.narrow) for row in overview.notes])
        if self.app.member is not None:
            self._list.point(self.app.member)
            self.app.member = None
        self._under_way.paint(_work(overview, plain=self.look.plain))

    def action_open(self) -> None:
        """Open the note that is pointed at."""
        row = self._pointed()
        if row is not None:
            self.app.to_note(None if row.person is None else row.person.id)

    def action_next(self) -> None:
        """Open the next note that nobody signed."""
        row = self._pointed()
        rows = [] if self._overview is None else [r for r in self._overview.notes if r.person is not None]
        at = rows.index(row) if row in rows else 0
        before = rows[at - 1].person if at else None
        self.app.to_next_unsigned(None if before is None else before.id)

    def action_group(self) -> None:
        """Open the group's part."""
        self.app.to_note(None)

    def action_app_do(self, where: str) -> None:
        """Go to another screen."""
        getattr(self.app, where)()

    def action_back(self) -> None:
        """Go back to the list of sessions."""
        self.app.to_sessions()

    def action_leave(self) -> None:
        """Leave the review."""
        self.app.exit(0)

    def _pointed(self) -> NoteRow | None:
        notes = () if self._overview is None else self._overview.notes
        return next((row for row in notes if _key(row) == self._list.at), None)


def _key(row: NoteRow) -> str:
    return _GROUP if row.person is None else row.person.id


def _todo(overview: Overview) -> Text:
    text = Text()
    for count, what, key in (
        (overview.to_check, "stretch to check" if overview.to_check == 1 else "stretches to check", "s"),
        (overview.open_risk, "A1 alert open" if overview.open_risk == 1 else "A1 alerts open", "k"),
    ):
        text.append(f" {key} ", REVERSE if count else DIM).append(f" {count or 'no'} {what}   ", BOLD if count else DIM)
    text.append(" u ", REVERSE if overview.can_undo else DIM).append(
        f" undo: {overview.can_undo}" if overview.can_undo else " nothing to undo", None if overview.can_undo else DIM
    )
    if overview.part2:
        text.append("\n 42 CFR Part 2 is heeded: notices go on page 1, and consent is checked.", DIM)
    for warning in overview.warnings:
        text.append(f"\n ! {warning}", BOLD)
    if overview.problem:
        text.append(f"\n ! {overview.problem}", REVERSE)
    return text


def _row(row: NoteRow, *, narrow: bool) -> Row:
    name = "the group's part" if row.person is None else short(row.person.name, _NAME)
    if row.person is None and row.step is not Step.REFUSED:
        step = "to complete" if row.missing else ("read" if row.accepted else "not read yet")
    else:
        step = STEPS[row.step]
    parts = [f"{row.lines} line{'' if row.lines == 1 else 's'}"] if row.person is not None else []
    if row.held_back:
        parts.append(f"{row.held_back} held back")
    # What is missing of the group's part stands there, once.
    missing = [f.value for f in row.missing if (f in GROUP_FIELDS) is (row.person is None)]
    if missing:
        parts.append(f"{len(missing)} missing" if narrow else f"missing: {', '.join(missing)}")
    if row.accepted and row.step is not Step.SIGNED and row.person is not None:
        parts.append("accepted")
    if row.outdated:
        parts.append("corrected since: an addendum is due")
    urgent = row.step is Step.REFUSED or row.outdated
    done = row.step is Step.SIGNED and not row.outdated
    return Row(
        _key(row),
        " · ".join(parts),
        head=f"{name:<{_NAME}} {step:<16} ",
        head_style=REVERSE if urgent else (DIM if done else BOLD),
        style=DIM if done else None,
    )


def _work(overview: Overview, *, plain: bool) -> Text:
    work = overview.work
    if work is None:
        return Text()
    if not work.total:
        return Text(f" … {work.what}")
    share = work.done / work.total
    return Text(f" … {told(work)}" if plain else f" {bar(share, 20)} {told(work)}")
