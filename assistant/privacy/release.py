"""Which clauses of a session may enter which member's note, and why each other one may not (promise 1).

Inclusion first: a clause is kept only where everything speaks for it. Nothing is cut out of a shared text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Release, ReleasedLine, Withheld, WithheldReason
from assistant.errors import RedactionError
from assistant.privacy import requests
from assistant.privacy import vocabulary as v
from assistant.privacy.hands import NO_HANDS, covered
from assistant.privacy.judgement import (
    contested,
    inside_own_fact,
    lonely,
    objection,
    objection_to_all,
    own_facts,
    stands_alone,
)
from assistant.privacy.leaning import Before
from assistant.privacy.masks import edits, relations_in
from assistant.privacy.memory import surface_form
from assistant.privacy.names import NameGuard
from assistant.privacy.redaction import Edit, redacted, replacements, rewrite
from assistant.privacy.terms import Terms
from assistant.privacy.torn import torn
from assistant.privacy.words import fold, words_of
from assistant.settings import Profile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.domain import Group, PersonId, RedactedText
    from assistant.privacy.hands import Hands
    from assistant.privacy.reading import Clause, Reading

_Why = WithheldReason

_BY_HAND = frozenset(
    {
        _Why.CONTESTED,
        _Why.NOT_ABOUT_THEM,
        _Why.OTHER_PARTICIPANT,
        _Why.FIRST_SAID_BY_ANOTHER,
        _Why.ASKED_NOT_TO,
        _Why.NO_CONTENT,
    }
)
"""What a clinician may set aside for a clause of the reader's own words; a torn edge, but no contested word. Where a
detector failed or redaction could not be proved, nobody knows what would be let in."""

_HIDDEN = "hidden-by-hand"
"""The rule of a replacement that a clinician asked for."""

OMISSION = "[…]"
"""Stands where a condition was left out, so that a sentence is not read as said without it."""


@dataclass(slots=True)
class _Draft:
    """What one reader's release is made of while it is made."""

    reader: PersonId
    group: Group
    profile: Profile
    hands: Hands
    before: Before
    relations: Mapping[str, str]
    guard: NameGuard
    terms: Terms
    lines: list[ReleasedLine] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)

    def hold(self, reading: Reading, clause: Clause, reason: WithheldReason) -> None:
        """Note that a clause is held back."""
        self.withheld.append(Withheld(self.reader, reading.utterance.id, clause.span, reason))

    def edits(self, reading: Reading, clause: Clause) -> tuple[Edit, ...]:
        """Return what redaction does inside a clause."""
        out = edits(reading, clause, self.reader, self.profile, self.relations)
        likeness = self.before.comparisons(reading, clause)
        return out + tuple(Edit(span, "", secret=False, rule="likeness-to-another") for span in likeness)


@dataclass(frozen=True, slots=True)
class _Judged:
    """One clause of the reader's own: rewritten, or held back for a reason."""

    clause: Clause
    changes: tuple[Edit, ...]
    text: str = field(default="", repr=False)
    reason: WithheldReason | None = None
    by_hand: bool = False


def release(
    readings: Sequence[Reading],
    reader: PersonId,
    group: Group,
    profile: Profile = Profile.CHART,
    hands: Hands = NO_HANDS,
) -> Release:
    """Return what one reader's note may be made from, and every clause that may not enter it with the reason.

    Args:
        readings: The whole session in order. What is said first by whom decides, so a part of a session gives a
            different answer.
        reader: Whose note; a member.
        group: The roster, with what the facilitator knows of each.
        profile: What of the reader's own identity stays.
        hands: What a clinician let in or keeps out.

    Returns:
        Each clause of each reading stands exactly once: in the spans of a line, or among the withheld.
    """
    relations = relations_in(readings, reader)
    draft = _Draft(
        reader, group, profile, hands, Before(group, reader), relations, NameGuard(group, reader), Terms(group)
    )
    unwritten = requests.not_to_be_written(readings)
    for reading, edges in zip(readings, torn(readings), strict=True):
        reason = objection_to_all(reading, reader, group, asked=reading.utterance.id in unwritten)
        if reason is None or reason is _Why.ASKED_NOT_TO:
            _release_clauses(reading, draft, edges, reason)
        else:
            for clause in reading.clauses:
                draft.hold(reading, clause, reason)
        draft.terms.add(reading)
        draft.before.add(reading)
    return Release(reader, tuple(draft.lines), tuple(draft.withheld))


def _release_clauses(
    reading: Reading, draft: _Draft, edges: frozenset[Clause], against_all: WithheldReason | None
) -> None:
    """Judge the reader's own clauses and write a line from those that stay."""
    judged = [_judged(reading, clause, draft, edges, against_all) for clause in reading.clauses]
    line, held = _line(reading, [one for one in judged if one.reason is None], draft)
    if line is None and any(one.by_hand for one in judged):
        # What a hand let in may take nothing with it that the rules let in.
        judged = [replace(one, reason=_Why.REDACTION_FAILED) if one.by_hand else one for one in judged]
        line, held = _line(reading, [one for one in judged if one.reason is None], draft)
    for one in judged:
        reason = one.reason or held.get(one.clause)
        if reason is not None:
            draft.hold(reading, one.clause, reason)
    if line is not None:
        draft.lines.append(line)


def _judged(
    reading: Reading, clause: Clause, draft: _Draft, edges: frozenset[Clause], against_all: WithheldReason | None
) -> _Judged:
    """Return one clause of the reader's own, as the rules and then the hands have it."""
    text, utterance = reading.utterance.text, reading.utterance.id
    hidden = draft.hands.hides(utterance, clause)
    changes = draft.edits(reading, clause)
    broken = clause in edges and not stands_alone(reading, clause, draft.reader)
    reason = against_all or (_Why.CONTESTED if broken else None)
    reason = reason or objection(reading, clause, draft.reader, draft.terms, changes)
    if reason is None and draft.before.bears(reading, clause):
        reason = _Why.FIRST_SAID_BY_ANOTHER
    by_hand = False
    if (
        reason in _BY_HAND
        and draft.hands.releases(utterance, clause, text)
        and not contested(reading, clause, draft.reader)
    ):
        reason, by_hand = None, True
    if hidden and covered(clause.span, hidden, text):
        reason = _Why.HIDDEN_BY_HAND
    changes += tuple(Edit(span, OMISSION, secret=False, rule=_HIDDEN) for span in hidden)
    if reason is not None:
        return _Judged(clause, changes, reason=reason)
    try:
        return _Judged(clause, changes, rewrite(text, clause.span, changes), by_hand=by_hand)
    except RedactionError:
        return _Judged(clause, changes, reason=_Why.REDACTION_FAILED)


def _line(
    reading: Reading, kept: Sequence[_Judged], draft: _Draft
) -> tuple[ReleasedLine | None, Mapping[Clause, WithheldReason]]:
    """Return the line that the kept clauses make, and those that it leaves out with the reason."""
    alone = lonely(reading, [one.clause for one in kept], draft.reader)
    held = {one.clause: _Why.NO_CONTENT for one in kept if one.clause in alone and not one.by_hand}
    kept = [one for one in kept if one.clause not in held]
    if not kept:
        return None, held
    text = _finished(reading, kept, draft)
    if not text:
        why = _Why.REDACTION_FAILED if text is None else _Why.NO_CONTENT
        return None, {**held, **{one.clause: why for one in kept}}
    hidden = [e.span for one in kept for e in one.changes if e.rule == _HIDDEN]
    types = {
        fact.type
        for one in kept
        for fact in own_facts(reading, one.clause, draft.reader)
        if not covered(fact.span, hidden, reading.utterance.text)
    }
    line = ReleasedLine(
        draft.reader,
        reading.utterance.id,
        tuple(one.clause.span for one in kept),
        text,
        tuple(sorted(types)),
        tuple(r for one in kept for r in replacements(one.changes)),
        by_hand=any(one.by_hand for one in kept),
    )
    return line, held


def _finished(reading: Reading, kept: Sequence[_Judged], draft: _Draft) -> RedactedText | None:
    """Return the line that the kept clauses make, or None where it cannot be proved free of others' names and facts."""
    text = reading.utterance.text
    clauses = [one.clause for one in kept]
    secrets = [
        edit.span.of(text)
        for one in kept
        for edit in one.changes
        if edit.secret and not inside_own_fact(reading, clauses, draft.reader, edit)
    ]
    own = {
        word
        for clause in clauses
        for fact in own_facts(reading, clause, draft.reader)
        for word in surface_form(fact.span.of(text))
    }
    none = _no_names(reading, clauses)
    forbidden = [name for name in draft.guard.forbidden if fold(name) not in none]
    try:
        line = redacted(_runs(reading, kept), [*forbidden, *secrets])
    except RedactionError:
        return None
    return None if draft.guard.stands_in(line, own | none) else line


def _no_names(reading: Reading, kept: Sequence[Clause]) -> frozenset[str]:
    """Return the folded words of which a person said that they are no name here, wherever they stand in the clauses."""
    said = [span for span, kind in reading.dismissed if kind is DisclosureType.PERSON]
    if not said:
        return frozenset()
    words = [w for w in words_of(reading.utterance.text) if any(c.span.overlaps(w.span) for c in kept)]
    none = {fold(w.bare) for w in words if any(s.overlaps(w.span) for s in said)}
    meant = {fold(w.bare) for w in words if not any(s.overlaps(w.span) for s in said)}
    return frozenset(none - meant)


def _runs(reading: Reading, kept: Sequence[_Judged]) -> list[str]:
    """Join clauses that adjoin in the utterance; a condition or reason that stays out leaves a mark in its sentence."""
    runs: list[str] = []
    end = -1
    inside = {one.clause for one in kept}
    for one in kept:
        clause, text = one.clause, one.text
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
