"""Words of somebody who does not pause are on the screen while they speak; the reading of the turn replaces them."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import numpy as np

from assistant.capture.source import BLOCK_SAMPLES
from assistant.domain import SAMPLE_RATE, Block, Cut, Turn, Word, samples
from assistant.live.first_look import FirstLook
from assistant.live.recovery import unfinished
from assistant.pipeline.live_turns import Recognised
from assistant.transcription.recognition import Segment
from tests.live.tones import LOWEST_HZ, STEP_HZ, ToneSource, until, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from assistant.domain import Entry, Gap
    from assistant.live.session import LiveSession
    from tests.live.conftest import Rooms

WORD, NEXT = samples(0.5), samples(0.8)
"""A word sounds for so long, and the next follows after so long: 0.3 s of silence, which ends no turn."""


class Talking(ToneSource):
    """Somebody who says ``words`` words without a pause that would end a turn, and then nothing more."""

    def __init__(self, words: int, speed: float = 1.5) -> None:
        super().__init__(speed)
        self._words = words

    def _blocks(self) -> Iterator[Block | Gap]:
        begin = time.monotonic()
        number = 0
        while not self._stopped.wait(max(0.0, begin + (number + 1) * 0.1 / self._speed - time.monotonic())):
            yield Block(number * BLOCK_SAMPLES, self._sound(number * BLOCK_SAMPLES))
            number += 1

    def _sound(self, first: int) -> NDArray[np.float32]:
        at = np.arange(first, first + BLOCK_SAMPLES)
        word, within = at // NEXT, at % NEXT
        wave = 0.3 * np.sin(2 * np.pi * (LOWEST_HZ + STEP_HZ * word) * within / SAMPLE_RATE)
        return np.where((within < WORD) & (word < self._words), wave, 0.0).astype(np.float32)[None, :]


def begin(room: LiveSession) -> None:
    """Record, once there is somebody to look."""
    until(lambda: room.changes(0).room.working is None)
    room.start()


def early(room: LiveSession) -> list[Entry]:
    """Return what is told of turns that are not read."""
    return [e for e in room.changes(0).entries if e.utterance.id.startswith("t")]


def read(room: LiveSession) -> list[Entry]:
    """Return what is read."""
    return [e for e in room.changes(0).entries if e.utterance.id.startswith("u")]


def test_words_come_while_somebody_speaks(live: Rooms) -> None:
    """One entry grows with the open turn and counts as nobody's time; then it is gone, and every word is there once."""
    room = live(instead=Talking(7))
    begin(room)
    until(lambda: early(room))
    assert not read(room)
    (first,) = early(room)
    until(lambda: early(room) and len(early(room)[0].utterance.words) > len(first.utterance.words))
    assert [e.utterance.id for e in early(room)] == [first.utterance.id]

    until(lambda: len(words_of(read(room))) == 7)

    assert not early(room)
    assert words_of(room.changes(0).entries) == [f"w{k}" for k in range(7)]
    assert {e.utterance.id for e in live.stored().entries} == {e.utterance.id for e in read(room)}


def test_a_warning_keeps_what_was_decided(live: Rooms) -> None:
    """A warning is there before the turn is over; settled then, it is settled under the words as they are read."""
    room = live(instead=Talking(13))
    begin(room)
    until(lambda: room.changes(0).alerts)
    (view,) = room.changes(0).alerts
    assert not read(room)
    room.acknowledge(view.key)

    while len(words_of(read(room))) < 13:
        assert len(room.changes(0).alerts) == 1, "it never flickers"
        time.sleep(0.02)

    (after,) = room.changes(0).alerts
    assert after.key.utterance.startswith("u")
    assert after.state == "acknowledged"


def test_a_worker_that_dies_between_look_and_reading(live: Rooms) -> None:
    """What was told early is read by the next worker, once."""
    room = live(instead=Talking(6))
    begin(room)
    until(lambda: early(room))
    assert room.worker_pid is not None
    os.kill(room.worker_pid, signal.SIGKILL)

    until(lambda: len(words_of(read(room))) == 6 and not early(room))


def test_an_app_that_dies_between_look_and_reading(live: Rooms) -> None:
    """At the next start what was told early is read, once."""
    room = live(instead=Talking(6))
    begin(room)
    until(lambda: len(words_of(early(room))) >= 2)
    room.end()
    (stored,) = unfinished(live.vault)
    assert [e.utterance.id[0] for e in stored.entries] == ["t"]

    again = live.recovered(room)
    until(lambda: read(again) and not early(again))
    assert words_of(again.changes(0).entries)[:2] == ["w0", "w1"]


def word(text: str, start_s: float, end_s: float) -> Word:
    """Return a word."""
    return Word(text, samples(start_s), samples(end_s), 0.9)


def open_turn(*voiced: tuple[float, float], cut: Cut = Cut.END) -> Turn:
    """Return a turn with voice at some seconds."""
    begin, end = samples(voiced[0][0]), samples(voiced[-1][1])
    return Turn(begin, np.zeros(end - begin, np.float32), cut, tuple((samples(a), samples(b)) for a, b in voiced))


def found(*words: Word) -> Recognised:
    """Return words as recognised."""
    return Recognised(words[0].start, words[-1].end, (Segment(words),))


def texts(recognised: Recognised | None) -> list[str]:
    """Return the words."""
    return [] if recognised is None else [w.text for s in recognised.segments for w in s.words]


def test_only_what_follows_the_last_pause_is_heard_again() -> None:
    """A word that may be cut off is left out; the next look begins in the pause before, and keeps what was settled."""
    look = FirstLook()
    first = open_turn((1.0, 2.0), (2.4, 4.0))
    assert look.part(first).first_sample == samples(1.0)
    seen = look.all_of(first, found(word("one", 1.0, 2.0), word("two", 2.4, 3.0), word("thr", 3.2, 4.0)))
    assert texts(seen) == ["one", "two"]

    second = open_turn((1.0, 2.0), (2.4, 5.5))
    part = look.part(second)
    assert part.first_sample == samples(2.2)
    assert part.end_sample == second.end_sample
    assert part.voiced == ((samples(2.4), samples(5.5)),)
    seen = look.all_of(second, found(word("two", 2.4, 3.0), word("three", 3.2, 4.1), word("fo", 5.0, 5.5)))
    assert texts(seen) == ["one", "two", "three"]


def test_a_turn_cut_without_a_pause_leaves_the_words_beyond() -> None:
    """Words after the cut stay told; those before it are the reading's."""
    look = FirstLook()
    turn = open_turn((1.0, 6.0))
    look.part(turn)
    look.all_of(turn, found(word("one", 1.0, 2.0), word("two", 4.0, 5.0), word("x", 5.5, 6.0)))

    assert texts(look.beyond(samples(3.0))) == ["two"]
    assert look.beyond(samples(3.0)) is None
    assert FirstLook().beyond(0) is None


def test_the_end_of_a_long_turn_is_told_before_it_is_read() -> None:
    """Where enough of it was not seen yet; its last word counts, for it is over."""
    look = FirstLook()
    turn = open_turn((0.0, 5.0))
    look.part(turn)
    look.all_of(turn, found(word("one", 0.0, 4.0)))
    over = open_turn((0.0, 5.0), (5.1, 6.0), cut=Cut.SILENCE)

    assert look.is_worth_a_last(over)
    assert not look.is_worth_a_last(open_turn((0.0, 5.2), cut=Cut.SILENCE))
    assert not FirstLook().is_worth_a_last(over)
    look.part(over)
    assert texts(look.all_of(over, found(word("one", 0.0, 4.0), word("end", 5.1, 6.0)))) == ["one", "end"]
