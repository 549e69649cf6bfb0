"""Objects put together: which model file goes into which room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.alerts.memory import SessionMemory
from assistant.alerts.rules import rules_for
from assistant.capture.recording import Recording
from assistant.cli.preflight import models_for
from assistant.cli.rooms import ModelRooms
from assistant.cli.source import opaque_id
from assistant.domain import Session
from assistant.pipeline.listening import Heard, Listener
from assistant.pipeline.microphones import MicrophoneListener
from assistant.pipeline.session import Origin, Rooms, process_heard
from assistant.privacy.nlp import Language
from assistant.privacy.presidio import Presidio
from assistant.transcription.hotwords import hotwords
from assistant.transcription.transcripts import read_transcript

if TYPE_CHECKING:
    from assistant.cli.source import Source
    from assistant.domain import Group, Utterance
    from assistant.pipeline.progress import Progress
    from assistant.pipeline.session import SessionResult
    from assistant.settings import Settings


class Workshop:
    """Everything built from the settings, for one session or many.

    The rooms that hold weights are built when they are first needed and used again; what knows a group is built for it.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.rooms = ModelRooms(settings)
        self.store = self.rooms.store
        self._presidio: Presidio | None = None

    def process(self, source: Source, group: Group, progress: Progress) -> SessionResult:
        """Return everything known about one session.

        Raises:
            InputError: The source cannot be used.
            ModelError: Models are missing or damaged.
        """
        if source.is_transcript:
            heard = heard_in_transcript(read_transcript(source.path, group))
            return self.process_heard(source, group, heard, models_for(self.settings, words_only=True), progress)
        progress.stage("Loading", None)
        recording = Recording.open(source.path)
        names = models_for(self.settings, words_only=False)
        self.require(names)
        heard = self._listen(source, recording, group, progress)
        return self.process_heard(source, group, heard, names, progress)

    def process_heard(
        self, source: Source, group: Group, heard: Heard, names: tuple[str, ...], progress: Progress
    ) -> SessionResult:
        """Return everything known about what was heard, by whatever means.

        Args:
            source: Where it comes from.
            group: The group file's group.
            heard: Utterances with their speakers.
            names: The models that took part.
            progress: Who waits.
        """
        self.require(names)
        session = Session(opaque_id(source.path), group, source.day)
        models = tuple((name, self.store.digest(name)) for name in names)
        origin = Origin(source.path.name, models)
        progress.stage("Loading", None)
        return process_heard(session, origin, heard, self._rooms(group), progress)

    def require(self, names: tuple[str, ...]) -> None:
        """Check that models are installed, before any long work.

        Raises:
            ModelError: One is missing or damaged.
        """
        for name in names:
            self.store.folder(name)

    def as_shipped(self, text: str) -> str:
        """Return ``text`` through Presidio as it is shipped: the baseline of the evaluation."""
        if self._presidio is None:
            self._presidio = Presidio(Language(self.store.folder("spacy-en-md")))
        return self._presidio.as_shipped(text)

    def _listen(self, source: Source, recording: Recording, group: Group, progress: Progress) -> Heard:
        if source.channels:
            return MicrophoneListener(
                endpointers=[self.rooms.endpointer() for _ in range(recording.channels)],
                transcriber=self.rooms.transcriber(),
                hotwords=hotwords(group),
                people=source.channels,
            ).listen(recording, progress)
        return Listener(
            endpointer=self.rooms.endpointer(),
            transcriber=self.rooms.transcriber(),
            attributor=self.rooms.attributor(group),
            hotwords=hotwords(group),
            named_voices=source.named_voices,
        ).listen(recording, progress)

    def _rooms(self, group: Group) -> Rooms:
        room = self.rooms.reading_room(group)
        return Rooms(
            analyst=room.analyst(group),
            memory=SessionMemory(group),
            rules=rules_for(risk_flags=self.settings.live.risk_flags),
            gate=room.gate(),
            profile=self.settings.notes.profile,
        )


def heard_in_transcript(utterances: tuple[Utterance, ...]) -> Heard:
    """Return a transcript's utterances as if they had been heard."""
    return Heard(
        utterances=utterances,
        duration=max((u.end for u in utterances), default=0),
        speech=sum(u.end - u.start for u in utterances),
    )
