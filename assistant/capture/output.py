"""An open loudspeaker of this computer. It is given PortAudio by ``devices``, which alone imports it."""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.domain import SAMPLE_RATE
from assistant.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from numpy.typing import NDArray

_LATENCY_S = 0.2
"""Room in the sound card's buffer for a computer that is busy for a moment."""


class Output:
    """A loudspeaker that is open. Made by ``PortAudio.open_output``, which holds the guard.

    Args:
        library: PortAudio.
        wanted: As ``PortAudio.open_output``.
        closed: Called with this output when it is let go of.
    """

    def __init__(self, library: ModuleType, wanted: int | str | None, closed: Callable[[Output], None]) -> None:
        self._library = library
        self._closed = closed
        self._stream: Any = None
        try:
            device = library.query_devices(wanted, "output")
        except (library.PortAudioError, ValueError):
            raise DeviceError("no loudspeaker was found: plug one in or switch it on, then play again") from None
        self.rate = SAMPLE_RATE
        """Samples a second: 16 kHz where the device can, else its own."""
        self._channels = min(2, device["max_output_channels"])
        own = round(device["default_samplerate"])
        for rate, last in ((SAMPLE_RATE, own == SAMPLE_RATE), (own, True)):
            try:
                self._stream = library.RawOutputStream(
                    device=device["index"],
                    channels=self._channels,
                    samplerate=rate,
                    dtype="float32",
                    latency=_LATENCY_S,
                )
                self._stream.start()
            except library.PortAudioError:
                self._discard()
                if last:
                    raise DeviceError("the loudspeaker does not open: close the program that uses it") from None
            else:
                self.rate = rate
                # While it plays the program can end, also where the device hangs.
                atexit.unregister(library._exit_handler)  # noqa: SLF001  sounddevice's; it would wait for the device
                return

    def write(self, audio: NDArray[np.float32]) -> None:
        """Play a stretch of mono sound (n,) at ``rate``; returns when it is in the device's buffer.

        Raises:
            DeviceError: The device is gone.
        """
        everywhere = np.repeat(audio.astype(np.float32, copy=False)[:, None], self._channels, axis=1)
        try:
            self._stream.write(everywhere.tobytes())
        except self._library.PortAudioError:
            raise DeviceError("the loudspeaker is gone: plug it in again, or choose another one") from None

    def finish(self) -> None:
        """Wait until what was written is heard; then let go of the device."""
        # PortAudio drops what its buffer still holds: silence takes that place.
        self.write(np.zeros(round(self.rate * 1.5 * _LATENCY_S), np.float32))
        self.close()

    def close(self) -> None:
        """Drop what is in the buffer, and let go of the device. May wait for as long as the device hangs."""
        if self._stream is not None:
            self._discard()
            atexit.register(self._library._exit_handler)  # noqa: SLF001  as above
        self._closed(self)

    def _discard(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)
