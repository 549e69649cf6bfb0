"""How long each kind of thing is kept, and the clock-driven end of it.

Audio is destroyed when its session is closed, or within a week (domain rule 9.3); words thirty days later; notes by
the site's own rule, so never by this. A legal hold stops all of it. An unfinished session keeps its sound, however
old: it is to be recovered first. Every purge leaves a receipt without content and a line in the audit log.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.errors import VaultError
from assistant.store.audit import Action
from assistant.store.handout_rows import drop_hand_out
from assistant.store.holds import Holds
from assistant.store.jointly import DataClass, key_name
from assistant.store.receipts import Destroyed, Receipt, add_receipt
from assistant.store.times import stamp
from assistant.store.voiceprints import Voiceprints

if TYPE_CHECKING:
    from assistant.store.database import Statements
    from assistant.store.sounds import Sounds
    from assistant.store.vault import Vault

MOST_AUDIO_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """The site's terms."""

    audio_days: int = 0
    """Days after the close; 0: at the close. At most 7."""
    transcript_days: int = 30
    log_years: int = 6
    """Receipts, and lines of the disclosure log. The audit log is never cut: its chain would break."""

    def __post_init__(self) -> None:
        if not 0 <= self.audio_days <= MOST_AUDIO_DAYS or self.transcript_days < 0 or self.log_years < 0:
            raise VaultError(f"audio is kept from 0 to {MOST_AUDIO_DAYS} days, and no time is negative")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that will be destroyed, and when."""

    kind: Destroyed
    object_id: str
    """A session's id; for a voiceprint ``group person``, for a line of the disclosure log ``group
    number``; for receipts the number of the last one."""
    due: dt.datetime
    count: int
    held: bool
    """Whether a legal hold stops it."""


class Retention:
    """The terms of everything in a vault."""

    def __init__(self, vault: Vault, sounds: Sounds, policy: RetentionPolicy) -> None:
        self._vault = vault
        self._sounds = sounds
        self._policy = policy
        self._holds = Holds(vault)

    def terms(self) -> tuple[Term, ...]:
        """Return everything that has a term, the earliest first."""
        found = [
            *self._of_sessions(),
            *self._of_strays(),
            *self._of_voiceprints(),
            *self._of_receipts(),
            *self._of_hand_outs(),
        ]
        return tuple(sorted(found, key=lambda term: term.due))

    def due(self) -> tuple[Term, ...]:
        """Return what ``purge`` would destroy now, and what it would if no hold stopped it."""
        now = self._now()
        return tuple(term for term in self.terms() if term.due <= now)

    def next_purge(self) -> dt.datetime | None:
        """Return when the next thing that is not held falls due; None: nothing has a term."""
        now = self._now()
        return min((term.due for term in self.terms() if term.due > now and not term.held), default=None)

    def purge(self) -> tuple[Receipt, ...]:
        """Destroy what is due and not held.

        Raises:
            VaultError: The disk failed; what was not destroyed yet is still due.
        """
        receipts = tuple(self._destroy(term) for term in self.due() if not term.held)
        if receipts:
            self._vault.database.checkpoint()
        return receipts

    def _now(self) -> dt.datetime:
        # Not ``steady_now``: a clock that is behind the ends of sessions, which are steady, purges nothing early.
        return self._vault.clock.now()

    def _of_sessions(self) -> list[Term]:
        terms: list[Term] = []
        for session_id, ended, audio_gone, text_gone, entries in self._vault.database.read(_CLOSED):
            closed = dt.datetime.fromisoformat(ended)
            held = self._holds.of_session(session_id)
            if audio_gone is None and self._has_sound(session_id):
                due = closed + dt.timedelta(days=self._policy.audio_days)
                terms.append(Term(Destroyed.AUDIO, session_id, due, 1, held))
            if text_gone is None:
                due = closed + dt.timedelta(days=self._policy.transcript_days)
                terms.append(Term(Destroyed.TRANSCRIPT, session_id, due, entries, held))
        return terms

    def _of_strays(self) -> list[Term]:
        """Return the sound of sessions that are not in the database: an older copy of it was put back."""
        known = {session_id for (session_id,) in self._vault.database.read("SELECT id FROM sessions")}
        term = dt.timedelta(days=MOST_AUDIO_DAYS)
        return [
            Term(Destroyed.AUDIO, session_id, written + term, 1, self._holds.of_session(session_id))
            for session_id, written in self._sounds.on_disk()
            if session_id not in known
        ]

    def _has_sound(self, session_id: str) -> bool:
        # A crash may have come between its key or its file and its receipt.
        key_id = self._vault.keys.id_of_session(key_name(session_id, DataClass.AUDIO))
        return self._sounds.exists(session_id) or key_id in self._vault.keys.destroyed

    def _of_voiceprints(self) -> list[Term]:
        rows = self._vault.database.read('SELECT "group", person, expires FROM voiceprints')
        return [
            Term(
                Destroyed.VOICEPRINT,
                f"{group} {person}",
                dt.datetime.fromisoformat(expires),
                1,
                self._holds.of_member(group, person),
            )
            for group, person, expires in rows
        ]

    def _of_receipts(self) -> list[Term]:
        years = dt.timedelta(days=365.25 * self._policy.log_years)
        rows = self._vault.database.read("SELECT number, at FROM receipts")
        return [
            Term(Destroyed.RECEIPT, str(number), dt.datetime.fromisoformat(at) + years, 1, held=False)
            for number, at in rows
        ]

    def _of_hand_outs(self) -> list[Term]:
        years = dt.timedelta(days=365.25 * self._policy.log_years)
        rows = self._vault.database.read('SELECT "group", number, person, kept FROM hand_outs')
        return [
            Term(
                Destroyed.HAND_OUT,
                f"{group} {number}",
                dt.datetime.fromisoformat(kept) + years,
                1,
                self._holds.of_member(group, person),
            )
            for group, number, person, kept in rows
        ]

    def _destroy(self, term: Term) -> Receipt:
        if term.kind is Destroyed.VOICEPRINT:
            Voiceprints(self._vault).destroy(*term.object_id.split(" ", 1))
        elif term.kind is Destroyed.AUDIO:
            self._sounds.destroy(term.object_id)
        elif term.kind is Destroyed.TRANSCRIPT:
            self._vault.keys.destroy_session(key_name(term.object_id, DataClass.TRANSCRIPT))
        receipt = Receipt(term.kind, self._opaque(term), self._now(), term.count)
        with self._vault.database.transaction() as change:
            self._drop_rows(change, term, stamp(receipt.at))
            # A receipt for a receipt would never end.
            if term.kind is not Destroyed.RECEIPT:
                add_receipt(change, receipt)
            self._vault.audit.record(Action.PURGED, receipt.object_id)
        return receipt

    def _opaque(self, term: Term) -> str:
        kind = _OPAQUE.get(term.kind, "session")
        return self._vault.opaque(kind, *term.object_id.split(" ", 1))

    def _drop_rows(self, change: Statements, term: Term, at: str) -> None:
        if term.kind is Destroyed.AUDIO:
            change.execute("UPDATE sessions SET audio_gone = ? WHERE id = ?", (at, term.object_id))
            change.execute("DELETE FROM sound_to_strike WHERE session = ?", (term.object_id,))
        elif term.kind is Destroyed.TRANSCRIPT:
            for statement in _OF_TRANSCRIPT:
                change.execute(statement, (term.object_id,))
            change.execute("UPDATE sessions SET text_gone = ? WHERE id = ?", (at, term.object_id))
        elif term.kind is Destroyed.HAND_OUT:
            drop_hand_out(change, *term.object_id.split(" ", 1))
        elif term.kind is Destroyed.RECEIPT:
            change.execute("DELETE FROM receipts WHERE number = ?", (int(term.object_id),))


_OPAQUE: Final = {
    Destroyed.VOICEPRINT: "person",
    Destroyed.HAND_OUT: "hand out",
    Destroyed.RECEIPT: "receipt",
}
"""What the audit log's id stands for; else a session."""

_CLOSED = """
    SELECT id, ended, audio_gone, text_gone, (SELECT count(*) FROM entries WHERE session = sessions.id)
    FROM sessions WHERE ended IS NOT NULL"""

_OF_TRANSCRIPT = (
    *(
        f"DELETE FROM {table} WHERE session = ?"  # noqa: S608  the tables of this list
        for table in ("entries", "facts", "jottings", "decisions", "unheard", "samples")
    ),
    # What a clinician wrote for the notes stays with the notes.
    "DELETE FROM rulings WHERE session = ? AND class = 'transcript'",
)
