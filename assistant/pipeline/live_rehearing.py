"""Turns whose voices nobody remembers, heard again from the sound that is kept: after the whole program had died.

Their words stay as they were kept; what they gain are voices, so that they count in what is decided at the end.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.attribution.pins import Pin
from assistant.domain import DecidedBy, samples
from assistant.pipeline.live_early import EARLY
from assistant.pipeline.live_joining import LiveTurn
from assistant.pipeline.live_turns import HeardTurn, Recognised
from assistant.transcription.recognition import Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from assistant.attribution.tracks import VoiceTrack
    from assistant.domain import Utterance
    from assistant.store.stored import Decision

LONGEST = samples(12.0)
"""Samples heard at once: what a turn has at most."""
APART = samples(0.5)
"""Words farther apart than this were not of one turn."""


class Rehearing:
    """Which turns still lack voices, and what was heard of those that were heard again."""

    def __init__(self) -> None:
        self._in_vain: set[int] = set()
        """First samples of turns whose voices could not be heard again."""
        self._to_weigh = False

    def next(self, turns: Sequence[LiveTurn]) -> tuple[int, int] | None:
        """Return the samples to hear next; None: every voice is remembered, or cannot be heard again."""
        found = next_voiceless(turns, self._in_vain)
        if found is None:
            return None
        return turns[found][0].start, max(turn.end for turn in turns[found])

    def heard(self, turns: list[LiveTurn], voices: Callable[[], VoiceTrack]) -> HeardTurn | None:
        """Put one turn that has voices in the place of those that were to be heard next.

        Args:
            turns: All, in order of time.
            voices: Hears them; asked only where there is something to hear.

        Returns:
            That turn; None where its sound is gone: what was decided stands.
        """
        found = next_voiceless(turns, self._in_vain)
        if found is None:
            return None
        again = with_voices(turns[found], voices())
        if again.heard is None or not again.heard.voices.pieces:
            self._in_vain.update(one.start for one in turns[found])
            return None
        turns[found] = [again]
        self._to_weigh = True
        return again.heard

    def is_to_weigh(self) -> bool:
        """Whether voices were heard since this was asked last: they are to be learned anew with them."""
        asked, self._to_weigh = self._to_weigh, False
        return asked


def next_voiceless(turns: Sequence[LiveTurn], tried: Collection[int]) -> slice | None:
    """Return the places of the first turns without voices that can be heard as one; None: there are none.

    Args:
        turns: All, in order of time.
        tried: First samples of those that were heard again in vain.
    """
    first = next((i for i, t in enumerate(turns) if _is_voiceless(t) and t.start not in tried), None)
    if first is None:
        return None
    last = first + 1
    end = turns[first].end
    while last < len(turns) and _is_voiceless(turns[last]):
        if turns[last].start - end > APART or turns[last].end - turns[first].start > LONGEST:
            break
        end = max(end, turns[last].end)
        last += 1
    return slice(first, last)


def with_voices(turns: Sequence[LiveTurn], voices: VoiceTrack) -> LiveTurn:
    """Return neighbouring turns, decided as they are, as one that has voices."""
    runs = tuple(run for turn in turns for run in turn.runs)
    start, end = turns[0].start, max(turn.end for turn in turns)
    segments = tuple(
        Segment(tuple(replace(word, speaker=None, guess=None) for word in run.words), run.suspicions) for run in runs
    )
    voiced = tuple((run.words[0].start, run.words[-1].end) for run in runs)
    return LiveTurn(start, end, runs, HeardTurn(Recognised(start, end, segments, (), voiced), voices))


def pins_of(named: Sequence[Decision], utterances: Sequence[Utterance]) -> tuple[Pin, ...]:
    """Return what keys said, from what was written down of it and what became of it.

    Args:
        named: In the order in which the keys were pressed.
        utterances: As they were kept.
    """
    given = [u for u in utterances if u.attribution.decided_by is DecidedBy.KEY and u.attribution.person is not None]
    # What one voice said moves together when a key is pressed again.
    pins = [Pin(u.start, u.end, who, letter=f"key:{who}") for u in given if (who := u.attribution.person) is not None]
    for one in named:
        theirs = [u for u in given if u.speaker == one.person and u.start < one.end and one.start < u.end]
        # All words of an utterance that was nobody's were given by the key.
        pins += [Pin(u.start, u.end, one.person, contested=_whole(u)) for u in theirs]
        # A key that was pressed for words told early meant words that were read later: they say whose they became.
        told_early = one.utterance is not None and one.utterance.startswith(EARLY)
        if not theirs and not told_early and one.start < one.end:
            pins.append(Pin(one.start, one.end, one.person))
    return tuple(pins)


def _is_voiceless(turn: LiveTurn) -> bool:
    """Whether a turn lacks voices and needs them: where a microphone decided there are none."""
    by_voice = all(run.attribution.decided_by is not DecidedBy.CHANNEL for run in turn.runs)
    return turn.heard is None and bool(turn.runs) and by_voice


def _whole(utterance: Utterance) -> bool:
    return all(word.speaker == utterance.speaker for word in utterance.words)
