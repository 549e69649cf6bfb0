"""What a person did about an alert: kept, and carried over where another utterance takes the place of the first.

An early warning comes with a provisional utterance, which the full one replaces a second later: whoever has
acknowledged it must not be asked again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.errors import VaultError
from assistant.store.audit import Action
from assistant.store.by_hand_rows import put_settlement, read_settlements
from assistant.store.entry_rows import read_entry
from assistant.store.trimming import everybody_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import AlertKind, Entry, UtteranceId
    from assistant.store.database import Statements
    from assistant.store.jointly import SessionSeal
    from assistant.store.stored import Settlement
    from assistant.store.vault import Vault

Orphans = tuple[tuple["Entry", "Settlement"], ...]
"""Entries that are about to be removed, each with something that was done about one of its alerts."""


def settle(vault: Vault, seal: SessionSeal, settlement: Settlement) -> None:
    """Keep what a person did about an alert; the last word counts.

    Raises:
        VaultError: There is no such alert.
    """
    entry = read_entry(vault.database, seal, settlement.utterance)
    if entry is None or not any(alert.kind == settlement.kind for alert in entry.alerts):
        raise VaultError(f"session {seal.session_id}, {settlement.utterance}: no alert of this kind")
    with vault.database.transaction() as change:
        alert = _alert_id(vault, seal, settlement.utterance, settlement.kind)
        put_settlement(change, seal, alert, everybody_in(entry.utterance), settlement)
        action = Action.ALERT_ACKNOWLEDGED if settlement.resolution is None else Action.ALERT_RESOLVED
        vault.audit.record(action, alert)


def orphans(vault: Vault, seal: SessionSeal, going: Sequence[UtteranceId]) -> Orphans:
    """Return what was done about the alerts of utterances that are about to be removed."""
    found = {id_: read_entry(vault.database, seal, id_) for id_ in going}
    entries = {id_: entry for id_, entry in found.items() if entry is not None and entry.alerts}
    if not entries:
        return ()
    settlements = read_settlements(vault.database, seal)
    return tuple((entries[s.utterance], s) for s in settlements if s.utterance in entries)


def adopt(vault: Vault, change: Statements, seal: SessionSeal, entry: Entry, left: Orphans) -> None:
    """Have an entry take over what was done about an alert of the same kind at the same time."""
    u = entry.utterance
    for before, settlement in left:
        overlaps = before.utterance.start < u.end and u.start < before.utterance.end
        if overlaps and any(alert.kind == settlement.kind for alert in entry.alerts):
            alert = _alert_id(vault, seal, u.id, settlement.kind)
            put_settlement(change, seal, alert, everybody_in(u), replace(settlement, utterance=u.id))


def _alert_id(vault: Vault, seal: SessionSeal, utterance: UtteranceId, kind: AlertKind) -> str:
    return vault.opaque("alert", seal.session_id, utterance, kind)
