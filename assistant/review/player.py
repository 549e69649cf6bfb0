"""A moment of the session, heard again: straight from the vault to the loudspeaker, never through a file."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.capture.loudspeaker import Loudspeaker
    from assistant.domain import Block, Gap
    from assistant.store.sessions import Sessions
    from assistant.store.spool_reader import SpoolReader


class Player:
    """Plays from the sound of sessions. Safe from any thread."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._lock = Lock()
        self._speaker: Loudspeaker | None = None

    @property
    def problem(self) -> str | None:
        """One line about a device that went away while it played."""
        return None if self._speaker is None else self._speaker.problem

    def play(self, session: str, start: int, end: int) -> None:
        """Play from one sample to another; what played before stops.

        Raises:
            VaultError: The sound is destroyed.
            DeviceError: There is nothing to play on.
        """
        reader = self._sessions.sound(session)
        with self._lock:
            if self._speaker is None:
                from assistant.capture.loudspeaker import Loudspeaker  # noqa: PLC0415  loads the sound library

                self._speaker = Loudspeaker()
            self._speaker.play(_parts(reader, start, end))

    def stop(self) -> None:
        """Stop playing."""
        with self._lock:
            if self._speaker is not None:
                self._speaker.stop()


def _parts(reader: SpoolReader, start: int, end: int) -> Iterator[Block | Gap]:
    with reader:
        yield from reader.blocks(start, end)
