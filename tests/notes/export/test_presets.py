"""Each recipient gets what the preset lists and no more, and only with all that a release rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import Part2, PersonId
from assistant.handout import Recipient, ReleaseConsent
from assistant.notes import sentences as say
from assistant.notes.document import Document, DocumentLine, DocumentPart, LineKind
from assistant.notes.presets import MINIMUM, WHOLE, accountable, beyond, lacking, needs_consent, preset

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = dt.date(2026, 6, 1)
CONSENT = ReleaseConsent(
    1,
    patient="Hope Barlow",
    discloser="Harbour Street Clinic",
    description="progress notes",
    recipients="my treating providers and third-party payers",
    kinds=(Recipient.PAYER, Recipient.CLINICIAN),
    purpose="treatment and payment",
    revocation="in writing",
    expiry="none",
    refusal="no consequence",
    signed_by="Hope Barlow",
    signed_on=dt.date(2026, 1, 2),
)
FOR_OTHER = replace(CONSENT, kinds=(Recipient.OTHER,), expiry="end of the proceedings")


def document(*lines: DocumentLine) -> Document:
    """Return a document of these lines."""
    return Document(PersonId("m3"), "Group session note", "", TODAY, (DocumentPart("Data", lines),))


def hand(section: str) -> DocumentLine:
    """Return a clinician's line of a section."""
    return DocumentLine("Calm.", LineKind.HAND, section=section)


@pytest.mark.parametrize("recipient", [Recipient.RECORD, Recipient.CLINICIAN, Recipient.MEMBER])
def test_the_record_the_clinician_and_the_member_get_the_whole_note(recipient: Recipient) -> None:
    """The member too: what is left out of a member's own copy is a denial of access, which a person decides."""
    assert preset(recipient).sections == WHOLE
    assert preset(recipient).quotes


def test_the_payers_minimum_is_fixed() -> None:
    """Attendance, times, participation, what was done, goals, progress, plan: as it is written here, word for word."""
    expected = {
        *("Session", "Topic", "Interventions", "Exchanges with the facilitator"),
        *("Response", "Goals", "Progress", "Plan"),
    }

    assert expected == MINIMUM
    assert preset(Recipient.PAYER).sections == MINIMUM
    assert not preset(Recipient.PAYER).quotes


def test_nobody_gets_what_is_only_the_drafts() -> None:
    """What was held back, and what a draft says of itself, is in no preset; nor is what no preset lists."""
    for recipient in Recipient:
        assert beyond(document(hand(say.HELD_BACK), hand(say.ABOUT)), recipient) != ()
        assert beyond(document(hand("")), recipient) == ("a section that is not exported",)


@pytest.mark.parametrize("section", sorted(WHOLE - MINIMUM))
def test_what_a_payer_may_not_have_is_named(section: str) -> None:
    """By its title, which says nothing of what stands in it."""
    assert beyond(document(hand(say.PLAN), hand(section)), Recipient.PAYER) == (section,)


def test_a_payer_gets_no_quotation_in_any_section() -> None:
    """Speech is speech wherever a format puts it; the line that says that something was left out may stand."""
    quoted = DocumentLine("I went back.", LineKind.SPEECH, section=say.PLAN)
    left_out = DocumentLine(say.LEFT_OUT, LineKind.COUNTED, section=say.ASSESSMENT)

    assert beyond(document(quoted), Recipient.PAYER) == ("quotations",)
    assert beyond(document(left_out), Recipient.PAYER) == ()


@pytest.mark.parametrize(
    ("description", "more", "quotes"),
    [
        ("progress notes of 2026", set(), False),
        ("Assessment and risk statement of the sessions in May", {say.ASSESSMENT, say.RISK}, False),
        ("what the member   said", {say.SAID}, True),
        ("What the member said, reworded", {say.REWORDED}, False),
        ("reassessment", set(), False),
    ],
)
def test_an_authorization_widens_by_the_titles_that_it_names(description: str, more: set[str], quotes: bool) -> None:
    """For a court or anybody else: the minimum, and what the paper lists in so many words."""
    allowed = preset(Recipient.OTHER, replace(FOR_OTHER, description=description))

    assert (allowed.sections, allowed.quotes) == (MINIMUM | more, quotes)


def test_an_authorization_for_private_notes_adds_nothing() -> None:
    """What it names is in no document: transcript and remarks stay where they are."""
    assert preset(Recipient.OTHER, replace(FOR_OTHER, names_private=True)) == preset(Recipient.OTHER, FOR_OTHER)


@pytest.mark.parametrize("part2", [Part2.YES, Part2.UNKNOWN])
def test_under_part_2_all_but_the_members_copy_needs_a_consent(part2: Part2) -> None:
    """And the clinic's own record, which is no disclosure; unknown is yes."""
    asked = {r for r in Recipient if needs_consent(r, part2)}

    assert asked == {Recipient.PAYER, Recipient.CLINICIAN, Recipient.OTHER}
    assert {r for r in Recipient if needs_consent(r, Part2.NO)} == {Recipient.OTHER}
    assert lacking(None, Recipient.PAYER, part2, TODAY) == ("consent",)
    assert lacking(None, Recipient.MEMBER, part2, TODAY) == ()


def test_a_complete_consent_lacks_nothing() -> None:
    """So that each of the cases below is blocked by the one field that it lacks."""
    assert lacking(CONSENT, Recipient.PAYER, Part2.YES, TODAY) == ()
    assert lacking(CONSENT, Recipient.CLINICIAN, Part2.UNKNOWN, TODAY) == ()
    assert lacking(FOR_OTHER, Recipient.OTHER, Part2.NO, TODAY) == ()


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        *(
            pytest.param({name: empty}, (name,), id=f"{name} {empty!r}")
            for name in ("patient", "discloser", "description", "recipients", "purpose", "revocation", "refusal")
            for empty in ("", "  ")
        ),
        pytest.param({"signed_by": ""}, ("signed_by",), id="no signature"),
        pytest.param({"signed_on": None}, ("signed_on",), id="no date of signature"),
        pytest.param({"signed_on": dt.date(2026, 6, 2)}, ("signed_on",), id="signed tomorrow"),
        pytest.param({"expiry": ""}, ("expiry",), id="no end"),
        pytest.param({"expires": dt.date(2026, 5, 31)}, ("expired",), id="ended yesterday"),
        pytest.param({"expires": TODAY}, (), id="ends today"),
        pytest.param({"revoked_on": dt.date(2026, 5, 1)}, ("revoked",), id="revoked"),
        pytest.param({"revoked_on": TODAY}, ("revoked",), id="revoked today"),
        pytest.param({"kinds": (Recipient.CLINICIAN,)}, ("kinds",), id="for another kind"),
        pytest.param({"kinds": ()}, ("kinds", "expiry"), id="for nobody"),
        pytest.param({"patient": "", "signed_by": ""}, ("patient", "signed_by"), id="two"),
    ],
)
def test_a_missing_element_blocks_and_is_named(changed: dict[str, Any], named: Sequence[str]) -> None:
    """Every element of 42 CFR 2.31, one by one."""
    assert lacking(replace(CONSENT, **changed), Recipient.PAYER, Part2.YES, TODAY) == named


@pytest.mark.parametrize("never", ["none", "None.", "NEVER"])
def test_only_a_consent_to_treatment_and_payment_may_have_no_end(never: str) -> None:
    """42 CFR 2.31(a)(7): "none" for treatment, payment and operations; an authorization for others ends some day."""
    mixed = replace(CONSENT, expiry=never, kinds=(Recipient.PAYER, Recipient.OTHER))

    assert lacking(replace(CONSENT, expiry=never), Recipient.PAYER, Part2.YES, TODAY) == ()
    assert lacking(mixed, Recipient.PAYER, Part2.YES, TODAY) == ("expiry",)
    assert lacking(replace(FOR_OTHER, expiry=never), Recipient.OTHER, Part2.NO, TODAY) == ("expiry",)


def test_only_what_nobody_authorised_is_accounted_for() -> None:
    """A report or an order of a court, yes; the payer, the clinician, the member, and what was authorised, no."""
    assert {r for r in Recipient if accountable(r, None)} == {Recipient.OTHER}
    assert not any(accountable(r, FOR_OTHER) for r in Recipient)
