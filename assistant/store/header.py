"""The small file that says how a vault is opened, and holds the vault key under the key of a secret.

Changing the secret writes this file anew and nothing else: the vault key stays. Every field is bound to the wrapped key
(associated data), so that a header changed in any way opens no more than one for another secret does.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from assistant.errors import VaultError
from assistant.store import files
from assistant.store.seal import KEY_BYTES, seal, unseal

if TYPE_CHECKING:
    from pathlib import Path

NAME = "vault.toml"
_FORMAT = 1
_MOST_BYTES = 4096
Terms = dict[str, str | int]


class Secret(Protocol):
    """What opens a vault: a passphrase, or a secret that the operating system keeps."""

    @property
    def kind(self) -> str:
        """How the header calls it."""
        ...

    def new(self) -> tuple[bytes, Terms]:
        """Return a 32-byte key for a new header, and what the header must say for it to be found again."""
        ...

    def again(self, terms: Terms) -> bytes | None:
        """Return the key that a header's terms lead to; None where no honest header has such terms."""
        ...

    def forget(self, terms: Terms) -> None:
        """Forget what ``new`` kept outside the header, which no longer opens anything."""
        ...


@dataclass(frozen=True, slots=True)
class Header:
    """How one vault is opened."""

    vault: str
    """Random, 32 hexadecimal digits: which vault a file belongs to."""
    kind: str
    terms: Terms = field(repr=False)
    wrapped: bytes = field(repr=False)
    """The vault key, sealed."""

    @classmethod
    def made(cls, vault: str, vault_key: bytes, secret: Secret) -> Header:
        """Return a new header, by which ``secret`` opens the vault.

        Raises:
            VaultError: The secret is too weak, or cannot be kept.
        """
        key, terms = secret.new()
        return cls(vault, secret.kind, terms, seal(key, vault_key, _about(vault, secret.kind, terms)))

    def vault_key(self, secret: Secret) -> bytes | None:
        """Return the vault key, or None where the secret is another or the header was changed.

        Raises:
            VaultError: The vault opens with another kind of secret, or the system does not give it.
        """
        if secret.kind != self.kind:
            raise VaultError(f"this vault opens with {_KINDS.get(self.kind, 'another secret')}")
        key = secret.again(self.terms)
        if key is None:
            return None
        try:
            opened = unseal(key, self.wrapped, _about(self.vault, self.kind, self.terms))
        except VaultError:
            return None
        return opened if len(opened) == KEY_BYTES else None

    def write(self, folder: Path) -> None:
        """Put the header in its place in ``folder``, whole or not at all.

        Raises:
            VaultError: It cannot be written; the old one stands.
        """
        lines = [
            "# How this vault is opened. Without it nothing in the folder can be read: back it up as well.",
            f"format = {_FORMAT}",
            f'vault = "{self.vault}"',
            f'wrapped = "{self.wrapped.hex()}"',
            "",
            f"[{self.kind}]",
            *(f"{name} = {json.dumps(value)}" for name, value in self.terms.items()),
        ]
        files.replace(folder / NAME, ("\n".join(lines) + "\n").encode())


_KINDS = {"passphrase": "a passphrase", "keyring": "the operating system's keyring"}


def read_header(folder: Path) -> Header | None:
    """Return a folder's header; None where it is no header that this program wrote.

    Raises:
        VaultError: There is none, or it cannot be read.
    """
    require_header(folder)
    content = files.read(folder / NAME) or b""
    if len(content) > _MOST_BYTES:
        return None
    try:
        table = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    kinds = [kind for kind in _KINDS if kind in table]
    if table.keys() != {"format", "vault", "wrapped", *kinds} or len(kinds) != 1 or table["format"] != _FORMAT:
        return None
    kind = kinds[0]
    vault, wrapped, terms = table["vault"], table["wrapped"], table[kind]
    if not (_is_hex(vault, 32) and _is_hex(wrapped) and isinstance(terms, dict)):
        return None
    if not all(isinstance(value, (str, int)) and not isinstance(value, bool) for value in terms.values()):
        return None
    return Header(vault, kind, terms, bytes.fromhex(wrapped))


def require_header(folder: Path) -> None:
    """Check that there is a vault.

    Raises:
        VaultError: There is none.
    """
    if not (folder / NAME).is_file():
        raise VaultError(f"there is no vault in {folder}: make one with 'assistant vault create'")


def _is_hex(value: object, digits: int | None = None) -> bool:
    return (
        isinstance(value, str)
        and re.fullmatch(r"(?:[0-9a-f]{2})+", value) is not None
        and (digits is None or len(value) == digits)
    )


def _about(vault: str, kind: str, terms: Terms) -> bytes:
    return json.dumps(["header", _FORMAT, vault, kind, terms], sort_keys=True).encode()
