"""Erasing a session or a member: rows, sound and keys, so that no older copy can be read either.

What is to be erased is written down first and carried out in steps that can be done twice; the key goes before
anything rests on it being gone, and a crash in between is made good when the vault is next used. What other people
said about an erased member is theirs and stays; their own words are gone, out of mixed utterances too.

The disclosure log stays (``handout_rows.py``): 45 CFR 164.528 asks for six years of it, and to erase somebody must not
hide what was told about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.domain import PersonId, Tombstone, TombstoneReason
from assistant.errors import VaultError
from assistant.store.audit import Action
from assistant.store.drafts import drop_drafts_on
from assistant.store.holds import Holds
from assistant.store.jointly import DataClass, key_name
from assistant.store.receipts import Destroyed, Receipt, add_receipt
from assistant.store.roster_rows import is_known, open_session
from assistant.store.ruling_rows import forget_rulings
from assistant.store.striking import drop_alerts_of, take_back
from assistant.store.times import steady_now
from assistant.store.trimming import FOREVER
from assistant.store.word_rows import drop_words_of

if TYPE_CHECKING:
    from assistant.store.database import Statements
    from assistant.store.sounds import Sounds
    from assistant.store.vault import Vault

_SEALED: Final = (
    "people",
    "facts",
    "entries",
    "settlements",
    "jottings",
    "decisions",
    "drafts",
    "voiceprints",
    "rulings",
    "addenda",
    "signed_notes",
    "group_words",
    "release_consents",
    "samples",
)
"""Tables whose rows name the keys that open them."""


def erase_session(vault: Vault, sounds: Sounds, session_id: str) -> Receipt:
    """Destroy a session: its keys, its rows, its sound.

    Raises:
        VaultError: There is none, it is under a legal hold, or the disk failed; then do it again.
    """
    Holds(vault).refuse_session(session_id)
    rows = vault.database.read("SELECT count(*) FROM entries WHERE session = ?", (session_id,))
    open_session(vault, session_id)
    sounds.destroy(session_id)
    # The record's key goes last: as long as it stands, the session can still be found and erased.
    for kind in (DataClass.TRANSCRIPT, DataClass.RECORD):
        vault.keys.destroy_session(key_name(session_id, kind))
    return _drop_session(vault, session_id, rows[0][0])


def erase_member(vault: Vault, sounds: Sounds, group_key: str, person: PersonId) -> Receipt:
    """Destroy what a member said, in every session: key, rows, and the sound that is still kept.

    Args:
        vault: The vault.
        sounds: Its spools.
        group_key: Opaque id of the group.
        person: Id of the member.

    Raises:
        VaultError: A legal hold stands in the way, nothing of such a group is kept, or the disk failed; then do it
            again.
    """
    Holds(vault).refuse_member(group_key, person)
    if not is_known(vault, group_key):
        # To say that all is erased would be untrue.
        raise VaultError("nothing of a group of this name is in the vault: use the name that it had at its sessions")
    with vault.database.transaction() as change:
        change.execute("INSERT OR IGNORE INTO erasures VALUES (?, ?)", (group_key, person))
    return _finish_member(vault, sounds, group_key, person)


def readmit(vault: Vault, group_key: str, person: PersonId) -> None:
    """Let an erased member come back, after a new consent; what they said before stays unreadable.

    Raises:
        VaultError: The keys file cannot be written.
    """
    vault.keys.readmit(group_key, person)
    vault.audit.record(Action.MEMBER_READMITTED, vault.opaque("person", group_key, person))


def finish_erasures(vault: Vault, sounds: Sounds) -> None:
    """Carry out what a crash cut short, and drop what an older copy of the database brought back.

    Raises:
        VaultError: The disk failed.
    """
    for group_key, person in vault.database.read('SELECT "group", person FROM erasures'):
        _finish_member(vault, sounds, group_key, PersonId(person))
    destroyed = vault.keys.destroyed
    for (session_id,) in vault.database.read("SELECT id FROM sessions"):
        if vault.keys.id_of_session(key_name(session_id, DataClass.RECORD)) in destroyed:
            sounds.destroy(session_id)
            vault.keys.destroy_session(key_name(session_id, DataClass.TRANSCRIPT))
            _drop_session(vault, session_id, 0)
    with vault.database.transaction() as change:
        gone = sum(_drop_unreadable(change, table, destroyed) for table in _SEALED)
    if gone:
        vault.database.checkpoint()


def _finish_member(vault: Vault, sounds: Sounds, group_key: str, person: PersonId) -> Receipt:
    sessions = [i for (i,) in vault.database.read('SELECT id FROM sessions WHERE "group" = ?', (group_key,))]
    key_id = vault.keys.id_of_member(group_key, person)
    with vault.database.transaction() as change:
        count = sum(_strike_member(vault, session_id, person) for session_id in sessions)
        for table in _SEALED:
            _drop_sealed_with(change, table, key_id)
        receipt = Receipt(Destroyed.MEMBER, vault.opaque("person", group_key, person), steady_now(vault), count)
        add_receipt(change, receipt)
        vault.audit.record(Action.MEMBER_ERASED, receipt.object_id)
    vault.keys.destroy(key_id)
    vault.database.checkpoint()
    for session_id in sessions:
        sounds.finish_strikes(session_id)
    with vault.database.transaction() as change:
        change.execute('DELETE FROM erasures WHERE "group" = ? AND person = ?', (group_key, person))
    return receipt


def _strike_member(vault: Vault, session_id: str, person: PersonId) -> int:
    """Take a member's words out of a session for good; how many utterances that touched."""
    seal, session = open_session(vault, session_id)
    if person not in {p.id for p in session.group.people}:
        return 0
    stone = Tombstone(0, FOREVER, TombstoneReason.WITHDRAWN, person)
    with vault.database.transaction():
        left, gone = take_back(vault.database, vault.keys, seal, stone, steady_now(vault))
        drop_alerts_of(vault.database, seal, person)
        drop_drafts_on(vault.database, seal, {*(entry.utterance.id for entry in left), *gone})
    return len(left) + len(gone)


def _drop_session(vault: Vault, session_id: str, count: int) -> Receipt:
    receipt = Receipt(Destroyed.SESSION, vault.opaque("session", session_id), steady_now(vault), count)
    with vault.database.transaction() as change:
        change.execute("DELETE FROM sessions WHERE id = ?", (session_id,))
        change.execute("DELETE FROM holds WHERE kind = 'session' AND object = ?", (session_id,))
        drop_words_of(change, session_id)
        forget_rulings(change, session_id)
        add_receipt(change, receipt)
        vault.audit.record(Action.SESSION_ERASED, receipt.object_id)
    vault.database.checkpoint()
    return receipt


def _drop_unreadable(change: Statements, table: str, destroyed: frozenset[str]) -> int:
    """Drop the rows that were sealed with a key which is no more; how many."""
    found = change.execute(f"SELECT DISTINCT keys FROM {table}").fetchall()  # noqa: S608  a table of this file
    dead = [(keys,) for (keys,) in found if not destroyed.isdisjoint(keys.split())]
    change.executemany(f"DELETE FROM {table} WHERE keys = ?", dead)  # noqa: S608  a table of this file
    return len(dead)


def _drop_sealed_with(change: Statements, table: str, key_id: str) -> None:
    _drop_unreadable(change, table, frozenset((key_id,)))
