"""What a restored copy takes over from the vault that it replaces: what was taken back since, and what is never lost.

A copy made before a strike still holds the words: they are struck in it again. A consent that was revoked since must
not come back, a note that was signed since is a legal record, and the disclosure log is owed for six years. Sealed
rows go over as they are: the keys of both vaults were put together before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from assistant.domain import PersonId, Tombstone, TombstoneReason
from assistant.errors import VaultError
from assistant.store.roster_rows import read_session
from assistant.store.schema import migrate
from assistant.store.session_rows import read_tombstones
from assistant.store.striking import strike

if TYPE_CHECKING:
    import datetime as dt

    from assistant.store.database import Database
    from assistant.store.datakeys import DataKeys

_TAKEN: Final = (
    (
        "signed_notes",
        "SELECT session, person, touched, keys, body FROM signed_notes",
        (
            "INSERT OR IGNORE INTO signed_notes (session, person, touched, keys, body) SELECT ?1, ?2, ?3, ?4, ?5 "
            "WHERE EXISTS (SELECT 1 FROM sessions WHERE id = ?1)"
        ),
    ),
    (
        "addenda",
        "SELECT session, person, number, keys, body FROM addenda",
        (
            "INSERT OR IGNORE INTO addenda (session, person, number, keys, body) SELECT ?1, ?2, ?3, ?4, ?5 "
            "WHERE EXISTS (SELECT 1 FROM signed_notes WHERE session = ?1 AND person = ?2)"
        ),
    ),
    (
        "release_consents",
        'SELECT "group", person, number, keys, body FROM release_consents',
        # The one row among these that changes: a consent may have been revoked.
        'INSERT OR REPLACE INTO release_consents ("group", person, number, keys, body) VALUES (?, ?, ?, ?, ?)',
    ),
    (
        "hand_outs",
        'SELECT "group", number, person, kept, accountable, keys, body FROM hand_outs',
        (
            'INSERT OR IGNORE INTO hand_outs ("group", number, person, kept, accountable, keys, body) '
            "VALUES (?, ?, ?, ?, ?, ?, ?)"
        ),
    ),
    (
        "group_ids",
        'SELECT id, "group" FROM group_ids',
        'INSERT OR IGNORE INTO group_ids (id, "group") VALUES (?, ?)',
    ),
    (
        "counters",
        "SELECT counted, last FROM counters",
        (
            "INSERT INTO counters (counted, last) VALUES (?, ?) "
            "ON CONFLICT (counted) DO UPDATE SET last = max(last, excluded.last)"
        ),
    ),
)
"""By table: how it is read, and how it is added to."""

_STONES: Final = 'SELECT session, start, "end", reason, person FROM tombstones'


def carry_over(present: Database, restored: Database, keys: DataKeys, at: dt.datetime) -> int:
    """Take over from the present database what a copy of it must have.

    Args:
        present: Of the vault that is replaced; of this or an earlier shape.
        restored: The copy; it is brought to the present shape.
        keys: Of both.
        at: When.

    Returns:
        How many strikes were carried out in the copy.

    Raises:
        VaultError: A database does not let us read or write.
    """
    migrate(restored)
    with restored.transaction() as change:
        for table, read, add in _TAKEN:
            change.executemany(add, _rows(present, table, read))
        known = {session_id for (session_id,) in restored.read("SELECT id FROM sessions")}
        struck = 0
        for session_id, start, end, reason, person in _rows(present, "tombstones", _STONES):
            stone = Tombstone(start, end, TombstoneReason(reason), PersonId(person) if person else None)
            if session_id in known and stone not in read_tombstones(restored, session_id):
                struck += _strike_again(restored, keys, session_id, stone, at)
    return struck


def _rows(database: Database, table: str, read: str) -> list[tuple[Any, ...]]:
    """Return the rows of a table; none where the database is of a shape that had no such table yet."""
    there = database.read("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return database.read(read) if there else []


def _strike_again(restored: Database, keys: DataKeys, session_id: str, stone: Tombstone, at: dt.datetime) -> bool:
    try:
        seal, _ = read_session(restored, keys, session_id)
    except VaultError:
        # Erased: it is dropped when the vault is next used.
        return False
    strike(restored, keys, seal, stone, at)
    return True
