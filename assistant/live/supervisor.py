"""Keeps one worker alive: starts it, watches its signs of life, ends it where it hangs, and starts another.

Every worker has a number, its epoch. What a dead worker's pipe still holds is of an older epoch and is thrown away:
the next worker reads the same sound again from the last turn that was kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.live import messages as say
from assistant.live.worker_start import packed, start
from assistant.processes import Child, ready_for_children

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.live.reads import Builder, Reads

MOST_DEATHS = 3
"""Deaths over one turn after which that turn is left unheard: the same sound would end every worker."""

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 30.0
"""Seconds between two starts, doubled each time, while no worker gets anything done."""


@dataclass(frozen=True, slots=True)
class FromWorker:
    """A report, and which worker made it."""

    epoch: int
    report: object


@dataclass(frozen=True, slots=True)
class WorkerGone:
    """A worker's pipe has ended."""

    epoch: int


class Supervisor:
    """Starts workers, one at a time. Used from one thread; what workers say goes to ``tell`` from another.

    Args:
        builder: Makes the reader in the worker; picklable.
        begin: Gives what the next worker begins with, as things stand when it is started.
        tell: Takes ``FromWorker`` and ``WorkerGone``; thread-safe.
        clock: Seconds that only rise.
    """

    def __init__(
        self,
        builder: Builder[Reads],
        begin: Callable[[], say.Begin],
        tell: Callable[[FromWorker | WorkerGone], None],
        clock: Callable[[], float],
    ) -> None:
        ready_for_children()
        self._builder = builder
        self._begin = begin
        self._tell = tell
        self._clock = clock
        self._worker: Child | None = None
        self._epoch = 0
        self._wanted = False
        self._next_start = 0.0
        self._wait_s = 0.0
        self._deaths: list[_Deaths] = []
        self._beat = say.Beat(0)
        self._due = 0.0
        self.restarts = 0
        """Workers that ended without being told to."""
        self.ready = False
        """Whether the worker that runs has loaded its models."""
        self.unable: str | None = None
        """Why no worker can begin; None where one can."""

    @property
    def running(self) -> bool:
        """Whether a worker is meant to run."""
        return self._wanted

    @property
    def pid(self) -> int | None:
        """The worker's process; None where none runs."""
        return None if self._worker is None else self._worker.process.pid

    @property
    def problem(self) -> str | None:
        """One line about a worker that cannot begin, or that had to be started again and is not there yet."""
        if self.unable is not None:
            return f"{self.unable}; recording goes on"
        if self._wanted and not self.ready and self.restarts:
            return "the part that reads speech is being started again; recording goes on"
        return None

    def start(self) -> None:
        """Have a worker running from now on."""
        self._wanted = True
        self._wait_s, self._next_start = 0.0, 0.0
        self.tick()

    def stop(self) -> None:
        """Have none running from now on."""
        self._wanted = False
        if self._worker is not None:
            self._worker.end()
            self._worker = None
        self.ready = False

    def send(self, message: object) -> None:
        """Send an order; it goes nowhere while no worker runs: the next one begins with its outcome or is sent it."""
        if self._worker is not None:
            self._worker.send(message)

    def hears(self, message: FromWorker) -> object | None:
        """Return the report of a message, or None where it comes from a worker that is no more."""
        if message.epoch != self._epoch or self._worker is None:
            return None
        report = message.report
        if isinstance(report, say.Beat):
            self._beat = report
            self._due = self._clock() + report.patience_s
        elif isinstance(report, say.Ready):
            self.ready, self.unable = True, None
        elif isinstance(report, say.Unable):
            self.unable = report.why
        elif isinstance(report, say.Told | say.Drafted):
            self._wait_s = 0.0
        return report

    def gone(self, message: WorkerGone) -> tuple[int, int] | None:
        """Take note that a worker has ended.

        Returns:
            The turn, as samples, that has ended several workers and should be left unheard; else None.
        """
        if message.epoch != self._epoch or self._worker is None:
            return None
        return self._ended()

    def tick(self) -> tuple[int, int] | None:
        """Start a worker where one is due, end one that hangs; call it a few times a second.

        Returns:
            As ``gone``.
        """
        now = self._clock()
        if self._worker is not None and now > self._due:
            return self._ended()
        if self._wanted and self._worker is None and now >= self._next_start:
            self._run()
        return None

    def _run(self) -> None:
        self._epoch += 1
        self._beat = say.Beat(self._beat.waits_from, patience_s=900.0)
        self._due = self._clock() + self._beat.patience_s
        self.ready = False
        try:
            self._worker = self._child(self._epoch)
        except OSError:
            # It died before it had heard all, or the system has no room for a process now.
            self._put_off()

    def _child(self, epoch: int) -> Child:
        return Child(
            f"worker {epoch}",
            start,
            packed(self._builder, self._begin()),
            lambda report: self._tell(FromWorker(epoch, report)),
            lambda: self._tell(WorkerGone(epoch)),
        )

    def _ended(self) -> tuple[int, int] | None:
        if self._worker is None:
            return None
        self._worker.end()
        self._worker = None
        self.ready = False
        self._put_off()
        turn = self._beat.turn
        if turn is None:
            return None
        known = next((d for d in self._deaths if d.start < turn[1] and turn[0] < d.end), None)
        if known is None:
            self._deaths.append(_Deaths(*turn))
            return None
        # A restart may cut the same speech a little differently.
        known.start, known.end, known.count = min(known.start, turn[0]), max(known.end, turn[1]), known.count + 1
        if known.count < MOST_DEATHS:
            return None
        self._deaths.remove(known)
        return (known.start, known.end)

    def _put_off(self) -> None:
        self.restarts += 1
        self._next_start = self._clock() + self._wait_s
        self._wait_s = min(LONGEST_WAIT_S, self._wait_s * 2 or FIRST_WAIT_S)


@dataclass(slots=True)
class _Deaths:
    """How many workers ended over one stretch."""

    start: int
    end: int
    count: int = 1
