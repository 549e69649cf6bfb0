"""The sound of sessions: which spool belongs to which, its key, and what is still to be overwritten in it."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

from assistant.store.jointly import DataClass, key_name
from assistant.store.spool import Spool
from assistant.store.spool_files import discard, spool_path

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.store.vault import Vault

FOLDER = "spool"


class Sounds:
    """The spools of a vault. Any thread may use it."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._folder = vault.folder / FOLDER
        self._open: dict[str, Spool] = {}
        self._lock = threading.RLock()

    def key(self, session_id: str) -> bytes:
        """Return the key of a session's sound: 32 bytes, made at the first ask.

        Raises:
            VaultError: The sound was purged or the session erased.
        """
        return self._vault.keys.of_session(key_name(session_id, DataClass.AUDIO))

    def path(self, session_id: str) -> Path:
        """Return where a session's spool lies, or would."""
        return spool_path(self._folder, session_id)

    def create(self, session_id: str, channels: int) -> Spool:
        """Begin a session's spool; strikes reach it as long as it is open.

        Raises:
            VaultError: There is one already, or the disk does not let us.
        """
        with self._lock:
            spool = self._open[session_id] = Spool.create(self._folder, session_id, self.key(session_id), channels)
            return spool

    def reopen(self, session_id: str) -> Spool:
        """Go on with the spool of a session that a crash cut short.

        Raises:
            VaultError: There is none, or it cannot be read.
        """
        with self._lock:
            spool = self._open.get(session_id)
            if spool is None or spool.closed:
                spool = self._open[session_id] = Spool.open(self._folder, session_id, self.key(session_id))
            return spool

    def exists(self, session_id: str) -> bool:
        """Whether a session has a spool."""
        return self.path(session_id).exists()

    def playable(self, session_id: str) -> bool:
        """Whether a session has a spool and the key to it stands."""
        key_id = self._vault.keys.id_of_session(key_name(session_id, DataClass.AUDIO))
        return key_id not in self._vault.keys.destroyed and self.exists(session_id)

    def on_disk(self) -> tuple[tuple[str, dt.datetime], ...]:
        """Return every session of which a spool lies here, and when it was last written."""
        return tuple(
            (path.stem, dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC))
            for path in sorted(self._folder.glob("*.spool"))
        )

    def finish_strikes(self, session_id: str) -> None:
        """Overwrite what is still to be overwritten of a session's sound.

        Raises:
            VaultError: The spool cannot be opened or the disk failed; it stays to be done.
        """
        ranges = self._vault.database.read('SELECT start, "end" FROM sound_to_strike WHERE session = ?', (session_id,))
        if not ranges:
            return
        with self._lock:
            if self.exists(session_id):
                known = self._open.get(session_id)
                in_use = known is not None and not known.closed
                spool = known if known is not None and in_use else self.reopen(session_id)
                try:
                    for start, end in ranges:
                        spool.strike(start, end)
                finally:
                    if not in_use:
                        spool.close()
        with self._vault.database.transaction() as change:
            change.executemany(
                'DELETE FROM sound_to_strike WHERE session = ? AND start = ? AND "end" = ?',
                [(session_id, start, end) for start, end in ranges],
            )

    def destroy(self, session_id: str) -> bool:
        """Destroy the key of a session's sound and remove the file; whether there was one.

        Raises:
            VaultError: The key or the file cannot be removed.
        """
        with self._lock:
            spool = self._open.pop(session_id, None)
            if spool is not None and not spool.closed:
                spool.close()
            self._vault.keys.destroy_session(key_name(session_id, DataClass.AUDIO))
            return discard(self._folder, session_id)
