"""The review as the screen and the commands have it: what is shown is ready-made, what is decided is kept at once."""

from __future__ import annotations

from dataclasses import replace
from threading import RLock
from typing import TYPE_CHECKING

from assistant.alerts.advice import read_advice
from assistant.decisions import AlertSettled, FalseAlarm, NoteAccepted
from assistant.domain import DisclosureType
from assistant.errors import SessionError, VaultError
from assistant.pipeline.figures import figures
from assistant.review import picks
from assistant.review.finishing import Finishing
from assistant.review.note_view import Drawn, draw_note
from assistant.review.opened import Opened
from assistant.review.overview import draw_overview, working
from assistant.review.player import Player
from assistant.review.risk import alert_place, alerts, draw_risk, open_count
from assistant.review.speakers import Speakers
from assistant.review.undoing import undoing
from assistant.review.view import SessionRow
from assistant.review.working import Working
from assistant.store.audit import Action
from assistant.store.reviews import Reviews
from assistant.store.sessions import Sessions

if TYPE_CHECKING:
    from assistant.decisions import Decided, Field
    from assistant.domain import PersonId, Resolution
    from assistant.handout import NoteFormat, Recipient
    from assistant.notes.document import Document
    from assistant.pipeline.figures import Figures
    from assistant.pipeline.reviewed import Reviewed
    from assistant.review.reads import Builder
    from assistant.review.standing import Standing
    from assistant.review.view import (
        ConsentView,
        HandedOut,
        HandOutOrder,
        NoteView,
        Overview,
        RiskView,
        Spoken,
        Stretch,
    )
    from assistant.settings import Settings
    from assistant.store.stored import SessionLine
    from assistant.store.vault import Vault


class ReviewSession:
    """The review of the sessions of an open vault; ``ui.review_room.ReviewRoom`` says what each method does.

    Args:
        vault: Stays the caller's to close, after ``close``.
        builder: Makes what reads and checks, in the worker.
        settings: The site's.
        who: Operator id.
    """

    def __init__(self, vault: Vault, builder: Builder, settings: Settings, who: str) -> None:
        self._vault = vault
        self._settings = settings
        self._who = who
        self._advice = read_advice(settings.live.advice)
        self._sessions = Sessions(vault)
        self._reviews = Reviews(vault)
        self._acting = RLock()
        """Held by whoever decides, signs or hands out: one after another."""
        self._working = Working(builder, self._read, self._changed)
        self._player = Player(self._sessions)
        self._opened: Opened | None = None
        self._finishing = Finishing(self._reviews, self._working, settings, who)
        self._speakers = Speakers(())
        self._drawn: dict[PersonId | None, tuple[Standing, Drawn]] = {}
        self._overview: tuple[Standing, Overview] | None = None
        self._risk: tuple[Standing, tuple[RiskView, ...]] | None = None
        self._version = 1
        self._counting = RLock()

    @property
    def version(self) -> int:
        """Grows with everything that changes."""
        return self._version

    @property
    def worker_pid(self) -> int | None:
        """The worker's process; None where none runs."""
        return self._working.pid

    def close(self) -> None:
        """Let go of the worker and the loudspeaker."""
        self._player.stop()
        if self._opened is not None:
            self._opened.end()
        self._working.end()

    def sessions(self) -> tuple[SessionRow, ...]:
        """Return the closed sessions, the latest first."""
        return tuple(_row(line) for line in reversed(self._sessions.lines()) if line.finished)

    def open(self, session: str) -> None:
        """Take up a session."""
        with self._acting:
            line = next((line for line in self._sessions.lines() if line.id == session), None)
            if line is None:
                raise VaultError("there is no session of this id in the vault: see 'assistant notes list'")
            if not line.finished:
                raise SessionError(f"session {session} is not closed: close it with 'assistant live' first")
            stored = self._sessions.load(session)
            if self._opened is not None:
                self._opened.end()
            self._player.stop()
            self._speakers = Speakers(stored.entries)
            self._working.take_up(stored.session, stored.entries, stored.processed_to)
            self._opened = Opened(
                stored, self._sessions, self._reviews, self._working, self._settings, self._who, self._changed
            )
            self._opened.begin()
            self._vault.audit.record(Action.SESSION_READ, self._vault.opaque("session", session))
        self._changed()

    def overview(self) -> Overview:
        """Return the session that is open, as a whole."""
        standing, version = self._standing, self._version
        known = self._overview
        if known is None or known[0] is not standing:
            to_check = sum(not one.done for one in self.speakers())
            today = self._vault.clock.now().astimezone().date()
            drawn = draw_overview(
                standing,
                version,
                _row(standing.stored.line, len(standing.signed)),
                today,
                to_check=to_check,
                open_risk=open_count(standing),
            )
            known = self._overview = (standing, drawn)
        under_way = working(self._working.work, loading=self._working.loading)
        return replace(known[1], version=version, work=under_way, problem=self._working.problem or self._player.problem)

    # -- speakers -----------------------------------------------------------------------------------------------------

    def speakers(self) -> tuple[Stretch, ...]:
        """Return the stretches that want an ear."""
        return self._speakers.stretches(self._standing)

    def transcript(self, person: PersonId | None = None) -> tuple[Spoken, ...]:
        """Return everything that was said, in order, or what is one person's by now."""
        told = self._speakers.transcript(self._standing)
        return told if person is None else tuple(one for one in told if one.speaker == person)

    def name(self, key: int, person: PersonId | None, *, alike: bool = False) -> None:
        """Say whose words are, of a stretch or of an utterance."""
        with self._acting:
            self._rule(self._speakers.named(self._standing, key, person, more=alike))

    def accept_text(self, key: int) -> None:
        """Say that text which may be invented was said."""
        self._rule(*self._speakers.accepted(key))

    def leave(self, key: int) -> None:
        """Leave a stretch as it is."""
        self._rule(self._speakers.left(key))

    def play(self, start: int, end: int) -> None:
        """Play sound from the vault."""
        self._player.play(self._standing.id, start, end)

    def quiet(self) -> None:
        """Stop playing."""
        self._player.stop()

    def undo(self) -> str:
        """Take back the last decision that stands."""
        with self._acting:
            said = undoing(self._standing)
            return said if self._open_one.undo() else ""

    # -- notes --------------------------------------------------------------------------------------------------------

    def note(self, person: PersonId | None) -> NoteView:
        """Return one note."""
        return self._draw(person).view

    def accept(self, person: PersonId | None) -> None:
        """Say that the draft was read as it stands."""
        self._draw(person)
        self._rule(NoteAccepted(person))

    def release(self, person: PersonId, withheld: int) -> None:
        """Let a withheld clause into the note."""
        with self._acting:
            self._rule(picks.released(self._unsigned(person), person, self._draw(person), withheld))

    def open_private(self, person: PersonId, withheld: int) -> str:
        """Return the words of a withheld clause; the log says that it was read."""
        standing, one = self._standing, self._draw(person).withheld.get(withheld)
        entry = None if one is None else standing.by_id.get(one.utterance)
        if one is None or entry is None:
            raise SessionError(picks.GONE)
        place = standing.place(one.utterance, one.span)
        self._reviews.read_private(standing.id, person, place.utterance, self._who)
        return one.span.of(entry.utterance.text)

    def hide(self, person: PersonId, line: int, words: str = "") -> None:
        """Keep a line, or these words of it, out of the note."""
        with self._acting:
            standing = self._unsigned(person)
            self._rule(*picks.hidden(standing, person, picks.line_of(self._draw(person), line), words))

    def not_theirs(self, person: PersonId, line: int) -> None:
        """Say that what a line rests on was said by somebody else."""
        with self._acting:
            self._rule(picks.not_theirs(self._standing, person, picks.line_of(self._draw(person), line)))

    def relabel(self, person: PersonId, line: int, mention: int, owner: str) -> None:
        """Say whose a fact is."""
        disclosure, place = picks.mention_of(picks.line_of(self._draw(person), line), mention)
        self._rule(picks.owned(person, disclosure, place, owner))

    def false_alarm(self, person: PersonId, line: int, mention: int, *, everywhere: bool) -> None:
        """Say that it is no such fact."""
        disclosure, place = picks.mention_of(picks.line_of(self._draw(person), line), mention)
        self._rule(FalseAlarm(place, disclosure.type, everywhere))

    def write_line(self, person: PersonId | None, line: int, text: str) -> None:
        """Write a line anew; empty text takes it out."""
        with self._acting:
            standing = self._unsigned(person)
            chosen = picks.line_of(self._draw(person), line)
            drafted = standing.drafted(person)
            if drafted is None:
                raise SessionError("there is no draft to write in: write the fields")
            self._rule(picks.line_written(drafted, person, chosen, text))

    def write(self, person: PersonId | None, field: Field, text: str) -> None:
        """Write a clinician's field."""
        with self._acting:
            self._unsigned(person)
            self._rule(picks.field_written(person, field, text))

    def preview(self, person: PersonId, form: NoteFormat) -> Document:
        """Return the note as it would be handed out to the member's own record."""
        standing = self._standing
        self._draw(person)
        return self._finishing.preview(standing, person, form)

    def sign(self, person: PersonId, signature: str) -> None:
        """Sign; the gate reads the final text first."""
        with self._acting:
            self._draw(person)
            self._finishing.sign(self._open_one, person, signature)

    def add(self, person: PersonId, text: str, signature: str) -> None:
        """Add an addendum to a signed note; the gate reads it first."""
        with self._acting:
            self._draw(person)
            self._finishing.add(self._open_one, person, text, signature)

    # -- risk, handing out, pictures ----------------------------------------------------------------------------------

    def risk(self) -> tuple[RiskView, ...]:
        """Return the A1 alerts, the open ones first."""
        standing, known = self._standing, self._risk
        if known is None or known[0] is not standing:
            known = self._risk = (standing, draw_risk(standing, self._advice, self._speakers.keys))
        return known[1]

    def settle(self, key: int, how: Resolution, text: str) -> None:
        """Say how an alert was settled."""
        with self._acting:
            standing = self._standing
            for entry, alert in alerts(standing):
                place = alert_place(standing, entry)
                if self._speakers.keys.of("risk", place, alert.kind) == key:
                    self._rule(AlertSettled(place, alert.kind, how, text.strip()))
                    return
            raise SessionError("this warning is not there any more: its words were read again")

    def reported(self, person: PersonId, to: str, description: str, purpose: str) -> None:
        """Write a disclosure that was made without a note into the log."""
        self._finishing.reported(self._standing, person, to, description, purpose)

    def consents(self, person: PersonId, recipient: Recipient) -> tuple[ConsentView, ...]:
        """Return a member's consents that stand."""
        return self._finishing.consents(self._standing.group, person, recipient)

    def hand_out(self, order: HandOutOrder) -> tuple[HandedOut, ...]:
        """Write the files that an order asks for."""
        with self._acting:
            return self._finishing.hand_out(self._open_one, order)

    def figures(self) -> Figures:
        """Return what the pictures of the session show."""
        standing = self._standing
        return figures(standing.stored.session, standing.entries, standing.stored.processed_to)

    def types(self) -> tuple[DisclosureType, ...]:
        """Return the kinds of fact."""
        return tuple(DisclosureType)

    # -- within -------------------------------------------------------------------------------------------------------

    @property
    def _open_one(self) -> Opened:
        if self._opened is None:
            raise SessionError("no session is open: open one first")
        return self._opened

    @property
    def _standing(self) -> Standing:
        return self._open_one.standing

    def _rule(self, *decided: Decided) -> None:
        with self._acting:
            self._open_one.rule(*decided)

    def _draw(self, person: PersonId | None) -> Drawn:
        standing = self._standing
        known = self._drawn.get(person)
        if known is None or known[0] is not standing:
            if person is not None and standing.member(person) is None:
                raise SessionError("nobody of this id has a note in this session: see 'assistant notes list'")
            known = (standing, draw_note(standing, person, self._version, self._speakers.keys))
            self._drawn[person] = known
        return known[1]

    def _unsigned(self, person: PersonId | None) -> Standing:
        if person in self._standing.signed:
            raise SessionError("this note is signed: add an addendum")
        return self._standing

    def _read(self, number: int, reviewed: Reviewed, wording: str) -> None:
        if self._opened is not None:
            self._opened.read(number, reviewed, wording)

    def _changed(self) -> None:
        with self._counting:
            self._version += 1


def _row(line: SessionLine, signed: int | None = None) -> SessionRow:
    return SessionRow(
        id=line.id,
        begun=line.begun,
        ended=line.ended,
        drafts=line.drafts,
        signed=line.signed if signed is None else signed,
        audio=line.audio,
        text=line.text_gone is None,
    )
