"""Who was there and what the facilitator knows of them, in the database: each person under a key of their own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assistant.domain import Group, Part2, PersonId, Role, Session
from assistant.errors import VaultError
from assistant.store.codec import fact_bytes, fact_of, packed, person_bytes, person_of, unpacked
from assistant.store.jointly import DataClass, SessionSeal

if TYPE_CHECKING:
    from assistant.store.database import Database, Statements
    from assistant.store.vault import Vault


def group_key(vault: Vault, group: Group) -> str:
    """Return the opaque id of a group: the same for every session of a group of that name."""
    return vault.opaque("group", group.name)


def session_seal(vault: Vault, session_id: str, group: Group) -> SessionSeal:
    """Return what seals a session of this group."""
    facilitators = {p.id for p in group.people if p.role is Role.FACILITATOR}
    return SessionSeal(vault.keys, session_id, group_key(vault, group), facilitators)


def head_bytes(seal: SessionSeal, session: Session) -> bytes:
    """Return the session's own part, sealed."""
    group = session.group
    facilitators = sorted(p.id for p in group.people if p.role is Role.FACILITATOR)
    plain = packed([group.name, group.kind, group.part2, session.date.isoformat(), facilitators])
    return seal.seal(DataClass.RECORD, (), plain, "head")[1]


def put_roster(change: Statements, seal: SessionSeal, group: Group) -> None:
    """Keep the people as they are now, and the facts."""
    session = seal.session_id
    change.execute("DELETE FROM people WHERE session = ?", (session,))
    change.execute("DELETE FROM facts WHERE session = ?", (session,))
    for number, person in enumerate(group.people):
        keys, body = seal.seal(DataClass.RECORD, (person.id,), person_bytes(person), f"person {person.id}")
        change.execute("INSERT INTO people VALUES (?, ?, ?, ?, ?)", (session, person.id, number, keys, body))
    for number, fact in enumerate(group.facts):
        keys, body = seal.seal(DataClass.TRANSCRIPT, (fact.owner,), fact_bytes(fact), f"fact {number}")
        change.execute("INSERT INTO facts VALUES (?, ?, ?, ?)", (session, number, keys, body))


def open_session(vault: Vault, session_id: str) -> tuple[SessionSeal, Session]:
    """Return what opens a session, and the session with all people and facts whose keys stand.

    Raises:
        VaultError: There is none, or it was erased.
    """
    rows = vault.database.read('SELECT "group", body FROM sessions WHERE id = ?', (session_id,))
    if not rows:
        raise VaultError(f"no session {session_id} in the vault: see 'assistant vault sessions'")
    group_id, body = rows[0]
    seal = SessionSeal(vault.keys, session_id, group_id, ())
    key_id = vault.keys.id_of_session(seal.key_name(DataClass.RECORD))
    head = seal.unseal(key_id, body, "head")
    if head is None:
        raise VaultError(f"session {session_id} was erased")
    name, kind, part2, day, facilitators = unpacked(head)
    seal = SessionSeal(vault.keys, session_id, group_id, [PersonId(p) for p in facilitators])
    people = _opened(vault.database, seal, "people", "person")
    facts = _opened(vault.database, seal, "facts", "fact")
    group = Group(name, kind, Part2(part2), tuple(map(person_of, people)), tuple(map(fact_of, facts)))
    return seal, Session(session_id, group, dt.date.fromisoformat(day))


_ROSTER = {
    "people": "SELECT person, keys, body FROM people WHERE session = ? ORDER BY number",
    "facts": "SELECT number, keys, body FROM facts WHERE session = ? ORDER BY number",
}


def _opened(database: Database, seal: SessionSeal, table: str, what: str) -> list[bytes]:
    rows = database.read(_ROSTER[table], (seal.session_id,))
    opened = (seal.unseal(keys, body, f"{what} {id_}") for id_, keys, body in rows)
    return [plain for plain in opened if plain is not None]
