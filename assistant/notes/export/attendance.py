"""One member's attendance for billing, as CSV. A list of two members tells each of the other (``domain.md`` X20)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import Part2
from assistant.errors import OutputError
from assistant.notes.notices import part2_notice

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from assistant.domain import PersonId

COLUMNS = ("date", "start", "stop", "minutes", "type", "participants", "service note signed")


@dataclass(frozen=True, slots=True)
class Attended:
    """One session that a member came to."""

    member: PersonId
    """Whose it is; never written."""
    date: dt.date
    start: dt.time | None
    """Of the session, as the clinician wrote it; None: nobody did."""
    stop: dt.time | None
    minutes: int
    """That the member was present."""
    kind: str
    """Kind of group."""
    participants: int
    """Members present, from attendance; a count names nobody."""
    signed: bool
    """Whether the note of the service is signed."""


def attendance_csv(rows: Sequence[Attended], part2: Part2) -> bytes:
    """Return one member's sessions, the earliest first, as CSV in UTF-8 for a spreadsheet or a billing system.

    It names nobody: it is handed out as one member's. Where 42 CFR Part 2 applies or may, each row carries the short
    notice.

    Raises:
        OutputError: The rows are of two members, or there is none.
    """
    if len({row.member for row in rows}) != 1:
        raise OutputError("an attendance file holds the sessions of one member: ask for one member at a time")
    notice = () if part2 is Part2.NO else (part2_notice().short,)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*COLUMNS, *("notice" for _ in notice)))
    for row in sorted(rows, key=lambda row: (row.date, row.start is not None, row.start)):
        cells = (
            row.date.isoformat(),
            _clock(row.start),
            _clock(row.stop),
            str(row.minutes),
            row.kind,
            str(row.participants),
            "yes" if row.signed else "no",
        )
        writer.writerow((*map(_inert, cells), *notice))
    return out.getvalue().encode("utf-8")


def _clock(at: dt.time | None) -> str:
    return "" if at is None else f"{at:%H:%M}"


def _inert(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (CWE-1236)."""
    flat = " ".join(cell.split())
    return f"'{flat}" if flat.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else flat  # noqa: RUF001 # meant
