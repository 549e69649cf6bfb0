"""From opening the review to a signed and handed-out set of notes: few keys beyond what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assistant.decisions import Field
from assistant.review.view import Step

if TYPE_CHECKING:
    from tests.ui.conftest import Desk

Opens = Any
"""``desk`` of conftest: its type cannot be imported."""
USUAL = (Field.TOPIC, Field.INTERVENTIONS, Field.ASSESSMENT, Field.PLAN)


async def _through(on: Desk, own: int) -> None:
    """Open, write the group's part, complete and sign each note, hand all of them out."""
    await on.see("closed sessions")
    await on.press("enter")
    await on.see("the group's part")
    await on.press("enter")
    await on.see("topic · to complete")
    await on.type("coping with stress")
    await on.press("enter")
    await on.type("role play")
    await on.press("enter")
    for member in on.room.members:
        await on.see(f" {member.name} · to complete")
        await on.see("evidence of the line")
        await on.press("F")
        await on.see("enter: next")
        for _ in range(own):
            await on.type("stable")
            await on.press("enter")
        await on.see("ready to sign")
        await on.press("S")
        await on.see("Sign this note")
        await on.press("enter")
        await on.ordered(f"sign {member.id}")
    await on.see("Every note is signed")
    await on.press("e")
    await on.see(f"Hand out · {len(on.room.members)} of")
    await on.press("H")
    await on.see("Is this the right recipient?")
    await on.press("enter")
    await on.see(f"{len(on.room.members)} written.")


@pytest.mark.parametrize(("required", "own"), [(USUAL, 2), ((*USUAL, Field.RESPONSE), 3)])
async def test_five_members_take_at_most_forty_keys(desk: Opens, required: tuple[Field, ...], own: int) -> None:
    """With what every note needs, and with a payer who wants the response as well; nothing needs correcting."""
    async with desk(taken_up=False, required=required, members=5) as on:
        await _through(on, own)
        assert len(on.room.members) == 5
        assert {row.step for row in on.room.overview().notes if row.person is not None} == {Step.SIGNED}
        assert on.pressed <= 40, on.pressed
        print(f"{own} fields a member: {on.pressed} keys")  # noqa: T201  the figure that was asked for
