"""What stands of an open session at one moment: frozen, so that a screen reads it while the next one is made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.decisions import (
    FalseAlarm,
    Field,
    FieldWritten,
    Hidden,
    LineWritten,
    NoteAccepted,
    OwnerSet,
    Place,
    Released,
    SpeakerSet,
    TextAccepted,
)
from assistant.domain import Note, Part2, Role, Severity, Span, seconds
from assistant.notes.completing import complete, complete_group
from assistant.notes.payers import Attendance, missing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.decisions import Decided, Ruling
    from assistant.domain import Draft, Entry, GateFinding, Group, Person, PersonId, UtteranceId, Withheld
    from assistant.handout import SignedNote
    from assistant.settings import Settings
    from assistant.store.stored import StoredSession

READING = (SpeakerSet, TextAccepted, OwnerSet, FalseAlarm, Released, Hidden)
"""Decisions for which the session is read again; the others only change what stands in a note."""

FOR_ALL = (SpeakerSet, TextAccepted, OwnerSet, FalseAlarm)
"""Those that may change anybody's note."""


@dataclass(frozen=True)
class Standing:
    """One open session. Whatever takes longer than a look is made once and kept with it."""

    stored: StoredSession = field(repr=False)
    """As it was closed."""
    settings: Settings
    rulings: tuple[Ruling, ...] = field(repr=False)
    """All, the undone ones included."""
    entries: tuple[Entry, ...] = field(repr=False)
    """As decided; as they were at the close, as long as nothing was read again."""
    origin: Mapping[UtteranceId, Place] = field(repr=False)
    """Where each of them stood at the close; what is not in it stands where it stood."""
    drafts: Mapping[PersonId, Draft] = field(repr=False)
    group_draft: Note | None = field(repr=False)
    signed: Mapping[PersonId, SignedNote] = field(repr=False)
    touched: Mapping[PersonId, dt.datetime]
    """Whose signed note rests on words that were struck since, and when."""
    wording: str
    """Why the clinic's language model was of no help, in one line; empty: it was, or there is none."""
    stale: bool
    """Whether the entries and drafts are not what was decided."""
    found: Mapping[PersonId | None, tuple[Note, tuple[GateFinding, ...]]] = field(repr=False)
    """What the gate said of the completed notes, and of which text: it counts only as long as the note says that."""

    # -- who and what -------------------------------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """The session's id."""
        return self.stored.session.id

    @property
    def group(self) -> Group:
        """The people as they were that night."""
        return self.stored.session.group

    @property
    def part2(self) -> bool:
        """Whether 42 CFR Part 2 is to be heeded; unknown is yes."""
        return self.group.part2 is not Part2.NO

    @property
    def has_text(self) -> bool:
        """Whether the words of the session are still there."""
        return self.stored.line.text_gone is None

    def member(self, person: PersonId) -> Person | None:
        """Return the member present of that id, if there is one."""
        return next((p for p in self.group.members_present if p.id == person), None)

    @cached_property
    def by_id(self) -> Mapping[UtteranceId, Entry]:
        """The entries by utterance."""
        return {entry.utterance.id: entry for entry in self.entries}

    @cached_property
    def standing(self) -> tuple[Ruling, ...]:
        """The rulings that count, in their order."""
        return tuple(ruling for ruling in self.rulings if not ruling.undone)

    @cached_property
    def originals(self) -> Mapping[UtteranceId, Entry]:
        """The entries of the close by utterance."""
        return {entry.utterance.id: entry for entry in self.stored.entries}

    def own_withheld(self, person: PersonId) -> tuple[Withheld, ...]:
        """Return what was withheld of a member's own turns."""
        draft = self.drafts.get(person)
        if draft is None:
            return ()
        mine = {e.utterance.id for e in self.entries if e.utterance.speaker == person}
        return tuple(w for w in draft.release.withheld if w.utterance in mine)

    @cached_property
    def order(self) -> Mapping[UtteranceId, int]:
        """Places of the entries of the close."""
        return {entry.utterance.id: place for place, entry in enumerate(self.stored.entries)}

    def place(self, utterance: UtteranceId, span: Span) -> Place:
        """Return where words stood at the close."""
        origin = self.origin.get(utterance)
        if origin is None:
            return Place(utterance, span)
        start = origin.span.start
        return Place(origin.utterance, Span(start + span.start, start + span.end))

    @property
    def clock(self) -> tuple[str, str]:
        """Start and stop as the clock on the wall had them; empty where the session was not heard as it was held."""
        line = self.stored.line
        if line.ended is None or not line.processed_to:
            return "", ""
        begun, ended = line.begun.astimezone(), line.ended.astimezone()
        if begun.date() != self.stored.session.date or (ended - begun).total_seconds() < seconds(line.processed_to):
            return "", ""
        return f"{begun:%H:%M}", f"{begun + dt.timedelta(seconds=seconds(line.processed_to)):%H:%M}"

    @property
    def attendance(self) -> Attendance:
        """Who came, counted from the roster of the night, never from voices heard."""
        present = self.group.present
        return Attendance(
            date=self.stored.session.date,
            kind=self.group.kind,
            participants=len(self.group.members_present),
            facilitators=sum(p.role is Role.FACILITATOR for p in present),
            minutes=round(seconds(self.stored.line.processed_to) / 60),
        )

    # -- notes --------------------------------------------------------------------------------------------------------

    @cached_property
    def group_note(self) -> Note:
        """The group's part with what a clinician wrote in it."""
        draft = self.group_draft or Note(None, self.id, ())
        return complete_group(draft, self.standing, start=self.clock[0], stop=self.clock[1])

    @cached_property
    def notes(self) -> Mapping[PersonId, Note]:
        """Every member's part, complete: what was signed, else the draft with what a clinician wrote in it."""
        return {
            person.id: self.signed[person.id].note if person.id in self.signed else self.draft_note(person.id)
            for person in self.group.members_present
        }

    def drafted(self, person: PersonId | None) -> Note | None:
        """Return what was drafted, before a hand wrote in it; None: nothing was."""
        if person is None:
            return self.group_draft
        draft = self.drafts.get(person)
        return None if draft is None else draft.note

    def draft_note(self, person: PersonId) -> Note:
        """Return the draft with what a clinician wrote in it, whatever was signed."""
        if person not in self._completed:
            start, stop = self.clock
            draft = self.drafts.get(person)
            self._completed[person] = complete(draft, self.group_note, self.standing, person, start=start, stop=stop)
        return self._completed[person]

    @cached_property
    def _completed(self) -> dict[PersonId, Note]:
        return {}

    def outdated(self, person: PersonId) -> bool:
        """Whether something that a signed note rests on was corrected since: an addendum is due."""
        if person not in self.signed:
            return False
        signed = self.signed[person]
        last = max((signed.at, *(addendum.at for addendum in signed.addenda)))
        if person in self.touched and self.touched[person] > last:
            return True
        if self.stale or not self.has_text:
            return False
        rewritten = any(
            r.moved_since(last) and isinstance(r.decided, FieldWritten | LineWritten) and r.decided.reader is None
            for r in self.rulings
        )
        if rewritten and _said(self.group_note) != _said(signed.group_note):
            return True
        # An addendum answers the corrections that were made before it.
        corrected = not signed.addenda or any(r.moved_since(last) for r in self.rulings if changes(r.decided, person))
        return corrected and _said(self.draft_note(person)) != _said(signed.note)

    def missing(self, person: PersonId | None) -> tuple[Field, ...]:
        """Return the fields that are needed and empty."""
        if person is None:
            return tuple(f for f in self._missing_in_group if f in _OF_GROUP)
        return missing(self.notes[person], self.group_note, self.settings.notes.payer)

    @cached_property
    def _missing_in_group(self) -> tuple[Field, ...]:
        first = next(iter(self.notes), None)
        return () if first is None else self.missing(first)

    def findings(self, person: PersonId | None) -> tuple[GateFinding, ...]:
        """Return what the gate has against the note as it stands, as far as it was read."""
        note = self.group_note if person is None else self.notes.get(person)
        known = self.found.get(person)
        return known[1] if known is not None and note is not None and _said(known[0]) == _said(note) else ()

    def refused(self, person: PersonId | None) -> bool:
        """Whether the gate is known not to let a note pass."""
        if any(f.severity is Severity.REFUSE for f in self.findings(person)):
            return True
        if person is None:
            return self.group_draft is None
        draft = self.drafts.get(person)
        return draft is not None and draft.refused and person not in self.found

    def accepted(self, person: PersonId | None) -> bool:
        """Whether somebody read the draft after the last decision that may have changed it."""
        accepted = changed = 0
        for ruling in self.rulings:
            decided = ruling.decided
            if isinstance(decided, NoteAccepted):
                if decided.reader == person and not ruling.undone:
                    accepted = ruling.number
            elif isinstance(decided, FOR_ALL):
                changed = ruling.number
            elif isinstance(decided, Released | Hidden | LineWritten | FieldWritten) and decided.reader == person:
                changed = changed if isinstance(decided, FieldWritten) else ruling.number
        return accepted > changed


def changes(decided: Decided, person: PersonId) -> bool:
    """Whether a decision may change what a member's note says; what is written in the group's part is no part of it."""
    if isinstance(decided, Released | Hidden | LineWritten | FieldWritten):
        return decided.reader == person
    return isinstance(decided, FOR_ALL)


_OF_GROUP = frozenset({Field.START, Field.STOP, Field.TOPIC, Field.INTERVENTIONS})


def _said(note: Note) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what a note says, whoever wrote it and whatever it rests on."""
    return tuple((section.title, tuple(line.text for line in section.lines)) for section in note.sections)
