"""The worker's side of the pipe: takes orders while the main thread reads, and ends the process with the app."""

from __future__ import annotations

import os
from collections import deque
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from assistant.live import messages as say

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


class Inbox(Thread):
    """What the app says, until somebody has time for it; and the way back to it.

    Args:
        connection: To the app.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(name="orders", daemon=True)
        self._connection = connection
        self._lock = Lock()
        self._orders: deque[say.Order] = deque()
        self.wake = Event()
        """Set when there is something new."""
        self.synced = 0
        """The spool holds everything before this sample."""
        self.stopped = False
        """Whether the app has said that it is enough."""

    def run(self) -> None:
        """Take what comes until the app is gone; the process ends then."""
        parent = parent_process()
        watched: list[Any] = [self._connection, *([parent.sentinel] if parent else [])]
        try:
            while True:
                ready = wait(watched)
                if self._connection not in ready:
                    break
                self.take(self._connection.recv())
        except (EOFError, OSError):
            pass
        # The app is gone: it keeps everything, and nobody would take what is being read now.
        os._exit(0)

    def take(self, message: object) -> None:
        """Take one message."""
        with self._lock:
            if isinstance(message, say.Synced):
                self.synced = max(self.synced, message.sample)
            elif isinstance(message, say.Order):
                self._orders.append(message)
            else:
                self.stopped = True
        self.wake.set()

    def next_order(self) -> say.Order | None:
        """Return the order that was given first of those that wait; None: none waits."""
        with self._lock:
            return self._orders.popleft() if self._orders else None

    def tell(self, report: object) -> None:
        """Send a report; the process ends where nobody takes it any more."""
        try:
            self._connection.send(report)
        except OSError:
            os._exit(0)
