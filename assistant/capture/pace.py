"""Whether a stream still runs at the sample rate it was opened with.

Some systems change a device's rate under an open stream: a call begins, a headset switches its profile. The sound then
comes at the wrong speed, and no flag says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.capture.inbox import Sound

_OFF = 0.04
"""Rates that devices use differ by 8 % at least (44.1 and 48 kHz); sound cards are true to 0.1 %."""

_SECONDS = 5
"""Seconds that must all be off the same way: jitter and losses are not."""


class Pace:
    """Watches the sound of one stream.

    Args:
        rate: Samples a second that it was opened with.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._fed = 0
        self._since: float | None = None
        self._off: list[int] = []

    def changed(self, sound: Sound) -> bool:
        """Take what came next; return whether the rate is another one by now."""
        if self._since is None:
            self._since = sound.at
            return False
        self._fed += sound.dropped + sound.audio.shape[1]
        if self._fed < self._rate:
            return False
        ratio = (sound.at - self._since) * self._rate / self._fed
        self._fed, self._since = 0, sound.at
        self._off = [*self._off[1 - _SECONDS :], 1 if ratio > 1 + _OFF else -1 if ratio < 1 - _OFF else 0]
        return len(self._off) == _SECONDS and abs(sum(self._off)) == _SECONDS
