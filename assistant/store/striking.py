"""Taking words back from the database: from entries, decisions, drafts and words of the group, in one transaction.

The same for a strike, a withdrawal, an erasure, and for a restored copy that still holds what was struck since. Words
that a review has given to another speaker go with that speaker's.

A signed note is a member's legal record and is not rewritten (``signed_rows.py``): where it rests on words that are
struck, that is noted, for an addendum. So is a field that a clinician wrote in their own words: it rests on no
utterance, and the review shows it to whoever strikes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain import TombstoneReason
from assistant.store.by_hand_rows import drop_jottings
from assistant.store.drafts import drop_drafts
from assistant.store.entry_rows import (
    drop_entries,
    drop_settlements,
    put_entry,
    queue_ranges,
    queue_sound,
    read_entries,
    silences,
)
from assistant.store.ruling_rows import drop_ruling, named_by, put_ruling, read_named, read_rulings
from assistant.store.ruling_trimming import Touched, left_of, rests_on
from assistant.store.session_rows import add_tombstone
from assistant.store.signed_rows import evidence_of, read_signed, touch_signed
from assistant.store.trimming import trimmed
from assistant.store.word_rows import drop_word_row, read_words, squashed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from assistant.domain import Entry, PersonId, Tombstone, UtteranceId
    from assistant.store.database import Database, Statements
    from assistant.store.datakeys import DataKeys
    from assistant.store.jointly import SessionSeal


def strike(
    database: Database, keys: DataKeys, seal: SessionSeal, stone: Tombstone, at: dt.datetime
) -> tuple[tuple[Entry, ...], tuple[UtteranceId, ...]]:
    """As ``take_back``; and all drafts, which are to be made again, and what was typed in a range that was struck."""
    with database.transaction() as change:
        left, gone = take_back(database, keys, seal, stone, at)
        if left or gone:
            drop_drafts(change, seal.session_id)
        if stone.reason is TombstoneReason.STRUCK:
            drop_jottings(database, seal, lambda jotting: stone.start <= jotting.at < stone.end)
    return left, gone


def take_back(
    database: Database, keys: DataKeys, seal: SessionSeal, stone: Tombstone, at: dt.datetime
) -> tuple[tuple[Entry, ...], tuple[UtteranceId, ...]]:
    """Keep a tombstone, and take from everything what it covers; within the transaction that is open, if any.

    Args:
        database: The vault's.
        keys: The vault's.
        seal: The session's.
        stone: What is taken back.
        at: When.

    Returns:
        The entries of which less is left, and the ids of those of which nothing is.
    """
    with database.transaction() as change:
        add_tombstone(change, seal.session_id, stone)
        if silences(stone):
            queue_ranges(change, seal.session_id, [(stone.start, stone.end)])
        rulings = read_rulings(database, seal)
        named = named_by(rulings)
        entries, unreadable = read_entries(database, seal, stone.start, stone.end)
        touched = {id_: Touched(None, None) for id_ in unreadable}
        left: list[tuple[Entry, Entry]] = []
        for entry in entries:
            id_ = entry.utterance.id
            less = trimmed(entry, (stone,), named.get(id_, ()))
            if less is not entry:
                queue_sound(change, seal.session_id, entry, stone, named.get(id_, ()))
                touched[id_] = Touched(entry.utterance, None if less is None else less.utterance)
                if less is not None:
                    left.append((entry, less))
        if not touched:
            return (), ()
        for ruling in rulings:
            what = left_of(ruling.decided, touched)
            if what is None:
                drop_ruling(change, seal.session_id, ruling.number)
            elif what != ruling.decided:
                put_ruling(change, seal, replace(ruling, decided=what))
        named_now = read_named(database, seal)
        for before, less in left:
            put_entry(change, seal, less, named_now.get(less.utterance.id, ()))
            drop_settlements(change, seal.session_id, before, less)
        gone = tuple(id_ for id_, what in touched.items() if what.after is None)
        drop_entries(change, seal.session_id, gone)
        _touch_signed(database, change, seal, touched, at)
        _drop_words(database, keys, change, seal, touched)
    return tuple(less for _, less in left), gone


def drop_alerts_of(database: Database, seal: SessionSeal, person: PersonId) -> None:
    """Take out of other people's utterances the alerts about one person, and what was written about them."""
    named = read_named(database, seal)
    with database.transaction() as change:
        for entry in read_entries(database, seal)[0]:
            others = tuple(alert for alert in entry.alerts if alert.owner != person)
            if len(others) < len(entry.alerts):
                less = replace(entry, alerts=others)
                put_entry(change, seal, less, named.get(entry.utterance.id, ()))
                drop_settlements(change, seal.session_id, entry, less)


def _touch_signed(
    database: Database,
    change: Statements,
    seal: SessionSeal,
    touched: Mapping[UtteranceId, Touched],
    at: dt.datetime,
) -> None:
    for person, signed in read_signed(database, seal).items():
        if rests_on(evidence_of(signed), touched):
            touch_signed(change, seal.session_id, person, at)


def _drop_words(
    database: Database,
    keys: DataKeys,
    change: Statements,
    seal: SessionSeal,
    touched: Mapping[UtteranceId, Touched],
) -> None:
    """Drop words of the group that stand in what was struck: kept, they would tell that they were said."""
    struck = [squashed(" ".join(_struck(what))) for what in touched.values()]
    for word, number in read_words(database, keys, seal.group_key, seal.session_id).items():
        if any(squashed(word.word) in words for words in struck):
            drop_word_row(change, number)


def _struck(what: Touched) -> tuple[str, ...]:
    if what.before is None:
        return ()
    after = () if what.after is None else what.after.words
    return tuple(word.text for word in what.before.words if word not in after) or (what.before.text,)
