"""Legal holds: what must not be destroyed, by the clock or by a command, until the hold is lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import VaultError
from assistant.store.audit import Action, Outcome
from assistant.store.times import stamp, steady_now

if TYPE_CHECKING:
    from assistant.store.vault import Vault

_SESSION, _MEMBER = "session", "member"


class Holds:
    """The legal holds of a vault, on sessions and on members; a member's covers every session they were in."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._database = vault.database

    def place_on_session(self, session_id: str) -> bool:
        """Hold a session; whether it was not held yet.

        Raises:
            VaultError: There is none.
        """
        if not self._database.read("SELECT 1 FROM sessions WHERE id = ?", (session_id,)):
            raise VaultError(f"no session {session_id} in the vault: see 'assistant vault sessions'")
        return self._place(_SESSION, session_id)

    def lift_from_session(self, session_id: str) -> bool:
        """Lift a session's own hold; whether there was one."""
        return self._lift(_SESSION, session_id)

    def place_on_member(self, group_key: str, person: str) -> bool:
        """Hold a member, with all sessions that they were in or will be in; whether they were not held yet."""
        return self._place(_MEMBER, f"{group_key} {person}")

    def lift_from_member(self, group_key: str, person: str) -> bool:
        """Lift a member's hold; whether there was one."""
        return self._lift(_MEMBER, f"{group_key} {person}")

    def of_session(self, session_id: str) -> bool:
        """Whether a session is held, by itself or through one of its people."""
        return bool(
            self._database.read(
                "SELECT 1 FROM holds WHERE kind = 'session' AND object = ? UNION "
                "SELECT 1 FROM holds, people JOIN sessions ON sessions.id = people.session "
                "WHERE kind = 'member' AND people.session = ? AND object = sessions.\"group\" || ' ' || people.person",
                (session_id, session_id),
            )
        )

    def of_member(self, group_key: str, person: str) -> bool:
        """Whether a member is held, or a session that they were in."""
        if self._database.read("SELECT 1 FROM holds WHERE kind = ? AND object = ?", (_MEMBER, f"{group_key} {person}")):
            return True
        sessions = self._database.read(
            'SELECT id FROM sessions JOIN people ON session = id WHERE "group" = ? AND person = ?', (group_key, person)
        )
        return any(self.of_session(session_id) for (session_id,) in sessions)

    def refuse_session(self, session_id: str) -> None:
        """Raise VaultError, and record that, where a session is held."""
        if self.of_session(session_id):
            self._refused(self._vault.opaque("session", session_id))
            raise VaultError(f"session {session_id} is under a legal hold: lift it first ('assistant vault hold off')")

    def refuse_member(self, group_key: str, person: str) -> None:
        """Raise VaultError, and record that, where a member is held."""
        if self.of_member(group_key, person):
            self._refused(self._vault.opaque("person", group_key, person))
            raise VaultError(
                f"{person}, or a session of theirs, is under a legal hold: lift it first ('assistant vault hold off')"
            )

    def _refused(self, object_id: str) -> None:
        self._vault.audit.record(Action.PURGED, object_id, Outcome.REFUSED)

    def _place(self, kind: str, thing: str) -> bool:
        with self._database.transaction() as change:
            placed = stamp(steady_now(self._vault))
            change.execute("INSERT OR IGNORE INTO holds VALUES (?, ?, ?)", (kind, thing, placed))
            new = change.rowcount > 0
            if new:
                self._vault.audit.record(Action.HOLD_PLACED, self._vault.opaque(kind, thing))
        return new

    def _lift(self, kind: str, thing: str) -> bool:
        with self._database.transaction() as change:
            change.execute("DELETE FROM holds WHERE kind = ? AND object = ?", (kind, thing))
            there = change.rowcount > 0
            if there:
                self._vault.audit.record(Action.HOLD_LIFTED, self._vault.opaque(kind, thing))
        return there
