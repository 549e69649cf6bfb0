"""Receipts: that something was destroyed, of what kind, how much and when. Never what it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.store.times import stamp

if TYPE_CHECKING:
    from assistant.store.database import Database, Statements


class Destroyed(StrEnum):
    """What kind of thing."""

    AUDIO = "audio"
    TRANSCRIPT = "transcript"
    VOICEPRINT = "voiceprint"
    SESSION = "session"
    MEMBER = "member"
    RECEIPT = "receipt"
    """Older than the log is kept."""
    HAND_OUT = "line of the disclosure log"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One thing that was destroyed."""

    kind: Destroyed
    object_id: str
    """Opaque; the audit log names the same one."""
    at: dt.datetime
    count: int
    """Spools, utterances, voices or sessions."""


def add_receipt(change: Statements, receipt: Receipt) -> None:
    """Keep a receipt, in the transaction that destroys."""
    change.execute(
        "INSERT INTO receipts (class, object, at, count) VALUES (?, ?, ?, ?)",
        (receipt.kind, receipt.object_id, stamp(receipt.at), receipt.count),
    )


def read_receipts(database: Database) -> tuple[Receipt, ...]:
    """Return all receipts, the oldest first."""
    return tuple(
        Receipt(Destroyed(kind), object_id, dt.datetime.fromisoformat(at), count)
        for kind, object_id, at, count in database.read("SELECT class, object, at, count FROM receipts ORDER BY number")
    )
