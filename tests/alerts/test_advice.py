"""Advice texts say "possible" and leave the judgment to people; nothing in memory or alerts repeats words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.alerts.advice import advice_keys, advice_text, keyed
from assistant.domain import AlertKind, Part2

if TYPE_CHECKING:
    from tests.alerts.conftest import Room

FORBIDDEN = re.compile(
    r"you (?:must|are required to) report|no duty|not reportable|low risk|no risk|score|probability", re.IGNORECASE
)


@pytest.mark.parametrize("key", sorted(advice_keys()))
def test_no_text_states_a_duty_or_a_score(key: str) -> None:
    """Domain rules 6.1 and 6.6."""
    assert FORBIDDEN.search(advice_text(key)) is None


def test_every_kind_of_alert_has_a_text() -> None:
    """No prompt without words beneath it."""
    assert {kind.value for kind in AlertKind} <= advice_keys()


@pytest.mark.parametrize(("part2", "line"), [(Part2.YES, True), (Part2.UNKNOWN, True), (Part2.NO, False)])
@pytest.mark.parametrize("key", ["risk_other", "abuse_adult"])
def test_the_part2_line_stands_unless_part2_is_ruled_out(key: str, part2: Part2, line: bool, room: Room) -> None:
    """Unknown is treated as yes (domain rule 3.1, 3.5)."""
    text = advice_text(keyed(key, replace(room.memory.group, part2=part2)))

    assert ("Part 2 limits what may be disclosed" in text) is line


def test_a_sites_own_text_goes_first() -> None:
    """And the Part 2 line still follows it."""
    text = advice_text("risk_self.part2", {"risk_self": "Our protocol is in the red folder."})

    assert text.startswith("Our protocol is in the red folder. Part 2 limits")


def test_memory_and_alerts_never_repeat_what_was_said(room: Room) -> None:
    """Their repr may end in a traceback."""
    alerts = room.say("m3", "I want to kill myself and my zebra lamp", [("zebra lamp", "ORG", "m3")])

    assert alerts
    assert "zebra" not in repr(alerts) + repr(room.memory)
    assert "kill" not in repr(alerts) + repr(room.memory)
