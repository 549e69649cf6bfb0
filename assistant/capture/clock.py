"""The clock that a session's samples are held against: it never goes back, and it counts the computer's sleep too."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Time as it passes in the room."""

    def now(self) -> float:
        """Seconds since some moment; setting the time of day does not change it, and it goes on through sleep."""
        ...

    def asleep(self) -> float:
        """Seconds of ``now`` that the computer slept, as far as the system tells."""
        ...


_LINUX: int | None = getattr(time, "CLOCK_BOOTTIME", None)
"""Goes on through sleep, where Python's own monotonic clock stands still."""

_MACOS: int | None = getattr(time, "CLOCK_UPTIME_RAW", None)
"""Stands still in sleep, as Python's own monotonic clock does there; the system's monotonic clock goes on."""


class SystemClock:
    """The clock of this computer."""

    def now(self) -> float:
        """Seconds since some moment, sleep included."""
        if _LINUX is not None:
            return time.clock_gettime(_LINUX)
        return time.monotonic() if _MACOS is None else time.clock_gettime(time.CLOCK_MONOTONIC)

    def asleep(self) -> float:
        """Seconds that the computer slept; Windows does not tell."""
        if _LINUX is not None:
            return time.clock_gettime(_LINUX) - time.monotonic()
        return 0.0 if _MACOS is None else self.now() - time.clock_gettime(_MACOS)
