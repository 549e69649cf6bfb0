"""Facts that cross between members are raised, and only those."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.domain import FactSource, KnownFact, PersonId

if TYPE_CHECKING:
    from assistant.domain import Alert
    from tests.alerts.conftest import Room, Rooms  # for the type checker alone


def kinds(alerts: tuple[Alert, ...]) -> set[tuple[str, str]]:
    """Kind and level of each alert."""
    return {(a.kind.value, a.level.value) for a in alerts}


def test_a_members_fact_told_by_another_is_quiet(room: Room) -> None:
    """A member repeating another member's employer: A2, with its owner."""
    (alert,) = room.say(
        "m2", "Bill, getting let go by Tarrant was not your fault", [("Bill", "PERSON", "m5"), ("Tarrant", "ORG", "m5")]
    )

    assert (alert.kind.value, alert.level.value, alert.owner) == ("cross_member", "A2", "m5")


def test_a_members_own_fact_is_no_alert(room: Room) -> None:
    """People may tell their own."""
    assert room.say("m5", "I work at Tarrant", [("Tarrant", "ORG", "m5")]) == ()


def test_a_name_alone_is_no_alert(room: Room) -> None:
    """Using each other's names is what groups do."""
    assert room.say("m5", "May was right, sleep comes first", [("May", "PERSON", "m2")]) == ()


def test_the_facilitator_may_take_up_what_its_owner_told_tonight(room: Room) -> None:
    """Once Bill has spoken of the illness himself, naming it is no slip."""
    room.say("m5", "I have HIV and I wanted you all to know")

    alerts = room.say("f", "Bill, thank you for telling us about the HIV", [("Bill", "PERSON", "m5")])

    assert alerts == ()


@pytest.mark.parametrize("words", ["Bill, how is the HIV treatment going", "Bill, is the virus undetectable now"])
def test_the_facilitator_voicing_an_intake_fact_is_a_banner(words: str, room: Room) -> None:
    """By its own word or by another for the same thing."""
    assert kinds(room.say("f", words, [("Bill", "PERSON", "m5")])) == {("cross_member", "A1")}


def test_a_fact_everybody_knows_from_the_group_is_no_secret(open_room: Rooms) -> None:
    """With known_to complete the room test passes."""
    group = open_room().memory.group
    everybody = tuple(p.id for p in group.people)
    fact = KnownFact(PersonId("m5"), "has HIV", FactSource.GROUP, everybody)
    alerts = open_room(replace(group, facts=(fact,))).say(
        "f", "Bill, how is the HIV treatment", [("Bill", "PERSON", "m5")]
    )

    assert [a for a in alerts if a.rule == "private fact"] == []


@pytest.mark.parametrize(
    "words",
    [
        "I saw May at the gym on Saturday",
        "May and I carpool now",
        "I texted May last night",
        "May gave me a ride home after group",
        "I had lunch with May on Sunday",
        "May is my neighbor",
    ],
)
def test_contact_outside_the_group_is_quiet(words: str, room: Room) -> None:
    """Told as something that happened or happens: A2."""
    assert ("outside_contact", "A2") in kinds(room.say("m1", words, [("May", "PERSON", "m2")]))


@pytest.mark.parametrize(
    "words",
    [
        "Maybe you and May should get a coffee",
        "I saw May nodding when you said that",
        "I agree with May about sleep",
        "It's like May said, you have to ask",
        "May, thank you for telling us",
    ],
)
def test_what_happens_in_the_room_or_is_only_suggested_is_no_contact(words: str, room: Room) -> None:
    """A suggestion, a look across the circle, agreement."""
    assert room.say("m1", words, [("May", "PERSON", "m2")]) == ()


def test_contact_details_offered_are_quiet_and_merely_spoken_ones_are_for_review(room: Room) -> None:
    """The difference is the offer."""
    offered = room.say("m3", "Take my number, it's five five five", [("five five five", "PHONE", "m3")])
    spoken = room.say("m4", "it's five five five", [("five five five", "PHONE", "m4")])

    assert (kinds(offered), kinds(spoken)) == ({("identity", "A2")}, {("identity", "A3")})


def test_the_facilitators_own_address_is_part_of_the_work(room: Room) -> None:
    """Email me if you cannot come."""
    assert room.say("f", "email me at dana at example dot com", [("dana at example dot com", "EMAIL", "f")]) == ()


@pytest.mark.parametrize(
    "words", ["can you turn that off", "I don't want to be recorded", "please stop recording", "I take back my consent"]
)
def test_words_against_the_recording_are_shown(words: str, room: Room) -> None:
    """Consent can be withdrawn at any moment; the prompt is quiet."""
    assert kinds(room.say("m1", words)) == {("consent", "A2")}


@pytest.mark.parametrize("words", ["I can't even switch it off at night", "I cut the grass", "too much screen time"])
def test_everyday_switches_and_screens_are_no_prompt(words: str, room: Room) -> None:
    """Phones, lawns and televisions."""
    assert room.say("m1", words) == ()


def test_a_long_unknown_stretch_is_told_once(room: Room) -> None:
    """Over twenty seconds nobody could be matched: one prompt, then silence until a voice is known again."""
    said = [room.say(None, "and then we went on", seconds=9) for _ in range(4)]

    assert [kinds(alerts) for alerts in said] == [set(), set(), {("unknown_speaker", "A2")}, set()]
