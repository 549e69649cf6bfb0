"""Sessions in the vault: what one more turn changed is kept in one transaction, before anyone sees it.

Whatever was taken back stays away: an update that still holds it is trimmed as it comes in. A strike is written down
before it is carried out, and finished when the session is next opened if a crash cut it short.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain import AlertState, SessionUpdate, TombstoneReason
from assistant.errors import SessionError, VaultError
from assistant.store.audit import Action
from assistant.store.by_hand_rows import (
    add_decision,
    add_jotting,
    read_decisions,
    read_jottings,
    read_settlements,
)
from assistant.store.drafts import drop_drafts, put_drafts, read_drafts
from assistant.store.entry_rows import (
    drop_entries,
    forget_settled,
    put_entry,
    queue_sound,
    read_entries,
)
from assistant.store.erasure import finish_erasures
from assistant.store.roster_rows import head_bytes, link_id, open_session, put_roster, session_seal
from assistant.store.ruling_rows import read_named
from assistant.store.sample_rows import add_invented, read_invented
from assistant.store.session_rows import put_progress, read_lines, read_tombstones, read_unheard
from assistant.store.settling import adopt, orphans, settle
from assistant.store.sounds import Sounds
from assistant.store.spool_reader import SpoolReader
from assistant.store.stored import Settlement, StoredSession
from assistant.store.striking import strike
from assistant.store.times import stamp, steady_now
from assistant.store.trimming import TO_BE_READ_AGAIN, trimmed
from assistant.store.voiceprints import Voiceprints

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from assistant.domain import (
        AlertKind,
        Draft,
        Entry,
        Group,
        Jotting,
        Note,
        PersonId,
        Resolution,
        Session,
        Tombstone,
        UtteranceId,
    )
    from assistant.store.jointly import SessionSeal
    from assistant.store.stored import Decision, SessionLine
    from assistant.store.vault import Vault


class Sessions:
    """The sessions of an open vault. Any thread may use it."""

    def __init__(self, vault: Vault) -> None:
        """Take up a vault, and finish what a crash left half erased.

        Raises:
            VaultError: The disk failed.
        """
        self.vault = vault
        self.sounds = Sounds(vault)
        self._database = vault.database
        self._seals: dict[str, SessionSeal] = {}
        finish_erasures(vault, self.sounds)

    # -- the life of a session ----------------------------------------------------------------------------------------

    def begin(self, session: Session) -> None:
        """Keep a new session with its people and facts.

        Raises:
            VaultError: There is one of this id, or somebody on the roster was erased and not readmitted.
        """
        if self._database.read("SELECT 1 FROM sessions WHERE id = ?", (session.id,)):
            raise VaultError(f"session {session.id} is in the vault already: begin another one")
        seal = session_seal(self.vault, session.id, session.group)
        with self._database.transaction() as change:
            change.execute(
                'INSERT INTO sessions (id, "group", begun, body) VALUES (?, ?, ?, ?)',
                (session.id, seal.group_key, stamp(steady_now(self.vault)), head_bytes(seal, session)),
            )
            link_id(self.vault, change, session.group)
            put_roster(change, seal, session.group)
            self._audit(Action.SESSION_BEGUN, session.id)
        self._seals[session.id] = seal

    def roster(self, session_id: str, group: Group) -> None:
        """Keep who is present, what they agreed to, and since when, as it is now.

        Raises:
            VaultError: No such session, or another group.
        """
        seal = self._seal(session_id)
        if session_seal(self.vault, session_id, group).group_key != seal.group_key:
            raise VaultError(f"session {session_id} belongs to another group")
        with self._database.transaction() as change:
            put_roster(change, seal, group)
        # The group file, which the next session begins with, may still say that they agree.
        for person in group.people:
            if person.consent.withdrawn_at is not None:
                Voiceprints(self.vault).destroy(seal.group_key, person.id)

    def finish(
        self, session_id: str, drafts: Mapping[PersonId | None, Draft | Note | str], *, settled_later: bool = False
    ) -> None:
        """Close a session with its drafts.

        Args:
            session_id: Which.
            drafts: For each member, whole, or its note or text alone; None stands for the group's part, a note.
            settled_later: Whether A1 alerts may wait for the review: nobody saw them yet, of a recording say.

        Raises:
            SessionError: It is closed already, or an A1 alert is not settled.
            VaultError: No such session.
        """
        stored = self.load(session_id)
        if stored.line.finished:
            raise SessionError(f"session {session_id} is closed already")
        if stored.unresolved and not settled_later:
            raise SessionError(f"session {session_id}: {len(stored.unresolved)} alerts of level A1 are not settled")
        with self._database.transaction() as change:
            put_drafts(change, self._seal(session_id), drafts)
            change.execute("UPDATE sessions SET ended = ? WHERE id = ?", (stamp(steady_now(self.vault)), session_id))
            self._audit(Action.SESSION_FINISHED, session_id)

    def keep_drafts(self, session_id: str, drafts: Mapping[PersonId | None, Draft | Note | str]) -> None:
        """Put drafts in the place of those that are there; of a strike after the close, say."""
        with self._database.transaction() as change:
            drop_drafts(change, session_id)
            put_drafts(change, self._seal(session_id), drafts)

    def drafts(self, session_id: str) -> dict[PersonId | None, Draft | Note | str]:
        """Return the drafts of a session; None stands for the group's part."""
        return read_drafts(self._database, self._seal(session_id))

    # -- what is there ------------------------------------------------------------------------------------------------

    def lines(self) -> tuple[SessionLine, ...]:
        """Return a list of all sessions, the latest last: no name, no word."""
        return read_lines(self._database, self.sounds.playable)

    def unfinished(self) -> tuple[StoredSession, ...]:
        """Return the sessions that were never closed, the oldest first: each is offered for recovery."""
        return tuple(self.load(line.id) for line in self.lines() if not line.finished)

    def load(self, session_id: str) -> StoredSession:
        """Return all that is kept of a session, after finishing what a crash cut short.

        Raises:
            VaultError: No such session, it was erased, or a row was changed.
        """
        self.sounds.finish_strikes(session_id)
        seal, session = open_session(self.vault, session_id)
        entries, unreadable = read_entries(self._database, seal)
        if unreadable:
            # An older copy of the database was put back after somebody was erased.
            with self._database.transaction() as change:
                drop_entries(change, session_id, unreadable)
        settlements = read_settlements(self._database, seal)
        (line,) = (line for line in self.lines() if line.id == session_id)
        return StoredSession(
            line=line,
            session=session,
            entries=_as_settled(entries, settlements),
            settlements=settlements,
            tombstones=read_tombstones(self._database, session_id),
            jottings=tuple(read_jottings(self._database, seal).values()),
            decisions=read_decisions(self._database, seal),
            unheard=read_unheard(self._database, session_id),
        )

    def sound(self, session_id: str) -> SpoolReader:
        """Return the sound of a session, for playing; what was struck is silent in it. Close it when done.

        Raises:
            VaultError: It was destroyed, the session never had any, or its file cannot be read.
        """
        if not self.sounds.playable(session_id):
            raise VaultError(
                f"session {session_id}: its sound is destroyed: 'audio_days' in the settings keeps it longer"
            )
        self.sounds.finish_strikes(session_id)
        return SpoolReader(self.sounds.path(session_id), self.sounds.key(session_id))

    # -- what changes -------------------------------------------------------------------------------------------------

    def commit(self, session_id: str, update: SessionUpdate) -> SessionUpdate:
        """Keep what one more turn, or one correction, changed; on the disk when this returns.

        The same update again changes nothing. What it still holds of words that were taken back is left out. Where an
        entry replaces a removed one, what a person did about its alert goes over to the alert of the same kind.

        Returns:
            The update as it was kept: this is what may be shown.

        Raises:
            VaultError: No such session, or its words were purged; nothing was kept.
        """
        seal = self._seal(session_id)
        stones = read_tombstones(self._database, session_id)
        named = read_named(self._database, seal)
        kept: list[Entry] = []
        removed = list(update.removed)
        with self._database.transaction() as change:
            left_behind = orphans(self.vault, seal, update.removed)
            drop_entries(change, session_id, update.removed)
            for entry in update.entries:
                whose = named.get(entry.utterance.id, ())
                left = trimmed(entry, stones, whose)
                if left is not entry:
                    for stone in stones:
                        queue_sound(change, session_id, entry, stone, whose)
                if left is None:
                    removed.append(entry.utterance.id)
                    continue
                if TO_BE_READ_AGAIN in left.findings.failed:
                    forget_settled(self._database, change, seal, left)
                put_entry(change, seal, left, whose)
                kept.append(left)
                adopt(self.vault, change, seal, left, left_behind)
            drop_entries(change, session_id, removed[len(update.removed) :])
            put_progress(change, session_id, update.processed_to, update.unheard)
        if len(kept) < len(update.entries) or any(k is not e for k, e in zip(kept, update.entries, strict=False)):
            self.sounds.finish_strikes(session_id)
        return SessionUpdate(tuple(kept), tuple(removed), update.processed_to, update.unheard)

    def strike(self, session_id: str, tombstone: Tombstone) -> SessionUpdate:
        """Take back a stretch of time, or one person's words in it: from the database, its log, and the spool.

        Goes with it: words, findings and alerts in the range, what was written about those alerts, drafts (they are to
        be made again), what a review decided about those words or wrote over them, and, for a range that was struck,
        marks and notes typed in it. With one person's words go those that a review has given to them. A signed note
        stays as it was signed; ``Reviews.touched`` says which ones rest on what was struck, for an addendum.

        Returns:
            The entries of which less is left, not read again yet, and the ids of those that are gone.

        Raises:
            VaultError: No such session; or the sound could not be overwritten yet: what is left of the strike is done
                when the session is next opened, or by striking again.
        """
        seal = self._seal(session_id)
        with self._database.transaction():
            new = tombstone not in read_tombstones(self._database, session_id)
            at = steady_now(self.vault)
            left, gone = strike(self._database, self.vault.keys, seal, tombstone, at)
            action = _ACTIONS.get(tombstone.reason)
            if action is not None and new:
                whom = () if tombstone.person is None else (tombstone.person,)
                self._audit(action, session_id, *whom)
        self._database.checkpoint()
        self.sounds.finish_strikes(session_id)
        return SessionUpdate(left, gone)

    def settle(  # noqa: PLR0913  what a person did about an alert has this many parts
        self,
        session_id: str,
        utterance: UtteranceId,
        kind: AlertKind,
        *,
        state: AlertState = AlertState.ACKNOWLEDGED,
        resolution: Resolution | None = None,
        text: str = "",
    ) -> None:
        """Keep what a person did about an alert; the last word counts.

        Raises:
            VaultError: No such alert.
        """
        done = Settlement(utterance, kind, state, resolution, text, self.vault.clock.now())
        settle(self.vault, self._seal(session_id), done)

    def jot(self, session_id: str, jotting: Jotting) -> None:
        """Keep a mark or a note that the facilitator typed."""
        with self._database.transaction() as change:
            add_jotting(change, self._seal(session_id), jotting)

    def decide(self, session_id: str, decision: Decision) -> None:
        """Keep a key press that said whose voice it was."""
        with self._database.transaction() as change:
            add_decision(change, self._seal(session_id), decision)

    # -- samples to teach with ----------------------------------------------------------------------------------------

    def invented(self, session_id: str, mark: str = "") -> frozenset[str]:
        """Return every word that was made up for a sample of this session: another one makes up others.

        Args:
            session_id: Which.
            mark: Opaque, of a sample that can be made again; where it was made, the words of those before it.
        """
        return read_invented(self._database, self._seal(session_id), mark)

    def keep_invented(self, session_id: str, words: Collection[str], mark: str = "") -> None:
        """Keep the words that were made up for one more sample, sealed as the session's words are.

        Raises:
            VaultError: No such session, its words are destroyed, or the disk failed.
        """
        with self._database.transaction() as change:
            add_invented(self._database, change, self._seal(session_id), words, mark)

    # -- voices that are known from one session to the next -----------------------------------------------------------

    def voiceprints(self, group: Group) -> dict[PersonId, NDArray[np.float32]]:
        """Return the voices of those who still agree to that."""
        return Voiceprints(self.vault).of(group)

    def keep_voiceprint(self, group: Group, person: PersonId, print_: NDArray[np.float32]) -> None:
        """Keep a person's voice for the next sessions.

        Raises:
            ConsentError: The person did not agree to that, or took it back.
        """
        Voiceprints(self.vault).keep(group, person, print_)

    # -- within -------------------------------------------------------------------------------------------------------

    def _seal(self, session_id: str) -> SessionSeal:
        if session_id not in self._seals:
            self._seals[session_id] = open_session(self.vault, session_id)[0]
        return self._seals[session_id]

    def _audit(self, action: Action, session_id: str, *person: PersonId) -> None:
        self.vault.audit.record(action, self.vault.opaque("person" if person else "session", session_id, *person))


_ACTIONS = {
    TombstoneReason.STRUCK: Action.STRUCK,
    TombstoneReason.OFF_THE_RECORD: Action.OFF_THE_RECORD,
    TombstoneReason.WITHDRAWN: Action.CONSENT_WITHDRAWN,
}
"""What the audit log says of a tombstone; a pause is none of its business."""


def _as_settled(entries: tuple[Entry, ...], settlements: tuple[Settlement, ...]) -> tuple[Entry, ...]:
    """Return the entries with each alert in the state in which a person left it."""
    states = {(s.utterance, s.kind): s.state for s in settlements}
    return tuple(
        replace(
            entry,
            alerts=tuple(replace(a, state=states.get((entry.utterance.id, a.kind), a.state)) for a in entry.alerts),
        )
        if entry.alerts
        else entry
        for entry in entries
    )
