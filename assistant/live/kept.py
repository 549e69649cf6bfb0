"""What the app remembers of a session beside the vault: all that the next worker needs to go on after the last one.

Voiceprints are here and in the worker, in memory alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.domain import Entry, PersonId, SessionUpdate, Tombstone, UtteranceId
    from assistant.store.stored import Decision

PROVISIONAL = "t"
"""What the id of an utterance begins with that was told early, for its warnings, and will be told again in full."""


@dataclass(slots=True)
class Kept:
    """Grows with every update, in one thread."""

    processed_to: int = 0
    entries: dict[UtteranceId, Entry] = field(default_factory=dict, repr=False)
    memories: tuple[bytes, ...] = field(default=(), repr=False)
    """What readers have remembered of turns and key presses, in order, as they packed it: only a reader opens it."""
    decisions: tuple[Decision, ...] = ()
    """What keys said before the program was started again: it counts until a reader remembers it."""
    known: frozenset[PersonId] = frozenset()
    """Whose voice can be matched."""
    tombstones: tuple[Tombstone, ...] = ()
    unheard: tuple[tuple[int, int], ...] = ()
    unreadable: tuple[tuple[int, int], ...] = ()
    """Stretches that ended several workers."""
    voiceprints: dict[PersonId, NDArray[np.float32]] = field(default_factory=dict, repr=False)
    """Read aloud tonight, of people who want theirs kept."""

    def apply(self, update: SessionUpdate) -> None:
        """Take in what changed."""
        for gone in update.removed:
            self.entries.pop(gone, None)
        for entry in update.entries:
            self.entries[entry.utterance.id] = entry
        self.processed_to = max(self.processed_to, update.processed_to)
        self.unheard += update.unheard

    def remember(self, memories: bytes, *, afresh: bool) -> None:
        """Take in what a reader remembers; ``afresh``: all that was remembered before is void, and goes."""
        if memories:
            self.memories = (memories,) if afresh else (*self.memories, memories)

    def in_order(self) -> tuple[Entry, ...]:
        """Return all entries by number."""
        return tuple(sorted(self.entries.values(), key=lambda e: e.utterance.number))

    def provisional(self) -> tuple[UtteranceId, ...]:
        """Return the utterances that were told early and not in full yet."""
        return tuple(u for u in self.entries if u.startswith(PROVISIONAL))
