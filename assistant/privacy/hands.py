"""What a person decided about words, as the rules of privacy take it: beside the rules, never instead of a check.

A clinician may let a clause of the reader's own in, keep words out, and say that a detector took a word for a fact that
it is not. Redaction still runs inside what is let in, and the last gate reads it like any other line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import Span
from assistant.privacy.words import fold, words_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from assistant.domain import DisclosureType, Group, UtteranceId
    from assistant.privacy.reading import Clause


@dataclass(frozen=True, slots=True)
class Hands:
    """What was decided for one reader's note. Spans are of the utterances as they are read."""

    released: frozenset[tuple[UtteranceId, Span]] = frozenset()
    hidden: frozenset[tuple[UtteranceId, Span]] = frozenset()

    def releases(self, utterance: UtteranceId, clause: Clause, text: str) -> bool:
        """Whether somebody let all of a clause in."""
        words = trimmed(clause.span, text)
        return any(of == utterance and span.contains(words) for of, span in self.released)

    def hides(self, utterance: UtteranceId, clause: Clause) -> tuple[Span, ...]:
        """Return what of a clause somebody wants kept out."""
        return tuple(
            Span(max(span.start, clause.span.start), min(span.end, clause.span.end))
            for of, span in sorted(self.hidden)
            if of == utterance and span.overlaps(clause.span)
        )

    def without(self, utterances: Container[UtteranceId]) -> Hands:
        """Return the same, with nothing of some utterances let in."""
        return Hands(frozenset(one for one in self.released if one[0] not in utterances), self.hidden)


NO_HANDS = Hands()


@dataclass(frozen=True, slots=True)
class Dismissed:
    """What is no fact, whatever a detector says."""

    places: tuple[tuple[Span, DisclosureType], ...] = ()
    """Of one utterance."""
    words: frozenset[tuple[str, DisclosureType]] = field(default=frozenset(), repr=False)
    """Folded words that are none in this group at all."""

    def here(self, span: Span, type_: DisclosureType) -> bool:
        """Whether a person said so of this place."""
        return any(type_ is kind and span.overlaps(place) for place, kind in self.places)

    def holds(self, text: str, span: Span, type_: DisclosureType) -> bool:
        """Whether what was found at a span of a text is none."""
        return self.here(span, type_) or (bool(self.words) and (folded(span.of(text)), type_) in self.words)


NOTHING_DISMISSED = Dismissed()


def folded(surface: str) -> str:
    """Return words as they are compared: folded, one space between them."""
    return " ".join(fold(w.bare) for w in words_of(surface))


def on_roster(surface: str, group: Group) -> bool:
    """Whether a word of a surface is a part of anybody's name or alias: it can be dismissed at a place alone."""
    names = {part for person in group.people for name in (person.name, *person.aliases) for part in _parts(name)}
    return any(part in names for part in _parts(surface))


def trimmed(span: Span, text: str) -> Span:
    """Return a span without the blanks at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - (len(words) - len(words.rstrip()))))


def covered(span: Span, by: Iterable[Span], text: str) -> bool:
    """Whether everything at a span but blanks and marks lies in other spans."""
    parts = tuple(by)
    return all(
        any(part.start <= at < part.end for part in parts) for at in range(span.start, span.end) if text[at].isalnum()
    )


def _parts(surface: str) -> tuple[str, ...]:
    return tuple(fold(w.bare) for w in words_of(surface))
