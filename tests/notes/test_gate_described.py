"""Somebody else in the room is not told of by what they are, and nothing that the group never heard is told at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import FactSource, Note, NoteLine, NoteSection, PersonId, Severity
from assistant.notes.described import check_described
from assistant.notes.gate import Gate
from assistant.notes.sentences import ASSESSMENT, TOPIC

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT = [
    "m1: I sleep badly, and the plumber was rude.",
    "m2: I lived in a tent behind the quarry. I am [[WORK:m2|a baker]], and I baked for his aunt.",
    "m3: My sister hides money, and a girl drowned at the quarry.",
]
FACTS = [("m2", "cheated on her fiance with a lodger in April")]


def read(told: Callable[..., Any], line: str, reader: str | None = "m1") -> list[Severity]:
    """Return how grave what is found in a clinician's line is."""
    section = TOPIC if reader is None else ASSESSMENT
    member = PersonId(reader) if reader is not None else None
    note = Note(member, "s1", (NoteSection(section, (NoteLine(line, by_hand=True),)),))
    return [f.severity for f in Gate(checks=(check_described,)).check(note, told(SCRIPT, facts=FACTS).context(reader))]


@pytest.mark.parametrize(
    "line",
    [
        "His landlord is the cousin of another client.",
        "She reacted to the overdose of another woman.",
        "Another man hid money.",
        "Her barber is in the same group, which is hard.",
        "Three customers of her shop are in the group.",
        "Her uncle from the group drove.",
        "Touched by the couple who lost their house.",
        "Moved by the story of a girl found at a quarry.",
        "He related to a woman who slept in a tent.",
        "Learned in session that his aunt hides money.",
        "The baker could not talk about his aunt.",
        "She was confronted by the baker.",
        "Spoke of the lodger.",
    ],
)
def test_another_who_is_described_is_refused(told: Callable[..., Any], line: str) -> None:
    """By a tie, a job, a story, or one word that only the group file has."""
    assert Severity.REFUSE in read(told, line)


@pytest.mark.parametrize(
    "line",
    [
        "She met another woman at the gym.",
        "The couple will start counselling.",
        "The story of a boy came up.",
        "The plumber said no.",
        "Was told in session that her mother may attend.",
    ],
)
def test_where_only_common_words_come_together_the_clinician_is_asked(told: Callable[..., Any], line: str) -> None:
    """It may be somebody outside; who writes it knows."""
    assert read(told, line, "m2") == [Severity.REVIEW]


@pytest.mark.parametrize(
    "line",
    [
        "A peer offered support.",
        "Another member offered support.",
        "Other clients gave feedback.",
        "The client was in the group for the whole time.",
        "Support from her sister was discussed in the group.",
        "Her husband is in the group chat of the choir.",
        "Learned in group that breathing helps.",
        "Moved by the feedback of the group.",
        "Wife attended the family session.",
        "She was triggered by loud voices.",
        "Will phone the partner in April.",
        "Was upset by the argument with her aunt.",
    ],
)
def test_ordinary_words_for_others_pass(told: Callable[..., Any], line: str) -> None:
    """A peer, the client, the client's own people, and what the group taught."""
    assert read(told, line) == []


def test_ones_own_fact_passes_and_so_does_what_the_group_was_told(told: Callable[..., Any]) -> None:
    """Only what a facilitator has from elsewhere, of somebody else, is refused by a single word."""
    assert read(told, "The lodger moved out.", "m2") == []
    context = told(SCRIPT, facts=FACTS).context("m1")
    heard = tuple(replace(f, source=FactSource.GROUP) for f in context.group.facts)
    note = Note(PersonId("m1"), "s1", (NoteSection(ASSESSMENT, (NoteLine("A lodger.", by_hand=True),)),))
    gate = Gate(checks=(check_described,))
    assert gate.check(note, replace(context, group=replace(context.group, facts=heard))) == ()
    assert [f.rule for f in gate.check(note, context)] == ["known fact of another"]


def test_a_job_in_the_groups_part_is_shown(told: Callable[..., Any]) -> None:
    """Whoever has it is one of those who read it."""
    assert Severity.REVIEW in read(told, "The baker and money.", None)
