"""Turns as they were decided, from the entries that were kept: what a reader begins with that goes on for another.

What was kept is what is true: a word that no entry holds is struck, or was never told, and is not brought back.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.attribution.stretches import nobodys
from assistant.pipeline.joining import AttributedRun
from assistant.pipeline.live_joining import LiveTurn, word_key
from assistant.pipeline.live_turns import HeardTurn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Utterance, Word
    from assistant.transcription.recognition import Segment


def recalled(utterances: Sequence[Utterance], heard: Sequence[HeardTurn]) -> tuple[LiveTurn, ...]:
    """Return the turns of a session so far, in order of time.

    Args:
        utterances: As they were kept, in order.
        heard: The turns that are remembered, in order; the words of the others stand in turns without voices.
    """
    kept: defaultdict[tuple[int, int, str], deque[tuple[Utterance, Word]]] = defaultdict(deque)
    for utterance in utterances:
        for word in utterance.words:
            kept[word_key(word)].append((utterance, word))
    turns = [_turn(turn, kept) for turn in heard]
    turns += _unremembered(kept)
    return tuple(sorted(turns, key=lambda turn: (turn.start, turn.end)))


def _turn(heard: HeardTurn, kept: dict[tuple[int, int, str], deque[tuple[Utterance, Word]]]) -> LiveTurn:
    runs: list[AttributedRun] = []
    segments: list[Segment] = []
    for segment in heard.recognised.segments:
        found = [kept[key].popleft() for word in segment.words if kept.get(key := word_key(word))]
        runs += _runs(found)
        if found:
            segments.append(replace(segment, words=tuple(replace(w, speaker=None, guess=None) for _, w in found)))
    whole = sum(len(s.words) for s in heard.recognised.segments) == sum(len(s.words) for s in segments)
    left = heard if whole else HeardTurn(replace(heard.recognised, segments=tuple(segments)), heard.voices)
    return LiveTurn(heard.start, heard.end, tuple(runs), left)


def _runs(found: Sequence[tuple[Utterance, Word]]) -> list[AttributedRun]:
    """Return neighbouring words of one utterance and one speaker as one run each."""
    runs: list[AttributedRun] = []
    of: list[tuple[str, bool]] = []
    for utterance, word in found:
        contested = word.speaker is None and utterance.speaker is not None
        if of and of[-1] == (utterance.id, contested):
            runs[-1] = replace(runs[-1], words=(*runs[-1].words, word))
        else:
            attribution = nobodys() if contested else utterance.attribution
            runs.append(AttributedRun((word,), attribution, utterance.suspicions))
            of.append((utterance.id, contested))
    return runs


def _unremembered(kept: dict[tuple[int, int, str], deque[tuple[Utterance, Word]]]) -> list[LiveTurn]:
    left = sorted((pair for pairs in kept.values() for pair in pairs), key=lambda pair: pair[1].start)
    return [LiveTurn(run.words[0].start, run.words[-1].end, (run,)) for run in _runs(left)]
