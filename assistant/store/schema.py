"""The shape of the database: named steps in order, each in a transaction of its own, and a table of those that ran.

A step is never edited once it has been released: another one is added behind it. What is sealed lies in ``body``, a
blob that opens with all the keys whose ids stand in ``keys`` (``jointly.py``), so that no column tells a name or a
word. Ids of people are opaque to begin with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import VaultError
from assistant.store.audit import AUDIT_TABLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.store.database import Database, Statements

_RAN = "CREATE TABLE IF NOT EXISTS migrations (step TEXT PRIMARY KEY) STRICT"


def migrate(database: Database) -> tuple[str, ...]:
    """Bring a database to the present shape, and return the names of the steps that this took.

    Raises:
        VaultError: A newer version of the program has written it, or the disk failed; a step is whole or was not.
    """
    with database.transaction() as change:
        change.execute(_RAN)
    ran = {name for (name,) in database.read("SELECT step FROM migrations")}
    known = {step.__name__ for step in MIGRATIONS}
    if ran - known:
        raise VaultError("this vault was written by a newer version of this program: install that one to open it")
    taken: list[str] = []
    for step in MIGRATIONS:
        if step.__name__ not in ran:
            with database.transaction() as change:
                step(change)
                change.execute("INSERT INTO migrations VALUES (?)", (step.__name__,))
            taken.append(step.__name__)
    return tuple(taken)


def m01_audit(change: Statements) -> None:
    """Who did what, when."""
    change.execute(AUDIT_TABLE)


def m02_sessions(change: Statements) -> None:
    """Sessions, and who was there with what the facilitator knows of them."""
    change.execute(
        """CREATE TABLE sessions (
            id TEXT PRIMARY KEY,
            "group" TEXT NOT NULL,  -- opaque
            begun TEXT NOT NULL,
            ended TEXT,
            processed_to INTEGER NOT NULL DEFAULT 0,
            audio_gone TEXT,
            text_gone TEXT,
            body BLOB NOT NULL
        ) STRICT"""
    )
    change.execute(
        """CREATE TABLE people (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            person TEXT NOT NULL,
            number INTEGER NOT NULL,
            keys TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (session, person)
        ) STRICT"""
    )
    _numbered(change, "facts")


def m03_entries(change: Statements) -> None:
    """Utterances with all that was found in them, what became of their alerts, and what got no words."""
    change.execute(
        """CREATE TABLE entries (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            id TEXT NOT NULL,
            number INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            keys TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (session, id)
        ) STRICT"""
    )
    change.execute(
        """CREATE TABLE settlements (
            session TEXT NOT NULL,
            utterance TEXT NOT NULL,
            alert TEXT NOT NULL,  -- opaque
            keys TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (session, utterance, alert),
            FOREIGN KEY (session, utterance) REFERENCES entries ON DELETE CASCADE
        ) STRICT"""
    )
    change.execute(
        """CREATE TABLE unheard (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            PRIMARY KEY (session, start, "end")
        ) STRICT"""
    )


def m04_tombstones(change: Statements) -> None:
    """What was taken back, and where its sound is still to be overwritten."""
    change.execute(
        """CREATE TABLE tombstones (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            reason TEXT NOT NULL,
            person TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (session, start, "end", reason, person)
        ) STRICT"""
    )
    change.execute(
        """CREATE TABLE sound_to_strike (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            PRIMARY KEY (session, start, "end")
        ) STRICT"""
    )


def m05_by_hand(change: Statements) -> None:
    """What the facilitator typed, and whose voice they said it was."""
    _numbered(change, "jottings")
    _numbered(change, "decisions")


def m06_drafts(change: Statements) -> None:
    """Drafts of notes; the person '' stands for the group's part."""
    change.execute(
        """CREATE TABLE drafts (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            person TEXT NOT NULL,
            keys TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (session, person)
        ) STRICT"""
    )


def m07_voiceprints(change: Statements) -> None:
    """Voices kept from one session to the next, each with its own consent and an end."""
    change.execute(
        """CREATE TABLE voiceprints (
            "group" TEXT NOT NULL,
            person TEXT NOT NULL,
            expires TEXT NOT NULL,
            keys TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY ("group", person)
        ) STRICT"""
    )


def m08_retention(change: Statements) -> None:
    """Legal holds, receipts, erasures under way, and the latest time that was ever seen here."""
    change.execute(
        """CREATE TABLE holds (
            kind TEXT NOT NULL,
            object TEXT NOT NULL,
            placed TEXT NOT NULL,
            PRIMARY KEY (kind, object)
        ) STRICT"""
    )
    change.execute(
        """CREATE TABLE receipts (
            number INTEGER PRIMARY KEY,
            class TEXT NOT NULL,
            object TEXT NOT NULL,  -- opaque
            at TEXT NOT NULL,
            count INTEGER NOT NULL
        ) STRICT"""
    )
    change.execute('CREATE TABLE erasures ("group" TEXT, person TEXT, PRIMARY KEY ("group", person)) STRICT')
    change.execute("CREATE TABLE latest_time (at TEXT NOT NULL) STRICT")


def m09_review(change: Statements) -> None:
    """What a review keeps: decisions, signed notes, words of a group, consents to a release, the disclosure log."""
    # A number that was given is never given again, also where what bore it was struck or erased.
    change.execute("CREATE TABLE counters (counted TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT")
    change.execute(
        """CREATE TABLE rulings (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            number INTEGER NOT NULL,
            class TEXT NOT NULL,
            undone INTEGER NOT NULL DEFAULT 0,
            keys TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (session, number)
        ) STRICT"""
    )
    change.execute(
        """CREATE TABLE signed_notes (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            person TEXT NOT NULL,
            touched TEXT,  -- when words that it rests on were last struck
            keys TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (session, person)
        ) STRICT"""
    )
    change.execute(
        """CREATE TABLE addenda (
            session TEXT NOT NULL,
            person TEXT NOT NULL,
            number INTEGER NOT NULL,
            keys TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (session, person, number),
            FOREIGN KEY (session, person) REFERENCES signed_notes ON DELETE CASCADE
        ) STRICT"""
    )
    for table in ("signed_notes", "addenda"):
        change.execute(
            f"""CREATE TRIGGER {table}_stay BEFORE UPDATE OF session, person, keys, body ON {table}
            BEGIN SELECT raise(ABORT, 'append-only'); END"""
        )
    change.execute(
        """CREATE TABLE group_words (
            number INTEGER PRIMARY KEY,
            "group" TEXT NOT NULL,  -- opaque, as in all that follow
            session TEXT NOT NULL,  -- where it was said; '' where that is not known
            keys TEXT NOT NULL,
            body BLOB NOT NULL
        ) STRICT"""
    )
    change.execute(
        """CREATE TABLE release_consents (
            "group" TEXT NOT NULL,
            person TEXT NOT NULL,
            number INTEGER NOT NULL,
            keys TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY ("group", person, number)
        ) STRICT"""
    )
    change.execute(
        """CREATE TABLE hand_outs (
            "group" TEXT NOT NULL,
            number INTEGER NOT NULL,
            person TEXT NOT NULL,
            kept TEXT NOT NULL,
            accountable INTEGER NOT NULL,
            keys TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY ("group", number)
        ) STRICT"""
    )


def m10_group_ids(change: Statements) -> None:
    """Which group an id from a group file stands for: its history may have begun before it had one."""
    change.execute('CREATE TABLE group_ids (id TEXT PRIMARY KEY, "group" TEXT NOT NULL) STRICT')


def m11_samples(change: Statements) -> None:
    """What was made up for each sample of a session, so that the next one makes up something else."""
    _numbered(change, "samples")


def _numbered(change: Statements, table: str) -> None:
    """Make a table of sealed things of a session that stand in an order."""
    change.execute(
        f"""CREATE TABLE {table} (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            number INTEGER NOT NULL,
            keys TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (session, number)
        ) STRICT"""
    )


MIGRATIONS: tuple[Callable[[Statements], None], ...] = (
    m01_audit,
    m02_sessions,
    m03_entries,
    m04_tombstones,
    m05_by_hand,
    m06_drafts,
    m07_voiceprints,
    m08_retention,
    m09_review,
    m10_group_ids,
    m11_samples,
)
