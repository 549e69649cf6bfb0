"""Clauses tile their utterance and part what is the speaker's from what is somebody else's."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Span
from assistant.privacy.clauses import split

if TYPE_CHECKING:
    from assistant.privacy.nlp import Language

pytestmark = pytest.mark.models

_SPOKEN = """i you she they my brother keisha said told that because if when was is left hurt , . ? - um the and but
work twenty-two who like same as him we can't It's 'cause 😀 Zoë\u2019s"""
_WORDS = st.sampled_from(_SPOKEN.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I quit in May, and my sister moved in.", ["I quit in May, ", "and my sister moved in."]),
        ("If he comes back I'll leave.", ["If he comes back ", "I'll leave."]),
        ("Keisha, I sold the boat.", ["Keisha, ", "I sold the boat."]),
        ("Same as him, three arrests and counting.", ["Same as him, ", "three arrests and counting."]),
        ("You can write to me, it's box nine.", ["You can write to me, ", "it's box nine."]),
        ("I think that he hates me.", ["I think that he hates me."]),
        ("I'm twenty-two and I'm tired.", ["I'm twenty-two ", "and I'm tired."]),
    ],
)
def test_cuts_where_the_subject_changes(language: Language, text: str, expected: list[str]) -> None:
    """A clause ends where another subject begins; a complement stays with its verb."""
    pointing = [Span(text.index(w), text.index(w) + len(w)) for w in ("Keisha", "him") if w in text]
    assert [span.of(text) for span in split(language.parse(text), pointing)] == expected


def test_a_fact_is_never_cut_in_two(language: Language) -> None:
    """A stretch that is one fact stays in one clause."""
    text = "He pushed me and I fell, that was my life."
    fact = Span(0, text.index(","))
    clauses = split(language.parse(text), (), [fact])
    assert any(clause.contains(fact) for clause in clauses)


def test_nothing_said_has_no_clauses(language: Language) -> None:
    """Empty text has no clause; blank text is one."""
    assert split(language.parse("")) == ()
    assert split(language.parse("   ")) == (Span(0, 3),)


@settings(max_examples=60, deadline=None)
@given(words=st.lists(_WORDS, min_size=1, max_size=25))
def test_clauses_tile_the_utterance(language: Language, words: list[str]) -> None:
    """Whatever is said, the clauses follow one another without gap or overlap from the first to the last character."""
    text = " ".join(words)
    spans = split(language.parse(text), [Span(0, min(4, len(text)))])
    assert "".join(span.of(text) for span in spans) == text
    assert all(len(span) > 0 for span in spans)
    assert all(a.end == b.start for a, b in pairwise(spans))
