"""What is left of an utterance when words in it are taken back.

The app strips what it holds at once and without the worker, so that a strike is done on the screen and on the disk
even where no worker runs; the worker reads what is left again. The same functions guard every later update: a word
that a tombstone covers is never kept, whoever sends it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain import Entry, SessionUpdate, TombstoneReason
from assistant.live.kept import outside
from assistant.store.trimming import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.domain import Tombstone, UtteranceId
    from assistant.live.messages import Told

TAKES_BACK = frozenset({TombstoneReason.STRUCK, TombstoneReason.WITHDRAWN})
"""Reasons for which something that was recorded is gone; in the others nothing was recorded."""


def taken_from(entries: Iterable[Entry], tombstones: Sequence[Tombstone], processed_to: int) -> SessionUpdate:
    """Return what taking back changes in what is kept: shorter entries, and those that are no more."""
    shorter: list[Entry] = []
    gone: list[UtteranceId] = []
    for entry in entries:
        rest = trimmed(entry, tombstones)
        if rest is None:
            gone.append(entry.utterance.id)
        elif rest is not entry:
            shorter.append(rest)
    return SessionUpdate(tuple(shorter), tuple(gone), processed_to)


def cleaned(update: SessionUpdate, tombstones: Sequence[Tombstone]) -> SessionUpdate:
    """Return an update without a word that is taken back."""
    kept: list[Entry] = []
    gone = list(update.removed)
    for entry in update.entries:
        rest = trimmed(entry, tombstones)
        if rest is None:
            # An earlier version of it may be known.
            gone.append(entry.utterance.id)
        else:
            kept.append(rest)
    return replace(update, entries=tuple(kept), removed=tuple(dict.fromkeys(gone)))


def without(told: Told, tombstones: Sequence[Tombstone]) -> Told:
    """Return a report that was made before something was taken back, without any of that."""
    if not tombstones:
        return told
    update = None if told.update is None else cleaned(told.update, tombstones)
    return replace(told, update=update, memories=outside(told.memories, tombstones))


def together(updates: Sequence[SessionUpdate]) -> SessionUpdate:
    """Return updates that follow each other as one."""
    entries: dict[UtteranceId, Entry] = {}
    removed: dict[UtteranceId, None] = {}
    for update in updates:
        for gone in update.removed:
            entries.pop(gone, None)
            removed[gone] = None
        for entry in update.entries:
            entries[entry.utterance.id] = entry
            removed.pop(entry.utterance.id, None)
    return SessionUpdate(
        entries=tuple(sorted(entries.values(), key=lambda e: e.utterance.number)),
        removed=tuple(removed),
        processed_to=max((u.processed_to for u in updates), default=0),
        unheard=tuple(stretch for u in updates for stretch in u.unheard),
    )
