"""Warnings that need no speaker: names and plain words are enough, and the full reading says the same."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import Consent, PersonId

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.domain import Alert
    from tests.alerts.conftest import Room  # for the type checker alone

ROWS: list[dict[str, Any]] = [
    row
    for row in tomllib.loads((Path(__file__).parent.parent / "utterances.toml").read_text(encoding="utf-8"))["rows"]
    if not row.get("typed")
]
LOUD = [row for row in ROWS if any(a["level"] == "A1" for a in row["alerts"])]


def as_written(text: str) -> str:
    """The words as they stand."""
    return text


def unpunctuated(text: str) -> str:
    """The words in lower case, nothing but letters, digits and apostrophes."""
    return " ".join("".join(c if c.isalnum() or c == "'" else " " for c in text.lower()).split())


def early(row: dict[str, Any], room: Room, form: Callable[[str], str] = as_written) -> dict[str, str]:
    """Kind and level of what is warned of before the speaker of a row is known."""
    tags = [(form(tag["text"]), tag["types"][0], tag["owner"]) for tag in row["tags"]]
    return {a.kind.value: a.level.value for a in room.early(form(row["words"]), tags)}


def raised(alerts: tuple[Alert, ...]) -> set[tuple[str, str, str | None]]:
    """Kind, level and owner."""
    return {(a.kind.value, a.level.value, a.owner) for a in alerts}


@pytest.mark.parametrize("form", [as_written, unpunctuated])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"row{row['number']}")
def test_nothing_is_warned_of_early_that_the_full_reading_takes_back(
    row: dict[str, Any], form: Callable[[str], str], room: Room
) -> None:
    """Over the forty: every early kind is one of the row's, and no louder."""
    expected = {a["kind"]: a["level"] for a in row["alerts"] if a["level"] != "A3"}

    found = early(row, room, form)

    assert found.keys() <= expected.keys()
    assert all(level >= expected[kind] for kind, level in found.items())


@pytest.mark.parametrize("form", [as_written, unpunctuated])
@pytest.mark.parametrize("row", LOUD, ids=lambda row: f"row{row['number']}")
def test_every_banner_of_the_forty_needs_no_speaker(
    row: dict[str, Any], form: Callable[[str], str], room: Room
) -> None:
    """Risk, abuse, an absent member, a known fact, a screen: no voice is waited for."""
    assert {a["kind"] for a in row["alerts"] if a["level"] == "A1"} <= early(row, room, form).keys()


@pytest.mark.parametrize(
    "words",
    ["are you thinking about killing yourself", "Has anyone here ever tried to end their life?", "I'm not suicidal"],
)
def test_what_the_facilitator_may_be_asking_is_not_warned_of_early(words: str, room: Room) -> None:
    """A question waits for the voice."""
    assert room.early(words) == ()


@pytest.mark.parametrize("words", ["I'm Bill, and I have HIV", "My name is Bill, I am HIV positive"])
def test_people_who_say_their_own_name_give_nobody_away(words: str, room: Room) -> None:
    """Their fact is theirs to tell."""
    assert room.early(words, [("Bill", "PERSON", "m5")]) == ()


def test_a_voice_nobody_knows_that_voices_a_private_fact_is_loud(room: Room) -> None:
    """Only the facilitator knows it from intake; a group fact from an unknown voice is quiet."""
    intake = room.say(None, "Bill, how are the HIV meds", [("Bill", "PERSON", "m5")])
    group = room.say(None, "Grace, is it the miscarriage", [("Grace", "PERSON", "m3")])

    assert raised(intake) == {("cross_member", "A1", "m5")}
    assert raised(group) == {("cross_member", "A2", "m3")}


def test_an_early_reading_leaves_no_trace(room: Room) -> None:
    """The full reading remembers; the early one must not count twice."""
    before = room.memory
    room.early("I want to kill myself")

    assert room.memory is before


def test_somebody_heard_without_consent_is_a_banner(room: Room) -> None:
    """Whoever took it back, or came late and was not asked; capture should have stopped before."""
    mark, grace = (room.memory.group.person(PersonId(p)) for p in ("m6", "m3"))
    room.attend(
        replace(mark, present_from=room.now),
        replace(grace, consent=Consent(recording=dt.date(2026, 1, 10), withdrawn_at=dt.date(2026, 3, 10))),
    )

    said = [room.say(person, "hello again") for person in ("m6", "m3", "m1")]

    assert [raised(alerts) for alerts in said] == [{("consent", "A1", "m6")}, {("consent", "A1", "m3")}, set()]
