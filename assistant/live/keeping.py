"""What a live session has the vault keep: in order, tried again where the disk refuses, with its audit line."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from assistant.domain import Draft
from assistant.errors import VaultError
from assistant.live.writing import Writer
from assistant.store.audit import Action
from assistant.store.retention import Retention, RetentionPolicy
from assistant.store.stored import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from assistant.domain import (
        Group,
        Jotting,
        Note,
        PersonId,
        Session,
        SessionUpdate,
        Tombstone,
        Utterance,
        UtteranceId,
    )
    from assistant.live.board import Board, Settled
    from assistant.live.view import AlertKey
    from assistant.settings import LiveSettings
    from assistant.store.sessions import Sessions
    from assistant.store.spool import Spool


class Keeping:
    """One session's way into the vault. Used from the session's own thread."""

    def __init__(
        self,
        sessions: Sessions,
        session: Session,
        settings: LiveSettings,
        clock: Callable[[], float],
        seats: Mapping[int, PersonId],
    ) -> None:
        self._sessions = sessions
        self._id = session.id
        self._settings = settings
        self._writer = Writer(clock)
        self.seats = seats
        self.voiceprints: Mapping[PersonId, NDArray[np.float32]] = sessions.voiceprints(session.group)
        """Of people on the roster who agreed that theirs is kept."""

    @property
    def spool_path(self) -> Path:
        """Where the session's sound lies."""
        return self._sessions.sounds.path(self._id)

    @property
    def audio_key(self) -> bytes:
        """Opens it."""
        return self._sessions.sounds.key(self._id)

    @property
    def problem(self) -> str | None:
        """Why the vault takes nothing now."""
        return self._writer.problem

    @property
    def waiting(self) -> int:
        """How many things wait for the disk."""
        return self._writer.waiting

    @property
    def drafts(self) -> int:
        """How many drafts of the session the vault holds; one that the gate refused waits to be mended and is none."""
        found = self._sessions.drafts(self._id).values()
        return sum(not (isinstance(draft, Draft) and draft.refused) for draft in found)

    def tick(self, *, at_once: bool = False) -> None:
        """Try again what was refused."""
        self._writer.tick(at_once=at_once)

    def commit(self, update: Callable[[], SessionUpdate], then: Callable[[SessionUpdate], None]) -> None:
        """Keep what changed, then hand on what of it was kept: this is what may be shown."""
        kept: list[SessionUpdate] = []
        self._writer.do(lambda: kept.append(self._sessions.commit(self._id, update())), lambda: then(kept[-1]))

    def strike(self, tombstone: Tombstone) -> None:
        """Take back a stretch of time, or one person's words: from the database, its log and the spool."""
        self._writer.do(lambda: _nothing(self._sessions.strike(self._id, tombstone)))

    def strike_now(self, tombstones: Iterable[Tombstone]) -> None:
        """Take back, past all that waits, whatever is not taken back yet: where the session's own thread has failed."""
        for tombstone in tombstones:
            # Where the disk refuses one, the others are still to be done.
            with suppress(VaultError):
                self._sessions.strike(self._id, tombstone)

    def settle(self, key: AlertKey, settled: Settled, board: Board) -> None:
        """Keep what a person decided about an alert, then show it."""

        def act() -> None:
            # It may have been read again, or taken back, since the key was pressed.
            if board.alert(key) is not None:
                self._sessions.settle(
                    self._id, *key, state=settled.state, resolution=settled.resolution, text=settled.text
                )

        self._writer.do(act, lambda: board.settle(key, settled))

    def jot(self, jotting: Jotting, then: Callable[[], None]) -> None:
        """Keep a mark or a typed note."""
        self._writer.do(lambda: self._sessions.jot(self._id, jotting), then)

    def roster(self, group: Group, action: Action | None, person: PersonId) -> None:
        """Keep who is here and what they agreed to."""
        self._writer.do(lambda: self._sessions.roster(self._id, group))
        if action is not None:
            self.audit(action, person)

    def named(self, person: PersonId, utterance: UtteranceId | None, said: Utterance | None, at: int) -> None:
        """Keep a key press that said who spoke."""
        start, end = (at, at) if said is None else (said.start, said.end)
        self._writer.do(lambda: self._sessions.decide(self._id, Decision(at, person, utterance, start, end)))
        self.audit(Action.SPEAKER_NAMED, person)

    def audit(self, action: Action, person: PersonId | None = None) -> None:
        """Add a line about the session, or about somebody in it."""
        vault = self._sessions.vault
        parts = ("session", self._id) if person is None else ("person", self._id, person)
        self._writer.do(lambda: vault.audit.record(action, vault.opaque(*parts)))

    def sync(self, spool: Spool, then: Callable[[int], None]) -> None:
        """Put the sound on the disk."""
        self._writer.do(lambda: _nothing(spool.sync()), lambda: then(spool.end))

    def finish(
        self,
        drafts: Mapping[PersonId | None, Draft | Note],
        voiceprints: Mapping[PersonId, NDArray[np.float32]],
        group: Group,
        then: Callable[[], None],
    ) -> None:
        """Keep the drafts, and the voiceprints of those who agreed to it; destroy whatever has had its time."""
        self._writer.do(lambda: self._sessions.finish(self._id, drafts))
        for person, voice in voiceprints.items():
            consent = group.person(person).consent
            if consent.voiceprint is not None and consent.withdrawn_at is None:
                self._writer.do(partial(self._sessions.keep_voiceprint, group, person, voice))
        self._writer.do(self._purge, then)

    def _purge(self) -> None:
        """Destroy what has had its time, this session's sound among it where the site keeps none; a hold wins."""
        chosen = self._settings
        policy = RetentionPolicy(chosen.audio_days, chosen.transcript_days, chosen.log_years)
        Retention(self._sessions.vault, self._sessions.sounds, policy).purge()


def _nothing(_result: object = None) -> None:
    """Let go of a result."""
