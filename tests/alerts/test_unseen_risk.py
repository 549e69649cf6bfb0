"""What is raised of words that no rule foresaw: floors, so that a change that hears less does not go unnoticed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.models.sentences import MiniLM
from assistant.privacy.clinical_detectors import clinical_detectors

if TYPE_CHECKING:
    from assistant.privacy.detection import MentionDetector
    from tests.alerts.conftest import Room, Rooms  # for the type checker alone

LINES = [
    line.split(" ", 1)
    for line in (Path(__file__).parent / "unseen_lines.txt").read_text(encoding="utf-8").splitlines()
    if line[0] != "#"
]
TOLD = [words for kind, words in LINES if kind != "none"]
HARMLESS = [words for kind, words in LINES if kind == "none"]
RISK = {"risk_self", "risk_other", "abuse_child", "abuse_adult"}


@cache
def with_meaning(root: Path) -> tuple[MentionDetector, ...]:
    """The clinical detectors with their vote by meaning."""
    return clinical_detectors(None, MiniLM(root / "minilm"))


def loudest(room: Room, words: str, detectors: tuple[MentionDetector, ...]) -> str:
    """The loudest level of risk or harm that a line raises; A3 where there is nothing to see."""
    said = [room.say("m1", turn, detectors=detectors) for turn in words.split(" || ")]
    return min((a.level.value for alerts in said for a in alerts if a.kind.value in RISK), default="A3")


def bare(text: str) -> str:
    """As a recogniser without punctuation writes it, apostrophes gone too."""
    return "".join(c for c in text.lower() if c.isalnum() or c in " |")


@pytest.mark.models
@pytest.mark.parametrize("form", [str, bare], ids=["written", "bare"])
def test_oblique_risk_is_raised_more_often_than_not(form: type[str], open_room: Rooms, models_root: Path) -> None:
    """Two lines in three are shown at all, two in five as a banner. It is a help to a listener and no more."""
    levels = [loudest(open_room(), form(words), with_meaning(models_root)) for words in TOLD]

    assert len(TOLD) >= 40
    assert sum(level < "A3" for level in levels) >= 0.7 * len(TOLD)
    assert sum(level == "A1" for level in levels) >= 0.38 * len(TOLD)


@pytest.mark.models
@pytest.mark.parametrize("form", [str, bare], ids=["written", "bare"])
def test_what_is_past_supposed_or_a_manner_of_speaking_is_rarely_a_banner(
    form: type[str], open_room: Rooms, models_root: Path
) -> None:
    """At most one line in twenty."""
    levels = [loudest(open_room(), form(words), with_meaning(models_root)) for words in HARMLESS]

    assert len(HARMLESS) >= 40
    assert sum(level == "A1" for level in levels) <= 0.05 * len(HARMLESS)
