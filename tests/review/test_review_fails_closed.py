"""Without sign-off, consent, a passing gate, a living worker or room on the disk nothing is signed or handed out."""

from __future__ import annotations

import datetime as dt
import os
import resource
import signal
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.decisions import Field
from assistant.domain import Part2, PersonId, Resolution
from assistant.errors import AssistantError, GateRefusedError, SessionError
from assistant.handout import FileKind, NoteFormat, Recipient, ReleaseConsent
from assistant.review.view import HandOutOrder, Step
from assistant.store.reviews import Reviews
from tests.review.desks import REFUSED
from tests.review.quick import group, quick_review

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.review.quick import Quick

M1 = PersonId("m1")
SIGNATURE = "A. Cole, LCSW"
CONSENT = ReleaseConsent(
    number=0,
    patient="Ottoline Marrowby",
    discloser="The clinic",
    description="Attendance and progress",
    recipients="My health plans",
    kinds=(Recipient.PAYER, Recipient.CLINICIAN),
    purpose="payment",
    revocation="In writing at any time",
    expiry="none",
    refusal="May be redisclosed; treatment does not depend on it",
    signed_by="Ottoline Marrowby",
    signed_on=dt.date(2026, 1, 10),
)


def order(quick: Quick, *people: str, recipient: Recipient = Recipient.RECORD) -> HandOutOrder:
    """Return an order for these members."""
    whose = tuple(PersonId(p) for p in people)
    out = quick.folder / "out"
    return HandOutOrder(whose, recipient, NoteFormat.SOAP, FileKind.TEXT, out, to="Blue Plan", purpose="payment")


def files(quick: Quick) -> list[Path]:
    """Return what was handed out, hidden files among it."""
    return [path for path in (quick.folder / "out").rglob("*") if path.is_file()]


def test_what_is_empty_is_named_and_nothing_is_signed(quick: Quick) -> None:
    """Each missing field stands in the one line; then, with all of them written, the note is signed."""
    with pytest.raises(SessionError, match="assessment, plan"):
        quick.room.sign(M1, SIGNATURE)
    quick.complete()
    with pytest.raises(SessionError, match="signature"):
        quick.room.sign(M1, "  ")
    assert quick.room.note(M1).signed is None

    quick.room.sign(M1, SIGNATURE)

    assert quick.room.note(M1).step is Step.SIGNED
    assert ("note signed", "done") in quick.audit()


def test_a_signed_note_only_takes_addenda(quick: Quick) -> None:
    """Its fields and lines are closed; an addendum stands in the file with its signature."""
    quick.complete()
    quick.room.sign(M1, SIGNATURE)
    line = next(line.number for line in quick.room.note(M1).lines if line.speech)
    deeds: tuple[Callable[[], None], ...] = (
        lambda: quick.room.write(M1, Field.PLAN, "Another plan."),
        lambda: quick.room.write_line(M1, line, "Other words."),
        lambda: quick.room.hide(M1, line),
        lambda: quick.room.sign(M1, SIGNATURE),
    )
    for deed in deeds:
        with pytest.raises(SessionError, match="addendum"):
            deed()
    with pytest.raises(GateRefusedError, match="line 2: words"):
        quick.room.add(M1, f"The {REFUSED} this.", SIGNATURE)

    quick.room.add(M1, "Called the next day.", SIGNATURE)
    (done,) = quick.room.hand_out(order(quick, "m1"))

    assert done.file is not None
    text = done.file.read_text(encoding="utf-8")
    assert "Called the next day." in text
    assert "Another plan." not in text


def test_a_refused_note_is_not_signed_and_the_reason_has_no_word_of_it(quick: Quick) -> None:
    """The gate's finding names section, line and rule; editing, not ignoring, is what helps."""
    quick.complete()
    quick.room.write(M1, Field.PLAN, f"The {REFUSED} this.")
    with pytest.raises(GateRefusedError, match="Plan line 1: words") as refused:
        quick.room.sign(M1, SIGNATURE)
    assert REFUSED not in str(refused.value).replace("the gate refuses", "")
    assert ("note signed", "refused") in quick.audit()
    quick.until(lambda: quick.room.note(M1).step is Step.REFUSED)
    assert any(line.findings for line in quick.room.note(M1).lines)

    quick.room.write(M1, Field.PLAN, "Continue.")
    quick.room.sign(M1, SIGNATURE)

    assert quick.room.note(M1).step is Step.SIGNED


def test_only_signed_notes_are_handed_out_and_each_stands_alone(quick: Quick) -> None:
    """One of two is signed: one file, one line that says why not, and the log says both."""
    quick.complete()
    quick.room.sign(M1, SIGNATURE)

    done = quick.room.hand_out(order(quick, "m2", "m1"))

    assert [one.file is None for one in done] == [True, False]
    assert "not signed" in done[0].refused
    assert len(files(quick)) == 1
    assert quick.audit()[-2:] == [("exported", "refused"), ("exported", "done")]


WITHOUT = {
    "patient": replace(CONSENT, patient=""),
    "discloser": replace(CONSENT, discloser=""),
    "description": replace(CONSENT, description=""),
    "recipients": replace(CONSENT, recipients=""),
    "kinds": replace(CONSENT, kinds=()),
    "purpose": replace(CONSENT, purpose=""),
    "revocation": replace(CONSENT, revocation=""),
    "expiry": replace(CONSENT, expiry=""),
    "refusal": replace(CONSENT, refusal=""),
    "signed_by": replace(CONSENT, signed_by=""),
    "signed_on": replace(CONSENT, signed_on=None),
    "expired": replace(CONSENT, expiry="", expires=dt.date(2026, 2, 1)),
    "revoked": replace(CONSENT, revoked_on=dt.date(2026, 2, 1)),
}
"""A consent without one of its elements, by the name that the refusal gives it."""


def test_a_consent_that_lacks_an_element_lets_nothing_out(tmp_path: Path) -> None:
    """Under Part 2, unknown included, what is missing is named; a whole one lets the file out, and the log has it."""
    with quick_review(tmp_path, Part2.UNKNOWN) as quick:
        quick.complete()
        quick.room.sign(M1, SIGNATURE)
        reviews, people = Reviews(quick.vault), group(Part2.UNKNOWN)
        (none,) = quick.room.hand_out(order(quick, "m1", recipient=Recipient.PAYER))
        assert "consent" in none.refused
        for name, consent in WITHOUT.items():
            number = reviews.keep_consent(people, M1, consent)
            (lacking,) = quick.room.hand_out(replace(order(quick, "m1", recipient=Recipient.PAYER), consent=number))
            assert lacking.file is None, name
            assert name in lacking.refused
        assert not files(quick)
        assert not reviews.hand_outs(people)

        number = reviews.keep_consent(people, M1, CONSENT)
        (done,) = quick.room.hand_out(order(quick, "m1", recipient=Recipient.PAYER))

        assert done.file is not None, done.refused
        text = " ".join(done.file.read_text(encoding="utf-8").split())
        assert "42 CFR part 2 prohibits unauthorized use or disclosure of these records." in text
        assert "zebra" not in text
        (line,) = reviews.hand_outs(people)
        assert (line.recipient, line.accountable, line.consent) == ("Blue Plan", False, number)


def test_a_consent_of_somebody_else_covers_nothing(tmp_path: Path) -> None:
    """A paper that names another member, or nobody here, is no leave; nothing of either name is repeated."""
    with quick_review(tmp_path, Part2.YES) as quick:
        quick.complete()
        quick.room.sign(M1, SIGNATURE)
        reviews, people = Reviews(quick.vault), group(Part2.YES)
        other = next(p for p in people.people if p.is_member and p.id != M1)
        for patient in (other.name, "Somebody Unheard"):
            number = reviews.keep_consent(people, M1, replace(CONSENT, patient=patient))
            (refused,) = quick.room.hand_out(replace(order(quick, "m1", recipient=Recipient.PAYER), consent=number))

            assert "somebody else" in refused.refused
            assert patient not in refused.refused
        assert not files(quick)


@pytest.mark.parametrize("typed", ["Blue Plan\nBox 7", "Blue \x1b[31mPlan", "Blue\u200b Plan", "{other}, spouse"])
def test_the_disclosure_log_takes_no_hidden_marks_and_no_other_member(quick: Quick, typed: str) -> None:
    """The accounting goes to the member: what another is called stands nowhere in it."""
    quick.complete()
    quick.room.sign(M1, SIGNATURE)
    people = group(Part2.NO)
    other = next(p for p in people.people if p.is_member and p.id != M1)
    plain, words = order(quick, "m1", recipient=Recipient.MEMBER), typed.format(other=other.name)
    for asked in (replace(plain, to=words), replace(plain, purpose=words)):
        (refused,) = quick.room.hand_out(asked)

        assert "disclosure log" in refused.refused
        assert other.name not in refused.refused
    assert not files(quick)
    with pytest.raises(SessionError, match="disclosure log"):
        quick.room.reported(M1, words, "what was told", "safety")
    assert not Reviews(quick.vault).hand_outs(people)


def test_a_group_part_written_again_after_a_signature_is_told(quick: Quick) -> None:
    """The signed note stays as it was signed, and the list says that it is outdated."""
    quick.complete()
    quick.room.sign(M1, SIGNATURE)
    assert not any(row.outdated for row in quick.room.overview().notes)

    quick.room.write(None, Field.TOPIC, "Coping skills")

    assert [row.person.id for row in quick.room.overview().notes if row.outdated and row.person] == [M1]


def test_a_full_disk_leaves_nothing_half_written(quick: Quick) -> None:
    """The line says what to do, no file is left, and with room on the disk the same order is done."""
    quick.complete()
    quick.room.sign(M1, SIGNATURE)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        (full,) = quick.room.hand_out(order(quick, "m1"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert full.file is None
    assert "space" in full.refused
    assert not files(quick)

    (done,) = quick.room.hand_out(order(quick, "m1"))

    assert done.file is not None


def test_a_folder_that_is_none_is_logged_as_failed(quick: Quick) -> None:
    """Where the file cannot go, the log says that it was tried."""
    quick.complete()
    quick.room.sign(M1, SIGNATURE)
    (quick.folder / "out").write_text("", encoding="utf-8")

    (done,) = quick.room.hand_out(order(quick, "m1"))

    assert done.file is None
    assert quick.audit()[-1] == ("exported", "failed")


def test_a_worker_that_is_killed_is_started_once_more(quick: Quick) -> None:
    """Between two orders nobody notices."""
    quick.complete()
    quick.settled()
    first = quick.room.worker_pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    quick.until(lambda: quick.room.worker_pid not in {None, first})

    quick.room.sign(M1, SIGNATURE)

    assert quick.room.note(M1).step is Step.SIGNED


def test_a_worker_that_dies_over_an_order_is_asked_once_more(quick: Quick) -> None:
    """In the middle of a check: the next worker answers."""
    quick.complete()
    quick.settled()
    first = quick.room.worker_pid
    quick.trouble.write_text("die once", encoding="utf-8")

    quick.room.sign(M1, SIGNATURE)

    assert quick.room.note(M1).step is Step.SIGNED
    assert quick.room.worker_pid not in {None, first}


@pytest.mark.parametrize("trouble", ["die", "raise"])
def test_a_worker_that_keeps_dying_lets_nothing_through(
    quick: Quick, trouble: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nothing is signed, nothing handed out, nothing printed; the report holds no word; what is written is kept."""
    quick.complete()
    quick.settled()
    quick.trouble.write_text(trouble, encoding="utf-8")
    with pytest.raises(AssistantError) as refused:
        quick.room.sign(M1, SIGNATURE)
    assert "zebra" not in str(refused.value)
    assert quick.room.note(M1).signed is None
    line = next(line.number for line in quick.room.note(M1).lines if line.speech)
    quick.room.hide(M1, line)
    quick.until(lambda: quick.room.overview().problem is not None)
    assert quick.room.note(M1).step is Step.STALE
    with pytest.raises(SessionError, match="read again"):
        quick.room.sign(M1, SIGNATURE)

    assert capfd.readouterr() == ("", "")
    reports = [path.read_text(encoding="utf-8") for path in (quick.folder / "crash").glob("*")]
    assert ["zebra" in report or "lamp" in report for report in reports] == [False] * len(reports)
    assert bool(reports) is (trouble == "raise")


def test_risk_is_settled_with_the_words_of_a_person(quick: Quick) -> None:
    """Exact words, time, the site's text; settled it is no longer open, and undo opens it again."""
    (risk,) = quick.room.risk()
    assert quick.room.overview().open_risk == 1
    assert risk.words == "I think about ending it when I am alone."
    assert risk.resolution is None
    assert risk.advice
    assert risk.part2_line == ""

    quick.room.settle(risk.key, Resolution.CONSULTED, "Spoke to the supervisor.")

    (settled,) = quick.room.risk()
    assert (settled.key, settled.resolution, settled.text) == (risk.key, "consulted", "Spoke to the supervisor.")
    assert quick.room.overview().open_risk == 0
    assert quick.room.undo() == "how an alert was settled"
    assert quick.room.overview().open_risk == 1


def test_a_report_is_in_the_accounting(quick: Quick) -> None:
    """What was told without a note is one line of the disclosure log, and an accounting lists it."""
    quick.room.reported(PersonId("m2"), "County line", "A report of abuse", "required by law")

    (line,) = Reviews(quick.vault).hand_outs(group(), PersonId("m2"), accountable=True)
    assert (line.recipient, line.session, line.kind) == ("County line", "", Recipient.OTHER)
