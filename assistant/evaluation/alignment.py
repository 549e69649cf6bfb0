"""Which recognised word stands for which gold word: everything else is counted on this one alignment.

From audio, words are aligned by edit distance within a few seconds of each other, so that "yeah, I know" said twice is
not mistaken for itself. From text, order alone decides. Words are ordered by their start, across turns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from assistant.evaluation.normal import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.evaluation.gold import GoldSession, GoldTurn
    from assistant.evaluation.machine import HeardUtterance, Machine
    from assistant.evaluation.normal import Token

REACH_S = 3.0
"""Words further apart than this are never the same word: several times what word times are off by."""

_LATE = 0.02
"""Cost per second apart; small, so that it only chooses between alignments with equally many errors."""
_UNLIKE = 0.2
"""Extra cost of putting a word against one that looks nothing like it; chooses between equal alignments too."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A normalised word where it stands: in which turn or utterance, at which offsets, at which seconds."""

    text: str = field(repr=False)
    unit: int
    """Index of the turn or utterance."""
    start_char: int
    end_char: int
    start: float
    end: float
    word: int = -1
    """Index of the recognised word in its utterance; -1 where there is none."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Gold words, recognised words, and the pairs between them (indices)."""

    gold: tuple[Placed, ...] = field(repr=False)
    heard: tuple[Placed, ...] = field(repr=False)
    pairs: tuple[tuple[int, int], ...]
    """Equal and substituted words, in order; a gold word in no pair was missed, a recognised one was inserted."""

    def heard_of(self) -> dict[int, int]:
        """Return gold index -> recognised index."""
        return dict(self.pairs)

    def gold_of(self) -> dict[int, int]:
        """Return recognised index -> gold index."""
        return {heard: gold for gold, heard in self.pairs}

    def same(self, gold: int, heard: int) -> bool:
        """Whether two aligned words are equal."""
        return self.gold[gold].text == self.heard[heard].text


def align(gold: GoldSession, machine: Machine, *, timed: bool) -> Alignment:
    """Align what was said with what was recognised; ``timed`` where both carry real times."""
    said = [word for turn in gold.turns for word in _placed_turn(turn)]
    heard = [word for unit, u in enumerate(machine.utterances) for word in _placed_utterance(unit, u)]
    if timed:
        said.sort(key=lambda word: word.start)
        heard.sort(key=lambda word: word.start)
        pairs = tuple(_within_reach(said, heard))
    else:
        pairs = tuple(_in_order([w.text for w in said], [w.text for w in heard]))
    return Alignment(tuple(said), tuple(heard), pairs)


def _placed_turn(turn: GoldTurn) -> Iterator[Placed]:
    for token in spoken(turn.text):
        start, end, _ = _when(turn, token)
        yield Placed(token.text, turn.index, token.start, token.end, start, end)


def _placed_utterance(unit: int, utterance: HeardUtterance) -> Iterator[Placed]:
    for token in spoken(utterance.text):
        start, end, word = _when(utterance, token)
        yield Placed(token.text, unit, token.start, token.end, start, end, word)


def _when(unit: GoldTurn | HeardUtterance, token: Token) -> tuple[float, float, int]:
    """Return start, end and index of the word that a token begins in; by proportion where words have no times."""
    words = unit.words
    at = bisect_right(words, token.start, key=lambda word: word.start_char) - 1
    if 0 <= at < len(words) and token.start < words[at].end_char:
        return words[at].start, words[at].end, at
    scale = (unit.end - unit.start) / max(1, len(unit.text))
    return unit.start + token.start * scale, unit.start + token.end * scale, -1


def _in_order(said: Sequence[str], heard: Sequence[str]) -> Iterator[tuple[int, int]]:
    for op in Levenshtein.opcodes(said, heard):
        if op.tag in {"equal", "replace"}:
            yield from zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True)


def _within_reach(said: Sequence[Placed], heard: Sequence[Placed]) -> list[tuple[int, int]]:
    """Return the cheapest pairs; dynamic programming over the cells whose words are within reach of each other."""
    times = [word.start for word in heard]
    low = [0, *(bisect_left(times, word.start - REACH_S) for word in said)]
    high = [0, *(bisect_right(times, word.start + REACH_S) for word in said)]
    # Bands must touch: recognised words between two bands belong to the row before them.
    high[-1] = len(heard)
    for row in range(len(said)):
        high[row] = max(high[row], low[row + 1])
    steps: list[list[int]] = []
    costs: list[float] = []
    for row in range(len(said) + 1):
        above, costs = costs, []
        taken: list[int] = []
        for column in range(low[row], high[row] + 1):
            cost, step = _cheapest(said, heard, row, column, above, low[row - 1] if row else 0, costs)
            costs.append(cost)
            taken.append(step)
        steps.append(taken)
    return _walk_back(steps, low, len(said), len(heard))


_MATCH, _MISS, _INSERT, _BEGIN = range(4)
_NEVER = float("inf")


def _cheapest(  # noqa: PLR0913, PLR0917 - one cell of the table needs the whole neighbourhood; a class per cell would be slow
    said: Sequence[Placed],
    heard: Sequence[Placed],
    row: int,
    column: int,
    above: Sequence[float],
    above_low: int,
    here: Sequence[float],
) -> tuple[float, int]:
    best, step = (0.0, _BEGIN) if row == column == 0 else (_NEVER, _BEGIN)
    if here and here[-1] + 1 < best:
        best, step = here[-1] + 1, _INSERT
    if row:
        straight = column - above_low
        if 0 <= straight < len(above) and above[straight] + 1 < best:
            best, step = above[straight] + 1, _MISS
        if 0 < straight <= len(above):
            cost = above[straight - 1] + _pair_cost(said[row - 1], heard[column - 1])
            if cost < best:
                best, step = cost, _MATCH
    return best, step


def _pair_cost(one: Placed, other: Placed) -> float:
    apart = abs(one.start - other.start)
    if apart > REACH_S:
        return _NEVER
    if one.text == other.text:
        return _LATE * apart
    return 1 + _LATE * apart + _UNLIKE * Levenshtein.normalized_distance(one.text, other.text)


def _walk_back(steps: Sequence[Sequence[int]], low: Sequence[int], row: int, column: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    while row or column:
        step = steps[row][column - low[row]]
        if step == _MATCH:
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif step == _MISS:
            row -= 1
        else:
            column -= 1
    pairs.reverse()
    return pairs
