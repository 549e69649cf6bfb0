"""Signed notes in the database: written once, added to, and never changed; the database itself refuses that.

What is struck after the signing stays in a signed note: it is the member's legal record, which a correction is added
to and which nothing rewrites (``domain.md`` 4.4). So that nobody overlooks it, the row says when words that the note
rests on were last struck. Only the erasure of the member or of the session destroys it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import PersonId
from assistant.store.handout_codec import addendum_bytes, addendum_of, signed_bytes, signed_of
from assistant.store.jointly import DataClass
from assistant.store.times import stamp, time_of

if TYPE_CHECKING:
    import datetime as dt

    from assistant.domain import UtteranceId
    from assistant.handout import Addendum, SignedNote
    from assistant.store.database import Database, Statements
    from assistant.store.jointly import SessionSeal


def put_signed(change: Statements, seal: SessionSeal, signed: SignedNote) -> bool:
    """Keep a signed note with its addenda; False, and nothing done, where the member has one in this session."""
    person = signed.member
    keys, body = seal.seal(DataClass.RECORD, (person,), signed_bytes(signed), f"signed {person}")
    change.execute(
        "INSERT OR IGNORE INTO signed_notes (session, person, keys, body) VALUES (?, ?, ?, ?)",
        (seal.session_id, person, keys, body),
    )
    if change.rowcount == 0:
        return False
    for addendum in signed.addenda:
        put_addendum(change, seal, person, addendum)
    return True


def put_addendum(change: Statements, seal: SessionSeal, person: PersonId, addendum: Addendum) -> None:
    """Add to a signed note."""
    row = change.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM addenda WHERE session = ? AND person = ?", (seal.session_id, person)
    ).fetchone()
    number = 1 if row is None else int(row[0])
    about = f"addendum {person} {number}"
    keys, body = seal.seal(DataClass.RECORD, (person,), addendum_bytes(addendum), about)
    change.execute("INSERT INTO addenda VALUES (?, ?, ?, ?, ?)", (seal.session_id, person, number, keys, body))


def read_signed(database: Database, seal: SessionSeal) -> dict[PersonId, SignedNote]:
    """Return the signed notes of a session whose keys stand, each with its addenda."""
    addenda: dict[PersonId, list[Addendum]] = {}
    for person, number, keys, body in database.read(
        "SELECT person, number, keys, body FROM addenda WHERE session = ? ORDER BY person, number", (seal.session_id,)
    ):
        plain = seal.unseal(keys, body, f"addendum {person} {number}")
        if plain is not None:
            addenda.setdefault(PersonId(person), []).append(addendum_of(plain))
    found: dict[PersonId, SignedNote] = {}
    for name, keys, body in database.read(
        "SELECT person, keys, body FROM signed_notes WHERE session = ? ORDER BY person", (seal.session_id,)
    ):
        plain = seal.unseal(keys, body, f"signed {name}")
        if plain is not None:
            person = PersonId(name)
            found[person] = signed_of(person, seal.session_id, plain, tuple(addenda.get(person, ())))
    return found


def touch_signed(change: Statements, session_id: str, person: PersonId, at: dt.datetime) -> None:
    """Note that words which a signed note rests on were struck."""
    change.execute(
        "UPDATE signed_notes SET touched = ? WHERE session = ? AND person = ?", (stamp(at), session_id, person)
    )


def evidence_of(signed: SignedNote) -> frozenset[UtteranceId]:
    """Return the utterances that a signed note rests on."""
    sections = signed.note.sections + signed.group_note.sections
    return frozenset(id_ for section in sections for line in section.lines for id_ in line.evidence)


def read_touched(database: Database, session_id: str) -> dict[PersonId, dt.datetime]:
    """Return the members whose signed note rests on words that were struck since, and when last."""
    rows = database.read(
        "SELECT person, touched FROM signed_notes WHERE session = ? AND touched IS NOT NULL", (session_id,)
    )
    times = ((PersonId(person), time_of(touched)) for person, touched in rows)
    return {person: at for person, at in times if at is not None}
