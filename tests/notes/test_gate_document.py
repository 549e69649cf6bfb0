"""The gate reads a finished document: every line as what it is, its head, headings, signature and notices."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import Part2, PersonId, UtteranceId
from assistant.notes.context import GateContext
from assistant.notes.document import Document, DocumentLine, DocumentPart, LineKind
from assistant.notes.gate import Gate, refuses
from assistant.notes.notices import part2_notices
from assistant.notes.sentences import GOALS, RESPONSE, SAID, TO_COMPLETE

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT = [
    "m1: I sleep badly and I cry.",
    "m3: I had my [[LEGAL:m3|second DUI]] at [[ORG:m3|Harlan Freight]].",
    "m2: It is [[PHONE:m2|five five five, oh one eight eight]].",
]
SPEECH = DocumentLine("I sleep badly and I cry.", LineKind.SPEECH, (UtteranceId("u0"),), SAID)
HAND = DocumentLine("Engaged well; a peer offered support.", LineKind.HAND, (), RESPONSE)
COUNTED = DocumentLine("The session lasted 50 minutes.", LineKind.COUNTED)
EMPTY = DocumentLine(TO_COMPLETE, LineKind.EMPTY)

CLEAN = Document(
    reader=PersonId("m1"),
    title="Group session note",
    member="Priscilla Okonkwo",
    date=dt.date(2026, 3, 10),
    parts=(
        DocumentPart("Session", (COUNTED,)),
        DocumentPart("Subjective", (DocumentLine("The member said:", LineKind.COUNTED), SPEECH)),
        DocumentPart("Response", (HAND,)),
        DocumentPart("Plan", (EMPTY,)),
    ),
    signature="Dana Ruiz, LCSW",
    notices=part2_notices(Part2.UNKNOWN),
)


def hand(text: str) -> Document:
    """Return the document with another line by hand."""
    return put(DocumentLine(text, LineKind.HAND, (), RESPONSE))


def put(*lines: DocumentLine, title: str = "Response") -> Document:
    """Return the document with other lines in its third part."""
    return replace(CLEAN, parts=(*CLEAN.parts[:2], DocumentPart(title, lines), CLEAN.parts[3]))


def test_a_clean_document_passes(told: Callable[..., Any]) -> None:
    """Signed, with the notice of the rule, a peer in it, and the clinician's own name below."""
    assert Gate().check_document(CLEAN, told(SCRIPT).context("m1")) == ()


LEAKS = [
    (hand("Priscilla comforted Hope about the DUI."), "name", "Response", 0),
    (hand("Called 555-0188."), "number of another", "Response", 0),
    (put(HAND, DocumentLine("Drives for Harlan.", LineKind.HAND)), "part of another's fact", "Response", 1),
    (put(DocumentLine("Tobias was there.", LineKind.COUNTED)), "not a fixed sentence", "Response", 0),
    (put(DocumentLine("The session lasted many minutes.", LineKind.COUNTED)), "not a fixed sentence", "Response", 0),
    (put(DocumentLine("Steady.", LineKind.EMPTY)), "not empty", "Response", 0),
    (put(DocumentLine("Hope said no.", LineKind.EMPTY)), "name", "Response", 0),
    (put(DocumentLine("I sleep badly.", LineKind.SPEECH)), "no evidence", "Response", 0),
    (put(replace(SPEECH, evidence=(UtteranceId("u1"),))), "evidence is not the reader's", "Response", 0),
    (put(replace(SPEECH, text="I had a DUI.")), "word of another", "Response", 0),
    (put(replace(SPEECH, text="I sat by Hope.", kind=LineKind.REWORDED)), "name", "Response", 0),
    (put(HAND, title="Hope's part"), "name", "Heading", 2),
    (put(DocumentLine("Steady.", LineKind.COUNTED), title="Our own words"), "not a fixed sentence", "Part 3", 0),
    (replace(CLEAN, title="Hope's note"), "name", "Title", 0),
    (replace(CLEAN, notices=("Scope: what Hope told.",)), "name", "Notice", 0),
    (replace(CLEAN, member="Priscilla"), "not the member's name", "Member", 0),
    (replace(CLEAN, member="Hope Barlow"), "another member's name", "Member", 0),
    (replace(CLEAN, member="Priscilla Okonkwo and Hope Barlow"), "another member's name", "Member", 0),
    (replace(CLEAN, reader=PersonId("m3")), "another member's document", "Member", 0),
    (replace(CLEAN, signature="Hope Barlow"), "a member's name in a signature", "Signature", 0),
    (replace(CLEAN, signature="Barlow, Hope"), "a member's name in a signature", "Signature", 0),
    (replace(CLEAN, signature="Ann Lindgren, LPC"), "a member's name in a signature", "Signature", 0),
    (
        put(DocumentLine("Tobias Lindgren", LineKind.SIGNATURE)),
        "a member's name in a signature",
        "Response",
        0,
    ),
    (replace(CLEAN, signature="Dana Ruiz 555-0188"), "number of another", "Signature", 0),
]


@pytest.mark.parametrize(("document", "rule", "section", "line"), LEAKS)
def test_a_leak_is_found_wherever_it_stands(
    told: Callable[..., Any], document: Document, rule: str, section: str, line: int
) -> None:
    """In a line of any kind, a heading, the title, a notice, the head or the signature."""
    found = Gate().check_document(document, told(SCRIPT).context("m1"))
    assert refuses(found)
    assert (rule, section, line) in {(f.rule, f.section, f.line) for f in found}


@pytest.mark.parametrize(
    "document",
    [
        replace(CLEAN, member=""),
        replace(CLEAN, signature=""),
        replace(CLEAN, signature="Hope Winters, LCSW"),
        replace(CLEAN, notices=("By: Dana Ruiz. What may be released: attendance and progress.",)),
        put(DocumentLine("Dana Ruiz, LCSW", LineKind.SIGNATURE)),
        put(HAND, title="Weekly summary"),
        put(DocumentLine("The member reported: I sleep badly.", LineKind.REWORDED, SPEECH.evidence, GOALS)),
    ],
)
def test_what_is_nobody_elses_passes(told: Callable[..., Any], document: Document) -> None:
    """A clinician may share a first name with a member; staff may be named where they sign or disclose."""
    assert not refuses(Gate().check_document(document, told(SCRIPT).context("m1")))


def test_two_members_by_one_name_cannot_be_told_apart(told: Callable[..., Any]) -> None:
    """A head that holds another's whole name is refused until the roster tells them apart."""
    people = (("m1", "member", "Mary Ann Lee", ()), ("m2", "member", "Ann Lee", ()))
    document = replace(CLEAN, member="Mary Ann Lee", signature="")
    found = Gate().check_document(document, told(["m1: I sleep badly and I cry."], people).context("m1"))
    assert ("another member's name", "m2") in {(f.rule, f.whose) for f in found}


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Engaged well; a peer offered support.", False),
        ("Sat by Toby.", True),
        ("Sat by T.L. again.", True),
        ("Sat by m2 again.", True),
        ("Member 3 cried.", True),
        ("Told [person 2] so.", True),
        ("A peer shared that she is ill.", True),
        ("Was arrested for shoplifting in autumn.", True),
    ],
)
def test_after_the_purge_names_and_references_are_still_looked_for(
    told: Callable[..., Any], text: str, *, refused: bool
) -> None:
    """The transcript is gone after 30 days; the roster and what the group file knows are left."""
    scene = told(SCRIPT, facts=[("m2", "arrested for shoplifting last autumn")])
    purged = GateContext(PersonId("m1"), scene.session.group, (), ())
    assert refuses(Gate().check_document(hand(text), purged)) is refused


def test_a_check_that_fails_stops_the_document(told: Callable[..., Any]) -> None:
    """A document whose reader is on no roster is refused, not passed for want of something to compare."""
    document = replace(CLEAN, reader=PersonId("m9"))
    context = replace(told(SCRIPT).context("m1"), reader=PersonId("m9"))
    assert refuses(Gate().check_document(document, context))


def test_findings_of_a_document_hold_no_words(told: Callable[..., Any]) -> None:
    """Neither a finding nor a document's repr repeats a name or a line."""
    document = put(DocumentLine("Hope drives for Harlan.", LineKind.HAND), title="Hope")
    shown = repr(Gate().check_document(document, told(SCRIPT).context("m1")))
    assert "hope" not in shown.lower()
    assert "harlan" not in shown.lower()


def test_a_session_that_changed_is_read_anew(told: Callable[..., Any]) -> None:
    """What the gate remembers of a line holds for one session and one reader only."""
    gate = Gate()
    document = hand("Drew a quagga.")
    before, after = told(SCRIPT).context("m1"), told([*SCRIPT, "m2: A quagga!"]).context("m1")
    assert not refuses(gate.check_document(document, before))
    assert refuses(gate.check_document(document, after))
    assert not refuses(gate.check_document(document, before))
    gate.prepare(after)
    assert refuses(gate.check_document(document, after))
    gate.forget()
    assert refuses(gate.check_document(document, after))
    own = told([*SCRIPT, "m2: A quagga!"]).context("m2")
    theirs = replace(document, reader=PersonId("m2"), member="", parts=document.parts[2:3])
    assert not refuses(gate.check_document(theirs, own))


def test_a_document_of_a_long_session_is_read_in_no_time(told: Callable[..., Any]) -> None:
    """1,500 utterances, forty lines, of which one changed since the last reading: every key press may ask for it."""
    script = [f"m{n % 5 + 1}: I told them about number {n} and the garden, the rain and the road." for n in range(1500)]
    context = told(script).context("m1")
    gate = Gate()
    gate.prepare(context)
    lines = [DocumentLine(f"Engaged well in exercise {n}.", LineKind.HAND) for n in range(40)]
    gate.check_document(put(*lines), context)
    started = time.process_time()
    gate.check_document(put(*lines[1:], HAND), context)
    assert time.process_time() - started < 0.5
