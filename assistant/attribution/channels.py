"""A microphone per person: whose voice it is, is whose microphone is loudest.

Every microphone also hears the others (bleed), more quietly. Where none is clearly ahead, two people speak or one
speaks between two microphones: that is nobody's. Only levels are kept, 50 numbers a second and track.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from assistant.attribution.stretches import nobodys
from assistant.attribution.tracks import VoicedStretch
from assistant.domain import SAMPLE_RATE, Attribution, DecidedBy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from assistant.domain import PersonId

FRAME = SAMPLE_RATE // 50
"""Samples of one level (20 ms)."""
AHEAD = 6.0
"""Decibels by which the loudest track must lead: a mouth half as far from one microphone as from the next."""
PAUSE = 20.0
"""Decibels below the loud parts of a turn from which a frame is a pause."""
SMOOTH = 15
"""Frames (0.3 s) over which the loudest track is voted: about a syllable and its bleed."""
FLOOR = 1e-12
"""Power that stands for digital silence."""
CONTESTED, QUIET = -1, -2


class ChannelAttributor:
    """Decides whose voice each stretch of a session is by the tracks' levels.

    Args:
        people: Person of each track, from 0. A track of nobody still competes: what it wins is nobody's.
    """

    def __init__(self, people: Mapping[int, PersonId]) -> None:
        self._people = dict(people)
        self._powers: list[NDArray[np.float32]] = []
        self._rest: NDArray[np.float32] | None = None
        self._next = 0

    def listen(self, first_sample: int, audio: NDArray[np.float32]) -> None:
        """Take the levels of what follows; nothing of the audio is kept.

        Args:
            first_sample: Absolute; a jump forward (lost audio) counts as silence.
            audio: Shape (tracks, n), -1 to 1.

        Raises:
            ValueError: The audio begins before the end of what was heard.
        """
        if first_sample < self._next:
            raise ValueError(f"audio at sample {first_sample} begins before sample {self._next}")
        lost = np.zeros((audio.shape[0], first_sample - self._next), dtype=np.float32)
        parts = [lost, audio] if self._rest is None else [self._rest, lost, audio]
        held = np.concatenate(parts, axis=1)
        whole = held.shape[1] // FRAME
        frames = held[:, : whole * FRAME].reshape(held.shape[0], whole, FRAME)
        self._powers.append((frames.astype(np.float32) ** 2).mean(axis=2).T)
        self._rest = held[:, whole * FRAME :].copy()
        self._next = first_sample + audio.shape[1]

    def decide(self, turns: Sequence[tuple[int, int]]) -> tuple[tuple[VoicedStretch, ...], ...]:
        """Return the stretches of each turn (absolute half-open samples of the mixed-down recording), in order."""
        powers = np.concatenate(self._powers) if self._powers else np.zeros((0, 0), dtype=np.float32)
        return tuple(self._stretches(powers[start // FRAME : -(-end // FRAME)], start, end) for start, end in turns)

    def _stretches(self, powers: NDArray[np.float32], start: int, end: int) -> tuple[VoicedStretch, ...]:
        winners = loudest(powers)
        edges = [0, *(np.flatnonzero(np.diff(winners)) + 1).tolist(), winners.shape[0]]
        first = start // FRAME * FRAME
        stretches: list[VoicedStretch] = []
        for a, b in pairwise(edges):
            if b == a or winners[a] == QUIET:
                continue
            low, high = max(start, first + a * FRAME), min(end, first + b * FRAME)
            person = self._people.get(int(winners[a]))
            attribution = (
                nobodys(decided_by=DecidedBy.CHANNEL)
                if person is None
                else Attribution(person, 1.0, 1.0, DecidedBy.CHANNEL)
            )
            stretches.append(VoicedStretch(low, high, attribution, overlap=bool(winners[a] == CONTESTED)))
        return tuple(stretches)


def loudest(powers: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return per frame the track that is clearly loudest, ``CONTESTED`` or ``QUIET``.

    Args:
        powers: Shape (frames, tracks): mean squares.
    """
    frames = powers.shape[0]
    if frames == 0 or powers.shape[1] == 0:
        return np.zeros(0, dtype=np.int64)
    levels = 10.0 * np.log10(np.maximum(powers, FLOOR))
    top = levels.max(axis=1)
    following = np.sort(levels, axis=1)[:, -2] if levels.shape[1] > 1 else np.full(frames, -np.inf)
    winner = np.where(top - following >= AHEAD, levels.argmax(axis=1), CONTESTED)
    quiet = top < np.percentile(top, 95) - PAUSE
    kinds = [CONTESTED, *range(powers.shape[1])]
    votes = np.stack([_around((winner == kind) & ~quiet) for kind in kinds])
    voted: NDArray[np.int64] = np.array(kinds, dtype=np.int64)[votes.argmax(axis=0)]
    return np.where(quiet & (_around(quiet) * 2 > SMOOTH), QUIET, voted)


def _around(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many of the ``SMOOTH`` frames around each are set."""
    padded = np.pad(flags.astype(np.int64), SMOOTH // 2)
    return np.convolve(padded, np.ones(SMOOTH, dtype=np.int64), mode="valid")
