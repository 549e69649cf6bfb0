"""Decisions of a review in the database: a list that only grows, in which an undone one stays, marked.

A decision that points at words lies under the transcript's key and goes with it; what a clinician wrote for a note
lies under the record's, as the drafts do. Whoever is named by one, or whose note it is about, has a key to it as well.
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
from assistant.store.counting import forget_numbers, next_number
from assistant.store.jointly import DataClass
from assistant.store.ruling_codec import ruling_bytes, ruling_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from assistant.decisions import Decided, Place, Ruling
    from assistant.domain import PersonId, Span, UtteranceId
    from assistant.store.database import Database, Statements
    from assistant.store.jointly import SessionSeal
    from assistant.store.trimming import Named

TABLE = "rulings"
_BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_AT_SOME_TIME = 1
"""In the column ``undone``, which is 0 for what stands and else microseconds since 1970: an older version of the
program kept only that it was undone."""


def next_ruling(change: Statements, session_id: str) -> int:
    """Return the number of the next decision in a session."""
    return next_number(change, TABLE, session_id)


def put_ruling(change: Statements, seal: SessionSeal, ruling: Ruling, also: Collection[PersonId] = ()) -> None:
    """Keep a decision, or what is left of one.

    Args:
        change: The transaction.
        seal: The session's.
        ruling: With its number.
        also: Whose key it needs besides those of the people it names: its words may repeat theirs.
    """
    kind = class_of(ruling.decided)
    people = people_of(ruling.decided).union(also)
    keys, body = seal.seal(kind, people, ruling_bytes(ruling), f"ruling {ruling.number}")
    change.execute(
        "INSERT OR REPLACE INTO rulings VALUES (?, ?, ?, ?, ?, ?)",
        (seal.session_id, ruling.number, kind, _undone(ruling), keys, body),
    )


def read_rulings(database: Database, seal: SessionSeal) -> tuple[Ruling, ...]:
    """Return the decisions whose keys stand, in their order."""
    found: list[Ruling] = []
    for number, undone, keys, body in database.read(
        "SELECT number, undone, keys, body FROM rulings WHERE session = ? ORDER BY number", (seal.session_id,)
    ):
        plain = seal.unseal(keys, body, f"ruling {number}")
        if plain is not None:
            at = None if undone in {0, _AT_SOME_TIME} else _BEGINNING + dt.timedelta(microseconds=undone)
            found.append(replace(ruling_of(number, plain, undone=bool(undone)), undone_at=at))
    return tuple(found)


def mark_undone(change: Statements, session_id: str, number: int, at: dt.datetime) -> bool:
    """Mark a decision as undone at a moment; whether there is one that stands."""
    change.execute(
        "UPDATE rulings SET undone = ? WHERE session = ? AND number = ? AND undone = 0",
        (_micros(at), session_id, number),
    )
    return change.rowcount > 0


def drop_ruling(change: Statements, session_id: str, number: int) -> None:
    """Remove a decision whose words were struck."""
    change.execute("DELETE FROM rulings WHERE session = ? AND number = ?", (session_id, number))


def forget_rulings(change: Statements, session_id: str) -> None:
    """Forget how many decisions there were in a session that is erased."""
    forget_numbers(change, TABLE, session_id)


def class_of(decided: Decided) -> DataClass:
    """Return what a decision is kept with: the words that it points at, or the notes."""
    written = isinstance(decided, LineWritten | FieldWritten | NoteAccepted)
    return DataClass.RECORD if written else DataClass.TRANSCRIPT


def people_of(decided: Decided) -> frozenset[PersonId]:
    """Return whom a decision names: it goes when one of them is erased."""
    if isinstance(decided, Released | Hidden | LineWritten | FieldWritten | NoteAccepted):
        named: tuple[PersonId | None, ...] = (decided.reader,)
    elif isinstance(decided, SpeakerSet):
        named = (decided.person,)
    elif isinstance(decided, OwnerSet):
        named = (decided.owner.person, decided.owner.outsider_of)
    else:
        named = ()
    return frozenset(person for person in named if person is not None)


def places_of(decided: Decided) -> tuple[Place, ...]:
    """Return the words that a decision points at."""
    if isinstance(decided, SpeakerSet | LeftAlone):
        return decided.places
    if isinstance(decided, TextAccepted | OwnerSet | FalseAlarm | Released | Hidden | AlertSettled):
        return (decided.place,)
    return ()


def read_named(database: Database, seal: SessionSeal) -> Mapping[UtteranceId, Named]:
    """Return whose words the decisions that stand say they are."""
    if not database.read("SELECT 1 FROM rulings WHERE session = ? LIMIT 1", (seal.session_id,)):
        return {}
    return named_by(read_rulings(database, seal))


def named_by(rulings: Iterable[Ruling]) -> dict[UtteranceId, list[tuple[Span, PersonId | None]]]:
    """Return whose words the decisions that stand say they are, by utterance, the last one last."""
    named: dict[UtteranceId, list[tuple[Span, PersonId | None]]] = {}
    for ruling in rulings:
        if not ruling.undone and isinstance(ruling.decided, SpeakerSet):
            for place in ruling.decided.places:
                named.setdefault(place.utterance, []).append((place.span, ruling.decided.person))
    return named


def _undone(ruling: Ruling) -> int:
    if not ruling.undone:
        return 0
    return _AT_SOME_TIME if ruling.undone_at is None else _micros(ruling.undone_at)


def _micros(at: dt.datetime) -> int:
    return max(_AT_SOME_TIME, (at - _BEGINNING) // dt.timedelta(microseconds=1))
