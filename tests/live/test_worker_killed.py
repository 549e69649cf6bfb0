"""The worker may die at any moment: no turn is lost and none comes twice."""

from __future__ import annotations

import os
import random
import signal
import time
from typing import TYPE_CHECKING

from assistant.store.sessions import Sessions
from tests.live.tones import EVERY, TONE, Habits, until, words_of

if TYPE_CHECKING:
    from assistant.live.session import LiveSession
    from tests.live.conftest import Rooms


def worker_of(room: LiveSession) -> int | None:
    """Return the worker's process id."""
    return room.worker_pid


def kill_worker(room: LiveSession) -> None:
    """Kill the worker that runs now, and wait for another one."""
    until(lambda: worker_of(room) is not None)
    pid = worker_of(room)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until_another(room, pid)


def until_another(room: LiveSession, pid: int | None) -> None:
    """Wait until another worker than this one runs."""
    until(lambda: worker_of(room) not in {pid, None})


def test_killed_at_random_moments(live: Rooms) -> None:
    """A worker that is killed while it loads, hears, reads or waits costs no turn, and none is told twice."""
    chance = random.Random(5)  # noqa: S311  moments, not secrets
    room = live(habits=Habits(cost_s=0.03), tones=40, speed=8)
    room.start()
    for _ in range(4):
        time.sleep(chance.uniform(0.0, 2.5))
        kill_worker(room)

    until(lambda: len(room.changes(0).entries) >= 40, 60)

    assert words_of(room.changes(0).entries) == [f"w{k}" for k in range(40)]
    assert Sessions(live.vault).load("s1").entries == room.changes(0).entries


def test_a_turn_that_ends_every_worker_is_left_unheard(live: Rooms) -> None:
    """After three deaths over one turn that turn is given up, visibly, and all others are read."""
    room = live(habits=Habits(deadly=(3,)), tones=8)
    room.start()

    until(lambda: len(room.changes(0).entries) == 7, 60)

    assert words_of(room.changes(0).entries) == [f"w{k}" for k in range(8) if k != 3]
    assert room.changes(0).room.unread == 1
    (unheard,) = Sessions(live.vault).load("s1").unheard
    assert unheard[0] <= 3 * 22_400 < unheard[1]


class Leaping:
    """A clock that can leap forward."""

    def __init__(self) -> None:
        self.by = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return time.monotonic() + self.by


def test_a_worker_that_hangs_is_ended(live: Rooms) -> None:
    """One that gives no sign of life for a minute while a turn is taken up is killed; another one goes on."""
    clock = Leaping()
    room = live(habits=Habits(endless=(2,)), tones=5, clock=clock)
    room.start()
    for _ in range(3):
        until(lambda: _over(room, 2))
        hangs = worker_of(room)
        clock.by += 61
        until_another(room, hangs)

    until(lambda: len(room.changes(0).entries) == 4)

    assert words_of(room.changes(0).entries) == ["w0", "w1", "w3", "w4"]


def test_a_key_press_outlives_the_worker(live: Rooms) -> None:
    """A correction that was given just before the worker died is carried out by the next one."""
    room = live(tones=4)
    room.start()
    until(lambda: len(room.changes(0).entries) == 4)
    first = room.changes(0).entries[0].utterance
    pid = worker_of(room)
    assert pid is not None

    os.kill(pid, signal.SIGSTOP)
    room.name_speaker(room.changes(0).room.people[2].person.id, first.id)
    os.kill(pid, signal.SIGKILL)

    until(lambda: room.changes(0).entries[0].utterance.speaker == "m2")
    assert len(room.changes(0).entries) == 4


def test_the_worker_ends_with_the_app(live: Rooms) -> None:
    """Leaving lets go of the worker's process at once."""
    room = live(tones=2)
    until(lambda: worker_of(room) is not None)
    pid = worker_of(room)
    assert pid is not None

    room.end()

    until(lambda: not _alive(pid), 10)


def _over(room: LiveSession, tone: int) -> bool:
    """Whether the worker has taken up the turn of a tone."""
    turn = room._conduct.beat.turn
    return turn is not None and turn[0] < tone * EVERY + TONE and tone * EVERY < turn[1]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
