"""Two notes laid side by side do not reveal a third person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.domain import Note, NoteLine, NoteSection, PersonId, Severity
from assistant.notes.gate import Gate, refuses
from assistant.notes.sentences import RESPONSE, TOPIC
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


def _by_hand(member: PersonId | None, line: str) -> Note:
    title = RESPONSE if member is not None else TOPIC
    return Note(member, "s1", (NoteSection(title, (NoteLine(line, by_hand=True),)),))


def test_hand_lines_are_laid_side_by_side_too(told: Callable[..., Any]) -> None:
    """Half of a third's employer in what a clinician wrote in each of two notes, or in one and in the group's part."""
    context = told(["m3: I pack for [[ORG:m3|Lantern Freight]]."]).context("m1")
    notes = {M1: _by_hand(M1, "Drew a lantern."), M2: _by_hand(M2, "Worried about freight.")}
    found = Gate().difference(notes, None, context)
    assert all("fact in two halves" in {f.rule for f in found[r] if f.severity is Severity.REFUSE} for r in (M1, M2))
    found = Gate().difference({M1: notes[M1]}, _by_hand(None, "Freight."), context)
    assert all("fact in two halves" in {f.rule for f in found[r] if f.severity is Severity.REFUSE} for r in (M1, None))


def test_the_same_ordinary_sentences_in_all_notes_raise_nothing(told: Callable[..., Any]) -> None:
    """A clinician writes the like in every note; words of the trade that a third used too are nobody's."""
    scene = told(
        [
            "m3: I [[DIAGNOSIS:m3|feel anxiety and panic, the breathing exercise and the worksheet]] help.",
            "f: Good.",
        ]
    )
    same = "Completed the breathing exercise and the worksheet; anxiety decreased; a peer offered feedback."
    notes = {M1: _by_hand(M1, same), M2: _by_hand(M2, same)}
    assert not any(Gate().difference(notes, _by_hand(None, "Anxiety and breathing."), scene.context("m1")).values())


def test_all_ordinary_notes_of_a_gold_session_lie_side_by_side(gold_scenes: tuple[Any, ...]) -> None:
    """Completed notes as clinicians write them are not refused for being alike."""
    lines = (
        "Mood appeared mildly anxious; affect was congruent and full in range.",
        "Continue weekly group; practise diaphragmatic breathing twice a day and log it.",
        "Received feedback from peers and thanked them for it.",
    )
    for scene in gold_scenes:
        members = [p.id for p in scene.session.group.members_present]
        section = NoteSection(RESPONSE, tuple(NoteLine(line, by_hand=True) for line in lines))
        notes = {m: Note(m, "s1", (section,)) for m in members}
        found = Gate().difference(notes, _by_hand(None, "Coping with difficult emotions."), scene.context(None))
        assert not any(refuses(f) for f in found.values())
