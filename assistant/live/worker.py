"""The worker process: the models live here, and nothing that could be lost with it.

It reads sound from the spool alone and sends what it heard to the app, which keeps it. It may be killed at any moment.
It prints nothing, for the terminal belongs to the screen, and it ends when the app does.
"""

from __future__ import annotations

import os
import pickle
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import crash
from assistant.errors import AssistantError, SessionError
from assistant.live import messages as say
from assistant.live.inbox import Inbox
from assistant.live.turn_reading import TurnReading
from assistant.pipeline.kept import drafts_to_keep

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    import numpy as np
    from numpy.typing import NDArray

    from assistant.domain import PersonId, SessionUpdate
    from assistant.live.reads import Builder, Reads

IDLE_S = 0.25
"""Seconds between two signs of life of a worker that has nothing to do."""

LONG_WORK_S = 900.0
"""Seconds that loading, finishing and drafting may take without a sign of life: minutes on a slow machine."""


def work(connection: Connection, builder: Builder[Reads], begin: say.Begin) -> None:
    """Be a worker until told to stop, or until the app is gone. ``worker_start`` has made the process quiet.

    Args:
        connection: To the app.
        builder: Makes the reader.
        begin: Where to begin.
    """
    inbox = Inbox(connection)
    inbox.start()
    try:
        Worker(inbox, builder, begin).run()
    except AssistantError as error:
        # Messages of our own errors hold no words of the session.
        inbox.tell(say.Unable(str(error)))
        os._exit(1)
    except BaseException as error:  # noqa: BLE001  nothing may reach Python's own printing
        os._exit(crash.report(error))
    os._exit(0)


class Worker:
    """Reads turns; obeys orders between two of them."""

    def __init__(self, inbox: Inbox, builder: Builder[Reads], begin: say.Begin) -> None:
        self._inbox = inbox
        self._begin = begin
        self._enrol: say.Enrol | None = None
        self._finish: say.Finish | None = None
        for order in begin.orders:
            inbox.take(order)
        inbox.tell(say.Beat(begin.processed_to, patience_s=LONG_WORK_S))
        self._reader = builder.build(begin.session, begin.voiceprints, begin.seats)
        memories = [pickle.loads(packed) for packed in begin.memories]  # noqa: S301  a worker packed it
        self._reader.resume(begin.entries, memories, begin.processed_to, begin.decisions)
        self._turns = TurnReading(inbox, self._reader, builder.turn_finder(), begin)

    def run(self) -> None:
        """Work until told to stop."""
        self._turns.ears.heard_to(self._begin.synced)
        self._turns.ears.start()
        self._reader.warm()
        self._inbox.tell(say.Ready(self._turns.known))
        beaten = 0.0
        while not self._inbox.stopped:
            self._inbox.wake.clear()
            self._turns.ears.heard_to(self._inbox.synced)
            if self._step():
                beaten = 0.0
                continue
            if time.monotonic() - beaten >= IDLE_S:
                self._turns.beat()
                beaten = time.monotonic()
            self._inbox.wake.wait(IDLE_S)

    def _step(self) -> bool:
        """Do one thing; tell whether there was one to do."""
        order = self._inbox.next_order()
        if order is not None:
            self._obey(order)
        elif self._enrol is not None and (self._turns.read_to >= self._enrol.end or self._turns.still):
            self._learn_voice(self._enrol)
        elif self._turns.step() or self._turns.rehear():
            pass
        elif self._finish is not None and self._turns.ears.done:
            finish, self._finish = self._finish, None
            self._turns.beat(LONG_WORK_S)
            update = self._reader.finish()
            # The silence behind the last turn is accounted for as well: a review takes the length of the session here.
            self._answer(finish.number, replace(update, processed_to=max(update.processed_to, finish.end)))
        else:
            return False
        return True

    def _obey(self, order: say.Order) -> None:
        # An order that waits for its time is answered then.
        self._turns.beat(LONG_WORK_S)
        match order:
            case say.Name():
                self._answer(order.number, self._named(order))
            case say.Strike():
                self._turns.forget_unread()
                self._answer(order.number, self._reader.strike(order.tombstone))
            case say.Roster():
                self._answer(order.number, self._reader.roster(order.group))
            case say.Listen():
                self._turns.listens_from = order.start
                self._answer(order.number)
            case say.Enrol():
                self._enrol = order
            case say.Finish():
                self._finish = order
                self._turns.ears.finish(order.end)
            case say.Draft():
                drafts = self._reader.drafts(order.duration, _Beats(lambda: self._turns.beat(LONG_WORK_S)))
                self._inbox.tell(say.Drafted(order.number, drafts_to_keep(drafts), len(drafts.refused)))

    def _named(self, order: say.Name) -> SessionUpdate | None:
        """Return what naming a speaker changed; None where nobody has spoken yet, or the words are gone."""
        try:
            return self._reader.name_voice(order.person, order.utterance)
        except SessionError:
            return None

    def _learn_voice(self, order: say.Enrol) -> None:
        self._enrol = None
        try:
            enrolled = self._reader.enrol(order.person, order.start, order.end)
        except SessionError:
            self._answer(order.number)
            return
        print_ = None if enrolled.voiceprint is None else (enrolled.person, enrolled.voiceprint)
        self._answer(order.number, enrolled.update, print_)

    def _answer(
        self,
        number: int,
        update: SessionUpdate | None = None,
        voiceprint: tuple[PersonId, NDArray[np.float32]] | None = None,
    ) -> None:
        self._turns.done = max(self._turns.done, number)
        self._inbox.tell(replace(self._turns.report(update), answers=number, voiceprint=voiceprint))
        self._turns.beat()


class _Beats:
    """Progress of long work, as signs of life."""

    def __init__(self, beat: Callable[[], None]) -> None:
        self._beat = beat

    def stage(self, what: str, total: float | None) -> None:  # noqa: ARG002  only that something is done counts
        """A new stage."""
        self._beat()

    def advance(self, done: float) -> None:  # noqa: ARG002  as above
        """So much of it."""
        self._beat()
