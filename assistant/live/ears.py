"""The worker's ears: sound from the spool, cut into turns, while the worker's main thread reads what was cut before.

They wait where the worker is far behind: the spool on the disk is the buffer that may grow, this one may not.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from threading import Condition, Thread
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.capture.recording import mixed_down
from assistant.domain import Block, Cut, Frame, Gap, Turn, samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MOST_WAITING = samples(120.0)
"""Samples of turns that are held at once (8 MB); the rest waits in the spool."""

LOOK_AFTER = samples(1.0)
"""Samples of new voice in the open turn after which somebody may look at it: a look takes about half a second."""

LOOK_AT_PAUSE = samples(0.4)
"""As ``LOOK_AFTER`` where nobody speaks at this moment: the phrase may be over, and no word is cut off."""

PAUSED = samples(0.2)
"""Where the last voice is longer ago, nobody speaks at this moment."""

NEAR = samples(1.0)
"""Farther behind than this there is no time for looks: the turns themselves come first."""

QUIET_S = 1.0
"""Seconds without new sound after which the open turn is ended: a pause key was pressed, or the device is gone."""


class Sound(Protocol):
    """What ears need of the spool."""

    def blocks(self, from_sample: int = 0, to_sample: int | None = None) -> Iterator[Block | Gap]:
        """Yield what was recorded from one sample to another, in order."""
        ...


class CutsTurns(Protocol):
    """What ears need of an endpointer."""

    def turns(self, frames: Iterable[Frame | Gap]) -> Iterator[Turn | Gap]:
        """Yield the turns in ``frames``, and every Gap."""
        ...

    def open_turn(self) -> Turn | None:
        """Return what was heard so far of the turn that is not over."""
        ...


class Ears(Thread):
    """Cuts what is synced into turns, in a thread of their own.

    Args:
        sound: The spool.
        endpointer: Where a turn begins and ends.
        start: The first sample that has not been accounted for.
        wake: Called when there is something new to take.
        quiet_s: Seconds without new sound that end the open turn.
    """

    def __init__(
        self, sound: Sound, endpointer: CutsTurns, start: int, wake: Callable[[], None], quiet_s: float = QUIET_S
    ) -> None:
        super().__init__(name="ears", daemon=True)
        self._sound = sound
        self._endpointer = endpointer
        self._wake = wake
        self._quiet_s = quiet_s
        self._change = Condition()
        self._turns: deque[Turn] = deque()
        self._open: Turn | None = None
        """What may be looked at of the turn that is not over."""
        self._looked_at = (start, 0)
        """First sample of the turn that was looked at last, and the samples of voice that it had."""
        self._start = start
        self._fed = start
        self._synced = start
        self._end: int | None = None
        self._round = 0
        self._done = False
        self._still = False
        self._stopped = False
        self._failure: BaseException | None = None
        self.last_voice = start
        """End of the last voiced stretch."""

    # -- for the worker's main thread ---------------------------------------------------------------------------------

    def heard_to(self, synced: int) -> None:
        """The spool holds everything before this sample."""
        with self._change:
            self._synced = max(self._synced, synced)
            self._change.notify_all()

    def finish(self, end: int) -> None:
        """Nothing follows this sample: the open turn ends there."""
        with self._change:
            self._synced = max(self._synced, end)
            self._end = end
            self._change.notify_all()

    def again_from(self, start: int) -> None:
        """Forget every turn that was not taken, and the open one, and listen again from a sample on."""
        with self._change:
            self._turns.clear()
            self._open = None
            self._start = self._fed = start
            self._round += 1
            self._done = self._still = False
            self._change.notify_all()

    def take(self) -> Turn | None:
        """Return the next turn; None where none waits.

        Raises:
            VaultError: The spool cannot be read.
        """
        with self._change:
            if self._turns:
                self._change.notify_all()
                return self._turns.popleft()
            if self._failure is not None:
                raise self._failure
            return None

    def look(self) -> Turn | None:
        """Return what is there of the turn that is not over, where it has grown since; None where turns wait."""
        with self._change:
            turn, self._open = self._open, None
            if turn is not None:
                self._looked_at = (turn.first_sample, _voice(turn))
            return turn

    @property
    def waits_from(self) -> int:
        """Everything before this sample is cut and taken, or holds no voice; an open turn does not count as waiting."""
        with self._change:
            return self._turns[0].end_sample if self._turns else self._fed

    @property
    def empty(self) -> bool:
        """Whether no turn waits."""
        with self._change:
            return not self._turns

    @property
    def still(self) -> bool:
        """Whether nothing has followed for a while: no turn is open, and none waits."""
        with self._change:
            return self._still and not self._turns

    @property
    def done(self) -> bool:
        """Whether everything up to the end was cut and taken."""
        with self._change:
            return self._done and not self._turns

    def stop(self) -> None:
        """End the thread."""
        with self._change:
            self._stopped = True
            self._change.notify_all()

    # -- the thread ---------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Listen until stopped."""
        try:
            while self._listen():
                pass
        except BaseException as failure:  # noqa: BLE001  it is raised again where the worker takes the next turn
            with self._change:
                self._failure = failure
            self._wake()

    def _listen(self) -> bool:
        """Listen once from the start to the end, or until something changes; tell whether to listen again."""
        with self._change:
            this, start = self._round, self._start
        for turn in self._endpointer.turns(self._frames(start, this)):
            if isinstance(turn, Gap):
                continue
            if not self._keep(turn, this):
                break
        with self._change:
            self._done = self._round == this and not self._stopped
            if self._done:
                self._wake()
            self._change.wait_for(lambda: self._round != this or self._stopped)
            return not self._stopped

    def _keep(self, turn: Turn, this: int) -> bool:
        with self._change:
            self._change.wait_for(
                lambda: self._stopped or self._round != this or sum(len(t.audio) for t in self._turns) < MOST_WAITING
            )
            if self._stopped or self._round != this:
                return False
            self._turns.append(turn)
            self._open = None
            self.last_voice = turn.voiced[-1][1] if turn.voiced else turn.end_sample
        self._wake()
        return True

    def _frames(self, start: int, this: int) -> Iterator[Frame | Gap]:
        at, told = start, False
        while True:
            with self._change:
                more = self._change.wait_for(partial(self._is_due, at, this), None if told else self._quiet_s)
                if self._stopped or self._round != this or (self._end is not None and at >= self._end):
                    return
                upto = self._synced
            if not more:
                told = True
                yield Gap(at, 0, "nothing followed")
                with self._change:
                    self._still = not self._is_void(this)
                self._wake()
                continue
            told = False
            self._still = False
            for piece in self._sound.blocks(at, upto):
                with self._change:
                    if self._is_void(this):
                        return
                    self._fed = at
                if isinstance(piece, Block):
                    at = piece.end_sample
                    yield Frame(piece.first_sample, mixed_down(piece.audio))
                    self._offer(at, this)
                elif piece is not None:
                    at = piece.first_sample + piece.samples
                    yield piece
            if at < upto:
                # What is said to be there and cannot be read is lost: it ends a turn like any other gap.
                yield Gap(at, upto - at, "not in the spool")
                at = upto
            with self._change:
                if self._round == this:
                    self._fed = at

    def _offer(self, at: int, this: int) -> None:
        """Have the open turn looked at, as far as it goes now; in the thread that feeds it."""
        turn = self._endpointer.open_turn()
        with self._change:
            self._open = turn if turn is not None and self._is_worth(turn, at) and not self._is_void(this) else None
            offered = self._open is not None
        if offered:
            self._wake()

    def _is_worth(self, turn: Turn, at: int) -> bool:
        if self._turns or self._synced - at > NEAR:
            return False
        start, seen = self._looked_at
        fresh = _voice(turn) - (seen if start == turn.first_sample else 0)
        return fresh >= (LOOK_AT_PAUSE if turn.end_sample - turn.voiced[-1][1] >= PAUSED else LOOK_AFTER)

    def _is_void(self, this: int) -> bool:
        return self._stopped or self._round != this

    def _is_due(self, at: int, this: int) -> bool:
        ended = self._end is not None and at >= self._end
        return self._stopped or self._round != this or ended or at < self._synced


def turn_from(sound: Sound, start: int, end: int) -> Turn:
    """Return what the spool holds between two samples, silence where it holds nothing, as a turn."""
    audio = np.zeros(end - start, np.float32)
    for block in sound.blocks(start, end):
        if isinstance(block, Block):
            audio[block.first_sample - start : block.end_sample - start] = mixed_down(block.audio)
    return Turn(start, audio, Cut.END, ((start, end),))


def _voice(turn: Turn) -> int:
    return sum(end - start for start, end in turn.voiced)
