"""The proof that finished bytes hold a document, whole and in its order, and no word beside it.

It knows nothing of how a file is laid out (``script.py``): it reads the document itself again, and the text that was
taken out of the bytes must be just that, with nothing between but the furniture.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.errors import OutputError
from assistant.notes.document import LineKind
from assistant.notes.export import furniture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.notes.document import Document


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken out of finished bytes."""

    pages: tuple[str, ...] = field(repr=False)
    """The text of each page, without its margins; a kind without pages has one."""
    margins: tuple[str, ...] = field(default=(), repr=False)
    """Head and foot of every page, in order."""
    besides: tuple[str, ...] = field(default=(), repr=False)
    """Every other string in the bytes that is not of the kind's fixed frame. There must be none."""
    spaced: bool = True
    """Whether the spaces between words can be taken out too; a page of a PDF has none, only places of letters."""


def prove(document: Document, taken: Taken, margins: tuple[str, ...] = ()) -> None:
    """Hold the text of finished bytes against the document.

    Args:
        document: What the gate read.
        taken: What the bytes say.
        margins: What the head and foot of every page must say, in order.

    Raises:
        OutputError: The bytes say more, less or something else. The message tells where, never what.
    """
    if taken.besides:
        raise OutputError(f"{_REFUSED}: {len(taken.besides)} strings in it are not the note's")
    if taken.margins != margins:
        raise OutputError(f"{_REFUSED}: the head or the foot of a page is not as it must be")
    fold = _single_spaces if taken.spaced else _no_spaces
    between = " " if taken.spaced else ""
    rest = fold(between.join(taken.pages))
    for where, text in wanted(document):
        piece = fold(text)
        if not rest.startswith(piece):
            raise OutputError(f"{_REFUSED}: {where} is not as it was read")
        rest = rest[len(piece) :].removeprefix(between)
    if rest:
        raise OutputError(f"{_REFUSED}: it goes on after its end")
    first = fold(taken.pages[0])
    if any(fold(notice) not in first for notice in document.notices):
        raise OutputError("a notice does not fit on page 1: make the words of the consent's scope shorter")


_REFUSED = "the finished file does not hold the note and nothing else"


def wanted(document: Document) -> Iterator[tuple[str, str]]:
    """Yield what a file says, in its order: where, and the text."""
    yield "the title", document.title
    if not document.signature:
        yield "the mark of a draft", furniture.DRAFT
    if document.member:
        yield "the name", f"{furniture.MEMBER} {document.member}"
    yield "the date", f"{furniture.DATE} {furniture.day(document.date)}"
    for number, notice in enumerate(document.notices, 1):
        yield f"notice {number}", notice
    for at, part in enumerate(document.parts, 1):
        yield f"the heading of part {at}", part.title
        for number, line in enumerate(part.lines, 1):
            quoted = line.kind is LineKind.SPEECH
            text = f"{furniture.OPENING}{' '.join(line.text.split())}{furniture.CLOSING}" if quoted else line.text
            yield f"part {at}, line {number}", text
    yield "the block of the signature", furniture.SIGNATURE
    if not document.signature:
        yield "the block of the signature", furniture.NOT_SIGNED
        return
    yield "the signature", f"{furniture.SIGNED_BY} {document.signature}"
    if document.signed_at is not None:
        yield "the time of the signature", f"{furniture.SIGNED_AT} {furniture.moment(document.signed_at)}"


def _single_spaces(text: str) -> str:
    return " ".join(text.split())


def _no_spaces(text: str) -> str:
    # A page shows a letter and its marks as one sign, however they were typed.
    return unicodedata.normalize("NFC", "".join(text.split()))
