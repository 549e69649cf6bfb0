"""A finished document as passages, and what only a finished document can be asked: its name, signature and headings.

A line says of itself what it is, and the gate believes it only as far as that makes the reading stricter: what calls
itself counted must be a fixed sentence, what calls itself empty must be empty, and a heading that is on no list is read
as text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import GateFinding
from assistant.notes.document import LineKind
from assistant.notes.notices import part2_notice
from assistant.notes.passages import Passage, PassageKind, passage_by_hand, passage_of_line
from assistant.notes.sentences import DOCUMENT_TITLES, FORMAT_TITLES, TITLES, TO_COMPLETE, is_own_voice
from assistant.notes.tokens import plain_words, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.domain import Person
    from assistant.notes.context import GateContext
    from assistant.notes.document import Document, DocumentLine

HEADING, MEMBER, SIGNATURE, NOTICE, TITLE = "Heading", "Member", "Signature", "Notice", "Title"
"""Where a finding in what is no line of a part stands."""

PARTS = TITLES | FORMAT_TITLES


def passages_of_document(document: Document, context: GateContext) -> tuple[Passage, ...]:
    """Return all of a document that is read line by line: its lines, and what is on no list of fixed words."""
    found: list[Passage] = []
    if document.title not in DOCUMENT_TITLES:
        found.append(passage_by_hand(TITLE, 0, document.title))
    found.extend(
        passage_by_hand(NOTICE, at, _without_staff(notice, context))
        for at, notice in enumerate(document.notices)
        if not _is_pinned(notice)
    )
    heard = bool(context.utterances)
    for number, part in enumerate(document.parts):
        known = part.title in PARTS or is_own_voice(part.title)
        if not known and part.title:
            found.append(passage_by_hand(HEADING, number, part.title))
        title = _place(document, number)
        found.extend(_read(line, title, at, heard=heard) for at, line in enumerate(part.lines) if not _signs(line))
    return tuple(found)


def signatures(document: Document) -> tuple[Passage, ...]:
    """Return what is signed in a document: by whoever completed it, and by whoever added to it."""
    added = (
        (_place(document, number), at, line.text)
        for number, part in enumerate(document.parts)
        for at, line in enumerate(part.lines)
        if _signs(line)
    )
    return tuple(passage_by_hand(*place) for place in ((SIGNATURE, 0, document.signature), *added))


def check_frame(document: Document, context: GateContext) -> Iterator[GateFinding]:
    """Find a wrong name at the head, a member's name in a signature, and lines that are not what they say they are."""
    yield from _head(document, context)
    if document.reader != context.reader:
        yield GateFinding(MEMBER, 0, "another member's document", document.reader)
    yield from _signed(document.signature, 0, SIGNATURE, context)
    for number, part in enumerate(document.parts):
        title = _place(document, number)
        for at, line in enumerate(part.lines):
            if _signs(line):
                yield from _signed(line.text, at, title, context)
            seen = visible(line.text)
            if line.kind is LineKind.COUNTED and not is_own_voice(seen):
                yield GateFinding(title, at, "not a fixed sentence", None)
            if line.kind is LineKind.EMPTY and seen != TO_COMPLETE:
                yield GateFinding(title, at, "not empty", None)


def _place(document: Document, number: int) -> str:
    """Return what a finding calls a part: its heading, or its number where a template's own words head it."""
    title = document.parts[number].title
    return title if title in PARTS else f"Part {number + 1}"


def _head(document: Document, context: GateContext) -> Iterator[GateFinding]:
    if not document.member:
        return
    bearer = next((p for p in context.group.people if p.id == context.reader), None)
    if bearer is None or document.member != bearer.name:
        yield GateFinding(MEMBER, 0, "not the member's name", None)
    for other in _others(context):
        if _holds(plain_words(document.member), plain_words(other.name)):
            yield GateFinding(MEMBER, 0, "another member's name", other.id)


def _signed(signature: str, line: int, section: str, context: GateContext) -> Iterator[GateFinding]:
    """Find a member's full name or surname in a signature; a first name may be the clinician's too."""
    words = plain_words(signature)
    staff = {w for p in context.group.people if not p.is_member for w in plain_words(p.name)}
    for other in _others(context):
        for name in (other.name, *other.aliases):
            parts = plain_words(name)
            surname = parts[-1] if len(parts) > 1 and parts[-1] not in staff else None
            whole = len(parts) > 1 and (_holds(words, parts) or set(parts) <= set(words))
            if (whole and not set(parts) <= staff) or (surname is not None and surname in words):
                yield GateFinding(section, line, "a member's name in a signature", other.id)


def _others(context: GateContext) -> tuple[Person, ...]:
    return tuple(p for p in context.others if p.is_member)


def _holds(words: Sequence[str], name: Sequence[str]) -> bool:
    size = len(name)
    return size > 1 and any(tuple(words[at : at + size]) == tuple(name) for at in range(len(words) - size + 1))


def _without_staff(notice: str, context: GateContext) -> str:
    """Return a notice without the full names of the group's facilitators: a consent may say who discloses."""
    for person in context.group.people:
        if not person.is_member and len(person.name.split()) > 1:
            notice = re.sub(rf"(?<!\w){re.escape(person.name)}(?!\w)", "[clinician]", notice)
    return notice


def _is_pinned(notice: str) -> bool:
    pinned = part2_notice()
    return notice in {pinned.short, pinned.long} or is_own_voice(notice)


def _signs(line: DocumentLine) -> bool:
    return line.kind is LineKind.SIGNATURE


def _read(line: DocumentLine, title: str, at: int, *, heard: bool) -> Passage:
    if line.kind in {LineKind.SPEECH, LineKind.REWORDED}:
        # Where the transcript is gone nothing can be asked of the evidence.
        evidence = line.evidence if heard else None
        return passage_of_line(title, at, line.text, evidence, section=line.section)
    if line.kind is not LineKind.HAND and is_own_voice(visible(line.text)):
        return Passage(title, at, PassageKind.OWN_VOICE, visible(line.text), ())
    return passage_by_hand(title, at, line.text)
