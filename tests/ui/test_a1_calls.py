"""A new A1 calls from beneath the header until somebody has looked, in a word that tells nobody anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.domain import AlertLevel

if TYPE_CHECKING:
    from tests.ui.conftest import Stage

Opens = Any
"""``stage`` of conftest: its type cannot be imported."""


async def _called(on: Stage) -> str:
    await on.hear(68)
    return await on.see("▲ A1 absent — r reveals")


async def test_a_new_a1_calls_without_names_or_words(stage: Opens) -> None:
    """One line across the screen: level and kind alone."""
    async with stage() as on:
        shown = await _called(on)
        line = next(line for line in shown.splitlines() if "▲" in line)
        assert line.strip() == "▲ A1 absent — r reveals, a seen"


async def test_it_stops_when_revealed(stage: Opens) -> None:
    """R answers it."""
    async with stage() as on:
        await _called(on)
        await on.press("r")
        await on.see("▲", gone=True)
        await on.press("r")
        assert "▲" not in on.text()


async def test_it_stops_when_acknowledged(stage: Opens) -> None:
    """So does a."""
    async with stage() as on:
        await _called(on)
        await on.press("a")
        await on.see("▲", gone=True)


async def test_it_stops_by_itself_but_not_while_nobody_can_see_it(stage: Opens) -> None:
    """Thirty seconds of being seen: those behind the empty screen do not count."""
    async with stage(idle_lock_minutes=0) as on:
        on.room.turns = tuple(turn for turn in on.room.turns if turn.end < 68)
        await _called(on)
        await on.press("x")
        await on.hear(40)
        await on.press("x")
        await on.see("▲")
        await on.hear(31)
        await on.see("▲", gone=True)


async def test_r_reveals_the_new_one_while_another_is_revealed(stage: Opens) -> None:
    """The sign says what r does, and r does it; the one that was read keeps its place until then."""
    async with stage(100, 40) as on:
        await _called(on)
        await on.press("r")
        await on.see("talk about somebody who is not here")
        await on.hear(55)
        shown = await on.see("▲ A1 safety — r reveals")
        assert "talk about somebody who is not here" in shown
        await on.press("r")
        await on.see("A new A1 came this moment")
        await on.hear(1)
        await on.press("r")
        await on.see("possible language about harm to a child")


async def test_an_alert_that_becomes_an_a1_calls_as_well(stage: Opens) -> None:
    """What was told early may be graver in full."""
    async with stage() as on:
        await on.hear(78)
        await on.see("A2 contact")
        key = next(key for key in on.room.alerts if key.kind == "outside_contact")
        await on.press("a")
        await on.ordered("acknowledge absent_member")
        view = on.room.alerts[key]
        on.room.alerts[key] = replace(view, alert=replace(view.alert, level=AlertLevel.A1))
        await on.see("contact — r")


async def test_repair_steps_stand_in_the_place_of_the_words_where_room_is_short(stage: Opens) -> None:
    """D after r, and d again for the words; the steps are the site's."""
    async with stage() as on:
        await _called(on)
        await on.press("d")
        await on.see("Reveal an alert first")
        await on.press("r")
        await on.see("d: what can still be done")
        await on.press("d")
        shown = await on.see("2. Restate the agreement")
        assert "Tobias Lindgren (named" not in shown
        await on.press("d")
        await on.see("Tobias Lindgren (named by voice)")


async def test_where_there_is_room_repair_steps_stand_beneath_the_words(stage: Opens) -> None:
    """No key is needed."""
    async with stage(200, 50) as on:
        await _called(on)
        await on.press("r")
        shown = await on.see("1. Pause.")
        assert "01:00  5 Tobias Lindgren" in shown
        assert "d: " not in shown


async def test_what_may_be_risk_has_no_repair_steps(stage: Opens) -> None:
    """They are about what crossed between people; beneath possible risk they would be out of place."""
    async with stage(200, 50) as on:
        await on.hear(125)
        await on.see("▸ A1 safety")
        await on.hear(1)
        await on.press("r")
        shown = await on.see("possible language about harm to a")
        assert "1. Pause." not in shown
        await on.press("d")
        await on.see("for what has crossed between people")
