"""A known fact is recognised in other words, and only where its owner is meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.domain import FactSource, KnownFact, PersonId

if TYPE_CHECKING:
    from tests.alerts.conftest import Room, Rooms  # for the type checker alone

FACTS = (
    KnownFact(PersonId("m3"), "was attacked by her swimming coach at seventeen", FactSource.INDIVIDUAL),
    KnownFact(PersonId("m5"), "lost the bakery to gambling", FactSource.INTAKE),
    KnownFact(PersonId("m4"), "pushed her husband in an argument last winter", FactSource.CHART),
    KnownFact(
        PersonId("m2"),
        "sister drowned in the flood in Ashford",
        FactSource.GROUP,
        tuple(map(PersonId, ("f", "m1", "m2", "m3"))),
    ),
    KnownFact(PersonId("m1"), "deadname Jasper", FactSource.CHART),
)


@pytest.fixture
def told(open_room: Rooms) -> Room:
    """A room whose facilitator knows ``FACTS``."""
    return open_room(replace(open_room().memory.group, facts=FACTS))


def raised(room: Room, speaker: str, words: str, *named: tuple[str, str]) -> list[tuple[str, str | None]]:
    """Level and owner of facts that cross."""
    alerts = room.say(speaker, words, [(name, "PERSON", owner) for name, owner in named])
    return [(a.level.value, a.owner) for a in alerts if a.rule in {"private fact", "fact not known to all"}]


@pytest.mark.parametrize(
    "words",
    [
        "And after what happened with the coach, that must bring a lot up.",
        "Was it like that when you were attacked?",
        "You were seventeen, and it was your coach, so of course.",
    ],
)
def test_a_slip_right_after_the_owner_spoke(words: str, told: Room) -> None:
    """Nobody is named; the answer goes to whoever spoke."""
    told.say("m3", "I sleep with the light on these days")

    assert raised(told, "f", words) == [("A1", "m3")]


@pytest.mark.parametrize(
    ("words", "named", "owner"),
    [
        ("Bill, I'm thinking of the bakery and the betting", "Bill", "m5"),
        ("Hope, I know things got physical last winter", "Hope", "m4"),
        ("Because I know last winter was violent at home, Hope", "Hope", "m4"),
    ],
)
def test_a_slip_in_other_words_with_the_owner_named(words: str, named: str, owner: str, told: Room) -> None:
    """By concept, season and place."""
    assert raised(told, "f", words, (named, owner)) == [("A1", owner)]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Bill, did you drive past a bakery?", [("Bill", "m5")]),
        ("Hope, was it a hard winter?", [("Hope", "m4")]),
        ("Grace, you said you like swimming", [("Grace", "m3")]),
        ("Thank you, Hope. What did your husband say?", [("Hope", "m4")]),
        ("Coaching helps some people, and so do seventeen other things", []),
        ("Does anyone want to say something about gambling?", []),
    ],
)
def test_one_common_word_is_no_slip(words: str, named: list[tuple[str, str]], told: Room) -> None:
    """A season, a kin word or an everyday noun by itself, or a subject with nobody pointed at."""
    assert raised(told, "f", words, *named) == []


def test_what_the_owner_told_tonight_is_no_slip(told: Room) -> None:
    """Then it is theirs to be asked about, the whole of it."""
    told.say("m5", "I lost the bakery, I gambled it all away")

    assert raised(told, "f", "Bill, how long after the gambling was that?", ("Bill", "m5")) == []


@pytest.mark.parametrize(
    "words",
    ["Her sister. In the flood. She told us.", "She had a sister, she drowned, you weren't here, Hope"],
)
def test_a_member_retelling_by_pronoun_before_somebody_new(words: str, told: Room) -> None:
    """X2: quiet, with its owner."""
    told.say("m2", "I could not go near the water")

    assert raised(told, "m1", words, *([("Hope", "m4")] if "Hope" in words else [])) == [("A2", "m2")]


@pytest.mark.parametrize(
    "words", ["My sister lives near Leeds", "She said the water was cold", "I like floods of light"]
)
def test_a_pronoun_with_little_in_common_is_nothing(words: str, told: Room) -> None:
    """One weak sign is not enough where nobody is named."""
    told.say("m2", "I could not go near the water")

    assert raised(told, "m1", words) == []


@pytest.mark.parametrize(("speaker", "level"), [("f", "A1"), ("m5", "A2")])
def test_a_former_name_is_a_fact_by_itself(speaker: str, level: str, told: Room) -> None:
    """Nobody need be pointed at: the name points."""
    assert raised(told, speaker, "Jasper, sorry, I mean, go on") == [(level, "m1")]


def test_a_subject_of_the_evening_is_no_sign_of_a_fact(told: Room) -> None:
    """After several members spoke of betting, asking Bill about it in general is no slip."""
    told.say("m3", "I used to gamble a lot")
    told.say("m4", "me too, the casino every night")

    assert raised(told, "f", "Bill, what do you make of the gambling talk?", ("Bill", "m5")) == []
