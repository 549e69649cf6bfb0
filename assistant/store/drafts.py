"""Drafts of notes in the database: each under the member's key, so that a note goes when its member does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import PersonId
from assistant.store.codec import draft_bytes, draft_of
from assistant.store.jointly import DataClass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.domain import Note
    from assistant.store.database import Database, Statements
    from assistant.store.jointly import SessionSeal

GROUP_PART = ""
"""Stands for the person where a draft is the group's part."""


def put_drafts(change: Statements, seal: SessionSeal, drafts: Mapping[PersonId | None, Note | str]) -> None:
    """Keep drafts; a member's takes the place of the one before."""
    for person, draft in drafts.items():
        whose = () if person is None else (person,)
        name = person or GROUP_PART
        keys, body = seal.seal(DataClass.RECORD, whose, draft_bytes(draft), f"draft {name}")
        change.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", (seal.session_id, name, keys, body))


def read_drafts(database: Database, seal: SessionSeal) -> dict[PersonId | None, Note | str]:
    """Return the drafts whose keys stand."""
    found: dict[PersonId | None, Note | str] = {}
    for person, keys, body in database.read(
        "SELECT person, keys, body FROM drafts WHERE session = ? ORDER BY person", (seal.session_id,)
    ):
        plain = seal.unseal(keys, body, f"draft {person}")
        if plain is not None:
            found[PersonId(person) if person else None] = draft_of(plain)
    return found


def drop_drafts(change: Statements, session_id: str) -> None:
    """Remove all drafts of a session."""
    change.execute("DELETE FROM drafts WHERE session = ?", (session_id,))
