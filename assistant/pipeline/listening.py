"""A recording in, utterances out: who said what, and what was lost on the way.

The audio streams past once. Of each turn only its words and its voiceprints are kept, so memory does not grow with
the recording.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.attribution.naming import name_voices, voices_heard
from assistant.attribution.words import assign_words
from assistant.domain import Gap
from assistant.pipeline.joining import AttributedRun, join_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assistant.attribution.attributor import Attributor
    from assistant.attribution.enrolment import EnrolmentWarning
    from assistant.attribution.tracks import VoicedStretch, VoiceTrack
    from assistant.capture.endpointing import Endpointer
    from assistant.capture.recording import Recording
    from assistant.domain import Frame, PersonId, Utterance
    from assistant.pipeline.progress import Progress
    from assistant.transcription.recognition import Segment
    from assistant.transcription.whisper import Transcriber


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was heard in one recording."""

    utterances: tuple[Utterance, ...] = field(repr=False)
    duration: int
    """Length of the recording, in samples, lost parts included."""
    speech: int = 0
    """Voiced samples."""
    gaps: tuple[Gap, ...] = ()
    """Audio that was lost."""
    unheard: tuple[tuple[int, int], ...] = ()
    """Voiced stretches that got no words, half-open sample ranges."""
    voices: tuple[tuple[str, int], ...] = ()
    """Letter and samples spoken of each anonymous voice that nobody named."""
    clips: tuple[EnrolmentWarning, ...] = ()
    """Enrolment clips that will not serve."""


@dataclass(frozen=True, slots=True)
class Listener:
    """The rooms that turn sound into utterances."""

    endpointer: Endpointer
    transcriber: Transcriber
    attributor: Attributor
    hotwords: tuple[str, ...] = field(repr=False)
    """Names that bias the recogniser: the roster's."""
    named_voices: Mapping[str, PersonId]
    """Whom a person said that anonymous voices are."""

    def listen(self, recording: Recording, progress: Progress) -> Heard:
        """Return everything heard in a recording."""
        progress.stage("Listening", recording.duration)
        counter = _Counter(progress)
        gaps: list[Gap] = []
        unheard: list[tuple[int, int]] = []
        segments: list[tuple[Segment, ...]] = []
        tracks: list[VoiceTrack] = []
        speech = 0
        for turn in self.endpointer.turns(counter.watch(recording.frames())):
            if isinstance(turn, Gap):
                gaps.append(turn)
                continue
            recognition = self.transcriber.transcribe(turn, self.hotwords)
            tracks.append(self.attributor.hear(turn))
            segments.append(recognition.segments)
            unheard.extend(recognition.unheard)
            speech += sum(end - start for start, end in turn.voiced)
        stretches = name_voices(self.attributor.decide(tracks), self.named_voices)
        runs = tuple(run for pair in zip(segments, stretches, strict=True) for run in runs_of(*pair))
        return Heard(
            utterances=join_runs(runs),
            duration=counter.end,
            speech=speech,
            gaps=tuple(gaps),
            unheard=tuple(unheard),
            voices=tuple(voices_heard(stretches).items()),
            clips=self.attributor.warnings,
        )


def runs_of(segments: Sequence[Segment], stretches: Sequence[VoicedStretch]) -> Iterator[AttributedRun]:
    """Yield the words of one turn in runs of one speaker; none is lost and none is doubled."""
    for segment in segments:
        for run in assign_words(segment.words, stretches):
            yield AttributedRun(run.words, run.attribution, segment.suspicions)


class _Counter:
    """Counts what streams past."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.end = 0

    def watch(self, frames: Iterable[Frame | Gap]) -> Iterator[Frame | Gap]:
        for frame in frames:
            length = frame.samples if isinstance(frame, Gap) else int(frame.audio.shape[0])
            self.end = frame.first_sample + length
            yield frame
            self._progress.advance(self.end)
