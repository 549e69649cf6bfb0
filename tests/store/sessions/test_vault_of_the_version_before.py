"""A vault that was written before there was a review opens, with everything in it, and is reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.decisions import NoteAccepted
from assistant.domain import Note, NoteLine, NoteSection, PersonId, SessionUpdate, UtteranceId
from assistant.store.codec import packed
from assistant.store.jointly import DataClass
from assistant.store.reviews import Reviews
from assistant.store.roster_rows import session_seal
from assistant.store.schema import MIGRATIONS
from assistant.store.sessions import Sessions
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.domain import Session
    from assistant.store.passphrase import Passphrase
    from tests.store.conftest import SetClock
    from tests.store.sessions.conftest import Says

M1, M2 = PersonId("m1"), PersonId("m2")
SINCE = [step.__name__ for step in MIGRATIONS if step.__name__ >= "m09"]
TABLES = (
    *("addenda", "signed_notes", "rulings", "counters", "group_words", "release_consents", "hand_outs", "group_ids"),
    "samples",
)


@pytest.fixture
def before(vault: Vault, sessions: Sessions, session: Session, say: Says) -> Path:
    """A closed vault as the version before left it: its tables, its head of a session, its drafts."""
    seal = session_seal(vault, session.id, session.group)
    sessions.commit(session.id, SessionUpdate((say("u1", "m1", "xylophone"),)))
    sessions.finish(session.id, {})
    note = [M1, session.id, [["Said", [["I slept badly.", ["u1"]]]]], "draft", []]
    head = [session.group.name, session.group.kind, session.group.part2, session.date.isoformat(), ["f"]]
    with vault.database.transaction() as change:
        for person, draft in ((M1, note), (M2, "finished text")):
            keys, body = seal.seal(DataClass.RECORD, (person,), packed(draft), f"draft {person}")
            change.execute("INSERT INTO drafts VALUES (?, ?, ?, ?)", (session.id, person, keys, body))
        body = seal.seal(DataClass.RECORD, (), packed(head), "head")[1]
        change.execute("UPDATE sessions SET body = ? WHERE id = ?", (body, session.id))
        for table in TABLES:
            change.execute(f"DROP TABLE {table}")
        change.executemany("DELETE FROM migrations WHERE step = ?", [(step,) for step in SINCE])
    vault.close()
    return vault.folder


def test_it_opens_and_is_reviewed(before: Path, session: Session, secret: Passphrase, clock: SetClock) -> None:
    """Its session, words and drafts are there; a decision is kept in it, and all of that once more."""
    for number in (1, 2):
        with Vault.open(before, secret, clock) as vault:
            sessions, reviews = Sessions(vault), Reviews(vault)
            stored = sessions.load(session.id)
            line = NoteLine("I slept badly.", (UtteranceId("u1"),))
            assert stored.session.group == session.group
            assert [e.utterance.text for e in stored.entries] == ["xylophone"]
            assert sessions.drafts(session.id) == {
                M1: Note(M1, session.id, (NoteSection("Said", (line,)),)),
                M2: "finished text",
            }
            assert (sessions.lines()[0].signed, sessions.lines()[0].audio) == (0, False)
            assert [r.number for r in reviews.rule(session.id, "ann", NoteAccepted(M1))] == [number]
            assert len(reviews.rulings(session.id)) == number
