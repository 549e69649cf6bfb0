"""Entries in the database: each sealed with the session's key and with that of everybody who may have said a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Entry, TombstoneReason, UtteranceId
from assistant.store.codec import entry_bytes, entry_of
from assistant.store.jointly import DataClass
from assistant.store.trimming import FOREVER, by_decision, everybody_in, taken_ranges

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.domain import Tombstone
    from assistant.store.database import Database, Statements
    from assistant.store.jointly import SessionSeal
    from assistant.store.trimming import Named

MARGIN = 3200
"""Samples (0.2 s) of sound that go with a word on either side: a recogniser's times are not exact."""


def put_entry(change: Statements, seal: SessionSeal, entry: Entry, named: Named = ()) -> None:
    """Keep an entry, or a new version of one.

    Args:
        change: The transaction.
        seal: The session's.
        entry: The entry.
        named: Whose its words are by decision of a review: it needs their keys as well.
    """
    u = entry.utterance
    people = everybody_in(u).union(person for person in by_decision(u, named) if person is not None)
    keys, body = seal.seal(DataClass.TRANSCRIPT, people, entry_bytes(entry), f"entry {u.id}")
    start = min([int(u.start), *(int(word.start) for word in u.words)])
    end = max([int(u.end), *(int(word.end) for word in u.words)])
    change.execute(
        'INSERT INTO entries (session, id, number, start, "end", keys, body) VALUES (?, ?, ?, ?, ?, ?, ?) '
        "ON CONFLICT (session, id) DO UPDATE SET "
        'number = excluded.number, start = excluded.start, "end" = excluded."end", '
        "keys = excluded.keys, body = excluded.body",
        (seal.session_id, u.id, int(u.number), start, end, keys, body),
    )


def drop_entries(change: Statements, session_id: str, ids: Iterable[UtteranceId]) -> None:
    """Remove entries, with what became of their alerts."""
    change.executemany("DELETE FROM entries WHERE session = ? AND id = ?", [(session_id, id_) for id_ in ids])


def read_entries(
    database: Database, seal: SessionSeal, start: int = 0, end: int = FOREVER
) -> tuple[tuple[Entry, ...], tuple[UtteranceId, ...]]:
    """Return the entries that overlap a range of samples, by number, and the ids of those whose key is gone."""
    rows = database.read(
        "SELECT id, keys, body FROM entries WHERE session = ? AND start < ? "
        'AND max("end", start + 1) > ? ORDER BY number, start, id',
        (seal.session_id, end, start),
    )
    entries: list[Entry] = []
    gone: list[UtteranceId] = []
    for id_, keys, body in rows:
        plain = seal.unseal(keys, body, f"entry {id_}")
        if plain is None:
            gone.append(UtteranceId(id_))
        else:
            entries.append(entry_of(plain))
    return tuple(entries), tuple(gone)


def read_entry(database: Database, seal: SessionSeal, utterance: UtteranceId) -> Entry | None:
    """Return one entry; None where there is none, or where its key is gone."""
    rows = database.read("SELECT keys, body FROM entries WHERE session = ? AND id = ?", (seal.session_id, utterance))
    for keys, body in rows:
        plain = seal.unseal(keys, body, f"entry {utterance}")
        return None if plain is None else entry_of(plain)
    return None


def queue_sound(change: Statements, session_id: str, entry: Entry, stone: Tombstone, named: Named = ()) -> None:
    """Note where one person's words in an entry lie in the sound, for the spool to overwrite."""
    if stone.person is not None:
        queue_ranges(change, session_id, taken_ranges(entry, stone, MARGIN, named))


def queue_ranges(change: Statements, session_id: str, ranges: Iterable[tuple[int, int]]) -> None:
    """Note what is still to be overwritten in the spool."""
    change.executemany(
        'INSERT OR IGNORE INTO sound_to_strike (session, start, "end") VALUES (?, ?, ?)',
        [(session_id, int(start), int(end)) for start, end in ranges],
    )


def silences(stone: Tombstone) -> bool:
    """Whether a tombstone takes all sound of its range: in a pause there was none."""
    return stone.person is None and stone.reason is not TombstoneReason.PAUSED


def forget_settled(database: Database, change: Statements, seal: SessionSeal, left: Entry) -> None:
    """Drop what was written about the alerts of an entry of which a late taking back leaves fewer alerts."""
    before = read_entry(database, seal, left.utterance.id)
    if before is not None:
        drop_settlements(change, seal.session_id, before, left)


def drop_settlements(change: Statements, session_id: str, before: Entry, after: Entry) -> None:
    """Drop what was written about the alerts of an entry of which fewer are left: it may repeat the words."""
    if len(after.alerts) < len(before.alerts):
        change.execute("DELETE FROM settlements WHERE session = ? AND utterance = ?", (session_id, before.utterance.id))
