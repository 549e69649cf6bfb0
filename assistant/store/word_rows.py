"""Words that are no facts in a group, in the database: under keys of the group, the session, and whoever said them.

A name on the roster is never such a word: where it is one ("Grace came back"), that holds at its place alone.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from assistant.errors import SessionError
from assistant.store.handout_codec import word_bytes, word_of
from assistant.store.jointly import DataClass, key_name, seal_with, unseal_with

if TYPE_CHECKING:
    from collections.abc import Collection

    from assistant.decisions import GroupWord
    from assistant.domain import Group, PersonId
    from assistant.store.database import Database, Statements
    from assistant.store.datakeys import DataKeys
    from assistant.store.vault import Vault


def put_word(  # noqa: PLR0913  a row has this many parts
    vault: Vault, change: Statements, whose: str, word: GroupWord, *, session_id: str, said_by: Collection[PersonId]
) -> None:
    """Keep a word; nothing where it is there already.

    Args:
        vault: The vault.
        change: The transaction.
        whose: Opaque id of the group.
        word: Folded.
        session_id: Where it was said; empty where that is not known.
        said_by: The members who may have said it there: it goes when one of them is erased.
    """
    if word in read_words(vault.database, vault.keys, whose):
        return
    name = f"{whose} words"
    vault.keys.of_session(name)
    ids = [vault.keys.id_of_session(name)]
    if session_id:
        # The key that stands until the session is erased: the word counts longer than the transcript is kept.
        ids.append(vault.keys.id_of_session(key_name(session_id, DataClass.RECORD)))
    for person in sorted(said_by):
        vault.keys.of_member(whose, person)
        ids.append(vault.keys.id_of_member(whose, person))
    body = seal_with(vault.keys, ids, word_bytes(word), _about(whose))
    change.execute(
        'INSERT INTO group_words ("group", session, keys, body) VALUES (?, ?, ?, ?)',
        (whose, session_id, " ".join(ids), body),
    )


def read_words(database: Database, keys: DataKeys, whose: str, session_id: str | None = None) -> dict[GroupWord, int]:
    """Return the words of a group whose keys stand, each with the number of its row.

    Args:
        database: The vault's.
        keys: The vault's.
        whose: Opaque id of the group.
        session_id: Those alone that were, or may have been, said in this session; None: all.
    """
    found: dict[GroupWord, int] = {}
    for number, ids, body in database.read(
        "SELECT number, keys, body FROM group_words WHERE \"group\" = ? AND (? IS NULL OR session IN (?, '')) "
        "ORDER BY number",
        (whose, session_id, session_id),
    ):
        plain = unseal_with(keys, ids.split(), body, _about(whose))
        if plain is not None:
            found[word_of(plain)] = number
    return found


def drop_word_row(change: Statements, number: int) -> None:
    """Remove a word by the number of its row."""
    change.execute("DELETE FROM group_words WHERE number = ?", (number,))


def drop_words_of(change: Statements, session_id: str) -> None:
    """Remove the words that were said in a session which is erased."""
    change.execute("DELETE FROM group_words WHERE session = ?", (session_id,))


def is_name(group: Group, word: str) -> bool:
    """Whether a word, or one of several, is part of a name or an alias on the roster."""
    names = {part for p in group.people for name in (p.name, *p.aliases) for part in _parts(name)}
    return not names.isdisjoint(_parts(word))


def refuse_name(group: Group, word: str) -> None:
    """Raise SessionError where a word is part of a name on the roster."""
    if is_name(group, word):
        raise SessionError(
            "a name on the roster is never a false alarm in the whole group: mark it as one at its place alone"
        )


def squashed(text: str) -> str:
    """Return the letters and digits of a text without case, accents and gaps: coarser than any folding elsewhere."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS_APART)
    return "".join(c for c in plain if c.isalnum())


_LETTERS_APART = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "þ": "th", "ð": "d"})


def _parts(name: str) -> set[str]:
    bare = re.sub(r"['\u2019]s\b", "", name.casefold())
    return {squashed(part) for part in re.split(r"[\s-]+", bare)} - {""}


def _about(whose: str) -> bytes:
    return f"group words {whose}".encode()
