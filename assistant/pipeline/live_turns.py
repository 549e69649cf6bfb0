"""What is remembered of each turn of a live session once its sound is gone, and what keys said of it.

The reader gives these to whoever restarts it. They hold words and voiceprints and stay in memory: nothing here is ever
written.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from assistant.attribution.tracks import VoicePiece, VoiceTrack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.attribution.live import Founding
    from assistant.attribution.pins import Pin
    from assistant.domain import Tombstone
    from assistant.transcription.recognition import Segment


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of one turn; half-open samples."""

    start: int
    end: int
    segments: tuple[Segment, ...] = field(default=(), repr=False)
    unheard: tuple[tuple[int, int], ...] = ()
    """Voiced stretches that got no words."""
    voiced: tuple[tuple[int, int], ...] = ()
    """Where a voice was found."""


@dataclass(frozen=True, slots=True, eq=False)
class HeardTurn:
    """The words and the voices of one turn."""

    recognised: Recognised
    voices: VoiceTrack = field(repr=False)

    @property
    def start(self) -> int:
        """First sample."""
        return self.recognised.start

    @property
    def end(self) -> int:
        """One past the last sample."""
        return self.recognised.end


@dataclass(frozen=True, slots=True)
class Marks:
    """What keys said and which letters were given: ids and samples alone."""

    pins: tuple[Pin, ...] = ()
    letters: tuple[Founding, ...] = ()
    afresh: bool = False
    """Whether all that was remembered before is void: somebody withdrew, and what follows is what is left."""


Memory: TypeAlias = HeardTurn | Marks
"""What a reader has to be told again when it goes on for another."""


def gathered(kept: Sequence[Memory], new: Sequence[Memory]) -> tuple[Memory, ...]:
    """Return all that is to be remembered, once a reader has told more of it."""
    both = (*kept, *new)
    begin = max((i for i, memory in enumerate(both) if isinstance(memory, Marks) and memory.afresh), default=0)
    last = max((i for i, memory in enumerate(both) if isinstance(memory, Marks)), default=0)
    # Of the marks only the last count.
    return tuple(m for i, m in enumerate(both[begin:], start=begin) if isinstance(m, HeardTurn) or i in {begin, last})


def after_strike(kept: Iterable[Memory], tombstone: Tombstone) -> tuple[Memory, ...]:
    """Return what may still be remembered once a stretch of time is struck.

    Where one person's words alone are gone nothing is taken here: only the reader can tell whose they are, and tells
    afresh what is left.
    """
    if tombstone.person is not None:
        return tuple(kept)
    rest = (m if isinstance(m, Marks) else struck_turn(m, tombstone.start, tombstone.end) for m in kept)
    return tuple(memory for memory in rest if memory is not None)


def struck_turn(heard: HeardTurn, start: int, end: int) -> HeardTurn | None:
    """Return what is left of a turn without the samples ``start`` to ``end``; None where nothing is.

    A voice that speaks beyond the range keeps its voiceprint, to tell whose the words beside the range are.
    """
    if end <= heard.start or heard.end <= start:
        return heard
    if start <= heard.start and heard.end <= end:
        return None
    words = heard.recognised
    pieces = tuple(part for piece in heard.voices.pieces for part in _outside(piece, start, end))
    return HeardTurn(
        replace(
            words,
            segments=_spoken_outside(words.segments, start, end),
            unheard=ranges_outside(words.unheard, start, end),
            voiced=ranges_outside(words.voiced, start, end),
        ),
        VoiceTrack(heard.voices.start, heard.voices.end, pieces),
    )


def _spoken_outside(segments: Sequence[Segment], start: int, end: int) -> tuple[Segment, ...]:
    kept = (replace(s, words=tuple(w for w in s.words if w.end <= start or end <= w.start)) for s in segments)
    return tuple(segment for segment in kept if segment.words)


def ranges_outside(ranges: Iterable[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return what of half-open ranges lies outside ``start`` to ``end``."""
    parts = (part for a, b in ranges for part in ((a, min(b, start)), (max(a, end), b)))
    return tuple((a, b) for a, b in parts if a < b)


def _outside(piece: VoicePiece, start: int, end: int) -> tuple[VoicePiece, ...]:
    return tuple(replace(piece, start=a, end=b) for a, b in ranges_outside(((piece.start, piece.end),), start, end))
