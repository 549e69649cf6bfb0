"""What a sample is made from, and what it becomes: types that cross to ``pipeline`` and ``cli``; none decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.domain import PersonId, Role, Span, UtteranceId


class SampleProfile(StrEnum):
    """How far a sample is coarsened (``domain.md`` 1.1, 1.2, 8.3)."""

    SAFE_HARBOR = "safe-harbor"
    """All eighteen identifiers of 45 CFR 164.514(b)(2) gone; dates become weeks since the start."""
    EXPERT = "expert"
    """Dates shifted, intervals and weekdays kept; runs only with a named determiner and a document reference."""
    GDPR = "gdpr"
    """As expert without the determiner: pseudonymised data in the sense of GDPR article 4(5)."""


LABEL = "pseudonymised - confidential"
"""Stands in every file of a sample. Another word needs a checklist that a named person signed (``domain.md`` 8.1)."""


class Kind(StrEnum):
    """What a thing is."""

    PERSON = "person"
    PLACE = "place"
    ADDRESS = "address"
    EMPLOYER = "employer"
    SCHOOL = "school"
    ORGANISATION = "organisation"
    PHONE = "phone"
    EMAIL = "e-mail"
    NUMBER = "number"
    """Any other number or handle that belongs to one person."""
    DATE = "date"
    AGE = "age"
    JOB = "job"
    EVENT = "event"
    """Something rare that happened; told in other words, or dropped."""


DIRECT = frozenset(
    {
        Kind.PERSON,
        Kind.PLACE,
        Kind.ADDRESS,
        Kind.EMPLOYER,
        Kind.SCHOOL,
        Kind.ORGANISATION,
        Kind.PHONE,
        Kind.EMAIL,
        Kind.NUMBER,
    }
)
"""Kinds that identify by themselves; the rest identify together."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may say something of somebody, before it is known of whom."""

    utterance: UtteranceId
    span: Span
    kind: Kind
    text: str = field(repr=False)
    found_by: str
    """Which detector or rule, never which words."""
    value: str = field(default="", repr=False)
    """What it comes to: digits, a date (``2025-03-14``, ``?`` for each figure not said), an age in years."""
    speaker: PersonId | None = None
    person: PersonId | None = None
    """Whose name it is, where a rule of the reading knew."""
    owner: PersonId | None = None
    """Whose fact it is, or through whom the outsider is known."""
    own: bool = False
    """Whether it is the owner's own, and not an outsider's."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One time that something was said."""

    utterance: UtteranceId
    span: Span
    found_by: str
    """Which detector or rule, never which words."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One person, place, employer, number ... however it was said."""

    number: int
    """From 0, by sample."""
    kind: Kind
    name: str = field(repr=False)
    """Its fullest form."""
    forms: tuple[str, ...] = field(repr=False)
    """Every form in which it was said or stands on the roster: nickname, possessive, spelled, misheard."""
    mentions: tuple[Mentioned, ...]
    person: PersonId | None = None
    """Who it is, where it is somebody on the roster."""
    owner: PersonId | None = None
    """Whose it is, or through whom it is known."""
    own: bool = False
    """Whether it is the owner's own, and not an outsider's."""
    value: str = field(default="", repr=False)
    """As in ``Candidate``."""
    titled: bool = False
    """Whether it is a person of whom only a family name was said ("Mrs Ferreira")."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """What a thing is called in one sample."""

    thing: int
    name: str = field(repr=False)
    forms: tuple[tuple[str, str], ...] = field(repr=False)
    """Original form (folded), and what stands for it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody in a sample."""

    label: str
    """``Facilitator``, ``Member A`` ...: letters in random order, other ones in the next sample."""
    name: str = field(repr=False)
    """The stand-in by which the others call them."""
    role: Role
    voice: int
    """Which stock voice, by role, from 0."""


@dataclass(frozen=True, slots=True)
class QuasiIdentifier:
    """Something that singles out together with others: attribute and coarsened value."""

    attribute: str
    """``age band``, ``gender``, ``region``, ``job group``, ``family shape``, ``headline event``."""
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Profiled:
    """What is still told of one person in a sample."""

    label: str
    left: tuple[QuasiIdentifier, ...]


@dataclass(frozen=True, slots=True)
class SampleTurn:
    """One turn of a sample."""

    number: int
    """From 1."""
    label: str
    start: int
    """Samples; the first turn begins at 0."""
    end: int
    text: str = field(repr=False)
    """Empty where all of it had to go: the turn stands, so that who spoke when can be taught."""
    words: int
    """Words that were said."""
    changed: int
    """Words that are others now, or gone."""


@dataclass(frozen=True, slots=True)
class Invented:
    """What was made up for one sample: never of whom, so that it opens nothing."""

    words: frozenset[str] = field(repr=False)
    """Names and figures, folded. The next sample of the same session is given them to avoid."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One session to teach with."""

    profile: SampleProfile
    parts: tuple[Part, ...]
    turns: tuple[SampleTurn, ...]
    people: tuple[Profiled, ...]
    duration: int
    invented: Invented
    emptied: int
    """Turns whose text went because the second pass still found something: nobody is told what."""
    left_out: int
    """Turns that are not there at all: of members without training consent, and replies with their content. Nobody is
    told whose."""
