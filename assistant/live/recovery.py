"""Sessions that a crash cut short: found at the next start, and where each of them goes on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assistant.domain import samples
from assistant.live.kept import Kept
from assistant.store.audit import Action, Outcome
from assistant.store.sessions import Sessions

if TYPE_CHECKING:
    from assistant.store.stored import StoredSession
    from assistant.store.vault import Vault


def unfinished(vault: Vault) -> tuple[StoredSession, ...]:
    """Return the sessions that were never closed, the oldest first: each is offered for recovery.

    Raises:
        VaultError: The vault cannot be read.
    """
    return Sessions(vault).unfinished()


def kept_of(stored: StoredSession) -> Kept:
    """Return what the app remembered of a session, as far as the vault kept it; voices are heard anew."""
    return Kept(
        processed_to=stored.processed_to,
        entries={entry.utterance.id: entry for entry in stored.entries},
        tombstones=stored.tombstones,
        decisions=stored.decisions,
        unheard=stored.unheard,
    )


def elapsed_now(vault: Vault, stored: StoredSession, recorded_to: int) -> int:
    """Return the sample that it is now in a session that goes on after a crash.

    Args:
        vault: Its audit log knows when recording was begun.
        stored: The session.
        recorded_to: The end of what is in its spool.

    Returns:
        By the clock on the wall since recording was begun; never before the end of what is recorded, though the clock
        may have been set back.
    """
    mine = vault.opaque("session", stored.session.id)
    lines = (x for x in vault.audit.lines() if x.action == Action.RECORDING_BEGUN and x.object == mine)
    # A start that was refused recorded nothing.
    first = next((x.at for x in lines if x.outcome == Outcome.DONE), None)
    if first is None:
        return recorded_to
    return max(recorded_to, samples((vault.clock.now() - dt.datetime.fromisoformat(first)).total_seconds()))
