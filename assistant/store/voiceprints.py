"""Voices that are known from one session to the next: only with a consent of their own, and not for ever.

A voiceprint is a biometric identifier: written consent and an end are asked for (domain rule 5.3). Without that
consent a voice lives in the memory of the session and dies with it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import numpy as np

from assistant.domain import PersonId
from assistant.errors import ConsentError
from assistant.store.audit import Action
from assistant.store.codec import packed, unpacked
from assistant.store.holds import Holds
from assistant.store.jointly import seal_with, unseal_with
from assistant.store.roster_rows import group_key
from assistant.store.times import stamp, steady_now

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.domain import Group, Person
    from assistant.store.vault import Vault

KEPT_DAYS: Final = 365
"""Days after which a voice has to be enrolled anew: a year is long enough for a group, and voices change."""


class Voiceprints:
    """The voiceprints of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def keep(self, group: Group, person: PersonId, print_: NDArray[np.float32], days: int = KEPT_DAYS) -> None:
        """Keep a person's voice; it takes the place of the one before.

        Args:
            group: With the person's consent as it is now.
            person: Whose voice.
            print_: Any shape.
            days: After so many it is destroyed.

        Raises:
            ConsentError: The person did not agree to that, or took it back.
            VaultError: The person was erased.
        """
        if not _agreed(group.person(person)):
            raise ConsentError(f"no consent to keep a voiceprint of {person}: it lives until the session is closed")
        keys = self._vault.keys
        whose = group_key(self._vault, group)
        keys.of_member(whose, person)
        key_id = keys.id_of_member(whose, person)
        plain = packed([list(print_.shape), np.asarray(print_, "<f4").tobytes().hex()])
        body = seal_with(keys, [key_id], plain, _about(whose, person))
        with self._vault.database.transaction() as change:
            expires = stamp(steady_now(self._vault) + dt.timedelta(days=days))
            change.execute(
                "INSERT OR REPLACE INTO voiceprints VALUES (?, ?, ?, ?, ?)", (whose, person, expires, key_id, body)
            )
            self._vault.audit.record(Action.VOICEPRINT_KEPT, key_id)

    def of(self, group: Group) -> dict[PersonId, NDArray[np.float32]]:
        """Return the voices of those who still agree; whoever does not any more has theirs destroyed.

        Args:
            group: With everybody's consent as it is now.
        """
        whose = group_key(self._vault, group)
        now = stamp(steady_now(self._vault))
        agreed = {p.id for p in group.people if _agreed(p)}
        found: dict[PersonId, NDArray[np.float32]] = {}
        for person, expires, key_id, body in self._vault.database.read(
            'SELECT person, expires, keys, body FROM voiceprints WHERE "group" = ? ORDER BY person', (whose,)
        ):
            plain = unseal_with(self._vault.keys, [key_id], body, _about(whose, person))
            if plain is None or expires <= now or person not in agreed:
                # Used no more in any case; a hold keeps what only the clock would destroy.
                if person not in agreed or not Holds(self._vault).of_member(whose, person):
                    self.destroy(whose, person)
                continue
            shape, values = unpacked(plain)
            found[PersonId(person)] = np.frombuffer(bytes.fromhex(values), "<f4").astype(np.float32).reshape(shape)
        return found

    def destroy(self, whose: str, person: str) -> bool:
        """Destroy one voice, from the database and its log; whether there was one.

        Args:
            whose: Opaque id of the group.
            person: Id of the person.
        """
        with self._vault.database.transaction() as change:
            there = change.execute('DELETE FROM voiceprints WHERE "group" = ? AND person = ?', (whose, person)).rowcount
            if there:
                self._vault.audit.record(Action.VOICEPRINT_DESTROYED, self._vault.opaque("person", whose, person))
        if there:
            self._vault.database.checkpoint()
        return bool(there)


def _agreed(person: Person) -> bool:
    return person.consent.voiceprint is not None and person.consent.withdrawn_at is None


def _about(whose: str, person: str) -> bytes:
    return f"voiceprints {whose} {person}".encode()
