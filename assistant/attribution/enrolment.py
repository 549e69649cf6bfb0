"""A clip of one person alone becomes that person's voice, or a warning says why it will not serve."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.attribution.matching import Voices
from assistant.attribution.tracks import PERSON, VoiceKey
from assistant.attribution.voiceprint import unit
from assistant.domain import SAMPLE_RATE, Cut, PersonId, Turn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from assistant.attribution.segmentation import Piece

LEAST_VOICE = 3 * SAMPLE_RATE
"""Samples of voice that a clip needs."""
ALIKE = 0.60
"""Cosine similarity from which two people's clips cannot be told apart safely: two clips of one person lie at about
0.7 to 0.9, those of two people at most at about 0.4."""


class PieceFinder(Protocol):
    """Cuts a turn where the voice may change."""

    def pieces(self, turn: Turn) -> tuple[Piece, ...]:
        """Return the pieces of a turn in order."""


class VoiceprintMaker(Protocol):
    """Makes voiceprints."""

    def of(self, audio: NDArray[np.float32]) -> NDArray[np.float32] | None:
        """Return the voiceprint of a stretch of one voice, or None."""


class ClipProblem(StrEnum):
    """What is wrong with an enrolment clip."""

    TOO_SHORT = "too short"
    """Less than 3 s of voice: the person is not matched."""
    ALIKE = "alike"
    """Two people's clips sound the same: one file twice, or voices that will mostly stay unknown."""


@dataclass(frozen=True, slots=True)
class EnrolmentWarning:
    """A clip that will not serve; speaks of ids only."""

    problem: ClipProblem
    people: tuple[PersonId, ...]


def enrol(
    clips: Mapping[PersonId, NDArray[np.float32]], finder: PieceFinder, maker: VoiceprintMaker
) -> tuple[Voices, tuple[EnrolmentWarning, ...]]:
    """Return the voices of the clips, in memory only, and what is wrong with them.

    Args:
        clips: One per person, shape (n,), 16 kHz. The order plays no part.
        finder: Finds the voice in a clip.
        maker: Makes its voiceprint.
    """
    prints: dict[VoiceKey, tuple[NDArray[np.float32], ...]] = {}
    warnings: list[EnrolmentWarning] = []
    for person in sorted(clips):
        voice = _voice(clips[person], finder, maker)
        if voice is None:
            warnings.append(EnrolmentWarning(ClipProblem.TOO_SHORT, (person,)))
        else:
            prints[VoiceKey(PERSON + person)] = (voice,)
    for one, other in combinations(prints, 2):
        if float(prints[one][0] @ prints[other][0]) >= ALIKE:
            pair = (PersonId(one.removeprefix(PERSON)), PersonId(other.removeprefix(PERSON)))
            warnings.append(EnrolmentWarning(ClipProblem.ALIKE, pair))
    return Voices(prints), tuple(warnings)


def _voice(clip: NDArray[np.float32], finder: PieceFinder, maker: VoiceprintMaker) -> NDArray[np.float32] | None:
    """Return the voiceprint of the voiced parts of a clip; None where there are less than 3 s of them."""
    pieces = finder.pieces(Turn(0, clip, Cut.END))
    voiced = [clip[p.start : p.end] for p in pieces if not p.overlap]
    if sum(part.shape[0] for part in voiced) < LEAST_VOICE:
        return None
    whole = maker.of(np.concatenate(voiced))
    return None if whole is None else unit(whole)
