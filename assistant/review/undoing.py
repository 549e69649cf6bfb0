"""What an undo would do: in words without a name, and to how many notes that are signed already.

A signed note stays as it was signed. Where what it rests on is taken back, it says something else than the session as
decided, and only an addendum answers that; so it is said where the undo is, not found out later.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.decisions import (
    AlertSettled,
    FalseAlarm,
    FieldWritten,
    Hidden,
    LeftAlone,
    LineWritten,
    NoteAccepted,
    OwnerSet,
    Released,
    SpeakerSet,
    TextAccepted,
)
from assistant.review.standing import READING, changes

if TYPE_CHECKING:
    from assistant.decisions import Decided, Ruling
    from assistant.domain import PersonId
    from assistant.review.standing import Standing

_LATER = dt.datetime.max.replace(tzinfo=dt.UTC)


def undoing(standing: Standing) -> str:
    """Return what an undo would take back, and what that does to signed notes; empty: nothing stands."""
    press = _last_press(standing)
    if not press:
        return ""
    return described(press[-1].decided) + _outdating(standing, press)


def described(decided: Decided) -> str:
    """Return what a decision was, without a name or a word of the session."""
    if isinstance(decided, SpeakerSet):
        count = len(decided.places)
        return f"the speaker of {count} stretch{'es' if count > 1 else ''}"
    if isinstance(decided, FieldWritten):
        return f"what was written in the field {decided.name.value}"
    if isinstance(decided, FalseAlarm) and decided.everywhere:
        return "a false alarm for the whole group"
    return _PLAIN[type(decided)]


_PLAIN: dict[type[Decided], str] = {
    LeftAlone: "the leaving of a stretch as it is",
    TextAccepted: "the acceptance of suspect text",
    OwnerSet: "whose a fact is",
    FalseAlarm: "a false alarm",
    Released: "the release of a clause",
    Hidden: "the hiding of words",
    LineWritten: "a line written by hand",
    NoteAccepted: "the acceptance of a note",
    AlertSettled: "how an alert was settled",
}


def _last_press(standing: Standing) -> tuple[Ruling, ...]:
    """Return what an undo takes back: all that the last key press decided."""
    if not standing.standing:
        return ()
    last = standing.standing[-1]
    return tuple(r for r in standing.standing if r is last or (r.press and r.press == last.press))


def _outdating(standing: Standing, press: tuple[Ruling, ...]) -> str:
    # Of what is being read again nothing is known yet, but what hands wrote can be compared all the same.
    now = replace(standing, stale=False)
    gone = {r.number for r in press}
    then = replace(
        now,
        rulings=tuple(replace(r, undone=True, undone_at=_LATER) if r.number in gone else r for r in standing.rulings),
    )
    current = [person for person in standing.signed if not now.outdated(person)]
    surely = sum(then.outdated(person) for person in current)
    perhaps = sum(_may_change(standing, press, person) for person in current if not then.outdated(person))
    told = [_told("makes", surely)] if surely else []
    told += [_told("may make", perhaps)] if perhaps else []
    return f", which {' and '.join(told)}" if told else ""


def _may_change(standing: Standing, press: tuple[Ruling, ...], person: PersonId) -> bool:
    """Whether a signed note may be made otherwise once the session is read again without these decisions."""
    if not standing.has_text or not any(isinstance(r.decided, READING) and changes(r.decided, person) for r in press):
        return False
    signed = standing.signed[person]
    last = max((signed.at, *(addendum.at for addendum in signed.addenda)))
    if any(r.at <= last for r in press):
        return True
    # All of it was decided since: without it, and with nothing else decided since, the note is what was signed.
    return any(r.moved_since(last) and changes(r.decided, person) for r in standing.rulings if r not in press)


def _told(makes: str, count: int) -> str:
    return f"{makes} {count} signed note{'s' if count > 1 else ''} outdated"
