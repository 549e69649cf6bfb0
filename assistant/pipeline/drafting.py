"""Readings in, gate-checked drafts out.

A line that the gate refuses is struck and the note is read again, because an empty line harms nobody and a missing note
does; what is struck is counted in the note. A note that is still refused is not written.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.domain import SAMPLE_RATE, Draft, Role
from assistant.notes.context import GateContext
from assistant.notes.gate import refuses
from assistant.notes.markdown import render
from assistant.notes.topics import themes_raised
from assistant.notes.writer import join_neighbours, strike_refused, write_group_note, write_member_note
from assistant.pipeline.drafts import Drafts
from assistant.privacy.hands import NO_HANDS
from assistant.privacy.release import release

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.domain import Findings, GateFinding, Note, PersonId, Session, Utterance
    from assistant.notes.gate import Gate
    from assistant.pipeline.progress import Progress
    from assistant.privacy.hands import Hands
    from assistant.privacy.reading import Reading
    from assistant.settings import Profile

MOST_ROUNDS = 4
"""Times a note is struck and read again: striking only takes away, so a note that needs more is beyond mending."""


@dataclass(frozen=True, slots=True)
class Drafter:
    """The rooms that turn readings into drafts."""

    session: Session
    gate: Gate
    profile: Profile
    readings: tuple[Reading, ...] = field(repr=False)
    utterances: tuple[Utterance, ...] = field(repr=False)
    """Those of the readings; one tuple for all, by which the gate knows that it is the same session."""
    findings: tuple[Findings, ...] = field(repr=False)
    """Those of the readings."""
    duration: int
    """Samples of the session; 0 where a transcript has no times."""
    hands: Mapping[PersonId, Hands] = field(default_factory=dict)
    """What a clinician let in or keeps out, by member."""

    def draft(self, progress: Progress) -> Drafts:
        """Return a draft for every member present, and the group's part."""
        group = self.session.group
        members = group.members_present
        progress.stage("Drafting", len(members) + 1)
        minutes = _minutes(self.duration)
        part = write_group_note(
            self.session,
            present_count=len(members),
            facilitator_count=sum(p.role is Role.FACILITATOR for p in group.present),
            minutes=minutes,
            topics=themes_raised(self.utterances, group),
        )
        group_findings = self.gate.check(part, self._context(None))
        drafts: dict[PersonId, Draft] = {}
        for number, member in enumerate(members, start=1):
            drafts[member.id] = self._member(member.id, minutes)
            progress.advance(number)
        drafts, more = self._side_by_side(drafts, part)
        group_findings += tuple(f for f in more if f not in group_findings)
        drafts = {member: self._finished(draft) for member, draft in drafts.items()}
        progress.advance(len(members) + 1)
        return Drafts(drafts, part, group_findings, refuses(group_findings))

    def _context(self, reader: PersonId | None) -> GateContext:
        return GateContext(reader, self.session.group, self.utterances, self.findings)

    def _member(self, member: PersonId, minutes: int) -> Draft:
        hands = self.hands.get(member, NO_HANDS)
        draft = self._with_hands(member, minutes, hands)
        standing = {e for s in draft.note.sections for line in s.lines for e in line.evidence}
        refused = {line.utterance for line in draft.release.lines if line.by_hand and line.utterance not in standing}
        if not refused:
            return draft
        # What a hand let in and the gate refuses takes nothing with it that the rules let in.
        fewer = self._with_hands(member, minutes, hands.without(refused))
        more = tuple(f for f in draft.findings if f not in fewer.findings)
        return replace(fewer, findings=more + fewer.findings)

    def _with_hands(self, member: PersonId, minutes: int, hands: Hands) -> Draft:
        group = self.session.group
        released = release(self.readings, member, group, self.profile, hands)
        note = write_member_note(
            self.session,
            released,
            exchanges=exchanges(self.utterances, self.session, member),
            present_minutes=_minutes(self._present(member)),
            minutes=minutes,
            facilitators=sum(p.role is Role.FACILITATOR for p in group.present),
        )
        note, findings = self._struck_clean(note, self._context(member))
        return Draft(note, released, findings, refused=False)

    def _struck_clean(self, note: Note, context: GateContext) -> tuple[Note, tuple[GateFinding, ...]]:
        found: list[GateFinding] = []
        for _ in range(MOST_ROUNDS):
            findings = self.gate.check(note, context)
            found.extend(f for f in findings if f not in found)
            struck = strike_refused(note, findings)
            if struck == note:
                break
            note = struck
        return note, tuple(found)

    def _side_by_side(
        self, drafts: Mapping[PersonId, Draft], part: Note
    ) -> tuple[dict[PersonId, Draft], tuple[GateFinding, ...]]:
        """Return the drafts after the difference test, and what it found in the group's part.

        No two notes laid side by side may reveal a third person: refused lines are struck, and what striking cannot
        mend is not written.
        """
        current = dict(drafts)
        for _ in range(MOST_ROUNDS):
            notes = {member: draft.note for member, draft in current.items()}
            found = self.gate.difference(notes, part, self._context(None))
            for member, findings in found.items():
                if member is not None:
                    note = strike_refused(current[member].note, findings)
                    current[member] = _with_findings(current[member], note, findings)
            if not any(refuses(findings) for findings in found.values()):
                break
        else:
            for member, findings in found.items():
                if member is not None and refuses(findings):
                    current[member] = replace(current[member], refused=True)
        return current, tuple(found.get(None, ()))

    def _finished(self, draft: Draft) -> Draft:
        """Return the draft joined into passages, after the last readings of the very text that would be written."""
        context = self._context(draft.release.reader)
        joined = join_neighbours(draft.note, {u.id: place for place, u in enumerate(self.utterances)})
        # Lines that pass one by one may say too much together: then they stay apart.
        note = draft.note if refuses(self.gate.check(joined, context)) else joined
        findings = (*self.gate.check(note, context), *self.gate.check_text(render(note), context))
        return replace(_with_findings(draft, note, findings), refused=draft.refused or refuses(findings))

    def _present(self, member: PersonId) -> int:
        """Return for how many samples a member was in the room."""
        person = self.session.group.person(member)
        until = self.duration if person.present_until is None else min(person.present_until, self.duration)
        return max(0, until - person.present_from)


def _minutes(samples: int) -> int:
    return round(samples / SAMPLE_RATE / 60)


def exchanges(utterances: Sequence[Utterance], session: Session, member: PersonId) -> int:
    """Return how often the member answered a facilitator, or a facilitator the member, without anybody between."""
    facilitators = {p.id for p in session.group.people if p.role is Role.FACILITATOR}
    count = 0
    last: PersonId | None = None
    for utterance in utterances:
        speaker = utterance.speaker
        if last in facilitators and speaker == member:
            count += 1
        last = speaker
    return count


def _with_findings(draft: Draft, note: Note, findings: Sequence[GateFinding]) -> Draft:
    more = tuple(f for f in findings if f not in draft.findings)
    return replace(draft, note=note, findings=draft.findings + more)
