"""A secret that the operating system keeps for the person who is logged in. The only importer of ``keyring``.

Only keyrings of the system itself are accepted, by name: the library also knows ones that keep secrets in plain text,
keep nothing, or are somebody's plug-in.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

import keyring
from keyring.errors import KeyringError

from assistant.errors import VaultError
from assistant.store.seal import KEY_BYTES, new_key

if TYPE_CHECKING:
    from assistant.store.header import Terms

_SERVICE = "group-session-assistant"
_ENTRY_BYTES = 16
_SYSTEMS = (
    "keyring.backends.macOS",
    "keyring.backends.Windows",
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
)
"""Modules of the library whose keyrings encrypt, and open with the person's login."""


class Keychain(Protocol):
    """Where the system keeps secrets."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return a secret, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        ...


class KeyringSecret:
    """A random secret in the system's keyring, under a random name that the header tells."""

    kind = "keyring"

    def __init__(self, keychain: Keychain) -> None:
        self._keychain = keychain

    def new(self) -> tuple[bytes, Terms]:
        """Return a key for a new header, kept in the keyring, and the entry's name.

        Raises:
            VaultError: The keyring is locked or does not keep it.
        """
        entry, key = secrets.token_hex(_ENTRY_BYTES), new_key()
        try:
            self._keychain.set_password(_SERVICE, entry, key.hex())
            kept = self._keychain.get_password(_SERVICE, entry)
        except (KeyringError, OSError):
            raise VaultError(_SILENT) from None
        if kept != key.hex():
            raise VaultError(_SILENT)
        return key, {"entry": entry}

    def again(self, terms: Terms) -> bytes | None:
        """Return the key of a header's entry; None where the keyring has none that could be it.

        Raises:
            VaultError: The keyring is locked or does not answer.
        """
        entry = terms.get("entry")
        if not isinstance(entry, str):
            return None
        try:
            kept = self._keychain.get_password(_SERVICE, entry)
        except (KeyringError, OSError):
            raise VaultError(_SILENT) from None
        try:
            key = bytes.fromhex(kept or "")
        except ValueError:
            return None
        return key if len(key) == KEY_BYTES else None

    def forget(self, terms: Terms) -> None:
        """Remove the entry of a header that opens nothing any more, as far as the keyring lets us."""
        with suppress(KeyringError, OSError):
            self._keychain.delete_password(_SERVICE, str(terms.get("entry")))


_SILENT = "the operating system's keyring is locked or does not answer: unlock it and try again, or use a passphrase"


def system_keychain() -> Keychain:
    """Return the keyring of this operating system.

    Raises:
        VaultError: There is none that can be trusted.
    """
    try:
        chosen = keyring.get_keyring()
    except (KeyringError, RuntimeError, ImportError, AttributeError, OSError):
        # So the library says that the keyring which the environment names cannot work here, or does not exist.
        raise VaultError(_NONE) from None
    # The library's chain of several keyrings stands for its members.
    candidates: tuple[Keychain, ...] = (chosen, *getattr(chosen, "backends", ()))
    for candidate in candidates:
        if type(candidate).__module__ in _SYSTEMS:
            return candidate
    raise VaultError(_NONE)


_NONE = "this system has no keyring that can be trusted with the key: use a passphrase instead"
