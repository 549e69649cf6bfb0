"""The review's side of its worker: starts it, asks it, starts it once more where it dies, and then says so.

Everything that needs the worker fails while there is none: nothing is signed and nothing is handed out unread.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLongError
from threading import RLock
from typing import TYPE_CHECKING, Any

from assistant.errors import SessionError
from assistant.processes import Child, ready_for_children
from assistant.review import messages as say
from assistant.review.worker_start import packed, start

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.decisions import GroupWord, Ruling
    from assistant.domain import Entry, GateFinding, Note, PersonId, Session
    from assistant.notes.document import Document
    from assistant.pipeline.reviewed import Reviewed
    from assistant.review.reads import Builder

MOST_TRIES = 2
"""Workers that an order is given to, one after another, as long as they die over it."""

LONGEST_S = 900.0
"""Seconds that an answer may take, loading the models on a slow machine included."""

GONE = "the part that reads speech has stopped; open the session again, and nothing is lost"


class Working:
    """One worker. Safe from any thread.

    Args:
        builder: Makes what reads and checks, in the worker; picklable.
        read: Takes the number and the outcome of the newest reading, and why no model helped, in the worker's thread.
        changed: Called whenever ``work`` or ``problem`` changed, in any thread.
    """

    def __init__(
        self, builder: Builder, read: Callable[[int, Reviewed, str], None], changed: Callable[[], None]
    ) -> None:
        ready_for_children()
        self._builder = builder
        self._read = read
        self._changed = changed
        self._lock = RLock()
        self._child: Child | None = None
        self._number = 0
        self._tries: Counter[int] = Counter()
        self._taken: say.TakeUp | None = None
        self._newest: say.Read | None = None
        self._waiting: dict[int, tuple[say.Order, Future[Any]]] = {}
        self.loading = False
        """Whether the session is not taken up yet."""
        self.work: say.Progressed | None = None
        """The reading that is under way."""
        self.problem: str | None = None
        """Why nothing can be read or checked now."""

    @property
    def pid(self) -> int | None:
        """The worker's process; None where none runs."""
        child = self._child
        return None if child is None else child.process.pid

    def take_up(self, session: Session, entries: tuple[Entry, ...], duration: int) -> None:
        """Have the worker load what the session needs; returns at once."""
        with self._lock:
            self._give_up(SessionError("another session was opened"))
            self._newest, self.work = None, None
            self._tries.clear()
            self.problem = None
            self._number += 1
            self._taken = say.TakeUp(self._number, session, entries, duration)
            self.loading = True
            if self._child is None:
                self._begin()
            else:
                self._give(self._child, self._taken)
        self._changed()

    def read(self, rulings: tuple[Ruling, ...], words: tuple[GroupWord, ...]) -> int:
        """Have the session read again, and return the reading's number; an older one that is under way is dropped."""
        with self._lock:
            self._number += 1
            order = self._newest = say.Read(self._number, rulings, words)
            self.work = say.Progressed(order.number, "reading the session again", 0, 0)
            self._send(order)
        self._changed()
        return order.number

    def check(
        self, text: Note | Document, reader: PersonId | None, *, roster_alone: bool = False
    ) -> tuple[GateFinding, ...]:
        """Return what the gate finds; waits for it.

        Raises:
            SessionError: There is no worker, or it died.
        """
        found: tuple[GateFinding, ...] = self._ask(lambda n: say.Check(n, text, reader, roster_alone)).findings
        return found

    def difference(
        self, notes: Mapping[PersonId, Note], group_note: Note | None
    ) -> Mapping[PersonId | None, tuple[GateFinding, ...]]:
        """Return what the notes tell side by side; waits for it. Raises as ``check``."""
        found: Mapping[PersonId | None, tuple[GateFinding, ...]] = self._ask(
            lambda n: say.Differ(n, notes, group_note)
        ).findings
        return found

    def end(self) -> None:
        """Let the worker go."""
        with self._lock:
            child, self._child = self._child, None
            self._give_up(SessionError("the review was left"))
        if child is not None:
            child.end()

    # -- within -------------------------------------------------------------------------------------------------------

    def _ask(self, make: Callable[[int], say.Order]) -> Any:  # noqa: ANN401  each order has a report of its own
        with self._lock:
            self._number += 1
            order = make(self._number)
            answer: Future[Any] = Future()
            self._waiting[order.number] = (order, answer)
            self._send(order)
        try:
            return answer.result(LONGEST_S)
        except TookTooLongError:
            with self._lock:
                self._waiting.pop(order.number, None)
                if self._child is not None:
                    self._child.process.kill()
            raise SessionError(GONE) from None

    def _send(self, order: say.Order) -> None:
        if self._taken is None:
            self._give_up(SessionError("no session is open: open one first"))
        elif self._child is None:
            # Whoever asks again after it had stopped gets another try.
            self._tries.clear()
            self.problem = None
            self._begin()
        else:
            self._give(self._child, order)

    def _give(self, child: Child, order: say.Order) -> None:
        self._tries[order.number] += 1
        child.send(order)

    def _begin(self) -> None:
        """Start a worker, and give it all that is still to be done."""
        mine: list[Child] = []
        try:
            child = Child(
                "review",
                start,
                packed(self._builder),
                lambda report: self._hear(mine, report),
                lambda: self._gone(mine),
            )
        except OSError:
            self.problem = "the system has no room for another process now: close other programs, and try again"
            self._give_up(SessionError(self.problem))
            return
        mine.append(child)
        self._child = child
        self.loading = True
        for order in (self._taken, self._newest, *(order for order, _ in self._waiting.values())):
            if order is not None:
                self._give(child, order)

    def _hear(self, mine: list[Child], report: object) -> None:
        finished: tuple[int, Reviewed, str] | None = None
        with self._lock:
            if not mine or mine[0] is not self._child:
                return
            match report:
                case say.Progressed() if self._newest is not None and report.answers == self._newest.number:
                    self.work = report
                case say.Taken() if self._taken is not None and report.answers == self._taken.number:
                    self._tries.pop(report.answers, None)
                    self.loading = False
                case say.ReadAgain() if self._newest is not None and report.answers == self._newest.number:
                    self._tries.pop(report.answers, None)
                    self.work = None
                    finished = (report.answers, report.reviewed, report.wording)
                case say.Checked() | say.Differed():
                    self._answer(report.answers, report)
                case say.Unable():
                    self._unable(report)
        if finished is not None:
            self._read(*finished)
        self._changed()

    def _unable(self, report: say.Unable) -> None:
        waits = self._waiting.pop(report.answers, None)
        if waits is not None:
            waits[1].set_exception(SessionError(report.why))
            return
        self.problem, self.work, self.loading = report.why, None, False

    def _answer(self, number: int, report: object) -> None:
        waits = self._waiting.pop(number, None)
        if waits is not None:
            waits[1].set_result(report)

    def _gone(self, mine: list[Child]) -> None:
        with self._lock:
            if not mine or mine[0] is not self._child:
                return
            self._child = None
            mine[0].end()
            for number in [n for n in self._waiting if self._tries[n] >= MOST_TRIES]:
                self._waiting.pop(number)[1].set_exception(SessionError(GONE))
            again = (self._taken, self._newest)
            if any(order is not None and self._tries[order.number] >= MOST_TRIES for order in again):
                self.problem, self.work, self.loading = GONE, None, False
                self._give_up(SessionError(GONE))
            else:
                self._begin()
        self._changed()

    def _give_up(self, why: SessionError) -> None:
        waiting, self._waiting = self._waiting, {}
        for _, answer in waiting.values():
            answer.set_exception(why)
