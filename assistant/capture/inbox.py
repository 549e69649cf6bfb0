"""Where the sound card's own thread leaves what it heard, and the bounded wait until somebody takes it.

The sound card waits for nobody. What finds the inbox full is counted, so that the loss is stated and never silent.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 100
"""Sounds of a tenth of a second that may wait: ten seconds of a slow disk are forgiven, a hang is noticed."""


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """What the sound card brought at one time."""

    audio: NDArray[np.float32] = field(repr=False)
    """Shape (channels, n), at the rate of the stream."""
    at: float
    """When it arrived, in seconds of the clock."""
    overflowed: bool = False
    """The sound card says that sound before this was lost."""
    dropped: int = 0
    """Samples between this and the sound before it that found the inbox full."""


class Inbox:
    """A bounded queue from the sound card's thread to whoever listens.

    Args:
        longest: Sounds that it holds.
    """

    def __init__(self, longest: int = LONGEST) -> None:
        self._longest = longest
        self._waiting: deque[Sound] = deque()
        self._dropped = 0
        self._closed = False
        self._changed = Condition()

    def put(self, audio: NDArray[np.float32], at: float, *, overflowed: bool = False) -> None:
        """Leave sound; never waits for room. What finds none is counted in the next sound that does."""
        with self._changed:
            if self._closed:
                return
            if len(self._waiting) >= self._longest:
                self._dropped += audio.shape[1]
                return
            self._waiting.append(Sound(audio, at, overflowed, self._dropped))
            self._dropped = 0
            self._changed.notify()

    def get(self, longest_s: float) -> Sound | None:
        """Take the oldest sound; None where none came in that time, or the inbox is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed, longest_s)
            return self._waiting.popleft() if self._waiting else None

    def close(self) -> None:
        """Take nothing in any more, and wake whoever waits. What was left can still be taken out."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
