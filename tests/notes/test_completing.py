"""What a clinician wrote stands in the note; what was undone, or rests on other evidence now, does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from assistant.decisions import Decided, Field, FieldWritten, LineWritten, Ruling
from assistant.domain import Draft, Note, NoteLine, NoteSection, PersonId, Release, UtteranceId
from assistant.errors import SessionError
from assistant.handout import Addendum
from assistant.notes import sentences as say
from assistant.notes.completing import (
    complete,
    complete_group,
    may_write,
    unplaced,
    with_addenda,
    written,
)
from assistant.notes.typed_text import clock_time, field_text, lines_of
from assistant.notes.writer import join_neighbours, write_group_note

if TYPE_CHECKING:
    from collections.abc import Callable

M1, M2 = PersonId("m1"), PersonId("m2")
AT = dt.datetime(2026, 3, 11, 8, 0, tzinfo=dt.UTC)
SCRIPT = ["m1: I sleep badly.", "m2: Mm-hm.", "m1: And I cry a lot.", "f: Go on.", "f: Yes?", "m1: My dad drinks."]


def rulings(*decided: Decided, undone: tuple[int, ...] = ()) -> tuple[Ruling, ...]:
    """Return decisions as they are kept, numbered from 1."""
    return tuple(Ruling(n, AT, "op1", d, undone=n in undone) for n, d in enumerate(decided, 1))


def line(text: str, *evidence: str, section: str = say.SAID, reader: PersonId | None = M1) -> LineWritten:
    """Return a line that was written anew."""
    return LineWritten(reader, section, tuple(UtteranceId(e) for e in evidence), text)


def lines(note: Note, title: str) -> list[str]:
    """Return the texts of a section."""
    return [each.text for s in note.sections if s.title == title for each in s.lines]


@pytest.fixture
def draft(told: Callable[..., Any]) -> Draft:
    """Return a draft of m1 with two neighbouring quotations joined, and a third."""
    scene = told(SCRIPT)
    note = join_neighbours(scene.note("m1", 0, 2, 5), scene.positions())
    return Draft(note, Release(M1, (), ()), (), refused=False)


@pytest.fixture
def group_note(told: Callable[..., Any]) -> Note:
    """Return the group's part."""
    return write_group_note(told(SCRIPT).session, present_count=5, facilitator_count=1, minutes=50, topics=("sleep",))


def test_without_a_word_only_assessment_and_plan_ask_to_be_completed(draft: Draft, group_note: Note) -> None:
    """Nothing is proposed, and no empty section stands in the note."""
    note = complete(draft, group_note, (), M1)

    assert [s.title for s in note.sections] == [
        say.SESSION,
        say.SAID,
        say.EXCHANGES,
        say.ASSESSMENT,
        say.PLAN,
        say.HELD_BACK,
        say.ABOUT,
    ]
    assert lines(note, say.ASSESSMENT) == lines(note, say.PLAN) == [say.TO_COMPLETE]
    assert not any(each.by_hand for s in note.sections for each in s.lines)


def test_the_last_standing_word_of_a_field_counts(draft: Draft, group_note: Note) -> None:
    """A later one replaces an earlier one; an undone one was never said; another member's is not read."""
    kept = rulings(
        FieldWritten(M1, Field.PLAN, "First."),
        FieldWritten(M1, Field.PLAN, "Second.\nAnd third."),
        FieldWritten(M1, Field.PLAN, "Undone."),
        FieldWritten(M2, Field.PLAN, "Of another."),
        FieldWritten(M1, Field.RISK, "Asked; see chart."),
        FieldWritten(M1, Field.GOALS, "Gone."),
        FieldWritten(M1, Field.GOALS, ""),
        undone=(3,),
    )

    note = complete(draft, group_note, kept, M1)

    assert lines(note, say.PLAN) == ["Second.", "And third."]
    assert written(note, say.RISK) == ("Asked; see chart.",)
    assert say.GOALS not in [s.title for s in note.sections]
    assert lines(note, say.ASSESSMENT) == [say.TO_COMPLETE]
    assert "Of another." not in [each.text for s in note.sections for each in s.lines]


def test_sections_stand_in_one_order_whenever_they_were_written(draft: Draft, group_note: Note) -> None:
    """The order is the note's, not that of typing."""
    fields = [Field.PLAN, Field.RISK, Field.PROGRESS, Field.GOALS, Field.RESPONSE, Field.PRESENTATION]

    note = complete(draft, group_note, rulings(*(FieldWritten(M1, f, "Text.") for f in fields)), M1)

    assert [s.title for s in note.sections if any(each.by_hand for each in s.lines)] == [
        say.PRESENTATION,
        say.RESPONSE,
        say.GOALS,
        say.PROGRESS,
        say.RISK,
        say.PLAN,
    ]


def test_the_groups_fields_stand_in_its_part_and_the_times_in_both(draft: Draft, group_note: Note) -> None:
    """Start and stop are one line; what a clinician typed goes before the vault's clock."""
    kept = rulings(
        FieldWritten(None, Field.START, "14:00"),
        FieldWritten(None, Field.TOPIC, "Sleep"),
        FieldWritten(None, Field.INTERVENTIONS, "Breathing exercise\nPsychoeducation"),
    )

    group, mine = complete_group(group_note, kept, stop="15:30"), complete(draft, group_note, kept, M1, stop="15:30")

    assert lines(group, say.TOPIC) == ["Sleep"]
    assert lines(group, say.INTERVENTIONS) == ["Breathing exercise", "Psychoeducation"]
    for note in (group, mine):
        assert "Start and stop times: 14:00 to 15:30." in lines(note, say.SESSION)
    assert say.TOPIC not in [s.title for s in mine.sections]
    assert lines(complete_group(group_note, ()), say.INTERVENTIONS) == [say.TO_COMPLETE]


@pytest.mark.parametrize("time", ["9:30", "24:00", "14.00", "2 pm", "14:00 Tobias", "12:60", "1\u0664:00"])
def test_a_time_is_a_clock_time_or_nothing(time: str, group_note: Note) -> None:
    """No other word gets into the line of times, and the refusal does not repeat it."""
    with pytest.raises(SessionError) as refusal:
        complete_group(group_note, (), start=time)

    assert time not in str(refusal.value)
    with pytest.raises(SessionError):
        field_text(Field.START, time)
    assert clock_time(" 09:30 ") == "09:30"
    assert not clock_time("")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("One.\r\n\r\n  Two \t of it. ", ("One.", "Two of it.")),
        ("zero\u200bwidth \u202eturned\u202c", ("zerowidth turned",)),
        ("bell\x07 and \x1b[31mred", ("bell and [31mred",)),
        ("a\u2028b\x85c", ("a", "b", "c")),
        ("lone \ud800 half", ("lone half",)),
        (f" {say.TO_COMPLETE} ", ()),
        ("\n \n", ()),
    ],
)
def test_typed_text_is_lines_of_what_can_be_seen(typed: str, kept: tuple[str, ...]) -> None:
    """Nothing invisible gets into a file; saying that a field is empty leaves it empty."""
    assert lines_of(typed) == kept


def test_a_line_is_written_anew_and_taken_out_by_its_evidence(draft: Draft, group_note: Note) -> None:
    """It becomes a hand's line in its place and keeps its evidence; empty takes it out."""
    kept = rulings(line("Sleep is poor.\nTearful at home.", "u0", "u2"), line("", "u5"))

    note = complete(draft, group_note, kept, M1)

    said = next(s for s in note.sections if s.title == say.SAID)
    assert said.lines == (
        NoteLine("Sleep is poor.", (UtteranceId("u0"), UtteranceId("u2")), by_hand=True),
        NoteLine("Tearful at home.", (UtteranceId("u0"), UtteranceId("u2")), by_hand=True),
    )
    # The finished line is still known by the same evidence, so that it can be written once more.
    assert may_write(note, say.SAID, (UtteranceId("u0"), UtteranceId("u2")))


def test_where_every_quotation_is_taken_out_the_note_says_so(draft: Draft, group_note: Note) -> None:
    """An empty section would read as a fault."""
    note = complete(draft, group_note, rulings(line("", "u0", "u2"), line("", "u5")), M1)

    assert lines(note, say.SAID) == [say.NOTHING_SAID]


def test_a_line_whose_evidence_changed_is_not_guessed_at(draft: Draft, group_note: Note) -> None:
    """What a hand wrote of two utterances does not stand when one was hidden, nor do the words that it replaced."""
    kept = rulings(line("Sleep is poor, and there is a secret.", "u0"), line("", "u2", "u9"), line("Kept.", "u5"))

    note = complete(draft, group_note, kept, M1)

    # u0 and u2 are one passage now: the last word on any of it took it out.
    assert lines(note, say.SAID) == ["Kept."]
    assert unplaced(draft, kept, M1) == (2,)


def test_a_rewritten_line_on_other_evidence_asks_for_a_hand(draft: Draft, group_note: Note) -> None:
    """It says that a clinician is to complete it, keeps its evidence, and can be written."""
    kept = rulings(line("Sleep is poor, and there is a secret.", "u0"))

    note = complete(draft, group_note, kept, M1)

    said = next(s for s in note.sections if s.title == say.SAID)
    assert said.lines[0] == NoteLine(say.TO_COMPLETE, (UtteranceId("u0"), UtteranceId("u2")))
    again = (*kept, *rulings(line("Sleep is poor.", "u0", "u2")))
    assert lines(complete(draft, group_note, again, M1), say.SAID)[0] == "Sleep is poor."
    assert (unplaced(draft, kept, M1), unplaced(draft, again, M1), unplaced(None, kept, M1)) == ((1,), (), ())
    # Taken back, the draft's own words stand again.
    assert lines(complete(draft, group_note, rulings(kept[0].decided, undone=(1,)), M1), say.SAID) == lines(
        draft.note, say.SAID
    )


def test_what_was_taken_out_does_not_come_back_as_prose(draft: Draft, group_note: Note) -> None:
    """A model's prose on the same evidence is another line, and stays out until a hand writes it."""
    prose = NoteLine("The member's dad drinks.", (UtteranceId("u5"),))
    left = tuple(replace(s, lines=s.lines[:1]) if s.title == say.SAID else s for s in draft.note.sections)
    reworded = replace(draft, note=replace(draft.note, sections=(NoteSection(say.REWORDED, (prose,)), *left)))

    gone = complete(reworded, group_note, rulings(line("", "u5")), M1)
    changed = complete(reworded, group_note, rulings(line("Father drinks.", "u5")), M1)
    kept = complete(reworded, group_note, rulings(line("Father drinks.", "u5", section=say.REWORDED)), M1)

    assert lines(gone, say.REWORDED) == []
    assert lines(changed, say.REWORDED) == [say.TO_COMPLETE]
    assert lines(kept, say.REWORDED) == ["Father drinks."]
    assert lines(kept, say.SAID) == lines(draft.note, say.SAID)[:1]


def test_counted_lines_and_fields_are_no_lines_to_write(draft: Draft, group_note: Note) -> None:
    """Attendance is corrected where it comes from, a field where it is typed."""
    kept = rulings(line("Minutes: 600.", section=say.SESSION), line("Fine.", section=say.ASSESSMENT))

    note = complete(draft, group_note, kept, M1)

    assert note == complete(draft, group_note, (), M1)
    assert not may_write(note, say.SESSION, ())
    assert not may_write(note, say.ASSESSMENT, ())
    assert not may_write(note, say.SAID, (UtteranceId("u77"),))
    assert may_write(group_note, say.THEMES_RAISED, ())


def test_the_groups_themes_can_be_written_anew(group_note: Note) -> None:
    """A theme that should not stand in every chart is taken out or reworded by hand."""
    kept = rulings(line("Rest.", section=say.THEMES_RAISED, reader=None))

    assert lines(complete_group(group_note, kept), say.THEMES_RAISED) == ["Rest."]
    gone = complete_group(group_note, rulings(line("", section=say.THEMES_RAISED, reader=None)))
    assert say.THEMES_RAISED not in [s.title for s in gone.sections]


def test_without_a_draft_the_note_quotes_nothing(group_note: Note) -> None:
    """A member who was given no draft can still have a complete note."""
    note = complete(None, group_note, rulings(FieldWritten(M1, Field.PLAN, "Call.")), M1)

    assert (note.member, note.session) == (M1, group_note.session)
    assert lines(note, say.SAID) == [say.NOTHING_SAID]
    assert lines(note, say.PLAN) == ["Call."]
    assert lines(note, say.SESSION) == lines(group_note, say.SESSION)


def test_addenda_are_a_hands_lines(group_note: Note) -> None:
    """The gate reads them as it reads whatever a clinician wrote."""
    signed = Note(M1, "s1", (NoteSection(say.PLAN, (NoteLine("Call.", by_hand=True),)),))

    note = with_addenda(signed, [Addendum("Called.\nNo answer.", "Dana Ruiz, LCSW", "op1", AT)])

    assert note.addenda == (NoteLine("Called.", by_hand=True), NoteLine("No answer.", by_hand=True))
    assert note.sections == signed.sections
