"""Sealing with several keys at once: destroying any one of them makes the content unreadable everywhere.

What a member said in a session must be gone when the member is erased, and gone when the session is erased. So it is
sealed with one key that follows from both. The ids of the keys stand beside the sealed body; an id tells nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.errors import VaultError
from assistant.store.seal import code, seal, unseal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from assistant.domain import PersonId
    from assistant.store.datakeys import DataKeys


class DataClass(StrEnum):
    """What has a key of its own in each session, because it is kept for a time of its own."""

    AUDIO = "audio"
    TRANSCRIPT = "transcript"
    """Words, findings, alerts, facts, what was typed."""
    RECORD = "record"
    """Who was there, and the notes."""


def key_name(session_id: str, kind: DataClass) -> str:
    """Return the name by which ``DataKeys`` knows a session's key for one class of data."""
    return f"{session_id} {kind.value}"


class SessionSeal:
    """Seals and opens what belongs to one session."""

    def __init__(self, keys: DataKeys, session_id: str, group_key: str, without_key: Collection[PersonId]) -> None:
        """Hold the keys.

        Args:
            keys: The vault's data keys.
            session_id: The session.
            group_key: Opaque id of the group.
            without_key: The facilitators: their words are the session's.
        """
        self.session_id = session_id
        self.group_key = group_key
        self._keys = keys
        self._without_key = frozenset(without_key)
        self._key_ids: dict[PersonId, str] = {}

    def seal(self, kind: DataClass, people: Iterable[PersonId], plain: bytes, about: str) -> tuple[str, bytes]:
        """Return the ids of the keys, and ``plain`` sealed with all of them.

        Args:
            kind: Which of the session's keys.
            people: Whose keys as well; facilitators have none.
            plain: What to hide.
            about: What it is; the same must be given at opening.

        Raises:
            VaultError: One of them was erased.
        """
        of_session = self.key_name(kind)
        # Asked for, so that a key is made where there is none yet.
        self._keys.of_session(of_session)
        ids = [self._keys.id_of_session(of_session), *(self._id_of(p) for p in sorted(people) if self._has_key(p))]
        return " ".join(ids), seal_with(self._keys, ids, plain, self._about(about))

    def unseal(self, keys: str, body: bytes, about: str) -> bytes | None:
        """Return what was sealed; None where any of its keys was destroyed.

        Raises:
            VaultError: The keys stand and it does not open: it was changed.
        """
        return unseal_with(self._keys, keys.split(), body, self._about(about))

    def key_name(self, kind: DataClass) -> str:
        """Return the name by which ``DataKeys`` knows the session's key for one class of data."""
        return key_name(self.session_id, kind)

    def key_id(self, person: PersonId) -> str | None:
        """Return the id of a member's key; None for a facilitator."""
        return self._id_of(person) if self._has_key(person) else None

    def _has_key(self, person: PersonId) -> bool:
        return person not in self._without_key

    def _id_of(self, person: PersonId) -> str:
        if person not in self._key_ids:
            self._keys.of_member(self.group_key, person)
            self._key_ids[person] = self._keys.id_of_member(self.group_key, person)
        return self._key_ids[person]

    def _about(self, about: str) -> bytes:
        return f"{self.session_id} {about}".encode()


def seal_with(keys: DataKeys, ids: Iterable[str], plain: bytes, about: bytes) -> bytes:
    """Return ``plain`` sealed with all keys of these ids together.

    Raises:
        VaultError: One of them was destroyed.
    """
    key = _joint(keys, ids)
    if key is None:
        raise VaultError("what belongs to somebody who was erased cannot be kept")
    return seal(key, plain, about)


def unseal_with(keys: DataKeys, ids: Iterable[str], body: bytes, about: bytes) -> bytes | None:
    """Return what ``seal_with`` hid; None where one of the keys was destroyed.

    Raises:
        VaultError: The keys stand and it does not open: it was changed.
    """
    key = _joint(keys, ids)
    return None if key is None else unseal(key, body, about)


def _joint(keys: DataKeys, ids: Iterable[str]) -> bytes | None:
    """Return the one key that follows from all of them; None where one is gone."""
    joint = b""
    for key_id in ids:
        key = keys.get(key_id)
        if key is None:
            return None
        joint = code(key, "joint", joint)
    return joint
