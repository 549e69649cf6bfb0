"""The closed sessions of the vault: days and counts, no names and no words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from assistant.ui.review.rows import DIM, Row, RowList, remark
from assistant.ui.review.screens import ReviewScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from assistant.review.view import SessionRow


class SessionsScreen(ReviewScreen, inherit_bindings=True):
    """The list, the latest first."""

    KEYS: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("enter", "open", "Open the session that is pointed at"),
        ("q", "leave", "Leave the review"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", show=False),
        Binding("q", "leave", show=False),
    ]

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._list = RowList(id="sessions")
        self._sessions: tuple[SessionRow, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        return (self._list,)

    def ask(self) -> None:
        """Ask which there are."""
        self._sessions = self.room.sessions()

    def forget(self) -> None:
        """Let go of what was asked for."""
        self._sessions = ()

    def show(self) -> None:
        """Show them."""
        self.paint_header(f"Review · {len(self._sessions)} closed session{'' if len(self._sessions) == 1 else 's'}")
        rows = [_row(row) for row in self._sessions]
        self._list.fill(rows or [remark("none", "No session is closed yet: a live session's close brings it here.")])

    def action_open(self) -> None:
        """Open the one that is pointed at."""
        if self._list.at is not None:
            self.app.take_up(str(self._list.at))

    def action_back(self) -> None:
        """Stay: this is where everything begins."""

    def action_leave(self) -> None:
        """Leave the review."""
        self.app.exit(0)


def _row(row: SessionRow) -> Row:
    begun = row.begun.astimezone()
    length = 0 if row.ended is None else round((row.ended - row.begun).total_seconds() / 60)
    minutes = f"{length} min" if length else ""
    signed = f"{row.signed} of {row.drafts} signed" if row.drafts else "no drafts"
    gone = ", no ".join(what for what, there in (("sound", row.audio), ("words", row.text)) if not there)
    done = row.drafts > 0 and row.signed >= row.drafts
    text = f"{signed}{f'   no {gone}' if gone else ''}"
    return Row(row.id, text, head=f"{begun:%a %d %b %Y  %H:%M}  {minutes:>7}   ", style=DIM if done else None)
