"""Markdown shows the words as they are, the same for the same note, with nothing in it that links two charts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Note, NoteLine, NoteSection, PersonId, UtteranceId
from assistant.notes.markdown import escape, render
from assistant.notes.passages import passages_in, passages_of
from assistant.notes.sentences import SAID

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_note_is_marked_draft_and_holds_no_ids(told: Callable[..., Any]) -> None:
    """The machine file has the evidence; turn numbers in charts would link them (X14)."""
    scene = told(["m1: I sleep badly.", "m1: I cry."])
    text = render(scene.note("m1", 0, 1))
    assert text.startswith("# DRAFT: group session note\n\n## Session\n")
    assert "> “I sleep badly.”\n\n> “I cry.”" in text
    assert not re.search(r"\bu\d+\b|\bm\d+\b|\bs1\b", text)
    assert text == render(scene.note("m1", 0, 1))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("I *really* mean it", r"I \*really\* mean it"),
        ("# one", r"\# one"),
        ("1. first", r"1\. first"),
        ("- no", r"\- no"),
        ("a_b and _c_", r"a_b and \_c\_"),
        ("<b>hi</b>", r"\<b\>hi\</b\>"),
        ("see [this](x)", r"see [this\](x)"),
        ("[phone number] is mine", "[phone number] is mine"),
        ("fish &amp; chips & tea", r"fish \&amp; chips & tea"),
        ("two\n\n# lines", "two # lines"),
    ],
)
def test_speech_is_never_markup(said: str, shown: str) -> None:
    """What somebody said cannot become a heading, a link, emphasis or HTML; a placeholder stays readable."""
    assert escape(said) == shown


@given(st.lists(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1), max_size=4))
def test_the_gate_reads_back_what_was_written(lines: list[str]) -> None:
    """Line by line, the finished text gives the gate the words of the note, whatever marks they hold."""
    said = tuple(NoteLine(f"I {line} x", (UtteranceId("u1"),)) for line in lines)
    note = Note(PersonId("m1"), "s1", (NoteSection(SAID, said),))
    read = passages_in(render(note))
    assert [(p.line, [t.plain for t in p.tokens]) for p in read] == [
        (p.line, [t.plain for t in p.tokens]) for p in passages_of(note)
    ]
