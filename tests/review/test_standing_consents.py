"""What can be picked for a release: a member's consents that stand, and what stands in the way of each."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain import Part2, PersonId
from assistant.handout import FileKind, NoteFormat, Recipient, ReleaseConsent
from assistant.review.view import HandOutOrder
from assistant.store.reviews import Reviews
from tests.review.quick import group, quick_review

if TYPE_CHECKING:
    from pathlib import Path

M1, M2 = PersonId("m1"), PersonId("m2")
FULL = ReleaseConsent(
    number=0,
    patient="Ottoline Marrowby",
    discloser="The clinic",
    description="Session notes",
    recipients="Acme Health",
    kinds=(Recipient.PAYER,),
    purpose="payment",
    revocation="In writing",
    expiry="none",
    refusal="May be redisclosed",
    signed_by="Ottoline Marrowby",
    signed_on=dt.date(2026, 1, 10),
)


def test_the_revoked_and_the_expired_are_not_offered(tmp_path: Path) -> None:
    """The one that covers comes first; another member's are nowhere; what is picked is what the release rests on."""
    people = group(Part2.YES)
    with quick_review(tmp_path, Part2.YES) as quick:
        reviews = Reviews(quick.vault)
        for consent in (
            replace(FULL, kinds=(Recipient.CLINICIAN,)),
            replace(FULL, expires=dt.date(2020, 1, 1)),
            replace(FULL, recipients="Revoked Mutual"),
            replace(FULL, patient="Barnaby Thistlewood"),
            replace(FULL, expiry="", expires=dt.date(9999, 1, 1)),
        ):
            reviews.keep_consent(people, M1, consent)
        reviews.revoke_consent(people, M1, 3)
        reviews.keep_consent(people, M2, replace(FULL, recipients="Of the other"))

        found = quick.room.consents(M1, Recipient.PAYER)

        assert [(one.number, one.lacking) for one in found] == [(5, ()), (1, ("kinds",)), (4, ("patient",))]
        assert [one.until for one in found] == [dt.date(9999, 1, 1), None, None]
        assert [one.lacking for one in quick.room.consents(M1, Recipient.CLINICIAN) if one.number == 1] == [()]
        assert "Acme" not in repr(found)

        quick.complete()
        quick.room.sign(M1, "A. Cole, LCSW")
        for one in found:
            order = HandOutOrder(
                (M1,),
                Recipient.PAYER,
                NoteFormat.SOAP,
                FileKind.MARKDOWN,
                tmp_path / "out",
                "Acme",
                "payment",
                one.number,
            )
            (done,) = quick.room.hand_out(order)
            assert (done.file is None) is bool(one.lacking), done.refused
