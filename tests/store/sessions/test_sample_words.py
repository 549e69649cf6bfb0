"""What was made up for a sample is kept sealed, so that the next sample makes up something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import SessionUpdate
from assistant.store.erasure import erase_session
from assistant.store.retention import Retention, RetentionPolicy
from assistant.store.sessions import Sessions

if TYPE_CHECKING:
    from assistant.domain import Session
    from tests.store.conftest import SetClock
    from tests.store.sessions.conftest import Says


def test_the_words_of_every_sample_come_back(sessions: Sessions, session: Session) -> None:
    """Of a vault that is opened anew too; and those before one that is made again."""
    sessions.keep_invented(session.id, {"wexcombe", "orlanda"})
    sessions.keep_invented(session.id, {"tilbrook"}, "mark")
    sessions.keep_invented(session.id, {"tilbrook"}, "mark")
    sessions.keep_invented(session.id, {"5550101"})

    again = Sessions(sessions.vault)
    assert again.invented(session.id) == {"wexcombe", "orlanda", "tilbrook", "5550101"}
    assert again.invented(session.id, "mark") == {"wexcombe", "orlanda"}
    assert again.invented(session.id, "other") == again.invented(session.id)


def test_they_go_with_the_words_of_the_session(
    sessions: Sessions, session: Session, say: Says, clock: SetClock
) -> None:
    """When the transcript's term ends, and when the session is erased."""
    sessions.commit(session.id, SessionUpdate((say("u1", "m1", "xylophone"),), processed_to=16_000))
    sessions.keep_invented(session.id, {"wexcombe"})
    sessions.finish(session.id, {})
    rows = "SELECT count(*) FROM samples"
    assert sessions.vault.database.read(rows) == [(1,)]
    clock.forward(days=31)
    Retention(sessions.vault, sessions.sounds, RetentionPolicy()).purge()

    assert sessions.invented(session.id) == frozenset()
    assert sessions.vault.database.read(rows) == [(0,)]
    erase_session(sessions.vault, sessions.sounds, session.id)
    assert sessions.vault.database.read(rows) == [(0,)]
