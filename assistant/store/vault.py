"""The vault: a folder with one encrypted database, its data keys, its audit log, and the header that opens it.

Passphrase or keyring -> header (``header.py``) -> vault key -> one subkey each for the database, for wrapping data
keys, for the audit log and for opaque ids (``ring.py``). The vault key lives in this process's memory alone.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Self

from assistant.errors import VaultError
from assistant.store import audit, datakeys, files
from assistant.store.audit import FACILITATOR, Action, AuditLog
from assistant.store.clock import Clock, SystemClock
from assistant.store.database import Database
from assistant.store.datakeys import DataKeys
from assistant.store.header import NAME as HEADER_NAME
from assistant.store.header import require_header
from assistant.store.hold import PATIENCE_S, hold
from assistant.store.schema import migrate
from assistant.store.unlocking import new_vault, unlock

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from assistant.store.header import Secret
    from assistant.store.unlocking import Unlocked

DATABASE_NAME = "vault.db"


class Vault:
    """An open vault; this process holds it alone until ``close``."""

    folder: Path
    clock: Clock
    database: Database
    keys: DataKeys
    audit: AuditLog

    def __init__(self, folder: Path, unlocked: Unlocked, held: IO[bytes], clock: Clock, who: str) -> None:
        """Use ``create`` or ``open``."""
        self.folder = folder
        self.clock = clock
        self._unlocked = unlocked
        self._held = held
        ring = unlocked.ring
        self.database = Database.open(folder / DATABASE_NAME, ring.database)
        try:
            self.keys = DataKeys.open(folder / datakeys.NAME, ring.wrapping, ring.opaque)
            self.audit = AuditLog(self.database, folder / audit.HEAD_NAME, ring.audit, clock, who)
        except VaultError:
            self.database.close()
            raise

    @classmethod
    def create(cls, folder: Path, secret: Secret, clock: Clock | None = None, who: str = FACILITATOR) -> Self:
        """Make a vault in a folder that is empty or not there, and open it.

        It is made aside and moved into place whole: a crash leaves no vault, never half of one.

        Args:
            folder: Where it will lie.
            secret: What will open it.
            clock: Says what time it is; the machine's by default.
            who: The operator, for the audit log.

        Raises:
            VaultError: There is a vault already, the secret is too weak, or the disk does not let us.
        """
        files.require_free(folder)
        clock = clock or SystemClock()
        unlocked = new_vault(secret)
        try:
            with files.built_aside(folder) as aside:
                _lay(aside, unlocked, clock, who)
        except VaultError:
            unlocked.forget()
            raise
        held = hold(folder)
        try:
            vault = cls(folder, unlocked, held, clock, who)
        except BaseException:
            held.close()
            raise
        vault._settle(mend=False)
        return vault

    @classmethod
    def open(
        cls,
        folder: Path,
        secret: Secret,
        clock: Clock | None = None,
        who: str = FACILITATOR,
        *,
        mend_audit_head: bool = False,
    ) -> Self:
        """Open a vault.

        Args:
            folder: Where it lies.
            secret: What opens it.
            clock: Says what time it is; the machine's by default.
            who: The operator, for the audit log.
            mend_audit_head: Open although the end of the audit log is not where its file says, and record that.

        Raises:
            VaultError: There is no vault, the secret is wrong, a file was changed, or another process still holds it
                after a short wait.
        """
        require_header(folder)
        held = hold(folder, PATIENCE_S)
        try:
            vault = cls(folder, unlock(folder, secret), held, clock or SystemClock(), who)
        except BaseException:
            held.close()
            raise
        vault._settle(mend=mend_audit_head)
        return vault

    def _settle(self, *, mend: bool) -> None:
        try:
            for name in (audit.HEAD_NAME, HEADER_NAME):
                files.tidy(self.folder / name)
            files.clear_asides(self.folder)
            prepare(self.database)
            if mend:
                self.audit.record(Action.HEAD_MENDED, self.id)
            self.audit.check_head()
            # The log is written before a key goes: what a crash left undone in between is done now.
            self.keys.heed(self.audit.objects(Action.KEY_DESTROYED))
            self.keys.told_first(lambda key_id: self.audit.record(Action.KEY_DESTROYED, key_id))
            self.audit.record(Action.VAULT_OPENED, self.id)
        except BaseException:
            self.close()
            raise

    @property
    def id(self) -> str:
        """Which vault this is: random, 32 hexadecimal digits."""
        return self._unlocked.header.vault

    @property
    def unlocked(self) -> Unlocked:
        """How the vault is opened at present, and its keys: for backups."""
        return self._unlocked

    def opaque(self, kind: str, *parts: str) -> str:
        """Return the id (32 hexadecimal digits) that stands for a thing wherever its name must not.

        The same in every run, and nobody without the vault key can tell what it stands for.
        """
        return self._unlocked.ring.opaque(kind, *parts)

    def change_key(self, secret: Secret) -> None:
        """Have ``secret`` open the vault from now on, and the old one no longer.

        The header alone is written anew; a crash leaves the old one or the new one. A copy of the old header (in a
        backup folder until the next backup, or in anybody's hands) still opens with the old secret, and what it opens
        is the same vault key: where that is a danger, make a new vault.

        Raises:
            VaultError: The secret is too weak, or the header cannot be written; the old one still opens the vault.
        """
        old, new = self._unlocked, self._unlocked.resealed(secret)
        try:
            new.header.write(self.folder)
        except VaultError:
            new.forget()
            raise
        self._unlocked = new
        self.audit.record(Action.KEY_CHANGED, self.id)
        old.forget()

    def close(self) -> None:
        """Close the files and let others have the vault; a second call does nothing."""
        try:
            self.database.close()
        finally:
            self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def prepare(database: Database) -> None:
    """Bring a database to the shape that this version of the program uses.

    Raises:
        VaultError: The file cannot be written.
    """
    migrate(database)


def _lay(folder: Path, unlocked: Unlocked, clock: Clock, who: str) -> None:
    ring = unlocked.ring
    database = Database.create(folder / DATABASE_NAME, ring.database)
    try:
        prepare(database)
        log = AuditLog(database, folder / audit.HEAD_NAME, ring.audit, clock, who)
        log.record(Action.VAULT_CREATED, unlocked.header.vault)
    finally:
        database.close()
    DataKeys.create(folder / datakeys.NAME, ring.wrapping, ring.opaque)
    unlocked.header.write(folder)
