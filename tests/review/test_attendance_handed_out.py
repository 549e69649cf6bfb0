"""Attendance for billing leaves as a note does: with a consent where one is needed, and with its line in the log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.domain import Part2, PersonId
from assistant.errors import ConsentError, OutputError, SessionError, VaultError
from assistant.handout import FileKind, NoteFormat, Recipient
from assistant.review.attending import AttendanceOrder, hand_out_attendance
from assistant.review.view import HandOutOrder
from assistant.store.reviews import Reviews
from tests.review.quick import group, quick_review
from tests.review.test_review_fails_closed import CONSENT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.review.quick import Quick

M1 = PersonId("m1")


def order(quick: Quick, recipient: Recipient = Recipient.PAYER, **more: str) -> AttendanceOrder:
    """Return an order for the first member."""
    told = {"to": "Blue Plan", "purpose": "payment", **more}
    return AttendanceOrder(M1, ("abc1",), quick.folder / "out", recipient, told["to"], told["purpose"])


def test_a_payer_gets_none_without_a_consent(tmp_path: Path) -> None:
    """Under Part 2, unknown included; with a whole consent there is a file, a notice in it, and a line in the log."""
    with quick_review(tmp_path, Part2.UNKNOWN) as quick:
        reviews, people = Reviews(quick.vault), group(Part2.UNKNOWN)
        with pytest.raises(ConsentError, match="consent"):
            hand_out_attendance(quick.vault, order(quick), "ann")
        reviews.keep_consent(people, M1, replace(CONSENT, recipients=""))
        with pytest.raises(ConsentError, match="recipients"):
            hand_out_attendance(quick.vault, order(quick), "ann")
        assert quick.audit()[-1] == ("exported", "refused")
        assert not list((tmp_path).glob("out/*"))
        number = reviews.keep_consent(people, M1, CONSENT)

        path = hand_out_attendance(quick.vault, order(quick), "ann")

        text = path.read_text(encoding="utf-8")
        assert "42 CFR part 2 prohibits" in text
        assert "2026-03-05" in text
        assert not any(word in text for p in people.people for word in (*p.name.split(), "m1", "m2"))
        (line,) = reviews.hand_outs(people)
        assert (line.member, line.recipient, line.consent, line.accountable) == (M1, "Blue Plan", number, False)
        assert "Attendance at 1 group session, 2026-03-05" in line.description
        assert quick.audit()[-1] == ("exported", "done")


def test_the_record_needs_none_and_others_need_to_be_named(tmp_path: Path) -> None:
    """The clinic's own file is written; to somebody else without a name or a purpose nothing is."""
    with quick_review(tmp_path, Part2.UNKNOWN) as quick:
        for missing in ({"to": " "}, {"purpose": ""}):
            with pytest.raises(SessionError, match="to whom"):
                hand_out_attendance(quick.vault, order(quick, Recipient.MEMBER, **missing), "ann")
        assert hand_out_attendance(quick.vault, order(quick, Recipient.RECORD, to="", purpose=""), "ann").exists()
        assert Reviews(quick.vault).hand_outs(group(Part2.UNKNOWN)) == ()


def test_a_link_in_the_place_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """Neither for a note nor for attendance: nothing is behind it afterwards, and the log says that it failed."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "elsewhere")
    with quick_review(tmp_path) as quick:
        quick.complete()
        quick.room.sign(M1, "A. Cole, LCSW")
        asked = HandOutOrder((M1,), Recipient.RECORD, NoteFormat.SOAP, FileKind.MARKDOWN, tmp_path / "out")
        (refused,) = quick.room.hand_out(asked)
        assert "is a link" in refused.refused
        assert quick.audit()[-1] == ("exported", "failed")
        with pytest.raises(OutputError, match="is a link"):
            hand_out_attendance(quick.vault, order(quick), "ann")
        assert not list((tmp_path / "elsewhere").iterdir())
        (done,) = quick.room.hand_out(replace(asked, folder=tmp_path / "elsewhere"))
        assert done.file is not None, done.refused


def test_what_fails_is_in_the_log_as_failed(tmp_path: Path) -> None:
    """Somebody who was not there, and a folder that is none."""
    with quick_review(tmp_path) as quick:
        with pytest.raises(VaultError, match="was there"):
            hand_out_attendance(quick.vault, replace(order(quick), person=PersonId("m9")), "ann")
        (tmp_path / "out").write_text("", encoding="utf-8")
        with pytest.raises(OutputError, match="is a file"):
            hand_out_attendance(quick.vault, order(quick), "ann")

        assert quick.audit()[-1] == ("exported", "failed")
        assert Reviews(quick.vault).hand_outs(group()) == ()
