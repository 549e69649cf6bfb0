"""A clause about somebody in the room is not made harmless by a general word in the place of the name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assistant.notes.gate import Gate, refuses

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Her uncle was my bookie.", "Someone uncle was my bookie."),
        ("He won't let me in there.", "Someone won't let me in there."),
        ("I did push-ups. Then I called Tobias.", "I did push-ups. Then I called someone."),
    ],
)
def test_another_member_behind_a_general_word_is_refused(told: Callable[..., Any], said: str, written: str) -> None:
    """Whether the member said a name of the roster or only pointed."""
    scene = told([f"m1: {said}"])
    assert refuses(Gate().check(scene.note("m1", (written, 0)), scene.context("m1")))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("My supervisor Reggie tests us.", "My supervisor someone tests us."),
        ("Someone won't let me in there.", "Someone won't let me in there."),
        ("He left. A man called Otto answered.", "He left. A man called someone answered."),
    ],
)
def test_somebody_outside_stays_masked(told: Callable[..., Any], said: str, written: str) -> None:
    """People outside the room are what a general word is for."""
    scene = told([f"m1: {said}"])
    assert not refuses(Gate().check(scene.note("m1", (written, 0)), scene.context("m1")))
