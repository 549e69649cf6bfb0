"""A microphone's own sample rate to 16 kHz, or 16 kHz to a loudspeaker's, block by block, as one unbroken stream.

The position of every output sample is whole-number arithmetic on the count of input samples, so that hours do not
drift, and what came before a block is kept, so that its edges make no click.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from assistant.domain import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STOP_DB = 70.0
"""What folds back from above the new band is weaker than the noise of a room microphone."""

_TRANSITION = 0.1
"""Share of the narrower band that the filter takes to fall: 7.2 to 8 kHz, where speech holds little."""


class Resampler:
    """Turns audio at ``rate`` into audio at another one, in any number of pieces.

    Args:
        rate: Samples a second of what is fed.
        channels: Tracks.
        to: Samples a second of what is given.
    """

    def __init__(self, rate: int, channels: int, to: int = SAMPLE_RATE) -> None:
        common = math.gcd(rate, to)
        self._up, self._down = to // common, rate // common
        self._through = self._up == self._down
        self._bank = _filter_bank(rate, to, self._up)
        self._half = self._bank.shape[1] // 2
        # Silence stands before the first sample, so that the first output lies on it.
        self._held = np.zeros((channels, self._half - 1), np.float32)
        self._fed = 0
        self._given = 0

    def feed(self, audio: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what can be said at the new rate after ``audio`` (channels, n); it trails by half a filter (3 ms)."""
        if self._through:
            return audio
        self._fed += audio.shape[1]
        self._held = np.concatenate([self._held, audio], axis=1)
        # Output k lies at input k * down / up and needs ``half`` samples from there on.
        return self._until(self._before(self._fed - self._half))

    def finish(self) -> NDArray[np.float32]:
        """Return the rest: nothing is fed after this. The whole is as long as what was fed, to one sample."""
        if self._through:
            return np.zeros((self._held.shape[0], 0), np.float32)
        self._held = np.pad(self._held, ((0, 0), (0, self._half)))
        return self._until(self._before(self._fed))

    def _before(self, fed: int) -> int:
        """Return how many outputs lie before the input ``fed``."""
        return -(-fed * self._up // self._down)

    def _until(self, end: int) -> NDArray[np.float32]:
        """Return the outputs up to ``end`` and let go of the input that no later one needs."""
        count = max(0, end - self._given)
        at = np.arange(self._given, self._given + count, dtype=np.int64) * self._down
        first = self._given * self._down // self._up
        if not count:
            return np.zeros((self._held.shape[0], 0), np.float32)
        windows = sliding_window_view(self._held, self._bank.shape[1], axis=1)[:, at // self._up - first]
        out: NDArray[np.float32] = np.einsum("cnt,nt->cn", windows, self._bank[at % self._up], dtype=np.float32)
        self._given += count
        self._held = self._held[:, self._given * self._down // self._up - first :]
        return out


def _filter_bank(rate: int, to: int, up: int) -> NDArray[np.float32]:
    """Return one low-pass filter for each place between two input samples; shape (up, taps), each of gain 1."""
    narrow = min(rate, to)
    cut = narrow * (1 - _TRANSITION / 2) / rate
    """Share of the input's band, middle of the fall."""
    width = narrow / 2 * _TRANSITION / rate
    # Kaiser's rule for the length of a filter from how steep and how deep it falls.
    half = math.ceil((_STOP_DB - 8) / (2.285 * 2 * math.pi * width) / 2) + 1
    beta = 0.1102 * (_STOP_DB - 8.7)
    place = np.arange(-half + 1, half + 1)[None, :] - np.arange(up)[:, None] / up
    window = np.i0(beta * np.sqrt(np.clip(1 - (place / half) ** 2, 0, 1))) / np.i0(beta)
    bank = cut * np.sinc(cut * place) * window
    filters: NDArray[np.float32] = (bank / bank.sum(axis=1, keepdims=True)).astype(np.float32)
    return filters
