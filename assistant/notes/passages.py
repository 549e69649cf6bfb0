"""The lines of a note, or of its finished Markdown, as the gate reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.domain import GateFinding, NoteSection, PersonId, Severity
from assistant.notes.sentences import ADDENDA, CLINICIAN_SECTIONS, HEADINGS, REWORDED, TITLES, TO_COMPLETE, is_own_voice
from assistant.notes.tokens import Token, runs_backwards, tokenise, visible

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
    reworded: bool = False
    """Whether it is the member's words in a model's prose."""
    turned: bool = False
    """Whether it held marks that turn the direction of what is shown."""

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
        found.extend(
            _passage(title, at, line.text, line.evidence, by_hand=line.by_hand) for at, line in enumerate(section.lines)
        )
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


def _passage(  # noqa: PLR0913  what is known of a line
    section: str,
    line: int,
    text: str,
    evidence: tuple[UtteranceId, ...] | None,
    *,
    quoted: bool = False,
    by_hand: bool = False,
) -> Passage:
    seen = visible(text)
    if seen == TO_COMPLETE:
        kind = PassageKind.OWN_VOICE
    elif by_hand:
        kind = PassageKind.CLINICIAN
    elif evidence or quoted:
        kind = PassageKind.SPEECH
    elif is_own_voice(seen):
        kind = PassageKind.OWN_VOICE
    elif section in CLINICIAN_SECTIONS:
        kind = PassageKind.CLINICIAN
    else:
        kind = PassageKind.UNSOURCED
    return Passage(
        section, line, kind, seen, tokenise(seen), evidence, reworded=section == REWORDED, turned=runs_backwards(text)
    )


def passage_by_hand(section: str, line: int, text: str) -> Passage:
    """Return a line as a clinician's, whatever it says."""
    seen = visible(text)
    return Passage(section, line, PassageKind.CLINICIAN, seen, tokenise(seen), turned=runs_backwards(text))


def passage_of_line(
    title: str, line: int, text: str, evidence: tuple[UtteranceId, ...] | None, *, section: str
) -> Passage:
    """Return a line of a document as the member's words.

    Args:
        title: Where it stands.
        line: Its place there.
        text: The line.
        evidence: Its utterances; empty: it has none, and is refused; None: nothing is left to ask of it.
        section: The section of the neutral note that it comes from.
    """
    seen = visible(text.strip("“”"))
    kind = PassageKind.UNSOURCED if evidence == () else PassageKind.SPEECH
    return Passage(title, line, kind, seen, tokenise(seen), evidence, reworded=section == REWORDED)
