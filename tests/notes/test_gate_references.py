"""Words that point at another participant without a name are refused; the reader's own people are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assistant.notes.gate import Gate, refuses

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    "line",
    [
        "I felt like another member did.",
        "One of the other members helped me.",
        "Someone in here said it to me.",
        "I cried like the woman before me.",
        "The lady who spoke before me got to me.",
        "I'm with our newest on that.",
        "Like he said, it takes time.",
        "What she said about her brother hit me.",
        "Same as him, two times and counting.",
        "I'm sorry about your brother.",
        "When you said that, I cried.",
        "I'm proud of you.",
        "I felt for Member 3.",
        "I'm sorry, your mother sounds hard.",
    ],
)
def test_pointing_at_another_member_is_refused(told: Callable[..., Any], line: str) -> None:
    """The line could be read as being about somebody in the room."""
    scene = told([f"m1: {line}"])
    assert refuses(Gate().check(scene.note("m1", 0), scene.context("m1")))


@pytest.mark.parametrize(
    "line",
    [
        "My wife said she was tired.",
        "My boss yelled, and what he said hurt me.",
        "You know how it is, you just keep going.",
        "I told my brother about it.",
        "My mother said I was lazy.",
        "You lose your job and it all goes.",
        "He told me to leave, so I left him.",
        "I asked my daughter what she wanted.",
    ],
)
def test_the_readers_own_people_are_not_refused(told: Callable[..., Any], line: str) -> None:
    """A wife, a boss, and "you" for anybody are not participants."""
    scene = told([f"m1: {line}"])
    assert not refuses(Gate().check(scene.note("m1", 0), scene.context("m1")))
