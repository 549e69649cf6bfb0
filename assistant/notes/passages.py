"""The lines of a note, or of its finished Markdown, as the gate reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.domain import GateFinding, NoteSection, PersonId, Severity
from assistant.notes.sentences import ADDENDA, CLINICIAN_SECTIONS, HEADINGS, TITLES, is_own_voice
from assistant.notes.tokens import Token, tokenise, visible

if TYPE_CHECKING:
    from assistant.domain import Note, UtteranceId


class PassageKind(StrEnum):
    """What a line is."""

    SPEECH = "speech"
    """The member's words."""
    OWN_VOICE = "own voice"
    """A fixed sentence of the draft with counts in it."""
    CLINICIAN = "clinician"
    """Free text in a section that a clinician writes."""
    UNSOURCED = "unsourced"
    """Anything else: there is no evidence for it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of a note."""

    section: str
    line: int
    kind: PassageKind
    text: str = field(repr=False)
    tokens: tuple[Token, ...] = field(repr=False)
    evidence: tuple[UtteranceId, ...] | None = None
    """Utterances it is tied to; None in finished text, which does not say."""

    def finding(self, rule: str, whose: PersonId | None = None, severity: Severity = Severity.REFUSE) -> GateFinding:
        """Return a finding at this place: the rule and whose, never the words."""
        return GateFinding(self.section, self.line, rule, whose, severity)


_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(r"(?m)^\s*(?:>|-)\s?")
_BLOCK = re.compile(r"\n\s*\n")


def passages_of(note: Note) -> tuple[Passage, ...]:
    """Return the lines of a note in order, addenda last."""
    found: list[Passage] = []
    for section in (*note.sections, NoteSection(ADDENDA, note.addenda)):
        title = _heading(section.title, found)
        found.extend(_passage(title, at, line.text, line.evidence) for at, line in enumerate(section.lines))
    return tuple(found)


def passages_in(markdown: str) -> tuple[Passage, ...]:
    """Return the lines of a finished note; the n-th block under a heading is line n of that section."""
    found: list[Passage] = []
    section, at = "", 0
    for block in _BLOCK.split(markdown.strip()):
        if block.startswith("## "):
            section, at = _heading(_ESCAPE.sub(r"\1", block[3:].strip()), found), 0
            continue
        if not found and block.removeprefix("# ") in HEADINGS:
            continue
        quoted = block.startswith(">")
        text = _ESCAPE.sub(r"\1", _MARKS.sub("", block)).strip()
        found.append(_passage(section, at, text.strip("“”") if quoted else text, None, quoted=quoted))
        at += 1
    return tuple(found)


def _heading(title: str, found: list[Passage]) -> str:
    """Return a title of the house; any other is read as a line of its own and stands in no finding."""
    if title in TITLES:
        return title
    found.append(_passage("", -1, title, None))
    return ""


def _passage(
    section: str, line: int, text: str, evidence: tuple[UtteranceId, ...] | None, *, quoted: bool = False
) -> Passage:
    seen = visible(text)
    if evidence or quoted:
        kind = PassageKind.SPEECH
    elif is_own_voice(seen):
        kind = PassageKind.OWN_VOICE
    elif section in CLINICIAN_SECTIONS:
        kind = PassageKind.CLINICIAN
    else:
        kind = PassageKind.UNSOURCED
    return Passage(section, line, kind, seen, tokenise(seen), evidence)
