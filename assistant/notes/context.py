"""What the gate holds a note against: everything that was said in the session, by whom, and whose each fact is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.domain import DisclosureType, Findings, Group, Person, PersonId, Utterance


@dataclass(frozen=True, slots=True)
class GateContext:
    """One session as one reader's note is checked against it."""

    reader: PersonId | None
    """Whose note it is; None: the group's part, in which everybody is another."""
    group: Group
    utterances: tuple[Utterance, ...] = field(repr=False)
    """All of the session, in order."""
    findings: tuple[Findings, ...] = field(repr=False)
    """Of the same utterances, in any order."""

    def same_session(self, other: GateContext) -> bool:
        """Whether another reader's context holds the same session."""
        # Tuples of the same objects compare fast: identity is looked at first.
        return self.utterances == other.utterances and self.findings == other.findings and self.group == other.group

    @property
    def others(self) -> tuple[Person, ...]:
        """Everybody on the roster, absent or present, who is not the reader."""
        return tuple(p for p in self.group.people if p.id != self.reader)


@dataclass(frozen=True, slots=True)
class Surface:
    """How a fact was said, by or about whom, and when first."""

    words: tuple[str, ...] = field(repr=False)
    """As compared: folded words, numbers in digits."""
    type: DisclosureType
    owner: PersonId | None
    """None: unknown, said by somebody who is not the reader."""
    first: int
    """Place in the session of the first utterance that said it."""
