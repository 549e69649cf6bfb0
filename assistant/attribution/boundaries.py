"""Where one voice gives way to another when there was no pause: found by sliding short voiceprints over the place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from assistant.domain import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.attribution.enrolment import VoiceprintMaker
    from assistant.attribution.tracks import VoicePiece
    from assistant.domain import Turn

WINDOW = int(0.8 * SAMPLE_RATE)
"""Samples of one short voiceprint: the shortest that tells two voices apart in nearly every case."""
HOP = SAMPLE_RATE // 5
"""Samples between short voiceprints."""
SCAN = SAMPLE_RATE
"""Samples scanned on each side of the cut: pieces are at most 1.8 s, so the change is nearer."""
APART = 0.35
"""Cosine similarity up to which two pieces are worth a scan: one voice in a bad room mostly lies higher."""
CLEAR = 0.12
"""Mean lead in cosine similarity that each side must have over the other for the place to count as found."""
LEAST = 2
"""Short voiceprints that each side must have."""
PLACED = int(0.3 * SAMPLE_RATE)
"""Samples of doubt on each side of a place that was found so."""


def placed(pieces: Sequence[VoicePiece], turn: Turn, maker: VoiceprintMaker) -> tuple[VoicePiece, ...]:
    """Return the pieces of a turn with each change that left no pause moved to where the voices change, if it is found.

    Args:
        pieces: The pieces in order, neighbours of one voice joined.
        turn: Their audio.
        maker: Makes the short voiceprints.
    """
    moved = list(pieces)
    for i in range(1, len(moved)):
        one, other = moved[i - 1], moved[i]
        if not other.doubt or min(one.samples, other.samples) < WINDOW:
            continue
        change = _change(one, other, turn, maker)
        if change is None:
            continue
        moved[i - 1] = replace(one, end=change, voiceprint=_print(one.start, change, turn, maker))
        moved[i] = replace(other, start=change, doubt=PLACED, voiceprint=_print(change, other.end, turn, maker))
    return tuple(moved)


def _change(one: VoicePiece, other: VoicePiece, turn: Turn, maker: VoiceprintMaker) -> int | None:
    """Return the sample at which the lead passes from one voice to the other; None where neither leads clearly."""
    if one.voiceprint is None or other.voiceprint is None or float(one.voiceprint @ other.voiceprint) > APART:
        return None
    lead: list[float] = []
    starts: list[int] = []
    for start in range(max(one.start, one.end - SCAN), min(other.end, other.start + SCAN) - WINDOW + 1, HOP):
        short = _print(start, start + WINDOW, turn, maker)
        if short is not None:
            lead.append(float(short @ one.voiceprint) - float(short @ other.voiceprint))
            starts.append(start)
    splits = range(LEAST, len(lead) - LEAST + 1)
    if not splits:
        return None
    best = max(splits, key=lambda k: sum(lead[:k]) - sum(lead[k:]))
    if float(np.mean(lead[:best])) < CLEAR or float(np.mean(lead[best:])) > -CLEAR:
        return None
    return (starts[best - 1] + starts[best] + WINDOW) // 2


def _print(start: int, end: int, turn: Turn, maker: VoiceprintMaker) -> NDArray[np.float32] | None:
    return maker.of(turn.audio[start - turn.first_sample : end - turn.first_sample])
