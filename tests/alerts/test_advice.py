"""Advice texts say "possible" and leave the judgment to people; nothing in memory or alerts repeats words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.alerts.advice import advice_keys, keyed, read_advice
from assistant.domain import AlertKind, Part2
from assistant.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.alerts.conftest import Room

FORBIDDEN = re.compile(
    r"you (?:must|are required to) report|no duty|not reportable|low risk|no risk|score|probability", re.IGNORECASE
)


@pytest.mark.parametrize("key", sorted(advice_keys()))
def test_no_text_states_a_duty_or_a_score(key: str) -> None:
    """Domain rules 6.1 and 6.6."""
    assert FORBIDDEN.search(read_advice().text(key)) is None


def test_every_kind_of_alert_has_a_text() -> None:
    """No prompt without words beneath it."""
    assert {kind.value for kind in AlertKind} <= advice_keys()


@pytest.mark.parametrize(("part2", "line"), [(Part2.YES, True), (Part2.UNKNOWN, True), (Part2.NO, False)])
@pytest.mark.parametrize("key", ["risk_other", "abuse_adult"])
def test_the_part2_line_stands_unless_part2_is_ruled_out(key: str, part2: Part2, line: bool, room: Room) -> None:
    """Unknown is treated as yes (domain rule 3.1, 3.5)."""
    text = read_advice().text(keyed(key, replace(room.memory.group, part2=part2)))

    assert ("Part 2 limits what may be disclosed" in text) is line


def test_a_sites_own_text_goes_first(tmp_path: Path) -> None:
    """The Part 2 line still follows it; what the site left out stays as shipped."""
    path = tmp_path / "advice.toml"
    path.write_text('[texts]\nrisk_self = "Our protocol is in the red folder."\n')

    advice = read_advice(path)

    assert advice.text("risk_self.part2").startswith("Our protocol is in the red folder. Part 2 limits")
    assert advice.text("absent_member") == read_advice().text("absent_member")


def test_a_site_words_its_own_repair_steps(tmp_path: Path) -> None:
    """Domain rule 7.3: what can be done after the words is the site's to say, one step a line."""
    path = tmp_path / "advice.toml"
    path.write_text('[texts]\nrepair = """\nBreathe.\n\nAsk the owner."""\n')

    assert read_advice(path).repair == ("Breathe.", "Ask the owner.")
    assert len(read_advice().repair) == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[texts]\nrisk_sell = "x"', "unknown key 'risk_sell'; did you mean 'risk_self'?"),
        ('[text]\nrisk_self = "x"', "unknown key 'text'; did you mean 'texts'?"),
        ('[texts]\nrisk_self = " "', "'risk_self' is empty"),
        ("[texts]\nrisk_self = 3", "'risk_self' must be text in quotes"),
        ("[texts", "not valid TOML"),
    ],
)
def test_a_wrong_advice_file_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    """A typo must not leave a prompt with the wrong words."""
    path = tmp_path / "advice.toml"
    path.write_text(text)

    with pytest.raises(SettingsError) as refusal:
        read_advice(path)

    assert told in str(refusal.value)


def test_a_missing_advice_file_is_told(tmp_path: Path) -> None:
    """It never falls back in silence."""
    with pytest.raises(SettingsError, match="does not exist"):
        read_advice(tmp_path / "none.toml")


def test_memory_and_alerts_never_repeat_what_was_said(room: Room) -> None:
    """Their repr may end in a traceback."""
    alerts = room.say("m3", "I want to kill myself and my zebra lamp", [("zebra lamp", "ORG", "m3")])

    assert alerts
    assert "zebra" not in repr(alerts) + repr(room.memory)
    assert "kill" not in repr(alerts) + repr(room.memory)
