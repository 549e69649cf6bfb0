"""Consents to a release in the database: each under the member's key, by group and not by session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.store.counting import next_number
from assistant.store.handout_codec import consent_bytes, consent_of
from assistant.store.jointly import seal_with, unseal_with

if TYPE_CHECKING:
    from assistant.domain import PersonId
    from assistant.handout import ReleaseConsent
    from assistant.store.database import Statements
    from assistant.store.vault import Vault


def add_consent(vault: Vault, change: Statements, whose: str, person: PersonId, consent: ReleaseConsent) -> int:
    """Keep a new consent under the next number of the member, and return that.

    Args:
        vault: The vault.
        change: The transaction.
        whose: Opaque id of the group.
        person: The member.
        consent: Its own number is of no account.

    Raises:
        VaultError: The member was erased.
    """
    number = next_number(change, "release_consents", whose, person)
    put_consent(vault, change, whose, person, replace(consent, number=number))
    return number


def put_consent(vault: Vault, change: Statements, whose: str, person: PersonId, consent: ReleaseConsent) -> None:
    """Keep a consent under its number; it takes the place of what is there."""
    vault.keys.of_member(whose, person)
    key_id = vault.keys.id_of_member(whose, person)
    body = seal_with(vault.keys, [key_id], consent_bytes(consent), _about(whose, person, consent.number))
    change.execute(
        "INSERT OR REPLACE INTO release_consents VALUES (?, ?, ?, ?, ?)", (whose, person, consent.number, key_id, body)
    )


def read_consents(vault: Vault, whose: str, person: PersonId) -> tuple[ReleaseConsent, ...]:
    """Return a member's consents, in the order in which they were kept."""
    found: list[ReleaseConsent] = []
    for number, keys, body in vault.database.read(
        'SELECT number, keys, body FROM release_consents WHERE "group" = ? AND person = ? ORDER BY number',
        (whose, person),
    ):
        plain = unseal_with(vault.keys, keys.split(), body, _about(whose, person, number))
        if plain is not None:
            found.append(consent_of(number, plain))
    return tuple(found)


def _about(whose: str, person: str, number: int) -> bytes:
    return f"release consent {whose} {person} {number}".encode()
