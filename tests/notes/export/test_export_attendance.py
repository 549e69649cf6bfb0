"""Attendance for billing: one member a file, no name in it, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace

import pytest

from assistant.domain import Part2, PersonId
from assistant.errors import OutputError
from assistant.notes.export.attendance import COLUMNS, Attended, attendance_csv
from assistant.notes.notices import part2_notice

ROW = Attended(
    PersonId("m1"), dt.date(2026, 1, 15), dt.time(14), dt.time(15, 30), 88, "recovery", participants=5, signed=True
)


def cells(data: bytes) -> list[list[str]]:
    """Return the rows of a file."""
    return list(csv.reader(io.StringIO(data.decode())))


def test_the_sessions_of_one_member_stand_in_their_order() -> None:
    """Date, times, minutes, type, count and whether the note is signed; what nobody wrote is empty."""
    earlier = replace(ROW, date=dt.date(2026, 1, 8), start=None, stop=None, minutes=90, signed=False)

    assert cells(attendance_csv((ROW, earlier), Part2.NO)) == [
        list(COLUMNS),
        ["2026-01-08", "", "", "90", "recovery", "5", "no"],
        ["2026-01-15", "14:00", "15:30", "88", "recovery", "5", "yes"],
    ]


def test_two_members_in_one_file_are_refused() -> None:
    """Each would learn of the other; and an empty file is nobody's."""
    for rows in ((ROW, replace(ROW, member=PersonId("m2"))), ()):
        with pytest.raises(OutputError, match="one member"):
            attendance_csv(rows, Part2.NO)


@pytest.mark.parametrize("part2", [Part2.YES, Part2.UNKNOWN])
def test_the_notice_goes_with_every_row(part2: Part2) -> None:
    """A row that is copied alone still carries it."""
    header, row = cells(attendance_csv((ROW,), part2))

    assert (header[-1], row[-1]) == ("notice", part2_notice().short)


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1", " =1", "\uff1d1"])
def test_no_cell_is_a_formula(start: str) -> None:
    """The kind of group is text of a file that somebody wrote; it must not run in a spreadsheet."""
    kind = cells(attendance_csv((replace(ROW, kind=f'{start}", x'),), Part2.NO))[1][4]

    assert kind.startswith("'")


def test_nobody_is_named() -> None:
    """Neither name nor id: it is handed out as one member's."""
    assert b"m1" not in attendance_csv((ROW,), Part2.YES)
