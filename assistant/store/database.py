"""One SQLCipher file behind a lock. The only importer of ``sqlcipher3``.

SQLite's own errors may quote the statement or a value, and values are speech: none of their text leaves this file.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as sqlcipher

from assistant.errors import VaultError
from assistant.store import files
from assistant.store.seal import KEY_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

Value = str | bytes | int | float | None
Row = tuple[Any, ...]

_BEFORE_USE = (
    # SQLCipher would write about a wrong key to standard error on its own.
    "PRAGMA cipher_log_level = NONE",
)
_AFTER_KEY = (
    # One process alone; and then the index of the write-ahead log is no file.
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA journal_mode = WAL",
    # A committed line is on the disk when the call returns.
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
)


class Statements:
    """What a transaction can do."""

    def __init__(self, cursor: Any) -> None:  # noqa: ANN401  the library has no types
        self._cursor = cursor

    def execute(self, sql: str, values: Sequence[Value] = ()) -> Statements:
        """Run one statement.

        Raises:
            VaultError: It breaks a rule of the schema, or the disk failed.
        """
        with _translated():
            self._cursor.execute(sql, values)
        return self

    def executemany(self, sql: str, rows: Iterable[Sequence[Value]]) -> Statements:
        """Run one statement for every row.

        Raises:
            VaultError: As ``execute``.
        """
        with _translated():
            self._cursor.executemany(sql, rows)
        return self

    def fetchall(self) -> list[Row]:
        """Return the rows of the last statement."""
        with _translated():
            return [tuple(row) for row in self._cursor.fetchall()]

    def fetchone(self) -> Row | None:
        """Return the next row of the last statement, or None."""
        with _translated():
            row = self._cursor.fetchone()
        return None if row is None else tuple(row)

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed."""
        return int(self._cursor.rowcount)


class Database:
    """An open SQLCipher file; any thread may use it, one at a time.

    ``synchronous=FULL`` with a write-ahead log: what ``transaction`` committed survives a power cut.
    """

    def __init__(self, path: Path, key: bytes, connection: Any) -> None:  # noqa: ANN401  the library has no types
        self.path = path
        self._key = key
        self._open: Any = connection
        self._lock = threading.RLock()
        self._depth = 0
        self._afterwards: list[Callable[[], None]] = []

    @classmethod
    def create(cls, path: Path, key: bytes) -> Database:
        """Make an empty encrypted file that its owner alone may read, and open it.

        Raises:
            VaultError: The file exists, or cannot be made.
        """
        files.make_private(path)
        return cls._connected(path, key)

    @classmethod
    def open(cls, path: Path, key: bytes) -> Database:
        """Open an encrypted file, after checking the code of every page in it.

        Args:
            path: The file.
            key: 32 bytes, used as they are.

        Raises:
            VaultError: There is no such file, the key is another, or a page was changed.
        """
        if not path.is_file():
            raise VaultError(f"{path} is missing: restore a backup")
        return cls._connected(path, key)

    @classmethod
    def _connected(cls, path: Path, key: bytes) -> Database:
        if len(key) != KEY_BYTES:
            raise ValueError("a database key has 32 bytes")
        connection = None
        try:
            # The address form, so that a file that is not there is never made.
            connection = sqlcipher.connect(
                f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
            )
            for statement in _BEFORE_USE:
                connection.execute(statement)
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            for statement in _AFTER_KEY:
                connection.execute(statement).fetchall()
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
            wrong = _DAMAGED if connection.execute("PRAGMA cipher_integrity_check").fetchall() else None
        except sqlcipher.Error as failure:
            wrong = _NOT_ITS_FAULT.get(_plain_code(failure), _DAMAGED)
        if connection is None or wrong is not None:
            if connection is not None:
                connection.close()
            raise VaultError(f"{path} does not open: {wrong or _DAMAGED}")
        return cls(path, key, connection)

    def read(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Return all rows of a query.

        Raises:
            VaultError: The file is damaged or the query is wrong.
        """
        with self._lock, _translated():
            return [tuple(row) for row in self._connection.execute(sql, values).fetchall()]

    @contextmanager
    def transaction(self) -> Iterator[Statements]:
        """Commit what the block does, whole, when it ends; nothing of it when it raises.

        Inside another transaction of the same thread the block is a part of that one.

        Raises:
            VaultError: The disk is full or failed; nothing of it was kept.
        """
        with self._lock:
            outermost = self._depth == 0
            if outermost:
                with _translated():
                    self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield Statements(self._connection.cursor())
                if outermost:
                    with _translated():
                        self._connection.execute("COMMIT")
            except BaseException:
                if outermost:
                    self._afterwards.clear()
                    self._roll_back()
                raise
            finally:
                self._depth -= 1
            if outermost:
                waiting, self._afterwards = self._afterwards, []
                for act in waiting:
                    act()

    def after_commit(self, act: Callable[[], None]) -> None:
        """Call ``act`` once the transaction that is open now is on the disk; never where it is undone.

        Without an open transaction it is called at once; one that waits already is called once.
        """
        with self._lock:
            if self._depth:
                if act not in self._afterwards:
                    self._afterwards.append(act)
            else:
                act()

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file and cut the log to nothing."""
        with self._lock, _translated():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def backup_to(self, path: Path) -> None:
        """Write a consistent copy under the same key into a file that does not exist yet; on the disk at return.

        Raises:
            VaultError: The copy cannot be written; what was written of it is removed.
        """
        copy = Database.create(path, self._key)
        try:
            with self._lock, _translated():
                self._connection.backup(copy._connection)  # noqa: SLF001  another object of this class
            copy.checkpoint()
            copy.close()
        except VaultError:
            copy.close()
            path.unlink(missing_ok=True)
            raise

    def close(self) -> None:
        """Cut the write-ahead log and close the file; a second call does nothing."""
        with self._lock:
            connection, self._open = self._open, None
            if connection is None:
                return
            try:
                with _translated():
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                connection.close()

    @property
    def _connection(self) -> Any:  # noqa: ANN401  the library has no types
        if self._open is None:
            raise VaultError("the vault is closed: open it again")
        return self._open

    def _roll_back(self) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlcipher.Error:
            # SQLite has undone it already, as it does on a full disk; the error that brought us here travels on.
            return


@contextmanager
def _translated() -> Iterator[None]:
    """Turn SQLite's errors into ours, by their kind alone."""
    try:
        yield
    except sqlcipher.Error as failure:
        said = _SPOKEN.get(_plain_code(failure)) or f"refused an entry ({type(failure).__name__})"
        raise VaultError(f"the vault {said}; nothing of it was kept") from None


def _plain_code(failure: Exception) -> int | None:
    """Return SQLite's own number for an error; extended numbers carry it in their low byte."""
    code = getattr(failure, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


_DAMAGED = "it was changed or is damaged; restore a backup"
_NOT_ITS_FAULT = {
    sqlcipher.SQLITE_CANTOPEN: "the system does not let us; check who may read and write it",
    sqlcipher.SQLITE_PERM: "the system does not let us; check who may read and write it",
    sqlcipher.SQLITE_READONLY: "it cannot be written; check who may write its folder",
    sqlcipher.SQLITE_BUSY: "another program holds it; close that and try again",
    sqlcipher.SQLITE_LOCKED: "another program holds it; close that and try again",
    sqlcipher.SQLITE_FULL: "the disk is full; make room and try again",
    sqlcipher.SQLITE_IOERR: "the disk failed; check it before anything else",
    sqlcipher.SQLITE_NOMEM: "there is not enough memory; close other programs",
}
"""Why a sound file may not open."""
_SPOKEN = {
    sqlcipher.SQLITE_FULL: "cannot grow: the disk is full, make room and try again",
    sqlcipher.SQLITE_IOERR: "cannot be written or read: the disk failed",
    sqlcipher.SQLITE_READONLY: "cannot be written: check who may write its folder",
    sqlcipher.SQLITE_CORRUPT: "is damaged: restore a backup",
    sqlcipher.SQLITE_NOTADB: "is damaged: restore a backup",
    sqlcipher.SQLITE_BUSY: "is held by another program: close it and try again",
    sqlcipher.SQLITE_LOCKED: "is held by another program: close it and try again",
    sqlcipher.SQLITE_CANTOPEN: "cannot be opened: check that its folder is there",
}
