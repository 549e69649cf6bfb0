"""The text of a Word file, taken out of its bytes without the library that wrote them.

A package is all names, parts and attributes. Whatever is not text of the body or of the page's head must be, to the
byte, what stands in a specimen without a word of anybody's.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from assistant.notes.export import furniture
from assistant.notes.export.proof import Taken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.notes.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_HEADER = "word/header1.xml"


def margins(document: Document) -> tuple[str, ...]:
    """Return what the head of every page must say; the foot is the specimen's."""
    return (furniture.DRAFT if document.is_draft else "",)


def from_docx(data: bytes, specimen: bytes) -> Taken:
    """Return what the bytes of a Word file say, held against a specimen of the same make."""
    found, model = _parts(data), _parts(specimen)
    besides = [name for name in found if name not in model]
    besides += [name for name in model if name not in {_BODY, _HEADER} and found.get(name) != model[name]]
    besides += _zip_remarks(data)
    texts: dict[str, list[str]] = {}
    for name in (_BODY, _HEADER):
        root, made = ET.fromstring(found[name]), ET.fromstring(model[name])  # noqa: S314 # bytes that this program has just written
        allowed = set(_frame(made))
        besides += [piece for piece in _frame(root) if piece not in allowed]
        besides += _stray(root, found[name].decode())
        texts[name] = ["".join(t.text or "" for t in p.iter(f"{_W}t")) for p in root.iter(f"{_W}p")]
    return Taken(("\n".join(texts[_BODY]),), ("\n".join(texts[_HEADER]),), tuple(besides))


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _zip_remarks(data: bytes) -> list[str]:
    """Return what a ZIP file says beside its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        infos = package.infolist()
        found = ["a remark" for said in (package.comment, *(i.comment + i.extra for i in infos)) if said]
    # Two headers of a part, its name in both, its bytes, and one record at the end (APPNOTE 4.3): no byte besides.
    size = 22 + sum(30 + 46 + 2 * len(info.filename.encode()) + info.compress_size for info in infos)
    return found if size == len(data) else [*found, "bytes between the parts"]


def _frame(root: ET.Element) -> Iterator[str]:
    """Yield the tags and attributes of a part."""
    for element in root.iter():
        yield element.tag
        yield from (f"{element.tag} {name}={value}" for name, value in element.attrib.items())


def _stray(root: ET.Element, raw: str) -> list[str]:
    """Return text that stands where no reader would show it."""
    found = [e.text for e in root.iter() if e.text and e.text.strip() and e.tag != f"{_W}t"]
    if "<!--" in raw or raw.count("<?") > 1:
        found.append("a remark")
    return found + [e.tail for e in root.iter() if e.tail and e.tail.strip()]
