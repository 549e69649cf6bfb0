"""What a review's worker is made of, put together in the process that will use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.cli.preflight import models_for, require
from assistant.models.places import models_folder
from assistant.models.store import ModelStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Entry, Session
    from assistant.review.reads import Desk
    from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class DeskBuilder:
    """Builds what reads and checks a session. It can be sent to another process, which then loads the models."""

    settings: Settings

    def require(self) -> None:
        """Check every byte of the models, before anybody waits for them.

        Raises:
            ModelError: One is missing or damaged.
        """
        require(ModelStore(models_folder(self.settings.models_folder)), models_for(self.settings, words_only=True))

    def build(self, session: Session, entries: Sequence[Entry], duration: int) -> Desk:
        """Return what reads a session; takes some seconds.

        Args:
            session: With its group as it was last.
            entries: Those of the close; none where its words are destroyed.
            duration: Samples of the session.

        Raises:
            ModelError: A model is missing or damaged.
        """
        from assistant.alerts.live import LiveAlerts
        from assistant.cli.reading_room import ReadingRoom
        from assistant.pipeline.reviewing import Reviewer, ReviewRooms
        from assistant.review.reads import Desk

        flags = self.settings.live.risk_flags
        store = ModelStore(models_folder(self.settings.models_folder))
        room = ReadingRoom(store, session.group, risk_flags=flags)
        gate = room.gate()
        rooms = ReviewRooms(
            analyst=lambda group: room.analyst(group).remembering(),
            gate=lambda: gate,
            profile=self.settings.notes.profile,
            alerts=LiveAlerts.of(risk_flags=flags),
        )
        model = None
        if self.settings.wording.server:
            from assistant.notes.local_model import local_model  # the one seam that opens a socket, on loopback

            model = local_model(self.settings.wording)
        return Desk(Reviewer(session, entries, rooms, duration), gate, model)
