"""The turns that the worker has before it: which is taken up next, and what is told of each, and when.

Words and early warnings of many turns go before the voices of the first of them, and whole turns before a look at one
that is still open.
"""

from __future__ import annotations

import pickle
from collections import deque
from typing import TYPE_CHECKING

from assistant.domain import SessionUpdate
from assistant.live import messages as say
from assistant.live.ears import Ears, turn_from
from assistant.live.first_look import FirstLook
from assistant.live.taking_back import together
from assistant.pipeline.live_seats import with_tracks
from assistant.pipeline.live_turns import HeardTurn
from assistant.store.spool_reader import SpoolReader

if TYPE_CHECKING:
    from assistant.domain import PersonId, Turn
    from assistant.live.ears import CutsTurns
    from assistant.live.inbox import Inbox
    from assistant.live.reads import Reads
    from assistant.pipeline.live_turns import Memory, Recognised

MOST_AHEAD = 8
"""Turns that are recognised, for their early warnings, before the first of them is read in full."""


class TurnReading:
    """Reads turns in order of time, one step at a time.

    Args:
        inbox: The way to the app.
        reader: Reads them; it knows what was kept so far.
        finder: Cuts sound into turns.
        begin: Where to begin.
    """

    def __init__(self, inbox: Inbox, reader: Reads, finder: CutsTurns, begin: say.Begin) -> None:
        self._inbox = inbox
        self._reader = reader
        self._begin = begin
        self._sound = SpoolReader(begin.spool, begin.key)
        self.ears = Ears(SpoolReader(begin.spool, begin.key), finder, begin.processed_to, inbox.wake.set)
        self.read_to = begin.processed_to
        """End of the last turn that was read in full."""
        self.done = 0
        """The highest number of an order that was carried out."""
        self.listens_from: int | None = None
        """Since when somebody reads the consent sentence aloud."""
        self._first_look = FirstLook()
        self._ahead: deque[tuple[Turn, Recognised | None]] = deque()
        """None: a turn that is left unheard."""
        self._taken: Turn | None = None

    # -- steps --------------------------------------------------------------------------------------------------------

    def step(self) -> bool:
        """Take one step with the turns that wait; tell whether there was one to take."""
        fresh = self.ears.take() if len(self._ahead) < MOST_AHEAD else None
        if fresh is not None:
            self._take_up(fresh)
        elif self._ahead:
            self._read_first()
        else:
            open_turn = self.ears.look()
            if open_turn is None or self._is_unreadable(open_turn):
                return False
            self._look_at(open_turn)
        return True

    def rehear(self) -> bool:
        """Hear again, while there is nothing else to do, voices that were lost with the program; as ``step``."""
        stretch = self._reader.voiceless()
        if stretch is None:
            return False
        self.beat()
        self._reader.hear_again(turn_from(self._sound, *stretch))
        new = self.report(None)
        if new.memories:
            self._inbox.tell(new)
        return True

    def forget_unread(self) -> None:
        """Let go of every turn that is not read in full: words and sound of them go with it."""
        self._first_look.forget()
        self._ahead.clear()
        self._taken = None
        self.ears.again_from(self.read_to)

    def _look_at(self, turn: Turn) -> None:
        """Tell the words so far of a turn that is not over, or not read."""
        self.beat(turn=turn)
        recognised = self._reader.recognise(self._with_tracks(self._first_look.part(turn)))
        seen = self._first_look.all_of(turn, recognised)
        if seen.segments:
            self._inbox.tell(self.report(self._reader.glance(seen)))

    def _take_up(self, turn: Turn) -> None:
        if self._is_unreadable(turn):
            self._ahead.append((turn, None))
            return
        self._taken = self._ahead[0][0] if self._ahead else turn
        # Before anything is done with it: whoever finds this process dead knows by which turn.
        self.beat(turn=turn)
        if not self._ahead and self._first_look.is_worth_a_last(turn):
            self._look_at(turn)
        turn = self._with_tracks(turn)
        if not self._ahead and self.ears.empty:
            self._told(turn, self._reader.read_turn(turn)[1])
            return
        recognised = self._reader.recognise(turn)
        self._ahead.append((turn, recognised))
        early = self._reader.early(recognised)
        if early.entries:
            self._inbox.tell(self.report(early))

    def _read_first(self) -> None:
        turn, recognised = self._ahead[0]
        self._taken = turn
        if recognised is None:
            stretch = (turn.first_sample, turn.end_sample)
            update = SessionUpdate(processed_to=turn.end_sample, unheard=(stretch,))
        else:
            self.beat(turn=turn)
            update = self._reader.read(self._reader.attribute(turn, recognised))
        self._ahead.popleft()
        self._told(turn, update)

    def _told(self, turn: Turn, update: SessionUpdate) -> None:
        self.read_to = max(self.read_to, turn.end_sample)
        self._taken = None
        beyond = self._first_look.beyond(turn.end_sample)
        if beyond is not None:
            # Words that were shown already stay on the screen, and their warnings with them.
            update = together([update, self._reader.glance(beyond)])
        self._inbox.tell(self.report(update))
        self.beat()

    def _with_tracks(self, turn: Turn) -> Turn:
        """Return a turn with the sound of each microphone, where each belongs to a person."""
        if not self._begin.seats:
            return turn
        return with_tracks(turn, self._sound.blocks(turn.first_sample, turn.end_sample))

    def _is_unreadable(self, turn: Turn) -> bool:
        return any(start < turn.end_sample and turn.first_sample < end for start, end in self._begin.unreadable)

    # -- how far it is ------------------------------------------------------------------------------------------------

    @property
    def still(self) -> bool:
        """Whether nothing is left to read: no turn waits, and none is open."""
        return (self.ears.still or self.ears.done) and self._taken is None and not self._ahead

    @property
    def known(self) -> frozenset[PersonId]:
        """Whose voice can be matched; whoever has a microphone of their own needs no voice."""
        return self._reader.people_known | frozenset(self._begin.seats.values())

    def report(self, update: SessionUpdate | None) -> say.Told:
        """Return a report, with all that is new to be remembered."""
        new = self._reader.remembered()
        return say.Told(
            update=update,
            done=self.done,
            memories=tuple(_packed(memory) for memory in new),
            afresh=any(getattr(memory, "afresh", False) for memory in new),
            known=self.known,
        )

    def beat(self, patience_s: float = 60.0, turn: Turn | None = None) -> None:
        """Give a sign of life.

        Args:
            patience_s: How long the next may take.
            turn: Taken up now.
        """
        listened = 0 if self.listens_from is None else self._reader.voiced_in(self.listens_from, self.read_to)
        self._inbox.tell(
            say.Beat(
                waits_from=self._taken.end_sample if self._taken else max(self.read_to, self.ears.waits_from),
                still=self.still,
                last_voice=self.ears.last_voice,
                enrolled_voice=listened,
                patience_s=patience_s,
                turn=None if turn is None else (turn.first_sample, turn.end_sample),
            )
        )


def _packed(memory: Memory) -> say.Packed:
    data = pickle.dumps(memory)
    return say.Packed(data, memory.start, memory.end) if isinstance(memory, HeardTurn) else say.Packed(data)
