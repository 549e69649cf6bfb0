"""Notes and drafts as bytes, and back; as ``codec.py``.

A draft was a note alone, or a finished text, before it held what it was made from: all three are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import (
    DisclosureType,
    Draft,
    GateFinding,
    Note,
    NoteLine,
    NoteSection,
    NoteState,
    PersonId,
    RedactedText,
    Release,
    ReleasedLine,
    Replacement,
    Severity,
    Span,
    UtteranceId,
    Withheld,
    WithheldReason,
)
from assistant.store.codec import packed, span_plain, unpacked

if TYPE_CHECKING:
    from assistant.store.codec import Plain


def draft_bytes(draft: Draft | Note | str) -> bytes:
    """Return a draft as bytes: whole, its note alone (the group's part), or its finished text."""
    if isinstance(draft, str):
        return packed(draft)
    if isinstance(draft, Note):
        return packed(note_plain(draft))
    findings = [_finding(finding) for finding in draft.findings]
    return packed([note_plain(draft.note), _release(draft.release), findings, draft.refused])


def draft_of(content: bytes) -> Draft | Note | str:
    """Return the draft that ``draft_bytes`` was given."""
    plain = unpacked(content)
    if isinstance(plain, str):
        return plain
    # A note begins with its member, a whole draft with its note.
    if not isinstance(plain[0], list):
        return note_of(plain)
    note, release, findings, refused, *_ = plain
    return Draft(note_of(note), _release_of(release), tuple(map(_finding_of, findings)), refused)


def note_plain(note: Note) -> Plain:
    """Return a note as JSON."""
    sections = [[s.title, [_line(line) for line in s.lines]] for s in note.sections]
    return [note.member, note.session, sections, note.state, [_line(line) for line in note.addenda]]


def note_of(plain: Plain) -> Note:
    """Return the note that ``note_plain`` was given."""
    member, session, sections, state, addenda = plain
    return Note(
        member,
        session,
        tuple(NoteSection(title, tuple(map(_line_of, lines))) for title, lines in sections),
        NoteState(state),
        tuple(map(_line_of, addenda)),
    )


def _line(line: NoteLine) -> Plain:
    return [line.text, list(line.evidence), line.by_hand]


def _line_of(plain: Plain) -> NoteLine:
    text, evidence, *by_hand = plain
    return NoteLine(text, tuple(evidence), *by_hand)


def _release(release: Release) -> Plain:
    lines = [
        [
            line.reader,
            line.utterance,
            [span_plain(span) for span in line.spans],
            line.text,
            list(line.types),
            [_replacement(r) for r in line.replacements],
            line.by_hand,
        ]
        for line in release.lines
    ]
    withheld = [[w.reader, w.utterance, span_plain(w.span), w.reason] for w in release.withheld]
    return [release.reader, lines, withheld]


def _release_of(plain: Plain) -> Release:
    reader, lines, withheld = plain
    return Release(
        PersonId(reader),
        tuple(map(_released_of, lines)),
        tuple(
            Withheld(PersonId(who), UtteranceId(utterance), Span(*span), WithheldReason(reason))
            for who, utterance, span, reason in withheld
        ),
    )


def _released_of(plain: Plain) -> ReleasedLine:
    reader, utterance, spans, text, types, replacements, by_hand = plain
    return ReleasedLine(
        PersonId(reader),
        UtteranceId(utterance),
        tuple(Span(*span) for span in spans),
        # It was one when it was sealed, and the seal proves that nobody changed it.
        RedactedText(text),
        tuple(map(DisclosureType, types)),
        tuple(map(_replacement_of, replacements)),
        by_hand,
    )


def _replacement(r: Replacement) -> Plain:
    return [span_plain(r.span), r.type, r.text, r.detector, float(r.score), r.rule]


def _replacement_of(plain: Plain) -> Replacement:
    span, type_, text, detector, score, rule = plain
    return Replacement(Span(*span), None if type_ is None else DisclosureType(type_), text, detector, score, rule)


def _finding(finding: GateFinding) -> Plain:
    return [finding.section, int(finding.line), finding.rule, finding.whose, finding.severity]


def _finding_of(plain: Plain) -> GateFinding:
    section, line, rule, whose, severity = plain
    return GateFinding(section, line, rule, whose, Severity(severity))
