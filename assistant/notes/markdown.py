"""A note as Markdown, the same text for the same note.

Evidence ids stay out of it: turn numbers in two charts would link them (``domain.md`` X14). The machine file has them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import NoteState
from assistant.notes.sentences import ADDENDA, HEADINGS

if TYPE_CHECKING:
    from assistant.domain import Note, NoteLine

_ALWAYS = re.compile(r"[\\`*<>|~]")
_EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINK = re.compile(r"\](?=[(\[:])|(?<=!)\[|\[(?=\^)")
_AT_START = re.compile(r"^(?=[-+=#])|^(\d+)(?=[.)])")


def escape(text: str) -> str:
    """Return speech as Markdown that shows it as it is: no emphasis, link, list, heading, quotation or HTML from it."""
    flat = " ".join(text.split())
    flat = _ALWAYS.sub(r"\\\g<0>", flat)
    flat = _EDGE_UNDERSCORE.sub(r"\_", flat)
    flat = _ENTITY.sub(r"\&", flat)
    flat = _LINK.sub(r"\\\g<0>", flat)
    return _AT_START.sub(r"\1\\", flat)


def render(note: Note) -> str:
    """Return the note as Markdown: sections as headings, quotations as block quotes, all else as list items."""
    draft, signed = HEADINGS
    blocks = [f"# {draft if note.state is NoteState.DRAFT else signed}"]
    for section in note.sections:
        blocks.append(f"## {section.title}")
        blocks.extend(_line(line) for line in section.lines)
    if note.addenda:
        blocks.append(f"## {ADDENDA}")
        blocks.extend(_line(line) for line in note.addenda)
    return "\n\n".join(blocks) + "\n"


def _line(line: NoteLine) -> str:
    return f"> “{escape(line.text)}”" if line.evidence else f"- {escape(line.text)}"
