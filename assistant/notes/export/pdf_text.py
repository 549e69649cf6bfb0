"""The text of a PDF, taken out of its bytes again, and everything in it that is no text. The only importer of pypdf.

A PDF can say things where no page shows them: metadata, XMP, attachments, annotations, bookmarks, alternative text,
objects that nothing points to. So every object is walked, and its keys, names and strings must be those of a specimen
without a word of anybody's; only pages, letters of the font and their code tables may differ.
"""

from __future__ import annotations

import functools
import io
import re
from typing import TYPE_CHECKING

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from assistant.notes.export import furniture
from assistant.notes.export.proof import Taken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf.generic import PdfObject

    from assistant.notes.document import Document


def margins(document: Document, pages: int) -> tuple[str, ...]:
    """Return what stands in the margins of every page, in the order in which it is drawn."""
    return tuple(_margin(number, pages, draft=document.is_draft) for number in range(1, pages + 1))


def _margin(number: int, pages: int, *, draft: bool) -> str:
    return _squeeze(furniture.page(number, pages) + (furniture.DRAFT if draft else ""))


def from_pdf(data: bytes, specimen: bytes, *, draft: bool) -> Taken:
    """Return what the bytes of a PDF say, held against a specimen of the same make."""
    reader = PdfReader(io.BytesIO(data), strict=True)
    bodies: list[str] = []
    margin: list[str] = []
    for number, page in enumerate(reader.pages, 1):
        text = _squeeze(page.extract_text())
        end = _margin(number, len(reader.pages), draft=draft)
        bodies.append(text.removesuffix(end))
        margin.append(end if text.endswith(end) else "")
    allowed = _frame_of(specimen)
    besides = tuple(sorted(piece for piece in {*_frame(reader), *_outside(data)} if piece not in allowed))
    return Taken(tuple(bodies), tuple(margin), besides, spaced=False)


@functools.lru_cache(maxsize=2)
def _frame_of(specimen: bytes) -> frozenset[str]:
    return frozenset((*_frame(PdfReader(io.BytesIO(specimen), strict=True)), *_outside(specimen)))


_SUBSET = re.compile(r"(?<=/F)\d+\+\d+|[A-Z]{6}(?=\+)")
"""Number of a font and of its part, which grow with the letters that a note uses."""
_STREAMS = frozenset({"/Contents", "/FontFile2", "/ToUnicode"})


def _frame(reader: PdfReader) -> Iterator[str]:
    """Yield every key, name and string of a file, what it draws with, and every object that nothing points to."""
    seen: set[int] = set()
    yield from _walk("", reader.trailer, seen)
    known = {number for numbers in reader.xref.values() for number in numbers} | set(reader.xref_objStm)
    yield from (f"object {number} is not used" for number in known - seen - {0})
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None:
            yield from {f"drawn with {operator!r}" for _, operator in contents.operations}


_OBJECT = re.compile(rb"\b\d+ \d+ obj\b.*?\bendobj\b|<[0-9A-Fa-f]*>", re.DOTALL)


def _outside(data: bytes) -> Iterator[str]:
    """Yield the words that stand in no object: remarks, and what is added before, between and behind."""
    yield from (f"outside: {word.decode()}" for word in re.findall(rb"[A-Za-z]+", _OBJECT.sub(b" ", data)))


def _walk(key: str, thing: PdfObject | None, seen: set[int]) -> Iterator[str]:
    if isinstance(thing, IndirectObject):
        if thing.idnum in seen:
            return
        seen.add(thing.idnum)
        thing = thing.get_object()
    if isinstance(thing, DictionaryObject):
        if isinstance(thing, StreamObject) and key not in _STREAMS:
            yield f"{key}: a stream"
        for name, value in thing.items():
            yield f"{_SUBSET.sub('', key)} {_SUBSET.sub('', name)}"
            yield from _walk(name, value.raw if hasattr(value, "raw") else value, seen)
    elif isinstance(thing, ArrayObject):
        for value in thing:
            yield from _walk(key, value, seen)
    elif isinstance(thing, NameObject):
        yield f"{key} is {_SUBSET.sub('', thing)}"
    elif isinstance(thing, (TextStringObject, ByteStringObject)):
        # The identifier of the file is a checksum, 16 bytes twice.
        yield f"{key} says {len(thing)} bytes" if key == "/ID" else f"{key} says {thing!r}"


def _squeeze(text: str) -> str:
    return "".join(text.split())
