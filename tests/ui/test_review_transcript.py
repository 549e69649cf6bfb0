"""Words that were given to the wrong person with confidence: found in the transcript or in a note, and set right."""

from __future__ import annotations

from typing import Any

from assistant.errors import SessionError

Opens = Any
"""``desk`` of conftest: its type cannot be imported."""


async def test_every_utterance_stands_there_with_its_speaker(desk: Opens) -> None:
    """Tab on the speakers' screen, and back; an unknown voice stands out."""
    async with desk() as on:
        await on.press("s")
        await on.see("to check of 6")
        await on.press("tab")
        shown = await on.see("Transcript · 42 utterances, 4 of nobody known")
        assert "00:07 Hope Barlow" in shown
        assert "00:28 ?" in shown
        await on.press("tab")
        await on.see("to check of 6")


async def test_a_number_says_who_said_it_and_the_next_one_comes(desk: Opens) -> None:
    """One utterance a key; its mark says that a person decided, and u takes it back."""
    async with desk() as on:
        await on.press("s", "tab")
        await on.see("Transcript")
        await on.press("down", "3")
        await on.see("00:07: Bill Osterman. u takes it back.")
        await on.see("00:07 Bill Osterman ✎")
        await on.see("▸ 00:14")
        key = on.room.transcript()[1].key
        assert f"name {key} m2" in on.room.orders
        await on.press("u")
        await on.see("Taken back: a speaker was named")
        await on.see("00:07 Hope Barlow")


async def test_a_whole_run_is_renamed_with_two_keys(desk: Opens) -> None:
    """All that a speaker said without a break; how many that is stands there before."""
    async with desk() as on:
        await on.press("s", "tab")
        await on.see("Transcript")
        await on.press("slash")
        await on.see("Find in the transcript")
        await on.type("That's a lot of days")
        await on.press("enter")
        await on.see("▸ 00:59")
        await on.press("A")
        await on.see("the whole run of 2:")
        await on.press("down", "up")
        await on.see("the whole run of", gone=True)
        await on.press("A", "2")
        await on.see("00:59 Hope Barlow")
        await on.see("01:00 Hope Barlow")
        assert any(order.endswith("m1 alike") for order in on.room.orders)


async def test_space_plays_the_utterance(desk: Opens) -> None:
    """Its moment comes from the vault."""
    async with desk() as on:
        await on.press("s", "tab")
        await on.see("Transcript")
        await on.press("down", "space")
        one = on.room.transcript()[1]
        await on.ordered(f"play {one.start} {one.end}")


async def test_words_that_are_not_theirs_leave_the_note_and_want_an_ear(desk: Opens) -> None:
    """One key in the note; the stretch then stands on the speakers' screen, and u puts the words back."""
    async with desk() as on:
        await on.note_of(1)
        await on.see("There's a pot by the door.")
        await on.press("down", "m")
        await on.see("Not theirs: out of every note")
        await on.see("There's a pot by the door.", gone=True)
        await on.press("escape")
        await on.see(" 7 stretches to check")
        await on.press("u")
        await on.see("Taken back: words were taken from a member")
        await on.see(" 6 stretches to check")


async def test_a_line_that_quotes_nobody_belongs_to_nobody_else(desk: Opens) -> None:
    """The key says so and asks nothing of the review."""
    async with desk() as on:
        await on.note_of(1)
        await on.press("home", "m")
        await on.see("! That line quotes nobody")
        assert not [order for order in on.room.orders if order.startswith("not_theirs")]


async def test_a_refusal_is_shown(desk: Opens) -> None:
    """In one line, and the words stay."""
    async with desk() as on:
        on.room.refuses = {"not_theirs": SessionError("nobody can be asked now")}
        await on.note_of(1)
        await on.press("m")
        await on.see("! nobody can be asked now")


async def test_the_transcript_leaves_nothing_beneath_a_note(desk: Opens) -> None:
    """What everybody said was on the screen before; with one member's note on it, nothing of that is left."""
    async with desk() as on:
        await on.press("s", "tab")
        await on.see("Transcript")
        await on.press("slash")
        await on.see("Find in the transcript")
        await on.type("Wellbutrin")
        await on.press("enter")
        await on.see("on Wellbutrin now")
        await on.press("escape")
        await on.see("to check of 6")
        await on.press("escape")
        await on.note_of(1)
        await on.at_rest()
        held = on.everything()
        assert "Hope Barlow" in held
        for turn in on.room.turns:
            if turn.speaker != on.room.members[0].id and len(turn.text) > 24:
                assert turn.text[:24] not in held
        assert "Wellbutrin" not in held
