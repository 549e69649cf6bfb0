"""Whose word is each word: recognised words laid over the stretches of a turn.

The first and last words of a turn are those that diarizers give to the wrong person, and here that is a disclosure.
So a word at a change of voice, or under two voices, belongs to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.attribution.stretches import nobodys
from assistant.domain import SAMPLE_RATE, Attribution, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tracks import VoicedStretch
    from assistant.domain import PersonId

GUARD = SAMPLE_RATE // 8
"""Samples on each side of a change of voice in which no word has a speaker: 0.25 s in all, about the error of a
recogniser's word times."""
REACH = int(0.4 * SAMPLE_RATE)
"""Samples from a stretch at which a word in a pause still belongs to it: recognisers start a word early and end it
late by up to this much."""
OVERLAPPED = SAMPLE_RATE // 20
"""Samples (50 ms) of a word under two voices that make it contested."""


@dataclass(frozen=True, slots=True)
class WordRun:
    """Neighbouring words of one turn with one attribution."""

    words: tuple[Word, ...] = field(repr=False)
    """With ``speaker`` set, or None where contested or unknown."""
    attribution: Attribution
    """That of their stretch; ``person`` and ``voice`` None for contested words."""


def assign_words(words: Sequence[Word], stretches: Sequence[VoicedStretch]) -> tuple[WordRun, ...]:
    """Return the words of one turn in runs of one attribution; the runs hold every word once, in order.

    Args:
        words: The words of the turn in order, absolute times.
        stretches: The stretches of the same turn in order.
    """
    runs: list[WordRun] = []
    changes = _changes(stretches)
    overlaps = [s for s in stretches if s.overlap]
    for word in words:
        attribution = nobodys() if _is_contested(word, changes, overlaps) else _attribution(word, stretches)
        spoken = replace(word, speaker=attribution.person, guess=_guess(word, stretches))
        last = runs[-1] if runs else None
        if last is not None and _whose(last.attribution) == _whose(attribution):
            weaker = min((last.attribution, attribution), key=lambda a: (a.margin, a.score))
            runs[-1] = WordRun((*last.words, spoken), weaker)
        else:
            runs.append(WordRun((spoken,), attribution))
    return tuple(runs)


def changes_of_voice(stretches: Sequence[VoicedStretch]) -> tuple[int, ...]:
    """Return the samples at which one voice gives way to another: the middle of the pause between them."""
    return _changes(stretches)


def _changes(stretches: Sequence[VoicedStretch]) -> tuple[int, ...]:
    return tuple(
        (one.end + other.start) // 2
        for one, other in pairwise(stretches)
        if one.whose != other.whose or one.overlap != other.overlap
    )


def _is_contested(word: Word, changes: Sequence[int], overlaps: Sequence[VoicedStretch]) -> bool:
    if any(word.start < change + GUARD and change - GUARD < word.end for change in changes):
        return True
    return any(min(word.end, s.end) - max(word.start, s.start) >= OVERLAPPED for s in overlaps)


def _attribution(word: Word, stretches: Sequence[VoicedStretch]) -> Attribution:
    """Return the attribution of the stretch that holds the word, or that it is next to; nobody's where none is."""
    near = [s for s in stretches if s.start - REACH < word.end and word.start < s.end + REACH]
    if not near:
        return nobodys()
    held = max(near, key=lambda s: min(word.end, s.end) - max(word.start, s.start))
    return nobodys() if held.overlap else held.attribution


def _guess(word: Word, stretches: Sequence[VoicedStretch]) -> PersonId | None:
    """Return the nearest person of the stretch that holds most of the word, whatever speaks against it."""
    if not stretches:
        return None
    held = max(stretches, key=lambda s: min(word.end, s.end) - max(word.start, s.start))
    return held.attribution.person or held.nearest


def _whose(attribution: Attribution) -> tuple[str | None, str | None]:
    return (attribution.person, attribution.voice)
