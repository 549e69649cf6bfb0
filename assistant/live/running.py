"""What a session that runs is made of, how its parts are joined, and the thread in which they are looked after.

The parts know nothing of each other but what is handed to them here. ``session.py`` puts the facilitator's keys on top.
"""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from assistant.domain import SessionUpdate, TombstoneReason, samples
from assistant.errors import AssistantError
from assistant.live import messages as say
from assistant.live.board import Board, Settled
from assistant.live.capturing import NOT_RECORDED, Capture
from assistant.live.conduct import Conduct, Step
from assistant.live.consent_room import ConsentRoom
from assistant.live.desk import Desk
from assistant.live.keeping import Keeping
from assistant.live.picture import Moment, picture
from assistant.live.recording import Recording
from assistant.live.view import AlertKey, Phase
from assistant.store.audit import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.domain import Group, Jotting, PersonId, Session
    from assistant.live.capturing import SourceOf
    from assistant.live.kept import Kept
    from assistant.live.reads import Builder, Reads
    from assistant.live.view import RoomView
    from assistant.settings import LiveSettings
    from assistant.store.sessions import Sessions
    from assistant.store.spool import Spool
    from assistant.store.stored import StoredSession


class Running:
    """The parts of one session, joined. ``go`` starts its thread and its worker; nothing is recorded yet."""

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
        clock: Callable[[], float],
    ) -> None:
        self.vault = sessions.vault
        self.settings = settings
        self.room = ConsentRoom(session.group)
        self.board = Board()
        self.closing = False
        self.closed = Event()
        self._ended = False
        self.trouble: str | None = None
        """What is wrong with the sound."""
        self.enrolling: tuple[PersonId, int] | None = None
        """Who reads the consent sentence aloud, and the sample at which that began."""
        self.jottings: tuple[Jotting, ...] = ()
        self.spool = spool
        self.keeping = Keeping(sessions, session, settings, clock, seats or {})
        self.desk = Desk(self._tick)
        self.conduct = Conduct(
            session=session,
            kept=kept,
            keeping=self.keeping,
            spool=spool,
            board=self.board,
            builder=builder,
            post=self.desk.put,
            clock=clock,
            group=lambda: self.room.group,
        )
        self.capture = Capture(
            source_of, spool=spool, room=self.room, watcher=_Watcher(self), clock=clock, elapsed=elapsed
        )
        self.recording = Recording(
            self.room,
            self.capture,
            keeping=self.keeping,
            put=self.desk.put,
            sync=self.sync,
            people_changed=self._people_changed,
            tombstones=kept.tombstones,
        )

    def take_up(self, stored: StoredSession) -> None:
        """Show what is kept of a session that a crash cut short; before ``go``."""
        self.board.publish(SessionUpdate(stored.entries))
        for done in stored.settlements:
            self.board.settle(AlertKey(done.utterance, done.kind), Settled(done.state, done.resolution, done.text))
        self.jottings = stored.jottings
        self.keeping.audit(Action.SESSION_RECOVERED)

    def go(self) -> None:
        """Begin to work: the models load, where the site has them read along."""
        if not self.settings.post_session_only:
            self.desk.put(self.conduct.supervisor.start)
        self.desk.start()

    def picture(self) -> RoomView:
        """Return the room as it is at this moment."""
        return picture(
            Moment(
                phase=self.recording.phase,
                group=self.room.group,
                lacking=self.room.lacking(),
                elapsed=self.capture.now,
                synced=self.spool.end,
                level_dbfs=self.capture.level_dbfs,
                known=self.conduct.kept.known,
                beat=self.conduct.beat,
                enrolling=self.enrolling[0] if self.enrolling else None,
                tombstones=self.recording.tombstones,
                jottings=self.jottings,
                gaps=self.capture.gaps,
                unread=self.conduct.unread,
                reading=self.conduct.supervisor.running,
                problem=self.keeping.problem or self.trouble or self.conduct.supervisor.problem or self.recording.line,
                working=self.conduct.working,
            ),
            self.board,
            self.settings,
        )

    def sync(self) -> None:
        """Put the sound on the disk, and tell the worker how far it goes."""
        if self.conduct.step in {Step.KEEPING, Step.CLOSED}:
            # All of it was, before it was read to its end; it may be destroyed by now.
            return
        self.keeping.sync(self.spool, self.conduct.synced)

    def _people_changed(self, group: Group) -> None:
        self.conduct.order(lambda n: say.Roster(n, group))

    def show_jottings(self, *more: Jotting) -> None:
        """Show what is left of what was typed: within a stretch that was struck it is gone, as in the vault."""
        struck = [t for t in self.conduct.kept.tombstones if t.reason is TombstoneReason.STRUCK]
        every = (*self.jottings, *more)
        self.jottings = tuple(j for j in every if not any(t.start <= j.at < t.end for t in struck))

    def save(self) -> None:
        """Put what is recorded on the disk and record no more: before a crash is reported. Never raises."""
        try:
            self.capture.end(NOT_RECORDED)
            self.spool.sync()
        except AssistantError:
            return

    def end(self) -> None:
        """Leave: let go of microphone, worker and threads. A session that is not closed can be recovered."""
        if self._ended:
            return
        self._ended = True
        self.save()
        self.recording.leave_open()
        self.desk.put(lambda: self.keeping.tick(at_once=True))
        self.desk.put(self.conduct.supervisor.stop)
        self.desk.stop()
        if self.desk.is_alive():
            self.desk.join()
        if self.desk.failure is not None:
            # It did not come to what waited: what was taken back on the screen must not come back.
            self.keeping.strike_now(self.recording.tombstones)
            self.conduct.supervisor.stop()
        self.spool.close()

    # -- the session's own thread -------------------------------------------------------------------------------------

    def _tick(self) -> None:
        self.conduct.tick()
        if self.recording.phase is Phase.RECORDING and self._is_forgotten():
            self.recording.forgotten()
        if self.closing and self.conduct.step is Step.OPEN and not self.capture.running:
            # The last block is in the spool.
            self.sync()
            self.conduct.close()
        if self.conduct.step is Step.CLOSED and not self.closed.is_set():
            self.recording.phase = Phase.CLOSED
            self.closed.set()

    def _is_forgotten(self) -> bool:
        if not self.settings.quiet_minutes:
            return False
        spoke = max(self.conduct.beat.last_voice, self.recording.since)
        if not self.conduct.supervisor.ready or self.spool.end - self.conduct.beat.waits_from > samples(60.0):
            # Nobody listens closely now: what is loud counts as speech.
            spoke = max(spoke, self.capture.loud_at)
        return self.capture.now - spoke > samples(60.0 * self.settings.quiet_minutes)


class _Watcher:
    """What the capture thread tells, put on the session's desk."""

    def __init__(self, session: Running) -> None:
        self._session = session

    def synced(self, sample: int) -> None:
        """The spool is safe up to a sample."""
        session = self._session
        session.desk.put(lambda: session.conduct.synced(sample))

    def trouble(self, line: str | None) -> None:
        """Something is wrong with the sound, or no longer."""
        self._session.trouble = line

    def ended(self, *, refused: bool) -> None:
        """No more sound comes."""
        self._session.recording.sound_ended(refused=refused)

    def failed(self, error: BaseException) -> None:
        """An error inside the program has ended the recording: the session fails with it."""
        self._session.desk.fail(error)
