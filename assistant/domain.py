"""The words of the house: every type that crosses a room.

Time is an integer count of samples at 16 kHz (``SAMPLE_RATE``); it becomes seconds only for display and files.
A span is a half-open pair of Python code-point offsets into an utterance's text, never a copy of the words.
Whatever holds speech, a name or a fact is left out of ``repr``: a traceback or a log line must not repeat it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

SAMPLE_RATE = 16_000
"""Samples per second of all audio inside the house."""

PersonId = NewType("PersonId", str)
"""Stable, opaque id of a person on the roster, as the group file gives it (``m1``)."""

UtteranceId = NewType("UtteranceId", str)
"""Id of an utterance within one session (``u1``)."""

RedactedText = NewType("RedactedText", str)
"""Text that ``privacy.release`` chose and ``privacy.redaction`` rewrote. Only ``privacy/`` may make one."""


def seconds(samples: int) -> float:
    """Return ``samples`` as seconds, for display and files."""
    return samples / SAMPLE_RATE


def samples(seconds_: float) -> int:
    """Return ``seconds_`` as a whole number of samples."""
    return round(seconds_ * SAMPLE_RATE)


# -- people -----------------------------------------------------------------------------------------------------------


class Role(StrEnum):
    """What a person does in the group."""

    FACILITATOR = "facilitator"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to, and since when; None is "not given"."""

    recording: dt.date | None = None
    voiceprint: dt.date | None = None
    training: dt.date | None = None
    withdrawn_at: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the roster."""

    id: PersonId
    role: Role
    name: str = field(repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    pronouns: str | None = field(default=None, repr=False)
    """For example ``she/her``; None where nobody said."""
    present: bool = True
    present_from: int = 0
    """First sample at which the person was in the room."""
    present_until: int | None = None
    """Sample at which the person left; None: stayed."""
    voice: Path | None = field(default=None, repr=False)
    """Enrolment clip."""
    consent: Consent = Consent()

    @property
    def is_member(self) -> bool:
        """Whether the person is a member (and gets a note)."""
        return self.role is Role.MEMBER


class FactSource(StrEnum):
    """Where the facilitator knows a fact from."""

    GROUP = "group"
    INDIVIDUAL = "individual"
    INTAKE = "intake"
    PHONE = "phone"
    CHART = "chart"


@dataclass(frozen=True, slots=True)
class KnownFact:
    """What the facilitator already knows and the room may not."""

    owner: PersonId
    text: str = field(repr=False)
    source: FactSource = FactSource.INDIVIDUAL
    known_to: tuple[PersonId, ...] = ()


class Part2(StrEnum):
    """Whether 42 CFR Part 2 applies to the group; unknown is treated as yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Group:
    """A group: its people and what the facilitator knows of them."""

    name: str = field(repr=False)
    kind: str
    part2: Part2
    people: tuple[Person, ...]
    facts: tuple[KnownFact, ...] = ()
    id: str | None = None
    """Stable and opaque, where the group file gives one: what the vault keeps of the group survives a new name."""

    def person(self, person_id: PersonId) -> Person:
        """Return the person with that id; KeyError if there is none."""
        for person in self.people:
            if person.id == person_id:
                return person
        raise KeyError(person_id)

    @property
    def present(self) -> tuple[Person, ...]:
        """Everybody in the room tonight."""
        return tuple(p for p in self.people if p.present)

    @property
    def members_present(self) -> tuple[Person, ...]:
        """The members in the room tonight: each gets a note."""
        return tuple(p for p in self.people if p.present and p.is_member)


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting of a group."""

    id: str
    group: Group
    date: dt.date
    """The day of the meeting; relative dates are read against it."""


# -- sound and words --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A stretch of mono audio as it comes from a source."""

    first_sample: int
    audio: NDArray[np.float32] = field(repr=False)
    """Shape (n,), -1 to 1."""
    channel: int | None = None
    """Track number where each person has a microphone; None for a mixed recording."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A stretch of audio with all its tracks."""

    first_sample: int
    audio: NDArray[np.float32] = field(repr=False)
    """Shape (channels, n), -1 to 1."""

    @property
    def end_sample(self) -> int:
        """One past the last sample."""
        return self.first_sample + int(self.audio.shape[1])


@dataclass(frozen=True, slots=True)
class Gap:
    """Audio that was lost, and why."""

    first_sample: int
    samples: int
    reason: str


class Cut(StrEnum):
    """Why a turn of audio ended where it did."""

    SILENCE = "silence"
    MAXIMUM = "maximum"
    END = "end"


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """A stretch of voiced audio, at most about 12 s."""

    first_sample: int
    audio: NDArray[np.float32] = field(repr=False)
    """Shape (n,), -1 to 1."""
    cut: Cut
    voiced: tuple[tuple[int, int], ...] = ()
    """Absolute half-open sample ranges inside the turn in which a voice was found."""
    channel: int | None = None

    @property
    def end_sample(self) -> int:
        """One past the last sample."""
        return self.first_sample + int(self.audio.shape[0])


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open offsets (Python code points); checked on creation."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} is not a range")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def union(self, other: Span) -> Span:
        """Return the smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def of(self, text: str) -> str:
        """Return the words at this span; ValueError when it reaches past the end of ``text``."""
        if self.end > len(text):
            raise ValueError(f"span {self.start}..{self.end} reaches past the end of a text of {len(text)} characters")
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised (or transcribed) word."""

    text: str = field(repr=False)
    """As it stands in the utterance, punctuation attached, no spaces around it."""
    start: int
    """First sample, absolute in the session."""
    end: int
    """One past the last sample."""
    probability: float
    speaker: PersonId | None = None
    """Whose word it is; None where it is contested (turn boundary, overlap) or unknown."""
    guess: PersonId | None = None
    """The nearest person before any doubt was heeded. Only the evaluation reads it, to tell what abstention costs."""


class DecidedBy(StrEnum):
    """What an attribution rests on. Never the content of the words."""

    VOICE = "voice"
    KEY = "key"
    CHANNEL = "channel"
    TRANSCRIPT = "transcript"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who spoke, or None below the margin."""

    person: PersonId | None
    score: float
    """Cosine similarity to the person's voiceprint for ``voice`` (-1 to 1); 1.0 for the others."""
    margin: float
    """How far ahead of the next best person, same unit."""
    decided_by: DecidedBy
    voice: str | None = None
    """Anonymous cluster letter (``A``) where voices are told apart but nobody is enrolled."""


class UtteranceStatus(StrEnum):
    """Whether the text may be used."""

    CLEAR = "clear"
    SUSPECT = "suspect"
    """The recogniser may have invented it: no alert, no note, until a person accepts it."""
    STRUCK = "struck"


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one person said without a break, as far as could be heard."""

    id: UtteranceId
    number: int
    start: int
    end: int
    text: str = field(repr=False)
    """The words joined by single spaces."""
    words: tuple[Word, ...] = field(repr=False)
    attribution: Attribution
    status: UtteranceStatus = UtteranceStatus.CLEAR
    suspicions: tuple[str, ...] = ()
    """Names of the signs that made it suspect."""

    @property
    def speaker(self) -> PersonId | None:
        """Who said it; None: unknown."""
        return self.attribution.person

    def word_spans(self) -> tuple[Span, ...]:
        """Return the span of each word in ``text``, in order."""
        spans: list[Span] = []
        at = 0
        for word in self.words:
            spans.append(Span(at, at + len(word.text)))
            at += len(word.text) + 1
        return tuple(spans)


# -- what is private --------------------------------------------------------------------------------------------------


class DisclosureType(StrEnum):
    """What kind of fact; finer detector types map onto these."""

    PERSON = "PERSON"
    ORG = "ORG"
    LOCATION = "LOCATION"
    ADDRESS = "ADDRESS"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    DATE = "DATE"
    AGE = "AGE"
    ID = "ID"
    MEDICATION = "MEDICATION"
    DIAGNOSIS = "DIAGNOSIS"
    SUBSTANCE = "SUBSTANCE"
    FAMILY = "FAMILY"
    LEGAL = "LEGAL"
    WORK = "WORK"
    SEXUALITY = "SEXUALITY"
    RISK_SELF = "RISK_SELF"
    RISK_OTHER = "RISK_OTHER"
    ABUSE = "ABUSE"


class Assertion(StrEnum):
    """How a fact is asserted (after ConText: Harkema 2009, PMC2757457)."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    PAST = "past"
    OTHER = "other"
    """It is about somebody else."""


class Basis(StrEnum):
    """What an ownership decision rests on."""

    SELF = "self"
    NAMED = "named"
    ADDRESSED = "addressed"
    PRONOUN = "pronoun"
    UNRESOLVED = "unresolved"
    HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a fact is: a person on the roster, an outsider of one, or unknown (both None)."""

    person: PersonId | None = None
    outsider_of: PersonId | None = None
    """The person on the roster through whom the outsider is known."""

    def __post_init__(self) -> None:
        if self.person is not None and self.outsider_of is not None:
            raise ValueError("an owner is a person or an outsider, not both")

    @property
    def code(self) -> str | None:
        """As in the machine file: a person id, ``"outsider"``, or None for unknown."""
        return self.person if self.person is not None else ("outsider" if self.outsider_of is not None else None)


UNKNOWN_OWNER = Owner()


@dataclass(frozen=True, slots=True)
class Mention:
    """An identifying or sensitive fact, where it stands and who found it."""

    span: Span
    type: DisclosureType
    score: float
    detector: str
    reason: str = ""
    """Which rule, never which words."""
    assertion: Assertion = Assertion.AFFIRMED


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A mention with its owner."""

    mention: Mention
    extent: Span
    """The clause that carries the fact."""
    owner: Owner
    basis: Basis
    why: str = ""
    """Which ownership rule decided, never which words."""

    @property
    def span(self) -> Span:
        """Where the mention stands."""
        return self.mention.span

    @property
    def type(self) -> DisclosureType:
        """What kind of fact it is."""
        return self.mention.type

    @property
    def assertion(self) -> Assertion:
        """How it is asserted."""
        return self.mention.assertion


class FindingsStatus(StrEnum):
    """Whether every detector answered."""

    COMPLETE = "complete"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found in one utterance."""

    utterance: UtteranceId
    disclosures: tuple[Disclosure, ...]
    status: FindingsStatus = FindingsStatus.COMPLETE
    failed: tuple[str, ...] = ()
    """Names of detectors that raised or timed out; any makes the status withheld."""


# -- alerts -----------------------------------------------------------------------------------------------------------


class AlertKind(StrEnum):
    """What an alert is about."""

    CROSS_MEMBER = "cross_member"
    ABSENT_MEMBER = "absent_member"
    OUTSIDE_CONTACT = "outside_contact"
    IDENTITY = "identity"
    RISK_SELF = "risk_self"
    RISK_OTHER = "risk_other"
    ABUSE_CHILD = "abuse_child"
    ABUSE_ADULT = "abuse_adult"
    CONSENT = "consent"
    UNKNOWN_SPEAKER = "unknown_speaker"
    SCREEN_SHARE = "screen_share"


class AlertLevel(StrEnum):
    """A1: banner now; A2: quiet side panel; A3: review after the session."""

    A1 = "A1"
    A2 = "A2"
    A3 = "A3"


class AlertState(StrEnum):
    """What became of an alert."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that deserves the facilitator's eye. Points at the utterance; does not quote it."""

    utterance: UtteranceId
    rule: str
    kind: AlertKind
    level: AlertLevel
    owner: PersonId | None
    span: Span | None = None
    """The words that made it, for the screen to show on demand."""
    advice: str = ""
    """Key into the site's advice texts."""
    state: AlertState = AlertState.OPEN


class Resolution(StrEnum):
    """How a person settled an alert of risk (domain rules 6.6); the words are theirs, the tool adds none."""

    ASSESSED = "assessed"
    FOLLOWED_UP = "followed up"
    CONSULTED = "consulted"
    NOT_APPLICABLE = "not applicable"


# -- a live session ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One utterance with all that was found in it: what the store keeps and a screen shows."""

    utterance: Utterance
    findings: Findings
    alerts: tuple[Alert, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionUpdate:
    """What one more turn, or one correction, changed. It is kept in one transaction, before anyone sees it."""

    entries: tuple[Entry, ...] = ()
    """New utterances and new versions of known ones (same id), in order of number."""
    removed: tuple[UtteranceId, ...] = ()
    """Utterances that are no more: joined into another one, or struck."""
    processed_to: int = 0
    """Everything before this sample has been accounted for: a restart begins here."""
    unheard: tuple[tuple[int, int], ...] = ()
    """Voiced stretches that got no words, half-open sample ranges."""


class TombstoneReason(StrEnum):
    """Why a stretch of time holds nothing."""

    STRUCK = "struck"
    OFF_THE_RECORD = "off the record"
    WITHDRAWN = "withdrawn"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A half-open range of samples whose content is gone from everywhere and stays gone in every re-run."""

    start: int
    end: int
    reason: TombstoneReason
    person: PersonId | None = None
    """Whose words alone are gone (withdrawal); None: everybody's."""


@dataclass(frozen=True, slots=True)
class Jotting:
    """What the facilitator typed during the session: a mark at a moment, or a manual note."""

    at: int
    """Sample."""
    text: str = field(default="", repr=False)
    """Empty for a bare mark."""
    about: PersonId | None = None


# -- notes ------------------------------------------------------------------------------------------------------------


class WithheldReason(StrEnum):
    """Why a clause may not enter a reader's note."""

    NOT_THE_SPEAKER = "not the speaker"
    FACILITATOR = "facilitator's words"
    UNKNOWN_SPEAKER = "speaker unknown"
    CONTESTED = "contested words"
    SUSPECT = "suspect text"
    STRUCK = "struck"
    DETECTOR_FAILED = "detector failed"
    NOT_ABOUT_THEM = "not about them"
    OTHER_PARTICIPANT = "another participant"
    FIRST_SAID_BY_ANOTHER = "first said by someone else"
    ASKED_NOT_TO = "asked not to write it down"
    NO_CONTENT = "nothing to record"
    REDACTION_FAILED = "redaction could not be proved"
    HIDDEN_BY_HAND = "hidden by hand"


@dataclass(frozen=True, slots=True)
class Replacement:
    """What redaction put in the place of words, and on whose word it did so."""

    span: Span
    """In the utterance."""
    type: DisclosureType | None
    """None: a pronoun that may have meant somebody."""
    text: str
    """What stands there now (``[place]``, ``my son``); empty: the words were taken out."""
    detector: str = ""
    score: float = 0.0
    rule: str = ""
    """Why it is not the reader's to keep, never which words."""


@dataclass(frozen=True, slots=True)
class ReleasedLine:
    """Clauses of one utterance that may enter the reader's note, rewritten."""

    reader: PersonId
    utterance: UtteranceId
    spans: tuple[Span, ...]
    """The clauses of the utterance that it was made from."""
    text: RedactedText = field(repr=False)
    types: tuple[DisclosureType, ...] = ()
    """What kinds of fact of the reader's own it carries."""
    replacements: tuple[Replacement, ...] = ()
    """Everything that redaction rewrote inside ``spans``."""
    by_hand: bool = False
    """Whether a person released it after the rules had withheld it."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A clause that may not enter the reader's note, and why."""

    reader: PersonId
    utterance: UtteranceId
    span: Span
    reason: WithheldReason


@dataclass(frozen=True, slots=True)
class Release:
    """What one reader's note may be made from, and all that was held back."""

    reader: PersonId
    lines: tuple[ReleasedLine, ...]
    withheld: tuple[Withheld, ...]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One line of a note, tied to its evidence."""

    text: str = field(repr=False)
    evidence: tuple[UtteranceId, ...] = ()
    by_hand: bool = False
    """Whether a clinician wrote it, or rewrote what the draft said."""


@dataclass(frozen=True, slots=True)
class NoteSection:
    """A titled part of a note."""

    title: str
    lines: tuple[NoteLine, ...]


class NoteState(StrEnum):
    """Draft until a clinician signs."""

    DRAFT = "draft"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Note:
    """One member, one session, one note; ``member`` None is the group's part."""

    member: PersonId | None
    session: str
    sections: tuple[NoteSection, ...]
    state: NoteState = NoteState.DRAFT
    addenda: tuple[NoteLine, ...] = ()


class Severity(StrEnum):
    """Whether a gate finding stops the note."""

    REFUSE = "refuse"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class GateFinding:
    """What the last gate found: the place and the rule, never the words."""

    section: str
    line: int
    """Index of the line in its section, from 0; -1: the whole section."""
    rule: str
    whose: PersonId | None
    severity: Severity = Severity.REFUSE


@dataclass(frozen=True, slots=True)
class Draft:
    """One member's draft, what it was made from, and what the gate said of it on the way."""

    note: Note
    release: Release
    findings: tuple[GateFinding, ...]
    """Everything the gate found, in the first reading and after."""
    refused: bool
    """Whether the gate still refuses it: it is not written."""
