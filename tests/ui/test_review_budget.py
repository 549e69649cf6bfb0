"""From opening the review to a signed and handed-out set of notes: few keys beyond what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assistant.decisions import GROUP_FIELDS, Field
from assistant.review.view import Step

if TYPE_CHECKING:
    from tests.ui.conftest import Desk

Opens = Any
"""``desk`` of conftest: its type cannot be imported."""
USUAL = (Field.TOPIC, Field.INTERVENTIONS, Field.ASSESSMENT, Field.PLAN)
DEFAULT = (Field.START, Field.STOP, *USUAL, Field.RESPONSE, Field.GOALS)
"""What a payer's default preset wants of each note."""


async def _through(on: Desk, group: tuple[str, ...], own: int) -> None:
    """Open, write the group's part, complete and sign each note, hand all of them out; every key is counted."""
    await on.see("closed sessions")
    await on.press("enter")
    await on.see("the group's part")
    await on.press("enter")
    await on.see("to complete")
    await on.see("enter: next")
    for words in group:
        await on.type(words)
        await on.press("enter")
    for member in on.room.members:
        await on.see(f" {member.name} · to complete")
        # The note is in sight beside its form, and beside the line for the signature.
        await on.see("enter: next")
        for _ in range(own):
            await on.type("stable")
            await on.press("enter")
        shown = await on.see("Sign this note")
        assert f" {member.name} · ready to sign" in shown
        assert "stable" in shown
        assert not [order for order in on.room.orders if order == f"sign {member.id}"]
        await on.press("enter")
        await on.ordered(f"sign {member.id}")
    await on.see("Every note is signed")
    await on.press("e")
    await on.see(f"Hand out · {len(on.room.members)} of")
    await on.press("H")
    await on.see("Is this the right recipient?")
    await on.press("enter")
    await on.see(f"{len(on.room.members)} written.")


@pytest.mark.parametrize("preset", ["usual", "default"])
async def test_five_members_take_at_most_forty_keys(desk: Opens, preset: str) -> None:
    """With what every note needs, and with all that the default preset wants; nothing needs correcting."""
    required: tuple[Field, ...] = USUAL if preset == "usual" else DEFAULT
    group: tuple[str, ...] = () if preset == "usual" else ("18:00", "19:30")
    own = len({Field.ASSESSMENT, Field.PLAN} | {field for field in required if field not in GROUP_FIELDS})
    async with desk(taken_up=False, required=required, members=5, times=preset == "usual") as on:
        await _through(on, (*group, "coping with stress", "role play"), own)
        assert len(on.room.members) == 5
        assert {row.step for row in on.room.overview().notes if row.person is not None} == {Step.SIGNED}
        assert on.pressed <= 40, on.pressed
        print(f"{preset}: {own} fields a member, {on.pressed} keys")  # noqa: T201  the figure that was asked for


async def test_a_signature_is_offered_and_never_given(desk: Opens) -> None:
    """Ctrl+s keeps the form and asks for the signature; esc leaves the note unsigned, and S asks again."""
    async with desk() as on:
        person = on.room.members[0].id
        for field in (Field.TOPIC, Field.INTERVENTIONS):
            on.room.write(None, field, "coping")
        await on.note_of(1)
        await on.press("F")
        await on.see("enter: next")
        await on.type("calm")
        await on.press("tab")
        await on.type("come again")
        await on.press("ctrl+s")
        await on.see("Sign this note")
        await on.press("escape")
        await on.see("Not signed. S asks again.")
        assert on.room.note(person).step is Step.READY
        await on.press("u")
        await on.see("to complete: plan")
        assert "Sign this note" not in on.text()
        assert on.room.note(person).signed is None


async def test_what_still_lacks_something_is_not_offered(desk: Opens) -> None:
    """One field of two: the form is kept, and nobody is asked to sign."""
    async with desk() as on:
        for field in (Field.TOPIC, Field.INTERVENTIONS):
            on.room.write(None, field, "coping")
        await on.note_of(1)
        await on.press("F")
        await on.see("enter: next")
        await on.type("calm")
        await on.press("ctrl+s")
        await on.ordered("write m1 assessment")
        await on.see("to complete: plan")
        await on.at_rest()
        assert "Sign this note" not in on.text()


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 36)])
async def test_the_note_can_be_read_through_beside_its_form(desk: Opens, columns: int, rows: int) -> None:
    """Page down walks through the note while the form is open; what is typed stays."""
    async with desk(columns, rows, utterances=300) as on:
        await on.note_of(1)
        await on.press("home", "F")
        await on.see("enter: next")
        await on.type("calm")
        await on.see("Session")
        await on.press(*["pagedown"] * 3)
        await on.see("Session", gone=True)
        assert "calm" in on.text()
        await on.press(*["pageup"] * 3)
        await on.see("Session")
