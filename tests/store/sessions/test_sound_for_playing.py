"""The sound of a session can be played from the vault as long as it is kept, and no struck word is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.domain import Block, Tombstone, TombstoneReason
from assistant.errors import VaultError
from assistant.store.retention import Retention, RetentionPolicy

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.domain import Session
    from assistant.store.sessions import Sessions
    from assistant.store.spool import Spool


def test_a_moment_is_read_for_playing(
    sessions: Sessions, session: Session, record: Callable[[Spool, int], None]
) -> None:
    """Exactly the samples asked for; the list of sessions says that there is sound."""
    with sessions.sounds.create(session.id, 1) as spool:
        record(spool, 32_000)
    with sessions.sound(session.id) as sound:
        (piece, *rest) = sound.blocks(5_000, 5_500)

    assert isinstance(piece, Block)
    got = [piece, *rest]
    assert (got[0].first_sample, sum(b.audio.shape[1] for b in got if isinstance(b, Block))) == (5_000, 500)
    assert [line.audio for line in sessions.lines()] == [True]


def test_a_struck_moment_is_silent(sessions: Sessions, session: Session, record: Callable[[Spool, int], None]) -> None:
    """Whoever plays it hears nothing there."""
    with sessions.sounds.create(session.id, 1) as spool:
        record(spool, 32_000)
    sessions.strike(session.id, Tombstone(8_000, 16_000, TombstoneReason.STRUCK))
    with sessions.sound(session.id) as sound:
        heard = [p.audio for p in sound.blocks(8_000, 16_000) if isinstance(p, Block)]

    assert not any(np.any(audio) for audio in heard)


def test_destroyed_sound_is_one_line_that_says_what_keeps_it(
    sessions: Sessions, session: Session, record: Callable[[Spool, int], None]
) -> None:
    """After the close, by the default term; no key is made anew for it."""
    with sessions.sounds.create(session.id, 1) as spool:
        record(spool, 3_200)
    sessions.finish(session.id, {})
    Retention(sessions.vault, sessions.sounds, RetentionPolicy()).purge()

    with pytest.raises(VaultError, match="audio_days"):
        sessions.sound(session.id)
    assert [line.audio for line in sessions.lines()] == [False]


def test_a_session_without_sound_makes_no_key(sessions: Sessions, session: Session) -> None:
    """A transcript that was read in has none."""
    alive = sessions.vault.keys.alive
    with pytest.raises(VaultError, match="audio_days"):
        sessions.sound(session.id)

    assert sessions.vault.keys.alive == alive
    assert [line.audio for line in sessions.lines()] == [False]
