"""Utterances that grow: the same that joining the whole at once would make, with ids that stay.

An utterance is named by the millisecond at which its first word began when it was first heard. So one that is split
or joined later disturbs no other, the order of numbers is the order of time, and a restart names the same alike.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.domain import SAMPLE_RATE, Utterance, UtteranceId
from assistant.errors import SessionError
from assistant.pipeline.joining import AttributedRun, grouped, utterance_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from assistant.domain import Word
    from assistant.pipeline.live_turns import HeardTurn

OPEN = 2
"""Utterances at the end that more words can change: the last, and the one before it where the last is contested."""
_MS = SAMPLE_RATE // 1000
"""Samples of a millisecond."""


@dataclass(frozen=True, slots=True)
class LiveTurn:
    """One turn and whose its words are, as decided last."""

    start: int
    end: int
    runs: tuple[AttributedRun, ...] = field(repr=False)
    heard: HeardTurn | None = field(default=None, repr=False)
    """None where all that is left of it is what was decided."""


class Transcript:
    """The turns of a session, joined.

    Args:
        turns: Known so far, in order of time.
        utterances: What they were joined into.
    """

    def __init__(self, turns: Sequence[LiveTurn] = (), utterances: Sequence[Utterance] = ()) -> None:
        self.turns = list(turns)
        self.utterances = tuple(utterances)
        self._open = min(OPEN, len(self.utterances))
        begin = self.utterances[-self._open].start if self._open else 0
        self._tail = [run for turn in turns for run in turn.runs if run.words[0].start >= begin]

    def add(self, turn: LiveTurn) -> int:
        """Take one more turn, and return the place of the first utterance that it may have changed."""
        self.turns.append(turn)
        at = len(self.utterances) - self._open
        groups = self._grouped([*self._tail, *turn.runs])
        before = self.utterances[at - 1].number if at else -1
        joined = named(self.utterances[at:], [utterance_of(0, group) for group in groups], before)
        self.utterances = (*self.utterances[:at], *joined)
        return at

    def rejoin(self, turns: Iterable[LiveTurn]) -> None:
        """Put turns, in order of time, in the place of those known, and join them all anew."""
        self.turns = list(turns)
        groups = self._grouped([run for turn in self.turns for run in turn.runs])
        self.utterances = named(self.utterances, [utterance_of(0, group) for group in groups])

    def find(self, wanted: UtteranceId | None) -> Utterance:
        """Return an utterance by id, or what holds its place by now where it was joined into another.

        Args:
            wanted: None: the last one.

        Raises:
            SessionError: There is none.
        """
        if wanted is None and self.utterances:
            return self.utterances[-1]
        number = int(wanted[1:]) if wanted is not None and wanted[1:].isdigit() else None
        if number is not None:
            earlier = [u for u in self.utterances if u.number <= number]
            if earlier and (earlier[-1].number == number or number_at(earlier[-1].end) >= number):
                return earlier[-1]
        raise SessionError(f"there is no utterance {wanted or 'yet'}: name one that is on the screen")

    def _grouped(self, runs: Sequence[AttributedRun]) -> list[list[AttributedRun]]:
        groups = grouped(runs)
        self._open = min(OPEN, len(groups))
        self._tail = [run for group in groups[-OPEN:] for run in group]
        return groups


def number_at(sample: int) -> int:
    """Return the number of an utterance that begins at a sample."""
    return sample // _MS


def named(before: Sequence[Utterance], now: Sequence[Utterance], number: int = -1) -> tuple[Utterance, ...]:
    """Return ``now`` with the ids that its utterances have, or get.

    An utterance keeps the id of the one before that most of whose words it holds; what is new is named by its time.

    Args:
        before: The utterances that stood in the same place, in order.
        now: The utterances, in order, whatever their ids.
        number: That of the utterance ahead of them; -1: there is none.
    """
    heirs = _heirs(before, now)
    out: list[Utterance] = []
    for place, utterance in enumerate(now):
        old = heirs.get(place)
        if old is not None and old.number > number:
            number = old.number
            out.append(replace(utterance, id=old.id, number=number))
        else:
            number = max(number_at(utterance.start), number + 1)
            out.append(replace(utterance, id=UtteranceId(f"u{number}"), number=number))
    return tuple(out)


def _heirs(before: Sequence[Utterance], now: Sequence[Utterance]) -> dict[int, Utterance]:
    """Return which utterance of ``before`` each place of ``now`` continues."""
    place = {word_key(word): at for at, utterance in enumerate(now) for word in utterance.words}
    heirs: dict[int, Utterance] = {}
    shared: dict[int, int] = {}
    for old in before:
        counts = Counter(place[key] for word in old.words if (key := word_key(word)) in place)
        if not counts:
            continue
        at, words = min(counts.items(), key=lambda item: (-item[1], item[0]))
        if words > shared.get(at, 0):
            heirs[at], shared[at] = old, words
    return heirs


def word_key(word: Word) -> tuple[int, int, str]:
    """Return what stays the same of a word whoever is said to have spoken it."""
    return (word.start, word.end, word.text)


def kept_words(turn: LiveTurn, is_kept: Callable[[Word], bool]) -> LiveTurn:
    """Return a turn without the words that are not kept."""
    runs = (replace(run, words=tuple(w for w in run.words if is_kept(w))) for run in turn.runs)
    return replace(turn, runs=tuple(run for run in runs if run.words))
