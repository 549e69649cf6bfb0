"""Two notes laid side by side do not reveal a third person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.domain import PersonId, Severity
from assistant.notes.gate import Gate, refuses
from assistant.notes.writer import write_group_note

if TYPE_CHECKING:
    from collections.abc import Callable

M1, M2 = PersonId("m1"), PersonId("m2")


def _both(scene: Any, first: int, second: int) -> Any:  # noqa: ANN401  the type lives in conftest, which no test can import
    notes = {M1: scene.note("m1", first), M2: scene.note("m2", second)}
    group = write_group_note(scene.session, present_count=5, facilitator_count=1, minutes=50, topics=("sleep",))
    return Gate().difference(notes, group, scene.context("m1"))


def test_a_fact_in_two_halves_is_refused_in_both(told: Callable[..., Any]) -> None:
    """Half of a third's employer in each note: each passes alone, both together do not."""
    scene = told(
        [
            "m1: My garden has a lantern.",
            "m2: The freight was late.",
            "m3: I pack for [[ORG:m3|Lantern Freight]].",
        ]
    )
    assert not refuses(Gate().check(scene.note("m1", 0), scene.context("m1")))
    assert not refuses(Gate().check(scene.note("m2", 1), scene.context("m2")))
    found = _both(scene, 0, 1)
    for reader in (M1, M2):
        assert [(f.rule, f.whose) for f in found[reader]] == [("fact in two halves", "m3")]
    assert found[None] == ()


def test_a_number_in_two_halves_is_refused(told: Callable[..., Any]) -> None:
    """The first digits in one note and the last in the other."""
    scene = told(["m1: I paid 555 dollars.", "m2: I owe 188 dollars.", "m3: Call [[PHONE:m3|555 188]]."])
    found = _both(scene, 0, 1)
    assert {f.rule for r in (M1, M2) for f in found[r]} == {"fact in two halves"}


def test_a_rare_word_in_both_notes_is_shown_or_refused(told: Callable[..., Any]) -> None:
    """A third's rare word is refused in both; one that only the two have links their charts, and is for review."""
    scene = told(["m1: The quagga again.", "m2: My quagga, too.", "m3: I run the [[ORG:m3|Quagga Club]].", "f: Right."])
    found = _both(scene, 0, 1)
    assert all(refuses(found[r]) for r in (M1, M2))
    linked = _both(told(["m1: The quagga again.", "m2: My quagga, too."]), 0, 1)
    assert [(f.rule, f.severity) for f in linked[M1]] == [("rare word in two notes", Severity.REVIEW)]


def test_two_answers_to_a_third_are_refused(told: Callable[..., Any]) -> None:
    """Neither says whose loss it was; together they do."""
    scene = told(
        [
            "m3: We had [[FAMILY:m3|a funeral for the twins]] in winter.",
            "m1: A funeral for twins, I can't stop crying.",
            "m2: Twins, and a funeral. I went home and drank.",
        ]
    )
    found = _both(scene, 1, 2)
    for reader in (M1, M2):
        assert "both answer a third" in {f.rule for f in found[reader] if f.severity is Severity.REFUSE}


def test_two_unrelated_notes_raise_nothing(told: Callable[..., Any]) -> None:
    """Everyday words in common are nobody's."""
    scene = told(
        [
            "m3: I could not sleep, work was hard, my kids were ill.",
            "m1: I slept badly and work was hard.",
            "m2: My kids were ill and I could not sleep.",
        ]
    )
    assert not any(_both(scene, 1, 2).values())
