"""A microphone per person, live: whose track leads is who speaks, and two who talk at once are both heard.

Turns are cut on the sum of the tracks, so that they follow each other; each track that leads somewhere in a turn is
recognised by itself, and what another track hears better is left out. The voices themselves are not compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from assistant.attribution.channels import ChannelAttributor
from assistant.attribution.stretches import nobodys
from assistant.attribution.words import assign_words
from assistant.domain import Attribution, Block, DecidedBy, PersonId, Turn
from assistant.pipeline.joining import AttributedRun
from assistant.pipeline.live_turns import Recognised
from assistant.pipeline.microphones import own_part, track_code
from assistant.transcription.recognition import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from assistant.attribution.words import WordRun
    from assistant.domain import Gap
    from assistant.pipeline.live_rooms import WordFinder


@dataclass(frozen=True, slots=True, eq=False)
class SeatTurn(Turn):
    """A turn with the sound of every track."""

    tracks: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32), repr=False)
    """Shape (tracks, n), -1 to 1; n as of the turn's own audio."""


@dataclass(frozen=True, slots=True)
class SeatSegment(Segment):
    """Words of one track, decided by the levels of all."""

    attribution: Attribution = field(default_factory=lambda: nobodys(decided_by=DecidedBy.CHANNEL))


def with_tracks(turn: Turn, blocks: Iterable[Block | Gap]) -> SeatTurn:
    """Return a turn, cut on the sum of the tracks, with the tracks themselves.

    Args:
        turn: The turn.
        blocks: The sound from its first to its last sample; what is missing is silence.
    """
    whole: NDArray[np.float32] | None = None
    for block in blocks:
        if not isinstance(block, Block):
            continue
        if whole is None:
            whole = np.zeros((block.audio.shape[0], turn.audio.shape[0]), np.float32)
        start, end = max(block.first_sample, turn.first_sample), min(block.end_sample, turn.end_sample)
        if start < end:
            part = block.audio[:, start - block.first_sample : end - block.first_sample]
            whole[:, start - turn.first_sample : end - turn.first_sample] = part
    tracks = turn.audio[None, :] if whole is None else whole
    return SeatTurn(turn.first_sample, turn.audio, turn.cut, turn.voiced, turn.channel, tracks)


def recognised_by_seat(
    turn: SeatTurn, people: Mapping[int, PersonId], transcriber: WordFinder, hotwords: Sequence[str]
) -> Recognised:
    """Return the words of a turn, each track's with its person.

    Args:
        turn: With its tracks.
        people: Person of each track, from 0. What a track of nobody hears is nobody's.
        transcriber: Hears words.
        hotwords: Names to expect.
    """
    # Each track has a code in the place of a person: one without a person competes too, and does not win for another.
    levels = ChannelAttributor({track: track_code(track) for track in range(turn.tracks.shape[0])})
    levels.listen(0, turn.tracks)
    begin = turn.first_sample
    stretches = [
        replace(s, start=s.start + begin, end=s.end + begin) for s in levels.decide([(0, turn.audio.shape[0])])[0]
    ]
    segments: list[SeatSegment] = []
    unheard: list[tuple[int, int]] = []
    for track in range(turn.tracks.shape[0]):
        part = own_part(Turn(begin, turn.tracks[track], turn.cut, turn.voiced, track), stretches)
        if part is None or not any(s.attribution.person == track_code(track) for s in stretches):
            continue
        recognition = transcriber.transcribe(part, hotwords)
        unheard.extend(recognition.unheard)
        for segment in recognition.segments:
            runs = (_own(run, track, people) for run in assign_words(segment.words, stretches))
            segments += [SeatSegment(r.words, segment.suspicions, r.attribution) for r in runs if r is not None]
    segments.sort(key=lambda segment: segment.words[0].start)
    return Recognised(begin, turn.end_sample, tuple(segments), tuple(sorted(unheard)), turn.voiced)


def runs_by_seat(segments: Iterable[Segment]) -> tuple[AttributedRun, ...]:
    """Return the words of a turn as their tracks decided."""
    return tuple(
        AttributedRun(
            tuple(replace(w, speaker=s.attribution.person, guess=w.guess or s.attribution.person) for w in s.words),
            s.attribution,
            s.suspicions,
        )
        for s in segments
        if isinstance(s, SeatSegment)
    )


def _own(run: WordRun, track: int, people: Mapping[int, PersonId]) -> WordRun | None:
    """Return the run with its track's person; None for words that another microphone hears better."""
    leader = run.attribution.person
    if leader is not None and leader != track_code(track):
        return None
    person = people.get(track) if leader is not None else None
    decided = nobodys(decided_by=DecidedBy.CHANNEL)
    attribution = decided if person is None else Attribution(person, 1.0, 1.0, DecidedBy.CHANNEL)
    words = tuple(replace(word, speaker=person, guess=people.get(track)) for word in run.words)
    return replace(run, words=words, attribution=attribution)
