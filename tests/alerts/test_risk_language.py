"""Explicit risk language is raised, talk that only sounds like it is not, and context lowers without deleting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.domain import AlertLevel, UtteranceStatus

if TYPE_CHECKING:
    from tests.alerts.conftest import Room, Rooms  # for the type checker alone

HERE = Path(__file__).parent
BENIGN = (HERE / "benign_lines.txt").read_text(encoding="utf-8").splitlines()
EXPLICIT = [
    line.split(" ", 2)
    for line in (HERE / "explicit_risk.txt").read_text(encoding="utf-8").splitlines()
    if line[0] != "#"
]


def bare(text: str) -> str:
    """As a recogniser without punctuation writes it, apostrophes gone too."""
    return "".join(c for c in text.lower() if c.isalnum() or c == " ")


@pytest.mark.parametrize("form", [str, bare], ids=["written", "bare"])
@pytest.mark.parametrize(("kind", "level", "words"), EXPLICIT, ids=[words for _, _, words in EXPLICIT])
def test_explicit_language_is_raised_at_its_level(
    kind: str, level: str, words: str, form: type[str], room: Room
) -> None:
    """Every tier, affirmed, lowered by context or denied, comes out at the level the domain rules give it."""
    found = {a.kind.value: a.level.value for a in room.say("m1", form(words))}

    assert found.get(kind) == level


@pytest.mark.parametrize("form", [str, bare], ids=["written", "bare"])
def test_benign_talk_raises_no_banner(form: type[str], open_room: Rooms) -> None:
    """Two hundred lines of work, sport, gardens and idioms raise not one A1 alert."""
    raised = [
        number for number, line in enumerate(BENIGN) if any(a.level == "A1" for a in open_room().say("m1", form(line)))
    ]

    assert len(BENIGN) >= 150
    assert raised == []


def test_an_idiom_is_no_comfort_when_an_ambiguous_intent_follows(room: Room) -> None:
    """The idiom raises nothing; an ambiguous intent right after it is a banner."""
    first = room.say("m6", "this job is killing me")
    second = room.say("m6", "maybe I should finish it")

    assert first == ()
    assert [(a.kind, a.level) for a in second] == [("risk_self", "A1")]


def test_the_same_ambiguous_words_alone_go_to_the_side_panel(room: Room) -> None:
    """Nothing dark before: A2."""
    assert [a.level for a in room.say("m6", "maybe I should finish it")] == [AlertLevel.A2]


@pytest.mark.parametrize(("words", "level"), [("I'm not suicidal", "A3"), ("I'm not *not* suicidal", "A1")])
def test_a_double_denial_denies_nothing(words: str, level: str, room: Room) -> None:
    """One "not" lowers to review, two do not."""
    assert [a.level.value for a in room.say("m2", words)] == [level]


def test_one_sign_of_grave_need_is_quiet_and_two_are_not(room: Room) -> None:
    """Signs add up over the last turns of one speaker."""
    first = room.say("m6", "I haven't eaten since Friday")
    second = room.say("m6", "I'm sleeping at the bus station")

    assert [a.level.value for a in (*first, *second)] == ["A2", "A1"]


def test_the_facilitators_question_is_for_review_only(room: Room) -> None:
    """Asking about suicide is the facilitator's work, not a disclosure."""
    alerts = room.say("f", "are you thinking about killing yourself")

    assert [a.level.value for a in alerts] == ["A3"]


@pytest.mark.parametrize("status", [UtteranceStatus.SUSPECT, UtteranceStatus.STRUCK])
def test_suspect_and_struck_words_raise_nothing_and_leave_no_trace(status: UtteranceStatus, room: Room) -> None:
    """What may be invented, or was taken back, makes no alert now or later."""
    alerts = room.say("m6", "I want to kill myself", status=status)

    assert alerts == ()
    assert room.memory.turns == ()


def test_a_means_with_a_plan_and_no_target_is_both_kinds(room: Room) -> None:
    """Whom it is meant for is not for the program to decide."""
    alerts = room.say("m6", "I bought the gun and I know exactly when")

    assert {(a.kind.value, a.level.value, a.advice) for a in alerts} == {
        ("risk_self", "A1", "risk_unclear.part2"),
        ("risk_other", "A1", "risk_unclear.part2"),
    }
