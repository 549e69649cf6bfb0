"""The review's worker: the language models live here, and nothing that could be lost with it.

It may be killed at any moment. It prints nothing, keeps nothing, and ends when the app does.
"""

from __future__ import annotations

import os
from collections import deque
from contextlib import suppress
from dataclasses import replace
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any

from assistant import crash
from assistant.errors import AssistantError, SessionError
from assistant.notes.context import GateContext
from assistant.notes.document import Document
from assistant.review import messages as say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    from assistant.domain import Entry, GateFinding, Note, PersonId
    from assistant.pipeline.reviewed import Reviewed
    from assistant.review.reads import Builder, Desk
    from assistant.review.rewording import Rewording


class _SupersededError(Exception):
    """A newer order makes the one under way pointless."""


def work(connection: Connection, builder: Builder) -> None:
    """Obey orders until the app is gone."""
    try:
        Worker(Inbox(connection), builder).run()
    except BaseException as error:  # noqa: BLE001  nothing may reach Python's own printing
        os._exit(crash.report(error))


class Inbox:
    """What the app says, until there is time for it; and the way back. The process ends with the app.

    Args:
        connection: To the app.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._orders: deque[say.Order] = deque()
        self._changed = Condition()
        Thread(target=self._receive, name="orders", daemon=True).start()

    def next_order(self) -> say.Order:
        """Return the next order; waits for one. A reading that a later order makes pointless is answered and passed."""
        with self._changed:
            while True:
                while not self._orders:
                    self._changed.wait()
                order = self._orders.popleft()
                if isinstance(order, say.Read) and self._supersedes():
                    self.tell(say.Superseded(order.number))
                    continue
                return order

    @property
    def idle(self) -> bool:
        """Whether no order waits."""
        with self._changed:
            return not self._orders

    def supersedes(self) -> bool:
        """Whether an order waits that makes a reading under way pointless."""
        with self._changed:
            return self._supersedes()

    def _supersedes(self) -> bool:
        return any(isinstance(order, say.Read | say.TakeUp) for order in self._orders)

    def tell(self, report: object) -> None:
        """Send a report; the process ends where nobody takes it any more."""
        try:
            self._connection.send(report)
        except OSError:
            os._exit(0)

    def _receive(self) -> None:
        parent = parent_process()
        watched: list[Any] = [self._connection, *([parent.sentinel] if parent else [])]
        try:
            while self._connection in wait(watched):
                order = self._connection.recv()
                with self._changed:
                    self._orders.append(order)
                    self._changed.notify()
        except (EOFError, OSError):
            pass
        os._exit(0)


class Worker:
    """Does one order after another.

    Args:
        inbox: Orders, and the way back.
        builder: Makes what reads and checks.
    """

    def __init__(self, inbox: Inbox, builder: Builder) -> None:
        self._inbox = inbox
        self._builder = builder
        self._desk: Desk | None = None
        self._context: GateContext | None = None
        self._rewording: Rewording | None = None
        self._beforehand: deque[tuple[PersonId | None, Note | None]] = deque()
        """Whose notes the gate can make itself ready for while nothing is asked of it."""

    def run(self) -> None:
        """Work until the process ends."""
        while True:
            while self._beforehand and self._inbox.idle:
                self._prepare(*self._beforehand.popleft())
            order = self._inbox.next_order()
            try:
                self._inbox.tell(self._obeyed(order))
            except AssistantError as error:
                # Messages of our own errors hold no words of the session.
                self._inbox.tell(say.Unable(order.number, str(error)))

    def _obeyed(self, order: say.Order) -> object:
        match order:
            case say.TakeUp():
                if self._desk is not None:
                    self._desk.gate.forget()
                self._desk, self._context, self._rewording = None, None, None
                self._desk = self._builder.build(order.session, order.entries, order.duration)
                self._context = _context(GateContext(None, order.session.group, (), ()), order.entries)
                members = order.session.group.members_present
                self._beforehand = deque((reader, None) for reader in (None, *(m.id for m in members)))
                return say.Taken(order.number)
            case say.Read():
                return self._read(order)
            case say.Check():
                return say.Checked(order.number, self._check(order))
            case say.Differ():
                desk, context = self._taken_up()
                return say.Differed(order.number, desk.gate.difference(order.notes, order.group_note, context))
        raise SessionError("the review's worker was given an order that it does not know")

    def _read(self, order: say.Read) -> say.ReadAgain | say.Superseded:
        desk, context = self._taken_up()
        try:
            watching = _Watching(order.number, self._inbox.tell, self._inbox.supersedes)
            reviewed = desk.reader.read(order.rulings, order.words, watching)
        except _SupersededError:
            return say.Superseded(order.number)
        self._context = _context(context, reviewed.entries)
        self._beforehand = deque((reader, draft.note) for reader, draft in reviewed.drafts.members.items())
        self._beforehand.appendleft((None, reviewed.drafts.group))
        try:
            return self._reworded(order.number, reviewed, desk, watching)
        except _SupersededError:
            return say.Superseded(order.number)

    def _reworded(self, number: int, reviewed: Reviewed, desk: Desk, watching: _Watching) -> say.ReadAgain:
        """Have the clinic's own model, where there is one, put the new drafts into words."""
        if desk.model is None:
            return say.ReadAgain(number, reviewed)
        if self._rewording is None:
            from assistant.review.rewording import Rewording  # noqa: PLC0415  most clinics run no such model

            self._rewording = Rewording(desk.model, self._check_note)
        drafts = reviewed.drafts
        watching.stage("putting the notes into words", len(drafts.members))
        members = self._rewording.reworded(drafts.members, watching.advance)
        told = replace(reviewed, drafts=replace(drafts, members=members))
        return say.ReadAgain(number, told, self._rewording.problem)

    def _prepare(self, reader: PersonId | None, note: Note | None) -> None:
        """Have the gate arrange the session for a reader, so that a signature does not wait for it."""
        desk, context = self._taken_up()
        # What fails here fails again when the gate is asked, and then refuses.
        with suppress(Exception):
            desk.gate.prepare(_for(context, reader), note)

    def _check_note(self, note: Note, reader: PersonId) -> tuple[GateFinding, ...]:
        desk, context = self._taken_up()
        return desk.gate.check(note, _for(context, reader))

    def _check(self, order: say.Check) -> tuple[Any, ...]:
        desk, context = self._taken_up()
        if order.roster_alone:
            context = _context(context, ())
        context = _for(context, order.reader)
        if isinstance(order.text, Document):
            return desk.gate.check_document(order.text, context)
        return desk.gate.check(order.text, context)

    def _taken_up(self) -> tuple[Desk, GateContext]:
        if self._desk is None or self._context is None:
            raise SessionError("the session is not taken up: open it again")
        return self._desk, self._context


def _context(like: GateContext, entries: Sequence[Entry]) -> GateContext:
    return GateContext(None, like.group, tuple(e.utterance for e in entries), tuple(e.findings for e in entries))


def _for(context: GateContext, reader: PersonId | None) -> GateContext:
    return GateContext(reader, context.group, context.utterances, context.findings)


class _Watching:
    """Progress of a reading, told to the app; where a newer order waits, the reading ends here."""

    def __init__(self, number: int, tell: Callable[[object], None], pointless: Callable[[], bool]) -> None:
        self._number = number
        self._tell = tell
        self._pointless = pointless
        self._what = ""
        self._total = 0

    def stage(self, what: str, total: float | None) -> None:
        """A new stage."""
        self._what, self._total = what, round(total or 0)
        self.advance(0)

    def advance(self, done: float) -> None:
        """So much of it."""
        if self._pointless():
            raise _SupersededError
        self._tell(say.Progressed(self._number, self._what, round(done), self._total))
