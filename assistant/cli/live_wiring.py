"""The rooms of a live session, put together in the process that will use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.cli.preflight import models_for, require
from assistant.models.places import models_folder
from assistant.models.store import ModelStore

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from assistant.capture.endpointing import Endpointer
    from assistant.domain import PersonId, Session
    from assistant.pipeline.live_reader import LiveReader
    from assistant.pipeline.live_understanding import Watches
    from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class ReaderBuilder:
    """Builds the reader of a session. It can be sent to another process, which then loads the models."""

    settings: Settings

    def require(self) -> None:
        """Check every byte of the models, before anybody waits for them.

        Raises:
            ModelError: One is missing or damaged.
        """
        require(ModelStore(models_folder(self.settings.models_folder)), models_for(self.settings, words_only=False))

    def turn_finder(self) -> Endpointer:
        """Return what cuts a live stream into turns; it holds the state of one stream."""
        from assistant.cli.rooms import ModelRooms

        return ModelRooms(self.settings).endpointer()

    def build(
        self,
        session: Session,
        voiceprints: Mapping[PersonId, NDArray[np.float32]] | None = None,
        seats: Mapping[int, PersonId] | None = None,
    ) -> LiveReader:
        """Return the reader of a session; takes some seconds.

        Args:
            session: The group as it is now.
            voiceprints: Those that people let be kept, shape (256,).
            seats: Whose microphone each track is, where turns come with their tracks.

        Raises:
            ModelError: A model is missing or damaged.
        """
        from assistant.capture.recording import read_clip
        from assistant.cli.rooms import ModelRooms
        from assistant.pipeline.live_reader import LiveReader
        from assistant.pipeline.live_rooms import LiveRooms
        from assistant.transcription.hotwords import hotwords

        rooms = ModelRooms(self.settings)
        room = rooms.reading_room(session.group)
        attributor = rooms.attributor(session.group)
        attributor.know(voiceprints or {})
        live = self.settings.live.live_alerts
        return LiveReader(
            session,
            LiveRooms(
                transcriber=rooms.transcriber(),
                attributor=attributor,
                hotwords=hotwords,
                analyst=room.analyst,
                clip=lambda person: None if person.voice is None else read_clip(person.voice),
                gate=room.gate,
                profile=self.settings.notes.profile,
                alerts=self._alerts() if live else None,
                alerts_afterwards=None if live else self._alerts,
                seats=seats or {},
            ),
        )

    def _alerts(self) -> Watches:
        # Imported only here: a site that warns of nothing live does not have the rules in its process.
        from assistant.alerts.live import LiveAlerts

        return LiveAlerts.of(risk_flags=self.settings.live.risk_flags)
