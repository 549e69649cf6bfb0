"""Numbers that are given once: not even what was struck or erased leaves its number to something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.store.database import Statements


def next_number(change: Statements, *of: str) -> int:
    """Return the next number, from 1, of what is named (a table, and opaque ids), in the transaction that is open."""
    name = " ".join(of)
    change.execute(
        "INSERT INTO counters VALUES (?, 1) ON CONFLICT (counted) DO UPDATE SET last = last + 1",
        (name,),
    )
    row = change.execute("SELECT last FROM counters WHERE counted = ?", (name,)).fetchone()
    return 1 if row is None else int(row[0])


def forget_numbers(change: Statements, *of: str) -> None:
    """Forget what was counted under a name: what it belongs to is gone for good."""
    change.execute("DELETE FROM counters WHERE counted = ?", (" ".join(of),))
