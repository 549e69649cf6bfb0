"""From a folder and a secret to the keys of a vault."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import VaultError
from assistant.store.header import Header, read_header
from assistant.store.ring import Ring
from assistant.store.seal import new_key

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.store.header import Secret


@dataclass(frozen=True, slots=True, repr=False)
class Unlocked:
    """A header, the secret that opens it, and the keys inside."""

    header: Header
    secret: Secret
    ring: Ring

    def resealed(self, secret: Secret) -> Unlocked:
        """Return the same keys under another secret, in a header not yet written.

        Raises:
            VaultError: The secret is too weak, or cannot be kept.
        """
        return Unlocked(Header.made(self.header.vault, self.ring.vault_key, secret), secret, self.ring)

    def forget(self) -> None:
        """Have the secret forget what it kept for this header, which opens nothing any more."""
        self.secret.forget(self.header.terms)


def new_vault(secret: Secret) -> Unlocked:
    """Return a header and keys for a vault that is not there yet.

    Raises:
        VaultError: The secret is too weak, or cannot be kept.
    """
    ring = Ring(new_key())
    return Unlocked(Header.made(secrets.token_hex(16), ring.vault_key, secret), secret, ring)


def unlock(folder: Path, secret: Secret) -> Unlocked:
    """Open the header in a folder.

    Raises:
        VaultError: There is no header; or, without telling which: the secret is wrong or the header was changed.
    """
    header = read_header(folder)
    vault_key = None if header is None else header.vault_key(secret)
    if header is None or vault_key is None:
        raise VaultError(
            f"the vault in {folder} does not open: wrong passphrase, or vault.toml was changed; "
            "try again, or restore a backup"
        )
    return Unlocked(header, secret, Ring(vault_key))
