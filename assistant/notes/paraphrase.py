"""Lines that say in other words what another said. A flag for the clinician, not a gate: its AUC is 0.78."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.domain import Severity
from assistant.notes.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.domain import GateFinding, PersonId, Utterance
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage

FEWEST_WORDS = 5
"""Shorter lines are close to everything."""

CLOSE = 0.60
"""Cosine from which a line that is closer to another's words than to the reader's is shown."""

VERY_CLOSE = 0.75
"""Cosine from which even the reader's own words are shown, where another had just said the like."""

RECENT = 12
"""How many utterances back another's words may have prompted the reader's."""


MOST_SENTENCES = 8_000
"""Sentences whose vectors are remembered, 12 MB: those of 90 minutes of speech, and of its notes."""


class SentenceEmbedder(Protocol):
    """Turns sentences into vectors of length 1."""

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return one row per sentence."""
        ...


class Remembered:
    """An embedder that reads no sentence twice: a note is checked before and after striking, and as finished text.

    Args:
        embedder: The embedder.
        most: Sentences that are remembered.
    """

    def __init__(self, embedder: SentenceEmbedder, most: int = MOST_SENTENCES) -> None:
        self._embedder = embedder
        self._rows: Memory[str, NDArray[np.float32]] = Memory(most)

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return one row per sentence."""
        rows = {s: self._rows.get(s) for s in sentences}
        new = [s for s, row in rows.items() if row is None]
        found = dict(zip(new, self._embedder.embed(new), strict=True)) if new else {}
        for sentence, row in found.items():
            self._rows.put(sentence, row.copy())
        known = {s: found[s] if row is None else row for s, row in rows.items()}
        return np.stack([known[s] for s in sentences]) if sentences else self._embedder.embed([])

    def forget(self) -> None:
        """Drop all sentences."""
        self._rows.forget()


@dataclass(frozen=True, slots=True, eq=False)
class Meanings:
    """The vectors of a session's utterances."""

    places: NDArray[np.int64] = field(repr=False)
    """Place of each in the session."""
    speakers: tuple[PersonId | None, ...]
    vectors: NDArray[np.float32] = field(repr=False)


def meanings_of(utterances: Sequence[Utterance], embedder: SentenceEmbedder) -> Meanings:
    """Return the vectors of all utterances that are long enough to mean something."""
    chosen = [(at, u) for at, u in enumerate(utterances) if len(u.text.split()) >= FEWEST_WORDS]
    return Meanings(
        places=np.array([at for at, _ in chosen], dtype=np.int64),
        speakers=tuple(u.speaker for _, u in chosen),
        vectors=embedder.embed([u.text for _, u in chosen]),
    )


def check_paraphrase(
    passages: Iterable[Passage], index: SessionIndex, meanings: Meanings, embedder: SentenceEmbedder
) -> Iterator[GateFinding]:
    """Find lines closer in meaning to another's words than to the reader's, or that follow another's like words."""
    read = [p for p in passages if len(p.tokens) >= FEWEST_WORDS]
    if not read or not len(meanings.places):
        return
    mine = np.array([s is not None and s == index.reader for s in meanings.speakers])
    places = {u.id: at for at, u in enumerate(index.context.utterances)}
    for passage, row in zip(read, embedder.embed([p.text for p in read]) @ meanings.vectors.T, strict=True):
        others = np.where(mine, -1.0, row)
        nearest = int(others.argmax())
        own = float(np.where(mine, row, -1.0).max())
        said = [places[e] for e in passage.evidence or () if e in places]
        before = [
            int(at) for p in said for at in np.flatnonzero((meanings.places < p) & (meanings.places >= p - RECENT))
        ]
        prompted = max((float(others[at]) for at in before), default=-1.0)
        if (others[nearest] >= CLOSE and others[nearest] > own) or prompted >= VERY_CLOSE:
            yield passage.finding("close to another's words", meanings.speakers[nearest], Severity.REVIEW)
