"""From matched pieces to stretches: neighbours of one voice are joined; what lies between two voices is nobody's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.attribution.tracks import PERSON, VoicedStretch, VoicePiece
from assistant.domain import Attribution, DecidedBy, PersonId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.attribution.matching import Match
    from assistant.attribution.tracks import VoiceKey


def stretches_of(
    pieces: Sequence[VoicePiece], matches: Sequence[Match], letters: Mapping[VoiceKey, str]
) -> tuple[VoicedStretch, ...]:
    """Return the stretches of one turn in order; they do not overlap.

    Args:
        pieces: The turn's pieces in order.
        matches: The match of each piece.
        letters: The letter of each anonymous voice.
    """
    stretches: list[VoicedStretch] = []
    for piece, match in zip(pieces, matches, strict=True):
        stretch = VoicedStretch(
            piece.start, piece.end, _attribution(match, letters), piece.overlap, _person(match.nearest)
        )
        before = stretches[-1] if stretches else None
        if before is not None and before.whose == stretch.whose and before.overlap == stretch.overlap:
            stretches[-1] = _joined(before, stretch)
        elif before is not None and piece.doubt and not before.overlap and not stretch.overlap:
            stretches[-1:] = _parted(before, stretch, piece.doubt)
        else:
            stretches.append(stretch)
    return tuple(stretches)


def nobodys(score: float = 0.0, margin: float = 0.0, decided_by: DecidedBy = DecidedBy.VOICE) -> Attribution:
    """Return the attribution of what belongs to nobody."""
    return Attribution(None, score, margin, decided_by)


def _person(key: VoiceKey | None) -> PersonId | None:
    return PersonId(key.removeprefix(PERSON)) if key is not None and key.startswith(PERSON) else None


def _attribution(match: Match, letters: Mapping[VoiceKey, str]) -> Attribution:
    if match.key is None:
        return nobodys(match.score, match.margin)
    person = _person(match.key)
    if person is not None:
        return Attribution(person, match.score, match.margin, match.decided_by)
    return Attribution(None, match.score, match.margin, DecidedBy.VOICE, voice=letters[match.key])


def _joined(one: VoicedStretch, other: VoicedStretch) -> VoicedStretch:
    """Return two stretches of one voice as one; the longer part's figures stand for both."""
    longer = max((one, other), key=lambda s: s.end - s.start)
    return VoicedStretch(one.start, other.end, longer.attribution, one.overlap, longer.nearest)


def _parted(one: VoicedStretch, other: VoicedStretch, doubt: int) -> list[VoicedStretch]:
    """Return two stretches of different voices with the guard between them that belongs to nobody."""
    low, high = max(one.start, one.end - doubt), min(other.end, other.start + doubt)
    parts = [replace(one, end=low), VoicedStretch(low, high, nobodys()), replace(other, start=high)]
    return [part for part in parts if part.end > part.start]
