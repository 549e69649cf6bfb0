"""One key per session and per member, in a file of its own: forgetting a key reaches every copy of the database.

What a session's audio or a member's words are sealed with lies neither in the database nor in its write-ahead log nor
in a copy of it. Destroying a key therefore makes unreadable what any older copy of the database still holds, as soon
as the keys file beside that copy is the current one (``backup`` sees to that in its folder).

A destroyed key is remembered by its opaque id and never made again. A session stays dead. A member may come back after
a new consent (``readmit``), as another generation with another key; the earlier generations stay dead.

The whole file is sealed with the wrapping key, and inside it each key once more with its own id: no key can be moved
to another id, and a key is in the clear only while it is used.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

from assistant.errors import VaultError
from assistant.store import files
from assistant.store.seal import new_key, seal, unseal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

NAME = "vault.keys"
_FORMAT = 1


class DataKeys:
    """The keys of sessions and members; any thread may ask.

    A key id is opaque: 32 hexadecimal digits, and for a member ``-N``, the generation, from 1.
    """

    def __init__(self, path: Path, wrapping: bytes, opaque: Callable[..., str]) -> None:
        """Use ``create`` or ``open``.

        Args:
            path: The keys file.
            wrapping: The key that it is sealed with.
            opaque: Makes an opaque id from a kind and its parts.
        """
        self._path = path
        self._wrapping = wrapping
        self._opaque = opaque
        self._lock = threading.RLock()
        self._wrapped: dict[str, bytes] = {}
        self._destroyed: set[str] = set()
        self._witness: Callable[[str], None] = _nobody

    @classmethod
    def create(cls, path: Path, wrapping: bytes, opaque: Callable[..., str]) -> DataKeys:
        """Make an empty keys file.

        Raises:
            VaultError: It exists, or cannot be written.
        """
        files.make_private(path)
        keys = cls(path, wrapping, opaque)
        keys._write()
        return keys

    @classmethod
    def open(cls, path: Path, wrapping: bytes, opaque: Callable[..., str]) -> DataKeys:
        """Read a keys file.

        Raises:
            VaultError: It is missing, was changed, or belongs to another vault.
        """
        files.tidy(path)
        keys = cls(path, wrapping, opaque)
        keys._wrapped, keys._destroyed = _read(path, wrapping)
        return keys

    def told_first(self, witness: Callable[[str], None]) -> None:
        """Have ``witness`` called with the id of every key before it is destroyed; where it raises, the key stays."""
        self._witness = witness

    def id_of_session(self, session_id: str) -> str:
        """Return the opaque id of a session's key."""
        return self._opaque("session key", session_id)

    def id_of_member(self, group_key: str, person_id: str) -> str:
        """Return the opaque id of a member's key, in the latest generation, alive or destroyed."""
        base = self._opaque("member key", group_key, person_id)
        with self._lock:
            return f"{base}-{max(self._generations(base), default=1)}"

    def of_session(self, session_id: str) -> bytes:
        """Return a session's key (32 bytes), made at the first ask.

        Raises:
            VaultError: It was destroyed.
        """
        return self._ask(self.id_of_session(session_id))

    def of_member(self, group_key: str, person_id: str) -> bytes:
        """Return a member's key (32 bytes), made at the first ask.

        Raises:
            VaultError: It was destroyed, and the member was not readmitted.
        """
        return self._ask(self.id_of_member(group_key, person_id))

    def get(self, key_id: str) -> bytes | None:
        """Return the key of an id, for what was sealed earlier; None where it was destroyed or never made."""
        with self._lock:
            wrapped = self._wrapped.get(key_id)
        return None if wrapped is None else unseal(self._wrapping, wrapped, key_id.encode())

    def destroy_session(self, session_id: str) -> str:
        """Destroy a session's key for good, on the disk when this returns; once more does nothing.

        Returns:
            The key's opaque id.

        Raises:
            VaultError: The file cannot be written; the key still stands.
        """
        key_id = self.id_of_session(session_id)
        self.destroy(key_id)
        return key_id

    def destroy_member(self, group_key: str, person_id: str) -> str:
        """Destroy a member's key for good; as ``destroy_session``."""
        key_id = self.id_of_member(group_key, person_id)
        self.destroy(key_id)
        return key_id

    def destroy(self, key_id: str) -> None:
        """Destroy the key of an id for good, made or not; as ``destroy_session``."""
        if key_id in self.destroyed:
            return
        # Outside the lock: the witness takes the database's, and whoever commits takes the two the other way round.
        self._witness(key_id)
        self.heed([key_id])

    def readmit(self, group_key: str, person_id: str) -> None:
        """Let an erased member come back, after a new consent, with a new key; nothing where they are not erased.

        Raises:
            VaultError: The file cannot be written.
        """
        with self._lock:
            key_id = self.id_of_member(group_key, person_id)
            if key_id in self._destroyed:
                base, _, generation = key_id.rpartition("-")
                self._make(f"{base}-{int(generation) + 1}")

    @property
    def destroyed(self) -> frozenset[str]:
        """The ids of all keys that were destroyed."""
        with self._lock:
            return frozenset(self._destroyed)

    @property
    def alive(self) -> frozenset[str]:
        """The ids of all keys that stand."""
        with self._lock:
            return frozenset(self._wrapped)

    def heed(self, destroyed: Iterable[str]) -> None:
        """Destroy what is known from elsewhere (the audit log, another copy) to have been destroyed."""
        with self._lock:
            news = set(destroyed) - self._destroyed
            if news:
                self._change({k: v for k, v in self._wrapped.items() if k not in news}, self._destroyed | news)

    def merge(self, other: DataKeys) -> None:
        """Take in another keys file of the same vault: a key stands if either has it and neither destroyed it."""
        with self._lock:
            destroyed = self._destroyed | other.destroyed
            both = {**other._wrapped, **self._wrapped}
            self._change({k: v for k, v in both.items() if k not in destroyed}, destroyed)

    def write_to(self, path: Path) -> None:
        """Put the file as it is now in the place of another one, which it replaces whole.

        Raises:
            VaultError: It cannot be written.
        """
        with self._lock:
            files.replace(path, self._sealed(self._wrapped, self._destroyed))

    def _ask(self, key_id: str) -> bytes:
        with self._lock:
            if key_id in self._destroyed:
                raise VaultError("this was erased: its key is destroyed for good")
            if key_id not in self._wrapped:
                self._make(key_id)
            return unseal(self._wrapping, self._wrapped[key_id], key_id.encode())

    def _make(self, key_id: str) -> None:
        wrapped = seal(self._wrapping, new_key(), key_id.encode())
        self._change({**self._wrapped, key_id: wrapped}, self._destroyed)

    def _generations(self, base: str) -> list[int]:
        return [
            int(generation)
            for known in (self._wrapped, self._destroyed)
            for start, _, generation in (key_id.rpartition("-") for key_id in known)
            if start == base
        ]

    def _change(self, wrapped: dict[str, bytes], destroyed: set[str]) -> None:
        files.replace(self._path, self._sealed(wrapped, destroyed))
        self._wrapped, self._destroyed = wrapped, destroyed

    def _write(self) -> None:
        self._change(self._wrapped, self._destroyed)

    def _sealed(self, wrapped: dict[str, bytes], destroyed: set[str]) -> bytes:
        table = {
            "format": _FORMAT,
            "keys": {key_id: key.hex() for key_id, key in sorted(wrapped.items())},
            "destroyed": sorted(destroyed),
        }
        return seal(self._wrapping, json.dumps(table).encode(), _ABOUT)


_ABOUT = b"data keys"


def _nobody(key_id: str) -> None:
    """Nobody wants to be told."""


def _read(path: Path, wrapping: bytes) -> tuple[dict[str, bytes], set[str]]:
    content = files.read(path)
    if content is None:
        raise VaultError(f"{path} is missing, and without it nothing can be read: restore a backup")
    try:
        table = json.loads(unseal(wrapping, content, _ABOUT))
    except VaultError:
        raise VaultError(f"{path} does not open: it was changed or is damaged; restore a backup") from None
    if table["format"] != _FORMAT:
        raise VaultError(f"{path} was written by a newer version of the assistant: use that one")
    return {key_id: bytes.fromhex(key) for key_id, key in table["keys"].items()}, set(table["destroyed"])
