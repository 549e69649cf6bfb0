"""What a payer asks of a group note: which fields may not be empty, and what about a session would be questioned.

``domain.md`` 4.1: NGS L33632 wants at most 12 in a group and their number in the record (S20); a county contract asks
for both layers (S21). A site chooses the preset; none of them says that a note will be paid.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.decisions import Field
from assistant.notes import sentences as say
from assistant.notes.completing import TITLE_OF, written
from assistant.settings import Payer

if TYPE_CHECKING:
    import datetime as dt

    from assistant.domain import Note

LARGEST_GROUP = 12
"""Members beyond which a Medicare contractor pays no group session (``domain.md`` 4.1, S20)."""

SLACK_MINUTES = 15
"""Minutes by which the clock times and the counted minutes may differ: people arrive, set up and say goodbye."""

REQUIRED = {
    Payer.STANDARD: (
        Field.START,
        Field.STOP,
        Field.TOPIC,
        Field.INTERVENTIONS,
        Field.RESPONSE,
        Field.GOALS,
        Field.ASSESSMENT,
        Field.PLAN,
    ),
    Payer.SHORT: (Field.START, Field.STOP, Field.INTERVENTIONS, Field.ASSESSMENT, Field.PLAN),
}
"""Fields that may not be empty when a note is signed. Date, minutes, kind and counts are never typed: see ``warnings``.
Assessment and Plan are in every preset, for no note is signed without them."""

_SLOT = rf"{re.escape(say.TO_COMPLETE)}|[0-9]{{2}}:[0-9]{{2}}"
_TIMES = re.compile(
    re.escape(say.TIMES.removesuffix(say.TO_COMPLETE)) + rf"(?P<start>{_SLOT})(?: to (?P<stop>{_SLOT})\.)?"
)
_CLOCK_TIME = re.compile(r"([0-9]{2}):([0-9]{2})")
_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who came and how long it took, as counted from the roster of the day and the clock: never from voices heard."""

    date: dt.date
    kind: str
    """As the group file says it."""
    participants: int
    """Members."""
    facilitators: int
    minutes: int


def missing(note: Note, group_note: Note, payer: Payer) -> tuple[Field, ...]:
    """Return the fields that the preset requires and nobody filled, in the order of ``REQUIRED``.

    Args:
        note: The member's part, completed.
        group_note: The group's part, completed.
        payer: The preset.
    """
    return tuple(name for name in REQUIRED[payer] if not _is_filled(name, note, group_note))


def warnings(attendance: Attendance, *, today: dt.date, start: str = "", stop: str = "") -> tuple[str, ...]:
    """Return what would be questioned of a session, a line each, without a name or a word of it.

    Args:
        attendance: As counted.
        today: The day of asking.
        start: ``HH:MM``, or empty.
        stop: ``HH:MM``, or empty.
    """
    found: list[str] = []
    if attendance.participants > LARGEST_GROUP:
        found.append(f"{attendance.participants} members attended, more than {LARGEST_GROUP}: check the payer's limit")
    if attendance.participants < 1:
        found.append("no member attended: check who was marked as present")
    if attendance.facilitators < 1:
        found.append("no facilitator attended: check who was marked as present")
    if attendance.minutes < 1:
        found.append("no full minute was counted: check the start and stop times")
    if attendance.date > today:
        found.append("the session is dated later than today: check the date")
    if attendance.kind not in say.KINDS:
        found.append("the kind of group is not on the list, and stands in no note: name it anew in the group file")
    found.extend(_about_times(attendance.minutes, start, stop))
    return tuple(found)


def times_of(note: Note) -> tuple[str, str]:
    """Return the start and stop times of a completed note; empty where a clinician is to complete them."""
    for section in note.sections:
        for line in section.lines if section.title == say.SESSION else ():
            match = _TIMES.fullmatch(line.text)
            if match is not None:
                start, stop = match["start"], match["stop"] or ""
                return (start if start != say.TO_COMPLETE else "", stop if stop != say.TO_COMPLETE else "")
    return "", ""


def _is_filled(name: Field, note: Note, group_note: Note) -> bool:
    if name in TITLE_OF:
        return bool(written(note, TITLE_OF[name]) or written(group_note, TITLE_OF[name]))
    return any(times_of(part)[0 if name is Field.START else 1] for part in (note, group_note))


def _about_times(counted: int, start: str, stop: str) -> tuple[str, ...]:
    begun, ended = _CLOCK_TIME.fullmatch(start), _CLOCK_TIME.fullmatch(stop)
    if begun is None or ended is None:
        return ()
    first, last = (int(m[1]) * 60 + int(m[2]) for m in (begun, ended))
    if first == last:
        return ("the stop time is the start time: check both",)
    # A session may run past midnight.
    between = (last - first) % _MINUTES_A_DAY
    if abs(between - counted) > SLACK_MINUTES:
        return (f"the times are {between} minutes apart, and {counted} were counted: check both",)
    return ()
