"""One utterance as the house has understood it: its parse, its clauses, and what is private in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.domain import DisclosureType, Findings, Owner, PersonId, Span, Utterance
    from assistant.privacy.parse import Parse


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch that says one thing, and whom it is about. Clauses of an utterance do not overlap and cover it."""

    span: Span
    about: Owner
    """Whose state of affairs the clause tells; unknown where the rules cannot say."""
    refers_to: frozenset[PersonId] = frozenset()
    """Other people on the roster (present or absent) whom it names or clearly points at."""
    refers_unnamed: bool = False
    """Whether it points at some other participant whom the rules cannot name ("same as him", "the woman before me")."""
    why: str = ""
    """Which rule decided, never which words."""
    loose: tuple[Span, ...] = ()
    """Third-person pronouns that stand for nobody the speaker brought up: they may mean somebody present."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known about one utterance."""

    utterance: Utterance
    parse: Parse = field(repr=False)
    clauses: tuple[Clause, ...]
    findings: Findings
    addressed: PersonId | None = None
    """The person the utterance speaks to ("you"), where the rules can say."""
    dismissed: tuple[tuple[Span, DisclosureType], ...] = ()
    """What was taken for a fact here and is none, as a person said."""
