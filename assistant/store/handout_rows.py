"""The disclosure log in the database: what left, of whom, to whom, when, why (45 CFR 164.528).

Its lines lie under a key of the group's log, not under the member's: an accounting is owed for six years, and to
erase somebody must not hide what was told about them. A line holds the recipient and a brief description, no note.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain import PersonId
from assistant.store.counting import next_number
from assistant.store.handout_codec import hand_out_bytes, hand_out_of
from assistant.store.jointly import seal_with, unseal_with
from assistant.store.times import stamp, steady_now

if TYPE_CHECKING:
    from assistant.handout import HandOut
    from assistant.store.database import Statements
    from assistant.store.vault import Vault


def add_hand_out(vault: Vault, change: Statements, whose: str, line: HandOut) -> HandOut:
    """Add a line, and return it with its number.

    Args:
        vault: The vault.
        change: The transaction.
        whose: Opaque id of the group.
        line: Its own number is of no account.
    """
    number = next_number(change, "hand_outs", whose)
    name = _key_name(whose)
    vault.keys.of_session(name)
    key_id = vault.keys.id_of_session(name)
    body = seal_with(vault.keys, [key_id], hand_out_bytes(line), _about(whose, line.member, number))
    # Aged by when it was written down: the disclosure itself may have been earlier.
    kept = stamp(steady_now(vault))
    change.execute(
        "INSERT INTO hand_outs VALUES (?, ?, ?, ?, ?, ?, ?)",
        (whose, number, line.member, kept, line.accountable, key_id, body),
    )
    return replace(line, number=number)


def read_hand_outs(
    vault: Vault, whose: str, member: PersonId | None = None, *, accountable: bool = False
) -> tuple[HandOut, ...]:
    """Return the lines of a group, in their order; of one member; those alone that an accounting lists."""
    found: list[HandOut] = []
    for number, person, keys, body in vault.database.read(
        'SELECT number, person, keys, body FROM hand_outs WHERE "group" = ? AND person = coalesce(?, person) '
        "AND accountable >= ? ORDER BY number",
        (whose, member, accountable),
    ):
        plain = unseal_with(vault.keys, keys.split(), body, _about(whose, person, number))
        if plain is not None:
            found.append(hand_out_of(number, PersonId(person), plain))
    return tuple(found)


def drop_hand_out(change: Statements, whose: str, number: str) -> None:
    """Remove a line whose years are over."""
    change.execute('DELETE FROM hand_outs WHERE "group" = ? AND number = ?', (whose, int(number)))


def _key_name(whose: str) -> str:
    return f"{whose} disclosures"


def _about(whose: str, person: str, number: int) -> bytes:
    return f"hand out {whose} {person} {number}".encode()
