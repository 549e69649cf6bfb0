"""What the app remembers of a session beside the vault: all that the next worker needs to go on after the last one.

Voiceprints are here and in the worker, in memory alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.domain import Entry, PersonId, SessionUpdate, Tombstone, UtteranceId
    from assistant.live.messages import Packed
    from assistant.store.stored import Decision

PROVISIONAL = "t"
"""What the id of an utterance begins with that was told early, for its warnings, and will be told again in full."""


@dataclass(slots=True)
class Kept:
    """Grows with every update, in one thread."""

    processed_to: int = 0
    entries: dict[UtteranceId, Entry] = field(default_factory=dict, repr=False)
    memories: tuple[Packed, ...] = ()
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

    def remember(self, memories: tuple[Packed, ...], *, afresh: bool) -> None:
        """Take in what a reader remembers; ``afresh``: all that was remembered before is void, and goes."""
        if memories:
            self.memories = memories if afresh else (*self.memories, *memories)

    def in_order(self) -> tuple[Entry, ...]:
        """Return all entries by number."""
        return tuple(sorted(self.entries.values(), key=lambda e: e.utterance.number))

    def take_back(self, tombstone: Tombstone) -> tuple[UtteranceId, ...]:
        """Let go of what is remembered of turns that reach into a stretch of time; their entries are the caller's.

        A worker that lives remembers what is left of them and says so. Where it dies first, their voices are heard
        again from the sound.

        Returns:
            The utterances of such turns that were told early, and not in full yet.
        """
        self.tombstones += (tombstone,)
        start, end = tombstone.start, tombstone.end
        self.memories = outside(self.memories, (tombstone,))
        early = ((u, e.utterance) for u, e in self.entries.items() if u.startswith(PROVISIONAL))
        # They are numbered by the millisecond at which their turn begins.
        return tuple(u for u, said in early if said.number * SAMPLE_RATE // 1000 < end and start < said.end)


def outside(memories: Iterable[Packed], tombstones: Sequence[Tombstone]) -> tuple[Packed, ...]:
    """Return what is remembered of no turn that reaches into one of the tombstones."""
    return tuple(m for m in memories if not any(m.start < t.end and t.start < m.end for t in tombstones))
