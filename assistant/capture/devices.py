"""The microphones and loudspeakers of this computer, and an open stream of one.

The only file that imports sounddevice (PortAudio).

PortAudio is loaded when a microphone is asked for, not before: a machine that has none, or no sound at all, still
processes recordings. Its list of devices is as old as its start, so that looking again means starting it again.
"""

from __future__ import annotations

import atexit
import re
import sys
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.capture.output import Output
from assistant.capture.sound_server import require_local
from assistant.capture.source import require
from assistant.domain import SAMPLE_RATE
from assistant.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    from assistant.consent import RecordingPermit

LIST = "choose one of 'assistant microphone list'"

_BLOCK_S = 0.1
_LATENCY_S = 0.2
"""Room in the sound card's buffer for a computer that is busy for a moment."""

_INSTALL = {
    "linux": "install the system's package for it (Debian and Ubuntu: sudo apt install libportaudio2)",
}
_INSTALL_ELSEWHERE = "it comes with this program: install the program again"

_ALSA_PLACE = re.compile(r"\s*\(hw:\d+,\d+\)$")
"""Where ALSA put a device this time; it may be put elsewhere when it is plugged in again."""


@dataclass(frozen=True, slots=True)
class Device:
    """Something that sound can be taken from."""

    number: int
    """As PortAudio counts; another one after a device was plugged in or out."""
    name: str = field(repr=False)
    """For a screen, not for a log: people name their headsets after themselves."""
    system: str
    """The sound system that offers it (ALSA, Core Audio, Windows WASAPI)."""
    channels: int
    """Tracks that it can record at once."""
    rate: int
    """Its own samples a second."""
    default: bool = False
    """The system's choice."""

    def same(self, other: Device) -> bool:
        """Whether it is the same device, perhaps plugged in elsewhere."""
        return (self.system, _ALSA_PLACE.sub("", self.name)) == (other.system, _ALSA_PLACE.sub("", other.name))


def choose(found: Sequence[Device], wanted: int | str | None) -> Device:
    """Return the device that ``wanted`` means.

    Args:
        found: What there is.
        wanted: A number, a name or a part of one; None is the system's choice.

    Raises:
        DeviceError: There is none, or more than one.
    """
    if not found:
        raise DeviceError("no microphone was found: plug one in, and check that the system lets programs record")
    if wanted is None:
        return next((device for device in found if device.default), found[0])
    if isinstance(wanted, int):
        matches = [device for device in found if device.number == wanted]
        if not matches:
            raise DeviceError(f"there is no microphone number {wanted}: {LIST}")
        return matches[0]
    exact = [device for device in found if device.name == wanted]
    matches = exact[:1] or [device for device in found if wanted.casefold() in device.name.casefold()]
    if len(matches) != 1:
        count = "no microphone has" if not matches else f"{len(matches)} microphones have"
        raise DeviceError(f"{count} that in the name: {LIST}")
    return matches[0]


def devices() -> tuple[Device, ...]:
    """Return the microphones there are now.

    Raises:
        DeviceError: There is no PortAudio on this machine.
    """
    return PortAudio().devices()


class PortAudio:
    """The system's sound, through PortAudio. There is one in a process, however many of these are made."""

    def devices(self) -> tuple[Device, ...]:
        """Return the microphones there are; while a stream is open, those there were when it was opened."""
        library = _library()
        with _GUARD:
            _look_again(library)
            return _listed(library)

    def open(
        self,
        wanted: int | str | Device | None,
        channels: int,
        heard: Callable[[NDArray[np.float32], bool], None],
        permit: RecordingPermit,
    ) -> Stream:
        """Open a microphone and start it.

        Args:
            wanted: As ``choose``; a Device is looked for wherever it is plugged in by now.
            channels: Tracks to record.
            heard: Called from a thread of PortAudio's with sound (channels, n) and whether sound before it was lost.
            permit: Proof that everybody in the room agreed: no stream is opened by any other way.

        Raises:
            ConsentError: There is no permit; nothing was opened.
            DeviceError: It is not there, is busy, cannot record so many tracks, or there is no PortAudio.
        """
        require(permit)
        library = _library()
        with _GUARD:
            _look_again(library)
            found = _listed(library)
            device = _again(found, wanted) if isinstance(wanted, Device) else choose(found, wanted)
            if not 1 <= channels <= device.channels:
                raise DeviceError(f"microphone {device.number} has {device.channels} tracks, not {channels}: {LIST}")
            return Stream(library, device, channels, heard, permit)

    def open_output(self, wanted: int | str | None = None) -> Output:
        """Open a loudspeaker and start it.

        Args:
            wanted: Its number or (part of) its name as PortAudio lists it; None: the system's choice.

        Raises:
            DeviceError: There is none, it is busy or not there, or there is no PortAudio.
        """
        library = _library()
        with _GUARD:
            _look_again(library)
            output = Output(library, wanted, _OPEN.discard)
            _OPEN.add(output)
            return output


class Stream:
    """A microphone that is open. Made by ``PortAudio.open``, which holds the guard."""

    def __init__(
        self,
        library: ModuleType,
        device: Device,
        channels: int,
        heard: Callable[[NDArray[np.float32], bool], None],
        permit: RecordingPermit,
    ) -> None:
        require(permit)
        self.device = device
        self.channels = channels
        self.rate = _rate(library, device, channels)
        """Samples a second: 16 kHz where the device can, else its own."""
        self._library = library

        def arrived(data: memoryview, count: int, _time: object, status: _Flags) -> None:
            audio = np.frombuffer(bytes(data), np.float32).reshape(count, channels).T
            heard(audio, bool(status.input_overflow))

        try:
            self._stream = library.RawInputStream(
                device=device.number,
                channels=channels,
                samplerate=self.rate,
                dtype="float32",
                blocksize=round(self.rate * _BLOCK_S),
                latency=_LATENCY_S,
                callback=arrived,
            )
            _OPEN.add(self)
            self._stream.start()
        except library.PortAudioError:
            self._discard()
            raise DeviceError(
                f"microphone {device.number} does not open: close the program that uses it, allow this one to record, "
                f"or {LIST}"
            ) from None

    @property
    def active(self) -> bool:
        """Whether PortAudio believes that it runs; a device that was pulled out may still be said to."""
        try:
            return bool(self._stream.active)
        except self._library.PortAudioError:
            return False

    def close(self) -> None:
        """Let go of the device. May wait for as long as the device hangs."""
        if self in _OPEN:
            self._discard()

    def _discard(self) -> None:
        stream = getattr(self, "_stream", None)
        if stream is not None:
            # While a device that hangs is let go of, the program can still end.
            atexit.unregister(self._library._exit_handler)  # noqa: SLF001  sounddevice's; it would wait for the device
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)
            atexit.register(self._library._exit_handler)  # noqa: SLF001  as above
        _OPEN.discard(self)


_GUARD = Lock()
"""PortAudio is not safe to be started, asked and opened from two threads at once."""

_OPEN: set[Stream | Output] = set()
"""Streams that would be torn down if PortAudio were started again."""


class _Flags(Protocol):
    """What PortAudio says beside the sound."""

    input_overflow: bool


def _library() -> ModuleType:
    """Load PortAudio.

    Raises:
        DeviceError: It is not installed, or the system's sound is on another machine.
    """
    require_local()
    try:
        import sounddevice  # noqa: PLC0415  loading it starts the system's sound, which recordings do not need
    except (ImportError, OSError):
        remedy = _INSTALL.get(sys.platform, _INSTALL_ELSEWHERE)
        raise DeviceError(f"the sound library PortAudio is missing on this machine: {remedy}") from None
    library: ModuleType = sounddevice
    return library


def _look_again(library: ModuleType) -> None:
    """Start PortAudio again, so that its list of devices is new; not while a stream of it is open."""
    if _OPEN:
        return
    # Its own functions send the process's standard error to nowhere meanwhile, and a screen may be drawn there.
    library._lib.Pa_Terminate()  # noqa: SLF001  sounddevice offers no other way
    if library._lib.Pa_Initialize() != 0:  # noqa: SLF001  as above
        raise DeviceError("the system's sound does not start: restart its sound service or the computer")


def _listed(library: ModuleType) -> tuple[Device, ...]:
    try:
        found = library.query_devices()
        systems = library.query_hostapis()
    except library.PortAudioError:
        return ()
    default = library.default.device[0]
    if default < 0:
        default = next((one["default_input_device"] for one in systems if one["default_input_device"] >= 0), -1)
    return tuple(
        Device(
            number,
            one["name"],
            systems[one["hostapi"]]["name"],
            one["max_input_channels"],
            round(one["default_samplerate"]),
            number == default,
        )
        for number, one in enumerate(found)
        if one["max_input_channels"] > 0
    )


def _again(found: Sequence[Device], device: Device) -> Device:
    """Return the device as it is listed now."""
    matches = [one for one in found if one.same(device)]
    if not matches:
        raise DeviceError(f"microphone {device.number} is not there: plug it in again")
    # Of two alike, the one that stands where it stood.
    return next((one for one in matches if one.number == device.number), matches[0])


def _rate(library: ModuleType, device: Device, channels: int) -> int:
    """Return 16 kHz where the device can be opened so, else its own rate."""
    try:
        library.check_input_settings(device=device.number, channels=channels, dtype="float32", samplerate=SAMPLE_RATE)
    except library.PortAudioError:
        return device.rate
    return SAMPLE_RATE
