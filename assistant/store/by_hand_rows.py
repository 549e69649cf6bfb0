"""What the facilitator did by hand, in the database: marks, notes, whose voice it was, what became of an alert."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from assistant.domain import AlertKind, AlertState, Jotting, Resolution, UtteranceId
from assistant.store.codec import packed, unpacked
from assistant.store.jointly import DataClass
from assistant.store.stored import Decision, Settlement
from assistant.store.times import stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from assistant.domain import PersonId
    from assistant.store.codec import Plain
    from assistant.store.database import Database, Statements
    from assistant.store.jointly import SessionSeal

_ADD: Final = {
    "jottings": "INSERT INTO jottings SELECT ?, coalesce(max(number), 0) + 1, ?, ? FROM jottings WHERE session = ?",
    "decisions": "INSERT INTO decisions SELECT ?, coalesce(max(number), 0) + 1, ?, ? FROM decisions WHERE session = ?",
}
_READ: Final = {
    "jottings": "SELECT number, keys, body FROM jottings WHERE session = ? ORDER BY number",
    "decisions": "SELECT number, keys, body FROM decisions WHERE session = ? ORDER BY number",
}


def add_jotting(change: Statements, seal: SessionSeal, jotting: Jotting) -> None:
    """Keep a mark or a note."""
    people = () if jotting.about is None else (jotting.about,)
    _add(change, seal, "jottings", people, [int(jotting.at), jotting.text, jotting.about])


def read_jottings(database: Database, seal: SessionSeal) -> dict[int, Jotting]:
    """Return all marks and notes, by their number."""
    return {number: Jotting(at, text, about) for number, (at, text, about) in _read(database, seal, "jottings").items()}


def drop_jottings(database: Database, seal: SessionSeal, goes: Callable[[Jotting], bool]) -> None:
    """Remove the marks and notes of which ``goes`` is true, in the transaction that is open."""
    numbers = [number for number, jotting in read_jottings(database, seal).items() if goes(jotting)]
    with database.transaction() as change:
        change.executemany(
            "DELETE FROM jottings WHERE session = ? AND number = ?", [(seal.session_id, n) for n in numbers]
        )


def add_decision(change: Statements, seal: SessionSeal, decision: Decision) -> None:
    """Keep what a key press settled."""
    d = decision
    _add(change, seal, "decisions", (d.person,), [int(d.at), d.person, d.utterance, int(d.start), int(d.end)])


def read_decisions(database: Database, seal: SessionSeal) -> tuple[Decision, ...]:
    """Return what key presses settled, in their order."""
    return tuple(Decision(*plain) for plain in _read(database, seal, "decisions").values())


def put_settlement(
    change: Statements, seal: SessionSeal, alert: str, people: Collection[PersonId], settlement: Settlement
) -> None:
    """Keep what a person did about an alert; the last word counts.

    Args:
        change: The transaction.
        seal: The session's.
        alert: Opaque id of the alert.
        people: Everybody who may have said a word of the utterance: the text may repeat it.
        settlement: What was done.
    """
    s = settlement
    plain = packed([s.kind, s.state, s.resolution, s.text, stamp(s.at)])
    keys, body = seal.seal(DataClass.TRANSCRIPT, people, plain, f"alert {s.utterance} {alert}")
    change.execute(
        "INSERT OR REPLACE INTO settlements (session, utterance, alert, keys, body) VALUES (?, ?, ?, ?, ?)",
        (seal.session_id, s.utterance, alert, keys, body),
    )


def read_settlements(database: Database, seal: SessionSeal) -> tuple[Settlement, ...]:
    """Return what was done about the alerts of a session."""
    found: list[Settlement] = []
    for utterance, alert, keys, body in database.read(
        "SELECT utterance, alert, keys, body FROM settlements WHERE session = ? ORDER BY utterance, alert",
        (seal.session_id,),
    ):
        plain = seal.unseal(keys, body, f"alert {utterance} {alert}")
        if plain is not None:
            kind, state, resolution, text, at = unpacked(plain)
            how = None if resolution is None else Resolution(resolution)
            when = dt.datetime.fromisoformat(at)
            found.append(Settlement(UtteranceId(utterance), AlertKind(kind), AlertState(state), how, text, when))
    return tuple(found)


def _add(change: Statements, seal: SessionSeal, table: str, people: Collection[PersonId], plain: Plain) -> None:
    keys, body = seal.seal(DataClass.TRANSCRIPT, people, packed(plain), table)
    change.execute(_ADD[table], (seal.session_id, keys, body, seal.session_id))


def _read(database: Database, seal: SessionSeal, table: str) -> dict[int, Plain]:
    opened: dict[int, Plain] = {}
    for number, keys, body in database.read(_READ[table], (seal.session_id,)):
        plain = seal.unseal(keys, body, table)
        if plain is not None:
            opened[number] = unpacked(plain)
    return opened
