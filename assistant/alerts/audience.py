"""Who in the room has not heard something: of a known fact, and of what was told tonight. No rule, only attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import FactSource

if TYPE_CHECKING:
    from assistant.alerts.memory import SessionMemory, ToldTonight
    from assistant.domain import Group, KnownFact, PersonId


def unaware_of(fact: KnownFact, group: Group) -> tuple[PersonId, ...]:
    """Return the members present, other than its owner, who do not know a fact from the group."""
    # A group fact with no list of who was there is taken as known to everybody.
    if fact.source is FactSource.GROUP and not fact.known_to:
        return ()
    return tuple(p.id for p in group.members_present if p.id != fact.owner and p.id not in fact.known_to)


def missed_by(told: ToldTonight, memory: SessionMemory) -> tuple[PersonId, ...]:
    """Return the members here now who were not in the room when something was told."""
    return tuple(p.id for p in memory.group.members_present if p.id != told.owner and p.id not in told.heard_by)
