"""What the review and its worker say to each other: orders one way, reports the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.decisions import GroupWord, Ruling
    from assistant.domain import Entry, GateFinding, Note, PersonId, Session
    from assistant.notes.document import Document
    from assistant.pipeline.reviewed import Reviewed

# -- orders -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Order:
    """Something to do; orders are done one after another."""

    number: int


@dataclass(frozen=True, slots=True)
class TakeUp(Order):
    """Take up a session, and let go of the one before."""

    session: Session = field(repr=False)
    entries: tuple[Entry, ...] = field(repr=False)
    """Of the close; empty where its words are destroyed."""
    duration: int = 0
    """Samples of the session."""


@dataclass(frozen=True, slots=True)
class Read(Order):
    """Read it again with these rulings; a newer such order ends one that is under way."""

    rulings: tuple[Ruling, ...] = field(repr=False)
    words: tuple[GroupWord, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Check(Order):
    """Hold a text against the session as it was read last."""

    text: Note | Document = field(repr=False)
    reader: PersonId | None
    roster_alone: bool = False
    """Whether nothing of what was said is left to hold it against."""


@dataclass(frozen=True, slots=True)
class Differ(Order):
    """Lay notes side by side."""

    notes: Mapping[PersonId, Note] = field(repr=False)
    group_note: Note | None = field(repr=False)


# -- reports ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Taken:
    """The models are loaded and the session is taken up."""

    answers: int


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far a reading is."""

    answers: int
    what: str
    """One line without a word of the session."""
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """The session as decided."""

    answers: int
    reviewed: Reviewed = field(repr=False)
    wording: str = ""
    """Why the clinic's language model was of no help, in one line; empty: it was, or there is none."""


@dataclass(frozen=True, slots=True)
class Superseded:
    """A newer reading was ordered; this one came to nothing."""

    answers: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What the gate found."""

    answers: int
    findings: tuple[GateFinding, ...]


@dataclass(frozen=True, slots=True)
class Differed:
    """What the notes tell side by side, by note; None is the group's part."""

    answers: int
    findings: Mapping[PersonId | None, tuple[GateFinding, ...]]


@dataclass(frozen=True, slots=True)
class Unable:
    """The worker cannot do what it was told: one line that says what to do, without words of the session."""

    answers: int
    why: str
