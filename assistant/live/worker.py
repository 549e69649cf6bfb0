"""The worker process: the models live here, and nothing that could be lost with it.

It reads sound from the spool alone and sends what it heard to the app, which keeps it. It may be killed at any moment.
It prints nothing, for the terminal belongs to the screen, and it ends when the app does.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from collections import deque
from dataclasses import replace
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from assistant import crash
from assistant.domain import SessionUpdate
from assistant.errors import AssistantError, SessionError
from assistant.live import messages as say
from assistant.live.taking_back import together
from assistant.models.offline import go_offline
from assistant.store.spool_reader import SpoolReader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from multiprocessing.connection import Connection

    import numpy as np
    from numpy.typing import NDArray

    from assistant.domain import Entry, Group, Note, PersonId, Session, Tombstone, Turn, UtteranceId
    from assistant.live.ears import CutsTurns
    from assistant.pipeline.drafting import Drafts
    from assistant.pipeline.live_corrections import Enrolled
    from assistant.pipeline.live_turns import HeardTurn, Memory, Recognised
    from assistant.pipeline.progress import Progress
    from assistant.store.stored import Decision

IDLE_S = 0.25
"""Seconds between two signs of life of a worker that has nothing to do."""

LONG_WORK_S = 900.0
"""Seconds that loading, finishing and drafting may take without a sign of life: minutes on a slow machine."""

NICE = 5
"""The screen and the thread that takes in sound go first."""

MOST_AHEAD = 8
"""Turns that are recognised, for their early warnings, before the first of them is read in full."""


class Reads(Protocol):
    """What the worker needs of a reader: turns in, updates out. ``pipeline.live_reader`` has it."""

    def resume(
        self,
        entries: Sequence[Entry],
        memories: Sequence[Memory] = (),
        processed_to: int | None = None,
        named: Sequence[Decision] = (),
    ) -> None:
        """Take up a session where another reader ended."""
        ...

    def warm(self) -> None:
        """Have every model run once, on nothing."""
        ...

    def remembered(self) -> tuple[Memory, ...]:
        """Return what is new to be remembered since the last call."""
        ...

    @property
    def people_known(self) -> frozenset[PersonId]:
        """Whose voice can be matched."""
        ...

    def voiced_in(self, start: int, end: int) -> int:
        """Return the voiced samples read so far in a range."""
        ...

    def recognise(self, turn: Turn) -> Recognised:
        """Return the words of a turn."""
        ...

    def early(self, recognised: Recognised) -> SessionUpdate:
        """Return the warnings that need no speaker."""
        ...

    def glance(self, recognised: Recognised) -> SessionUpdate:
        """Return the words so far of a turn that is still open."""
        ...

    def attribute(self, turn: Turn, recognised: Recognised) -> HeardTurn:
        """Return the turn with its voices."""
        ...

    def read(self, heard: HeardTurn) -> SessionUpdate:
        """Return what one more turn changed."""
        ...

    def read_turn(self, turn: Turn) -> tuple[HeardTurn, SessionUpdate]:
        """Recognise, attribute and read a turn."""
        ...

    def voiceless(self) -> tuple[int, int] | None:
        """Return samples whose voices should be heard again; None: all voices are remembered."""
        ...

    def hear_again(self, turn: Turn) -> None:
        """Take the voices of such samples."""
        ...

    def name_voice(self, person: PersonId, utterance: UtteranceId | None) -> SessionUpdate:
        """Return what naming a speaker changed."""
        ...

    def enrol(self, person: PersonId, start: int, end: int) -> Enrolled:
        """Return what the reading of the consent sentence changed."""
        ...

    def strike(self, tombstone: Tombstone) -> SessionUpdate:
        """Return what is left after a stretch of time, or one person's words in it, is gone."""
        ...

    def roster(self, group: Group) -> SessionUpdate:
        """Return what a change of who is here changed."""
        ...

    def finish(self) -> SessionUpdate:
        """Return what looking over the whole session changed."""
        ...

    def drafts(self, duration: int, progress: Progress) -> Drafts:
        """Return the drafts."""
        ...


_Reader_co = TypeVar("_Reader_co", bound=Reads, covariant=True)


class Builder(Protocol[_Reader_co]):
    """Makes the reader, in the worker. Must be picklable."""

    def build(
        self, session: Session, voiceprints: Mapping[PersonId, NDArray[np.float32]], seats: Mapping[int, PersonId]
    ) -> _Reader_co:
        """Return a reader; loads the models.

        Raises:
            ModelError: A model is missing or damaged.
        """
        ...

    def turn_finder(self) -> CutsTurns:
        """Return what cuts sound into turns."""
        ...


def work(connection: Connection, builder: Builder[Reads], begin: say.Begin) -> None:
    """Be a worker until told to stop, or until the app is gone.

    Args:
        connection: To the app.
        builder: Makes the reader.
        begin: Where to begin.
    """
    _be_quiet()
    crash.install()
    go_offline()
    inbox = _Inbox(connection)
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


class _Inbox(Thread):
    """Takes orders while the main thread reads, and ends the process with the app."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(name="orders", daemon=True)
        self._connection = connection
        self._lock = Lock()
        self._orders: deque[say.Order] = deque()
        self.wake = Event()
        self.synced = 0
        self.stopped = False

    def run(self) -> None:
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
        with self._lock:
            if isinstance(message, say.Synced):
                self.synced = max(self.synced, message.sample)
            elif isinstance(message, say.Order):
                self._orders.append(message)
            else:
                self.stopped = True
        self.wake.set()

    def next_order(self) -> say.Order | None:
        with self._lock:
            return self._orders.popleft() if self._orders else None

    def tell(self, report: object) -> None:
        try:
            self._connection.send(report)
        except OSError:
            os._exit(0)


class Worker:
    """Reads turns in order of time; obeys orders between two of them."""

    def __init__(self, inbox: _Inbox, builder: Builder[Reads], begin: say.Begin) -> None:
        self._inbox = inbox
        self._begin = begin
        self._done = 0
        self._read_to = begin.processed_to
        self._ahead: deque[tuple[Turn, Recognised | None]] = deque()
        """None: a turn that is left unheard."""
        self._taken: Turn | None = None
        self._enrol: say.Enrol | None = None
        self._listen: int | None = None
        self._finish: say.Finish | None = None
        for order in begin.orders:
            inbox.take(order)
        inbox.tell(say.Beat(self._read_to, patience_s=LONG_WORK_S))
        self._reader = builder.build(begin.session, begin.voiceprints, begin.seats)
        memories = [m for packed in begin.memories for m in pickle.loads(packed)]  # noqa: S301  a worker packed it
        self._reader.resume(begin.entries, memories, begin.processed_to, begin.decisions)
        # The app imports this file for its entry alone, and must not load what hears sound.
        from assistant.live.ears import Ears  # noqa: PLC0415
        from assistant.live.first_look import FirstLook  # noqa: PLC0415

        self._sound = SpoolReader(begin.spool, begin.key)
        self._ears = Ears(
            SpoolReader(begin.spool, begin.key), builder.turn_finder(), begin.processed_to, inbox.wake.set
        )
        self._first_look = FirstLook()

    def run(self) -> None:
        """Work until told to stop."""
        self._ears.heard_to(self._begin.synced)
        self._ears.start()
        self._reader.warm()
        self._inbox.tell(say.Ready(self._known))
        beaten = 0.0
        while not self._inbox.stopped:
            self._inbox.wake.clear()
            self._ears.heard_to(self._inbox.synced)
            if self._step():
                beaten = 0.0
                continue
            if time.monotonic() - beaten >= IDLE_S:
                self._beat()
                beaten = time.monotonic()
            self._inbox.wake.wait(IDLE_S)

    def _step(self) -> bool:
        """Do one thing; tell whether there was one to do."""
        order = self._inbox.next_order()
        if order is not None:
            self._obey(order)
        elif self._enrol is not None and (self._read_to >= self._enrol.end or self._still):
            self._learn_voice(self._enrol)
        elif self._read_something() or self._rehear():
            pass
        elif self._finish is not None and self._ears.done:
            number, self._finish = self._finish.number, None
            self._beat(LONG_WORK_S)
            self._answer(number, self._reader.finish())
        else:
            return False
        return True

    # -- turns --------------------------------------------------------------------------------------------------------

    def _read_something(self) -> bool:
        """Take one step with the turns that wait: words and early warnings of many go before voices of the first."""
        fresh = self._ears.take() if len(self._ahead) < MOST_AHEAD else None
        if fresh is not None:
            self._take_up(fresh)
        elif self._ahead:
            self._read_first()
        else:
            open_turn = self._ears.look()
            if open_turn is None or self._is_unreadable(open_turn):
                return False
            self._look_at(open_turn)
        return True

    def _look_at(self, turn: Turn) -> None:
        """Tell the words so far of a turn that is not over, or not read."""
        self._beat(turn=turn)
        recognised = self._reader.recognise(self._with_tracks(self._first_look.part(turn)))
        seen = self._first_look.all_of(turn, recognised)
        if seen.segments:
            self._inbox.tell(self._report(self._reader.glance(seen)))

    def _take_up(self, turn: Turn) -> None:
        if self._is_unreadable(turn):
            self._ahead.append((turn, None))
            return
        self._taken = self._ahead[0][0] if self._ahead else turn
        # Before anything is done with it: whoever finds this process dead knows by which turn.
        self._beat(turn=turn)
        if not self._ahead and self._first_look.is_worth_a_last(turn):
            self._look_at(turn)
        turn = self._with_tracks(turn)
        if not self._ahead and self._ears.empty:
            self._told(turn, self._reader.read_turn(turn)[1])
            return
        recognised = self._reader.recognise(turn)
        self._ahead.append((turn, recognised))
        early = self._reader.early(recognised)
        if early.entries:
            self._inbox.tell(self._report(early))

    def _read_first(self) -> None:
        turn, recognised = self._ahead[0]
        self._taken = turn
        if recognised is None:
            stretch = (turn.first_sample, turn.end_sample)
            update = SessionUpdate(processed_to=turn.end_sample, unheard=(stretch,))
        else:
            self._beat(turn=turn)
            update = self._reader.read(self._reader.attribute(turn, recognised))
        self._ahead.popleft()
        self._told(turn, update)

    def _rehear(self) -> bool:
        """Hear again, while there is nothing else to do, voices that were lost with the program."""
        stretch = self._reader.voiceless()
        if stretch is None:
            return False
        from assistant.live.ears import turn_from  # noqa: PLC0415  as Ears

        self._beat()
        self._reader.hear_again(turn_from(self._sound, *stretch))
        new = self._report(None)
        if new.memories:
            self._inbox.tell(new)
        return True

    def _with_tracks(self, turn: Turn) -> Turn:
        """Return a turn with the sound of each microphone, where each belongs to a person."""
        if not self._begin.seats:
            return turn
        from assistant.pipeline.live_seats import with_tracks  # noqa: PLC0415  as Ears

        return with_tracks(turn, self._sound.blocks(turn.first_sample, turn.end_sample))

    def _is_unreadable(self, turn: Turn) -> bool:
        return any(start < turn.end_sample and turn.first_sample < end for start, end in self._begin.unreadable)

    def _told(self, turn: Turn, update: SessionUpdate) -> None:
        self._read_to = max(self._read_to, turn.end_sample)
        self._taken = None
        beyond = self._first_look.beyond(turn.end_sample)
        if beyond is not None:
            # Words that were shown already stay on the screen, and their warnings with them.
            update = together([update, self._reader.glance(beyond)])
        self._inbox.tell(self._report(update))
        self._beat()

    def _forget_unread(self) -> None:
        """Let go of every turn that is not read in full: words and sound of them go with it."""
        self._first_look.forget()
        self._ahead.clear()
        self._taken = None
        self._ears.again_from(self._read_to)

    @property
    def _still(self) -> bool:
        return (self._ears.still or self._ears.done) and self._taken is None and not self._ahead

    @property
    def _waits_from(self) -> int:
        return self._taken.end_sample if self._taken else max(self._read_to, self._ears.waits_from)

    # -- orders -------------------------------------------------------------------------------------------------------

    def _obey(self, order: say.Order) -> None:
        # An order that waits for its time is answered then.
        self._beat(LONG_WORK_S)
        match order:
            case say.Name():
                self._answer(order.number, self._named(order))
            case say.Strike():
                self._forget_unread()
                self._answer(order.number, self._reader.strike(order.tombstone))
            case say.Roster():
                self._answer(order.number, self._reader.roster(order.group))
            case say.Listen():
                self._listen = order.start
                self._answer(order.number)
            case say.Enrol():
                self._enrol = order
            case say.Finish():
                self._finish = order
                self._ears.finish(order.end)
            case say.Draft():
                drafts = self._reader.drafts(order.duration, _Beats(lambda: self._beat(LONG_WORK_S)))
                self._inbox.tell(_passed(order.number, drafts))

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
        self._done = max(self._done, number)
        self._inbox.tell(replace(self._report(update), answers=number, voiceprint=voiceprint))
        self._beat()

    @property
    def _known(self) -> frozenset[PersonId]:
        # Whoever has a microphone of their own needs no voice.
        return self._reader.people_known | frozenset(self._begin.seats.values())

    # -- reports ------------------------------------------------------------------------------------------------------

    def _report(self, update: SessionUpdate | None) -> say.Told:
        new = self._reader.remembered()
        return say.Told(
            update=update,
            done=self._done,
            memories=pickle.dumps(new) if new else b"",
            afresh=any(getattr(memory, "afresh", False) for memory in new),
            known=self._known,
        )

    def _beat(self, patience_s: float = 60.0, turn: Turn | None = None) -> None:
        self._inbox.tell(
            say.Beat(
                waits_from=self._waits_from,
                still=self._still,
                last_voice=self._ears.last_voice,
                enrolled_voice=0 if self._listen is None else self._reader.voiced_in(self._listen, self._read_to),
                patience_s=patience_s,
                turn=None if turn is None else (turn.first_sample, turn.end_sample),
            )
        )


def _passed(number: int, drafts: Drafts) -> say.Drafted:
    """Return the drafts that may be kept, without what it takes to make them."""
    notes: dict[PersonId | None, Note] = {m: d.note for m, d in drafts.members.items() if not d.refused}
    if not drafts.group_refused:
        notes[None] = drafts.group
    return say.Drafted(number, notes, len(drafts.refused))


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


def _be_quiet() -> None:
    """Let nothing reach the terminal, and leave Ctrl-C to the app."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    if sys.platform != "win32":
        os.nice(NICE)
