"""Drafts of notes in the database: each under the member's key, so that a note goes when its member does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Draft, PersonId
from assistant.store.jointly import DataClass
from assistant.store.note_codec import draft_bytes, draft_of
from assistant.store.ruling_trimming import rests_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from assistant.domain import Note, UtteranceId
    from assistant.store.database import Database, Statements
    from assistant.store.jointly import SessionSeal

GROUP_PART = ""
"""Stands for the person where a draft is the group's part."""


def put_drafts(change: Statements, seal: SessionSeal, drafts: Mapping[PersonId | None, Draft | Note | str]) -> None:
    """Keep drafts; a member's takes the place of the one before."""
    for person, draft in drafts.items():
        whose = () if person is None else (person,)
        name = person or GROUP_PART
        keys, body = seal.seal(DataClass.RECORD, whose, draft_bytes(draft), f"draft {name}")
        change.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", (seal.session_id, name, keys, body))


def read_drafts(database: Database, seal: SessionSeal) -> dict[PersonId | None, Draft | Note | str]:
    """Return the drafts whose keys stand."""
    found: dict[PersonId | None, Draft | Note | str] = {}
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


def drop_drafts_on(database: Database, seal: SessionSeal, touched: Collection[UtteranceId]) -> None:
    """Remove the drafts that rest on any of these utterances, and the group's part with every one of them."""
    if not touched:
        return
    for person, draft in read_drafts(database, seal).items():
        if person is None or rests_on(_evidence(draft), touched):
            with database.transaction() as change:
                change.execute(
                    "DELETE FROM drafts WHERE session = ? AND person = ?", (seal.session_id, person or GROUP_PART)
                )


def _evidence(draft: Draft | Note | str) -> Iterator[UtteranceId]:
    if isinstance(draft, str):
        return
    if isinstance(draft, Draft):
        yield from (line.utterance for line in draft.release.lines)
        draft = draft.note
    yield from (id_ for section in draft.sections for line in section.lines for id_ in line.evidence)
