"""The group's part names a theme only if at least three members raised it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.notes.topics import THEMES, themes_raised

if TYPE_CHECKING:
    from collections.abc import Callable


def test_three_members_raise_a_theme_and_two_do_not(told: Callable[..., Any]) -> None:
    """Sleep has three raisers; the funeral has two, and the facilitator does not count (X13)."""
    scene = told(
        [
            "m1: I can't sleep. The funeral was hard.",
            "m2: I slept two hours.",
            "m2: Sleep, sleep, sleep.",
            "m3: My insomnia is back. We had a funeral, too.",
            "f: A funeral is hard. Grief takes time.",
            "?: I am grieving.",
        ]
    )
    assert themes_raised(scene.utterances, scene.session.group) == ("sleep",)


def test_themes_are_general() -> None:
    """No theme names a diagnosis, a substance or a person."""
    words = " ".join(THEMES)
    assert not {"hiv", "alcohol", "bipolar", "cancer"} & set(words.split())
