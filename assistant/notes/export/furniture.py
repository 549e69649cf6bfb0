"""The fixed words of a file, which stand in it whatever the note says, and how a day and a moment are written."""

from __future__ import annotations

import datetime as dt

DRAFT = "DRAFT. Not signed by a clinician."
"""In the body of a draft, and at the head of each of its pages."""
MEMBER = "Member:"
DATE = "Date of session:"
SIGNATURE = "Signature"
"""Heading of the block in which the signature stands."""
SIGNED_BY = "Signed by:"
SIGNED_AT = "Signed at:"
NOT_SIGNED = "Not signed."
OPENING, CLOSING = "“", "”"
"""Around the member's own words."""

PAGE = ("Page", "of")
"""Before the number of a page, and before the number of all."""


def page(number: int, of: int) -> str:
    """Return what stands at the foot of a page."""
    return f"{PAGE[0]} {number} {PAGE[1]} {of}"


def day(date: dt.date) -> str:
    """Return a day as ISO 8601: it reads the same everywhere."""
    return f"{date:%Y-%m-%d}"


def moment(at: dt.datetime) -> str:
    """Return a moment in UTC, to the minute; without a zone it is taken for UTC."""
    utc = at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)
    return f"{utc:%Y-%m-%d %H:%M} UTC"
