"""What has to reach the vault, in order: what the disk refuses is kept and tried again."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from assistant.errors import VaultError

if TYPE_CHECKING:
    from collections.abc import Callable

BETWEEN_TRIES_S = 1.0
"""Seconds until the disk is asked again: time to make room on it."""


class _Job(NamedTuple):
    act: Callable[[], None]
    then: Callable[[], None]


class Writer:
    """Does one thing after another, and none before those that were asked for earlier. Used from one thread.

    Args:
        clock: Seconds that only rise.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._jobs: deque[_Job] = deque()
        self._next_try = 0.0
        self.problem: str | None = None
        """Why the vault takes nothing now; None where it does."""

    @property
    def waiting(self) -> int:
        """How many things wait."""
        return len(self._jobs)

    def do(self, act: Callable[[], None], then: Callable[[], None] = lambda: None) -> None:
        """Do ``act`` once everything before it is done, and ``then`` once it is on the disk.

        Args:
            act: One call that is kept whole or not at all, and does no harm when it is done twice.
            then: What others may see only then.
        """
        self._jobs.append(_Job(act, then))
        self.tick()

    def tick(self, *, at_once: bool = False) -> None:
        """Do what waits, as far as the disk takes it; ``at_once``: without waiting longer for a disk that refused."""
        if self.problem is not None and self._clock() < self._next_try and not at_once:
            return
        while self._jobs:
            job = self._jobs[0]
            try:
                job.act()
            except VaultError as error:
                self.problem = str(error)
                self._next_try = self._clock() + BETWEEN_TRIES_S
                return
            self._jobs.popleft()
            self.problem = None
            job.then()
