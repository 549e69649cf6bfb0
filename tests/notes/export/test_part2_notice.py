"""The notice of 42 CFR 2.32 is the one in force, to the letter, and a consent's scope is told in its own words."""

from __future__ import annotations

import datetime as dt

from assistant.domain import Part2
from assistant.handout import Recipient, ReleaseConsent
from assistant.notes.notices import part2_notice, part2_notices, scope_notice

LONG = (
    "This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR part 2). These "
    "rules prohibit you from using or disclosing this record, or testimony that describes the information contained in "
    "this record, in any civil, criminal, administrative, or legislative proceedings by any Federal, State, or local "
    "authority, against the patient, unless authorized by the consent of the patient, except as provided at 42 CFR "
    "2.12(c)(5) or as authorized by a court in accordance with 42 CFR 2.64 or 2.65. In addition, the Federal rules "
    "prohibit you from making any other use or disclosure of this record unless at least one of the following applies: "
    "(i) Further use or disclosure is expressly permitted by the written consent of the individual whose information "
    "is being disclosed in this record or as otherwise permitted by 42 CFR part 2. (ii) You are a covered entity or "
    "business associate and have received the record for treatment, payment, or health care operations, or (iii) You "
    "have received the record from a covered entity or business associate as permitted by 45 CFR part 164, subparts A "
    "and E. A general authorization for the release of medical or other information is NOT sufficient to meet the "
    "required elements of written consent to further use or redisclose the record (see 42 CFR 2.31)."
)
SHORT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."

CONSENT = ReleaseConsent(
    1,
    patient="Hope Barlow",
    discloser="Harbour Street Clinic",
    description="progress notes",
    recipients="Dr. Amari, 4 Quay Road",
    kinds=(Recipient.CLINICIAN,),
    purpose="treatment",
    revocation="in writing",
    expires=dt.date(2026, 12, 31),
    refusal="no consequence",
    signed_by="Hope Barlow",
    signed_on=dt.date(2026, 1, 2),
)


def test_the_notice_is_pinned() -> None:
    """Both statements word for word, with the version and the day of the last look."""
    notice = part2_notice()

    assert (notice.long, notice.short) == (LONG, SHORT)
    assert "2024-04-16" in notice.version
    assert dt.date.fromisoformat(notice.checked) >= dt.date(2026, 11, 22)


def test_unknown_is_treated_as_yes() -> None:
    """Only a group that is known to be outside Part 2 goes without."""
    assert part2_notices(Part2.YES) == part2_notices(Part2.UNKNOWN) == (SHORT, LONG)
    assert part2_notices(Part2.NO) == ()


def test_the_scope_of_the_consent_goes_with_it() -> None:
    """What, by whom, to whom, for what, until when; whose it is stands at the head of the note already."""
    scope = scope_notice(CONSENT)

    assert part2_notices(Part2.YES, CONSENT) == (SHORT, LONG, scope)
    assert scope == (
        "Scope of the written consent of 2026-01-02. What may be released: progress notes. By: Harbour Street Clinic. "
        "To: Dr. Amari, 4 Quay Road. For: treatment. Until: 2026-12-31. Revocation: in writing. "
        "Redisclosure and refusal: no consequence."
    )
