"""What the lines around the transcript say: the policy in force, what is wrong, what is to be done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import Consent, samples

if TYPE_CHECKING:
    from tests.ui.practice_room import PracticeRoom

Opens = Any
"""``stage`` of conftest: its type cannot be imported."""


async def test_policy_and_lag_and_problems_are_shown(stage: Opens) -> None:
    """Which policy holds, how far behind the text is, what is wrong."""
    async with stage() as on:
        assert "alerts on, risk flags on" in on.text()
        on.room.policy = replace(on.room.policy, live_alerts=False, risk_flags=False, post_session_only=True)
        on.room.lag = samples(12.5)
        on.room.problem = "the microphone is gone: plug it in"
        on.room.gaps = 2
        shown = await on.see("! the microphone is gone")
        for words in ("post-session only: no wo", "lag 12.5 s", "2 gaps", "alerts: after the session"):
            assert words in shown


async def test_a_profile_is_named_in_the_header_and_before_the_start(stage: Opens) -> None:
    """Whoever works at two sites sees which site's choice holds."""

    def illinois(room: PracticeRoom) -> None:
        room.policy = replace(room.policy, profile="illinois", risk_flags=False)

    async with stage(begun=False, prepared=illinois) as on:
        await on.see("policy: illinois: alerts on, risk flags OFF")
        await on.press("enter")
        await on.see("RECORDING")
        await on.see("illinois: alerts on, risk flags OFF")


async def test_where_words_come_afterwards_the_transcript_says_so(stage: Opens) -> None:
    """One line, which cannot be selected; marks stand beneath it, and a number names none of them."""

    def afterwards(room: PracticeRoom) -> None:
        room.policy = replace(room.policy, live_alerts=False, post_session_only=True, profile="post-session only")
        room.turns, room.lag = (), 0

    async with stage(prepared=afterwards) as on:
        shown = await on.see("they come after the")
        assert "lag" not in shown
        await on.press("m")
        await on.see("⚑ mark")
        await on.press("up", "up", "2")
        shown = await on.see("That line is no speech")
        assert "▸00:00 ⚑" in shown


async def test_long_lines_about_what_is_wrong_wrap(stage: Opens) -> None:
    """Nothing that is to be done is cut off, and neither of two troubles hides the other."""
    async with stage() as on:
        on.room.problem = (
            "the disk takes nothing more: make room on it; what is said goes on being heard until then, aye"
        )
        on.room.people = [replace(p, consent=Consent()) if p.id == "m4" else p for p in on.room.people]
        shown = await on.see("no consent from 5 Tobias Lindgren")
        assert "heard until then, aye" in " ".join(shown.split())
        assert "1-9 name" in shown
        on.room.problem = None
        await on.see("the disk", gone=True)


async def test_a_refusal_names_people_as_the_screen_does(stage: Opens) -> None:
    """By number and name, whole: an id such as m4 would be taken for the fourth."""
    async with stage() as on:
        await on.press("p")
        await on.see("PAUSED")
        on.room.people = [replace(p, consent=Consent()) if p.id in {"m3", "m4"} else p for p in on.room.people]
        await on.press("p")
        await on.ordered("resume")
        shown = await on.see("4 Yesenia Quiroga, 5 Tobias Lindgren")
        assert "m4" not in shown


async def test_looking_back_says_so(stage: Opens) -> None:
    """Nobody wonders why no new words come."""
    async with stage() as on:
        await on.hear(62)
        await on.see("sober")
        await on.press("home")
        on.app._unsay()
        await on.see("esc goes to the newest")
        await on.press("escape")
        await on.see("esc goes to the newest", gone=True)


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"NO_COLOR": "", "TERM": "dumb"}])
async def test_without_colour_a_new_a1_still_stands_out(
    stage: Opens, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    """Reversed, with its own shape: in a terminal of two shades too."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    async with stage() as on:
        await on.hear(68)
        await on.see("▲ A1 absent")
        assert on.app.no_color
        assert on.app.live._call.text.style.reverse
