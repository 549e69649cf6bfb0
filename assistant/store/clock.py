"""What time it is, as a thing that tests can set: retention and the audit log read no other clock."""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class Clock(Protocol):
    """Whoever knows the time."""

    def now(self) -> dt.datetime:
        """Return the time, in UTC and aware of it."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> dt.datetime:
        """Return the time, in UTC."""
        return dt.datetime.now(dt.UTC)
