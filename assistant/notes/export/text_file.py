"""A document as Markdown, and as plain text for pasting into a record system; and the way back.

Plain text has one paragraph a line, so that a record system breaks its lines itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.notes.export.proof import Taken
from assistant.notes.export.script import Look, script
from assistant.notes.markdown import escape

if TYPE_CHECKING:
    from assistant.notes.document import Document
    from assistant.notes.export.script import Item


def markdown(document: Document) -> bytes:
    """Return the document as Markdown: headings, quotations as block quotes, all else as list items."""
    return ("\n\n".join(map(_marked, script(document))) + "\n").encode()


def _marked(item: Item) -> str:
    match item.look:
        case Look.TITLE:
            return f"# {escape(item.text)}"
        case Look.HEADING:
            return f"## {escape(item.text)}"
        case Look.QUOTE:
            return f"> {escape(item.plain)}"
        case Look.LINE:
            return f"- {escape(item.text)}"
        case _:
            return escape(item.plain)


_MARK = re.compile(r"^(?:##? |> |- )")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A backslash before ASCII punctuation (CommonMark 2.4)."""


def from_markdown(data: bytes) -> Taken:
    """Return what Markdown bytes say: their text without marks and escapes."""
    lines = data.decode("utf-8").split("\n")
    return Taken(("\n".join(_ESCAPED.sub(r"\1", _MARK.sub("", line)) for line in lines),))


def plain(document: Document) -> bytes:
    """Return the document as plain text, an empty line before every heading."""
    lines: list[str] = []
    for item in script(document):
        if item.look in {Look.HEADING, Look.NOTICE} and lines:
            lines.append("")
        lines.append(item.plain)
    return ("\n".join(lines) + "\n").encode()


def from_plain(data: bytes) -> Taken:
    """Return what plain bytes say."""
    return Taken((data.decode("utf-8"),))
