"""A passphrase made into a key, slowly on purpose. The only importer of ``argon2``.

Argon2id (RFC 9106). Its second recommended option (3 passes, 64 MiB, 4 lanes) is the floor; new vaults take four times
that memory, which a laptop has for the half second before the models are loaded.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from argon2.exceptions import Argon2Error
from argon2.low_level import Type, hash_secret_raw

from assistant.errors import VaultError
from assistant.store.seal import KEY_BYTES

if TYPE_CHECKING:
    from assistant.store.header import Terms

SHORTEST = 8
"""Characters. NIST SP 800-63B-4 asks for 15 where a passphrase stands alone; shorter ones are the site's choice."""
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True, order=False)
class Cost:
    """What one guess at a passphrase costs."""

    passes: int
    memory_kib: int
    lanes: int

    def at_least(self, floor: Cost) -> bool:
        """Whether a guess costs no less than one at ``floor``; lanes alone make it no dearer."""
        return self.passes >= floor.passes and self.memory_kib >= floor.memory_kib

    def at_most(self, ceiling: Cost) -> bool:
        """Whether opening needs no more than ``ceiling`` in each way."""
        return (
            self.passes <= ceiling.passes and self.memory_kib <= ceiling.memory_kib and 1 <= self.lanes <= ceiling.lanes
        )


STANDARD = Cost(passes=3, memory_kib=256 << 10, lanes=4)
"""For a new header."""
FLOOR = Cost(passes=3, memory_kib=64 << 10, lanes=4)
"""RFC 9106, second recommended option: a header that asks for less was tampered with."""
CEILING = Cost(passes=12, memory_kib=1 << 20, lanes=16)
"""A header that asks for more would exhaust the machine's memory or patience."""


@dataclass(frozen=True, slots=True)
class Passphrase:
    """What a person types to open the vault.

    ``floor`` belongs to the program that opens, never to the header: no file can lower it.
    """

    text: str = field(repr=False)
    cost: Cost = STANDARD
    floor: Cost = FLOOR

    kind = "passphrase"

    def new(self) -> tuple[bytes, Terms]:
        """Return a key for a new header, and what the header must say for the key to be found again.

        Raises:
            VaultError: The passphrase is too short.
        """
        if len(self._normal()) < SHORTEST:
            raise VaultError(
                f"the passphrase is too short: use at least {SHORTEST} characters, better four or more unrelated words"
            )
        salt = secrets.token_bytes(_SALT_BYTES)
        cost = self.cost
        terms: Terms = {
            "algorithm": "argon2id",
            "passes": cost.passes,
            "memory_kib": cost.memory_kib,
            "lanes": cost.lanes,
            "salt": salt.hex(),
        }
        return self._stretch(cost, salt), terms

    def again(self, terms: Terms) -> bytes | None:
        """Return the key that a header's terms lead to; None where no honest header has such terms."""
        passes, memory, lanes = terms.get("passes"), terms.get("memory_kib"), terms.get("lanes")
        salt = terms.get("salt")
        if not (isinstance(passes, int) and isinstance(memory, int) and isinstance(lanes, int)):
            return None
        if terms.get("algorithm") != "argon2id" or not isinstance(salt, str):
            return None
        cost = Cost(passes, memory, lanes)
        if not (cost.at_least(self.floor) and cost.at_most(CEILING)):
            return None
        try:
            salted = bytes.fromhex(salt)
        except ValueError:
            return None
        return self._stretch(cost, salted) if len(salted) == _SALT_BYTES else None

    def forget(self, terms: Terms) -> None:
        """A passphrase is kept nowhere: nothing to do."""

    def _normal(self) -> str:
        # The same letters typed on another keyboard may arrive composed differently.
        return unicodedata.normalize("NFC", self.text)

    def _stretch(self, cost: Cost, salt: bytes) -> bytes:
        try:
            return hash_secret_raw(
                self._normal().encode(),
                salt,
                time_cost=cost.passes,
                memory_cost=cost.memory_kib,
                parallelism=cost.lanes,
                hash_len=KEY_BYTES,
                type=Type.ID,
            )
        except (Argon2Error, MemoryError):
            raise VaultError(
                f"there is not enough memory to open the vault ({cost.memory_kib >> 10} MiB): close other programs"
            ) from None
