"""The database's shape: from the oldest one upwards, each step whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.errors import VaultError
from assistant.store.database import Database
from assistant.store.schema import MIGRATIONS, migrate
from assistant.store.seal import new_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLDEST = (
    """CREATE TABLE audit (line INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL,
    object TEXT NOT NULL, outcome TEXT NOT NULL, chain BLOB NOT NULL) STRICT""",
    """INSERT INTO audit VALUES (1, '2026-03-05T18:00:00.000000+00:00', 'facilitator', 'vault created',
    '0123456789abcdef0123456789abcdef', 'done', x'00')""",
)
"""The first shape that ever lay on a disk: an audit log and no list of steps."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty encrypted database."""
    made = Database.create(tmp_path / "d.db", new_key())
    yield made
    made.close()


def shape(database: Database) -> list[tuple[str, str]]:
    """Every table as it was declared."""
    return [(name, sql) for name, sql in database.read("SELECT name, sql FROM sqlite_master WHERE type = 'table'")]


def test_the_oldest_shape_becomes_the_present_one(tmp_path: Path, database: Database) -> None:
    """What was in it stays, and it ends as a new one begins."""
    with database.transaction() as change:
        for statement in OLDEST:
            change.execute(statement)

    assert migrate(database) == tuple(step.__name__ for step in MIGRATIONS)
    assert database.read("SELECT action FROM audit") == [("vault created",)]
    fresh = Database.create(tmp_path / "fresh.db", new_key())
    migrate(fresh)
    tables, fresh_tables = ({name for name, _ in shape(d)} for d in (database, fresh))
    fresh.close()
    assert tables == fresh_tables


@pytest.mark.parametrize("taken", range(len(MIGRATIONS) + 1))
def test_every_earlier_shape_goes_on_where_it_stopped(database: Database, taken: int) -> None:
    """A database of any earlier version takes the steps that it lacks, once."""
    with database.transaction() as change:
        change.execute("CREATE TABLE migrations (step TEXT PRIMARY KEY) STRICT")
    for step in MIGRATIONS[:taken]:
        with database.transaction() as change:
            step(change)
            change.execute("INSERT INTO migrations VALUES (?)", (step.__name__,))

    assert migrate(database) == tuple(step.__name__ for step in MIGRATIONS[taken:])
    assert migrate(database) == ()


def test_a_step_that_fails_leaves_nothing_of_itself(database: Database) -> None:
    """A table that stands in the way of the third step: the first two stay, nothing of the third, and it can go on."""
    with database.transaction() as change:
        change.execute("CREATE TABLE settlements (x TEXT)")
    with pytest.raises(VaultError):
        migrate(database)

    assert "entries" not in {name for name, _ in shape(database)}
    with database.transaction() as change:
        change.execute("DROP TABLE settlements")
    assert migrate(database) == tuple(step.__name__ for step in MIGRATIONS[2:])


def test_a_newer_vault_is_refused_in_one_line(database: Database) -> None:
    """An older program neither reads nor changes what it does not know."""
    migrate(database)
    with database.transaction() as change:
        change.execute("INSERT INTO migrations VALUES ('m99_later')")
    before = shape(database)

    with pytest.raises(VaultError, match="newer version") as refused:
        migrate(database)
    assert "\n" not in str(refused.value)
    assert shape(database) == before


def test_what_is_kept_of_a_person_is_sealed(database: Database) -> None:
    """No column of any table is named or meant for a word, a name or a fact: those are in sealed bodies alone."""
    migrate(database)
    columns = {
        column
        for name, _ in shape(database)
        for (column,) in database.read("SELECT name FROM pragma_table_info(?)", (name,))
    }

    assert not columns & {"text", "name", "words", "title", "note", "aliases", "resolution"}
