"""The finished Markdown is what counts: nothing of another member stands in it once the refused lines are struck."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from assistant.notes.gate import Gate, refuses
from assistant.notes.markdown import render
from assistant.notes.sentences import SAID
from assistant.notes.writer import join_neighbours, strike_refused, write_group_note

if TYPE_CHECKING:
    from collections.abc import Callable

CANARIES = {
    "m1": ("zebra lamp", "Vexholm", "quillon"),
    "m2": ("walnut anchor", "Drossmere", "tribbet"),
    "m3": ("copper violin", "Hallowick", "sarquil"),
    "m4": ("paper turbine", "Ostrava Yard", "lumbrol"),
    "m5": ("glass kettle", "Pinmoor", "venzadil"),
}


@pytest.fixture
def canaries(told: Callable[..., Any]) -> Any:  # noqa: ANN401  the type lives in conftest, which no test can import
    """Everybody tells three nonsense facts, then everybody repeats everybody's."""
    script = []
    for person, (thing, place, drug) in CANARIES.items():
        script.append(f"{person}: I dreamt of a [[ID:{person}|{thing}]] all night.")
        script.append(f"{person}: I grew up in [[LOCATION:{person}|{place}]], near the water.")
        script.append(f"{person}: They put me on [[MEDICATION:{person}|{drug}]] in the spring.")
    for speaker, (person, (thing, place, drug)) in itertools.product(CANARIES, CANARIES.items()):
        if speaker != person:
            script.append(f"{speaker}: I keep thinking of the [[ID:{person}|{thing}]] now.")
            script.append(f"{speaker}: I never saw {place} or took {drug} myself.")
    return told(script)


def test_no_canary_of_another_survives_in_a_finished_note(canaries: Any) -> None:  # noqa: ANN401  the type lives in conftest, which no test can import
    """Each member's raw turns go in; after striking, the file holds the member's own canaries and nobody else's."""
    gate = Gate()
    for reader, own in CANARIES.items():
        context = canaries.context(reader)
        spoken = [u.number for u in canaries.utterances if u.speaker == reader]
        note = canaries.note(reader, *spoken)
        struck = strike_refused(note, gate.check(note, context))
        joined = join_neighbours(struck, canaries.positions())
        text = render(joined)
        assert not refuses(gate.check(joined, context))
        assert not refuses(gate.check_text(text, context))
        for canary in own:
            assert canary in text
        for other, theirs in CANARIES.items():
            for word in " ".join(theirs).split() if other != reader else ():
                assert word.lower() not in text.lower()


@pytest.mark.parametrize(
    "planted",
    [
        "> “I sat by Tobias.”",
        "> “I grew up in Drossmere.”",
        "- Seen with Tobias.",
        "Tobias was here.",
        "## Tobias",
        "# Tobias",
        "> “It is T\\.L\\. again.”",
    ],
)
def test_a_leak_planted_in_the_file_is_refused(canaries: Any, planted: str) -> None:  # noqa: ANN401  the type lives in conftest, which no test can import
    """Wherever it was put: a quotation, a list item, a bare line, a heading."""
    text = render(canaries.note("m1", 0))
    assert not refuses(Gate().check_text(text, canaries.context("m1")))
    assert refuses(Gate().check_text(f"{text}\n{planted}\n", canaries.context("m1")))
    assert refuses(Gate().check_text(f"{planted}\n\n{text}", canaries.context("m1")))


def test_a_place_in_the_file_is_the_place_in_the_note(canaries: Any) -> None:  # noqa: ANN401  the type lives in conftest, which no test can import
    """A finding over the file points at the same line as one over the note."""
    note, context = canaries.note("m1", 0, 4, 1), canaries.context("m1")
    for found in (Gate().check(note, context), Gate().check_text(render(note), context)):
        assert {(f.section, f.line) for f in found} == {(SAID, 1)}


def test_the_groups_part_holds_fixed_sentences_only(canaries: Any) -> None:  # noqa: ANN401  the type lives in conftest, which no test can import
    """The group's part passes as it is written; anybody's name or words in it are refused."""
    note = write_group_note(
        canaries.session, present_count=5, facilitator_count=1, minutes=90, topics=("sleep", "zebra lamp")
    )
    text = render(note)
    assert "zebra" not in text
    context = canaries.context(None)
    assert Gate().check(note, context) == ()
    assert Gate().check_text(text, context) == ()
    assert refuses(Gate().check_text(f"{text}\n- Led by Dana Ruiz.\n", context))


def test_a_clinicians_text_is_checked_too(canaries: Any) -> None:  # noqa: ANN401  the type lives in conftest, which no test can import
    """A clinician who writes another member's fact into an assessment is stopped (row 27 of the forty utterances)."""
    empty, blank = render(canaries.note("m1", 0)), "\n- [clinician to complete]"
    text = empty.replace(blank, "\n- Steady. Comforted Hope about Hallowick.")
    found = Gate().check_text(text, canaries.context("m1"))
    assert {f.rule for f in found if f.whose == "m3"} >= {"name", "fact of another"}
    steady = empty.replace(blank, "\n- Mood steady, engaged throughout.")
    assert not refuses(Gate().check_text(steady, canaries.context("m1")))
