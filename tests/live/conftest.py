"""A live room of small real parts: real vault, spool, processes and pipes; tones that a reader turns into words."""

# ruff: noqa: E402  the project's root must be importable first
from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    # The worker process is a new Python: what it is handed must be importable there by the same name.
    sys.path.insert(0, str(ROOT))

from assistant.live.recovery import unfinished
from assistant.live.session import LiveSession
from assistant.settings import LiveSettings
from assistant.store.sessions import Sessions
from assistant.store.sounds import Sounds
from assistant.store.vault import Vault
from tests.live.tones import Habits, ToneBuilder, ToneSource, cheap_passphrase, session_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.domain import Group
    from assistant.store.stored import StoredSession


class MovedClock:
    """The machine's clock, moved."""

    def __init__(self) -> None:
        self.by = dt.timedelta()

    def now(self) -> dt.datetime:
        """Return the time."""
        return dt.datetime.now(dt.UTC) + self.by


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """An open vault."""
    with Vault.create(tmp_path / "vault", cheap_passphrase(), MovedClock()) as made:
        yield made


class Rooms:
    """Makes live rooms for one test, and lets go of them afterwards."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.sounds = Sounds(vault)
        self.clock = cast("MovedClock", vault.clock)
        self.sources: list[ToneSource] = []
        self._made: list[LiveSession] = []

    def __call__(
        self,
        group: Group | None = None,
        habits: Habits | None = None,
        settings: LiveSettings | None = None,
        clock: Callable[[], float] = time.monotonic,
        instead: ToneSource | None = None,
        **source: Any,  # noqa: ANN401  as ToneSource takes it
    ) -> LiveSession:
        """Return a session over tones that is open and records nothing yet.

        Args:
            group: Who is there.
            habits: How the reader behaves.
            settings: The site's policy.
            clock: Seconds that only rise.
            instead: Used the first time in the place of a ``ToneSource``.
            source: What ``ToneSource`` takes.
        """

        def source_of() -> ToneSource:
            first = not self.sources and instead is not None
            self.sources.append(instead if first and instead is not None else ToneSource(**source))
            return self.sources[-1]

        made = LiveSession.begin(
            self.vault,
            session_of(group),
            source_of,
            ToneBuilder(habits or Habits()),
            settings or LiveSettings(),
            clock=clock,
        )
        self._made.append(made)
        return made

    def stored(self) -> StoredSession:
        """Return the session as the vault has it."""
        return Sessions(self.vault).load("s1")

    def recovered(self, room: LiveSession) -> LiveSession:
        """Return a session again, as the next start of the program finds it."""
        room.end()
        (stored,) = unfinished(self.vault)
        again = LiveSession.recover(self.vault, stored, ToneSource, ToneBuilder(), LiveSettings())
        self._made.append(again)
        return again

    def leave(self) -> None:
        """Let go of all."""
        for made in self._made:
            made.end()


@pytest.fixture
def live(vault: Vault) -> Iterator[Rooms]:
    """Makes live rooms."""
    rooms = Rooms(vault)
    yield rooms
    rooms.leave()
