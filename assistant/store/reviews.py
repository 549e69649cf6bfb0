"""What a review of closed sessions keeps: decisions, signed notes, words of a group, consents, the disclosure log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.decisions import AlertSettled, Ruling, SpeakerSet
from assistant.domain import NoteState, UtteranceId
from assistant.errors import SessionError, VaultError
from assistant.store.audit import Action, operator
from assistant.store.consent_rows import add_consent, put_consent, read_consents
from assistant.store.entry_rows import put_entry, read_entry
from assistant.store.handout_rows import add_hand_out, read_hand_outs
from assistant.store.roster_rows import group_key, open_session
from assistant.store.ruling_rows import (
    mark_undone,
    next_ruling,
    people_of,
    places_of,
    put_ruling,
    read_named,
    read_rulings,
)
from assistant.store.signed_rows import put_addendum, put_signed, read_signed, read_touched
from assistant.store.trimming import everybody_in
from assistant.store.word_rows import drop_word_row, is_name, put_word, read_words, refuse_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from assistant.decisions import Decided, GroupWord
    from assistant.domain import Group, PersonId, Session
    from assistant.handout import Addendum, HandOut, ReleaseConsent, SignedNote
    from assistant.store.jointly import SessionSeal
    from assistant.store.vault import Vault


class Reviews:
    """What the reviews of an open vault keep. Any thread may use it; the entries of the close are never changed."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self._database = vault.database

    # -- decisions ----------------------------------------------------------------------------------------------------

    def rule(self, session_id: str, who: str, *decided: Decided) -> tuple[Ruling, ...]:
        """Keep decisions of one key press, all or none, each with its number and the time of the vault's clock.

        Args:
            session_id: Of a closed session.
            who: Operator id.
            decided: What was decided. Places point at the entries as they are in the vault.

        Raises:
            SessionError: The session is not closed.
            VaultError: No such session, utterance or person on its roster; its words were purged; no operator id.
        """
        operator(who)
        seal, session = self._open(session_id)
        self._require_closed(session_id)
        self._require_known(session, decided)
        made: list[Ruling] = []
        with self._database.transaction() as change:
            for what in decided:
                number = next_ruling(change, session_id)
                press = (made[0].number if made else number) if len(decided) > 1 else 0
                ruling = Ruling(number, self.vault.clock.now(), who, what, press=press)
                put_ruling(change, seal, ruling, self._words_of(seal, what))
                if isinstance(what, SpeakerSet):
                    self._reseal(seal, what)
                self._audit(Action.RULED, "ruling", session_id, str(ruling.number), who=who)
                made.append(ruling)
        return tuple(made)

    def rulings(self, session_id: str) -> tuple[Ruling, ...]:
        """Return the decisions of a session in their order, undone ones included.

        Raises:
            VaultError: No such session.
        """
        return read_rulings(self._database, self._open(session_id)[0])

    def undo(self, session_id: str, number: int, who: str | None = None) -> tuple[Ruling, ...]:
        """Mark a decision as undone now, with all that the same key press decided, and return them.

        Args:
            session_id: Of which session.
            number: Of the ruling.
            who: Operator id; the vault's by default.

        Raises:
            VaultError: There is none of this number that stands.
        """
        seal = self._open(session_id)[0]
        with self._database.transaction() as change:
            stand = [r for r in read_rulings(self._database, seal) if not r.undone]
            chosen = next((r for r in stand if r.number == number), None)
            if chosen is None:
                raise VaultError(f"session {session_id}: no decision {number} that could be undone")
            now = self.vault.clock.now()
            undone = tuple(
                replace(r, undone=True, undone_at=now)
                for r in stand
                if r is chosen or (r.press and r.press == chosen.press)
            )
            for ruling in undone:
                mark_undone(change, session_id, ruling.number, now)
                self._audit(Action.RULING_UNDONE, "ruling", session_id, str(ruling.number), who=who)
            for ruling in undone:
                if isinstance(ruling.decided, SpeakerSet):
                    self._reseal(seal, ruling.decided)
        return undone

    def read_private(self, session_id: str, reader: PersonId, utterance: UtteranceId, who: str | None = None) -> None:
        """Write into the audit log that somebody opened words that were withheld from a note."""
        self._audit(Action.WITHHELD_READ, "withheld", session_id, reader, utterance, who=who)

    # -- words of a group ---------------------------------------------------------------------------------------------

    def words(self, group: Group) -> tuple[GroupWord, ...]:
        """Return the words that are no facts in a group; none that is a name on its roster by now."""
        return tuple(word for word in self._words(group) if not is_name(group, word.word))

    def keep_word(
        self, group: Group, word: GroupWord, session_id: str = "", said_by: Collection[PersonId] = ()
    ) -> None:
        """Keep that a word is no fact of its kind in a group.

        Args:
            group: The group.
            word: Folded as whoever reads it folds.
            session_id: The session whose decision it is: it goes when that session is erased.
            said_by: The members who may have said it there: it goes when one of them is erased.

        Raises:
            SessionError: It is part of a name on the roster.
            VaultError: No such session.
        """
        refuse_name(group, word.word)
        if session_id:
            self._open(session_id)
        members = {p.id for p in group.people if p.is_member}
        with self._database.transaction() as change:
            put_word(
                self.vault,
                change,
                self._whose(group),
                word,
                session_id=session_id,
                said_by=members.intersection(said_by),
            )

    def drop_word(self, group: Group, word: GroupWord) -> bool:
        """Take a word back; whether it was there."""
        number = self._words(group).get(word)
        if number is None:
            return False
        with self._database.transaction() as change:
            drop_word_row(change, number)
        return True

    # -- signed notes -------------------------------------------------------------------------------------------------

    def sign(self, signed: SignedNote) -> None:
        """Keep a signed note. Nothing changes it afterwards; ``add`` adds to it.

        Raises:
            SessionError: The session is not closed.
            VaultError: The member has a signed note in this session; it is not a signed note of that member; no such
                session or member.
        """
        seal, session = self._open(signed.session)
        self._require_closed(signed.session)
        self._require_member(session.group, signed.member)
        fits = signed.note.member == signed.member and signed.note.session == signed.session
        if not fits or signed.group_note.member is not None or signed.note.state is not NoteState.SIGNED:
            raise VaultError(f"session {signed.session}: this is not a signed note of {signed.member}")
        operator(signed.who)
        with self._database.transaction() as change:
            if not put_signed(change, seal, signed):
                raise VaultError(f"session {signed.session}, {signed.member}: signed already; add an addendum instead")
            self._audit(Action.NOTE_SIGNED, "note", signed.session, signed.member, who=signed.who)

    def add(self, session_id: str, member: PersonId, addendum: Addendum) -> None:
        """Add an addendum to a signed note.

        Raises:
            VaultError: The member has no signed note in this session.
        """
        operator(addendum.who)
        seal = self._open(session_id)[0]
        with self._database.transaction() as change:
            if member not in read_signed(self._database, seal):
                raise VaultError(f"session {session_id}, {member}: not signed yet, so there is nothing to add to")
            put_addendum(change, seal, member, addendum)
            self._audit(Action.NOTE_ADDED, "note", session_id, member, who=addendum.who)

    def signed(self, session_id: str) -> dict[PersonId, SignedNote]:
        """Return the signed notes of a session with their addenda.

        Raises:
            VaultError: No such session.
        """
        return read_signed(self._database, self._open(session_id)[0])

    def touched(self, session_id: str) -> dict[PersonId, dt.datetime]:
        """Return the members whose signed note rests on words that were struck since, and when that was last.

        The note itself stays as it was signed: an addendum is due.
        """
        return read_touched(self._database, session_id)

    # -- what leaves --------------------------------------------------------------------------------------------------

    def consents(self, group: Group, member: PersonId) -> tuple[ReleaseConsent, ...]:
        """Return a member's consents to a release, revoked and expired ones included."""
        return read_consents(self.vault, self._whose(group), member)

    def keep_consent(self, group: Group, member: PersonId, consent: ReleaseConsent) -> int:
        """Keep a consent, and return the number that it gets, from 1 by member.

        Raises:
            VaultError: No such member on the roster, or they were erased.
        """
        self._require_member(group, member)
        whose = self._whose(group)
        with self._database.transaction() as change:
            number = add_consent(self.vault, change, whose, member, consent)
            self._audit(Action.RELEASE_CONSENT_KEPT, "release consent", whose, member, str(number))
        return number

    def revoke_consent(self, group: Group, member: PersonId, number: int, on: dt.date | None = None) -> None:
        """Keep that a consent was taken back; the first day counts.

        Args:
            group: The group.
            member: Whose consent.
            number: Which.
            on: Since when; today by default.

        Raises:
            VaultError: There is none of this number.
        """
        whose = self._whose(group)
        found = [c for c in self.consents(group, member) if c.number == number]
        if not found:
            raise VaultError(f"{member} has no consent {number}: see 'assistant consent list'")
        if found[0].revoked_on is not None:
            return
        revoked = replace(found[0], revoked_on=on or self.vault.clock.now().date())
        with self._database.transaction() as change:
            put_consent(self.vault, change, whose, member, revoked)
            self._audit(Action.RELEASE_CONSENT_REVOKED, "release consent", whose, member, str(number))

    def log(self, group: Group, line: HandOut) -> HandOut:
        """Add a line to the disclosure log, and return it with its number, from 1 by group.

        Nothing changes or removes it before its term (``RetentionPolicy.log_years``): neither the erasure of the
        session nor of the member, for an accounting is owed of what was told, not of what is kept.

        Args:
            group: The group.
            line: ``at`` is when it was told; the number is of no account.

        Raises:
            VaultError: No such member on the roster, or no operator id.
        """
        self._require_member(group, line.member)
        operator(line.who)
        whose = self._whose(group)
        with self._database.transaction() as change:
            kept = add_hand_out(self.vault, change, whose, line)
            self._audit(Action.HANDED_OUT, "hand out", whose, str(kept.number), who=line.who)
        return kept

    def hand_outs(
        self, group: Group, member: PersonId | None = None, *, accountable: bool = False
    ) -> tuple[HandOut, ...]:
        """Return the disclosure log of a group.

        Args:
            group: The group.
            member: Of one member; None: of all.
            accountable: Only what an accounting to the member lists.
        """
        return read_hand_outs(self.vault, self._whose(group), member, accountable=accountable)

    # -- within -------------------------------------------------------------------------------------------------------

    def _open(self, session_id: str) -> tuple[SessionSeal, Session]:
        return open_session(self.vault, session_id)

    def _words(self, group: Group) -> dict[GroupWord, int]:
        return read_words(self._database, self.vault.keys, self._whose(group))

    def _whose(self, group: Group) -> str:
        return group_key(self.vault, group)

    def _require_closed(self, session_id: str) -> None:
        if not self._database.read("SELECT 1 FROM sessions WHERE id = ? AND ended IS NOT NULL", (session_id,)):
            raise SessionError(f"session {session_id} is not closed yet: close it, then review it")

    def _require_member(self, group: Group, member: PersonId) -> None:
        if not any(p.id == member and p.is_member for p in group.people):
            raise VaultError(f"{member} is no member of this group")

    def _require_known(self, session: Session, decided: tuple[Decided, ...]) -> None:
        people = {p.id for p in session.group.people}
        strangers = set().union(*(people_of(what) for what in decided)) - people
        if strangers:
            # Who is not repeated: it may be a name that was typed for an id.
            raise VaultError(f"session {session.id}: nobody of that id is on its roster: see 'assistant notes list'")
        wanted = {place.utterance for what in decided for place in places_of(what)}
        there = {
            UtteranceId(i) for (i,) in self._database.read("SELECT id FROM entries WHERE session = ?", (session.id,))
        }
        if not wanted <= there:
            raise VaultError(f"session {session.id}: no utterance {', '.join(sorted(wanted - there))}")

    def _reseal(self, seal: SessionSeal, changed: SpeakerSet) -> None:
        """Have the entries in question open with the keys of those whose words they are by decision, and no others'.

        Else an erasure would leave, in older copies of the vault, words that a clinician has said are theirs; or take
        along what a clinician had given to somebody for a moment.
        """
        named = read_named(self._database, seal)
        with self._database.transaction() as change:
            for utterance in dict.fromkeys(place.utterance for place in changed.places):
                entry = read_entry(self._database, seal, utterance)
                if entry is not None:
                    put_entry(change, seal, entry, named.get(utterance, ()))

    def _words_of(self, seal: SessionSeal, decided: Decided) -> frozenset[PersonId]:
        """Return whose words a decision's own text may repeat."""
        if not isinstance(decided, AlertSettled):
            return frozenset()
        entry = read_entry(self._database, seal, decided.place.utterance)
        if entry is None:
            return frozenset()
        owners = {a.owner for a in entry.alerts if a.kind is decided.kind and a.owner is not None}
        return everybody_in(entry.utterance) | owners

    def _audit(self, action: Action, kind: str, *parts: str, who: str | None = None) -> None:
        self.vault.audit.record(action, self.vault.opaque(kind, *parts), who=who)
