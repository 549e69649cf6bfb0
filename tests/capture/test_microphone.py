"""A microphone that is lost is looked for and found again; a program without sound works without sound.

The sound card here is a small class of the test's own; the real one is in ``test_virtual_microphone.py``.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.capture.devices import Device, choose
from assistant.capture.microphone import Microphone
from assistant.capture.timeline import GONE
from assistant.consent import permit_test
from assistant.domain import SAMPLE_RATE, Block, Gap
from assistant.errors import ConsentError, DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.consent import RecordingPermit

    Heard = Callable[[NDArray[np.float32], bool], None]

AGREED = permit_test(everybody_here_agrees=True)
DESK = Device(3, "Desk (hw:1,0)", "ALSA", 2, 48_000)
LONGEST_S = 20.0


@dataclass
class Card:
    """A sound card: gives a block each time it is told to, and can be pulled out."""

    rate: int = SAMPLE_RATE
    there: bool = True
    hangs: Event = field(default_factory=Event)
    """Closing returns once this is set."""
    asked: list[int | str | Device | None] = field(default_factory=list)
    open_streams: list[CardStream] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.hangs.set()

    def open(
        self, wanted: int | str | Device | None, channels: int, heard: Heard, permit: RecordingPermit
    ) -> CardStream:
        """Open the one device there is."""
        self.asked.append(wanted)
        if not self.there:
            raise DeviceError("not there")
        stream = CardStream(self, channels, heard)
        self.open_streams.append(stream)
        return stream


@dataclass(eq=False)
class CardStream:
    """A stream of the card."""

    card: Card
    channels: int
    heard: Heard
    active: bool = True
    device: Device = DESK

    @property
    def rate(self) -> int:
        """The card's rate."""
        return self.card.rate

    def say(self, seconds: float = 0.1) -> None:
        """Bring sound."""
        self.heard(np.full((self.channels, round(seconds * self.rate)), 0.5, np.float32), False)

    def say_often(self, times: int) -> None:
        """Bring sound several times."""
        for _ in range(times):
            self.say()

    def close(self) -> None:
        """Let go, once the card does not hang."""
        self.card.hangs.wait(LONGEST_S)
        self.card.open_streams.remove(self)


class Listening:
    """A microphone that is listened to in a thread."""

    def __init__(self, card: Card, channels: int | None = None) -> None:
        self.microphone = Microphone("Desk", channels, card)
        self.card = card
        self.parts: list[Block | Gap] = []
        self.thread = Thread(target=self._listen, daemon=True)
        self.thread.start()

    def until(self, condition: Callable[[], bool], *, speaking: bool = False) -> None:
        """Wait for something, while the card brings sound or brings none."""
        deadline = time.monotonic() + LONGEST_S
        while not condition():
            assert time.monotonic() < deadline
            if speaking:
                for stream in list(self.card.open_streams):
                    stream.say()
            time.sleep(0.1 if speaking else 0.02)

    def stop(self) -> None:
        """End it."""
        self.microphone.stop()
        self.thread.join(LONGEST_S)
        assert not self.thread.is_alive()

    def blocks(self) -> int:
        """Return how many blocks have come."""
        return sum(isinstance(part, Block) for part in list(self.parts))

    def gaps(self) -> list[str]:
        """Return the reasons of what was lost."""
        return [part.reason for part in list(self.parts) if isinstance(part, Gap)]

    def _listen(self) -> None:
        for part in self.microphone.blocks(AGREED):
            self.parts.append(part)


@pytest.fixture
def card() -> Iterator[Card]:
    """A sound card that is let go of in the end."""
    card = Card()
    yield card
    card.hangs.set()


def test_sound_comes_as_blocks_from_sample_zero(card: Card) -> None:
    """Mono unless asked for more, 16 kHz whatever the card's rate, and closed at the end."""
    card.rate = 48_000
    heard = Listening(card)
    heard.until(lambda: heard.blocks() >= 5, speaking=True)
    heard.stop()

    first = heard.parts[0]
    assert isinstance(first, Block)
    assert first.first_sample == 0
    assert first.audio.shape[0] == heard.microphone.channels == 1
    assert card.open_streams == []


def test_all_tracks_are_had_when_asked_for(card: Card) -> None:
    """A track per seat."""
    heard = Listening(card, channels=2)
    heard.until(lambda: heard.blocks() >= 1, speaking=True)
    heard.stop()

    first = heard.parts[0]
    assert isinstance(first, Block)
    assert first.audio.shape[0] == 2


def test_what_was_heard_before_the_end_is_given(card: Card) -> None:
    """``stop`` loses nothing that the sound card had brought."""
    microphone = Microphone(opener=card)
    blocks = microphone.blocks(AGREED)
    Thread(target=lambda: _wait_open(card).say_often(8)).start()
    parts = [next(blocks)]
    _poll(lambda: len(microphone._inbox._waiting) == 7)
    microphone.stop()

    parts += blocks

    assert sum(part.audio.shape[1] for part in parts if isinstance(part, Block)) == 8 * 1600


@pytest.mark.parametrize("way", ["says that it ended", "says nothing"])
def test_a_lost_device_is_looked_for_by_its_name(card: Card, way: str) -> None:
    """It may say that it ended or fall silent; the same device is opened again when it is back, and no other."""
    heard = Listening(card)
    heard.until(lambda: heard.blocks() >= 2, speaking=True)
    before = heard.blocks()

    card.there = False
    if way == "says that it ended":
        card.open_streams[0].active = False
    heard.until(lambda: len(card.asked) >= 3 and bool(heard.gaps()))
    card.there = True
    heard.until(lambda: heard.blocks() > before + 1, speaking=True)
    heard.stop()

    assert set(heard.gaps()) == {GONE}
    assert card.asked[0] == "Desk"
    assert set(card.asked[1:]) == {DESK}


def test_a_device_that_hangs_is_not_opened_twice(card: Card) -> None:
    """While its old stream is not let go of, the device is not asked again; then it is."""
    heard = Listening(card)
    heard.until(lambda: heard.blocks() >= 1, speaking=True)
    card.hangs.clear()
    card.open_streams[0].active = False
    heard.until(lambda: len(heard.gaps()) >= 1)
    asked_while_it_hung = len(card.asked)

    card.hangs.set()
    heard.until(lambda: len(card.asked) == 2)
    heard.stop()

    assert asked_while_it_hung == 1


def test_a_changed_rate_opens_the_device_anew(card: Card) -> None:
    """Sound at the wrong speed is not written down for long."""
    heard = Listening(card)

    def fast() -> bool:
        for stream in list(card.open_streams):
            stream.say(0.2)
        time.sleep(0.1)
        return len(card.asked) == 2

    heard.until(fast)
    told = heard.blocks()
    heard.until(lambda: heard.blocks() > told, speaking=True)
    heard.stop()

    assert card.asked == ["Desk", DESK]


def test_a_listener_that_goes_away_closes_the_device(card: Card) -> None:
    """Whoever stops iterating, for whatever reason, leaves no open microphone behind."""
    blocks = Microphone(opener=card).blocks(AGREED)
    Thread(target=lambda: _wait_open(card).say()).start()
    next(blocks)

    blocks.close()  # type: ignore[attr-defined] # an iterator by contract, a generator in fact

    assert card.open_streams == []


def test_a_stopped_microphone_opens_nothing(card: Card) -> None:
    """``stop`` before the start is the end as well."""
    microphone = Microphone(opener=card)
    microphone.stop()

    assert list(microphone.blocks(AGREED)) == []
    assert card.asked == []


def test_without_a_permit_nothing_is_opened(card: Card) -> None:
    """The refusal comes at once, not with the first block."""
    with pytest.raises(ConsentError, match="no leave to record"):
        Microphone(opener=card).blocks("yes, all agreed")  # type: ignore[arg-type] # as a careless caller would

    assert card.asked == []


def test_a_device_that_is_not_there_at_the_start_is_an_error(card: Card) -> None:
    """Only what was there once is waited for."""
    card.there = False

    with pytest.raises(DeviceError, match="not there"):
        next(Microphone(opener=card).blocks(AGREED))


@pytest.mark.parametrize(
    ("wanted", "number"),
    [(None, 1), (0, 0), ("Desk", 0), ("hall", 2), ("Hall microphone", 2), ("Built-in", 1)],
    ids=str,
)
def test_a_device_is_chosen_by_number_name_or_part_of_one(wanted: int | str | None, number: int) -> None:
    """None is the system's choice; an exact name wins over a part of one."""
    found = (
        Device(0, "Desk", "ALSA", 2, 48_000),
        Device(1, "Built-in", "ALSA", 1, 44_100, default=True),
        Device(2, "Hall microphone", "ALSA", 1, 44_100),
        Device(4, "Desk two", "ALSA", 1, 44_100),
    )

    assert choose(found, wanted).number == number


def test_two_devices_of_one_name_are_not_guessed_between() -> None:
    """A part of a name that fits two is refused; no device at all is said as such."""
    found = (Device(0, "USB one", "ALSA", 1, 48_000), Device(1, "USB two", "ALSA", 1, 48_000))

    with pytest.raises(DeviceError, match=r"^2 microphones have that in the name: choose one of"):
        choose(found, "usb")
    with pytest.raises(DeviceError, match="no microphone was found: plug one in"):
        choose((), None)


def test_a_device_is_known_again_wherever_it_is_plugged_in() -> None:
    """ALSA writes the place into the name, and the place changes."""
    elsewhere = Device(5, "Desk (hw:4,0)", "ALSA", 2, 48_000)

    assert DESK.same(elsewhere)
    assert not DESK.same(Device(3, "Chair (hw:1,0)", "ALSA", 2, 48_000))


def test_without_portaudio_only_the_microphone_is_missing(tmp_path: Path) -> None:
    """Recordings are played, and whoever asks for a microphone is told what to install."""
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "import assistant.capture.microphone, assistant.capture.playing, assistant.cli.microphone\n"
        "from assistant.capture.devices import devices\n"
        "from assistant.errors import DeviceError\n"
        "assert 'sounddevice' not in sys.modules\n"
        "try:\n    devices()\nexcept DeviceError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)

    assert done.stderr == ""
    assert done.stdout.startswith("the sound library PortAudio is missing on this machine: ")
    assert sys.platform != "linux" or "sudo apt install libportaudio2" in done.stdout


def _wait_open(card: Card) -> CardStream:
    _poll(lambda: bool(card.open_streams))
    return card.open_streams[0]


def _poll(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
