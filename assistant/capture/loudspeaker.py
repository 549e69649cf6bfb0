"""Plays a moment of a session, so that a person can hear who speaks. Nothing of the sound stays here or is written.

The sound is taken as it is played, from the vault's own reader, and goes to the sound card a tenth of a second at a
time: no file holds it on the way, and stopping drops what is left.
"""

from __future__ import annotations

from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.capture.devices import PortAudio
from assistant.capture.resampling import Resampler
from assistant.domain import SAMPLE_RATE, Gap
from assistant.errors import AssistantError, DeviceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from assistant.domain import Block

LONGEST_GAP = SAMPLE_RATE // 2
"""Samples: lost sound is heard as a pause, and nobody waits for a long one."""

_PIECE = SAMPLE_RATE // 10
"""Samples that are on their way to the device at once: stopping is as quick as this."""

_LONGEST_WAIT_S = 2.0
"""Seconds in which a device lets go, or is left to itself."""


class OpenOutput(Protocol):
    """A loudspeaker that is open."""

    @property
    def rate(self) -> int:
        """Samples a second."""

    def write(self, audio: NDArray[np.float32]) -> None:
        """Play mono sound; DeviceError where the device is gone."""

    def finish(self) -> None:
        """Wait until all is heard, and let go."""

    def close(self) -> None:
        """Let go at once."""


class OutputOpener(Protocol):
    """What opens loudspeakers."""

    def open_output(self, wanted: int | str | None = None) -> OpenOutput:
        """Open one; DeviceError where there is none."""


class Loudspeaker:
    """Plays one stretch of sound at a time, beside everything else. Every method may be called from any thread.

    Args:
        device: Number or name of the output, as PortAudio lists it; None: the system's choice at that moment.
        system: What opens it.
    """

    def __init__(self, device: int | str | None = None, system: OutputOpener | None = None) -> None:
        self._device = device
        self._system = system or PortAudio()
        self._lock = Lock()
        self._current: _Play | None = None

    @property
    def playing(self) -> bool:
        """Whether something can be heard, or is about to be."""
        current = self._current
        return current is not None and not current.over

    @property
    def problem(self) -> str | None:
        """One line about why the last stretch was not heard to its end; None: it was, or was stopped."""
        current = self._current
        return None if current is None else current.problem

    def play(self, parts: Iterator[Block | Gap]) -> None:
        """Play ``parts`` from now on; what played before stops. Returns as it begins.

        Args:
            parts: Sound with any number of tracks, heard as one; it is read, and closed, in another thread.

        Raises:
            DeviceError: There is no loudspeaker; nothing was read of ``parts``.
        """
        with self._lock:
            self._stop()
            self._current = _Play(self._system, self._device, parts)

    def stop(self) -> None:
        """Be quiet at once, and let go of sound and device."""
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        if self._current is not None:
            self._current.stop()


class _Play:
    """One stretch on its way to the device, in a thread that nobody has to wait for."""

    def __init__(self, system: OutputOpener, device: int | str | None, parts: Iterator[Block | Gap]) -> None:
        self.problem: str | None = None
        self._system, self._device = system, device
        self._stopped = Event()
        self._output = system.open_output(device)
        self._thread = Thread(target=self._run, args=(parts,), name="loudspeaker", daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        return self._stopped.is_set() or not self._thread.is_alive()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(_LONGEST_WAIT_S)

    def _run(self, parts: Iterator[Block | Gap]) -> None:
        try:
            self._play(parts)
        except AssistantError as refused:
            # Neither a vault that no longer holds the sound nor a device that is gone may end more than the playing.
            self.problem = str(refused)
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()
            self._output.close()

    def _play(self, parts: Iterator[Block | Gap]) -> None:
        resampler = self._resampler()
        for part in parts:
            for piece in _pieces(part):
                if self._stopped.is_set():
                    return
                try:
                    self._output.write(resampler.feed(piece)[0])
                except DeviceError:
                    # A headset was pulled out: whatever the system plays on now is gone on with, once for each piece.
                    self._output.close()
                    self._output = self._system.open_output(self._device)
                    resampler = self._resampler()
                    self._output.write(resampler.feed(piece)[0])
        if not self._stopped.is_set():
            self._output.write(resampler.finish()[0])
            self._output.finish()

    def _resampler(self) -> Resampler:
        return Resampler(SAMPLE_RATE, 1, self._output.rate)


def _pieces(part: Block | Gap) -> Iterator[NDArray[np.float32]]:
    """Yield a part as short stretches of one track, shape (1, n)."""
    if isinstance(part, Gap):
        sound = np.zeros((1, min(part.samples, LONGEST_GAP)), np.float32)
    else:
        sound = part.audio.mean(axis=0, keepdims=True, dtype=np.float32)
    for start in range(0, sound.shape[1], _PIECE):
        yield sound[:, start : start + _PIECE]
