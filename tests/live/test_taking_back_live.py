"""Strike, pause and off the record: gone from the screen, the vault, the sound and every reading that follows."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.domain import (
    Alert,
    AlertKind,
    AlertLevel,
    AlertState,
    Attribution,
    Block,
    DecidedBy,
    Entry,
    Findings,
    Gap,
    Resolution,
    SessionUpdate,
    Tombstone,
    TombstoneReason,
    Utterance,
    UtteranceId,
    Word,
)
from assistant.errors import SessionError
from assistant.live.board import Board, Settled
from assistant.live.messages import Packed, Told
from assistant.live.taking_back import without
from assistant.live.view import AlertKey, Phase
from assistant.store.audit import Action
from assistant.store.sessions import Sessions
from assistant.store.spool_reader import SpoolReader
from assistant.store.trimming import trimmed
from tests.live.tones import EVERY, TONE, Habits, until, warned_in_full, words_of

if TYPE_CHECKING:
    from tests.live.conftest import Rooms


def heard_in(live: Rooms, start: int, end: int) -> float:
    """Return the loudest sample of a stretch of the spool."""
    with SpoolReader(live.sounds.path("s1"), live.sounds.key("s1")) as reader:
        blocks = [b.audio for b in reader.blocks(start, end) if isinstance(b, Block)]
    return max((float(np.abs(audio).max()) for audio in blocks if audio.size), default=0.0)


def test_a_struck_stretch_is_gone_everywhere(live: Rooms) -> None:
    """Words in the range leave the screen at once, then vault and sound; the worker that is behind never reads them."""
    room = live(habits=Habits(cost_s=0.05), tones=16, speed=10)
    room.start()
    until(lambda: len(room.changes(0).entries) >= 3)

    end = 9 * EVERY - TONE // 2
    until(lambda: room.changes(0).room.elapsed > end)
    room.strike(EVERY, end)

    until(lambda: len(room.changes(0).entries) == 8)
    left = ["w0", *(f"w{k}" for k in range(9, 16))]
    assert words_of(room.changes(0).entries) == left
    assert words_of(Sessions(live.vault).load("s1").entries) == left
    assert heard_in(live, EVERY, end) == 0.0
    assert heard_in(live, 0, TONE) > 0.1
    (tombstone,) = room.changes(0).room.tombstones
    assert (tombstone.start, tombstone.end, tombstone.reason) == (EVERY, end, TombstoneReason.STRUCK)
    assert any(x.action == Action.STRUCK for x in live.vault.audit.lines())


def test_a_strike_holds_after_the_worker_is_killed(live: Rooms) -> None:
    """Whoever reads the session again, from the spool, does not find what was struck."""
    room = live(tones=5)
    room.start()
    until(lambda: len(room.changes(0).entries) == 5)

    room.strike(2 * EVERY, 3 * EVERY - TONE // 2)
    until(lambda: len(room.changes(0).entries) == 4)
    again = live.recovered(room)

    until(lambda: again.caught_up)
    assert words_of(again.changes(0).entries) == ["w0", "w1", "w3", "w4"]


def test_struck_warnings_need_not_be_settled(live: Rooms) -> None:
    """A warning whose words are gone is gone with them."""
    room = live(tones=8)
    room.start()
    until(lambda: warned_in_full(room))
    with pytest.raises(SessionError, match="1 warnings"):
        room.close()

    room.strike(7 * EVERY, 7 * EVERY + TONE)

    until(lambda: not room.changes(0).alerts)
    room.close()
    assert room.wait(30)


def test_a_settled_early_warning_beside_what_is_struck_stays_settled(live: Rooms) -> None:
    """What was told early outside the range stays on the screen as it is, and is not asked about again."""
    room = live(habits=Habits(cost_s=0.25), tones=9, speed=20)
    room.start()
    until(lambda: room.changes(0).alerts)
    (alert,) = room.changes(0).alerts
    room.resolve(alert.key, Resolution.ASSESSED, "")
    until(lambda: not room.changes(0).alerts[0].must_be_resolved)
    assert alert.key.utterance.startswith("t")

    room.strike(EVERY, 2 * EVERY - TONE // 2)

    left = ["w0", *(f"w{k}" for k in range(2, 9))]
    until(lambda: words_of(e for e in room.changes(0).entries if e.utterance.id.startswith("u")) == left)
    (alert,) = room.changes(0).alerts
    assert alert.resolution is Resolution.ASSESSED


def test_nothing_of_struck_words_is_remembered(live: Rooms) -> None:
    """What readers had remembered of them goes at once, though the worker hangs and can tell nothing anew."""
    room = live(habits=Habits(endless=(5,)), speed=5)
    until(lambda: room._conduct.supervisor.ready)
    room.start()
    until(lambda: len([e for e in room.changes(0).entries if e.utterance.id.startswith("u")]) == 5)
    kept = room._conduct.kept
    assert b"w2" in pickle.dumps(kept.memories)

    room.strike(2 * EVERY, 3 * EVERY - TONE // 2)

    until(lambda: len(room.changes(0).entries) == 4)
    left = pickle.dumps(kept.memories)
    assert b"w2" not in left
    assert b"w3" in left


def test_a_report_from_before_a_strike_is_held_without_what_was_struck() -> None:
    """Neither its words nor what is to be remembered of their turn; what lies beside it stays."""
    words = (Word("first", 0, 90, 0.9), Word("second", 100, 200, 0.9))
    nobody = Attribution(None, 0.0, 0.0, DecidedBy.VOICE)
    said = Utterance(UtteranceId("u0"), 0, 0, 200, "first second", words, nobody)
    update = SessionUpdate((Entry(said, Findings(said.id, ())),))
    told = Told(update, 0, (Packed(b"keys"), Packed(b"this turn", 0, 200), Packed(b"another", 200, 300)))

    held = without(told, (Tombstone(0, 95, TombstoneReason.STRUCK),))

    assert held.update is not None
    assert words_of(held.update.entries) == ["second"]
    assert [memory.data for memory in held.memories] == [b"keys", b"another"]


def test_nothing_lies_between_two_equal_moments(live: Rooms) -> None:
    """A range that is none is refused."""
    room = live(tones=1)

    with pytest.raises(SessionError):
        room.strike(10, 10)


@pytest.mark.parametrize("off_record", [False, True])
def test_nothing_is_kept_while_it_is_held(live: Rooms, off_record: bool) -> None:
    """What is said during a pause, or off the record, is in no file; the time goes on, and why stands in the spool."""
    room = live(speed=10)
    room.start()
    until(lambda: len(room.changes(0).entries) >= 2)

    if off_record:
        room.off_record(on=True)
    else:
        room.pause()
    held = room.changes(0).room
    until(lambda: room.changes(0).room.elapsed > held.elapsed + 4 * EVERY)
    resumed = room.changes(0).room.elapsed
    if off_record:
        room.off_record(on=False)
    else:
        room.resume()
    until(lambda: room.changes(0).room.elapsed > resumed + 2 * EVERY)
    until(lambda: any(e.utterance.start > resumed for e in room.changes(0).entries))

    assert held.phase is (Phase.OFF_RECORD if off_record else Phase.PAUSED)
    assert heard_in(live, held.elapsed + 1600, resumed) == 0.0
    reason = TombstoneReason.OFF_THE_RECORD if off_record else TombstoneReason.PAUSED
    with SpoolReader(live.sounds.path("s1"), live.sounds.key("s1")) as reader:
        gaps = [g for g in reader.blocks() if isinstance(g, Gap)]
    assert {g.reason for g in gaps} == {reason.value}
    (tombstone,) = room.changes(0).room.tombstones
    assert tombstone.reason is reason
    last = room.changes(0).entries[-1].utterance
    # By the source's own count: what is said after the pause stands at its own time.
    assert last.text == f"w{(last.start + 1000) // EVERY}", "a window of the voice activity may begin a little early"


def test_a_resolution_outlives_a_new_reading(live: Rooms) -> None:
    """A warning that was settled stays settled when its words are named to somebody else, and after a recovery."""
    room = live(tones=8)
    room.start()
    until(lambda: warned_in_full(room))
    until(lambda: len(room.changes(0).entries) == 8)
    (alert,) = room.changes(0).alerts
    room.resolve(alert.key, Resolution.CONSULTED, "with the supervisor")
    room.name_speaker(room.changes(0).room.people[1].person.id, alert.key.utterance)

    until(lambda: room.changes(0).entries[7].utterance.speaker == "m1")
    assert not room.changes(0).alerts[0].must_be_resolved
    again = live.recovered(room)
    assert again.changes(0).alerts[0].resolution is Resolution.CONSULTED


def test_a_strike_holds_though_the_session_fails(live: Rooms) -> None:
    """An error inside the program ends the thread that would strike: it is struck at the end."""
    room = live(tones=4)
    room.start()
    until(lambda: len(room.changes(0).entries) == 4)

    room._desk.fail(ZeroDivisionError())
    until(lambda: room._desk.failure is not None)
    room.strike(EVERY, 2 * EVERY - TONE // 2)
    room.end()

    assert words_of(Sessions(live.vault).load("s1").entries) == ["w0", "w2", "w3"]
    assert heard_in(live, EVERY, EVERY + TONE) == 0.0


def test_a_struck_note_is_gone_from_the_screen_too(live: Rooms) -> None:
    """What was typed within a stretch that is struck goes with it, there and in the vault; what comes later stays."""
    room = live(speed=8)
    room.start()
    until(lambda: room.changes(0).room.elapsed > EVERY)
    room.jot("what was said")
    until(lambda: room.changes(0).room.jottings)
    until(lambda: room.changes(0).room.elapsed > 2 * EVERY)

    room.strike(0, room.changes(0).room.elapsed)

    until(lambda: not room.changes(0).room.jottings)
    struck = room.changes(0).room.tombstones[0].end
    until(lambda: room.changes(0).room.elapsed > struck)
    room.mark("later")
    until(lambda: room.changes(0).room.jottings)
    assert [j.text for j in Sessions(live.vault).load("s1").jottings] == ["later"]


def test_what_was_written_about_struck_words_settles_nothing_later() -> None:
    """A warning that comes again after some words of its utterance were struck is to be settled again.

    So the vault has it: a screen that took it for settled would let a session be closed that the vault refuses.
    """
    words = (Word("first", 0, 90, 0.9), Word("second", 100, 200, 0.9))
    nobody = Attribution(None, 0.0, 0.0, DecidedBy.VOICE)
    said = Utterance(UtteranceId("u1"), 1, 0, 200, "first second", words, nobody)
    warned = Entry(said, Findings(said.id, ()), (Alert(said.id, "risk", AlertKind.RISK_SELF, AlertLevel.A1, None),))
    key = AlertKey(said.id, AlertKind.RISK_SELF)
    board = Board()
    board.publish(SessionUpdate((warned,)))
    board.settle(key, Settled(AlertState.ACKNOWLEDGED, Resolution.ASSESSED, "about the first"))
    assert not board.unsettled()

    left = trimmed(warned, (Tombstone(0, 95, TombstoneReason.STRUCK),))
    assert left is not None
    board.publish(SessionUpdate((left,)))
    board.publish(SessionUpdate((replace(warned, utterance=left.utterance),)))

    assert board.unsettled() == (key,)
    assert board.settled(key) is None
