"""A session's own row, its tombstones, and the stretches that got no words, in the database."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assistant.domain import PersonId, Tombstone, TombstoneReason
from assistant.store.stored import SessionLine
from assistant.store.times import time_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assistant.store.database import Database, Statements

_LINES = """
    SELECT id, begun, ended, processed_to,
        (SELECT count(*) FROM entries WHERE session = sessions.id),
        (SELECT count(*) FROM drafts WHERE session = sessions.id AND person != ''),
        audio_gone, text_gone,
        (SELECT count(*) FROM signed_notes WHERE session = sessions.id)
    FROM sessions ORDER BY begun, id"""


def read_lines(database: Database, has_sound: Callable[[str], bool]) -> tuple[SessionLine, ...]:
    """Return a list of all sessions, the latest last.

    Args:
        database: The vault's.
        has_sound: Whether the sound of the session of this id can be played.
    """
    return tuple(
        SessionLine(
            id_,
            dt.datetime.fromisoformat(begun),
            time_of(ended),
            processed_to,
            entries,
            drafts,
            time_of(audio_gone),
            time_of(text_gone),
            signed,
            audio_gone is None and has_sound(id_),
        )
        for id_, begun, ended, processed_to, entries, drafts, audio_gone, text_gone, signed in database.read(_LINES)
    )


def read_tombstones(database: Database, session_id: str) -> tuple[Tombstone, ...]:
    """Return what was taken back of a session, in order of time."""
    rows = database.read(
        'SELECT start, "end", reason, person FROM tombstones WHERE session = ? ORDER BY start, "end", person',
        (session_id,),
    )
    return tuple(Tombstone(s, e, TombstoneReason(why), PersonId(who) if who else None) for s, e, why, who in rows)


def add_tombstone(change: Statements, session_id: str, stone: Tombstone) -> bool:
    """Keep that something was taken back; whether that is new: once more does nothing."""
    added = change.execute(
        "INSERT OR IGNORE INTO tombstones VALUES (?, ?, ?, ?, ?)",
        (session_id, int(stone.start), int(stone.end), stone.reason, stone.person or ""),
    )
    return added.rowcount > 0


def read_unheard(database: Database, session_id: str) -> tuple[tuple[int, int], ...]:
    """Return the voiced stretches that got no words."""
    rows = database.read('SELECT start, "end" FROM unheard WHERE session = ? ORDER BY start, "end"', (session_id,))
    return tuple((start, end) for start, end in rows)


def put_progress(change: Statements, session_id: str, processed_to: int, unheard: Iterable[tuple[int, int]]) -> None:
    """Keep how far a session was read, which never goes back, and what got no words on the way."""
    change.execute(
        "UPDATE sessions SET processed_to = max(processed_to, ?) WHERE id = ?", (int(processed_to), session_id)
    )
    change.executemany(
        'INSERT OR IGNORE INTO unheard (session, start, "end") VALUES (?, ?, ?)',
        [(session_id, int(start), int(end)) for start, end in unheard],
    )
