"""What a review shows of itself: frozen pictures of it, for a screen or a command.

A picture of one member holds nothing of another one. What a clinician may see beyond that is asked for one piece at a
time (``ReviewRoom.open_private``) and is in no picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from assistant.decisions import Field, Place
    from assistant.domain import (
        AlertKind,
        AlertLevel,
        DisclosureType,
        GateFinding,
        Person,
        PersonId,
        Resolution,
        WithheldReason,
    )
    from assistant.handout import FileKind, NoteFormat, Recipient, SignedNote


class Step(StrEnum):
    """How far a note is."""

    DRAFT = "draft"
    STALE = "stale"
    """Something that it rests on was corrected; it is being made again."""
    REFUSED = "refused"
    """The gate does not let it pass."""
    INCOMPLETE = "incomplete"
    """A field that the preset requires is empty."""
    READY = "ready to sign"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Work:
    """Long work under way."""

    what: str
    """One line without a word of the session: "reading the session again"."""
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session in a list: no name, no word."""

    id: str
    begun: dt.datetime
    ended: dt.datetime | None
    drafts: int
    signed: int
    audio: bool
    """Whether its sound is still there."""
    text: bool
    """Whether its words are: without them notes can be handed out as signed, and nothing else."""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note in the overview."""

    person: Person | None
    """None: the group's part."""
    step: Step
    lines: int
    held_back: int
    missing: tuple[Field, ...]
    accepted: bool
    outdated: bool = False
    """Signed, and something that it rests on was corrected since: an addendum is due."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The session as a whole."""

    version: int
    """Grows with everything that changes; cheap to ask for (``ReviewRoom.version``)."""
    session: SessionRow
    group: str = field(repr=False)
    people: tuple[Person, ...]
    notes: tuple[NoteRow, ...]
    """The group's part first, then the members by roster."""
    to_check: int
    """Stretches in the speaker queue that nobody looked at."""
    open_risk: int
    """A1 alerts that are not settled."""
    part2: bool
    """Whether 42 CFR Part 2 is to be heeded."""
    warnings: tuple[str, ...] = ()
    """More than 12 participants, and the like; no name, no word."""
    can_undo: str = ""
    """What an undo would take back, in words without names, and how many signed notes that outdates; empty: nothing."""
    work: Work | None = None
    problem: str | None = None


class Doubt(StrEnum):
    """Why a stretch wants an ear."""

    UNKNOWN = "unknown voice"
    CONTESTED = "contested words"
    SUSPECT = "perhaps invented"
    LOW = "low confidence"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch in the speaker queue, worst first."""

    key: int
    """Stays the same while the session is open."""
    doubt: Doubt
    start: int
    end: int
    """Samples."""
    text: str = field(repr=False)
    before: str = field(repr=False)
    """Who spoke just before, and what: the ear needs its surroundings. This screen is the whole room's."""
    after: str = field(repr=False)
    speaker: PersonId | None
    voice: str | None
    """Letter of an unnamed voice."""
    alike: int
    """Stretches of the same doubt and voice, this one included: what "all like it" would name."""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """One utterance of the whole room's transcript, as decided by now."""

    key: int
    """For ``ReviewRoom.name``; stays the same while the session is open, and is no stretch's."""
    start: int
    end: int
    """Samples."""
    speaker: PersonId | None
    text: str = field(repr=False)
    by_hand: bool
    """Whether a person said whose it is."""


@dataclass(frozen=True, slots=True)
class MentionView:
    """One fact in a line of the reader's: what it is, who found it, what became of it."""

    number: int
    """In its line, from 0; for ``relabel`` and ``false_alarm``."""
    place: Place
    words: str = field(repr=False)
    """As said, where it is the reader's own; empty where it is not."""
    type: DisclosureType
    owner: str
    """``own``, ``outsider``, ``not theirs`` or ``unknown``: never another member's name."""
    detector: str
    score: float
    rule: str
    shown: str = field(repr=False)
    """What stands in the note; the words themselves where they stay."""


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of a note with its evidence."""

    number: int
    """In the note, from 0; for ``hide``, ``write_line``."""
    section: str
    text: str = field(repr=False)
    by_hand: bool
    speech: bool
    """Whether it quotes the member."""
    at: tuple[tuple[int, int], ...]
    """Samples of its evidence utterances; empty for lines without."""
    mentions: tuple[MentionView, ...]
    findings: tuple[GateFinding, ...] = ()
    """What the gate has against it."""


@dataclass(frozen=True, slots=True)
class WithheldView:
    """A clause of the reader's own turn that stays out. Its words are not here: ``ReviewRoom.open_private``."""

    number: int
    at: int
    reason: WithheldReason
    length: int
    """Words."""
    released: bool = False
    """Whether a person released it, and only the gate or a rebuild stands between it and the note."""


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note: one member's, or the group's part. Nothing of another member is in it."""

    person: Person | None
    version: int
    step: Step
    lines: tuple[LineView, ...]
    withheld: tuple[WithheldView, ...]
    held_back: tuple[tuple[WithheldReason, int], ...]
    """Counts of all reasons, those of other people's turns included."""
    fields: tuple[tuple[Field, str], ...] = field(repr=False)
    """What may be written here, and what was."""
    missing: tuple[Field, ...]
    accepted: bool
    signed: SignedNote | None = None
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class RiskView:
    """One A1 alert with its exact words."""

    key: int
    kind: AlertKind
    level: AlertLevel
    at: int
    until: int
    words: str = field(repr=False)
    """Of the whole utterance."""
    flagged: tuple[int, int] | None
    """Where in it the words stand that made the alert."""
    speaker: PersonId | None
    owner: PersonId | None
    advice: str
    """The site's own text."""
    part2_line: str
    """The extra line of ``domain.md`` 3.5 where the group is or may be under Part 2; else empty."""
    resolution: Resolution | None
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One consent of a member that stands: neither revoked nor expired."""

    number: int
    recipients: str = field(repr=False)
    """To whom, in the words of the paper."""
    kinds: tuple[Recipient, ...]
    until: dt.date | None
    ends: str = field(repr=False)
    """Where no date ends it: the event that does, or ``none``."""
    lacking: tuple[str, ...]
    """What stands in the way of the release that was asked about, as names of its fields; empty: it covers it."""


@dataclass(frozen=True, slots=True)
class HandOutOrder:
    """What is to be handed out, and why. One file a member."""

    people: tuple[PersonId, ...]
    recipient: Recipient
    form: NoteFormat
    kind: FileKind
    folder: Path
    to: str = field(default="", repr=False)
    """Name and address of the recipient; needed for all but the clinic's own record."""
    purpose: str = field(default="", repr=False)
    consent: int | None = None
    """Number of the consent; None: the one that covers it, if exactly one does."""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What became of an order, by member."""

    person: PersonId
    file: Path | None
    refused: str = ""
    """One line: what is missing. Never a word of the note."""
    by_gate: bool = False
    """Whether it was the gate that refused."""
