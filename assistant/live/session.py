"""A live session, as the screen has it: every key press is taken in at once and done by the session's own thread.

What keeps sound from being kept (a pause, somebody who comes in, consent taken back) works at once, in the thread that
asks; everything else is put on the desk.
"""

from __future__ import annotations

import time
from threading import Event
from typing import TYPE_CHECKING

from assistant.alerts.advice import read_advice
from assistant.domain import AlertState, Jotting, SessionUpdate, Tombstone, TombstoneReason, samples
from assistant.errors import AssistantError, SessionError
from assistant.live import messages as say
from assistant.live.board import Board, Settled
from assistant.live.capturing import NOT_RECORDED, Capture
from assistant.live.conduct import Conduct, Step
from assistant.live.consent_room import ConsentRoom
from assistant.live.desk import Desk
from assistant.live.keeping import Keeping
from assistant.live.kept import Kept
from assistant.live.picture import Moment, picture
from assistant.live.preflight import unknown_facts
from assistant.live.recording import Recording
from assistant.live.recovery import elapsed_now, kept_of
from assistant.live.view import AlertKey, Phase
from assistant.store.audit import Action
from assistant.store.sessions import Sessions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from assistant.domain import Group, PersonId, Resolution, Session, UtteranceId
    from assistant.live.capturing import SourceOf
    from assistant.live.preflight import UnknownFact
    from assistant.live.view import AlertView, Changes, RoomView
    from assistant.live.worker import Builder, Reads
    from assistant.settings import LiveSettings
    from assistant.store.spool import Spool
    from assistant.store.stored import StoredSession
    from assistant.store.vault import Vault


class LiveSession:
    """A session that runs. Safe from any thread; every method returns at once.

    Use ``begin`` or ``recover``. Nothing is recorded before ``start``.
    """

    def __init__(  # noqa: PLR0913  what a session is made of
        self,
        sessions: Sessions,
        session: Session,
        source_of: SourceOf,
        builder: Builder[Reads],
        settings: LiveSettings,
        *,
        kept: Kept,
        spool: Spool,
        elapsed: int = 0,
        seats: Mapping[int, PersonId] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._vault = sessions.vault
        self._session = session
        self._settings = settings
        self._clock = clock
        self._room = ConsentRoom(session.group)
        self._board = Board()
        self._advice = read_advice(settings.advice)
        self._closing = False
        self._closed = Event()
        self._ended = False
        self._trouble: str | None = None
        self._enrolling: tuple[PersonId, int] | None = None
        self._jottings: tuple[Jotting, ...] = ()
        self._spool = spool
        self._keeping = Keeping(sessions, session, settings, clock, seats or {})
        self._desk = Desk(self._tick)
        self._conduct = Conduct(
            session=session,
            kept=kept,
            keeping=self._keeping,
            spool=spool,
            board=self._board,
            builder=builder,
            post=self._desk.put,
            clock=clock,
            group=lambda: self._room.group,
        )
        self._capture = Capture(
            source_of, spool=spool, room=self._room, watcher=_Watcher(self), clock=clock, elapsed=elapsed
        )
        self._recording = Recording(
            self._room,
            self._capture,
            keeping=self._keeping,
            put=self._desk.put,
            sync=self._sync,
            people_changed=self._people_changed,
            tombstones=kept.tombstones,
        )

    @classmethod
    def begin(  # noqa: PLR0913  as above
        cls,
        vault: Vault,
        session: Session,
        source_of: SourceOf,
        builder: Builder[Reads],
        settings: LiveSettings,
        *,
        channels: int = 1,
        seats: Mapping[int, PersonId] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> LiveSession:
        """Open a new session: it is in the vault, the models load, nothing is recorded yet.

        Args:
            vault: Keeps it.
            session: Id, group and day.
            source_of: Gives a fresh source of sound; asked when recording begins, and again after consent lacked.
            builder: Makes the reader in the worker process; picklable.
            settings: The site's policy.
            channels: Tracks of the source.
            seats: Whose microphone each track is; none: one microphone for the room.
            clock: Seconds that only rise.

        Raises:
            VaultError: The vault takes no new session.
        """
        sessions = Sessions(vault)
        sessions.begin(session)
        spool = sessions.sounds.create(session.id, channels)
        live = cls(sessions, session, source_of, builder, settings, kept=Kept(), spool=spool, seats=seats, clock=clock)
        live._go()
        return live

    @classmethod
    def recover(  # noqa: PLR0913  as above
        cls,
        vault: Vault,
        stored: StoredSession,
        source_of: SourceOf,
        builder: Builder[Reads],
        settings: LiveSettings,
        *,
        channels: int = 1,
        seats: Mapping[int, PersonId] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> LiveSession:
        """Open a session that a crash cut short: what is in the spool is read to its end, nothing is recorded yet.

        What is recorded from now on begins where the clock on the wall says, and never before what is there.

        Args:
            vault: Keeps it.
            stored: As ``recovery.unfinished`` gives it.
            source_of: As for ``begin``.
            builder: As for ``begin``.
            settings: As for ``begin``.
            channels: As for ``begin``; used only where nothing was recorded at all.
            seats: As for ``begin``.
            clock: As for ``begin``.

        Raises:
            VaultError: Its sound or its rows cannot be opened.
        """
        sessions = Sessions(vault)
        name = stored.session.id
        spool = sessions.sounds.reopen(name) if sessions.sounds.exists(name) else sessions.sounds.create(name, channels)
        elapsed = elapsed_now(vault, stored, spool.end)
        live = cls(
            sessions,
            stored.session,
            source_of,
            builder,
            settings,
            kept=kept_of(stored),
            spool=spool,
            elapsed=elapsed,
            seats=seats,
            clock=clock,
        )
        live._take_up(stored)
        live._go()
        return live

    def _take_up(self, stored: StoredSession) -> None:
        self._board.publish(SessionUpdate(stored.entries))
        for done in stored.settlements:
            self._board.settle(AlertKey(done.utterance, done.kind), Settled(done.state, done.resolution, done.text))
        self._jottings = stored.jottings
        self._keeping.audit(Action.SESSION_RECOVERED)

    def _go(self) -> None:
        if not self._settings.post_session_only:
            self._desk.put(self._conduct.supervisor.start)
        self._desk.start()

    # -- what the screen sees -----------------------------------------------------------------------------------------

    def changes(self, since: int) -> Changes:
        """Return what changed since a version; 0 gives everything.

        Raises whatever has ended the session's own thread, so that the program ends and says so.
        """
        if self._desk.failure is not None:
            raise self._desk.failure
        return self._board.changes(since, self._picture())

    def _picture(self) -> RoomView:
        return picture(
            Moment(
                phase=self._recording.phase,
                group=self._room.group,
                lacking=self._room.lacking(),
                elapsed=self._capture.now,
                synced=self._spool.end,
                level_dbfs=self._capture.level_dbfs,
                known=self._conduct.kept.known,
                beat=self._conduct.beat,
                enrolling=self._enrolling[0] if self._enrolling else None,
                tombstones=self._recording.tombstones,
                jottings=self._jottings,
                gaps=self._capture.gaps,
                unread=self._conduct.unread,
                reading=self._conduct.supervisor.running,
                problem=self._keeping.problem
                or self._trouble
                or self._conduct.supervisor.problem
                or self._recording.line,
                working=self._conduct.working,
            ),
            self._board,
            self._settings,
        )

    @property
    def worker_pid(self) -> int | None:
        """The worker's process; None where none runs now."""
        return self._conduct.supervisor.pid

    @property
    def caught_up(self) -> bool:
        """Whether everything that is in the spool is read, as far as the worker has said."""
        beat = self._conduct.beat
        return beat.still and beat.waits_from >= self._spool.end and not self._keeping.waiting

    # -- sound and who is here ----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to record, or go on.

        Raises:
            ConsentError: Somebody here has not agreed; names ids.
            SessionError: The session is closed.
        """
        self._recording.start()

    def resume(self) -> None:
        """Go on recording; as ``start``."""
        self._recording.start()

    def pause(self) -> None:
        """Keep no sound until ``resume``; the time goes on."""
        self._recording.pause()

    def off_record(self, on: bool) -> None:  # noqa: FBT001  the one thing it says
        """Begin or end a stretch that is neither recorded nor kept; as ``start`` where it ends."""
        self._recording.off_record(on=on)

    def arrive(self, person: PersonId) -> None:
        """Somebody on the roster comes in: recording stops at once, and goes on by itself once all here agree.

        Raises:
            SessionError: Nobody of that id is on the roster.
        """
        self._recording.arrive(person)

    def leave(self, person: PersonId) -> None:
        """Somebody leaves; recording that waited for their consent alone goes on.

        Raises:
            SessionError: Nobody of that id is on the roster.
        """
        self._recording.leave(person)

    def agree(self, person: PersonId) -> None:
        """Somebody agrees aloud to be recorded; recording that waited for it goes on.

        Raises:
            SessionError: Nobody of that id is on the roster.
        """
        self._recording.agree(person, self._today())

    def withdraw(self, person: PersonId) -> None:
        """Somebody takes consent back: recording stops, and every word of theirs is struck for good.

        It does not go on by itself, whoever agrees: the facilitator asks everybody, and starts it.

        Raises:
            SessionError: Nobody of that id is on the roster.
        """
        tombstone = self._recording.withdraw(person, self._today())
        self._desk.put(lambda: self._conduct.take_back(tombstone))

    def _sync(self) -> None:
        self._keeping.sync(self._spool, self._conduct.synced)

    def _people_changed(self, group: Group) -> None:
        self._conduct.order(lambda n: say.Roster(n, group))

    def _today(self) -> dt.date:
        return self._vault.clock.now().date()

    # -- words --------------------------------------------------------------------------------------------------------

    def name_speaker(self, person: PersonId, utterance: UtteranceId | None = None) -> None:
        """Say who spoke an utterance (None: the last turn), and whose its voice is from now on; again corrects."""
        self._on_roster(person)
        self._desk.put(lambda: self._conduct.name(person, utterance))

    def strike(self, start: int, end: int) -> None:
        """Take back everything between two samples, for good.

        Raises:
            SessionError: It is no range, or the session is closed.
        """
        self._is_kept()
        tombstone = Tombstone(max(0, start), min(end, self._capture.now), TombstoneReason.STRUCK)
        if tombstone.start >= tombstone.end:
            raise SessionError("nothing lies between these two moments: choose a range that has passed")
        self._recording.bury(tombstone)
        self._desk.put(self._sync)
        self._desk.put(lambda: self._conduct.take_back(tombstone))

    def mark(self, text: str = "") -> None:
        """Mark this moment."""
        self.jot(text)

    def jot(self, text: str, about: PersonId | None = None) -> None:
        """Keep a note that the facilitator typed."""
        self._is_kept()
        self._capture.count()
        jotting = Jotting(self._capture.now, text, about)

        def show() -> None:
            self._jottings += (jotting,)

        self._desk.put(lambda: self._keeping.jot(jotting, show))

    def begin_enrolment(self, person: PersonId) -> None:
        """Hear the next voice as this person's, who reads the consent sentence aloud, until ``end_enrolment``.

        Raises:
            SessionError: Nothing is recorded now, or nobody of that id is on the roster.
        """
        self._on_roster(person)
        if self._recording.phase is not Phase.RECORDING:
            raise SessionError("a voice can be learnt only while recording: start it first")
        at = self._capture.now
        self._enrolling = (person, at)
        self._desk.put(lambda: self._conduct.order(lambda n: say.Listen(n, at)))

    def end_enrolment(self, keep: bool) -> None:  # noqa: FBT001  the one thing it says
        """End it; ``keep``: the person agreed that their voiceprint is kept after tonight."""
        enrolling, self._enrolling = self._enrolling, None
        if enrolling is None:
            return
        (person, start), end = enrolling, self._capture.now
        if keep:
            self._recording.keep_voice(person, self._today())
        self._desk.put(lambda: self._conduct.order(lambda n: say.Listen(n, None)))
        self._desk.put(lambda: self._conduct.order(lambda n: say.Enrol(n, person, start, end)))

    # -- alerts -------------------------------------------------------------------------------------------------------

    def acknowledge(self, key: AlertKey) -> None:
        """Say that an alert was seen."""
        self._on_board(key)
        known = self._board.settled(key)
        if known is None:
            self._desk.put(lambda: self._conduct.settle(key, Settled(AlertState.ACKNOWLEDGED)))

    def resolve(self, key: AlertKey, how: Resolution, text: str) -> None:
        """Say how an alert was settled; the words are the facilitator's."""
        self._on_board(key)
        settled = Settled(AlertState.ACKNOWLEDGED, how, text)
        self._desk.put(lambda: self._conduct.settle(key, settled))

    def advice(self, key: AlertKey) -> str:
        """Return the site's own words beneath an alert."""
        return self._advice.text(self._on_board(key).alert.advice)

    def unknown_facts(self) -> tuple[UnknownFact, ...]:
        """Return what some people here tonight do not know, for the facilitator alone."""
        return unknown_facts(self._room.group)

    # -- the end ------------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """End the session: what waits is read, drafts are kept, what must go is destroyed; poll the phase.

        Raises:
            SessionError: Alerts that must be settled are not.
        """
        if self._recording.close(self._refuse_unsettled):
            self._closing = True

    def _refuse_unsettled(self) -> None:
        unsettled = self._board.unsettled()
        if unsettled:
            raise SessionError(
                f"{len(unsettled)} warnings must be settled first: say for each whether it was assessed, "
                "followed up, consulted about, or does not apply"
            )

    def wait(self, seconds: float) -> bool:
        """Wait until the session is closed; False when that takes longer."""
        return self._closed.wait(seconds)

    def save(self) -> None:
        """Put what is recorded on the disk and record no more: before a crash is reported. Never raises."""
        try:
            self._capture.end(NOT_RECORDED)
            self._spool.sync()
        except AssistantError:
            return

    def end(self) -> None:
        """Leave: let go of microphone, worker and threads. A session that is not closed can be recovered."""
        if self._ended:
            return
        self._ended = True
        self.save()
        self._desk.put(self._conduct.supervisor.stop)
        self._desk.stop()
        if self._desk.is_alive():
            self._desk.join()
        self._spool.close()

    # -- the session's own thread -------------------------------------------------------------------------------------

    def _tick(self) -> None:
        self._conduct.tick()
        if self._recording.phase is Phase.RECORDING and self._is_forgotten():
            self._recording.forgotten()
        if self._closing and self._conduct.step is Step.OPEN and not self._capture.running:
            # The last block is in the spool.
            self._sync()
            self._conduct.close()
        if self._conduct.step is Step.CLOSED and not self._closed.is_set():
            self._recording.phase = Phase.CLOSED
            self._closed.set()

    def _is_forgotten(self) -> bool:
        if not self._settings.quiet_minutes:
            return False
        spoke = max(self._conduct.beat.last_voice, self._recording.since)
        if not self._conduct.supervisor.ready or self._spool.end - self._conduct.beat.waits_from > samples(60.0):
            # Nobody listens closely now: what is loud counts as speech.
            spoke = max(spoke, self._capture.loud_at)
        return self._capture.now - spoke > samples(60.0 * self._settings.quiet_minutes)

    def _on_roster(self, person: PersonId) -> None:
        if person not in {p.id for p in self._room.group.people}:
            raise SessionError(f"nobody of the id {person} is on this group's roster: add them to the group file")

    def _on_board(self, key: AlertKey) -> AlertView:
        view = self._board.alert(key)
        if view is not None:
            return view
        raise SessionError("this warning is not there any more: its words were taken back or read again")

    def _is_kept(self) -> None:
        if self._recording.phase is Phase.CLOSED:
            raise SessionError("the session is closed: correct it in the review")


class _Watcher:
    """What the capture thread tells, put on the session's desk."""

    def __init__(self, session: LiveSession) -> None:
        self._session = session

    def synced(self, sample: int) -> None:
        """The spool is safe up to a sample."""
        session = self._session
        session._desk.put(lambda: session._conduct.synced(sample))  # noqa: SLF001  the same idea, cut in two

    def trouble(self, line: str | None) -> None:
        """Something is wrong with the sound, or no longer."""
        self._session._trouble = line  # noqa: SLF001  as above

    def ended(self, *, refused: bool) -> None:
        """No more sound comes."""
        self._session._recording.sound_ended(refused=refused)  # noqa: SLF001  as above
