"""A finished note as lines in parts: the one thing that every kind of file is written from, and that the gate reads.

What is not in it cannot be in a file: after writing, the text is taken out of the finished bytes again and held against
it (``notes/export``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from assistant.domain import PersonId, UtteranceId


class LineKind(StrEnum):
    """Whose words a line is."""

    SPEECH = "speech"
    """The member's, quoted."""
    HAND = "hand"
    """A clinician's."""
    COUNTED = "counted"
    """A fixed sentence with counts, a date or words on a list in it."""
    EMPTY = "empty"
    """A field that nobody filled: ``[clinician to complete]``."""
    REWORDED = "reworded"
    """What the member said, in the words of the clinic's own model: it has evidence, and is not quoted."""
    SIGNATURE = "signature"
    """Name and credentials of whoever added an addendum."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One line."""

    text: str = field(repr=False)
    kind: LineKind
    evidence: tuple[UtteranceId, ...] = ()
    """Never written to a file: turn numbers in two charts would link them (``domain.md`` X14)."""
    section: str = ""
    """Title of the neutral note's section that it comes from, which the gate knows."""


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """Lines under a heading."""

    title: str = field(repr=False)
    """A group's own template may put any words here."""
    lines: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One member's finished note in one format, for one recipient."""

    reader: PersonId
    title: str
    """``Group session note``; nothing of anybody's."""
    member: str = field(repr=False)
    """The member's name as it heads the note, exactly as on the roster; empty: none."""
    date: dt.date
    parts: tuple[DocumentPart, ...]
    signature: str = field(default="", repr=False)
    """Of whoever signed, with credentials; empty: a draft, and every page says so."""
    signed_at: dt.datetime | None = None
    notices: tuple[str, ...] = field(default=(), repr=False)
    """Stand on page 1 of every kind of file: 42 CFR 2.32, scope of the consent."""

    @property
    def is_draft(self) -> bool:
        """Whether nobody signed it."""
        return not self.signature
