"""What was told tonight before somebody came is not theirs to hear from others; who left counts as away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.alerts.preflight import missed_tonight
from assistant.domain import FactSource, KnownFact, PersonId

if TYPE_CHECKING:
    from assistant.domain import Alert
    from tests.alerts.conftest import Room, Rooms  # for the type checker alone

MARK, GRACE, HOPE, BILL = (PersonId(p) for p in ("m6", "m3", "m4", "m5"))
GRACE_TOLD = "I had a miscarriage in March and I am on lithium since"


def crossing(alerts: tuple[Alert, ...]) -> list[tuple[str, str | None]]:
    """Level and owner of what crosses between members."""
    return [(a.level.value, a.owner) for a in alerts if a.kind.value == "cross_member"]


@pytest.fixture
def early_evening(open_room: Rooms) -> Room:
    """A room without Mark, in which Grace told something of herself."""
    group = open_room().memory.group
    people = tuple(replace(p, present=p.present and p.id != MARK) for p in group.people)
    room = open_room(replace(group, people=people, facts=()))
    room.say("m3", GRACE_TOLD)
    return room


def arrive(room: Room, person: PersonId) -> None:
    """Somebody comes in, or comes back, now."""
    room.attend(replace(room.memory.group.person(person), present=True, present_from=room.now, present_until=None))


def leave(room: Room, person: PersonId) -> None:
    """Somebody goes now."""
    room.attend(replace(room.memory.group.person(person), present_until=room.now))


@pytest.mark.parametrize(("speaker", "level"), [("f", "A1"), ("m4", "A2"), (None, "A2")])
def test_repeating_it_before_somebody_who_came_later_is_told(
    speaker: str | None, level: str, early_evening: Room
) -> None:
    """X2 within one evening: loud from the facilitator, quiet from anybody else."""
    arrive(early_evening, MARK)

    alerts = early_evening.say(
        speaker, "Grace, after the miscarriage and with the lithium, that is a lot", [("Grace", "PERSON", "m3")]
    )

    assert crossing(alerts) == [(level, GRACE)]


def test_before_those_who_heard_it_the_facilitator_may_take_it_up(early_evening: Room) -> None:
    """Nobody new is here."""
    words = "Grace, after the miscarriage and with the lithium, that is a lot"

    assert crossing(early_evening.say("f", words, [("Grace", "PERSON", "m3")])) == []


def test_its_owner_may_tell_it_again_and_then_it_is_known(early_evening: Room) -> None:
    """What she tells before Mark is no secret from him any more."""
    arrive(early_evening, MARK)

    again = early_evening.say("m3", "As I said, the miscarriage was in March and I take lithium now")
    after = early_evening.say(
        "f", "Grace, after the miscarriage and with the lithium, that is a lot", [("Grace", "PERSON", "m3")]
    )

    assert (crossing(again), crossing(after)) == ([], [])


def test_a_greeting_by_name_repeats_nothing(early_evening: Room) -> None:
    """A name alone, or an everyday word, is no fact."""
    arrive(early_evening, MARK)

    for words in ("Grace, do you want to go on?", "Grace, was it hard in March?", "Thank you, Grace. Hello Mark"):
        assert crossing(early_evening.say("f", words, [("Grace", "PERSON", "m3")])) == []


def test_who_went_out_and_came_back_missed_what_was_told_meanwhile(early_evening: Room) -> None:
    """And knows what was told before."""
    leave(early_evening, HOPE)
    early_evening.say("m5", "I was arrested for shoplifting last year")
    arrive(early_evening, HOPE)

    old = early_evening.say(
        "f", "Grace, after the miscarriage and with the lithium, that is a lot", [("Grace", "PERSON", "m3")]
    )
    new = early_evening.say("f", "Bill, after that arrest it cannot be easy", [("Bill", "PERSON", "m5")])

    assert (crossing(old), crossing(new)) == ([], [("A1", BILL)])
    assert missed_tonight(early_evening.memory.as_of(early_evening.now), HOPE) == (BILL,)


def test_a_known_fact_told_again_tonight_stays_unknown_to_who_comes_later(open_room: Rooms) -> None:
    """Bill spoke of it himself, before Mark came: the facilitator may not pass it on to Mark."""
    group = open_room().memory.group
    fact = KnownFact(BILL, "has HIV", FactSource.GROUP, tuple(p.id for p in group.people if p.id != MARK))
    people = tuple(replace(p, present=p.present and p.id != MARK) for p in group.people)
    room = open_room(replace(group, people=people, facts=(fact,)))
    room.say("m5", "I have HIV and I wanted you all to know")
    before = room.say("f", "Bill, thank you for telling us about the HIV", [("Bill", "PERSON", "m5")])

    arrive(room, MARK)
    after = room.say("f", "Bill, thank you for telling us about the HIV", [("Bill", "PERSON", "m5")])

    assert (crossing(before), crossing(after)) == ([], [("A1", BILL)])


def test_who_has_left_is_somebody_not_here(early_evening: Room) -> None:
    """Talk about them is loud from then on, and was no matter before."""
    words, tags = "Hope told me she walked out on her kids", [("Hope", "PERSON", "m4")]
    before = early_evening.say("m5", words, tags)
    leave(early_evening, HOPE)
    after = early_evening.say("m5", words, tags)

    assert "absent_member" not in {a.kind.value for a in before}
    assert ("absent_member", "A1", "m4") in {(a.kind.value, a.level.value, a.owner) for a in after}


def test_nothing_told_tonight_stands_in_the_memorys_repr(early_evening: Room) -> None:
    """It may end in a traceback."""
    assert "miscarr" not in repr(early_evening.memory)
    assert "lithium" not in repr(early_evening.memory)
