"""The end of a session: what is read late, what is kept, and what a site's policy leaves out."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from assistant.domain import Resolution, Tombstone, TombstoneReason
from assistant.errors import SessionError
from assistant.live.conduct import Step
from assistant.live.view import Phase
from assistant.settings import LiveSettings, SitePolicy
from assistant.store.audit import Action
from assistant.store.sessions import Sessions
from tests.live.test_faults_live import full_disk
from tests.live.tones import EVERY, TONE, Habits, until, warned_in_full, words_of

if TYPE_CHECKING:
    from assistant.live.session import LiveSession
    from tests.live.conftest import Rooms


def settle_all(room: LiveSession) -> None:
    """Settle every warning."""
    for alert in room.changes(0).alerts:
        room.resolve(alert.key, Resolution.ASSESSED, "")


def test_post_session_only_reads_nothing_before_the_close(live: Rooms) -> None:
    """No worker runs while people speak; at the close everything is read, and its warnings are asked about."""
    room = live(tones=9, speed=20, settings=LiveSettings.of(SitePolicy.POST_SESSION))
    room.start()
    until(lambda: room.changes(0).room.elapsed > 10 * EVERY)

    assert room.worker_pid is None
    assert room.changes(0).entries == ()
    assert room.changes(0).room.lag == 0
    room.close()
    until(lambda: "settle" in (room.changes(0).room.working or ""))
    assert words_of(room.changes(0).entries) == [f"w{k}" for k in range(9)]
    assert room.changes(0).room.phase is Phase.CLOSING
    settle_all(room)

    assert room.wait(30)


def test_what_is_struck_while_closing_is_in_no_draft(live: Rooms) -> None:
    """A strike after the close was asked for has the end looked at again before anything is drafted."""
    room = live(tones=8, habits=Habits(cost_s=0.2), speed=20)
    room.start()
    until(lambda: room.changes(0).room.elapsed > 9 * EVERY)
    room.close()
    room.strike(7 * EVERY - 2000, 8 * EVERY - 4000)

    assert room.wait(60), room.changes(0).room
    assert words_of(Sessions(live.vault).load("s1").entries) == [f"w{k}" for k in range(7)]


@pytest.mark.parametrize("full", [False, True])
def test_a_strike_while_the_drafts_are_kept_leaves_none(live: Rooms, full: bool) -> None:
    """What they were made of is gone: they go too, whether or not the disk had them first."""
    room = live(tones=3, speed=8)
    room.start()
    until(lambda: len(room.changes(0).entries) == 3)

    with full_disk(1) if full else nullcontext():
        room.close()
        until(lambda: room._conduct.step is (Step.KEEPING if full else Step.CLOSED))
        if full:
            room.strike(0, EVERY - TONE // 2)
        else:
            # The key was pressed a moment before the session was closed.
            room._desk.put(room._running.sync)
            room._desk.put(lambda: room._conduct.take_back(Tombstone(0, TONE, TombstoneReason.STRUCK)))
        until(lambda: len(room.changes(0).entries) == 2)

    assert room.wait(30)
    until(lambda: not room.unkept)
    assert room.drafts == 0
    assert words_of(live.stored().entries) == ["w1", "w2"]


def test_a_recovered_session_still_asks_about_its_warnings(live: Rooms) -> None:
    """An A1 warning from before the crash must be settled before the session can be closed."""
    room = live(tones=8)
    room.start()
    until(lambda: warned_in_full(room))
    again = live.recovered(room)

    with pytest.raises(SessionError, match="1 warnings"):
        again.close()
    settle_all(again)
    until(lambda: not any(a.must_be_resolved for a in again.changes(0).alerts))
    again.close()

    assert again.wait(30)
    assert live.vault.audit.verify()


@pytest.mark.parametrize("keep", [False, True])
def test_a_voiceprint_is_kept_only_with_its_own_consent(live: Rooms, keep: bool) -> None:
    """Read aloud tonight: with consent it is there the next time, without it nothing of the voice is."""
    room = live(tones=6, speed=8)
    room.start()
    person = room.changes(0).room.people[1].person.id
    room.begin_enrolment(person)
    until(lambda: room.changes(0).room.enrolled_voice > 0)
    assert room.changes(0).room.enrolling == person
    room.end_enrolment(keep=keep)
    until(lambda: len(room.changes(0).entries) == 6)
    room.close()

    assert room.wait(30)
    kept = Sessions(live.vault).voiceprints(Sessions(live.vault).load("s1").session.group)
    assert set(kept) == ({person} if keep else set())


def test_every_key_leaves_a_line_in_the_audit_log(live: Rooms) -> None:
    """What a person did is in the log, and the chain holds."""
    room = live(tones=8)
    m2 = room.changes(0).room.people[2].person.id
    room.leave(m2)
    room.start()
    until(lambda: len(room.changes(0).entries) >= 2)
    room.pause()
    room.resume()
    room.off_record(on=True)
    room.off_record(on=False)
    room.arrive(m2)
    room.agree(m2)
    room.name_speaker(m2, room.changes(0).entries[0].utterance.id)
    until(lambda: warned_in_full(room))
    room.acknowledge(room.changes(0).alerts[0].key)
    settle_all(room)
    room.strike(0, 1000)
    room.withdraw(m2)

    wanted = {
        Action.SESSION_BEGUN,
        Action.RECORDING_BEGUN,
        Action.RECORDING_PAUSED,
        Action.OFF_THE_RECORD,
        Action.ARRIVED,
        Action.LEFT,
        Action.CONSENT_GIVEN,
        Action.SPEAKER_NAMED,
        Action.ALERT_ACKNOWLEDGED,
        Action.ALERT_RESOLVED,
        Action.STRUCK,
        Action.CONSENT_WITHDRAWN,
    }
    until(lambda: wanted <= {x.action for x in live.vault.audit.lines()})
    assert live.vault.audit.verify()
