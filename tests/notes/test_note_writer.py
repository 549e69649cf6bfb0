"""A draft says what the member said, what was counted, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import (
    GateFinding,
    NoteLine,
    Part2,
    PersonId,
    Release,
    Severity,
    Span,
    UtteranceId,
    Withheld,
    WithheldReason,
)
from assistant.notes import sentences
from assistant.notes.sentences import is_own_voice
from assistant.notes.writer import join_neighbours, read_aloud, strike_refused, write_group_note, write_member_note

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.domain import Note

SCRIPT = ["m1: I sleep badly.", "m2: Mm-hm.", "m1: And I cry a lot.", "f: Right.", "f: Go on.", "m1: My dad drinks."]


def _lines(note: Note, title: str) -> list[str]:
    return [line.text for s in note.sections if s.title == title for line in s.lines]


def test_sections_stand_in_order_and_are_all_there(told: Callable[..., Any]) -> None:
    """What a payer and a clinician look for, in their order."""
    note = told(SCRIPT).note("m1", 0, 2)
    assert [s.title for s in note.sections] == [
        "Session",
        "What the member said",
        "Exchanges with the facilitator",
        "Assessment",
        "Plan",
        "Held back",
        "About this draft",
    ]
    assert _lines(note, "What the member said") == ["I sleep badly.", "And I cry a lot."]
    assert _lines(note, "Assessment") == _lines(note, "Plan") == ["[clinician to complete]"]
    assert "5 members and 1 facilitator were present." in _lines(note, "Session")
    assert _lines(note, "Exchanges with the facilitator") == [
        "2 exchanges between the facilitator and the member were counted."
    ]


def test_every_line_is_evidence_or_a_fixed_sentence(told: Callable[..., Any]) -> None:
    """No evidence line, no sentence (promise 6)."""
    for note in (
        told(SCRIPT, part2=Part2.UNKNOWN).note("m1", 0, 2, 5),
        told(SCRIPT, part2=Part2.UNKNOWN).note("m1"),
        write_group_note(told(SCRIPT).session, present_count=13, facilitator_count=2, minutes=90, topics=("sleep",)),
        write_group_note(told(SCRIPT).session, present_count=3, facilitator_count=1, minutes=90, topics=()),
    ):
        for section in note.sections:
            for line in section.lines:
                assert line.evidence or is_own_voice(line.text)


def test_held_back_gives_counts_only(told: Callable[..., Any]) -> None:
    """What others said is not counted as held back; what of the member's own was, is, by reason."""
    scene = told(SCRIPT)

    def held(reason: WithheldReason) -> Withheld:
        return Withheld(PersonId("m1"), UtteranceId("u0"), Span(0, 3), reason)

    reasons = [WithheldReason.CONTESTED, WithheldReason.CONTESTED, WithheldReason.NOT_THE_SPEAKER]
    release = Release(PersonId("m1"), (), tuple(map(held, reasons)))
    note = write_member_note(scene.session, release, exchanges=0, present_minutes=1, minutes=1)
    assert _lines(note, "Held back") == ["Held back (contested words): 2."]


def test_part_2_is_noted_unless_it_does_not_apply(told: Callable[..., Any]) -> None:
    """Unknown is treated as yes (``domain.md`` 3.1)."""
    notice = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    assert notice in _lines(told(SCRIPT, part2=Part2.UNKNOWN).note("m1"), "About this draft")
    assert notice not in _lines(told(SCRIPT, part2=Part2.NO).note("m1"), "About this draft")


def test_the_guarantee_never_claims_too_much() -> None:
    """Nothing is called anonymous, safe, compliant or free of risk (``domain.md`` 0)."""
    fixed = " ".join(v for v in vars(sentences).values() if isinstance(v, str)).lower()
    for claim in ("anonym", "safe", "complian", "guarante", "no risk", "low risk"):
        assert claim not in fixed


def test_a_kind_of_group_off_the_list_is_left_to_the_clinician(told: Callable[..., Any]) -> None:
    """The group file's free text could hold a name."""
    note = told(SCRIPT, kind="Dana's circle").note("m1")
    assert "Kind of group: [clinician to complete]" in _lines(note, "Session")


def test_refused_quotations_are_struck_and_counted(told: Callable[..., Any]) -> None:
    """Only quotations are struck; they are counted as held back, also in two passes; reviews stay."""
    note = told(SCRIPT).note("m1", 0, 2, 5)
    said = "What the member said"
    once = strike_refused(note, [GateFinding(said, 1, "name", None), GateFinding(said, 0, "x", None, Severity.REVIEW)])
    assert _lines(once, said) == ["I sleep badly.", "My dad drinks."]
    assert _lines(once, "Held back") == ["Held back (refused by the last gate): 1."]
    twice = strike_refused(once, [GateFinding(said, -1, "name", None)])
    assert _lines(twice, said) == ["Nothing of the member's own was released for this note."]
    assert _lines(twice, "Held back") == ["Held back (refused by the last gate): 3."]
    assert strike_refused(note, [GateFinding("Session", 0, "name", None)]) == note


def test_neighbours_are_joined_and_keep_their_evidence(told: Callable[..., Any]) -> None:
    """A listener's "mm-hm" does not part a passage; the facilitator's two turns do."""
    scene = told(SCRIPT)
    note = join_neighbours(scene.note("m1", 0, 2, 5), scene.positions())
    lines = next(s.lines for s in note.sections if s.title == "What the member said")
    assert lines == (
        NoteLine("I sleep badly. And I cry a lot.", (UtteranceId("u0"), UtteranceId("u2"))),
        NoteLine("My dad drinks.", (UtteranceId("u5"),)),
    )


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("um, I can go", "I can go."),
        ("I'm thirty-four, and, uh, I wait tables", "I'm thirty-four, and, I wait tables."),
        ("I went to the ER.", "I went to the ER."),
        ("er, maybe", "Maybe."),
        ("it was hard ,", "It was hard."),
        ("Uh.", ""),
        ("I asked:  why?", "I asked: why?"),
    ],
)
def test_quotations_read_well_aloud(said: str, read: str) -> None:
    """Filled pauses go, marks are set right, no word is added."""
    assert read_aloud(said) == read


@given(st.text(alphabet="abc ER,.?!um", max_size=40))
def test_reading_aloud_adds_no_word_and_is_stable(said: str) -> None:
    """Read twice is read once; every word left was there."""
    once = read_aloud(said)
    assert read_aloud(once) == once
    assert set(re.findall(r"[a-z]+", once.lower())) <= set(re.findall(r"[a-z]+", said.lower()))


@pytest.mark.parametrize(
    ("sentence", "reads"),
    [
        (sentences.times("14:00", "15:30"), "Start and stop times: 14:00 to 15:30."),
        (sentences.times("2:00 PM", ""), "Start and stop times: 2:00 PM to [clinician to complete]."),
        (sentences.times("", ""), "Start and stop times: [clinician to complete]"),
        (sentences.minutes_present(1, 1), "The member was present for 1 of 1 minute."),
        (sentences.minutes_total(90), "The session lasted 90 minutes."),
        (sentences.people_present(1, 2), "1 member and 2 facilitators were present."),
        (
            sentences.exchanges_with_facilitator(0),
            "No exchange between the facilitator and the member was counted.",
        ),
        (
            sentences.themes_of_group(("sleep", "money", "trust")),
            "Three or more members spoke of sleep, money and trust.",
        ),
        (sentences.themes_of_group(("sleep",)), "Three or more members spoke of sleep."),
        (sentences.added("2026-03-12", "09:30"), "Added on 2026-03-12 at 09:30 UTC."),
        (sentences.lead_in(sentences.PLAN), "Plan:"),
    ],
)
def test_fixed_sentences_read_well_and_are_known_to_the_gate(sentence: str, reads: str) -> None:
    """Singular and plural, given and missing times; the gate lets exactly these through."""
    assert sentence == reads
    assert is_own_voice(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Start and stop times: after Hope left to 15:30.",
        "Three or more members spoke of Hope.",
        "1 member and Hope were present.",
        "Added on Hope at 09:30 UTC.",
        "The session lasted 90 minutes. Hope cried.",
        "Minutes: 90. Hope",
    ],
)
def test_a_slot_holds_nothing_but_its_kind(sentence: str) -> None:
    """No words of anybody's fit into a fixed sentence."""
    assert not is_own_voice(sentence)
