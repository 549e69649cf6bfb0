"""The forty utterances of the domain rules raise what they should: as written, without punctuation, speaker unknown."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.alerts.conftest import Room  # for the type checker alone

ROWS: list[dict[str, Any]] = [
    row
    for row in tomllib.loads((Path(__file__).parent.parent / "utterances.toml").read_text(encoding="utf-8"))["rows"]
    if not row.get("typed")
]
RISK_KINDS = {"risk_self", "risk_other", "abuse_child", "abuse_adult"}


def as_written(text: str) -> str:
    """The words as they stand."""
    return text


def unpunctuated(text: str) -> str:
    """The words in lower case, nothing but letters, digits and apostrophes."""
    return " ".join("".join(c if c.isalnum() or c == "'" else " " for c in text.lower()).split())


def tags_of(row: dict[str, Any], form: Callable[[str], str]) -> list[tuple[str, str, str]]:
    """The row's tags in the same form as its words."""
    return [(form(tag["text"]), tag["types"][0], tag["owner"]) for tag in row["tags"]]


def shown(alerts: object) -> set[tuple[str, str, str]]:
    """Kind, level and owner of what is shown live."""
    return {(a.kind.value, a.level.value, a.owner or "") for a in alerts if a.level != "A3"}  # type: ignore[attr-defined]  # alerts of the room


@pytest.mark.parametrize("form", [as_written, unpunctuated])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"row{row['number']}")
def test_each_of_the_forty_raises_its_alerts_and_no_other(
    row: dict[str, Any], form: Callable[[str], str], room: Room
) -> None:
    """Kind, level and owner of every live alert are those of the table."""
    expected = {(a["kind"], a["level"], a["owner"]) for a in row["alerts"] if a["level"] != "A3"}

    alerts = room.say(row["speaker"], form(row["words"]), tags_of(row, form))

    assert shown(alerts) == expected


@pytest.mark.parametrize(
    "row", [r for r in ROWS if any(a["level"] == "A3" for a in r["alerts"])], ids=lambda r: f"row{r['number']}"
)
def test_what_is_for_review_only_is_kept_and_not_dropped(row: dict[str, Any], room: Room) -> None:
    """A3 is not silence: the alert is there for the review after the session."""
    alerts = room.say(row["speaker"], row["words"], tags_of(row, as_written))

    assert {(a["kind"], a["level"]) for a in row["alerts"]} <= {(a.kind.value, a.level.value) for a in alerts}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"row{row['number']}")
def test_an_unknown_speaker_silences_no_risk_alert(row: dict[str, Any], room: Room) -> None:
    """Risk and abuse are raised at the same level whoever spoke."""
    expected = {(a["kind"], a["level"]) for a in row["alerts"] if a["kind"] in RISK_KINDS}
    tags = [(words, kind, "" if owner == row["speaker"] else owner) for words, kind, owner in tags_of(row, as_written)]

    alerts = room.say(None, row["words"], tags)

    assert {(a.kind.value, a.level.value) for a in alerts if a.kind.value in RISK_KINDS} == expected


def test_the_part2_line_stands_beneath_an_absent_members_relapse(room: Room) -> None:
    """Where Part 2 may apply, the advice for row 24 is the variant with its line."""
    row = next(r for r in ROWS if r["number"] == 24)

    (alert,) = room.say(row["speaker"], row["words"], tags_of(row, as_written))

    assert alert.advice == "absent_member_substance.part2"


def test_a_fact_told_in_private_hides_its_owner(room: Room) -> None:
    """Row 25 names nobody, so the prompt must not either until it is asked."""
    row = next(r for r in ROWS if r["number"] == 25)

    (alert,) = room.say(row["speaker"], row["words"], tags_of(row, as_written))

    assert alert.advice == "private_fact_owner_hidden"
