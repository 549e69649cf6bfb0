"""What a clinician decides in the review of a closed session: kept with who and when, applied again in every re-run.

A decision points at the words as they stood when the session was closed (``Place``), so that it means the same however
often the session is read again, and undoing one leaves no trace of it in what is made anew. The sealed record of the
close is never changed by a decision.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from assistant.domain import AlertKind, DisclosureType, Owner, PersonId, Resolution, Span, UtteranceId


class Field(StrEnum):
    """What a clinician writes in a note. Nothing here is ever proposed by the program (``domain.md`` 4.3)."""

    START = "start"
    """Clock time; of the group's part, as are the next three."""
    STOP = "stop"
    TOPIC = "topic"
    INTERVENTIONS = "interventions"
    PRESENTATION = "presentation"
    """Of one member's part, as are all that follow."""
    RESPONSE = "response"
    GOALS = "goals"
    """Which goal of the treatment plan the session served."""
    PROGRESS = "progress"
    RISK = "risk statement"
    ASSESSMENT = "assessment"
    PLAN = "plan"


GROUP_FIELDS = frozenset({Field.START, Field.STOP, Field.TOPIC, Field.INTERVENTIONS})
"""Written once for the session; they stand in every member's note."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words of one utterance, as it was kept when the session was closed."""

    utterance: UtteranceId
    span: Span


@dataclass(frozen=True, slots=True)
class SpeakerSet:
    """Whose words these are. For "all like it" every stretch is listed, so that a re-run moves no other."""

    places: tuple[Place, ...]
    person: PersonId | None
    """None: nobody on the roster can be named; they stay out of every note."""
    to_hear: bool = False
    """Whether somebody is still to be named: it was said only whose they are not, so they want an ear."""


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Doubtful words were looked at and stay as they are."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class TextAccepted:
    """Text that the recogniser may have invented was in fact said."""

    place: Place


@dataclass(frozen=True, slots=True)
class OwnerSet:
    """Whose a fact is."""

    place: Place
    type: DisclosureType
    owner: Owner
    """Both None: nobody can say, so it is withheld."""


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """What a detector took for a fact is none here."""

    place: Place
    type: DisclosureType
    everywhere: bool = False
    """Whether it is none in this group at all ("Corner" is a word). Never so for a name on the roster: that one counts
    at this place alone."""


@dataclass(frozen=True, slots=True)
class Released:
    """A withheld clause may enter the reader's note; the gate still stands."""

    reader: PersonId
    place: Place


@dataclass(frozen=True, slots=True)
class Hidden:
    """Words that the rules released may not enter the reader's note."""

    reader: PersonId
    place: Place


@dataclass(frozen=True, slots=True)
class LineWritten:
    """A line of a note says something else; the line is known by its section and evidence."""

    reader: PersonId | None
    section: str
    evidence: tuple[UtteranceId, ...]
    text: str = field(repr=False)
    """Empty: the line is taken out."""


@dataclass(frozen=True, slots=True)
class FieldWritten:
    """What a clinician wrote in a field; the last word counts."""

    reader: PersonId | None
    """None: of the group's part (``GROUP_FIELDS``)."""
    name: Field
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoteAccepted:
    """A clinician read the draft as it stood."""

    reader: PersonId | None


@dataclass(frozen=True, slots=True)
class AlertSettled:
    """How an alert was settled after the session; the words are the clinician's."""

    place: Place
    """Of the whole utterance."""
    kind: AlertKind
    resolution: Resolution
    text: str = field(default="", repr=False)


Decided = (
    SpeakerSet
    | LeftAlone
    | TextAccepted
    | OwnerSet
    | FalseAlarm
    | Released
    | Hidden
    | LineWritten
    | FieldWritten
    | NoteAccepted
    | AlertSettled
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision, by whom and when. The list of a session only grows; an undone one stays in it, marked."""

    number: int
    """From 1, by session."""
    at: dt.datetime
    who: str
    """Operator id, no name."""
    decided: Decided
    undone: bool = False
    press: int = 0
    """Number of the first decision of the same key press, which are taken back as one; 0: this one alone."""
    undone_at: dt.datetime | None = None
    """When it was taken back; None also where an older version of the program kept only that it was."""

    def moved_since(self, moment: dt.datetime) -> bool:
        """Whether it was made or taken back after a moment."""
        return self.at > moment or (self.undone_at is not None and self.undone_at > moment)


@dataclass(frozen=True, slots=True)
class GroupWord:
    """A word that is no fact of this kind in a group, whatever a detector says."""

    word: str = field(repr=False)
    """Folded."""
    type: DisclosureType
