"""Whether sound is kept at this moment: the phases of a session, and what takes it from one to the next.

Every change works at once, in the thread that asks: when a method has returned, no further block is kept that must not
be. What has to be written down about it is put on the desk.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

from assistant.domain import Tombstone, TombstoneReason
from assistant.errors import ConsentError, SessionError
from assistant.live.capturing import NOT_RECORDED
from assistant.live.view import Phase
from assistant.store.audit import Action

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from assistant.domain import Group, PersonId
    from assistant.live.capturing import Capture
    from assistant.live.consent_room import ConsentRoom
    from assistant.live.keeping import Keeping

PLAYED = "the sound has come to its end: close the session, or go on with notes by hand"
FORGOTTEN = "nobody has spoken for long: recording was paused by itself; resume, or close the session"
"""Lines beneath the header."""

_HELD = {
    Phase.PAUSED: TombstoneReason.PAUSED,
    Phase.OFF_RECORD: TombstoneReason.OFF_THE_RECORD,
}


class Recording:
    """Who is here, whether they agreed, and what is therefore done with sound. Thread-safe.

    Args:
        room: Who is here and what they agreed to.
        capture: Takes in sound.
        keeping: Writes down what is done; asked on the desk alone.
        put: Puts something on the desk.
        people_changed: Told on the desk who is here now.
        tombstones: Of earlier, in a session that is recovered.
    """

    def __init__(  # noqa: PLR0913  what it stands between
        self,
        room: ConsentRoom,
        capture: Capture,
        *,
        keeping: Keeping,
        put: Callable[[Callable[[], None]], None],
        sync: Callable[[], None],
        people_changed: Callable[[Group], None],
        tombstones: tuple[Tombstone, ...],
    ) -> None:
        self._room = room
        self._capture = capture
        self._keeping = keeping
        self._put = put
        self._sync = sync
        self._people_changed = people_changed
        self._lock = Lock()
        self._goes_on = False
        """Recording stopped because somebody came who had not agreed: it goes on once all who are here have."""
        self._open: Tombstone | None = None
        self.phase = Phase.BY_HAND
        self.line: str | None = None
        """What the facilitator should know of why nothing is recorded."""
        self.tombstones = tombstones
        """Stretches in which nothing was kept, or of which nothing is left; by time of their end."""
        self.since = capture.now
        """Sample at which recording began or went on."""

    # -- keys ---------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to record, or go on.

        Raises:
            ConsentError: Somebody here has not agreed; names ids.
            SessionError: The session is closed.
        """
        with self._lock:
            self._is_open()
            self._record()

    def pause(self) -> None:
        """Keep no sound until ``start``; the time goes on."""
        with self._lock:
            self._is_open()
            self._hold(Phase.PAUSED)

    def off_record(self, *, on: bool) -> None:
        """Begin or end a stretch that is neither recorded nor kept.

        Raises:
            ConsentError: It ends, and somebody here has not agreed; names ids.
        """
        with self._lock:
            self._is_open()
            if on:
                self._hold(Phase.OFF_RECORD)
            elif self.phase is Phase.OFF_RECORD:
                self._record()

    def arrive(self, person: PersonId) -> None:
        """Somebody comes in: recording stops at once, and goes on by itself once all here agree."""
        with self._lock:
            self._is_open()
            self._changed(self._room.arrive(person, self._capture.now), Action.ARRIVED, person)

    def leave(self, person: PersonId) -> None:
        """Somebody leaves; recording that waited for their consent alone goes on."""
        with self._lock:
            self._is_open()
            self._changed(self._room.leave(person, self._capture.now), Action.LEFT, person)

    def agree(self, person: PersonId, today: dt.date) -> None:
        """Somebody agrees to be recorded; recording that waited for it goes on."""
        with self._lock:
            self._is_open()
            self._changed(self._room.agree(person, today), Action.CONSENT_GIVEN, person)

    def keep_voice(self, person: PersonId, today: dt.date) -> None:
        """Somebody agrees that their voiceprint is kept after tonight."""
        self._write_roster(self._room.keep_voice(person, today), Action.CONSENT_GIVEN, person)

    def withdraw(self, person: PersonId, today: dt.date) -> Tombstone:
        """Somebody takes consent back: nothing is kept until the facilitator has asked everybody and starts it again.

        Returns:
            What covers every word of theirs up to now.
        """
        with self._lock:
            self._is_open()
            group = self._room.withdraw(person, today)
            self._stop()
            self._goes_on = False
            self._write_roster(group, None, person)
            return self._bury(Tombstone(0, self._capture.now, TombstoneReason.WITHDRAWN, person))

    def bury(self, tombstone: Tombstone) -> None:
        """Show a tombstone."""
        with self._lock:
            self._bury(tombstone)

    def leave_open(self) -> None:
        """Write down the stretch in which nothing is kept, where the program is left in the middle of one."""
        with self._lock:
            self._raise_tombstone()

    def close(self, refuse: Callable[[], None]) -> bool:
        """Keep no more sound, for good.

        Args:
            refuse: Raises where the session may not be closed yet.

        Returns:
            False where it is being closed already.
        """
        with self._lock:
            if self.phase in {Phase.CLOSING, Phase.CLOSED}:
                return False
            refuse()
            self._stop()
            self.phase = Phase.CLOSING
            return True

    # -- what happens -------------------------------------------------------------------------------------------------

    def sound_ended(self, *, refused: bool) -> None:
        """No more sound comes: the source has ended, or the capture thread was refused leave."""
        with self._lock:
            if self.phase not in {Phase.RECORDING, Phase.PAUSED, Phase.OFF_RECORD}:
                return
            if refused:
                self._wait_for_consent()
                if self._goes_on:
                    # It may be that everybody has agreed by now.
                    with suppress(ConsentError):
                        self._record()
                return
            self._hold(Phase.PAUSED)
            self.line = PLAYED

    def forgotten(self) -> None:
        """Nobody has spoken for long."""
        with self._lock:
            if self.phase is Phase.RECORDING:
                self._hold(Phase.PAUSED)
                self.line = FORGOTTEN

    # -- within, under the lock ---------------------------------------------------------------------------------------

    def _record(self) -> None:
        if self.phase is Phase.RECORDING:
            return
        permit = self._room.permit()
        self._raise_tombstone()
        self.phase = Phase.RECORDING
        self._goes_on = False
        self.line = None
        self._capture.go(permit)
        self.since = self._capture.now
        self._put(lambda: self._keeping.audit(Action.RECORDING_BEGUN))

    def _hold(self, phase: Phase) -> None:
        """Keep no sound from now on, with the source open."""
        if self.phase is Phase.BY_HAND:
            # Whoever asks for no recording while consent is waited for does not get one when it comes.
            self._goes_on = False
        if self.phase not in {Phase.RECORDING, *_HELD} or self.phase is phase:
            return
        why = _HELD[phase]
        self._capture.hold(why.value)
        self._raise_tombstone()
        self.phase = phase
        now = self._capture.now
        self._open = Tombstone(now, now, why)
        self._put(self._sync)
        if phase is Phase.PAUSED:
            self._put(lambda: self._keeping.audit(Action.RECORDING_PAUSED))

    def _stop(self) -> None:
        """Keep no sound from now on, and let go of the source."""
        self._capture.end(NOT_RECORDED)
        self._raise_tombstone()
        self.phase = Phase.BY_HAND
        self._put(self._sync)

    def _wait_for_consent(self) -> None:
        self._goes_on = self._goes_on or self.phase is Phase.RECORDING
        self._stop()

    def _raise_tombstone(self) -> None:
        """The stretch in which nothing was kept is over: write it down."""
        if self._open is not None:
            opened, self._open = self._open, None
            done = self._bury(Tombstone(opened.start, max(opened.start, self._capture.now), opened.reason))
            self._put(lambda: self._keeping.strike(done))

    def _bury(self, tombstone: Tombstone) -> Tombstone:
        self.tombstones += (tombstone,)
        return tombstone

    def _changed(self, group: Group, action: Action, person: PersonId) -> None:
        self._write_roster(group, action, person)
        try:
            permit = self._room.permit()
        except ConsentError:
            self._wait_for_consent()
            return
        if self.phase in {Phase.RECORDING, *_HELD}:
            self._capture.renew(permit)
        elif self._goes_on:
            self._record()

    def _write_roster(self, group: Group, action: Action | None, person: PersonId) -> None:
        self._put(lambda: self._keeping.roster(group, action, person))
        self._put(lambda: self._people_changed(group))

    def _is_open(self) -> None:
        if self.phase in {Phase.CLOSING, Phase.CLOSED}:
            raise SessionError("the session is being closed: nothing more is recorded")
