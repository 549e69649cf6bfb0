"""What leaves the vault with a person's leave: to whom, in which form, on what consent, and the log of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from assistant.domain import Note, PersonId


class NoteFormat(StrEnum):
    """The order in which a note tells what it tells (``domain.md`` 4.3)."""

    PROGRESS = "progress"
    """Plain progress note."""
    SOAP = "soap"
    DAP = "dap"
    BIRP = "birp"
    GIRP = "girp"
    PIRP = "pirp"
    PIE = "pie"
    OWN = "own"
    """The group's own template."""


class FileKind(StrEnum):
    """The kind of file that a note becomes; the value is its suffix."""

    MARKDOWN = "md"
    DOCX = "docx"
    PDF = "pdf"
    TEXT = "txt"
    FHIR = "json"


class Recipient(StrEnum):
    """Who is to have a note; each has a preset of what may be in it (``domain.md`` 2.3)."""

    RECORD = "record"
    """The clinic's own record system: the member's chart. No disclosure to an outsider."""
    PAYER = "payer"
    """Attendance, times, participation, progress: no quotes."""
    CLINICIAN = "clinician"
    """Who treats the member elsewhere."""
    MEMBER = "member"
    """The member's own copy."""
    OTHER = "other"
    """A court or anybody else: only with an authorization that names it."""


@dataclass(frozen=True, slots=True)
class Addendum:
    """What a clinician added to a signed note. Never taken back, never changed."""

    text: str = field(repr=False)
    signature: str = field(repr=False)
    who: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A note as it was signed: it stays as it is, and what follows is added (``domain.md`` 4.4)."""

    member: PersonId
    session: str
    note: Note
    """The member's part, complete; its state is signed."""
    group_note: Note
    """The group's part as it stood at that moment."""
    signature: str = field(repr=False)
    """Name and credentials, as the clinician typed them."""
    who: str
    """Operator id."""
    at: dt.datetime
    checked: str
    """SHA-256 (hex) of the note's text as the gate let it pass."""
    addenda: tuple[Addendum, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseConsent:
    """A member's written consent to a release, with every element of 42 CFR 2.31 (``domain.md`` 3.2).

    An element that is empty is missing; ``handout`` judges nothing, ``notes`` names what is missing.
    """

    number: int
    """From 1, by member."""
    patient: str = field(default="", repr=False)
    """The name of whose information it is."""
    discloser: str = field(default="", repr=False)
    description: str = field(default="", repr=False)
    """What may be released."""
    recipients: str = field(default="", repr=False)
    """Words of the paper."""
    kinds: tuple[Recipient, ...] = ()
    """Which kinds of recipient these words cover."""
    purpose: str = field(default="", repr=False)
    revocation: str = field(default="", repr=False)
    """The right to revoke, and how."""
    expiry: str = field(default="", repr=False)
    """An event, or ``none`` where the rule allows it; ``expires`` holds a date."""
    expires: dt.date | None = None
    refusal: str = field(default="", repr=False)
    """Redisclosure statement, and what follows from refusing."""
    signed_by: str = field(default="", repr=False)
    signed_on: dt.date | None = None
    names_private: bool = False
    """Whether it is an authorization of its own for psychotherapy or SUD counselling notes (``domain.md`` 2.2)."""
    revoked_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class HandOut:
    """One line of the disclosure log: date, recipient, description, purpose (45 CFR 164.528; ``domain.md`` 2.4)."""

    number: int
    at: dt.datetime
    who: str
    member: PersonId
    session: str
    """Empty for what was told without a note (a report, a warning)."""
    kind: Recipient
    recipient: str = field(repr=False)
    """Name, and address where it is known."""
    description: str = field(repr=False)
    purpose: str = field(repr=False)
    accountable: bool
    """Whether an accounting to the member lists it: not for treatment, payment or operations, to the member, or
    authorised."""
    consent: int | None = None
    """Number of the ``ReleaseConsent`` that it rests on."""
