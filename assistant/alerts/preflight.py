"""Before the start, for the facilitator alone: the known facts that somebody here tonight does not know (rule 7.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.alerts.audience import missed_by, unaware_of

if TYPE_CHECKING:
    from assistant.alerts.memory import SessionMemory
    from assistant.domain import Group, PersonId


@dataclass(frozen=True, slots=True)
class UnknownFact:
    """A fact that somebody in the room does not know. It points at the fact and repeats nothing of it."""

    owner: PersonId
    index: int
    """Which of the group's facts: ``group.facts[index]``."""
    unaware: tuple[PersonId, ...]
    """The members here, other than its owner, who do not know it from the group; in roster order."""


def unknown_facts(group: Group) -> tuple[UnknownFact, ...]:
    """Return the facts that some members present do not know, by owner in roster order; absent owners' too."""
    order = {person.id: number for number, person in enumerate(group.people)}
    found = [
        UnknownFact(fact.owner, index, unaware)
        for index, fact in enumerate(group.facts)
        if (unaware := unaware_of(fact, group))
    ]
    return tuple(sorted(found, key=lambda f: order[f.owner]))


def missed_tonight(memory: SessionMemory, person: PersonId) -> tuple[PersonId, ...]:
    """Return the members who told something of themselves tonight before a person came, each once, in roster order."""
    owners = {told.owner for told in memory.tonight if person in missed_by(told, memory)}
    return tuple(p.id for p in memory.group.people if p.id in owners)
