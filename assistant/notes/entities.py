"""What a named-entity detector still sees in the finished text; it is handed in, so no code is shared with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Severity
from assistant.notes.figures import placed_figures
from assistant.notes.lexicon import FUNCTION, RELATIVE_TIME, is_ordinary
from assistant.notes.memory import Memory
from assistant.notes.names import stands_as_name
from assistant.notes.passages import PassageKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from assistant.domain import GateFinding
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage


KINDRED = frozenset({"mam", "nan", "nanna", "gran", "nonna", "abuela", "abuelo", "oma", "opa", "mum", "mummy", "papa"})
"""What people call their own with a capital; it names nobody."""
OATHS = frozenset({"pete", "christ", "god"})
"""Names in oaths ("for Pete's sake"), where nobody on the roster bears them."""
SMALL = 2
"""Digits of a number that tells nothing: "ten years ago", "twelve hours"."""
MOST_TEXTS = 10_000
"""Lines that are remembered: all of a session of 90 minutes in every form in which its notes are read."""


@dataclass(frozen=True, slots=True)
class RawFinding:
    """What a detector that knows nothing of the session saw, in code points of the text it was given."""

    start: int
    end: int
    type: str
    """The detector's own word for it; ``PERSON`` for a person."""
    score: float


class RememberedScan:
    """A detector that reads no text twice; where it failed it is asked again.

    Args:
        scan: The detector.
        most: Texts that are remembered.
    """

    def __init__(self, scan: Callable[[str], Sequence[RawFinding]], most: int = MOST_TEXTS) -> None:
        self._scan = scan
        self._known: Memory[str, tuple[RawFinding, ...]] = Memory(most)

    def __call__(self, text: str) -> tuple[RawFinding, ...]:
        """Return what it sees in a text."""
        found = self._known.get(text)
        if found is None:
            found = tuple(self._scan(text))
            self._known.put(text, found)
        return found

    def forget(self) -> None:
        """Drop all texts."""
        self._known.forget()


def check_entities(passage: Passage, raw: Iterable[RawFinding], index: SessionIndex) -> Iterator[GateFinding]:
    """Find entities that are not the reader's own.

    A person that is neither the reader nor anybody of the reader's is refused; an outsider's name that redaction
    missed, and any other entity that the reader is not known to own, are for review.
    """
    own_names = index.own_names.words.keys()
    owned = index.own_fact_words.keys()
    outsiders = {w for s in index.own_surfaces if s.type is DisclosureType.PERSON for w in s.words} - own_names
    roster = index.other_names.words.keys()
    harmless = (KINDRED | _sworn(passage)) - roster
    placed = placed_figures(passage.tokens)
    for found in raw:
        inside = [
            (word, at)
            for word, at in placed
            if passage.tokens[at].start < found.end and found.start < passage.tokens[at].end
        ]
        telling = [
            (word, at)
            for word, at in inside
            if word not in {*owned, *own_names, *FUNCTION, *RELATIVE_TIME, *harmless}
            and not passage.tokens[at].bracketed
        ]
        if found.type == "PERSON":
            if any(not is_ordinary(word) for word, _ in telling):
                # A clinician may have to name a doctor; whom another member named is that one's fact.
                by_hand = passage.kind is PassageKind.CLINICIAN
                yield passage.finding("a person's name", None, Severity.REVIEW if by_hand else Severity.REFUSE)
            elif any(stands_as_name(passage.tokens, at) for _, at in telling) or any(w in outsiders for w, _ in inside):
                yield passage.finding("a person's name", None, Severity.REVIEW)
        elif any(not is_ordinary(word) and (not word.isdigit() or len(word) > SMALL) for word, _ in telling):
            yield passage.finding(f"raw {found.type}", None, Severity.REVIEW)


def _sworn(passage: Passage) -> frozenset[str]:
    """Return the names that stand in an oath: between "for" and "sake"."""
    words = [t.plain for t in passage.tokens]
    return frozenset(
        word
        for i, word in enumerate(words)
        if word in OATHS and words[i - 1 : i] == ["for"] and "sake" in words[i + 1 : i + 2]
    )
