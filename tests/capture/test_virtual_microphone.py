"""A session that is played into a microphone is recorded as it was, also when the microphone is lost and returns.

The microphone is PulseAudio's, and the way to it is the real one: ALSA, PortAudio, the sound card's own thread.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import pairwise
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.capture.devices import PortAudio, devices
from assistant.capture.microphone import Microphone
from assistant.capture.recording import Recording
from assistant.capture.timeline import GONE
from assistant.consent import permit_test
from assistant.domain import SAMPLE_RATE, Block, Gap, seconds
from assistant.errors import ConsentError, DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.capture.conftest import VirtualMicrophone

LONGEST_S = 30.0
AGREED = permit_test(everybody_here_agrees=True)


@dataclass
class Listener:
    """Records in a thread, as a session does, and stamps what comes."""

    microphone: Microphone
    parts: list[Block | Gap] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    error: Exception | None = None

    def __post_init__(self) -> None:
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until something has come."""
        deadline = time.monotonic() + LONGEST_S
        while not condition():
            if self.error is not None:
                raise self.error
            assert time.monotonic() < deadline, what
            time.sleep(0.02)

    def wait_for_sound(self, duration_s: float) -> None:
        """Wait for so many more seconds of sound."""
        wanted = self.heard() + round(duration_s * SAMPLE_RATE)
        self.wait(lambda: self.heard() >= wanted, "no sound came")

    def stop(self) -> float:
        """End it; return how many seconds that took."""
        begin = time.monotonic()
        self.microphone.stop()
        self._thread.join(LONGEST_S)
        assert not self._thread.is_alive()
        return time.monotonic() - begin

    def heard(self) -> int:
        """Return how many samples of sound have come."""
        return sum(part.audio.shape[1] for part in list(self.parts) if isinstance(part, Block))

    def gaps(self) -> list[Gap]:
        """Return what was lost."""
        return [part for part in list(self.parts) if isinstance(part, Gap)]

    def audio(self) -> NDArray[np.float32]:
        """Return the sound, silence where it was lost."""
        whole = [
            p.audio if isinstance(p, Block) else np.zeros((self.microphone.channels, p.samples)) for p in self.parts
        ]
        return np.concatenate(whole, axis=1).astype(np.float32)

    def slips(self) -> float:
        """Return by how many seconds the count left the clock: how late sound came at best, before and after a Gap."""
        late = [
            (at - seconds(part.end_sample), part.first_sample)
            for at, part in zip(self.arrivals, self.parts, strict=True)
            if isinstance(part, Block)
        ]
        gaps = self.gaps()
        borders = [0, *(gap.first_sample for gap in gaps), sys.maxsize]
        best = [
            min((wait for wait, first in late if start <= first < end), default=None)
            for start, end in pairwise(borders)
        ]
        known = [one for one in best if one is not None]
        return max(known) - min(known)

    def _listen(self) -> None:
        try:
            end = 0
            for part in self.microphone.blocks(AGREED):
                assert part.first_sample == end
                end = part.end_sample if isinstance(part, Block) else part.first_sample + part.samples
                self.parts.append(part)
                self.arrivals.append(time.monotonic())
        except Exception as error:  # noqa: BLE001  the test's own thread raises it
            self.error = error


@pytest.fixture
def listen() -> Iterator[Callable[[Microphone], Listener]]:
    """Start listening; the device is let go of at the end in any case."""
    listeners: list[Listener] = []

    def start(microphone: Microphone) -> Listener:
        listeners.append(Listener(microphone))
        return listeners[-1]

    yield start
    for listener in listeners:
        listener.stop()


def original(path: Path) -> NDArray[np.float32]:
    """Return a recording's first track."""
    return np.concatenate([b.audio[0] for b in Recording.open(path).blocks() if isinstance(b, Block)])


def correlation(heard: NDArray[np.float32], played: NDArray[np.float32]) -> tuple[float, int]:
    """Return how alike two sounds are at best, and where in ``heard`` ``played`` begins then."""
    size = 1 << (heard.shape[0] + played.shape[0]).bit_length()
    both = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size)), size)
    at = int(np.argmax(both))
    at = at - size if at > size // 2 else at
    start, end = max(0, at), min(heard.shape[0], at + played.shape[0])
    one, other = heard[start:end], played[start - at : end - at]
    return float(np.dot(one, other) / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-12)), at


def test_a_played_session_is_recorded_as_it_was_played(
    virtual_microphone: VirtualMicrophone, smoke: Path, listen: Callable[[Microphone], Listener]
) -> None:
    """What is played into the microphone comes out of it, whole, in time, and the end is immediate."""
    listener = listen(Microphone(virtual_microphone.device))
    listener.wait_for_sound(0.5)
    virtual_microphone.play(smoke / "smoke-01.flac")
    listener.wait_for_sound(6)
    ending = listener.stop()

    alike, at = correlation(listener.audio()[0], original(smoke / "smoke-01.flac")[: 5 * SAMPLE_RATE])
    assert alike > 0.95
    assert at > 0
    assert listener.gaps() == []
    assert listener.slips() < 0.1
    assert ending < 0.5
    assert {part.audio.shape[0] for part in listener.parts if isinstance(part, Block)} == {1}
    assert listener.microphone.label == virtual_microphone.device


def test_every_seat_has_its_track(
    virtual_microphone: VirtualMicrophone, tmp_path: Path, listen: Callable[[Microphone], Listener]
) -> None:
    """A device with four microphones gives four tracks, each with its own sound."""
    hertz = [300, 700, 1100, 1900]
    tones = np.stack([0.3 * np.sin(2 * np.pi * h * np.arange(6 * SAMPLE_RATE) / SAMPLE_RATE) for h in hertz])
    path = write_wav(tmp_path / "seats.wav", tones)

    listener = listen(Microphone(virtual_microphone.table, channels=4))
    listener.wait_for_sound(0.2)
    virtual_microphone.play(path, virtual_microphone.table)
    listener.wait(lambda: float(np.abs(listener.audio()[:, -1600:]).max(initial=0)) > 0.1, "nothing was heard")
    listener.wait_for_sound(1.5)
    listener.stop()

    spectrum = np.abs(np.fft.rfft(listener.audio()[:, -SAMPLE_RATE:], axis=1))
    assert spectrum.argmax(axis=1).tolist() == hertz


@pytest.mark.slow
@pytest.mark.parametrize("way", ["crash", "unplugged", "frozen"])
def test_a_lost_microphone_is_a_gap_and_comes_back(
    way: str, virtual_microphone: VirtualMicrophone, smoke: Path, listen: Callable[[Microphone], Listener]
) -> None:
    """However it is lost, the loss is told while it lasts, measured, and ends by itself."""
    lose, bring_back = {
        "crash": (virtual_microphone.kill, virtual_microphone.start),
        "unplugged": (virtual_microphone.unplug, virtual_microphone.plug_in),
        "frozen": (virtual_microphone.freeze, virtual_microphone.thaw),
    }[way]
    listener = listen(Microphone(virtual_microphone.device))
    listener.wait_for_sound(1)

    lose()
    listener.wait(lambda: bool(listener.gaps()), "the loss was not told while it lasted")
    bring_back()
    listener.wait_for_sound(1)
    virtual_microphone.play(smoke / "smoke-01.flac")
    listener.wait_for_sound(5)
    listener.stop()

    after = max(gap.first_sample + gap.samples for gap in listener.gaps())
    alike, _ = correlation(listener.audio()[0, after:], original(smoke / "smoke-01.flac")[: 4 * SAMPLE_RATE])
    assert alike > 0.9
    assert {gap.reason for gap in listener.gaps()} == {GONE}
    assert listener.slips() < 0.1


def test_a_device_that_hangs_hangs_nobody(
    virtual_microphone: VirtualMicrophone, listen: Callable[[Microphone], Listener]
) -> None:
    """A sound system that answers nothing holds up neither the end of a session nor the end of the program."""
    listener = listen(Microphone(virtual_microphone.device))
    listener.wait_for_sound(0.3)
    virtual_microphone.freeze()
    try:
        listener.wait(lambda: bool(listener.gaps()), "the hang was not told")
        assert listener.stop() < 2
    finally:
        virtual_microphone.thaw()


def test_nothing_is_opened_without_leave(virtual_microphone: VirtualMicrophone) -> None:
    """Neither the source nor what opens streams gives sound without a permit."""
    with pytest.raises(ConsentError, match="no leave to record"):
        Microphone(virtual_microphone.device).blocks(None)  # type: ignore[arg-type] # as a careless caller would
    with pytest.raises(ConsentError, match="no leave to record"):
        PortAudio().open(virtual_microphone.device, 1, lambda *_: None, None)  # type: ignore[arg-type] # likewise


@pytest.mark.parametrize(
    ("wanted", "channels", "says"),
    [
        (77, 1, "there is no microphone number 77: choose one of 'assistant microphone list'"),
        ("zebra", 1, "no microphone has that in the name: choose one of 'assistant microphone list'"),
        ("oo", 99, r"microphone \d+ has 32 tracks, not 99: choose one of 'assistant microphone list'"),
    ],
)
def test_a_wrong_choice_is_one_clear_line(
    virtual_microphone: VirtualMicrophone, wanted: int | str, channels: int, says: str
) -> None:
    """A number, a name or a count of tracks that there is not says what to choose from."""
    with pytest.raises(DeviceError, match=f"^{says}$"):
        next(Microphone(wanted, channels).blocks(AGREED))


def test_a_microphone_that_cannot_be_opened_says_so(virtual_microphone: VirtualMicrophone) -> None:
    """The device is listed, and what stands behind it is gone: one clear line."""
    virtual_microphone.unplug()
    try:
        with pytest.raises(DeviceError, match=r"^microphone \d+ does not open: close the program that uses it"):
            next(Microphone(virtual_microphone.device).blocks(AGREED))
    finally:
        virtual_microphone.plug_in()


def test_devices_are_listed(virtual_microphone: VirtualMicrophone) -> None:
    """Each microphone with its number, and one of them is the system's choice; its name is kept out of any log."""
    found = devices()

    assert {"room", "table", "default"} <= {device.name for device in found}
    assert [device.name for device in found if device.default] == ["default"]
    assert "room" not in repr(found)


def run(*words: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    """Run ``assistant microphone`` as a process of its own."""
    code = "from assistant.cli.microphone import microphone_app; microphone_app()"
    return subprocess.run(
        [sys.executable, "-c", code, *words], input=answer, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_command_lists_microphones_and_nothing_else(virtual_microphone: VirtualMicrophone) -> None:
    """What the sound libraries print when they look for devices stays off the screen."""
    done = run("list")

    assert done.returncode == 0
    assert "room" in done.stdout
    assert done.stderr == ""


def test_the_command_judges_the_level(virtual_microphone: VirtualMicrophone, smoke: Path) -> None:
    """A voice at a usual distance is good, and nothing is left of it but the word."""
    virtual_microphone.play(smoke / "smoke-01.flac")

    done = run("test", "--device", virtual_microphone.device, "--everybody-agrees", "--seconds", "3")

    assert (done.returncode, done.stderr) == (0, "")
    assert "good" in done.stdout


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_the_command_listens_to_nobody_who_did_not_agree(virtual_microphone: VirtualMicrophone, answer: str) -> None:
    """No, and no answer at all, end it before anything is opened."""
    done = run("test", "--device", virtual_microphone.device, answer=answer)

    assert done.returncode != 0
    assert "ConsentError: a test records a few seconds" in done.stderr
    assert "dB" not in done.stdout


def write_wav(path: Path, tracks: NDArray[np.float64]) -> Path:
    """Write 16-bit PCM at 16 kHz."""
    import wave  # noqa: PLC0415  used here alone

    with wave.open(str(path), "wb") as file:
        file.setnchannels(tracks.shape[0])
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((tracks.T * 32767).astype("<i2").tobytes())
    return path
