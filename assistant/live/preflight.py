"""What the facilitator knows and some people here tonight do not (domain rule 7.1), with its words, for the screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.alerts import preflight

if TYPE_CHECKING:
    from assistant.domain import Group, PersonId


@dataclass(frozen=True, slots=True)
class UnknownFact:
    """A fact that somebody here tonight does not know."""

    owner: PersonId
    text: str = field(repr=False)
    unaware: tuple[PersonId, ...] = ()


def unknown_facts(group: Group) -> tuple[UnknownFact, ...]:
    """Return what somebody here tonight does not know, in the order of the group file."""
    return tuple(
        UnknownFact(found.owner, group.facts[found.index].text, tuple(found.unaware))
        for found in preflight.unknown_facts(group)
    )
