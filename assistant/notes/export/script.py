"""What a file says, in the order in which it says it: every kind of file is laid out from this."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.notes.document import LineKind
from assistant.notes.export import furniture

if TYPE_CHECKING:
    from assistant.notes.document import Document, DocumentLine, DocumentPart


class Look(StrEnum):
    """How an item is set."""

    TITLE = "title"
    MARK = "mark"
    """The mark of a draft."""
    FACT = "fact"
    """A label and what it labels."""
    NOTICE = "notice"
    HEADING = "heading"
    QUOTE = "quote"
    """The member's words."""
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph."""

    look: Look
    text: str = field(repr=False)
    label: str = ""
    """Of a fact."""

    @property
    def plain(self) -> str:
        """The paragraph as a reader sees it."""
        if self.look is Look.QUOTE:
            return f"{furniture.OPENING}{self.text}{furniture.CLOSING}"
        return f"{self.label} {self.text}" if self.label else self.text


def head(document: Document) -> tuple[Item, ...]:
    """Return what stands before the first part: it is on page 1, the notices with it."""
    items = [Item(Look.TITLE, flat(document.title))]
    if document.is_draft:
        items.append(Item(Look.MARK, furniture.DRAFT))
    if document.member:
        items.append(Item(Look.FACT, flat(document.member), furniture.MEMBER))
    items.append(Item(Look.FACT, furniture.day(document.date), furniture.DATE))
    items.extend(Item(Look.NOTICE, flat(notice)) for notice in document.notices)
    return tuple(items)


def part(one: DocumentPart) -> tuple[Item, ...]:
    """Return a part: its heading and its lines."""
    return (Item(Look.HEADING, flat(one.title)), *map(_line, one.lines))


def _line(line: DocumentLine) -> Item:
    return Item(Look.QUOTE if line.kind is LineKind.SPEECH else Look.LINE, flat(line.text))


def foot(document: Document) -> tuple[Item, ...]:
    """Return the block of the signature."""
    items = [Item(Look.HEADING, furniture.SIGNATURE)]
    if document.is_draft:
        return (*items, Item(Look.LINE, furniture.NOT_SIGNED))
    items.append(Item(Look.FACT, flat(document.signature), furniture.SIGNED_BY))
    if document.signed_at is not None:
        items.append(Item(Look.FACT, furniture.moment(document.signed_at), furniture.SIGNED_AT))
    return tuple(items)


def script(document: Document) -> tuple[Item, ...]:
    """Return the whole of it."""
    return (*head(document), *(item for one in document.parts for item in part(one)), *foot(document))


def flat(text: str) -> str:
    """Return a text on one line: runs of white space are one space."""
    return " ".join(text.split())
