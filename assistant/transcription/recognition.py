"""What was recognised in one turn: runs of words, each with the signs that speak against it, and what got no words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Word

UNHEARD = samples(0.6)
"""Voiced samples without a word that are worth a line in the coverage report: about two words. Less is a breath, a
backchannel, or the word times being a little off."""

_REACH = samples(0.3)
"""How far the recogniser's word times may be off: field reports say from a syllable to half a second."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words that stand or fall together."""

    words: tuple[Word, ...]
    suspicions: tuple[str, ...] = ()
    """Names of the signs that the words may be invented; empty: none."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """All that was recognised in one turn."""

    segments: tuple[Segment, ...]
    """In order of time. One bad run does not condemn the words around it."""
    unheard: tuple[tuple[int, int], ...] = ()
    """Absolute half-open sample ranges in which a voice was found but no words."""

    @property
    def words(self) -> tuple[Word, ...]:
        """Every word, clear or suspect, in order of time."""
        return tuple(word for segment in self.segments for word in segment.words)

    @property
    def suspicions(self) -> tuple[str, ...]:
        """Every sign that any segment carries, sorted, once each."""
        return tuple(sorted({sign for segment in self.segments for sign in segment.suspicions}))


def unheard(words: Sequence[Word], voiced: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the parts of ``voiced`` longer than ``UNHEARD`` that no word covers.

    Args:
        words: The words of the turn, in order of time.
        voiced: Absolute half-open sample ranges in which a voice was found.
    """
    found: list[tuple[int, int]] = []
    for begin, end in voiced:
        at = begin
        for word in words:
            start, stop = word.start - _REACH, word.end + _REACH
            if stop <= at or start >= end:
                continue
            if start - at > UNHEARD:
                found.append((at, start))
            at = max(at, stop)
        if end - at > UNHEARD:
            found.append((at, end))
    return tuple(found)
