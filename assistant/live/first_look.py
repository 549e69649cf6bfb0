"""First looks at a turn that is still open, so that words do not wait for a pause that nobody makes.

Each look recognises only what follows the last clear pause of the one before. What it finds is provisional: the turn
is read anew, whole, once it is cut.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.domain import Cut, Turn, samples
from assistant.pipeline.live_turns import Recognised

if TYPE_CHECKING:
    from assistant.transcription.recognition import Segment

PAUSE = samples(0.15)
"""Without a voice for so long, no word goes on: longer than the closure of a plosive."""

CUT_OFF = samples(0.25)
"""A word that ends nearer than this to the end of what was heard may go on."""


WORTH_A_LOOK = samples(0.5)
"""Less voice than this waits for the reading of the turn."""

LONG = samples(4.0)
"""A turn as long as this takes a second or more to read."""


class FirstLook:
    """What is known so far of the turn that is open."""

    def __init__(self) -> None:
        self._start = -1
        """First sample of the turn."""
        self._settled = 0
        """Everything before this sample has been recognised and is not looked at again."""
        self._before: tuple[Segment, ...] = ()
        """What was recognised before it."""
        self._last: Recognised | None = None

    def part(self, turn: Turn) -> Turn:
        """Return what of the open turn is to be recognised now.

        Args:
            turn: All that is there of it.
        """
        if turn.first_sample != self._start:
            self._start = self._settled = turn.first_sample
            self._before = ()
        settled = self._settled
        voiced = tuple((max(start, settled), end) for start, end in turn.voiced if end > settled)
        return Turn(settled, turn.audio[settled - turn.first_sample :], Cut.END, voiced, turn.channel)

    def is_worth_a_last(self, turn: Turn) -> bool:
        """Whether the rest of a turn, now that it is over, is better told before the whole of it is read."""
        seen = self._last
        if seen is None or seen.start != turn.first_sample or turn.end_sample - turn.first_sample < LONG:
            return False
        return sum(max(0, end - max(start, seen.end)) for start, end in turn.voiced) >= WORTH_A_LOOK

    def all_of(self, turn: Turn, recognised: Recognised) -> Recognised:
        """Return all words of the open turn so far, without a last one that may be cut off.

        Args:
            turn: All that is there of it.
            recognised: The words of the part that was to be recognised.
        """
        is_over = turn.cut is not Cut.END
        segments = recognised.segments if is_over else _without_end(recognised.segments, turn.end_sample - CUT_OFF)
        self._last = Recognised(turn.first_sample, turn.end_sample, (*self._before, *segments), (), turn.voiced)
        pause = max((at for at in _pauses(turn.voiced) if at > self._settled), default=None)
        if pause is not None:
            self._before += _spoken(segments, self._settled, pause)
            self._settled = pause
        return self._last

    def beyond(self, sample: int) -> Recognised | None:
        """Return what has been seen of the turn that follows, where a turn was cut without a pause; None: nothing.

        Args:
            sample: End of the turn that was cut.
        """
        seen, self._last = self._last, None
        if seen is None or seen.end <= sample:
            return None
        segments = _spoken(seen.segments, sample, seen.end)
        return Recognised(sample, seen.end, segments) if segments else None

    def forget(self) -> None:
        """Let go of every word."""
        self._start, self._before, self._last = -1, (), None


def _pauses(voiced: tuple[tuple[int, int], ...]) -> list[int]:
    """Return the middle of each clear pause."""
    return [(end + start) // 2 for (_, end), (start, _) in pairwise(voiced) if start - end >= PAUSE]


def _without_end(segments: tuple[Segment, ...], end: int) -> tuple[Segment, ...]:
    if segments and segments[-1].words[-1:] and segments[-1].words[-1].end > end:
        last = replace(segments[-1], words=segments[-1].words[:-1])
        return (*segments[:-1], last) if last.words else segments[:-1]
    return segments


def _spoken(segments: tuple[Segment, ...], start: int, end: int) -> tuple[Segment, ...]:
    """Return the words whose middle lies in half-open samples."""
    kept = (replace(s, words=tuple(w for w in s.words if start <= (w.start + w.end) // 2 < end)) for s in segments)
    return tuple(segment for segment in kept if segment.words)
