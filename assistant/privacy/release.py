"""Which clauses of a session may enter which member's note, and why each other one may not (promise 1).

Inclusion first: a clause is kept only where everything speaks for it. Nothing is cut out of a shared text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import (
    FindingsStatus,
    Release,
    ReleasedLine,
    UtteranceStatus,
    Withheld,
    WithheldReason,
)
from assistant.errors import RedactionError
from assistant.privacy import content, requests
from assistant.privacy import vocabulary as v
from assistant.privacy.masks import edits, relations_in
from assistant.privacy.memory import surface_form
from assistant.privacy.names import NameGuard
from assistant.privacy.redaction import redacted, rewrite
from assistant.privacy.speech import is_facilitator
from assistant.privacy.terms import Terms
from assistant.privacy.torn import torn
from assistant.settings import Profile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.domain import Disclosure, Group, PersonId, RedactedText
    from assistant.privacy.reading import Clause, Reading
    from assistant.privacy.redaction import Edit

_Why = WithheldReason

OMISSION = "[…]"
"""Stands where a condition was left out, so that a sentence is not read as said without it."""


@dataclass(slots=True)
class _Draft:
    """What one reader's release is made of while it is made."""

    reader: PersonId
    group: Group
    profile: Profile
    relations: Mapping[str, str]
    guard: NameGuard
    terms: Terms
    lines: list[ReleasedLine] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)

    def hold(self, reading: Reading, clause: Clause, reason: WithheldReason) -> None:
        """Note that a clause is held back."""
        self.withheld.append(Withheld(self.reader, reading.utterance.id, clause.span, reason))


def release(readings: Sequence[Reading], reader: PersonId, group: Group, profile: Profile = Profile.CHART) -> Release:
    """Return what one reader's note may be made from, and every clause that may not enter it with the reason.

    Args:
        readings: The whole session in order. What is said first by whom decides, so a part of a session gives a
            different answer.
        reader: Whose note; a member.
        group: The roster, with what the facilitator knows of each.
        profile: What of the reader's own identity stays.

    Returns:
        Each clause of each reading stands exactly once: in the spans of a line, or among the withheld.
    """
    draft = _Draft(reader, group, profile, relations_in(readings, reader), NameGuard(group, reader), Terms(group))
    unwritten = requests.not_to_be_written(readings)
    for reading, edges in zip(readings, torn(readings), strict=True):
        reason = _whole_utterance(reading, reader, group, asked=reading.utterance.id in unwritten)
        if reason is None:
            _release_clauses(reading, draft, edges)
        else:
            for clause in reading.clauses:
                draft.hold(reading, clause, reason)
        draft.terms.add(reading)
    return Release(reader, tuple(draft.lines), tuple(draft.withheld))


def _whole_utterance(reading: Reading, reader: PersonId, group: Group, *, asked: bool) -> WithheldReason | None:
    """Return why nothing of an utterance may enter, or None."""
    utterance = reading.utterance
    failed = reading.findings.status is not FindingsStatus.COMPLETE or bool(reading.findings.failed)
    grounds = (
        (utterance.status is UtteranceStatus.STRUCK, _Why.STRUCK),
        (is_facilitator(group, utterance.speaker), _Why.FACILITATOR),
        (utterance.speaker is None, _Why.UNKNOWN_SPEAKER),
        (utterance.speaker != reader, _Why.NOT_THE_SPEAKER),
        (utterance.status is not UtteranceStatus.CLEAR, _Why.SUSPECT),
        (failed, _Why.DETECTOR_FAILED),
        (asked, _Why.ASKED_NOT_TO),
    )
    return next((reason for holds, reason in grounds if holds), None)


def _release_clauses(reading: Reading, draft: _Draft, edges: frozenset[Clause]) -> None:
    """Judge the reader's own clauses and write a line from those that stay."""
    kept: list[tuple[Clause, str]] = []
    for clause in reading.clauses:
        changes = edits(reading, clause, draft.reader, draft.profile, draft.relations)
        broken = clause in edges and not _stands_alone(reading, clause, draft.reader)
        reason = _Why.CONTESTED if broken else _clause(reading, clause, draft, changes)
        if reason is None:
            try:
                kept.append((clause, rewrite(reading.utterance.text, clause.span, changes)))
                continue
            except RedactionError:
                reason = _Why.REDACTION_FAILED
        draft.hold(reading, clause, reason)
    for lonely in _lonely(reading, kept, draft.reader):
        kept = [pair for pair in kept if pair[0] != lonely]
        draft.hold(reading, lonely, _Why.NO_CONTENT)
    if not kept:
        return
    line = _finished(reading, kept, draft)
    if line is None:
        for clause, _ in kept:
            draft.hold(reading, clause, _Why.REDACTION_FAILED)
        return
    if not line:
        for clause, _ in kept:
            draft.hold(reading, clause, _Why.NO_CONTENT)
        return
    types = {d.type for clause, _ in kept for d in _own_facts(reading, clause, draft.reader)}
    spans = tuple(clause.span for clause, _ in kept)
    draft.lines.append(ReleasedLine(draft.reader, reading.utterance.id, spans, line, tuple(sorted(types))))


def _finished(reading: Reading, kept: Sequence[tuple[Clause, str]], draft: _Draft) -> RedactedText | None:
    """Return the line that the kept clauses make, or None where it cannot be proved free of others' names and facts."""
    text = reading.utterance.text
    secrets = [
        edit.span.of(text)
        for clause, _ in kept
        for edit in edits(reading, clause, draft.reader, draft.profile, draft.relations)
        if edit.secret and not _inside_own_fact(reading, kept, draft.reader, edit)
    ]
    own = {
        word
        for clause, _ in kept
        for fact in _own_facts(reading, clause, draft.reader)
        for word in surface_form(fact.span.of(text))
    }
    try:
        line = redacted(_runs(reading, kept), [*draft.guard.forbidden, *secrets])
    except RedactionError:
        return None
    return None if draft.guard.stands_in(line, own) else line


def _stands_alone(reading: Reading, clause: Clause, reader: PersonId) -> bool:
    """Whether a clause at a torn edge is whole all the same: it has a subject and a fact of the reader's own."""
    subject = any(t.dep in v.SUBJECTS for t in reading.parse.within(clause.span))
    return subject and bool(_own_facts(reading, clause, reader))


def _lonely(reading: Reading, kept: Sequence[tuple[Clause, str]], reader: PersonId) -> list[Clause]:
    """Return kept subordinate clauses ("when I picked it up") without their main clause or a fact of their own."""
    ends = {clause.span.end for clause, _ in kept}
    starts = {clause.span.start for clause, _ in kept}
    out: list[Clause] = []
    for clause, _ in kept:
        words = [t for t in reading.parse.within(clause.span) if t.pos not in {"PUNCT", "INTJ", "CCONJ"}]
        hangs = bool(words) and words[0].lower in v.SUBORDINATORS and words[0].pos in {"SCONJ", "ADP", "ADV"}
        sentence = words[0].sentence if words else -1
        alone = not any(
            t.sentence == sentence and not clause.span.overlaps(t.span) and t.pos != "PUNCT"
            for t in reading.parse.tokens
        )
        beside = clause.span.start in ends or clause.span.end in starts
        if hangs and not alone and not beside and not _own_facts(reading, clause, reader):
            out.append(clause)
    return out


def _inside_own_fact(reading: Reading, kept: Sequence[tuple[Clause, str]], reader: PersonId, edit: Edit) -> bool:
    """Whether a masked word also stands in a fact of the reader's own ("nineteen" in an address and as a son's age)."""
    secret = surface_form(edit.span.of(reading.utterance.text))
    n = len(secret)
    for clause, _ in kept:
        for fact in _own_facts(reading, clause, reader):
            form = surface_form(fact.span.of(reading.utterance.text))
            if any(form[i : i + n] == secret for i in range(len(form) - n + 1)):
                return True
    return False


def _runs(reading: Reading, kept: Sequence[tuple[Clause, str]]) -> list[str]:
    """Join clauses that adjoin in the utterance; a condition or reason that stays out leaves a mark in its sentence."""
    runs: list[str] = []
    end = -1
    inside = {clause for clause, _ in kept}
    for clause, text in kept:
        if clause.span.start == end:
            runs[-1] += text
        else:
            runs.append(f"{OMISSION} {text}" if _conditions(reading, inside, clause) else text)
        end = clause.span.end
    return runs


def _conditions(reading: Reading, inside: set[Clause], clause: Clause) -> bool:
    """Whether a withheld condition ("if he …") stands right before a kept clause in the same sentence."""
    before = next((c for c in reading.clauses if c.span.end == clause.span.start), None)
    if before is None or before in inside:
        return False
    theirs = [t for t in reading.parse.within(before.span) if t.pos not in {"PUNCT", "INTJ", "CCONJ"}]
    mine = reading.parse.within(clause.span)
    return bool(theirs and mine) and theirs[0].lower in v.SUBORDINATORS and theirs[-1].sentence == mine[0].sentence


def _clause(reading: Reading, clause: Clause, draft: _Draft, changes: Sequence[Edit]) -> WithheldReason | None:
    """Return why a clause of the reader's own may not enter, or None."""
    reader = draft.reader
    facts = [d for d in reading.findings.disclosures if d.span.overlaps(clause.span)]
    own = bool(_own_facts(reading, clause, reader))
    others = bool(clause.refers_to) or clause.refers_unnamed or any(not _readers(d, reader) for d in facts)
    loose = bool(clause.loose) and (not own or len(clause.loose) > 1)
    grounds = (
        (_contested(reading, clause, reader), _Why.CONTESTED),
        (not content.records_something(reading, clause), _Why.NO_CONTENT),
        (others or loose, _Why.OTHER_PARTICIPANT),
        (
            draft.terms.borrowed(reading, clause, reader, [e.span for e in changes], own=own),
            _Why.FIRST_SAID_BY_ANOTHER,
        ),
        (not _about_reader(reading, clause, reader, changes, own=own), _Why.NOT_ABOUT_THEM),
        (content.asks(reading, clause) and not own, _Why.NO_CONTENT),
        (not own and content.words_left(reading, clause, [e.span for e in changes]) == 0, _Why.NO_CONTENT),
    )
    return next((reason for holds, reason in grounds if holds), None)


def _contested(reading: Reading, clause: Clause, reader: PersonId) -> bool:
    """Whether a word of the clause is not surely the reader's; also where the words do not add up to the text."""
    utterance = reading.utterance
    if not utterance.words:
        return False
    if " ".join(w.text for w in utterance.words) != utterance.text:
        return True
    return any(
        word.speaker != reader and span.overlaps(clause.span)
        for word, span in zip(utterance.words, utterance.word_spans(), strict=True)
    )


def _readers(disclosure: Disclosure, reader: PersonId) -> bool:
    return reader in {disclosure.owner.person, disclosure.owner.outsider_of}


def _own_facts(reading: Reading, clause: Clause, reader: PersonId) -> list[Disclosure]:
    return [d for d in reading.findings.disclosures if d.owner.person == reader and d.span.overlaps(clause.span)]


def _about_reader(reading: Reading, clause: Clause, reader: PersonId, changes: Sequence[Edit], *, own: bool) -> bool:
    """Whether a clause tells of the reader, or of somebody of the reader's with enough left to read."""
    if clause.about.person == reader or own:
        return True
    if clause.about.outsider_of != reader or clause.why.startswith("fragment"):
        return False
    tokens = reading.parse.within(clause.span)
    if any(t.lower in v.FIRST_NOMINAL for t in tokens):
        return True
    if clause.why.endswith("earlier"):
        return False
    enough = content.ENOUGH if changes else 1
    return content.words_left(reading, clause, [e.span for e in changes]) >= enough
