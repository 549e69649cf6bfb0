"""The screen before the start: who is here, who agreed, what to be careful of; no recording without consent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.domain import Consent

if TYPE_CHECKING:
    from tests.ui.practice_room import PracticeRoom

Opens = Any
"""``stage`` of conftest: its type cannot be imported."""


def unasked(room: PracticeRoom) -> None:
    """Take the consent of the fifth."""
    room.people = [replace(p, consent=Consent()) if p.id == "m4" else p for p in room.people]


async def test_facts_are_counted_until_a_key_shows_them(stage: Opens) -> None:
    """Owner and number; the fact and who does not know it only on demand, and hidden again."""
    async with stage(begun=False) as on:
        shown = await on.see("Facts that some people here tonight do not know")
        assert "3 Bill Osterman: 1" in shown
        assert "hospitalised" not in shown
        await on.press("r")
        shown = await on.see("was hospitalised for alcohol in January")
        assert "not known to 2 Hope Barlow" in shown
        await on.press("x", "x")
        await on.see("Facts that some people")
        assert "hospitalised" not in on.text()


async def test_missing_consent_is_shown_and_can_be_given(stage: Opens) -> None:
    """Enter does not record before it is; g gives it."""
    async with stage(begun=False, prepared=unasked) as on:
        shown = await on.see("Recording is impossible")
        assert "NO CONSENT" in shown
        await on.press("enter")
        await on.see("! not recording: no consent from 5 Tobias Lindgren")
        assert "Before the start" in on.text()
        await on.press("g")
        await on.see("Everybody here agreed")
        await on.press("enter")
        await on.see("● RECORDING")


async def test_marking_somebody_away_lets_it_start(stage: Opens) -> None:
    """Consent is needed of those who are here."""
    async with stage(begun=False, prepared=unasked) as on:
        await on.see("Recording is impossible")
        await on.press("space")
        await on.ordered("leave m4")
        await on.see("Everybody here agreed")


async def test_notes_by_hand_record_nothing(stage: Opens) -> None:
    """Without full consent the session still runs: the screen says that nothing is recorded."""
    async with stage(begun=False, prepared=unasked) as on:
        await on.see("Recording is impossible")
        await on.press("h")
        shown = await on.see("BY HAND, not recording")
        assert "start" not in on.room.orders
        assert "no consent from 5 Tobias Lindgren" in shown
        await on.press("n")
        await on.see("about: nobody")
        await on.press("o", "k", "enter")
        await on.see("note: ok")


async def test_microphone_level_and_policy_are_shown(stage: Opens) -> None:
    """A dead microphone is noticed before the session, and nobody wonders which policy holds."""
    async with stage(begun=False) as on:
        shown = await on.see("microphone: practice")
        assert "silent" in shown
        assert "policy: alerts on, risk flags on" in shown
        on.room.problem = "the microphone is gone: plug it in"
        await on.see("! the microphone is gone")


async def test_leaving_before_the_start_starts_nothing(stage: Opens) -> None:
    """Q ends the screen with 0."""
    async with stage(begun=False) as on:
        await on.see("Before the start")
        await on.press("q")
        await on.until(lambda: not on.app.is_running, "the screen ended")
        assert on.app.return_value == 0
        assert "start" not in on.room.orders
