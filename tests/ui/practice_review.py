"""A review of a gold session in memory: the review screens' practice ground.

    python tests/ui/practice_review.py samples/dev-skills-02 --utterances 1500

Nothing is read from a vault, no model is loaded, no sound is played, and no file is written. Its notes are simpler than
real ones (a turn is a clause), its gate knows names alone. The clock is handed in, so that a test decides the time.
"""

from __future__ import annotations

import argparse
import secrets
import threading
import time
from collections import Counter
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.alerts.advice import read_advice
from assistant.decisions import Field, Place
from assistant.domain import (
    AlertKind,
    AlertLevel,
    DisclosureType,
    GateFinding,
    Group,
    Note,
    NoteState,
    Person,
    PersonId,
    Resolution,
    Role,
    Span,
    UtteranceId,
    WithheldReason,
    samples,
)
from assistant.errors import GateRefusedError, SessionError, VaultError
from assistant.evaluation.gold import GoldTurn, read_gold
from assistant.groupfile import read_group
from assistant.handout import Addendum, NoteFormat, Recipient, SignedNote
from assistant.notes import sentences as say
from assistant.notes.document import Document, DocumentLine, DocumentPart, LineKind
from assistant.pipeline.figures import Figures
from assistant.review.view import (
    ConsentView,
    Doubt,
    HandedOut,
    HandOutOrder,
    LineView,
    MentionView,
    NoteRow,
    NoteView,
    Overview,
    RiskView,
    SessionRow,
    Spoken,
    Step,
    Stretch,
    WithheldView,
    Work,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BEGUN = datetime(2026, 1, 15, 18, 0, tzinfo=UTC)
_ID = "practice-1"
_TRANSCRIPT = 1_000_000
"""Added to an utterance's number: its key is no stretch's."""
_TITLES = {
    Field.PRESENTATION: say.PRESENTATION,
    Field.RESPONSE: say.RESPONSE,
    Field.GOALS: say.GOALS,
    Field.PROGRESS: say.PROGRESS,
    Field.RISK: say.RISK,
    Field.ASSESSMENT: say.ASSESSMENT,
    Field.PLAN: say.PLAN,
    Field.TOPIC: say.TOPIC,
    Field.INTERVENTIONS: say.INTERVENTIONS,
}
_ALWAYS = {Field.ASSESSMENT, Field.PLAN}
_MORE = ("Ottilie", "Barnaby", "Prudence", "Lysander", "Cordelia", "Ignatius")
_A1 = {AlertKind.RISK_SELF, AlertKind.RISK_OTHER, AlertKind.ABUSE_CHILD, AlertKind.ABUSE_ADULT}


@dataclass
class Decisions:
    """What stands: copied before each decision, so that the former can be put back."""

    speakers: dict[int, PersonId | None] = field(default_factory=dict)
    looked_at: frozenset[int] = frozenset()
    not_theirs: frozenset[int] = frozenset()
    released: frozenset[tuple[PersonId, int]] = frozenset()
    hidden: dict[tuple[PersonId, int], str] = field(default_factory=dict)
    owners: dict[tuple[PersonId, int, int], str] = field(default_factory=dict)
    no_facts: frozenset[tuple[PersonId, int, int]] = frozenset()
    lines: dict[tuple[PersonId | None, str], str] = field(default_factory=dict)
    fields: dict[tuple[PersonId | None, Field], str] = field(default_factory=dict)
    accepted: frozenset[PersonId | None] = frozenset()
    settled: dict[int, tuple[Resolution, str]] = field(default_factory=dict)

    def again(self) -> Decisions:
        """Return a copy that can be changed."""
        new = copy(self)
        for name in ("speakers", "hidden", "owners", "lines", "fields", "settled"):
            setattr(new, name, dict(getattr(self, name)))
        return new


class PracticeReview:
    """A ``ReviewRoom`` in memory."""

    def __init__(
        self,
        folder: Path,
        *,
        utterances: int = 0,
        members: int = 0,
        clock: Callable[[], float] = time.monotonic,
        rebuild_s: float = 0.0,
        required: tuple[Field, ...] = (Field.TOPIC, Field.INTERVENTIONS, Field.ASSESSMENT, Field.PLAN),
        times: bool = True,
    ) -> None:
        """Take a gold session, repeated to so many utterances, and the seconds that reading it again takes.

        With more ``members`` than it has, others come who say nothing. Without ``times`` nobody knows when it was.
        """
        gold = read_gold(folder)
        self.group = _with(read_group(folder / "group.toml"), members)
        self.turns = _repeated(gold.turns, utterances or len(gold.turns))
        self.rebuild_s = rebuild_s
        self.required = required
        self.sound_destroyed = False
        self.orders: list[str] = []
        """What was asked, for tests."""
        self.given: dict[PersonId, tuple[ConsentView, ...]] = {}
        """Consents that stand, by member."""
        self.rested_on: int | None = None
        """Number of the consent of the last order."""
        self.refuses: dict[str, Exception] = {}
        """What a method raises, by its name."""
        self.stops_at: threading.Event | None = None
        """What ``sign`` waits for."""
        self._clock = clock
        self._opened = False
        known: dict[tuple[PersonId | None, Field], str] = {
            (None, Field.START): "18:00",
            (None, Field.STOP): "19:30",
        }
        self._decided = Decisions(fields=dict(known) if times else {})
        self._undo: list[tuple[str, Decisions]] = []
        self._signed: dict[PersonId, SignedNote] = {}
        self._version = 1
        self._read_until = 0.0
        self._kept: dict[tuple[PersonId | None, int], NoteView] = {}
        self._named: dict[tuple[PersonId | None, str], bool] = {}
        self._figures: Figures | None = None
        self._lock = threading.RLock()
        self.members = [p for p in self.group.people if p.is_member and p.present]

    # -- the session --------------------------------------------------------------------------------------------------

    @property
    def version(self) -> int:
        """Grows with everything that changes."""
        self._maybe("version")
        left = self._read_until - self._clock()
        return self._version * 1000 - (max(0, min(999, round(left * 10))) if left > 0 else 0)

    def sessions(self) -> tuple[SessionRow, ...]:
        """Return this one, and two that are done."""
        self._maybe("sessions")
        week = timedelta(days=7)
        old = [
            SessionRow(f"old-{n}", _BEGUN - n * week, _BEGUN - n * week + timedelta(minutes=90), 5, 5, n < 2, text=True)
            for n in (1, 2)
        ]
        return (self._row(), *old)

    def open(self, session: str) -> None:
        """Take up a session."""
        self._order(f"open {session}")
        if session != _ID:
            raise VaultError(f"session {session} holds no words any more: nothing can be reviewed")
        self._opened = True

    def overview(self) -> Overview:
        """Return the session as a whole."""
        self._maybe("overview")
        left = self._read_until - self._clock()
        return Overview(
            version=self.version,
            session=self._row(),
            group=self.group.name,
            people=tuple(p for p in self.group.people if p.present),
            notes=tuple(self._note_row(one) for one in (None, *(p.id for p in self.members))),
            to_check=sum(1 for s in self.speakers() if not s.done),
            open_risk=sum(1 for r in self.risk() if r.resolution is None),
            part2=True,
            warnings=(),
            can_undo=self._undo[-1][0] if self._undo else "",
            work=Work("reading the session again", round(100 * (1 - left / self.rebuild_s)), 100) if left > 0 else None,
        )

    def _row(self) -> SessionRow:
        ended = _BEGUN + timedelta(seconds=self.turns[-1].end)
        return SessionRow(_ID, _BEGUN, ended, len(self.members), len(self._signed), not self.sound_destroyed, text=True)

    def _note_row(self, person: PersonId | None) -> NoteRow:
        note = self.note(person)
        held = sum(count for _, count in note.held_back)
        return NoteRow(note.person, note.step, len(note.lines), held, note.missing, note.accepted)

    # -- speakers -----------------------------------------------------------------------------------------------------

    def speakers(self) -> tuple[Stretch, ...]:
        """Return every 11th turn as unknown, every 17th as perhaps invented."""
        self._maybe("speakers")
        found = []
        theirs = self._decided.not_theirs
        unknown = [n for n in range(len(self.turns)) if n % 11 == 5 or n in theirs]
        suspect = [n for n in range(len(self.turns)) if n % 17 == 9 and n % 11 != 5]
        for doubt, numbers in ((Doubt.UNKNOWN, unknown), (Doubt.SUSPECT, suspect)):
            for n in numbers:
                turn = self.turns[n]
                alike = len(numbers[n % 2 :: 2]) if doubt is Doubt.UNKNOWN else len(numbers)
                found.append(
                    Stretch(
                        key=n,
                        doubt=doubt,
                        start=samples(turn.start),
                        end=samples(turn.end),
                        text=turn.text,
                        before=self._told(n - 1),
                        after=self._told(n + 1),
                        speaker=self._decided.speakers.get(
                            n, None if doubt is Doubt.UNKNOWN else PersonId(turn.speaker)
                        ),
                        voice="BC"[n % 2] if doubt is Doubt.UNKNOWN else None,
                        alike=alike,
                        done=n in self._decided.looked_at,
                    )
                )
        return tuple(found)

    def _told(self, number: int) -> str:
        if not 0 <= number < len(self.turns):
            return ""
        turn = self.turns[number]
        return f"{self.group.person(PersonId(turn.speaker)).name}: {turn.text}"

    def transcript(self, person: PersonId | None = None) -> tuple[Spoken, ...]:
        """Return every turn, with whoever is taken for its speaker."""
        self._maybe("transcript")
        found = (
            Spoken(
                _TRANSCRIPT + n,
                samples(turn.start),
                samples(turn.end),
                self._speaker(n),
                turn.text,
                by_hand=n in self._decided.speakers,
            )
            for n, turn in enumerate(self.turns)
        )
        return tuple(one for one in found if person in {None, one.speaker})

    def _speaker(self, number: int) -> PersonId | None:
        heard = None if number % 11 == 5 else PersonId(self.turns[number].speaker)
        return self._decided.speakers.get(number, heard)

    def name(self, key: int, person: PersonId | None, *, alike: bool = False) -> None:
        """Say whose a stretch is, or an utterance."""
        self._order(f"name {key} {person}{' alike' if alike else ''}")
        if key >= _TRANSCRIPT:
            number = key - _TRANSCRIPT
            keys = self._run(number) if alike else [number]
        else:
            mine = next(s for s in self.speakers() if s.key == key)
            keys = [s.key for s in self.speakers() if alike and (s.doubt, s.voice) == (mine.doubt, mine.voice)] or [key]
        with self._decide("a speaker was named" if len(keys) == 1 else f"{len(keys)} stretches were named") as new:
            new.speakers.update(dict.fromkeys(keys, person))
            new.looked_at |= frozenset(keys)
        self._read_again()

    def _run(self, number: int) -> list[int]:
        who, first, last = self._speaker(number), number, number
        while first and self._speaker(first - 1) == who:
            first -= 1
        while last + 1 < len(self.turns) and self._speaker(last + 1) == who:
            last += 1
        return list(range(first, last + 1))

    def accept_text(self, key: int) -> None:
        """Say that it was said."""
        self._order(f"accept_text {key}")
        with self._decide("doubtful text was accepted") as new:
            new.looked_at |= {key}
        self._read_again()

    def leave(self, key: int) -> None:
        """Leave it."""
        self._order(f"leave {key}")
        with self._decide("a stretch was looked at") as new:
            new.looked_at |= {key}

    def play(self, start: int, end: int) -> None:
        """Play nothing."""
        self._order(f"play {start} {end}")
        if self.sound_destroyed:
            raise VaultError("the sound of this session is destroyed: only its words are left")

    def quiet(self) -> None:
        """Stop."""
        self.orders.append("quiet")

    def undo(self) -> str:
        """Take back the last decision."""
        self._order("undo")
        with self._lock:
            if not self._undo:
                return ""
            what, self._decided = self._undo.pop()
            self._changed()
            return what

    # -- notes --------------------------------------------------------------------------------------------------------

    def note(self, person: PersonId | None) -> NoteView:
        """Return one note."""
        self._maybe("note")
        with self._lock:
            key = (person, self._version)
            if key not in self._kept:
                self._kept[key] = self._group_note() if person is None else self._member_note(person)
            note = self._kept[key]
        if person is not None and note.step is not Step.SIGNED and self._clock() < self._read_until:
            return replace(note, step=Step.STALE)
        return note

    def accept(self, person: PersonId | None) -> None:
        """Say that it was read."""
        self._order(f"accept {person}")
        with self._decide("a draft was accepted") as new:
            new.accepted |= {person}

    def release(self, person: PersonId, withheld: int) -> None:
        """Let a clause in."""
        self._order(f"release {person} {withheld}")
        with self._decide("a clause was released") as new:
            new.released |= {(person, withheld)}

    def open_private(self, person: PersonId, withheld: int) -> str:
        """Return the words."""
        self._order(f"open_private {person} {withheld}")
        return self.turns[withheld].text

    def hide(self, person: PersonId, line: int, words: str = "") -> None:
        """Keep it out."""
        self._order(f"hide {person} {line} {words}")
        shown = self.note(person).lines[line]
        if words and words not in shown.text:
            raise SessionError("these words are not in the line: nothing was hidden")
        with self._decide("words were hidden") as new:
            new.lines[person, _line_key(shown)] = " ".join(shown.text.replace(words, "…").split()) if words else ""

    def not_theirs(self, person: PersonId, line: int) -> None:
        """Say that somebody else said it."""
        self._order(f"not_theirs {person} {line}")
        shown = self.note(person).lines[line]
        if not shown.speech:
            raise SessionError("that line quotes nobody")
        turn = self._turn_of(person, line)
        with self._decide("words were taken from a member") as new:
            new.speakers[turn] = None
            new.not_theirs |= {turn}
            new.looked_at -= {turn}
        self._read_again()

    def relabel(self, person: PersonId, line: int, mention: int, owner: str) -> None:
        """Say whose a fact is."""
        self._order(f"relabel {person} {line} {mention} {owner}")
        with self._decide("a fact got another owner") as new:
            new.owners[person, self._turn_of(person, line), mention] = owner

    def false_alarm(self, person: PersonId, line: int, mention: int, *, everywhere: bool) -> None:
        """Say that it is none."""
        self._order(f"false_alarm {person} {line} {mention} {everywhere}")
        with self._decide("a false alarm was marked") as new:
            new.no_facts |= {(person, self._turn_of(person, line), mention)}

    def write_line(self, person: PersonId | None, line: int, text: str) -> None:
        """Write a line."""
        self._order(f"write_line {person} {line}")
        self._unsigned(person)
        key = _line_key(self.note(person).lines[line])
        with self._decide("a line was written") as new:
            new.lines[person, key] = text

    def write(self, person: PersonId | None, field: Field, text: str) -> None:
        """Write a field."""
        self._order(f"write {person} {field}")
        self._unsigned(person)
        with self._decide(f"{field} was written") as new:
            new.fields[person, field] = text

    def preview(self, person: PersonId, form: NoteFormat) -> Document:
        """Return the note in parts."""
        self._maybe("preview")
        note = self.note(person)
        titles = dict.fromkeys(line.section for line in note.lines)
        parts = tuple(
            DocumentPart(
                title,
                tuple(
                    DocumentLine(line.text, LineKind.EMPTY if line.text == say.TO_COMPLETE else LineKind.SPEECH)
                    for line in note.lines
                    if line.section == title
                ),
            )
            for title in titles
        )
        assert note.person is not None
        signed = self._signed.get(person)
        return Document(
            person,
            f"Group session note ({form})",
            note.person.name,
            _BEGUN.date(),
            parts,
            signature="" if signed is None else signed.signature,
            notices=(say.PART_2,),
        )

    def sign(self, person: PersonId, signature: str) -> None:
        """Sign, where nothing stands against it."""
        self._order(f"sign {person}")
        if self.stops_at is not None:
            self.stops_at.wait(5)
        self._unsigned(person)
        note = self.note(person)
        if note.step is Step.STALE:
            raise SessionError("the note is being made again: sign it once that is done")
        if note.missing:
            raise SessionError(f"{len(note.missing)} fields are to be completed first")
        bad = sum(1 for line in self.note(None).lines if line.findings)
        if bad:
            raise GateRefusedError(f"the gate refuses the group's part: {bad} of its lines")
        bad = sum(1 for line in note.lines if line.findings)
        if bad:
            raise GateRefusedError(f"the gate refuses the note: {bad} of its lines; rule and place stand beside them")
        empty = Note(person, _ID, (), NoteState.SIGNED)
        at = _BEGUN + timedelta(days=1)
        with self._lock:
            self._signed[person] = SignedNote(person, _ID, empty, empty, signature, "op1", at, "00")
            self._changed()

    def add(self, person: PersonId, text: str, signature: str) -> None:
        """Add to a signed note."""
        self._order(f"add {person}")
        signed = self._signed[person]
        if self._names_of_others(person, text):
            raise GateRefusedError("the gate refuses the addendum: rule names")
        more = Addendum(text, signature, "op1", _BEGUN + timedelta(days=2))
        with self._lock:
            self._signed[person] = replace(signed, addenda=(*signed.addenda, more))
            self._changed()

    # -- risk, handing out, pictures ----------------------------------------------------------------------------------

    def risk(self) -> tuple[RiskView, ...]:
        """Return the alerts of the gold file."""
        self._maybe("risk")
        found = []
        for number, turn in enumerate(self.turns):
            for kind in turn.alerts:
                if kind not in _A1:
                    continue
                how = self._decided.settled.get(number)
                span = next((s for s in turn.spans if s.type.startswith(("RISK", "ABUSE"))), None)
                found.append(
                    RiskView(
                        key=number,
                        kind=kind,
                        level=AlertLevel.A1,
                        at=samples(turn.start),
                        until=samples(turn.end),
                        words=turn.text,
                        flagged=None if span is None else (span.start, span.end),
                        speaker=PersonId(turn.speaker),
                        owner=PersonId(turn.speaker),
                        advice=read_advice().text(str(kind)),
                        part2_line="42 CFR Part 2 has no general exception for a duty to warn.",
                        resolution=None if how is None else how[0],
                        text="" if how is None else how[1],
                    )
                )
        return tuple(sorted(found, key=lambda r: (r.resolution is not None, r.at)))

    def settle(self, key: int, how: Resolution, text: str) -> None:
        """Settle one."""
        self._order(f"settle {key} {how} {text}")
        with self._decide("an alert was settled") as new:
            new.settled[key] = (how, text)

    def reported(self, person: PersonId, to: str, description: str, purpose: str) -> None:
        """Log what was told."""
        self._order(f"reported {person} {to} {description} {purpose}")

    def consents(self, person: PersonId, recipient: Recipient) -> tuple[ConsentView, ...]:
        """Return those that a test gave the member, or none."""
        self._order(f"consents {person} {recipient}")
        return tuple(sorted(self.given.get(person, ()), key=lambda one: bool(one.lacking)))

    def hand_out(self, order: HandOutOrder) -> tuple[HandedOut, ...]:
        """Say what would be written; a payer or another clinician needs a consent, which nobody here gave."""
        self._order(f"hand_out {order.recipient} {order.form} {order.kind} {len(order.people)}")
        self.rested_on = order.consent
        results = []
        for person in order.people:
            if person not in self._signed:
                results.append(HandedOut(person, None, "not signed"))
            elif order.recipient not in {Recipient.RECORD, Recipient.MEMBER}:
                results.append(HandedOut(person, None, "no consent covers this recipient (42 CFR 2.31)"))
            else:
                results.append(HandedOut(person, order.folder / f"note-{secrets.token_hex(4)}.{order.kind}"))
        return tuple(results)

    def figures(self) -> Figures:
        """Return counts of the gold turns, which no decision changes."""
        self._maybe("figures")
        if self._figures is None:
            self._figures = self._counted()
        return self._figures

    def _counted(self) -> Figures:
        talk: Counter[PersonId | None] = Counter()
        for turn in self.turns:
            talk[PersonId(turn.speaker)] += samples(turn.end) - samples(turn.start)
        people = tuple(p for p in self.group.people if p.present)
        referred: Counter[tuple[PersonId, PersonId]] = Counter()
        for turn in self.turns:
            for person in people:
                if person.id != turn.speaker and person.name.split()[0] in turn.text.replace(",", " ").split():
                    referred[PersonId(turn.speaker), person.id] += 1
        return Figures(
            people=people,
            duration=samples(self.turns[-1].end),
            talk=(*((p.id, talk[p.id]) for p in people), (None, 0)),
            turns=tuple((PersonId(t.speaker), samples(t.start), samples(t.end)) for t in self.turns),
            referred=tuple((one, other, count) for (one, other), count in referred.items()),
            alerts=tuple(
                (samples(t.start), AlertLevel.A1 if kind in _A1 else AlertLevel.A2, kind)
                for t in self.turns
                for kind in t.alerts
            ),
        )

    def types(self) -> tuple[DisclosureType, ...]:
        """Return all kinds of fact."""
        return tuple(DisclosureType)

    # -- how a note is made here --------------------------------------------------------------------------------------

    def _member_note(self, person: PersonId) -> NoteView:
        decided, who = self._decided, self.group.person(person)
        lines = [
            LineView(0, say.SESSION, say.date_of_session("2026-01-15"), False, False, (), ()),
            LineView(0, say.SESSION, say.people_present(len(self.members), 1), False, False, (), ()),
        ]
        withheld, counts = [], Counter[WithheldReason]()
        for number, turn in enumerate(self.turns):
            reason = self._reason(person, number)
            if reason is WithheldReason.NOT_THE_SPEAKER:
                counts[reason] += 1
                continue
            released = (person, number) in decided.released
            if reason is not None:
                counts[reason] += 1
                withheld.append(
                    WithheldView(number, samples(turn.start), reason, len(turn.text.split()), released=released)
                )
            if reason is None or released:
                lines.append(self._line(person, number, turn))
        for name, title in _TITLES.items():
            if name not in {Field.TOPIC, Field.INTERVENTIONS}:
                text = decided.fields.get((person, name), "")
                if text or name in _ALWAYS or name in self.required:
                    lines.append(LineView(0, title, text or say.TO_COMPLETE, bool(text), False, (), ()))
        numbered = self._rewritten(person, lines)
        missing = tuple(
            name
            for name in Field
            if (name in self.required or name in _ALWAYS)
            and not decided.fields.get((None if name in _GROUP else person, name))
        )
        signed = self._signed.get(person)
        refused = any(line.findings for line in numbered)
        open_step = Step.REFUSED if refused else Step.INCOMPLETE if missing else Step.READY
        step = Step.SIGNED if signed is not None else open_step
        own = tuple((name, decided.fields.get((person, name), "")) for name in Field if name not in _GROUP)
        held = tuple(sorted(counts.items(), key=lambda one: -one[1]))
        return NoteView(
            who, self._version, step, numbered, tuple(withheld), held, own, missing, person in decided.accepted, signed
        )

    def _group_note(self) -> NoteView:
        decided = self._decided
        lines = [
            LineView(0, say.SESSION, say.people_present(len(self.members), 1), False, False, (), ()),
            LineView(0, say.THEMES_RAISED, say.NO_THEME, False, False, (), ()),
        ]
        for name in (Field.TOPIC, Field.INTERVENTIONS):
            text = decided.fields.get((None, name), "")
            lines.append(LineView(0, _TITLES[name], text or say.TO_COMPLETE, bool(text), False, (), ()))
        fields = tuple((name, decided.fields.get((None, name), "")) for name in Field if name in _GROUP)
        missing = tuple(name for name, text in fields if name in self.required and not text)
        step = Step.INCOMPLETE if missing else Step.DRAFT
        numbered = self._rewritten(None, lines)
        return NoteView(None, self._version, step, numbered, (), (), fields, missing, None in decided.accepted)

    def _rewritten(self, person: PersonId | None, lines: list[LineView]) -> tuple[LineView, ...]:
        made: list[LineView] = []
        for line in lines:
            text = self._decided.lines.get((person, _line_key(line)))
            if text == "":
                continue
            new = line if text is None else replace(line, text=text, by_hand=True)
            if self._names_of_others(person, new.text):
                new = replace(new, findings=(GateFinding(new.section, len(made), "names", None),))
            made.append(replace(new, number=len(made)))
        return tuple(made)

    def _names_of_others(self, person: PersonId | None, text: str) -> bool:
        key = (person, text)
        if key not in self._named:
            self._named[key] = self._finds_names_of_others(person, text)
        return self._named[key]

    def _finds_names_of_others(self, person: PersonId | None, text: str) -> bool:
        words = {word.strip(".,!?;:'\"").casefold() for word in text.split()}
        others = (p for p in self.group.people if p.is_member and p.id != person)
        return any(part.casefold() in words for p in others for part in (*p.name.split(), *p.aliases))

    def _reason(self, person: PersonId, number: int) -> WithheldReason | None:
        turn = self.turns[number]
        if self._speaker(number) != person:
            return WithheldReason.NOT_THE_SPEAKER
        if number % 17 == 9 and number not in self._decided.looked_at:
            return WithheldReason.SUSPECT
        if self._names_of_others(person, turn.text) or any(s.owner not in {person, "third"} for s in turn.spans):
            return WithheldReason.OTHER_PARTICIPANT
        return WithheldReason.NO_CONTENT if len(turn.text.split()) < 5 else None

    def _line(self, person: PersonId, number: int, turn: GoldTurn) -> LineView:
        text, mentions = turn.text, []
        for n, span in sorted(enumerate(turn.spans), key=lambda one: -one[1].start):
            key = (person, number, n)
            if key in self._decided.no_facts:
                continue
            ours = {"third": "outsider", person: "own"}.get(span.owner, "not theirs")
            owner = self._decided.owners.get(key, ours)
            words = turn.text[span.start : span.end]
            shown = words if owner == "own" else f"[{span.type.value.lower()}]"
            text = text[: span.start] + shown + text[span.end :]
            place = Place(UtteranceId(f"u{number}"), Span(span.start, span.end))
            mentions.append(
                MentionView(
                    n, place, words if owner == "own" else "", span.type, owner, "gold", 0.9, f"{owner} fact", shown
                )
            )
        at = ((samples(turn.start), samples(turn.end)),)
        return LineView(number, say.SAID, text, False, True, at, tuple(reversed(mentions)))

    def _turn_of(self, person: PersonId, line: int) -> int:
        start = self.note(person).lines[line].at[0][0]
        return next(n for n, turn in enumerate(self.turns) if samples(turn.start) == start)

    # -- orders -------------------------------------------------------------------------------------------------------

    @contextmanager
    def _decide(self, what: str) -> Iterator[Decisions]:
        with self._lock:
            new = self._decided.again()
            yield new
            self._undo.append((what, self._decided))
            self._decided = new
            self._changed()

    def _changed(self) -> None:
        self._version += 1
        self._kept.clear()

    def _read_again(self) -> None:
        self._changed()
        if self.rebuild_s:
            self._read_until = self._clock() + self.rebuild_s

    def _unsigned(self, person: PersonId | None) -> None:
        if person in self._signed:
            raise SessionError("the note is signed: it takes an addendum")

    def _order(self, what: str) -> None:
        self.orders.append(what)
        self._maybe(what.split(maxsplit=1)[0])

    def _maybe(self, method: str) -> None:
        error = self.refuses.get(method)
        if error is not None:
            raise error


_GROUP = {Field.START, Field.STOP, Field.TOPIC, Field.INTERVENTIONS}


def _line_key(line: LineView) -> str:
    return f"{line.section}|{line.at}" if line.at else f"{line.section}|{line.text[:12]}"


def _with(group: Group, members: int) -> Group:
    """Return the group with invented people until it has so many members."""
    have = len(group.members_present)
    more = tuple(
        Person(PersonId(f"x{n}"), Role.MEMBER, f"{first} Quill")
        for n, first in zip(range(have, members), _MORE, strict=False)
    )
    return replace(group, people=(*group.people, *more))


def _repeated(turns: tuple[GoldTurn, ...], count: int) -> list[GoldTurn]:
    length = turns[-1].end + 1.0
    made = []
    for number in range(count):
        turn, again = turns[number % len(turns)], number // len(turns)
        later = again * length
        alerts = turn.alerts if again == 0 else ()
        made.append(replace(turn, start=turn.start + later, end=turn.end + later, alerts=alerts))
    return made


def main() -> int:
    """Show a practice review on the terminal."""
    from assistant.ui.review import run_review  # noqa: PLC0415  Textual is loaded for the screen alone

    parser = argparse.ArgumentParser(description="Practise the review on a gold session's text.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--utterances", type=int, default=0)
    parser.add_argument("--rebuild", type=float, default=2.0, help="seconds that reading it again takes")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--passphrase", default="practice")
    parser.add_argument("--idle", type=float, default=5.0)
    parser.add_argument("--locked", action="store_true", help="ask for the passphrase first")
    parser.add_argument("--in-browser", action="store_true", help="draw for textual-serve")
    chosen = parser.parse_args()
    room = PracticeReview(chosen.folder, utterances=chosen.utterances, rebuild_s=chosen.rebuild)

    def opening(typed: str) -> PracticeReview:
        if typed != chosen.passphrase:
            raise VaultError("the vault stays closed")
        return room

    return run_review(
        None if chosen.locked else room,
        opening=opening if chosen.locked else None,
        unlock=lambda typed: typed == chosen.passphrase,
        idle_lock_minutes=chosen.idle,
        plain=chosen.plain,
        who="Dana Ruiz, LCSW",
        in_browser=chosen.in_browser,
    )


if __name__ == "__main__":
    raise SystemExit(main())
