"""What the language pipeline saw in one utterance, as plain values that every detector and rule reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.domain import Span


@dataclass(frozen=True, slots=True)
class Token:
    """One token of the parse (spaCy's English scheme: ClearNLP dependency labels, universal part of speech)."""

    index: int
    span: Span
    text: str = field(repr=False)
    """As in the original text, whatever its case."""
    lower: str = field(repr=False)
    lemma: str = field(repr=False)
    pos: str
    tag: str
    dep: str
    head: int
    """Index of the head token; a root points at itself."""
    sentence: int
    """Number of the sentence, from 0."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity of the language pipeline."""

    span: Span
    label: str
    """spaCy's OntoNotes label (PERSON, ORG, GPE, DATE …)."""


@dataclass(frozen=True, slots=True)
class Parse:
    """The parse of one utterance; offsets are into the utterance's own text."""

    text: str = field(repr=False)
    tokens: tuple[Token, ...] = field(repr=False)
    entities: tuple[Entity, ...] = ()
    sentences: tuple[Span, ...] = ()

    def children(self, index: int) -> tuple[Token, ...]:
        """Return the direct dependents of a token, in order."""
        return tuple(t for t in self.tokens if t.head == index and t.index != index)

    def subtree(self, index: int) -> tuple[Token, ...]:
        """Return a token and all that depends on it, in order."""
        inside = {index}
        grew = True
        while grew:
            more = {t.index for t in self.tokens if t.head in inside and t.index not in inside}
            grew = bool(more)
            inside |= more
        return tuple(t for t in self.tokens if t.index in inside)

    def within(self, span: Span) -> tuple[Token, ...]:
        """Return the tokens that overlap a span, in order."""
        return tuple(t for t in self.tokens if t.span.overlaps(span))
