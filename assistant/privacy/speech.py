"""One utterance with all that the ownership rules need to know about it: its tree, its names, what was said before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Role, Span
from assistant.privacy import references
from assistant.privacy import vocabulary as v
from assistant.privacy.grammar import Tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Group, Mention, PersonId, Utterance
    from assistant.privacy.parse import Parse, Token
    from assistant.privacy.reading import Reading
    from assistant.privacy.recognisers.roster import RosterMatch
    from assistant.privacy.references import Reference

RECENT = 8
"""How many earlier utterances a pronoun or a fragment may reach back over."""


@dataclass(frozen=True, slots=True)
class Speech:
    """An utterance, read for ownership."""

    utterance: Utterance
    parse: Parse = field(repr=False)
    tree: Tree = field(repr=False)
    group: Group = field(repr=False)
    names: tuple[RosterMatch, ...] = field(repr=False)
    """People of the group by name, the speaker's own name included."""
    mentions: tuple[Mention, ...] = field(repr=False)
    references: tuple[Reference, ...] = field(repr=False)
    before: tuple[Reading, ...] = field(repr=False)
    """All earlier readings, oldest first."""

    @property
    def speaker(self) -> PersonId | None:
        """Who says it; None: unknown."""
        return self.utterance.speaker

    @property
    def from_facilitator(self) -> bool:
        """Whether the facilitator says it."""
        return is_facilitator(self.group, self.speaker)

    @property
    def recent(self) -> tuple[Reading, ...]:
        """The last few readings, latest first."""
        return tuple(reversed(self.before[-RECENT:]))

    def name_at(self, token: Token) -> RosterMatch | None:
        """Return the roster name that a token is part of."""
        return next((n for n in self.names if n.span.overlaps(token.span)), None)

    def outside_name_at(self, token: Token) -> Mention | None:
        """Return the name of somebody who is not on the roster that a token is part of."""
        if self.name_at(token) is not None:
            return None
        return next(
            (m for m in self.mentions if m.type is DisclosureType.PERSON and m.span.overlaps(token.span)),
            None,
        )

    def pointing(self) -> tuple[Span, ...]:
        """Return where the utterance names or points at somebody else present, and where third persons stand."""
        spans = [n.span for n in self.names if n.person is None or n.person != self.speaker]
        spans += [r.span for r in self.references]
        spans += [t.span for t in self.parse.tokens if t.lower in v.THIRD]
        return tuple(spans)


def read_speech(  # noqa: PLR0913, PLR0917 - one value for each thing the rules read; a bundle would only rename them
    utterance: Utterance,
    parse: Parse,
    names: Sequence[RosterMatch],
    mentions: Sequence[Mention],
    before: Sequence[Reading],
    group: Group,
) -> Speech:
    """Gather what the rules need."""
    tree = Tree(parse)
    return Speech(utterance, parse, tree, group, tuple(names), tuple(mentions), references.find(tree), tuple(before))


def is_facilitator(group: Group, person: PersonId | None) -> bool:
    """Whether a person is (one of) the facilitator(s)."""
    return any(p.id == person and p.role is Role.FACILITATOR for p in group.people)
