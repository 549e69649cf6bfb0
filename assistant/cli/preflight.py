"""What can be refused at once is refused at once: before the models are loaded, and before any long work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import InputError, ModelError

if TYPE_CHECKING:
    from assistant.capture.recording import Recording
    from assistant.cli.source import Source
    from assistant.domain import Group
    from assistant.models.store import ModelStore
    from assistant.settings import Settings

READERS = ("spacy-en-md", "rampart", "minilm")
"""Models that read words; a transcript needs no others."""

LISTENERS = ("silero-vad", "pyannote-segmentation", "wespeaker-resnet34")
"""Models that listen, besides the recogniser that the settings name."""


def preflight(source: Source, group: Group, settings: Settings, store: ModelStore) -> tuple[str, ...]:
    """Look at everything that a run will need, and return what is worth telling whoever waits.

    Raises:
        InputError: The source, a clip or an option cannot be used.
        ModelError: A model is missing or damaged.
    """
    hints = _look_at_transcript(source, group) if source.is_transcript else _look_at_recording(source, group)
    require(store, models_for(settings, words_only=source.is_transcript))
    return hints


def models_for(settings: Settings, *, words_only: bool) -> tuple[str, ...]:
    """Return the names of the models that a run needs; with ``words_only`` those that a transcript needs."""
    return READERS if words_only else (*LISTENERS, settings.transcription.model, *READERS)


def require(store: ModelStore, names: tuple[str, ...]) -> None:
    """Check every byte of the models: a damaged one would not fail, it would overlook.

    Raises:
        ModelError: One is missing or damaged.
    """
    for name in names:
        store.folder(name)
        if store.problems(name):
            raise ModelError(
                f"the model {name} in {store.root} is damaged: run 'assistant models install', "
                "or 'assistant models add whisper DIR' again for one of your own"
            )


def _look_at_transcript(source: Source, group: Group) -> tuple[str, ...]:
    from assistant.transcription.transcripts import read_transcript

    for option, given in (("--channels", source.channels), ("--name-voices", source.named_voices)):
        if given:
            raise InputError(f"{option} is for recordings: a transcript says itself who speaks")
    read_transcript(source.path, group)
    return ()


def _look_at_recording(source: Source, group: Group) -> tuple[str, ...]:
    from assistant.capture.recording import Recording
    from assistant.capture.tracks import one_microphone_each

    recording = Recording.open(source.path)
    _refuse_tracks_that_are_not_there(source, recording)
    for person in group.present:
        if person.voice is not None:
            Recording.open(person.voice)
    hints: list[str] = []
    if recording.streams > 1:
        hints.append(
            f"{source.path.name} holds {recording.streams} audio streams; only the one that players choose is read"
        )
    if not source.channels and one_microphone_each(recording):
        hints.append(
            f"the {recording.channels} tracks look like a microphone for each person: "
            'say whose they are with --channels "1=f,2=m1", and nobody has to be told by voice'
        )
    return tuple(hints)


def _refuse_tracks_that_are_not_there(source: Source, recording: Recording) -> None:
    if source.channels and recording.channels == 1:
        raise InputError(f"--channels: {source.path} has one track, and nobody can be told from anybody by it")
    for track in source.channels:
        if track >= recording.channels:
            raise InputError(f"--channels: track {track + 1} is not in {source.path}, which has {recording.channels}")
