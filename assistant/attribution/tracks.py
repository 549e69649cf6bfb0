"""What is remembered of a turn once its audio is gone: where the voices are, and their voiceprints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NewType

from assistant.attribution.voiceprint import unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.domain import Attribution, PersonId

VoiceKey = NewType("VoiceKey", str)
"""Whose centroid it is within one decision: ``person:m1`` for the enrolled, ``voice:00`` for a cluster."""
PERSON = "person:"
"""What the key of an enrolled voice begins with."""

ONE_VOICE = 0.55
"""Cosine similarity from which two neighbouring pieces are one voice: two people's stay below, on a poor line too."""


@dataclass(frozen=True, slots=True, eq=False)
class VoicePiece:
    """A piece of a turn with its voiceprint; absolute half-open samples."""

    start: int
    end: int
    overlap: bool = False
    """Two people speak at once: nobody's."""
    doubt: int = 0
    """Samples on each side of its start within which a change of voice may lie; 0 where a pause or a hint marks it."""
    voiceprint: NDArray[np.float32] | None = field(default=None, repr=False)
    """Shape (256,), of length 1; None for overlap and for what is too short. In memory only, never written."""

    @property
    def samples(self) -> int:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, eq=False)
class VoiceTrack:
    """The voices of one turn, without its audio."""

    start: int
    end: int
    pieces: tuple[VoicePiece, ...] = field(default=(), repr=False)


def joined(pieces: Sequence[VoicePiece]) -> tuple[VoicePiece, ...]:
    """Return the pieces of one turn with neighbours of one voice joined: more speech makes a surer voiceprint."""
    whole: list[VoicePiece] = []
    for piece in pieces:
        together = _one_piece(whole[-1], piece) if whole else None
        if together is None:
            whole.append(piece)
        else:
            whole[-1] = together
    return tuple(whole)


def _one_piece(one: VoicePiece, other: VoicePiece) -> VoicePiece | None:
    """Return two neighbours as one piece; None where they may be two voices."""
    if one.voiceprint is None or other.voiceprint is None or float(one.voiceprint @ other.voiceprint) < ONE_VOICE:
        return None
    both = unit(one.voiceprint * one.samples + other.voiceprint * other.samples)
    return VoicePiece(one.start, other.end, voiceprint=both, doubt=one.doubt)


@dataclass(frozen=True, slots=True)
class VoicedStretch:
    """A stretch of a turn with one decision about whose voice it is; absolute half-open samples."""

    start: int
    end: int
    attribution: Attribution
    overlap: bool = False
    nearest: PersonId | None = None
    """The nearest enrolled person, near enough or not: tells the evaluation what abstention costs, and nobody else."""

    @property
    def whose(self) -> tuple[str | None, str | None]:
        """Person and anonymous voice; (None, None) where nobody is known."""
        return (self.attribution.person, self.attribution.voice)
