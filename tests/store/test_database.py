"""The database keeps what was committed, nothing of what was not, and tells nobody without the key."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from assistant.errors import VaultError
from assistant.store.database import Database
from assistant.store.seal import new_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CANARY = "threw the letters from the bridge"
KEY = bytes(range(32))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database with one table, and a line that must be found nowhere."""
    made = Database.create(tmp_path / "vault.db", KEY)
    with made.transaction() as change:
        change.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, words TEXT UNIQUE)")
        change.execute("INSERT INTO said (words) VALUES (?)", (CANARY,))
    yield made
    made.close()


def everything(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_words_are_in_no_file(database: Database, tmp_path: Path) -> None:
    """Not in the database, nor in its log while it is open, nor in a copy; and no other file appears."""
    database.backup_to(tmp_path / "copy.db")
    while_open = everything(tmp_path)
    database.checkpoint()
    after = everything(tmp_path)

    assert set(while_open) == {"vault.db", "vault.db-wal", "copy.db"}
    assert len(while_open["vault.db-wal"]) > 4096
    assert len(after["vault.db-wal"]) == 0
    for content in (*while_open.values(), *after.values()):
        assert CANARY.encode() not in content
        assert b"SQLite format" not in content
        assert b"CREATE TABLE" not in content


def test_a_file_is_its_owners_alone(database: Database, tmp_path: Path) -> None:
    """Nobody else on the machine may read the database, its log or its copy."""
    database.backup_to(tmp_path / "copy.db")

    assert {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()} == dict.fromkeys(
        ("vault.db", "vault.db-wal", "copy.db"), "0o600"
    )


def test_another_key_does_not_open_it(database: Database, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """One clear line, and SQLCipher writes nothing of its own to the terminal."""
    database.close()

    with pytest.raises(VaultError, match="does not open: it was changed or is damaged"):
        Database.open(tmp_path / "vault.db", new_key())
    assert capfd.readouterr() == ("", "")


def test_a_changed_byte_on_any_page_is_noticed(database: Database, tmp_path: Path) -> None:
    """The file is refused as it is opened, before anything is read from it."""
    path = tmp_path / "vault.db"
    with database.transaction() as change:
        change.executemany("INSERT INTO said (words) VALUES (?)", ((f"{n} {CANARY * 100}",) for n in range(20)))
    database.close()
    whole = path.read_bytes()

    for at in (0, 20, 2000, 4095, 4096, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(VaultError, match="does not open"):
            Database.open(path, KEY)
    path.write_bytes(whole)
    Database.open(path, KEY).close()


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    """Opening what is not there says so, and leaves nothing behind."""
    with pytest.raises(VaultError, match="missing"):
        Database.open(tmp_path / "vault.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_a_transaction_is_whole_or_nothing(database: Database) -> None:
    """What a block did before it raised is not there."""

    def half() -> None:
        with database.transaction() as change:
            change.execute("INSERT INTO said (words) VALUES ('half')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()

    assert database.read("SELECT count(*) FROM said WHERE words = 'half'") == [(0,)]


def test_a_block_inside_another_stands_or_falls_with_it(database: Database) -> None:
    """The inner block ended well, the outer one did not: nothing of either; and nothing waits for the next one."""
    told: list[str] = []

    def undone() -> None:
        with database.transaction() as outer:
            outer.execute("INSERT INTO said (words) VALUES ('outer')")
            with database.transaction() as inner:
                inner.execute("INSERT INTO said (words) VALUES ('inner')")
                database.after_commit(lambda: told.append("undone"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    with database.transaction():
        database.after_commit(lambda: told.append("done"))
        assert told == []

    assert told == ["done"]
    assert database.read("SELECT count(*) FROM said") == [(1,)]


def test_errors_say_nothing_of_what_was_written(database: Database) -> None:
    """SQLite quotes statements and column names; ours quote neither."""
    wrong = (
        (f"INSERT INTO said (words) VALUES ('{CANARY}')", ()),  # noqa: S608  what an error must not quote
        ("INSERT INTO said (words) VALUES (?)", (CANARY,)),
        (f"SELECT * FROM '{CANARY}'", ()),  # noqa: S608  as above
        (f"this is no SQL: {CANARY}", ()),
        ("INSERT INTO said (words) VALUES (?)", (CANARY, CANARY)),
    )
    for sql, values in wrong:
        with pytest.raises(VaultError) as refused, database.transaction() as change:
            change.execute(sql, values)
        assert "bridge" not in str(refused.value)
        assert "said" not in str(refused.value)
        assert refused.value.__cause__ is None
        assert refused.value.__suppress_context__


def test_threads_take_turns(database: Database) -> None:
    """Several threads write and read at once, and nothing is lost."""

    def write(start: int) -> None:
        for number in range(start, start + 25):
            with database.transaction() as change:
                change.execute("INSERT INTO said (words) VALUES (?)", (str(number),))
            database.read("SELECT max(id) FROM said")

    threads = [threading.Thread(target=write, args=(n * 100,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert database.read("SELECT count(*) FROM said") == [(101,)]


def test_after_closing_it_says_that_it_is_closed(database: Database) -> None:
    """A late caller gets a clear line; closing twice is no error."""
    database.close()
    database.close()

    with pytest.raises(VaultError, match="closed"):
        database.read("SELECT 1")
    with pytest.raises(VaultError, match="closed"), database.transaction():
        pass
