"""The keys that follow from the vault key: one for each purpose, so that none can stand in for another."""

from __future__ import annotations

from assistant.store.seal import code, subkey

_OPAQUE_BYTES = 16


class Ring:
    """What the vault key leads to."""

    __slots__ = ("_names", "audit", "database", "vault_key", "wrapping")

    def __init__(self, vault_key: bytes) -> None:
        self.vault_key = vault_key
        self.database = subkey(vault_key, "database")
        self.wrapping = subkey(vault_key, "data keys")
        self.audit = subkey(vault_key, "audit log")
        self._names = subkey(vault_key, "opaque ids")

    def opaque(self, kind: str, *parts: str) -> str:
        """Return the id (32 hexadecimal digits) that stands for a thing wherever its name must not."""
        return code(self._names, kind, *parts)[:_OPAQUE_BYTES].hex()
