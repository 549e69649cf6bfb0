"""Before the start the facilitator sees which facts somebody here does not know, and nobody else's eyes are needed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.alerts.preflight import unknown_facts
from assistant.domain import FactSource, KnownFact, PersonId

if TYPE_CHECKING:
    from assistant.domain import Group
    from tests.alerts.conftest import Room  # for the type checker alone

MARK, GRACE = PersonId("m6"), PersonId("m3")


def without_mark(group: Group) -> Group:
    """The group on an evening on which Mark stays at home."""
    return replace(group, people=tuple(replace(p, present=p.present and p.id != MARK) for p in group.people))


def test_with_mark_here_graces_earlier_disclosure_appears(room: Room) -> None:
    """Domain rule 7.1: everybody else heard it last week."""
    group = room.memory.group
    with_mark = [f for f in unknown_facts(group) if f.owner == GRACE]
    without = [f for f in unknown_facts(without_mark(group)) if f.owner == GRACE]

    (fact,) = with_mark
    assert fact.unaware == (MARK,)
    assert group.facts[fact.index].text == "miscarried in March 2025"
    assert without == []


def test_what_only_the_facilitator_knows_is_unknown_to_all_but_its_owner(room: Room) -> None:
    """Intake, phone and chart; an absent owner's too."""
    by_owner = {f.owner: f for f in unknown_facts(room.memory.group)}

    assert by_owner[PersonId("m5")].unaware == ("m1", "m2", "m3", "m4", "m6")
    assert by_owner[PersonId("m7")].unaware == ("m1", "m2", "m3", "m4", "m5", "m6")


def test_they_stand_by_owner_in_roster_order_and_quote_nothing(room: Room) -> None:
    """The list may be printed in a log by mistake: there is nothing in it to read."""
    found = unknown_facts(room.memory.group)

    assert [f.owner for f in found] == sorted(f.owner for f in found)
    assert not any(word in repr(found) for word in ("HIV", "miscarried", "arrested", "Grace"))


def test_a_fact_that_all_here_know_is_left_out(room: Room) -> None:
    """A group fact without a list of who was there counts as known."""
    group = room.memory.group
    everybody = tuple(p.id for p in group.people)
    facts = (
        KnownFact(GRACE, "plays the cello", FactSource.GROUP),
        KnownFact(GRACE, "sold her house", FactSource.GROUP, everybody),
    )

    assert unknown_facts(replace(group, facts=facts)) == ()
