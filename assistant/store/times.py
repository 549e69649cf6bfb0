"""The time that ages are counted by: the clock's, and never earlier than any time seen here before.

A clock that was set back, once or for good, must not make a session look older than it is, nor purge anything twice.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.store.vault import Vault


def steady_now(vault: Vault) -> dt.datetime:
    """Return the time now, or the latest time seen before where that is later; and remember it."""
    with vault.database.transaction() as change:
        row = change.execute("SELECT max(at) FROM latest_time").fetchone()
        seen = None if row is None or row[0] is None else dt.datetime.fromisoformat(row[0])
        now = vault.clock.now().astimezone(dt.UTC)
        if seen is not None and seen >= now:
            return seen
        change.execute("DELETE FROM latest_time")
        change.execute("INSERT INTO latest_time VALUES (?)", (stamp(now),))
    return now


def stamp(at: dt.datetime) -> str:
    """Return a time as it is kept: UTC, microseconds always there, so that text sorts as time does."""
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def time_of(text: str | None) -> dt.datetime | None:
    """Return the time that a column holds."""
    return None if text is None else dt.datetime.fromisoformat(text)
