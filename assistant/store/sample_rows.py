"""What was made up for the samples of a session, in the database: so that the next sample makes up something else.

Invented words alone, in no order that tells a sample: not whose place one took, and nothing that was overlooked. They
lie under the key of the session's words and go with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.store.codec import packed, unpacked
from assistant.store.jointly import DataClass

if TYPE_CHECKING:
    from collections.abc import Collection

    from assistant.store.database import Database, Statements
    from assistant.store.jointly import SessionSeal

_ABOUT = "invented"


def add_invented(database: Database, change: Statements, seal: SessionSeal, words: Collection[str], mark: str) -> None:
    """Keep the words of one more sample; nothing where one of this mark is there: it was made again."""
    there = _rows(database, seal)
    if mark and any(mark == other for other, _ in there):
        return
    row = change.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM samples WHERE session = ?", (seal.session_id,)
    ).fetchone()
    number = 1 if row is None else int(row[0])
    keys, body = seal.seal(DataClass.TRANSCRIPT, (), packed([mark, sorted(words)]), f"{_ABOUT} {number}")
    change.execute("INSERT INTO samples VALUES (?, ?, ?, ?)", (seal.session_id, number, keys, body))


def read_invented(database: Database, seal: SessionSeal, mark: str) -> frozenset[str]:
    """Return the words of all samples of a session; where one of this mark is there, of those before it."""
    found: set[str] = set()
    for other, words in _rows(database, seal):
        if mark and mark == other:
            break
        found |= words
    return frozenset(found)


def _rows(database: Database, seal: SessionSeal) -> list[tuple[str, set[str]]]:
    """Return mark and words of each sample whose key stands, the earliest first."""
    found: list[tuple[str, set[str]]] = []
    for number, keys, body in database.read(
        "SELECT number, keys, body FROM samples WHERE session = ? ORDER BY number", (seal.session_id,)
    ):
        plain = seal.unseal(keys, body, f"{_ABOUT} {number}")
        if plain is not None:
            mark, words = unpacked(plain)
            found.append((str(mark), set(map(str, words))))
    return found
