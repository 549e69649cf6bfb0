"""A recording with a microphone per person in, utterances out: whose track it is, is who speaks.

Each track is cut into turns and recognised by itself, so that two who talk at once are both heard. Every microphone
also hears the others: what another track leads is heard there and left out here, and what no track leads clearly is
nobody's. The voices themselves are not compared.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.attribution.channels import ChannelAttributor
from assistant.attribution.stretches import nobodys
from assistant.attribution.words import assign_words
from assistant.capture.tracks import SILENT_PEAK
from assistant.domain import SAMPLE_RATE, Attribution, DecidedBy, Gap, PersonId, Turn
from assistant.errors import MediaError
from assistant.pipeline.joining import AttributedRun, join_runs
from assistant.pipeline.listening import Heard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assistant.attribution.tracks import VoicedStretch
    from assistant.attribution.words import WordRun
    from assistant.capture.recording import Recording
    from assistant.domain import Frame
    from assistant.pipeline.progress import Progress
    from assistant.transcription.recognition import Recognition

MARGIN = SAMPLE_RATE // 5
"""Samples kept on each side of what a track leads: soft onsets and word ends stand lower than the bleed around them."""

LEAST_LED = SAMPLE_RATE
"""Samples that a track must lead before it counts as somebody's microphone: about three words."""


class TurnFinder(Protocol):
    """Cuts a stream of frames into turns."""

    def turns(self, frames: Iterable[Frame | Gap]) -> Iterator[Turn | Gap]:
        """Yield the turns in order of time."""
        ...


class WordFinder(Protocol):
    """Hears words."""

    def transcribe(self, turn: Turn, hotwords: Sequence[str]) -> Recognition:
        """Return the words of a turn."""
        ...


@dataclass(frozen=True, slots=True)
class MicrophoneListener:
    """The rooms that turn a microphone per person into utterances."""

    endpointers: Sequence[TurnFinder]
    """One for each track, because each holds the state of its own stream."""
    transcriber: WordFinder
    hotwords: tuple[str, ...] = field(repr=False)
    """Names that bias the recogniser: the roster's."""
    people: Mapping[int, PersonId]
    """Person of each track, from 0. What a track of nobody hears is nobody's."""

    def listen(self, recording: Recording, progress: Progress) -> Heard:
        """Return everything heard in a recording.

        Raises:
            MediaError: Fewer than two tracks ever lead: they are not the microphones of different people.
        """
        levels, duration, gaps = _compared(recording, progress)
        progress.stage("Listening", duration)
        runs: list[AttributedRun] = []
        unheard: list[tuple[int, int]] = []
        speech = 0
        for turn in heapq.merge(*self._turns(recording), key=lambda t: (t.first_sample, t.channel)):
            progress.advance(turn.first_sample)
            (stretches,) = levels.decide([(turn.first_sample, turn.end_sample)])
            part = own_part(turn, stretches)
            if part is None:
                continue
            recognition = self.transcriber.transcribe(part, self.hotwords)
            for segment in recognition.segments:
                for run in assign_words(segment.words, stretches):
                    mine = self._own_run(run, turn.channel)
                    if mine is not None:
                        runs.append(AttributedRun(mine.words, mine.attribution, segment.suspicions))
            unheard.extend(recognition.unheard)
            speech += sum(end - start for start, end in part.voiced)
        progress.advance(duration)
        runs.sort(key=lambda run: run.words[0].start)
        return Heard(join_runs(tuple(runs)), duration, speech, gaps, tuple(sorted(unheard)))

    def _turns(self, recording: Recording) -> Iterator[Iterator[Turn]]:
        for track, endpointer in enumerate(self.endpointers):
            yield (turn for turn in endpointer.turns(recording.frames(track)) if isinstance(turn, Turn))

    def _own_run(self, run: WordRun, track: int | None) -> WordRun | None:
        """Return the run with its track's person; None for words that another microphone hears better."""
        leader = run.attribution.person
        if leader is not None and leader != track_code(track):
            return None
        codes = {track_code(number): person for number, person in self.people.items()}
        person = codes.get(leader) if leader is not None else None
        attribution = (
            nobodys(decided_by=DecidedBy.CHANNEL)
            if person is None
            else Attribution(person, 1.0, 1.0, DecidedBy.CHANNEL)
        )
        words = (replace(w, speaker=person, guess=codes.get(w.guess) if w.guess else None) for w in run.words)
        return replace(run, words=tuple(words), attribution=attribution)


def own_part(turn: Turn, stretches: Sequence[VoicedStretch]) -> Turn | None:
    """Return the part of a turn between the first and the last thing that its own track leads or contests.

    Args:
        turn: Of one track.
        stretches: Who leads, by track code, over the samples of the turn.

    Returns:
        None where all of it is the bleed of other tracks.
    """
    own = [s for s in stretches if s.overlap or _is_led_by(turn.channel, s)]
    if not own:
        return None
    start, end = max(turn.first_sample, own[0].start - MARGIN), min(turn.end_sample, own[-1].end + MARGIN)
    ranges = ((max(a, s.start), min(b, s.end)) for a, b in turn.voiced for s in own)
    voiced = tuple((a, b) for a, b in ranges if a < b)
    audio = turn.audio[start - turn.first_sample : end - turn.first_sample]
    return replace(turn, first_sample=start, audio=audio, voiced=voiced) if voiced else None


def _compared(recording: Recording, progress: Progress) -> tuple[ChannelAttributor, int, tuple[Gap, ...]]:
    """Return the levels of all tracks, the length of the recording in samples, and its gaps."""
    progress.stage("Comparing", recording.duration)
    # Each track has a code in the place of a person: one without a person competes too, and does not win for another.
    levels = ChannelAttributor({track: track_code(track) for track in range(recording.channels)})
    gaps: list[Gap] = []
    end, peak = 0, 0.0
    for block in recording.blocks():
        if isinstance(block, Gap):
            gaps.append(block)
            end = block.first_sample + block.samples
            continue
        levels.listen(block.first_sample, block.audio)
        end = block.first_sample + int(block.audio.shape[1])
        peak = max(peak, float(np.abs(block.audio).max(initial=0.0)))
        progress.advance(end)
    (whole,) = levels.decide([(0, end)])
    led: dict[str, int] = {}
    for stretch in whole:
        if stretch.attribution.person is not None:
            led[stretch.attribution.person] = led.get(stretch.attribution.person, 0) + stretch.end - stretch.start
    leaders = sum(samples >= LEAST_LED for samples in led.values())
    if leaders < 2 and peak >= SILENT_PEAK:  # noqa: PLR2004  one is no comparison
        raise MediaError(
            f"{recording.path}: its tracks are not a microphone for each person: "
            "no two of them are ever clearly the louder; leave --channels out"
        )
    return levels, end, tuple(gaps)


def track_code(track: int | None) -> PersonId:
    """Return what stands for a track in the place of a person."""
    # No id on a roster holds a colon, so that no track is taken for a person.
    return PersonId(f"track:{track}")


def _is_led_by(track: int | None, stretch: VoicedStretch) -> bool:
    return stretch.attribution.person == track_code(track)
