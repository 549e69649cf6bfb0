"""Numbers for what a screen points at: the same thing keeps its number for as long as the session is open."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable


class Keys:
    """Gives numbers. Safe from any thread.

    Args:
        first: The first number; those below are somebody else's.
    """

    def __init__(self, first: int = 0) -> None:
        self._first = first
        self._numbers: dict[tuple[Hashable, ...], int] = {}
        self._things: list[tuple[Hashable, ...]] = []
        self._lock = Lock()

    def of(self, *thing: Hashable) -> int:
        """Return the number of a thing; a new one the first time."""
        with self._lock:
            known = self._numbers.get(thing)
            if known is None:
                known = self._numbers[thing] = self._first + len(self._things)
                self._things.append(thing)
            return known

    def thing(self, number: int) -> tuple[Hashable, ...]:
        """Return what has a number; empty: nothing."""
        with self._lock:
            at = number - self._first
            return self._things[at] if 0 <= at < len(self._things) else ()
