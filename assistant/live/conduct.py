"""What a session does with what it hears and is told: keeps it, shows it, takes it back, closes.

Used from the session's own thread alone. The order is always the same: what is taken back goes at once, from the
screen too; what is new is seen only once it is on the disk.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from assistant.domain import SessionUpdate, seconds
from assistant.live import messages as say
from assistant.live.kept import PROVISIONAL
from assistant.live.supervisor import FromWorker, Supervisor, WorkerGone
from assistant.live.taking_back import cleaned, taken_from, together, without

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.domain import Group, PersonId, Session, Tombstone, UtteranceId
    from assistant.live.board import Board, Settled
    from assistant.live.keeping import Keeping
    from assistant.live.kept import Kept
    from assistant.live.reads import Builder, Reads
    from assistant.live.view import AlertKey
    from assistant.store.spool import Spool


class Step(Enum):
    """How far the close of a session is."""

    OPEN = auto()
    CATCHING_UP = auto()
    TO_SETTLE = auto()
    """Everything is read; alerts that must be settled are not."""
    DRAFTING = auto()
    KEEPING = auto()
    CLOSED = auto()


class Conduct:
    """The session, in one thread."""

    def __init__(  # noqa: PLR0913  the places where all of a session meets
        self,
        *,
        session: Session,
        kept: Kept,
        keeping: Keeping,
        spool: Spool,
        board: Board,
        builder: Builder[Reads],
        post: Callable[[Callable[[], None]], None],
        clock: Callable[[], float],
        group: Callable[[], Group],
    ) -> None:
        self._session = session
        self.kept = kept
        self._keeping = keeping
        self._spool = spool
        self._board = board
        self._group = group
        self._post = post
        self._number = 0
        self._orders: dict[int, say.Order] = {}
        """Given and not answered yet: the next worker gets them too."""
        self._told: list[say.Told] = []
        """Made before something was taken back, and held until the worker has heard of that."""
        self._names: dict[UtteranceId, tuple[PersonId, int]] = {}
        """Key presses about utterances that were told early, and where these ended: they wait for the reading."""
        self.supervisor = Supervisor(builder, self._beginning, self._from_another_thread, clock)
        self.step = Step.OPEN
        self.beat = say.Beat(kept.processed_to)
        self.refused = 0
        """Drafts that the gate refused."""
        self.unread = 0
        """Stretches that ended several workers and are left unheard."""

    # -- the worker ---------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Look after the worker and the disk."""
        self._given_up(self.supervisor.tick())
        self._keeping.tick()
        if self.step is Step.TO_SETTLE and not self._board.unsettled():
            self._draft()

    def heard(self, message: FromWorker | WorkerGone) -> None:
        """Take in what the worker says."""
        if isinstance(message, WorkerGone):
            self._given_up(self.supervisor.gone(message))
            return
        match self.supervisor.hears(message):
            case say.Beat() as beat:
                self.beat = beat
            case say.Ready(known=known):
                self.kept.known = known
            case say.Told() as told:
                self._take(told)
            case say.Drafted() as drafted if self._orders.pop(drafted.answers, None) is not None:
                self._finish(drafted)

    def synced(self, sample: int) -> None:
        """The spool holds everything before a sample."""
        self.supervisor.send(say.Synced(sample))

    def _from_another_thread(self, message: FromWorker | WorkerGone) -> None:
        self._post(lambda: self.heard(message))

    def _beginning(self) -> say.Begin:
        self._told.clear()
        self.beat = say.Beat(self.kept.processed_to)
        return say.Begin(
            session=replace(self._session, group=self._group()),
            spool=self._keeping.spool_path,
            key=self._keeping.audio_key,
            processed_to=self.kept.processed_to,
            entries=self.kept.in_order(),
            memories=tuple(memory.data for memory in self.kept.memories),
            decisions=self.kept.decisions,
            voiceprints=self._keeping.voiceprints,
            seats=self._keeping.seats,
            synced=self._spool.end,
            orders=tuple(self._orders.values()),
            unreadable=self.kept.unreadable,
        )

    def _given_up(self, turn: tuple[int, int] | None) -> None:
        if turn is not None:
            self.kept.unreadable += (turn,)
            self.unread += 1

    def _take(self, told: say.Told) -> None:
        if told.answers is not None:
            self._orders.pop(told.answers, None)
        struck = [o.tombstone for n, o in self._orders.items() if isinstance(o, say.Strike) and n > told.done]
        self._told.append(without(told, struck))
        if struck:
            return
        released, self._told = self._told, []
        for one in released:
            self.kept.remember(one.memories, afresh=one.afresh)
            if one.voiceprint is not None:
                self.kept.voiceprints[one.voiceprint[0]] = one.voiceprint[1]
        self.kept.known = told.known
        updates = [one.update for one in released if one.update is not None]
        if updates:
            self._keep(together(updates))
        if told.answers is not None and self.step is Step.CATCHING_UP and not self._awaits(say.Finish):
            self.step = Step.TO_SETTLE

    def _awaits(self, kind: type[say.Order]) -> bool:
        return any(isinstance(order, kind) for order in self._orders.values())

    # -- what is kept -------------------------------------------------------------------------------------------------

    def _keep(self, update: SessionUpdate) -> None:
        update = cleaned(update, self.kept.tombstones)
        self.kept.apply(update)
        self._name_late(update)
        self._keeping.commit(lambda: update, self._board.publish)

    def take_back(self, tombstone: Tombstone) -> None:
        """Take back a stretch of time, or one person's words in it: from everywhere."""
        # What was told early there will be told again, out of what is left.
        early = self.kept.take_back(tombstone)
        self._told = [without(told, (tombstone,)) for told in self._told]
        update = taken_from(self.kept.in_order(), (tombstone,), self.kept.processed_to)
        update = replace(update, removed=tuple(dict.fromkeys((*update.removed, *early))))
        self.kept.apply(update)
        self._board.publish(update)
        order = self._number_one(lambda n: say.Strike(n, tombstone))
        self._keeping.strike(tombstone)
        # The worker listens again only once the spool is silent there.
        self._keeping.commit(lambda: SessionUpdate(removed=early), lambda _: self.supervisor.send(order))
        self._look_again()

    def settle(self, key: AlertKey, settled: Settled) -> None:
        """Keep what a person decided about an alert, then show it."""
        self._keeping.settle(key, settled, self._board)

    def name(self, person: PersonId, utterance: UtteranceId | None) -> None:
        """Have a speaker named by key."""
        last = self._board.last
        if utterance is None and last is not None:
            # The last that is on the screen, which may not be the last that is read.
            utterance = last.utterance.id
        if utterance is not None and utterance.startswith(PROVISIONAL) and utterance not in self.kept.entries:
            # It was read while the key was on its way.
            utterance = None if last is None else last.utterance.id
        known = None if utterance is None else self.kept.entries.get(utterance)
        said = None if known is None else known.utterance
        if utterance is not None and utterance.startswith(PROVISIONAL):
            self._names[utterance] = (person, self._spool.end if said is None else said.end)
        else:
            self.order(lambda n: say.Name(n, person, utterance))
        self._keeping.named(person, utterance, said, self._spool.end)

    def _name_late(self, update: SessionUpdate) -> None:
        for early in [u for u in update.removed if u in self._names]:
            person, end = self._names.pop(early)
            # Whoever presses a key while somebody speaks means the last words that are there.
            meant = [e.utterance.id for e in update.entries if e.utterance.start < end]
            for name in meant[-1:]:
                if name.startswith(PROVISIONAL):
                    self._names[name] = (person, end)
                else:
                    self.order(lambda n, u=name, p=person: say.Name(n, p, u))  # type: ignore[misc]

    # -- orders -------------------------------------------------------------------------------------------------------

    def order(self, make: Callable[[int], say.Order]) -> None:
        """Give the worker an order; one that dies over it hands it on to the next."""
        self.supervisor.send(self._number_one(make))
        self._look_again()

    def _look_again(self) -> None:
        """Have the end of a session that is being closed looked at again: something has changed since."""
        if self.step not in {Step.CATCHING_UP, Step.TO_SETTLE, Step.DRAFTING}:
            return
        self._orders = {n: o for n, o in self._orders.items() if not isinstance(o, say.Finish | say.Draft)}
        self._read_to_the_end()

    def _read_to_the_end(self) -> None:
        self.step = Step.CATCHING_UP
        self.supervisor.send(self._number_one(lambda n: say.Finish(n, self._spool.end)))

    def _number_one(self, make: Callable[[int], say.Order]) -> say.Order:
        self._number += 1
        self._orders[self._number] = make(self._number)
        return self._orders[self._number]

    # -- the close ----------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Read what waits, have it settled, draft, and let go of what must go."""
        if self.step is not Step.OPEN:
            return
        self._read_to_the_end()
        if not self.supervisor.running:
            self.supervisor.start()

    def _draft(self) -> None:
        self.step = Step.DRAFTING
        self.supervisor.send(self._number_one(lambda n: say.Draft(n, self._spool.end)))

    def _finish(self, drafted: say.Drafted) -> None:
        self.step = Step.KEEPING
        self.supervisor.stop()
        self.refused = drafted.refused
        self._keeping.finish(drafted.drafts, self.kept.voiceprints, self._group(), self._closed)

    def _closed(self) -> None:
        self.step = Step.CLOSED

    @property
    def working(self) -> str | None:
        """One line about long work under way."""
        match self.step:
            case Step.CATCHING_UP:
                left = max(0, self._spool.end - self.beat.waits_from)
                return f"reading the last {seconds(left):.0f} s" if left else "looking over the session"
            case Step.TO_SETTLE:
                return f"{len(self._board.unsettled())} warnings to settle before the session is closed"
            case Step.DRAFTING:
                return "drafting"
            case Step.KEEPING:
                return "keeping the drafts"
            case _:
                loading = self.supervisor.running and not self.supervisor.ready
                return "loading the models" if loading else None
