"""A payer's preset names every field that is missing, and what would be questioned."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from assistant.decisions import GROUP_FIELDS, Field, FieldWritten, Ruling
from assistant.domain import PersonId
from assistant.notes.completing import complete, complete_group
from assistant.notes.payers import REQUIRED, Attendance, missing, times_of, warnings
from assistant.notes.writer import write_group_note
from assistant.settings import Payer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assistant.domain import Note

M1 = PersonId("m1")
TEXT = {Field.START: "14:00", Field.STOP: "15:30"}
TODAY = dt.date(2026, 3, 12)
USUAL = Attendance(dt.date(2026, 3, 10), "psychotherapy", 6, 1, 90)


def completed(told: Callable[..., Any], names: Iterable[Field]) -> tuple[Note, Note]:
    """Return a member's and the group's part with these fields written."""
    session = told(["m1: I sleep badly."]).session
    group = write_group_note(session, present_count=6, facilitator_count=1, minutes=90, topics=())
    rulings = [
        Ruling(
            n,
            dt.datetime(2026, 3, 11, tzinfo=dt.UTC),
            "op1",
            FieldWritten(None if f in GROUP_FIELDS else M1, f, TEXT.get(f, "Text.")),
        )
        for n, f in enumerate(names, 1)
    ]
    return complete(None, group, rulings, M1), complete_group(group, rulings)


@pytest.mark.parametrize("payer", list(Payer))
def test_each_required_field_is_missing_until_it_is_written(told: Callable[..., Any], payer: Payer) -> None:
    """All are named of an empty note, none of a full one, and one at a time between."""
    required = REQUIRED[payer]

    assert missing(*completed(told, ()), payer) == required
    assert missing(*completed(told, Field), payer) == ()
    for name in required:
        assert missing(*completed(told, (f for f in Field if f is not name)), payer) == (name,)


def test_no_preset_lets_a_note_go_without_assessment_and_plan() -> None:
    """They are the clinician's, and every note has them (``domain.md`` 4.3)."""
    assert all({Field.ASSESSMENT, Field.PLAN} <= set(required) for required in REQUIRED.values())
    assert {Field.TOPIC, Field.RESPONSE, Field.GOALS} <= set(REQUIRED[Payer.STANDARD])


def test_one_of_two_times_is_told_from_none(told: Callable[..., Any]) -> None:
    """The line of times says which of the two is there."""
    assert times_of(completed(told, [Field.START])[1]) == ("14:00", "")
    assert times_of(completed(told, [Field.STOP])[1]) == ("", "15:30")
    assert times_of(completed(told, [])[1]) == ("", "")
    assert times_of(completed(told, [Field.START, Field.STOP])[0]) == ("14:00", "15:30")


def test_a_usual_session_is_not_questioned() -> None:
    """No warning without a reason, up to the largest group and with a little slack in the minutes."""
    assert warnings(USUAL, today=TODAY, start="14:00", stop="15:30") == ()
    assert warnings(replace(USUAL, participants=12), today=USUAL.date) == ()
    assert warnings(USUAL, today=TODAY, start="23:20", stop="00:45") == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"participants": 13}, "13 members attended, more than 12"),
        ({"participants": 0}, "no member attended"),
        ({"facilitators": 0}, "no facilitator attended"),
        ({"minutes": 0}, "no full minute was counted"),
        ({"date": dt.date(2026, 3, 13)}, "dated later than today"),
        ({"kind": "Kowalczyk survivors"}, "the kind of group is not on the list"),
    ],
)
def test_what_would_be_questioned_is_said(changed: dict[str, Any], told: str) -> None:
    """One line each, and none of them repeats a word of the group."""
    found = warnings(replace(USUAL, **changed), today=TODAY)

    assert len(found) == 1
    assert told in found[0]
    assert "Kowalczyk" not in found[0]


def test_times_that_do_not_fit_the_minutes_are_said() -> None:
    """An hour's difference is a slip of the pen or a session that was not closed."""
    assert warnings(USUAL, today=TODAY, start="14:00", stop="17:00") == (
        "the times are 180 minutes apart, and 90 were counted: check both",
    )
    assert warnings(USUAL, today=TODAY, start="14:00", stop="14:00") == ("the stop time is the start time: check both",)
