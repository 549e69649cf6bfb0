"""Each kind of thing ends when its time has come, by a clock that a test can set, and a hold stops that."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.domain import Consent, PersonId, SessionUpdate
from assistant.errors import ConsentError, VaultError
from assistant.store.audit import Action
from assistant.store.holds import Holds
from assistant.store.receipts import Destroyed, read_receipts
from assistant.store.retention import Retention, RetentionPolicy
from assistant.store.roster_rows import group_key
from assistant.store.voiceprints import Voiceprints

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.domain import Group, Session
    from assistant.store.sessions import Sessions
    from assistant.store.spool import Spool
    from tests.store.conftest import SetClock
    from tests.store.sessions.conftest import Says, Search

M1 = PersonId("m1")


@pytest.fixture
def spoken(sessions: Sessions, session: Session, say: Says, record: Callable[[Spool, int], None]) -> Sessions:
    """A session with sound and words, not closed."""
    with sessions.sounds.create(session.id, 1) as spool:
        record(spool, 16_000)
    sessions.commit(session.id, SessionUpdate((say("u1", "m1", "xylophone"),), processed_to=16_000))
    return sessions


def retention(sessions: Sessions, **terms: int) -> Retention:
    """The terms of a site."""
    return Retention(sessions.vault, sessions.sounds, RetentionPolicy(**terms))


def kinds(done: tuple[object, ...]) -> list[Destroyed]:
    """What was destroyed."""
    return [item.kind for item in done]  # type: ignore[attr-defined]


def test_sound_goes_at_the_close_by_default(spoken: Sessions, session: Session) -> None:
    """The words stay; a receipt and a line in the audit log say that the sound is gone."""
    spoken.finish(session.id, {})
    receipts = retention(spoken).purge()

    assert kinds(receipts) == [Destroyed.AUDIO]
    assert not spoken.sounds.exists(session.id)
    with pytest.raises(VaultError, match="destroyed"):
        spoken.sounds.key(session.id)
    stored = spoken.load(session.id)
    assert len(stored.entries) == 1
    assert stored.line.audio_gone is not None
    assert read_receipts(spoken.vault.database) == receipts
    assert Action.PURGED in {line.action for line in spoken.vault.audit.lines()}
    assert session.id not in {r.object_id for r in receipts}


def test_words_go_after_thirty_days_and_notes_stay(
    spoken: Sessions, session: Session, clock: SetClock, find: Search
) -> None:
    """On the thirtieth day, not before; drafts are the site's to destroy."""
    spoken.finish(session.id, {M1: "slept badly"})
    retention(spoken).purge()
    clock.forward(days=29, hours=23)
    assert retention(spoken).purge() == ()
    clock.forward(hours=1)

    assert kinds(retention(spoken).purge()) == [Destroyed.TRANSCRIPT]
    assert find(spoken.vault, b"xylophone", b"quagga", b"slept") == {b"slept"}
    assert spoken.load(session.id).entries == ()
    assert spoken.drafts(session.id) == {M1: "slept badly"}
    clock.forward(days=3000)
    retention(spoken).purge()
    assert spoken.drafts(session.id) == {M1: "slept badly"}


def test_an_unfinished_session_keeps_its_sound(spoken: Sessions, session: Session, clock: SetClock) -> None:
    """However old it is: it is to be recovered."""
    clock.forward(days=4000)

    assert retention(spoken).due() == ()
    assert retention(spoken).purge() == ()
    assert spoken.sounds.exists(session.id)
    assert len(spoken.load(session.id).entries) == 1


@pytest.mark.parametrize("whose", ["session", "member"])
def test_a_legal_hold_wins(spoken: Sessions, session: Session, group: Group, clock: SetClock, whose: str) -> None:
    """Nothing of a held session is destroyed, whatever its age, until the hold is lifted."""
    holds = Holds(spoken.vault)
    spoken.finish(session.id, {})
    if whose == "session":
        holds.place_on_session(session.id)
    else:
        holds.place_on_member(group_key(spoken.vault, group), M1)
    clock.forward(days=400)
    terms = retention(spoken)

    assert terms.purge() == ()
    assert [(t.kind, t.held) for t in terms.due()] == [(Destroyed.AUDIO, True), (Destroyed.TRANSCRIPT, True)]
    assert terms.next_purge() is None
    assert spoken.sounds.exists(session.id)
    holds.lift_from_session(session.id)
    holds.lift_from_member(group_key(spoken.vault, group), M1)
    assert kinds(terms.purge()) == [Destroyed.AUDIO, Destroyed.TRANSCRIPT]


def test_a_dry_run_tells_what_would_go_and_destroys_nothing(
    spoken: Sessions, session: Session, clock: SetClock
) -> None:
    """What is due, and when the next thing will be."""
    spoken.finish(session.id, {})
    terms = retention(spoken, audio_days=7)
    closed = clock.now()

    assert terms.due() == ()
    assert terms.next_purge() == closed + dt.timedelta(days=7)
    clock.forward(days=8)
    assert [(t.kind, t.object_id, t.held) for t in terms.due()] == [(Destroyed.AUDIO, session.id, False)]
    assert terms.next_purge() == closed + dt.timedelta(days=30)
    assert spoken.sounds.exists(session.id)
    assert read_receipts(spoken.vault.database) == ()


def test_nothing_is_purged_twice(spoken: Sessions, session: Session, clock: SetClock) -> None:
    """Neither by a second run nor after the clock was set back and on again: one receipt each."""
    spoken.finish(session.id, {})
    clock.forward(days=31)
    assert kinds(retention(spoken).purge()) == [Destroyed.AUDIO, Destroyed.TRANSCRIPT]
    for days in (0, -400, 800):
        clock.forward(days=days)
        assert retention(spoken).purge() == ()

    assert len(read_receipts(spoken.vault.database)) == 2


def test_a_clock_that_was_set_back_purges_nothing_early(spoken: Sessions, session: Session, clock: SetClock) -> None:
    """Closed while the clock was a year behind: its age is counted from the latest time known, not from then."""
    clock.forward(days=-365)
    spoken.finish(session.id, {})
    assert retention(spoken, audio_days=1).purge() == ()
    clock.forward(days=365)
    assert retention(spoken, audio_days=1).purge() == ()
    clock.forward(days=1)

    assert kinds(retention(spoken, audio_days=1).purge()) == [Destroyed.AUDIO]


def test_a_purge_that_a_crash_cut_short_still_leaves_its_receipt(spoken: Sessions, session: Session) -> None:
    """The sound was gone and the receipt not written: the next run writes it, once."""
    spoken.finish(session.id, {})
    spoken.sounds.destroy(session.id)

    assert kinds(retention(spoken).purge()) == [Destroyed.AUDIO]
    assert retention(spoken).purge() == ()


def test_receipts_go_with_the_log(spoken: Sessions, session: Session, clock: SetClock) -> None:
    """After six years."""
    spoken.finish(session.id, {})
    clock.forward(days=31)
    retention(spoken).purge()
    clock.forward(days=6 * 365)
    assert len(read_receipts(spoken.vault.database)) == 2
    clock.forward(days=3)
    retention(spoken).purge()

    assert read_receipts(spoken.vault.database) == ()


def test_audio_is_never_kept_longer_than_a_week() -> None:
    """Whatever a site sets."""
    with pytest.raises(VaultError, match="7 days"):
        RetentionPolicy(audio_days=8)


def test_a_voiceprint_needs_its_own_consent_and_has_an_end(
    sessions: Sessions, group: Group, clock: SetClock, find: Search
) -> None:
    """Without consent it is not kept; when consent is taken back or its time is up, it is destroyed."""
    from dataclasses import replace  # noqa: PLC0415  this test's alone

    voices = Voiceprints(sessions.vault)
    voice = np.linspace(-1, 1, 12, dtype=np.float32).reshape(3, 4)
    unwilling = replace(
        group, people=tuple(replace(p, consent=replace(p.consent, voiceprint=None)) for p in group.people)
    )
    with pytest.raises(ConsentError):
        voices.keep(unwilling, M1, voice)
    assert voices.of(group) == {}
    voices.keep(group, M1, voice)
    (kept,) = voices.of(group).values()
    assert np.array_equal(kept, voice)
    assert voice.tobytes() not in b"".join(p.read_bytes() for p in sessions.vault.folder.rglob("*") if p.is_file())
    assert voices.of(unwilling) == {}
    assert voices.of(group) == {}, "destroyed when consent was gone"
    voices.keep(group, M1, voice, days=10)
    clock.forward(days=10)

    assert kinds(retention(sessions).purge()) == [Destroyed.VOICEPRINT]
    assert find(sessions.vault, voice.tobytes().hex().encode()) == set()
    assert voices.of(group) == {}


def test_a_withdrawn_consent_destroys_the_voice_at_once(
    sessions: Sessions, session: Session, group: Group, find: Search
) -> None:
    """In mid-session: the group file, which the next session begins with, may still say that they agree."""
    prints = Voiceprints(sessions.vault)
    prints.keep(group, M1, np.ones(4, np.float32))
    gone = replace(group.person(M1), consent=Consent(withdrawn_at=session.date))
    people = tuple(gone if p.id == M1 else p for p in group.people)

    sessions.roster(session.id, replace(group, people=people))

    assert prints.of(group) == {}
    assert sessions.vault.database.read("SELECT 1 FROM voiceprints") == []
    assert Action.VOICEPRINT_DESTROYED in {line.action for line in sessions.vault.audit.lines()}


def test_a_held_voice_is_not_used_after_its_end_and_not_destroyed(
    sessions: Sessions, group: Group, clock: SetClock
) -> None:
    """A hold stops the clock there as well."""
    prints, holds = Voiceprints(sessions.vault), Holds(sessions.vault)
    whose = group_key(sessions.vault, group)
    prints.keep(group, M1, np.ones(4, np.float32))
    holds.place_on_member(whose, M1)
    clock.forward(days=400)

    assert prints.of(group) == {}
    assert len(sessions.vault.database.read("SELECT 1 FROM voiceprints")) == 1
    holds.lift_from_member(whose, M1)
    prints.of(group)
    assert sessions.vault.database.read("SELECT 1 FROM voiceprints") == []


def test_sound_of_a_session_that_nobody_knows_goes_after_a_week(spoken: Sessions, clock: SetClock) -> None:
    """An older copy of the database was put back: no list shows the session, and its sound does not stay for ever."""
    spoken.sounds.create("b2c3", 1).close()
    written = clock.now().timestamp()
    os.utime(spoken.sounds.path("b2c3"), (written, written))
    clock.forward(days=6, hours=23)
    assert retention(spoken).purge() == ()
    clock.forward(hours=1)

    assert kinds(retention(spoken).purge()) == [Destroyed.AUDIO]
    assert not spoken.sounds.exists("b2c3")
    with pytest.raises(VaultError, match="destroyed"):
        spoken.sounds.key("b2c3")
    assert retention(spoken).due() == ()
