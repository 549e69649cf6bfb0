"""One note: what its keys ask of the review, and how a refusal is shown at its place."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from assistant.decisions import Field
from assistant.errors import GateRefusedError, SessionError
from assistant.review.view import Step

if TYPE_CHECKING:
    from tests.ui.conftest import Desk

Opens = Any
"""``desk`` of conftest: its type cannot be imported."""


async def _ready(on: Desk) -> None:
    """Fill what the first member's note needs, and open it."""
    for field in (Field.TOPIC, Field.INTERVENTIONS):
        on.room.write(None, field, "coping")
    for field in (Field.ASSESSMENT, Field.PLAN):
        on.room.write(on.room.members[0].id, field, "stable")
    await on.see("ready to sign")
    await on.note_of(1)


async def test_the_evidence_of_a_line_stands_beside_it(desk: Opens) -> None:
    """Time, fact, detector, score, rule, and what stands in its place; none of a line in the house's own words."""
    async with desk() as on:
        await on.note_of(1)
        shown = await on.see("said 00:07 to 00:13")
        assert "“Corner Pantry” stays" in shown
        assert "→ [person]: an outsider's (rule:" in shown
        assert "0.90" in shown
        await on.press("home")
        await on.see("a fixed sentence")


async def test_releasing_takes_the_pane_first(desk: Opens) -> None:
    """The first r goes to what was held back, the second releases; the gate then refuses what holds a name."""
    async with desk() as on:
        await on.note_of(1)
        await on.press("r")
        await on.see("Held back: up and down point")
        await on.press("r")
        await on.see("released: the gate reads it")
        await on.see("! gate: names. Edit the line")
        await on.press("u")
        await on.see("Taken back: a clause was released")
        await on.see("! gate: names", gone=True)


async def test_a_refused_note_is_not_signed_and_the_place_is_pointed_at(desk: Opens) -> None:
    """The rule stands under the line; editing the line clears it, and nothing else does."""
    async with desk() as on:
        await _ready(on)
        on.room.write_line(on.room.members[0].id, 3, "Bill helped me.")
        await on.see("! gate: names.")
        await on.press("S")
        await on.see("Sign this note")
        await on.press("enter")
        await on.see("! the gate refuses the note: 1 of its lines")
        await on.see("▸ ✎ Bill helped me.")
        assert on.room.note(on.room.members[0].id).step is Step.REFUSED
        await on.press("enter")
        await on.see("Your words take the place")
        await on.press(*["backspace"] * 15)
        await on.type("A peer helped me.")
        await on.press("enter")
        await on.see("! gate: names.", gone=True)
        await on.press("S", "enter")
        await on.see(" Bill Osterman ·")
        assert on.room.note(on.room.members[0].id).step is Step.SIGNED


async def test_no_key_ignores_a_refusal(desk: Opens) -> None:
    """Whatever is pressed, a note that the gate refuses stays unsigned."""
    async with desk() as on:
        await _ready(on)
        on.room.write_line(on.room.members[0].id, 3, "Bill helped me.")
        await on.see("! gate: names.")
        for key in ("a", "i", "I", "y", "o", "ctrl+s", "S"):
            await on.press(key)
        await on.press("enter")
        await on.see("! the gate refuses the note")
        assert on.room.note(on.room.members[0].id).signed is None


async def test_what_is_missing_is_named_before_signing(desk: Opens) -> None:
    """Nothing is asked of the gate while a field is empty."""
    async with desk() as on:
        await on.note_of(1)
        await on.press("S")
        await on.see("! To complete first: assessment, plan; for the group topic, interventions. F fills them.")
        assert not [o for o in on.room.orders if o.startswith("sign")]


async def test_after_signing_the_next_unsigned_one_comes(desk: Opens) -> None:
    """By itself, also when the gate takes its time; nothing of the signed one is left on the screen."""
    async with desk() as on:
        on.room.stops_at = threading.Event()
        await _ready(on)
        await on.press("S", "enter")
        await on.see("The gate reads the final text…")
        on.room.stops_at.set()
        await on.see(" Bill Osterman ·")
        assert "Hope" not in on.text()


async def test_a_signed_note_stays_and_takes_an_addendum(desk: Opens) -> None:
    """Its lines cannot be written any more; D adds, and what was added is shown with its day."""
    async with desk() as on:
        await _ready(on)
        await on.press("S", "enter")
        await on.see("enter: next")
        await on.press("escape", "p")
        await on.see(" Hope Barlow · signed")
        for key in ("enter", "h", "F", "a", "w", "f", "S"):
            await on.press(key)
            await on.see("! Signed: it stays as it is.")
            await on.press("up", "down")
        await on.press("D")
        await on.see("Addendum")
        await on.type("Seen again on Monday.")
        await on.press("enter", "enter")
        await on.see("Added.")
        await on.press("end")
        await on.see("Seen again on Monday.")


async def test_whose_and_false_alarm(desk: Opens) -> None:
    """One key relabels the fact that is pointed at, another says that it is none, here or in the group."""
    async with desk() as on:
        await on.note_of(1)
        await on.press("tab", "down", "w")
        await on.see("Whose is this PERSON?")
        await on.press("3")
        await on.ordered("relabel m1 2 1 unknown")
        await on.see("whose is unknown")
        await on.press("f")
        await on.see("Not PERSON?")
        await on.press("2")
        await on.ordered("false_alarm m1 2 1 True")


async def test_hiding_words_and_the_whole_line(desk: Opens) -> None:
    """Typed words, or nothing for the whole line; words that are not there are refused in a line."""
    async with desk() as on:
        await on.note_of(1)
        await on.press("h")
        await on.see("empty: the whole line")
        await on.type("nowhere")
        await on.press("enter")
        await on.see("! these words are not in the line")
        await on.press("h")
        await on.type("arriving tired")
        await on.press("enter")
        await on.see("I'm …. My daughter")
        await on.press("h", "enter")
        await on.see("I'm …. My daughter", gone=True)


async def test_what_was_typed_is_not_lost_by_one_key(desk: Opens) -> None:
    """Esc in a field that was changed asks once; ctrl+s keeps from any field."""
    async with desk() as on:
        await on.note_of(1)
        await on.press("F")
        await on.see("enter: next")
        await on.type("calm")
        await on.press("escape")
        await on.see("Not kept yet: ctrl+s keeps it")
        await on.press("ctrl+s")
        await on.ordered("write m1 assessment")
        await on.see("calm")


async def test_a_long_field_wraps_and_enter_makes_no_line(desk: Opens) -> None:
    """A paragraph is seen whole while it is typed."""
    async with desk(80, 24) as on:
        await on.note_of(1)
        await on.press("F")
        await on.see("enter: next")
        text = "word " * 30
        await on.type(text)
        assert on.text().count("word word") > 1
        await on.press("ctrl+s")
        await on.ordered("write m1 assessment")
        assert dict(on.room.note(on.room.members[0].id).fields)[Field.ASSESSMENT] == text.strip()


async def test_the_preview_is_the_document_in_a_format(desk: Opens) -> None:
    """P, a format; esc goes back to the note."""
    async with desk() as on:
        await on.note_of(1)
        await on.press("P")
        await on.see("As it would stand in the clinic's own record.")
        await on.press("2")
        await on.see("Group session note (soap)")
        await on.see("42 CFR part 2 prohibits")
        await on.press("escape")
        await on.see("evidence of the line")


@pytest.mark.parametrize("key", ["a", "u", "F"])
async def test_a_refusal_of_the_review_is_one_line(desk: Opens, key: str) -> None:
    """Whatever an order raises of the house's own errors is shown, and the screen goes on."""
    async with desk() as on:
        error = SessionError("the review is closed: open the session again")
        on.room.refuses = {"accept": error, "undo": error, "write": GateRefusedError("the gate refuses it")}
        await on.note_of(1)
        await on.press(key)
        if key == "F":
            await on.see("enter: next")
            await on.type("x")
            await on.press("ctrl+s")
        await on.see("! the gate refuses it" if key == "F" else "! the review is closed")


async def test_the_group_part_comes_first_and_leads_on(desk: Opens) -> None:
    """What is missing is asked for at once; then the first unsigned note."""
    async with desk() as on:
        await on.press("g")
        await on.see("topic · to complete")
        await on.type("coping")
        await on.press("enter")
        await on.type("role play")
        await on.press("enter")
        await on.see(" Hope Barlow · to complete")
        assert not on.room.note(None).missing


async def test_a_name_in_the_group_part_is_refused_and_stays_there(desk: Opens) -> None:
    """It would stand in every note: the screen stays at the place."""
    async with desk() as on:
        await on.press("g")
        await on.see("topic · to complete")
        await on.type("what Bill said")
        await on.press("enter")
        await on.type("role play")
        await on.press("enter")
        await on.see("! gate: names.")
        await on.see("The group's part: it stands in every note")


async def test_what_the_gate_has_against_a_field_stands_beside_it(desk: Opens) -> None:
    """The rule, and what to do, where it is typed anew."""
    async with desk() as on:
        on.room.write(None, Field.TOPIC, "what Bill said")
        on.room.write(None, Field.INTERVENTIONS, "role play")
        await on.press("g")
        await on.see("▸ ✎ what Bill said")
        await on.press("enter")
        shown = await on.see("! The gate refuses this: names.")
        assert "Write it without" in shown
        await on.press(*["backspace"] * 14)
        await on.type("coping")
        await on.press("enter")
        await on.see("! gate: names.", gone=True)


async def test_a_signature_refused_for_the_groups_part_leads_there(desk: Opens) -> None:
    """The line that stands against it is pointed at, and nothing is signed."""
    async with desk() as on:
        await _ready(on)
        on.room.write(None, Field.TOPIC, "what Bill said")
        await on.press("S", "enter")
        await on.see("The gate refuses the group's part")
        await on.see("▸ ✎ what Bill said")
        assert on.room.note(on.room.members[0].id).signed is None
