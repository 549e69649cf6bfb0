"""A live session, as the screen has it: every key press is taken in at once and done by the session's own thread.

What keeps sound from being kept (a pause, somebody who comes in, consent taken back) works at once, in the thread that
asks; everything else is put on the desk.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from assistant.alerts.advice import read_advice
from assistant.domain import AlertState, Jotting, Tombstone, TombstoneReason
from assistant.errors import SessionError
from assistant.live import messages as say
from assistant.live.board import Settled
from assistant.live.kept import Kept
from assistant.live.preflight import unknown_facts
from assistant.live.recovery import elapsed_now, kept_of
from assistant.live.running import Running
from assistant.live.view import AlertKey, Phase
from assistant.store.sessions import Sessions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from assistant.alerts.advice import Advice
    from assistant.domain import PersonId, Resolution, Session, UtteranceId
    from assistant.live.capturing import SourceOf
    from assistant.live.preflight import UnknownFact
    from assistant.live.reads import Builder, Reads
    from assistant.live.view import AlertView, Changes
    from assistant.settings import LiveSettings
    from assistant.store.stored import StoredSession
    from assistant.store.vault import Vault


class LiveSession:
    """A session that runs. Safe from any thread; every method returns at once.

    Use ``begin`` or ``recover``. Nothing is recorded before ``start``.
    """

    def __init__(self, running: Running, advice: Advice) -> None:
        self._running = running
        self._vault = running.vault
        self._room = running.room
        self._board = running.board
        self._spool = running.spool
        self._keeping = running.keeping
        self._desk = running.desk
        self._conduct = running.conduct
        self._capture = running.capture
        self._recording = running.recording
        self._advice = advice

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
        advice = read_advice(settings.advice)
        sessions = Sessions(vault)
        sessions.begin(session)
        spool = sessions.sounds.create(session.id, channels)
        running = Running(
            sessions, session, source_of, builder, settings, kept=Kept(), spool=spool, seats=seats, clock=clock
        )
        running.go()
        return cls(running, advice)

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
        advice = read_advice(settings.advice)
        sessions = Sessions(vault)
        name = stored.session.id
        spool = sessions.sounds.reopen(name) if sessions.sounds.exists(name) else sessions.sounds.create(name, channels)
        elapsed = elapsed_now(vault, stored, spool.end)
        running = Running(
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
        running.take_up(stored)
        running.go()
        return cls(running, advice)

    # -- what the screen sees -----------------------------------------------------------------------------------------

    def changes(self, since: int) -> Changes:
        """Return what changed since a version; 0 gives everything.

        Raises whatever has ended the session's own thread, so that the program ends and says so.
        """
        if self._desk.failure is not None:
            raise self._desk.failure
        return self._board.changes(since, self._running.picture())

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
        if self._running.enrolling is not None and self._running.enrolling[0] == person:
            # Their voice is learnt no further, whatever key ends it.
            self._running.enrolling = None
            self._desk.put(lambda: self._conduct.order(lambda n: say.Listen(n, None)))
        self._desk.put(lambda: self._conduct.take_back(tombstone))

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
        now, spoken = self._capture.now, self._capture.spoken_to
        # What was said a moment before the key was pressed may still be on its way to the spool.
        tombstone = Tombstone(max(0, start), end if end < now else spoken, TombstoneReason.STRUCK)
        if tombstone.start >= tombstone.end:
            raise SessionError("nothing lies between these two moments: choose a range that has passed")
        self._recording.bury(tombstone)
        self._desk.put(self._running.sync)
        self._desk.put(lambda: self._conduct.take_back(tombstone))
        self._desk.put(self._running.show_jottings)

    def mark(self, text: str = "") -> None:
        """Mark this moment."""
        self.jot(text)

    def jot(self, text: str, about: PersonId | None = None) -> None:
        """Keep a note that the facilitator typed."""
        self._is_kept()
        self._capture.count()
        jotting = Jotting(self._capture.now, text, about)
        self._desk.put(lambda: self._keeping.jot(jotting, lambda: self._running.show_jottings(jotting)))

    def begin_enrolment(self, person: PersonId) -> None:
        """Hear the next voice as this person's, who reads the consent sentence aloud, until ``end_enrolment``.

        Raises:
            SessionError: Nothing is recorded now, or nobody of that id is on the roster.
        """
        self._on_roster(person)
        if self._recording.phase is not Phase.RECORDING:
            raise SessionError("a voice can be learnt only while recording: start it first")
        at = self._capture.now
        self._running.enrolling = (person, at)
        self._desk.put(lambda: self._conduct.order(lambda n: say.Listen(n, at)))

    def end_enrolment(self, keep: bool) -> None:  # noqa: FBT001  the one thing it says
        """End it; ``keep``: the person agreed that their voiceprint is kept after tonight."""
        enrolling, self._running.enrolling = self._running.enrolling, None
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

        def act() -> None:
            # Asked here: a key that settles it may have been pressed just before.
            if self._board.settled(key) is None:
                self._conduct.settle(key, Settled(AlertState.ACKNOWLEDGED))

        self._desk.put(act)

    def resolve(self, key: AlertKey, how: Resolution, text: str) -> None:
        """Say how an alert was settled; the words are the facilitator's."""
        self._on_board(key)
        settled = Settled(AlertState.ACKNOWLEDGED, how, text)
        self._desk.put(lambda: self._conduct.settle(key, settled))

    def advice(self, key: AlertKey) -> str:
        """Return the site's own words beneath an alert."""
        return self._advice.text(self._on_board(key).alert.advice)

    def repair(self) -> tuple[str, ...]:
        """Return the site's own words for what can still be done once something was said, one step each."""
        return self._advice.repair

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
            self._running.closing = True

    def _refuse_unsettled(self) -> None:
        unsettled = self._board.unsettled()
        if unsettled:
            raise SessionError(
                f"{len(unsettled)} warnings must be settled first: say for each whether it was assessed, "
                "followed up, consulted about, or does not apply"
            )

    @property
    def unkept(self) -> int:
        """How many things the disk has not taken yet."""
        return self._keeping.waiting

    @property
    def drafts(self) -> int:
        """How many drafts the vault holds: 0 once it is closed where the gate refused all, or a late strike took them.

        Raises:
            VaultError: The vault cannot be read.
        """
        return self._keeping.drafts

    def wait(self, seconds: float) -> bool:
        """Wait until the session is closed; False when that takes longer."""
        return self._running.closed.wait(seconds)

    def save(self) -> None:
        """Put what is recorded on the disk and record no more: before a crash is reported. Never raises."""
        self._running.save()

    def end(self) -> None:
        """Leave: let go of microphone, worker and threads. A session that is not closed can be recovered."""
        self._running.end()

    # -- what a key press needs ---------------------------------------------------------------------------------------

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
