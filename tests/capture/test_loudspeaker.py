"""A moment of a session is heard from a real sound server, stops at once, and leaves nothing behind.

The server is the tests' own: what is played into its output is recorded where a listener would sit.
"""

from __future__ import annotations

import gc
import subprocess
import time
import weakref
from threading import Thread
from typing import TYPE_CHECKING, Self

import numpy as np
import pytest

from assistant.capture.loudspeaker import Loudspeaker
from assistant.domain import SAMPLE_RATE, Block, Gap
from assistant.errors import DeviceError, VaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.capture.conftest import VirtualMicrophone

LONGEST_S = 20.0
_HEAR = "parec --device=room.monitor --rate=16000 --channels=1 --format=float32le --raw --latency-msec=20"


class Ear:
    """Hears what comes out of the virtual loudspeaker, from the moment it is entered."""

    def __enter__(self) -> Self:
        self._heard = bytearray()
        self._process = subprocess.Popen(
            ["/usr/bin/env", *_HEAR.split()],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()
        until(lambda: len(self._heard) > 0)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait(timeout=LONGEST_S)
        self._thread.join(LONGEST_S)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            while part := stream.read1(65_536):  # type: ignore[attr-defined]  # a pipe is buffered
                self._heard += part

    @property
    def sound(self) -> NDArray[np.float32]:
        """All that was heard so far."""
        whole = len(self._heard) // 4 * 4
        return np.frombuffer(bytes(self._heard[:whole]), np.float32)

    @property
    def loud(self) -> int:
        """Samples that were not silence."""
        return int(np.count_nonzero(np.abs(self.sound) > 0.01))

    def pitch(self) -> float:
        """Return the strongest frequency of what was not silent, in hertz."""
        at = np.flatnonzero(np.abs(self.sound) > 0.01)
        part = self.sound[at[0] : at[-1]]
        return float(np.fft.rfftfreq(part.size, 1 / SAMPLE_RATE)[np.abs(np.fft.rfft(part)).argmax()])


def until(what: Callable[[], bool]) -> None:
    """Wait for it, with a bound."""
    deadline = time.monotonic() + LONGEST_S
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def tone(seconds: float, hertz: float = 440.0, tracks: int = 1, level: float = 0.4) -> Iterator[Block]:
    """Yield a tone in blocks of a tenth of a second, as the vault's reader does; it sounds in the first track."""
    size = SAMPLE_RATE // 10
    for first in range(0, round(seconds * SAMPLE_RATE), size):
        audio = np.zeros((tracks, size), np.float32)
        audio[0] = level * np.sin(2 * np.pi * hertz * np.arange(first, first + size) / SAMPLE_RATE)
        yield Block(first, audio)


@pytest.fixture
def speaker(virtual_microphone: VirtualMicrophone) -> Iterator[Loudspeaker]:
    """A loudspeaker on the virtual sound card, quiet in the end."""
    made = Loudspeaker()
    yield made
    made.stop()


@pytest.mark.parametrize("tracks", [1, 4])
def test_a_moment_is_heard_whole(speaker: Loudspeaker, tracks: int) -> None:
    """The tone that was played is the tone that is heard, for as long as it was; all tracks are heard as one."""
    with Ear() as ear:
        speaker.play(tone(1.0, 440, tracks, level=0.8))
        assert speaker.playing
        until(lambda: not speaker.playing)
        until(lambda: ear.loud > 0.85 * SAMPLE_RATE)

    assert ear.pitch() == pytest.approx(440, abs=2)
    assert float(np.abs(ear.sound).max()) == pytest.approx(0.8 / tracks, rel=0.1)
    assert speaker.problem is None


def test_lost_sound_is_a_short_pause(speaker: Loudspeaker) -> None:
    """A minute that was lost takes half a second to hear."""

    def parts() -> Iterator[Block | Gap]:
        yield from tone(0.4)
        yield Gap(6400, 60 * SAMPLE_RATE, "paused")
        yield from tone(0.4)

    with Ear() as ear:
        begun = time.monotonic()
        speaker.play(parts())
        until(lambda: not speaker.playing)
        took = time.monotonic() - begun
        until(lambda: ear.loud > 0.6 * SAMPLE_RATE)

    at = np.flatnonzero(np.abs(ear.sound) > 0.01)
    assert int(np.diff(at).max()) == pytest.approx(SAMPLE_RATE // 2, rel=0.1)
    assert took < 5


def test_stopping_is_immediate(speaker: Loudspeaker) -> None:
    """Of a minute only what was heard by then was heard, and what would have followed is asked for no more."""
    asked = []

    def parts() -> Iterator[Block]:
        for block in tone(60):
            asked.append(block.first_sample)
            yield block

    with Ear() as ear:
        speaker.play(parts())
        until(lambda: ear.loud > 0.2 * SAMPLE_RATE)
        begun = time.monotonic()
        speaker.stop()
        took = time.monotonic() - begun
        assert not speaker.playing
        heard, count = ear.loud, len(asked)
        # A second for more to come, were there any.
        time.sleep(1.0)
        assert ear.loud - heard < 0.5 * SAMPLE_RATE

    assert took < 1
    assert len(asked) == count


def test_another_moment_takes_the_place_of_the_first(speaker: Loudspeaker) -> None:
    """Two moments are never heard at once."""
    with Ear() as ear:
        speaker.play(tone(60, 440))
        until(lambda: ear.loud > 0.2 * SAMPLE_RATE)
        speaker.play(tone(1.5, 990))
        until(lambda: not speaker.playing)
        until(lambda: ear.loud > 1.6 * SAMPLE_RATE)

    last = ear.sound[np.flatnonzero(np.abs(ear.sound) > 0.01)[-1] - SAMPLE_RATE :][: SAMPLE_RATE - 800]
    spectrum = np.abs(np.fft.rfft(last))
    assert np.fft.rfftfreq(last.size, 1 / SAMPLE_RATE)[spectrum.argmax()] == pytest.approx(990, abs=3)
    assert spectrum[round(440 * last.size / SAMPLE_RATE)] < 0.02 * spectrum.max()


def test_nothing_of_the_sound_is_kept(speaker: Loudspeaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After it was stopped no block is held any more, the vault's reader is closed, and no file was made."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    blocks: list[weakref.ref[Block]] = []
    closed = []

    def parts() -> Iterator[Block]:
        try:
            for block in tone(60):
                # Blocks have no room for a weak reference; their sound has.
                blocks.append(weakref.ref(block.audio))  # type: ignore[arg-type]  # as the line above says
                yield block
                del block
        finally:
            closed.append(True)

    speaker.play(parts())
    until(lambda: len(blocks) > 5)
    speaker.stop()
    until(lambda: bool(closed))
    gc.collect()

    assert [one for one in blocks if one() is not None] == []
    assert list(tmp_path.iterdir()) == []


def test_sound_that_is_destroyed_is_told(speaker: Loudspeaker) -> None:
    """What the vault says when the sound is gone is the problem; playing is over."""

    def parts() -> Iterator[Block]:
        yield from tone(0.2)
        raise VaultError("the sound of this session was destroyed: read its words")

    speaker.play(parts())
    until(lambda: not speaker.playing)

    assert speaker.problem == "the sound of this session was destroyed: read its words"


def test_a_device_that_vanishes_is_one_line_and_the_next_moment_is_heard(
    speaker: Loudspeaker, virtual_microphone: VirtualMicrophone
) -> None:
    """The sound system crashes in the middle: playing ends with a line; when it is back, one plays again."""
    speaker.play(tone(60))
    until(lambda: speaker.playing)
    virtual_microphone.kill()
    try:
        until(lambda: not speaker.playing)
        assert speaker.problem is not None
        assert "loudspeaker" in speaker.problem
        assert "\n" not in speaker.problem
        with pytest.raises(DeviceError, match=r"^[^\n]*loudspeaker[^\n]*$"):
            speaker.play(tone(1))
    finally:
        virtual_microphone.start()

    with Ear() as ear:
        speaker.play(tone(1.0))
        until(lambda: ear.loud > 0.8 * SAMPLE_RATE)
    assert speaker.problem is None


def test_a_device_that_hangs_hangs_nobody(speaker: Loudspeaker, virtual_microphone: VirtualMicrophone) -> None:
    """The sound system answers nothing: stopping comes back all the same, and afterwards one plays again."""
    speaker.play(tone(60))
    until(lambda: speaker.playing)
    virtual_microphone.freeze()
    try:
        time.sleep(0.5)
        begun = time.monotonic()
        speaker.stop()
        assert time.monotonic() - begun < 4
        assert not speaker.playing
    finally:
        virtual_microphone.thaw()


def test_no_such_loudspeaker_is_one_clear_line(virtual_microphone: VirtualMicrophone) -> None:
    """Nothing of the session was read."""
    asked = []

    def parts() -> Iterator[Block]:
        asked.append(True)
        yield from tone(1)

    with pytest.raises(DeviceError, match=r"^no loudspeaker was found: plug one in or switch it on, then play again$"):
        Loudspeaker("zebra").play(parts())

    assert asked == []
