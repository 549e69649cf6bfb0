"""Every format tells the same facts under its own headings, and no more than its recipient may have."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from assistant.decisions import GROUP_FIELDS, Decided, Field, FieldWritten, LineWritten, Ruling
from assistant.domain import Draft, Note, NoteLine, NoteSection, Part2, PersonId, Release, UtteranceId
from assistant.handout import Addendum, NoteFormat, Recipient, ReleaseConsent
from assistant.notes import sentences as say
from assistant.notes.completing import complete, complete_group
from assistant.notes.document import Document, DocumentLine, LineKind
from assistant.notes.formats import MAPPING, document
from assistant.notes.gate import Gate
from assistant.notes.presets import beyond
from assistant.notes.writer import write_group_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

M1 = PersonId("m1")
AT = dt.datetime(2026, 3, 11, 8, 5, tzinfo=dt.UTC)
SCRIPT = ["m1: I sleep badly.", "m2: My brother drinks.", "f: Go on.", "m1: The evenings are long.", "f: And then?"]
FIELDS = {
    Field.START: "14:00",
    Field.STOP: "15:30",
    Field.TOPIC: "Rest and routine",
    Field.INTERVENTIONS: "Breathing exercise\nSleep diary explained",
    Field.PRESENTATION: "On time, quiet.",
    Field.RESPONSE: "Took part in the exercise.",
    Field.GOALS: "Goal 2: regular sleep.",
    Field.PROGRESS: "Diary kept on five days.",
    Field.RISK: "Asked about safety; nothing new to record.",
    Field.ASSESSMENT: "Steady.",
    Field.PLAN: "Continue weekly.\nReview the diary.",
}
FORMS = [form for form in NoteFormat if form is not NoteFormat.OWN]
HEADINGS = {
    NoteFormat.SOAP: ["Subjective", "Objective", "Assessment", "Plan"],
    NoteFormat.DAP: ["Data", "Assessment", "Plan"],
    NoteFormat.BIRP: ["Session", "Behavior", "Intervention", "Response", "Plan"],
    NoteFormat.GIRP: ["Session", "Goal", "Intervention", "Response", "Plan"],
    NoteFormat.PIRP: ["Session", "Problem", "Intervention", "Response", "Plan"],
    NoteFormat.PIE: ["Session", "Problem", "Intervention", "Evaluation"],
}


class Desk:
    """A session with a member's draft, as a clinician completes and hands it out."""

    def __init__(self, told: Callable[..., Any]) -> None:
        self.scene = told(SCRIPT, part2=Part2.UNKNOWN)
        self.draft = Draft(self.scene.note("m1", 0, 3), Release(M1, (), ()), (), refused=False)
        self.group = write_group_note(
            self.scene.session, present_count=13, facilitator_count=1, minutes=90, topics=("sleep", "money")
        )

    def notes(self, fields: Iterable[Field], *lines: LineWritten) -> tuple[Note, Note]:
        """Return both parts with these fields and lines written."""
        decided: list[Decided] = [FieldWritten(None if f in GROUP_FIELDS else M1, f, FIELDS[f]) for f in fields]
        rulings = [Ruling(n, AT, "op1", d) for n, d in enumerate([*decided, *lines], 1)]
        return complete(self.draft, self.group, rulings, M1), complete_group(self.group, rulings)

    def hand_out(
        self,
        form: NoteFormat,
        fields: Iterable[Field] = Field,
        recipient: Recipient = Recipient.RECORD,
        signature: str = "",
        addenda: tuple[Addendum, ...] = (),
    ) -> Document:
        """Return the finished note."""
        note, group = self.notes(fields)
        return document(
            note,
            group,
            form,
            recipient,
            member_name="Priscilla Okonkwo",
            date=self.scene.session.date,
            signature=signature,
            signed_at=AT if signature else None,
            addenda=addenda,
        )


@pytest.fixture
def desk(told: Callable[..., Any]) -> Desk:
    """Return the session's desk."""
    return Desk(told)


def all_lines(finished: Document) -> list[DocumentLine]:
    """Return the lines of all parts."""
    return [line for part in finished.parts for line in part.lines]


def facts(finished: Document) -> Counter[tuple[LineKind, str, str]]:
    """Return what a document tells, whatever its order and headings: lead-ins are headings."""
    return Counter(
        (line.kind, line.section, line.text) for line in all_lines(finished) if line.text not in say.LEAD_INS
    )


def part(finished: Document, title: str) -> list[str]:
    """Return the texts under a heading."""
    return [line.text for p in finished.parts if p.title == title for line in p.lines]


@pytest.mark.parametrize("fields", [tuple(Field), (), (Field.PLAN, Field.START), (Field.RISK, Field.TOPIC)])
def test_every_format_tells_the_same_facts(desk: Desk, fields: tuple[Field, ...]) -> None:
    """The round trip of ``domain.md`` 4.3: nothing is lost, added or said twice by a change of format."""
    told = {form: facts(desk.hand_out(form, fields)) for form in FORMS}

    assert all(each == told[NoteFormat.PROGRESS] for each in told.values())
    spoken = [text for kind, _, text in told[NoteFormat.PROGRESS].elements() if kind is LineKind.SPEECH]
    typed = [text for kind, _, text in told[NoteFormat.PROGRESS].elements() if kind is LineKind.HAND]
    assert sorted(spoken) == ["I sleep badly.", "The evenings are long."]
    assert sorted(typed) == sorted(
        line for f in fields if f not in {Field.START, Field.STOP} for line in FIELDS[f].splitlines()
    )


def test_every_neutral_section_has_one_place_in_every_format() -> None:
    """A section that a format forgot would be lost in it."""
    placed = {form: sorted(s for _, sections in parts for s in sections) for form, parts in MAPPING.items()}

    assert set(placed) == set(FORMS)
    assert all(each == placed[NoteFormat.PROGRESS] for each in placed.values())
    assert set(placed[NoteFormat.SOAP]) == say.TITLES - {say.HELD_BACK, say.ABOUT, say.ADDENDA}
    assert all(count == 1 for count in Counter(placed[NoteFormat.SOAP]).values())


@pytest.mark.parametrize("form", HEADINGS)
def test_a_format_has_its_headings_in_order(desk: Desk, form: NoteFormat) -> None:
    """What the letters of its name stand for; full or empty."""
    assert [p.title for p in desk.hand_out(form).parts] == HEADINGS[form]
    assert [p.title for p in desk.hand_out(form, ()).parts] == HEADINGS[form]


def test_soap_puts_things_where_a_clinic_looks_for_them(desk: Desk) -> None:
    """What the member said, what was seen and done, what the clinician makes of it, what comes next."""
    soap = desk.hand_out(NoteFormat.SOAP)

    assert part(soap, "Subjective") == ["The member said:", "I sleep badly.", "The evenings are long."]
    assert part(soap, "Objective") == [
        "Group session on 2026-03-10.",
        "Kind of group: psychotherapy",
        "Start and stop times: 14:00 to 15:30.",
        "The member was present for 50 of 50 minutes.",
        "5 members and 1 facilitator were present.",
        "Topic:",
        "Rest and routine",
        "Three or more members spoke of sleep and money.",
        "Interventions:",
        "Breathing exercise",
        "Sleep diary explained",
        "Presentation:",
        "On time, quiet.",
        "2 exchanges between the facilitator and the member were counted.",
        "Response:",
        "Took part in the exercise.",
    ]
    assert part(soap, "Assessment") == [
        "Steady.",
        "Goals:",
        "Goal 2: regular sleep.",
        "Progress:",
        "Diary kept on five days.",
        "Risk statement:",
        "Asked about safety; nothing new to record.",
    ]
    assert part(soap, "Plan") == ["Continue weekly.", "Review the diary."]


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_field_says_that_it_is_to_be_completed(desk: Desk, form: NoteFormat) -> None:
    """Exactly so, once each; a statement of risk stands only where a clinician wrote one."""
    empty = [line for line in all_lines(desk.hand_out(form, ())) if line.kind is LineKind.EMPTY]

    assert {line.text for line in empty} == {"[clinician to complete]"}
    assert sorted(line.section for line in empty) == sorted(
        [
            say.TOPIC,
            say.INTERVENTIONS,
            say.PRESENTATION,
            say.RESPONSE,
            say.GOALS,
            say.PROGRESS,
            say.ASSESSMENT,
            say.PLAN,
        ]
    )
    assert not [line for line in all_lines(desk.hand_out(form)) if line.kind is LineKind.EMPTY]


@pytest.mark.parametrize("form", FORMS)
def test_a_finished_note_holds_nothing_that_is_only_the_drafts(desk: Desk, form: NoteFormat) -> None:
    """No counts of what was held back, no word about the draft, no advice to the clinician (X14)."""
    signed = desk.hand_out(form, signature="Dana Ruiz, LCSW")
    text = "\n".join((signed.title, *(p.title for p in signed.parts), *(line.text for line in all_lines(signed))))

    assert not signed.is_draft
    assert signed.title == "Group session note"
    for word in ("DRAFT", "draft", "Held back", "held back", say.TOO_MANY, "u0", "u3", "Priscilla", "Tobias"):
        assert word not in text
    assert {line.section for line in all_lines(signed)} <= say.TITLES - {say.HELD_BACK, say.ABOUT}
    assert desk.hand_out(form).title == "DRAFT: group session note"


@pytest.mark.parametrize("form", FORMS)
def test_a_payer_gets_no_quotation_and_every_heading_all_the_same(desk: Desk, form: NoteFormat) -> None:
    """Minimum necessary (2.3); a heading with nothing under it says why."""
    payer = desk.hand_out(form, recipient=Recipient.PAYER)
    text = [line.text for line in all_lines(payer)]

    assert not [line for line in all_lines(payer) if line.kind is LineKind.SPEECH]
    assert "I sleep badly." not in text
    assert "On time, quiet." not in text
    assert FIELDS[Field.RESPONSE] in text
    assert "The member said:" not in text
    if form is NoteFormat.SOAP:
        assert part(payer, "Subjective") == ["Left out for this recipient."]
    assert [p.title for p in payer.parts] == [p.title for p in desk.hand_out(form, ()).parts] or (
        form is NoteFormat.PROGRESS
    )


@pytest.mark.parametrize("recipient", list(Recipient))
@pytest.mark.parametrize("form", FORMS)
def test_no_format_goes_beyond_what_a_recipient_may_have(desk: Desk, form: NoteFormat, recipient: Recipient) -> None:
    """Held against the presets once more, line by line; an authorization widens it by what it names."""
    consent = ReleaseConsent(1, description="Assessment, and What the member said")

    for fields in (tuple(Field), ()):
        note, group = desk.notes(fields)
        for paper in (None, consent):
            finished = document(
                note, group, form, recipient, member_name="", date=AT.date(), consent=paper, signature="Dana Ruiz"
            )
            assert beyond(finished, recipient, paper) == ()
            quoted = any(line.kind is LineKind.SPEECH for line in all_lines(finished))
            assert quoted is (recipient is not Recipient.PAYER and (recipient is not Recipient.OTHER or bool(paper)))


def test_a_line_that_a_hand_rewrote_is_not_quoted(desk: Desk) -> None:
    """It stands among what the member said, as the clinician's words."""
    note, group = desk.notes((), LineWritten(M1, say.SAID, (UtteranceId("u0"),), "Reports poor sleep."))

    soap = document(note, group, NoteFormat.SOAP, Recipient.RECORD, member_name="", date=AT.date())

    kinds = {line.text: line.kind for line in all_lines(soap)}
    assert kinds["Reports poor sleep."] is LineKind.HAND
    assert kinds["The evenings are long."] is LineKind.SPEECH
    assert "I sleep badly." not in kinds


def test_a_note_without_quotations_does_not_say_that_the_member_said_nothing_quoted(desk: Desk) -> None:
    """The sentence that nothing was released stands alone."""
    gone = [LineWritten(M1, say.SAID, (UtteranceId(u),), "") for u in ("u0", "u3")]
    note, group = desk.notes((), *gone)

    soap = document(note, group, NoteFormat.SOAP, Recipient.RECORD, member_name="", date=AT.date())

    assert part(soap, "Subjective") == [say.NOTHING_SAID]


def test_prose_of_the_clinics_model_is_told_apart_from_quotations(desk: Desk) -> None:
    """It has evidence and no quotation marks."""
    note, group = desk.notes(())
    prose = NoteLine("The member sleeps badly.", (UtteranceId("u0"),))
    reworded = Note(M1, note.session, (*note.sections, NoteSection(say.REWORDED, (prose,))))

    dap = document(reworded, group, NoteFormat.DAP, Recipient.RECORD, member_name="", date=AT.date())

    assert [line.kind for line in all_lines(dap) if line.text == prose.text] == [LineKind.REWORDED]
    assert "In short, the member said:" in part(dap, "Data")


def test_addenda_follow_with_time_and_signature(desk: Desk) -> None:
    """Each as it was added (4.4); a payer's preset has none."""
    added = (Addendum("Called.\nNo answer.", "Dana Ruiz, LCSW", "op1", AT),)

    record = desk.hand_out(NoteFormat.BIRP, signature="Dana Ruiz, LCSW", addenda=added)
    payer = desk.hand_out(NoteFormat.BIRP, recipient=Recipient.PAYER, signature="Dana Ruiz, LCSW", addenda=added)

    assert [(line.kind, line.text) for line in record.parts[-1].lines] == [
        (LineKind.COUNTED, "Added on 2026-03-11 at 08:05 UTC."),
        (LineKind.HAND, "Called."),
        (LineKind.HAND, "No answer."),
        (LineKind.SIGNATURE, "Dana Ruiz, LCSW"),
    ]
    assert record.parts[-1].title == "Addenda"
    assert "Called." not in [line.text for line in all_lines(payer)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("recipient", [Recipient.RECORD, Recipient.PAYER])
def test_the_gate_lets_every_format_of_a_clean_note_pass(desk: Desk, form: NoteFormat, recipient: Recipient) -> None:
    """Headings, lead-ins and counts are all sentences that the gate knows; full, empty and with an addendum."""
    added = (Addendum("Called.", "Dana Ruiz, LCSW", "op1", AT),)
    context = desk.scene.context("m1")

    for fields in (tuple(Field), ()):
        finished = desk.hand_out(form, fields, recipient, signature="Dana Ruiz, LCSW", addenda=added)
        assert Gate().check_document(finished, context) == ()


@pytest.mark.parametrize("form", FORMS)
def test_the_gate_refuses_another_members_words_in_every_format(desk: Desk, form: NoteFormat) -> None:
    """Wherever a format puts a field, the gate reads it."""
    for name in (Field.TOPIC, Field.INTERVENTIONS, Field.PRESENTATION, Field.GOALS, Field.RISK, Field.PLAN):
        rulings = [Ruling(1, AT, "op1", FieldWritten(None if name in GROUP_FIELDS else M1, name, "As Tobias said."))]
        note, group = complete(desk.draft, desk.group, rulings, M1), complete_group(desk.group, rulings)

        finished = document(note, group, form, Recipient.RECORD, member_name="", date=AT.date())

        found = Gate().check_document(finished, desk.scene.context("m1"))
        assert {f.whose for f in found} == {PersonId("m2")}


def test_the_groups_part_is_no_members_note(desk: Desk) -> None:
    """A mistake in the order of arguments ends there, and so does a format without its template."""
    note, group = desk.notes(())

    with pytest.raises(ValueError, match="no member's note"):
        document(group, note, NoteFormat.SOAP, Recipient.RECORD, member_name="", date=AT.date())
    with pytest.raises(ValueError, match="needs its template"):
        desk.hand_out(NoteFormat.OWN)
