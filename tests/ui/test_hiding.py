"""The privacy screen and the lock: everything is gone at once, and recording goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.ui.conftest import Stage

Opens = Any
"""``stage`` of conftest: its type cannot be imported."""
PASSPHRASE = "correct horse"  # noqa: S105  of a practice room, which keeps nothing
SPOKEN = ("Helen", "Hope", "furnace", "RECORDING", "alerts", "policy")


async def _filled(on: Stage) -> None:
    await on.hear(23)
    await on.see("furnace")


async def test_x_hides_everything_in_one_frame(stage: Opens) -> None:
    """After the key, the very next thing painted holds no word of the session; the session itself goes on."""
    async with stage(200, 50) as on:
        await _filled(on)
        await on.press("x")
        shown = on.text()

        assert shown.split() == ["x"]
        await on.hear(20)
        assert on.text().split() == ["x"]
        await on.press("x")
        await on.see("Delancey")


async def test_it_hides_every_time(stage: Opens) -> None:
    """The screen that hides is alive the second and the third time as well."""
    async with stage() as on:
        await _filled(on)
        for _ in range(3):
            await on.press("x")
            assert on.text().split() == ["x"]
            assert on.app.screen.is_running
            assert on.app.screen.is_attached
            await on.press("x")
            await on.see("furnace")


async def test_while_hidden_no_other_key_does_anything(stage: Opens) -> None:
    """A member who leans over and types changes nothing and sees nothing."""
    async with stage() as on:
        await _filled(on)
        await on.press("x")
        before = list(on.room.orders)
        await on.press("p", "o", "s", "enter", "1", "m", "c", "r", "l", "j", "tab", "up", "ctrl+p", "ctrl+c", "n")

        assert on.room.orders == before
        assert on.text().split() == ["x"]
        await on.press("escape")
        await on.see("furnace")


async def test_hiding_makes_a_revealed_alert_terse(stage: Opens) -> None:
    """What was revealed is not there again when the screen comes back."""
    async with stage() as on:
        await on.hear(68)
        await on.hear(5)
        await on.press("r")
        await on.see("Your judgment")
        await on.press("x", "x")
        await on.see("A1 absent")
        assert "Your judgment" not in on.text()


async def test_ctrl_x_hides_while_somebody_types(stage: Opens) -> None:
    """In a line to type in x is a letter; with ctrl it hides, and what was typed is there afterwards."""
    async with stage() as on:
        await on.press("n")
        await on.see("about: nobody")
        await on.press("a", "x", "ctrl+x")
        assert on.text().split() == ["x"]
        await on.press("x")
        await on.see("ax")


async def test_the_lock_shows_state_and_count_alone(stage: Opens) -> None:
    """Recording, time, number of alerts; no name, kind or word. A wrong passphrase opens nothing."""
    async with stage() as on:
        await on.hear(68)
        await on.see("A1 absent")
        await on.press("l")
        shown = await on.see("1 alert open")
        assert "● RECORDING  01:08" in shown
        for word in ("Helen", "absent", "A1", "furnace"):
            assert word not in shown
        await on.press(*"wrong", "enter")
        await on.see("does not open it")
        assert "wrong" not in on.text()
        await on.press("escape", "ctrl+p", "tab")
        assert "A1 absent" not in on.text()
        await on.press(*PASSPHRASE, "enter")
        await on.see("A1 absent")


async def test_recording_goes_on_behind_the_lock(stage: Opens) -> None:
    """What was said meanwhile is there afterwards."""
    async with stage() as on:
        await on.press("l")
        await on.see("Locked")
        await on.hear(23)
        await on.see("RECORDING  00:23")
        assert "pause" not in on.room.orders
        await on.press(*PASSPHRASE, "enter")
        await on.see("furnace")


async def test_it_locks_by_itself(stage: Opens) -> None:
    """After the site's minutes without a key, also while a dialog is open."""
    async with stage(idle_lock_minutes=1.0) as on:
        await _filled(on)
        await on.press("s")
        await on.see("cannot be undone")
        await on.hear(61)
        shown = await on.see("Locked")
        assert "furnace" not in shown


async def test_a_key_keeps_it_open(stage: Opens) -> None:
    """The minutes count from the last key."""
    async with stage(idle_lock_minutes=1.0) as on:
        await on.hear(40)
        await on.press("m")
        await on.hear(40)
        assert "Locked" not in on.text()


async def test_a_lock_that_comes_due_while_hidden_waits_beneath(stage: Opens) -> None:
    """The empty screen stays empty; x leads to the lock, never to the words."""
    async with stage(idle_lock_minutes=1.0) as on:
        await _filled(on)
        await on.press("x")
        await on.hear(61)
        assert on.text().split() == ["x"]
        await on.press("x")
        shown = await on.see("Locked")
        assert "furnace" not in shown


async def test_without_a_passphrase_the_lock_hides(stage: Opens) -> None:
    """There is nothing to type, so that nobody is locked out; the words are gone all the same."""
    async with stage(unlock=None) as on:
        await _filled(on)
        await on.press("l")
        assert on.text().split() == ["x"]
