"""A microphone as a source of sound that survives its own loss.

A device that is pulled out, hangs or changes under its stream is let go of and looked for until it is back; what was
missed meanwhile is a ``Gap`` that says why. Nothing is opened without leave to record.
"""

from __future__ import annotations

import time
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol, TypeVar

from assistant.capture.clock import SystemClock
from assistant.capture.devices import PortAudio
from assistant.capture.inbox import Inbox
from assistant.capture.pace import Pace
from assistant.capture.source import require
from assistant.capture.timeline import GONE, RATE, Timeline
from assistant.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from assistant.capture.clock import Clock
    from assistant.capture.devices import Device
    from assistant.consent import RecordingPermit
    from assistant.domain import Block, Gap

_HANGS_S = 1.0
"""Seconds without a sound after which a stream is given up: sound comes ten times a second."""

_STARTS_S = 5.0
"""Seconds until the first sound of a stream: a wireless headset wakes up slowly."""

_LOOK_S = 0.2
"""Seconds between two looks whether the stream, or the device, is there."""

_RETRY_S = 1.0
"""Seconds between two tries to open the device again."""

_OPENING_S = 5.0
"""Seconds that a device may take to open at the start."""

_CLOSING_S = 0.5
"""Seconds that the end waits for the device to be let go of; one that hangs is let go of behind its back."""

_T = TypeVar("_T")


class OpenStream(Protocol):
    """What a microphone needs of a stream that runs."""

    @property
    def device(self) -> Device:
        """What was opened."""
        ...

    @property
    def rate(self) -> int:
        """Samples a second."""
        ...

    @property
    def active(self) -> bool:
        """Whether it is believed to run."""
        ...

    def close(self) -> None:
        """Let go of the device; may take as long as the device hangs."""
        ...


class StreamOpener(Protocol):
    """What opens streams: PortAudio."""

    def open(
        self,
        wanted: int | str | Device | None,
        channels: int,
        heard: Callable[[NDArray[np.float32], bool], None],
        permit: RecordingPermit,
    ) -> OpenStream:
        """Open and start a stream that calls ``heard``; DeviceError where it cannot."""
        ...


class Microphone:
    """One microphone of this computer; a ``FrameSource``.

    Args:
        device: Its number or name, as ``devices()`` lists it; None: the system's choice.
        channels: Tracks to record; None: one. A device with a microphone per seat is asked for all of them.
        opener: What opens streams.
        clock: What losses are measured with.
    """

    def __init__(
        self,
        device: int | str | None = None,
        channels: int | None = None,
        opener: StreamOpener | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._wanted: int | str | Device | None = device
        self._channels = channels or 1
        self._opener = opener or PortAudio()
        self._clock = clock or SystemClock()
        self._stopped = Event()
        self._inbox = Inbox()
        self._label = "microphone"

    @property
    def channels(self) -> int:
        """Tracks in every block."""
        return self._channels

    @property
    def label(self) -> str:
        """The device's name once it was opened; for a screen, not for a log."""
        return self._label

    def blocks(self, permit: RecordingPermit) -> Iterator[Block | Gap]:
        """Open the microphone and yield what it hears, from sample 0; once.

        Raises:
            ConsentError: There is no permit; nothing was opened.
            DeviceError: The microphone cannot be opened at the start. If it is lost later it is waited for.
        """
        require(permit)
        return self._blocks(permit)

    def stop(self) -> None:
        """End ``blocks`` at once, from any thread, for good."""
        self._stopped.set()
        self._inbox.close()

    def _blocks(self, permit: RecordingPermit) -> Iterator[Block | Gap]:
        if self._stopped.is_set():
            return
        timeline = Timeline(self._clock)
        open_ = partial(self._open, permit)
        stream: OpenStream | None = self._first(open_)
        reason: str | None = None
        while stream is not None:
            try:
                timeline.begin(stream.rate, self._channels, reason)
                reason = yield from self._hear(stream, timeline)
                yield from timeline.end()
            finally:
                closing = _aside(stream.close)
                wait_for([closing], _CLOSING_S)
            stream = None if reason is None else (yield from self._again(open_, timeline, reason, closing))

    def _hear(self, stream: OpenStream, timeline: Timeline) -> Generator[Block | Gap, None, str | None]:
        """Yield what the stream brings; return why it ended, None after ``stop``."""
        pace = Pace(stream.rate)
        inbox, waits_until = self._inbox, self._clock.now() + _STARTS_S
        while True:
            sound = inbox.get(_LOOK_S)
            if sound is not None:
                yield from timeline.hear(sound)
                waits_until = self._clock.now() + _HANGS_S
                if pace.changed(sound):
                    return RATE
            elif self._stopped.is_set():
                return None
            elif not stream.active or self._clock.now() > waits_until:
                return GONE

    def _again(
        self, open_: Callable[[], OpenStream], timeline: Timeline, reason: str, closing: Future[None]
    ) -> Generator[Gap, None, OpenStream | None]:
        """Yield the loss as it grows; return the device once it is open again, or None after ``stop``."""
        opening: Future[OpenStream] | None = None
        retry_at = time.monotonic()
        try:
            while not self._stopped.wait(_LOOK_S):
                yield from timeline.wait(reason)
                # A device whose old stream still hangs cannot be opened.
                if opening is None and closing.done() and time.monotonic() >= retry_at:
                    opening = _aside(open_)
                if opening is not None and opening.done():
                    done, opening = opening, None
                    if not isinstance(done.exception(), DeviceError):
                        return done.result()
                    retry_at = time.monotonic() + _RETRY_S
            yield from timeline.wait(reason, stopped=True)
            return None
        finally:
            if opening is not None:
                opening.add_done_callback(_let_go)

    def _first(self, open_: Callable[[], OpenStream]) -> OpenStream:
        opening = _aside(open_)
        wait_for([opening], _OPENING_S)
        if not opening.done():
            opening.add_done_callback(_let_go)
            raise DeviceError("the system's sound does not answer: restart its sound service or the computer")
        return opening.result()

    def _open(self, permit: RecordingPermit) -> OpenStream:
        """Open the device, or the one that was opened before, wherever it is plugged in by now."""
        inbox = Inbox()

        def heard(audio: NDArray[np.float32], overflowed: bool) -> None:  # noqa: FBT001  the seam's signature
            inbox.put(audio, self._clock.now(), overflowed=overflowed)

        stream = self._opener.open(self._wanted, self._channels, heard, permit)
        self._wanted, self._label, self._inbox = stream.device, stream.device.name, inbox
        if self._stopped.is_set():
            inbox.close()
        return stream


def _aside(work: Callable[[], _T]) -> Future[_T]:
    """Do work in a thread of its own: a sound system that hangs must hang nobody else, not even the program's end."""
    done: Future[_T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001  whoever asks for the result gets it
            done.set_exception(error)

    Thread(target=run, name="microphone", daemon=True).start()
    return done


def _let_go(opening: Future[OpenStream]) -> None:
    """Close a device that opened too late for anybody to want it."""
    if opening.exception() is None:
        opening.result().close()
