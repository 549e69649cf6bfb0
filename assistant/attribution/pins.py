"""What a person said by a key: these samples are somebody's. It stands above every voice."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.attribution.tracks import VoicePiece
    from assistant.domain import PersonId


@dataclass(frozen=True, slots=True)
class Pin:
    """Half-open samples that a key gave to a person. Ids and times alone: no words, no voiceprint."""

    start: int
    end: int
    person: PersonId
    letter: str | None = None
    """Set where it follows from naming this anonymous voice; None: the very words that the key was pressed for."""
    contested: bool = False
    """Whether words that were nobody's are meant too: the key was pressed for an utterance of nobody's."""

    def holds(self, start: int, end: int) -> bool:
        """Whether more than half of the samples lie inside."""
        return 2 * (min(end, self.end) - max(start, self.start)) > end - start


class PinBoard:
    """All pins of a session, found by their place however many there are.

    Args:
        pins: In the order in which they were set.
    """

    def __init__(self, pins: Iterable[Pin] = ()) -> None:
        order = sorted(enumerate(pins), key=lambda numbered: numbered[1].start)
        self._order = [(number, pin) for number, pin in order]
        self._starts = [pin.start for _, pin in order]
        self._longest = max((pin.end - pin.start for _, pin in order), default=0)

    def __bool__(self) -> bool:
        return bool(self._order)

    def of(self, piece: VoicePiece) -> Pin | None:
        """Return the pin that holds a piece: the latest set for its very words, else the latest of its voice."""
        first = bisect_left(self._starts, piece.start - self._longest)
        last = bisect_left(self._starts, piece.end)
        holding = [(number, pin) for number, pin in self._order[first:last] if pin.holds(piece.start, piece.end)]
        return max(holding, key=lambda held: (held[1].letter is None, held[0]))[1] if holding else None
