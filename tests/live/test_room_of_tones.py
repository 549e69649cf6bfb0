"""A whole session, small: sound to spool, worker, vault and screen, and every key on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Resolution
from assistant.live.view import Phase
from assistant.store.sessions import Sessions
from tests.live.tones import until, words_of

if TYPE_CHECKING:
    from tests.live.conftest import Rooms


def test_words_are_kept_and_then_shown(live: Rooms) -> None:
    """Everything that is said stands in the vault and on the screen, once and in order."""
    room = live(tones=6)
    room.start()

    until(lambda: len(room.changes(0).entries) == 6)

    shown = room.changes(0).entries
    assert words_of(shown) == [f"w{k}" for k in range(6)]
    assert Sessions(live.vault).load("s1").entries == shown


def test_a_session_is_closed_with_nothing_left_of_its_sound(live: Rooms) -> None:
    """Closing reads what waits, asks for open warnings to be settled, keeps the drafts and destroys the sound."""
    room = live(tones=9)
    room.start()
    until(lambda: room.changes(0).alerts)
    until(lambda: len(room.changes(0).entries) == 9)

    (alert,) = room.changes(0).alerts
    room.resolve(alert.key, Resolution.ASSESSED, "asked")
    until(lambda: not any(a.must_be_resolved for a in room.changes(0).alerts))
    room.close()

    assert room.wait(30)
    assert room.changes(0).room.phase is Phase.CLOSED
    stored = Sessions(live.vault).load("s1")
    assert stored.line.finished
    assert not list(live.vault.folder.rglob("*.spool"))
