"""Talk about somebody who is not here is loud when it tells something, quiet when it only names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from assistant.domain import Alert
    from tests.alerts.conftest import Room  # for the type checker alone

TOMAS = [("Tomás", "PERSON", "m7")]


def absent(alerts: tuple[Alert, ...]) -> list[tuple[str, str | None]]:
    """Level and owner of what is said about an absent member."""
    return [(a.level.value, a.owner) for a in alerts if a.kind.value == "absent_member"]


@pytest.mark.parametrize(
    "words",
    [
        "where is Tomás tonight",
        "Where's Tomás? He was going to bring the cards",
        "Has anybody heard from Tomás?",
        "Is Tomás coming back next week?",
        "I miss Tomás",
        "It's quiet without Tomás",
        "Tomás isn't here again",
    ],
)
def test_a_name_or_a_question_is_quiet(words: str, room: Room) -> None:
    """Nothing is told: the facilitator sees it at the side, never nothing."""
    assert absent(room.say("m1", words, TOMAS)) == [("A2", "m7")]


@pytest.mark.parametrize(
    "words",
    [
        "Let's leave Tomás out of it, he can tell us himself",
        "We'll leave that with Tomás",
        "Tomás can't be here tonight",
        "Tomás sends his regards",
        "I won't speak for Tomás",
    ],
)
def test_the_facilitator_closing_the_subject_is_quiet(words: str, room: Room) -> None:
    """Doing the right thing is no banner."""
    assert absent(room.say("f", words, TOMAS)) == [("A2", "m7")]


@pytest.mark.parametrize(
    "words",
    [
        "Tomás phoned, he's in a bad way",
        "Tomás is not here because of his court case",
        "Tomás is in hospital this week",
        "Tomás has left the group",
    ],
)
def test_the_facilitator_giving_the_reason_is_a_banner(words: str, room: Room) -> None:
    """The reason for an absence is the absent person's to give."""
    assert absent(room.say("f", words, TOMAS)) == [("A1", "m7")]


@pytest.mark.parametrize(
    "words",
    [
        "I heard Tomás got thrown out of his flat",
        "Somebody told me Tomás is seeing that girl again",
        "I saw Tomás outside the arcade on Friday",
        "Tomás's wife called me last night",
        "Tomás told me he hates coming here",
        "Has anyone seen Tomás? My cousin says it all went wrong at his work",
        "Tomás walked out on his kids",
    ],
)
def test_hearsay_and_behaviour_are_a_banner(words: str, room: Room) -> None:
    """No typed fact is needed."""
    assert absent(room.say("m1", words, TOMAS)) == [("A1", "m7")]


@pytest.mark.parametrize(
    "words",
    [
        "He's not doing great. His sister told my neighbour he moved out",
        "He got arrested, that's all I know",
        "I ran into his dad. He's on oxycodone again",
    ],
)
def test_a_pronoun_right_after_the_name_stands_for_it(words: str, room: Room) -> None:
    """The answer to the question is where the telling happens."""
    room.say("m1", "where is Tomás tonight", TOMAS)

    assert absent(room.say("m2", words)) == [("A1", "m7")]


@pytest.mark.parametrize(
    "words",
    ["My brother is in hospital, he got hurt", "I don't know", "Can we start?", "The wife's got a cold, she's at home"],
)
def test_the_next_turn_about_somebody_else_is_none(words: str, room: Room) -> None:
    """A pronoun that the speaker's own relative explains."""
    room.say("m1", "where is Tomás tonight", TOMAS)

    assert absent(room.say("m2", words)) == []
