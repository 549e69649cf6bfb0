"""Who may have what of a note, and what must be there before: minimum necessary, consent, accounting.

``domain.md`` 2.2 to 2.4, 3.2, 9.4. A preset is a list of what may be in, never of what is kept out: a section that
nobody thought of stays out. Transcript, audio and evidence are in no ``Document`` and so in no preset; an authorization
that names psychotherapy notes (``ReleaseConsent.names_private``) adds nothing here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import Part2
from assistant.handout import Recipient
from assistant.notes import sentences as say
from assistant.notes.document import LineKind

if TYPE_CHECKING:
    import datetime as dt

    from assistant.handout import ReleaseConsent
    from assistant.notes.document import Document


@dataclass(frozen=True, slots=True)
class Preset:
    """What one kind of recipient may find in a note."""

    sections: frozenset[str]
    """Titles of the neutral note's sections (``notes/sentences.py``)."""
    quotes: bool
    """Whether the member's own words may stand in it."""


WHOLE = frozenset(
    {
        say.SESSION,
        say.TOPIC,
        say.THEMES_RAISED,
        say.INTERVENTIONS,
        say.SAID,
        say.REWORDED,
        say.EXCHANGES,
        say.PRESENTATION,
        say.RESPONSE,
        say.GOALS,
        say.PROGRESS,
        say.RISK,
        say.ASSESSMENT,
        say.PLAN,
        say.ADDENDA,
    }
)
"""Every section that an exported note may have."""

MINIMUM = frozenset(
    {
        say.SESSION,
        say.TOPIC,
        say.INTERVENTIONS,
        say.EXCHANGES,
        say.RESPONSE,
        say.GOALS,
        say.PROGRESS,
        say.PLAN,
    }
)
"""Attendance, times, participation, what was done, progress and plan: what pays for a session, and no more. An addendum
is free text about anything, so it is not in it."""


def preset(recipient: Recipient, consent: ReleaseConsent | None = None) -> Preset:
    """Return what may be in a note for a recipient.

    The member's copy is the whole note, the risk statement too: leaving out a part of it would be a denial of access
    that nobody decided and nobody told the member of (45 CFR 164.524, ``domain.md`` 9.4). A clinic that denies a part
    does so in writing, outside this program.

    ``OTHER`` gets the payer's minimum and, beyond it, the sections whose titles the authorization's description names
    in so many words ("Assessment", "What the member said"); anything vaguer widens nothing.
    """
    if recipient in {Recipient.RECORD, Recipient.CLINICIAN, Recipient.MEMBER}:
        return Preset(WHOLE, quotes=True)
    if recipient is Recipient.PAYER or consent is None:
        return Preset(MINIMUM, quotes=False)
    named = _named(consent.description)
    return Preset(MINIMUM | named, quotes=say.SAID in named)


def _named(description: str) -> frozenset[str]:
    """Return the titles that a description names; of two that begin alike the longer one, where it stands."""
    words = " ".join(description.split())
    found: set[str] = set()
    for title in sorted(WHOLE, key=lambda title: (-len(title), title)):
        pattern = re.compile(rf"(?<!\w){re.escape(title)}(?!\w)", re.IGNORECASE)
        if pattern.search(words):
            found.add(title)
            words = pattern.sub(";", words)
    return frozenset(found)


def beyond(document: Document, recipient: Recipient, consent: ReleaseConsent | None = None) -> tuple[str, ...]:
    """Return what a document holds that its recipient may not have, by section: empty if nothing.

    A line that does not say which section it comes from is beyond every preset; the fixed line that says that something
    was left out is not.
    """
    allowed = preset(recipient, consent)
    found: dict[str, None] = {}
    for line in (line for part in document.parts for line in part.lines):
        if line.text == say.LEFT_OUT:
            continue
        if line.section not in allowed.sections:
            found[line.section if line.section in WHOLE else "a section that is not exported"] = None
        elif line.kind is LineKind.SPEECH and not allowed.quotes:
            found["quotations"] = None
    return tuple(found)


UNENDING = frozenset({"none", "no expiry", "never"})
_OPERATIONS = frozenset({Recipient.PAYER, Recipient.CLINICIAN})
"""Treatment, payment and operations: only for these may a consent go without an end (42 CFR 2.31(a)(7))."""


def needs_consent(recipient: Recipient, part2: Part2) -> bool:
    """Whether a written consent must cover the release.

    Under Part 2 (``unknown`` counts as yes) everything that leaves the program but for the member's own copy; otherwise
    only what is not for treatment, payment or operations.
    """
    if recipient in {Recipient.RECORD, Recipient.MEMBER}:
        return False
    return recipient is Recipient.OTHER or part2 is not Part2.NO


def lacking(consent: ReleaseConsent | None, recipient: Recipient, part2: Part2, today: dt.date) -> tuple[str, ...]:
    """Return what stands in the way of a release, as names of the consent's fields; empty: nothing does.

    ``consent``: there is none. ``kinds``: it does not cover this kind of recipient. ``expired``, ``revoked``: it no
    longer holds; it still holds on the day on which it expires. A consent signed in the future is not signed.
    """
    if not needs_consent(recipient, part2):
        return ()
    if consent is None:
        return ("consent",)
    words = {
        "patient": consent.patient,
        "discloser": consent.discloser,
        "description": consent.description,
        "recipients": consent.recipients,
        "purpose": consent.purpose,
        "revocation": consent.revocation,
        "refusal": consent.refusal,
        "signed_by": consent.signed_by,
    }
    missing = [name for name, text in words.items() if not text.strip()]
    if recipient not in consent.kinds:
        missing.append("kinds")
    if not _ends(consent):
        missing.append("expiry")
    if consent.signed_on is None or consent.signed_on > today:
        missing.append("signed_on")
    if consent.expires is not None and consent.expires < today:
        missing.append("expired")
    if consent.revoked_on is not None:
        missing.append("revoked")
    return tuple(missing)


def _ends(consent: ReleaseConsent) -> bool:
    if consent.expires is not None:
        return True
    end = consent.expiry.strip().casefold().rstrip(".")
    if end in UNENDING:
        return bool(consent.kinds) and set(consent.kinds) <= _OPERATIONS
    return bool(end)


def accountable(recipient: Recipient, consent: ReleaseConsent | None) -> bool:
    """Whether an accounting to the member lists the release (45 CFR 164.528).

    It does not list what went to the member, what served treatment, payment or operations, or what was authorised; so
    what remains is what went to somebody else without a consent: a report, a warning, an order of a court.
    """
    return recipient is Recipient.OTHER and consent is None
