"""Child processes that hold models: quiet from their first moment, ended by nothing but the app or its end.

The screen owns the terminal, so a child must print nothing, not even an error of Python's own, and Ctrl-C is the app's.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from contextlib import contextmanager
from multiprocessing import resource_tracker
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

NICE = 5
"""The screen and the thread that takes in sound go first."""


def be_quiet() -> None:
    """Let nothing of this process reach the terminal, and leave Ctrl-C to the app."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    if sys.platform != "win32":
        os.nice(NICE)


def ready_for_children() -> None:
    """Bring up what watches child processes, while there is an error stream: a full screen has none."""
    if sys.platform != "win32":
        resource_tracker.ensure_running()


class Child:
    """One child process with a thread that sends to it and one that receives, so that nobody waits for it.

    Args:
        name: Of the process and its threads.
        start: What the child does, with its end of the pipe and ``beginning``; a function that imports little.
        beginning: What it begins with, packed: only the child opens it, once it is quiet.
        heard: Takes what it says, in a thread of its own.
        gone: Called once when its pipe has ended, in the same thread.
    """

    def __init__(
        self,
        name: str,
        start: Callable[[Connection, bytes], None],
        beginning: bytes,
        heard: Callable[[object], None],
        gone: Callable[[], None],
    ) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._heard = heard
        self._gone = gone
        self._connection: Connection = ours
        self._orders: SimpleQueue[object] = SimpleQueue()
        self.process: BaseProcess = context.Process(target=start, args=(theirs, beginning), name=name, daemon=True)
        with _interrupts_held():
            self.process.start()
        # The child's end is the child's alone: when it dies, ours ends too.
        theirs.close()
        Thread(target=self._send, name=f"to {name}", daemon=True).start()
        Thread(target=self._receive, name=f"from {name}", daemon=True).start()

    def send(self, message: object) -> None:
        """Send a message; it goes nowhere where the child is no more."""
        self._orders.put(message)

    def end(self) -> None:
        """Kill it, whatever it does: nothing is lost with it."""
        self._orders.put(None)
        self.process.kill()
        self.process.join()

    def _send(self) -> None:
        while (message := self._orders.get()) is not None:
            try:
                self._connection.send(message)
            except OSError:
                return

    def _receive(self) -> None:
        while True:
            try:
                report = self._connection.recv()
            except (EOFError, OSError):
                break
            self._heard(report)
        self._gone()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start a process that Ctrl-C cannot end before it has said itself that it is not to be ended."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
