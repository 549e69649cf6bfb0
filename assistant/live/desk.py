"""The session's own thread: what is asked of it, what the worker says and what the clock says, one after another.

Everything that is kept of the session changes here and nowhere else, so nothing needs a lock and nobody waits: the
screen asks and goes on, and the thread that takes in sound never comes here.
"""

from __future__ import annotations

import time
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TICK_S = 0.1
"""Seconds between two looks at the clock."""


class Desk(Thread):
    """Does what is put on it, in order.

    Args:
        tick: Called several times a second.
    """

    def __init__(self, tick: Callable[[], None]) -> None:
        super().__init__(name="session", daemon=True)
        self._tick = tick
        self._todo: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self.failure: BaseException | None = None
        """What ended the thread: an error inside the program. Whoever looks at the session next raises it."""

    def put(self, act: Callable[[], None]) -> None:
        """Have something done; returns at once. From any thread."""
        self._todo.put(act)

    def fail(self, failure: BaseException) -> None:
        """End with an error of another thread; from any thread."""

        def act() -> None:
            raise failure

        self._todo.put(act)

    def stop(self) -> None:
        """Do what was put until now, then end."""
        self._todo.put(None)

    def run(self) -> None:
        """Work until stopped."""
        try:
            self._work()
        except BaseException as failure:  # noqa: BLE001  raised again where the screen asks for changes
            self.failure = failure

    def _work(self) -> None:
        ticked = 0.0
        while True:
            try:
                act = self._todo.get(timeout=TICK_S)
            except Empty:
                pass
            else:
                if act is None:
                    return
                act()
            if time.monotonic() - ticked >= TICK_S:
                self._tick()
                ticked = time.monotonic()
