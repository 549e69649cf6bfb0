"""Numbers for what a screen points at: the same thing keeps its number for as long as the session is open."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable


class Keys:
    """Gives numbers, from 0. Safe from any thread."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Hashable, ...], int] = {}
        self._lock = Lock()

    def of(self, *thing: Hashable) -> int:
        """Return the number of a thing; a new one the first time."""
        with self._lock:
            return self._numbers.setdefault(thing, len(self._numbers))
