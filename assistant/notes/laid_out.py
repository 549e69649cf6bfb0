"""What a template of the group's own made, read back into lines that the gate and the files know.

A line that is one of the member's, word for word, keeps its kind and its evidence; whatever else the template says is
read as a hand's words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.notes import sentences as say
from assistant.notes.document import DocumentLine, DocumentPart, LineKind
from assistant.notes.typed_text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assistant.notes.formats import Material

_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*")
_MARK = re.compile(r"(?:[-*+>]\s+)+")
_QUOTES = (("“", "”"), ('"', '"'))


def laid_out(text: str, material: Material) -> tuple[DocumentPart, ...]:
    """Return the rendered lines in parts; a line that is one of the member's is known as what it is."""
    known = _known_lines(material)
    parts: list[tuple[str, list[DocumentLine]]] = [(say.SESSION, [])]
    for raw in text.splitlines():
        shown = " ".join(printable(raw).split())
        heading = _HEADING.fullmatch(shown)
        if heading is not None:
            parts.append((heading[1], []))
        elif shown:
            parts[-1][1].append(_known_line(shown, known))
    return tuple(DocumentPart(title, tuple(lines)) for title, lines in parts if lines)


def _known_lines(material: Material) -> dict[str, DocumentLine]:
    # What is said twice is read as what the gate holds to more: speech, then a hand's words, then counts.
    order = [LineKind.SPEECH, LineKind.REWORDED, LineKind.HAND, LineKind.COUNTED, LineKind.EMPTY]
    lines = [line for section in material.sections.values() for line in section]
    return {" ".join(line.text.split()): line for line in sorted(lines, key=lambda x: -order.index(x.kind))}


def _known_line(shown: str, known: Mapping[str, DocumentLine]) -> DocumentLine:
    for text in _bare(shown):
        if text in known:
            return known[text]
    # The material was cut to what the recipient may have before, so that any section that is always allowed will do.
    return DocumentLine(shown, LineKind.HAND, section=say.SESSION)


def _bare(shown: str) -> Iterable[str]:
    """Yield a line as it is, without a list mark, and without quotation marks around it."""
    yield shown
    unmarked = shown.removeprefix((_MARK.match(shown) or [""])[0])
    yield unmarked
    for left, right in _QUOTES:
        if unmarked.startswith(left) and unmarked.endswith(right):
            yield unmarked[1:-1].strip()
