"""The rooms that hold weights, each built when it is first needed and used again.

Nothing here knows the alert rules: a site may choose to run a live session without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution.attributor import Attributor
from assistant.capture.endpointing import Endpointer
from assistant.capture.recording import read_clip
from assistant.cli.reading_room import ReadingRoom
from assistant.models.places import models_folder
from assistant.models.store import ModelStore
from assistant.transcription.whisper import Transcriber

if TYPE_CHECKING:
    from assistant.capture.endpointing import Limits
    from assistant.domain import Group
    from assistant.settings import Settings


class ModelRooms:
    """Builds rooms from the settings, for one session or many."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = ModelStore(models_folder(settings.models_folder))
        self._transcriber: Transcriber | None = None

    def endpointer(self, limits: Limits | None = None) -> Endpointer:
        """Return what cuts one stream of sound into turns."""
        return Endpointer(self.store.folder("silero-vad") / "silero_vad_v6.onnx", limits)

    def transcriber(self) -> Transcriber:
        """Return the recogniser that the settings name."""
        if self._transcriber is None:
            chosen = self.settings.transcription
            self._transcriber = Transcriber(self.store.folder(chosen.model), chosen.threads, chosen.language)
        return self._transcriber

    def attributor(self, group: Group) -> Attributor:
        """Return what tells the voices of a group, its clips enrolled."""
        folder = self.store.folder
        return Attributor(
            folder("pyannote-segmentation") / "pyannote-segmentation-3.0.onnx",
            folder("wespeaker-resnet34") / "wespeaker-resnet34-256.onnx",
            {p.id: read_clip(p.voice) for p in group.present if p.voice is not None},
            most_voices=len(group.present),
        )

    def reading_room(self, group: Group) -> ReadingRoom:
        """Return what reads the utterances of a group."""
        return ReadingRoom(self.store, group, risk_flags=self.settings.live.risk_flags)
