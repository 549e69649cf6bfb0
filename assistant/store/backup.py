"""Copies of a vault in another folder, and the way back.

A backup folder holds dated copies of the database, the header, and **one** keys file, which every backup replaces by
the current one. The data keys lie in that file alone, so that whoever was erased since is unreadable in every older
copy of the folder as well. Audio is not in a backup: it is short-lived by rule.

A folder copied by other means (a disk image, a synchronised folder) keeps old keys files: erasure does not reach it.
"""

from __future__ import annotations

import re
import secrets
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import VaultError
from assistant.store import audit, datakeys, files
from assistant.store.audit import FACILITATOR, Action, AuditLog
from assistant.store.carrying import carry_over
from assistant.store.clock import Clock, SystemClock
from assistant.store.database import Database
from assistant.store.datakeys import DataKeys
from assistant.store.header import NAME as HEADER_NAME
from assistant.store.header import read_header
from assistant.store.hold import hold
from assistant.store.passphrase import Passphrase
from assistant.store.unlocking import Unlocked, unlock
from assistant.store.vault import DATABASE_NAME, Vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assistant.store.header import Header, Secret

_COPY = re.compile(r"vault-[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}\.db")
_HEAD = ".head"
_PART = ".part"


def back_up(vault: Vault, folder: Path, secret: Secret | None = None) -> str:
    """Write a copy of the vault as it is now.

    Args:
        vault: Open; it may be at work.
        folder: Holds earlier backups of the same vault, or is empty, or is not there.
        secret: What opens the backups instead of what opens the vault: a keyring does not outlive its machine. Without
            it, backups of a vault that a keyring opens keep the passphrase they have.

    Returns:
        The copy's name.

    Raises:
        VaultError: The folder holds another vault, or cannot be written.
    """
    header = _require_own(vault, folder)
    if secret is not None:
        header = vault.unlocked.resealed(secret).header
    elif header is None or header.kind == vault.unlocked.header.kind or header.kind != Passphrase.kind:
        header = vault.unlocked.header
    files.make_folder(folder)
    _sweep(folder)
    _take_erasures(vault, folder)
    stamp = vault.clock.now().strftime("%Y%m%dT%H%M%SZ")
    name = f"vault-{stamp}-{secrets.token_hex(2)}.db"
    part, ring = folder / f"{name}{_PART}", vault.unlocked.ring
    try:
        vault.database.backup_to(part)
        # Opening checks every page; only what can be read again counts as a backup.
        with closing(Database.open(part, ring.database)) as database:
            log = AuditLog(database, folder / f"{name}{_HEAD}", ring.audit, vault.clock)
            log.write_head()
            log.verify()
        # After the copy: it needs no key that was made later, and none of its keys may be missing.
        vault.keys.write_to(folder / datakeys.NAME)
        header.write(folder)
        files.move(part, folder / name)
    except VaultError:
        part.unlink(missing_ok=True)
        (folder / f"{name}{_HEAD}").unlink(missing_ok=True)
        raise
    vault.audit.record(Action.BACKED_UP, vault.id)
    return name


def copies(folder: Path) -> tuple[str, ...]:
    """Return the names of the copies in a backup folder, oldest first.

    Raises:
        VaultError: There is none.
    """
    try:
        found = sorted(path.name for path in folder.iterdir() if _COPY.fullmatch(path.name))
    except OSError as failure:
        raise VaultError(f"cannot read the backup folder {folder}: {failure.strerror}") from None
    if not found:
        raise VaultError(f"there is no backup in {folder}: name the folder that 'assistant vault backup' wrote")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore put in place."""

    copy: str
    audit_lines: int
    erased: int
    """Keys of members and sessions that stay destroyed, whatever the copy holds of them."""
    log_carried: bool
    """Whether the replaced vault's log goes on in the restored one (also where there was none to replace). Where it
    does not, what was struck since the copy is not known either, and comes back with it."""
    struck: int = 0
    """Strikes since the copy was made, carried out in it as well."""


def restore(  # noqa: PLR0913  each is a choice of the person who restores
    folder: Path,
    backups: Path,
    ask: Callable[[Path], Secret],
    *,
    copy: str | None = None,
    replace: bool = False,
    clock: Clock | None = None,
    who: str = FACILITATOR,
) -> Restored:
    """Put a copy in the place of the vault, after checking that it opens and that its audit log is whole.

    What either the present vault or the backup folder knows to be erased stays erased. What the present vault knows to
    be struck is struck in the copy as well, and what it must not lose (``carrying.py``) is taken over.

    Args:
        folder: Where the vault is to lie.
        backups: The backup folder.
        ask: Gives the secret for the header in a folder: first of the vault that is replaced, whose header then stays;
            where that does not open, of the backups.
        copy: Which copy; the newest by default.
        replace: Replace the vault that is there; else there must be none.
        clock: Says what time it is.
        who: The operator, for the audit log.

    Raises:
        VaultError: There is a vault already, the copy is damaged, or the vault there is another one.
    """
    names = copies(backups)
    name = names[-1] if copy is None else copy
    if name not in names:
        raise VaultError(f"there is no such copy in {backups}: choose one of {', '.join(names)}")
    of = _Copy(backups, name, clock or SystemClock(), who)
    if replace and (folder / HEADER_NAME).is_file():
        return _replace(folder, of, ask)
    files.require_free(folder)
    unlocked = unlock(backups, ask(backups))
    with files.built_aside(folder) as aside:
        unlocked.header.write(aside)
        return of.build(aside, unlocked)


@dataclass(frozen=True, slots=True)
class _Copy:
    """A copy in a backup folder, on its way back."""

    backups: Path
    name: str
    clock: Clock
    who: str

    def build(self, aside: Path, unlocked: Unlocked, present: Path | None = None) -> Restored:
        """Make database, keys and audit log in ``aside``; with what the vault in ``present`` knows."""
        ring = unlocked.ring
        files.copy(self.backups / self.name, aside / DATABASE_NAME)
        files.copy(self.backups / f"{self.name}{_HEAD}", aside / audit.HEAD_NAME)
        files.copy(self.backups / datakeys.NAME, aside / datakeys.NAME)
        keys = DataKeys.open(aside / datakeys.NAME, ring.wrapping, ring.opaque)
        if present is not None:
            keys.merge(DataKeys.open(present / datakeys.NAME, ring.wrapping, ring.opaque))
        with closing(Database.open(aside / DATABASE_NAME, ring.database)) as database:
            log = AuditLog(database, aside / audit.HEAD_NAME, ring.audit, self.clock, self.who)
            log.verify()
            struck = 0 if present is None else self._carry(log, keys, database, present, unlocked)
            carried = struck is not None
            keys.heed(log.objects(Action.KEY_DESTROYED))
            if not carried:
                log.record(Action.LOG_BROKEN_OFF, unlocked.header.vault)
            log.record(Action.RESTORED, unlocked.header.vault)
            return Restored(self.name, log.verify(), len(keys.destroyed), carried, struck or 0)

    def _carry(
        self, log: AuditLog, keys: DataKeys, database: Database, present: Path, unlocked: Unlocked
    ) -> int | None:
        """Take over what the present vault must not lose; how many strikes that were, None where it does not open."""
        ring = unlocked.ring
        # The vault there may be damaged, which may be why it is replaced; the restored log says so.
        try:
            there = Database.open(present / DATABASE_NAME, ring.database)
        except VaultError:
            return None
        with closing(there):
            try:
                log.carry_over(AuditLog(there, present / audit.HEAD_NAME, ring.audit, self.clock))
            except VaultError:
                return None
            keys.heed(log.objects(Action.KEY_DESTROYED))
            return carry_over(there, database, keys, self.clock.now())


def _replace(folder: Path, of: _Copy, ask: Callable[[Path], Secret]) -> Restored:
    with closing(hold(folder)):
        present, unlocked = _which(folder, of.backups, ask)
        with files.aside(folder) as aside:
            restored = of.build(aside, unlocked, folder)
            # In this order every step in between still opens: the keys serve both databases, and the log of the new
            # one goes on where the old head file points.
            DataKeys.open(aside / datakeys.NAME, unlocked.ring.wrapping, unlocked.ring.opaque).write_to(
                folder / datakeys.NAME
            )
            if not present:
                unlocked.header.write(folder)
            for leftover in ("-wal", "-shm"):
                files.remove(folder / f"{DATABASE_NAME}{leftover}")
            files.move(aside / DATABASE_NAME, folder / DATABASE_NAME)
            files.move(aside / audit.HEAD_NAME, folder / audit.HEAD_NAME)
        return restored


def _which(folder: Path, backups: Path, ask: Callable[[Path], Secret]) -> tuple[bool, Unlocked]:
    """Return whether the present header opens, and the keys, after checking that it is the backups' vault."""
    theirs = read_header(backups)
    try:
        unlocked = unlock(folder, ask(folder))
    except VaultError:
        unlocked = unlock(backups, ask(backups))
        present = False
    else:
        present = True
    if theirs is not None and theirs.vault != unlocked.header.vault:
        raise VaultError(f"{backups} holds backups of another vault than {folder}: move that folder away first")
    ring = unlocked.ring
    try:
        DataKeys.open(folder / datakeys.NAME, ring.wrapping, ring.opaque)
    except VaultError:
        raise VaultError(
            f"the keys in {folder} do not open, so what was erased since the backup is not known: "
            "move that folder away, then restore, then erase again who was erased since"
        ) from None
    return present, unlocked


def _require_own(vault: Vault, folder: Path) -> Header | None:
    """Return the header of the vault's backups in ``folder``, if there are any."""
    if folder.resolve().is_relative_to(vault.folder.resolve()):
        raise VaultError(f"{folder} is in the vault itself: choose a folder on another disk")
    if not (folder / HEADER_NAME).is_file():
        return None
    header = read_header(folder)
    if header is None or header.vault != vault.id:
        raise VaultError(f"{folder} holds backups of another vault: choose another folder")
    return header


def _sweep(folder: Path) -> None:
    """Remove what a killed backup left: copies not finished, and ends of logs without their copy."""
    for name in (datakeys.NAME, HEADER_NAME):
        files.tidy(folder / name)
    for path in folder.glob(f"vault-*.db{_PART}*"):
        files.remove(path)
    for path in folder.glob(f"vault-*.db{_HEAD}*"):
        if path.suffix != _HEAD or not path.with_suffix("").exists():
            files.remove(path)


def _take_erasures(vault: Vault, folder: Path) -> None:
    """Heed what the folder's keys file knows to be erased and this vault, restored from an older copy, may not."""
    ring = vault.unlocked.ring
    if (folder / datakeys.NAME).is_file():
        vault.keys.heed(DataKeys.open(folder / datakeys.NAME, ring.wrapping, ring.opaque).destroyed)
