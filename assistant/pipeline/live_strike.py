"""What is left of a turn once a stretch of time is gone from it, or one person's words in that stretch."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.attribution.tracks import VoiceTrack
from assistant.pipeline.live_joining import LiveTurn, kept_words, word_key
from assistant.pipeline.live_turns import HeardTurn, struck_turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.attribution.tracks import VoicedStretch
    from assistant.domain import PersonId, Tombstone, Word
    from assistant.transcription.recognition import Segment


def struck(
    turn: LiveTurn, tombstone: Tombstone, decide: Callable[[VoiceTrack], tuple[VoicedStretch, ...]]
) -> Iterator[LiveTurn]:
    """Yield what is left of a turn; nothing where nothing is.

    Whoever withdraws takes along the contested words that are nearest to their voice: they may be theirs.

    Args:
        turn: As decided last.
        tombstone: What is gone.
        decide: Whose voices are in a turn.
    """
    start, end, person = tombstone.start, tombstone.end, tombstone.person
    if turn.end <= start or end <= turn.start:
        yield turn
        return

    def is_kept(word: Word) -> bool:
        outside = word.end <= start or end <= word.start
        return outside or (person is not None and person != (word.speaker or word.guess))

    left = kept_words(turn, is_kept)
    if turn.heard is None:
        heard = None
    elif person is None:
        heard = struck_turn(turn.heard, start, end)
    else:
        heard = _without(turn.heard, left, _theirs(turn.heard, person, (start, end), decide))
    if heard is not None or left.runs:
        yield replace(left, heard=heard)


def _theirs(
    heard: HeardTurn,
    person: PersonId,
    within: tuple[int, int],
    decide: Callable[[VoiceTrack], tuple[VoicedStretch, ...]],
) -> list[tuple[int, int]]:
    """Return where a person's voice is, or may be."""
    mine = (s for s in decide(heard.voices) if person in {s.attribution.person, s.nearest})
    return [(s.start, s.end) for s in mine if s.start < within[1] and within[0] < s.end]


def _without(heard: HeardTurn, left: LiveTurn, ranges: list[tuple[int, int]]) -> HeardTurn:
    """Return a turn with those words alone that are left, and without the voiceprints of some stretches."""
    kept = Counter(word_key(word) for run in left.runs for word in run.words)
    segments: list[Segment] = []
    for segment in heard.recognised.segments:
        words: list[Word] = []
        for word in segment.words:
            if kept[word_key(word)] > 0:
                kept[word_key(word)] -= 1
                words.append(word)
        if words:
            segments.append(replace(segment, words=tuple(words)))
    pieces = tuple(p for p in heard.voices.pieces if not any(p.start < b and a < p.end for a, b in ranges))
    return HeardTurn(
        replace(heard.recognised, segments=tuple(segments)), VoiceTrack(heard.voices.start, heard.voices.end, pieces)
    )
