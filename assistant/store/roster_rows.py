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
    from assistant.store.datakeys import DataKeys
    from assistant.store.vault import Vault


def group_key(vault: Vault, group: Group) -> str:
    """Return the opaque id of a group: the same for every session of a group of that id, or of that name without one.

    A group that is given an id keeps what the vault knows of it by its name, and from then on may be renamed.
    """
    by_name = vault.opaque("group", group.name)
    if group.id is None:
        return by_name
    by_id = vault.opaque("group id", group.id)
    for (linked,) in vault.database.read('SELECT "group" FROM group_ids WHERE id = ?', (by_id,)):
        return str(linked)
    taken = vault.database.read('SELECT 1 FROM group_ids WHERE "group" = ?', (by_name,))
    return by_name if not taken and not is_known(vault, by_id) and is_known(vault, by_name) else by_id


def link_id(vault: Vault, change: Statements, group: Group) -> None:
    """Keep which group an id stands for, whatever its name will be."""
    if group.id is not None:
        row = (vault.opaque("group id", group.id), group_key(vault, group))
        change.execute("INSERT OR IGNORE INTO group_ids VALUES (?, ?)", row)


def is_known(vault: Vault, whose: str) -> bool:
    """Whether anything is kept of a group.

    Args:
        vault: The vault.
        whose: Opaque id of the group.
    """
    return any(
        vault.database.read(f'SELECT 1 FROM {table} WHERE "group" = ? LIMIT 1', (whose,))  # noqa: S608  these tables
        for table in ("sessions", "voiceprints", "release_consents", "hand_outs")
    )


def session_seal(vault: Vault, session_id: str, group: Group) -> SessionSeal:
    """Return what seals a session of this group."""
    facilitators = {p.id for p in group.people if p.role is Role.FACILITATOR}
    return SessionSeal(vault.keys, session_id, group_key(vault, group), facilitators)


def head_bytes(seal: SessionSeal, session: Session) -> bytes:
    """Return the session's own part, sealed."""
    group = session.group
    facilitators = sorted(p.id for p in group.people if p.role is Role.FACILITATOR)
    plain = packed([group.name, group.kind, group.part2, session.date.isoformat(), facilitators, group.id])
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
    return read_session(vault.database, vault.keys, session_id)


def read_session(database: Database, keys: DataKeys, session_id: str) -> tuple[SessionSeal, Session]:
    """As ``open_session``, of a database that is no vault yet."""
    rows = database.read('SELECT "group", body FROM sessions WHERE id = ?', (session_id,))
    if not rows:
        raise VaultError(f"no session {session_id} in the vault: see 'assistant vault sessions'")
    whose, body = rows[0]
    seal = SessionSeal(keys, session_id, whose, ())
    key_id = keys.id_of_session(seal.key_name(DataClass.RECORD))
    head = seal.unseal(key_id, body, "head")
    if head is None:
        raise VaultError(f"session {session_id} was erased")
    name, kind, part2, day, facilitators, *group_id = unpacked(head)
    seal = SessionSeal(keys, session_id, whose, [PersonId(p) for p in facilitators])
    people = _opened(database, seal, "people", "person")
    facts = _opened(database, seal, "facts", "fact")
    group = Group(name, kind, Part2(part2), tuple(map(person_of, people)), tuple(map(fact_of, facts)), *group_id)
    return seal, Session(session_id, group, dt.date.fromisoformat(day))


_ROSTER = {
    "people": "SELECT person, keys, body FROM people WHERE session = ? ORDER BY number",
    "facts": "SELECT number, keys, body FROM facts WHERE session = ? ORDER BY number",
}


def _opened(database: Database, seal: SessionSeal, table: str, what: str) -> list[bytes]:
    rows = database.read(_ROSTER[table], (seal.session_id,))
    opened = (seal.unseal(keys, body, f"{what} {id_}") for id_, keys, body in rows)
    return [plain for plain in opened if plain is not None]
