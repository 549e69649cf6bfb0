"""Who said it: one key sets a stretch right, and each can be taken back."""

from __future__ import annotations

from typing import Any

Opens = Any
"""``desk`` of conftest: its type cannot be imported."""


async def test_a_number_names_and_the_next_one_comes(desk: Opens) -> None:
    """One key a fix; the number of stretches to check goes down by one."""
    async with desk() as on:
        await on.press("s")
        await on.see("6 to check of 6")
        await on.press("3")
        await on.see("5 to check of 6")
        await on.see("00:28: Bill Osterman.")
        await on.press("2")
        await on.see("4 to check of 6")
        assert [o for o in on.room.orders if o.startswith("name")] == ["name 5 m2", "name 16 m1"]


async def test_all_like_it_takes_two_keys_and_names_them_all(desk: Opens) -> None:
    """A, then a number; moving on disarms it, so that no later key names more than one."""
    async with desk() as on:
        await on.press("s")
        await on.see("6 to check of 6")
        await on.press("A")
        await on.see("all 2 like it:")
        await on.press("down", "up")
        await on.see("all 2 like it:", gone=True)
        await on.press("A", "3")
        await on.see("4 to check of 6")
        assert on.room.orders[-1] == "name 5 m2 alike"


async def test_u_takes_it_back_and_says_what(desk: Opens) -> None:
    """In words without names; at the end there is nothing to take back."""
    async with desk() as on:
        await on.press("s")
        await on.see("6 to check of 6")
        await on.press("n")
        await on.see("5 to check of 6")
        await on.press("u")
        await on.see("Taken back: a speaker was named")
        await on.see("6 to check of 6")
        await on.press("u")
        await on.see("Nothing to undo.")


async def test_the_whole_roster_can_be_chosen_from(desk: Opens) -> None:
    """0: for groups of more than nine."""
    async with desk(members=10) as on:
        await on.press("s")
        await on.see("6 to check of 6")
        await on.press("0")
        await on.see("Who said it?")
        await on.press(*["down"] * 10, "enter")
        await on.see("5 to check of 6")
        assert on.room.orders[-1] == "name 5 x9"


async def test_text_that_may_be_invented_is_accepted_with_a_key(desk: Opens) -> None:
    """a, only where the words are in doubt; elsewhere it says so and does nothing."""
    async with desk() as on:
        await on.press("s")
        await on.see("6 to check of 6")
        await on.press("a")
        await on.see("! Its words are not in doubt")
        await on.press(*["down"] * 4)
        await on.see("perhaps invented · 00:49")
        await on.press("a")
        await on.see("5 to check of 6")
        assert on.room.orders[-1] == "accept_text 9"


async def test_space_plays_and_stops_and_says_when_there_is_no_sound(desk: Opens) -> None:
    """The moment comes from the vault; where it is destroyed, the screen says so."""
    async with desk() as on:
        await on.press("s")
        await on.see("6 to check of 6")
        await on.press("space")
        await on.see("Playing.")
        await on.until(lambda: any(o.startswith("play") for o in on.room.orders), "played")
        await on.press("space")
        await on.until(lambda: on.room.orders[-1] == "quiet", "stopped")
        on.room.sound_destroyed = True
        await on.press("space")
        await on.see("! the sound of this session is destroyed")


async def test_notes_that_rest_on_it_are_made_again(desk: Opens) -> None:
    """The overview shows how far that is, and the notes as such until then."""
    async with desk(rebuild_s=5.0) as on:
        await on.press("s")
        await on.see("6 to check of 6")
        await on.press("3")
        await on.see("reading the session again 0 of 100")
        await on.press("escape")
        await on.see("being made again")
        on.clock.now += 2.5
        await on.see("reading the session again 50 of 100")
        on.clock.now += 3
        await on.see("being made again", gone=True)
