"""What is left of an utterance when a stretch of time, or one person's words in it, is taken back.

Pure: the same for a strike, for a withdrawal, for an erasure and for a late update that still holds what was taken
back. What is left has no findings until it is read again: offsets have moved, and a clause may have lost its head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain import Attribution, Entry, Findings, FindingsStatus, Span, TombstoneReason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.domain import Alert, PersonId, Tombstone, Utterance, Word

TO_BE_READ_AGAIN = "struck"
"""Stands in the place of a failed detector: the findings are withheld until the utterance is read again."""

FOREVER = 2**62
"""A sample after every session."""


Named = Sequence[tuple[Span, "PersonId | None"]]
"""Whose the words at spans of an utterance are by a person's decision, the last of which counts."""


def trimmed(entry: Entry, tombstones: Iterable[Tombstone], named: Named = ()) -> Entry | None:
    """Return what the tombstones leave of an entry: the entry itself, less of it, or None.

    Args:
        entry: As it is kept.
        tombstones: What is taken back.
        named: Whose its words are by decision: they are taken with that person's too.
    """
    stones = tuple(tombstones)
    utterance = entry.utterance
    if not utterance.words:
        return None if any(_covers_all(stone, utterance, named) for stone in stones) else entry
    whose = by_decision(utterance, named)
    kept = [
        i
        for i, word in enumerate(utterance.words)
        if not any(_takes(stone, utterance, word, whose[i]) for stone in stones)
    ]
    if len(kept) == len(utterance.words):
        return entry
    return _without(entry, kept) if kept else None


def taken_ranges(entry: Entry, tombstone: Tombstone, margin: int, named: Named = ()) -> tuple[tuple[int, int], ...]:
    """Return the half-open sample ranges of the words that a tombstone takes from an entry.

    Args:
        entry: Before it is trimmed.
        tombstone: What is taken back.
        margin: Samples added on both sides, for a recogniser's times are not exact.
        named: As for ``trimmed``.
    """
    utterance = entry.utterance
    if not utterance.words:
        return ((utterance.start, utterance.end),) if _covers_all(tombstone, utterance, named) else ()
    ranges: list[tuple[int, int]] = []
    for word, whose in zip(utterance.words, by_decision(utterance, named), strict=True):
        if not _takes(tombstone, utterance, word, whose):
            continue
        start, end = max(0, word.start - margin), word.end + margin
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return tuple(ranges)


def possible_speakers(utterance: Utterance, word: Word) -> frozenset[PersonId]:
    """Return who may have said a word: its speaker, or whoever was considered where it is contested."""
    if word.speaker is not None:
        return frozenset((word.speaker,))
    return frozenset(p for p in (word.guess, utterance.speaker) if p is not None)


def everybody_in(utterance: Utterance) -> frozenset[PersonId]:
    """Return everybody who may have said a word of an utterance."""
    whole = frozenset(() if utterance.speaker is None else (utterance.speaker,))
    return whole.union(*(possible_speakers(utterance, word) for word in utterance.words))


def by_decision(utterance: Utterance, named: Named) -> list[PersonId | None]:
    """Return whose each word is by decision; None: by none. Without words: whose the whole is, once."""
    if not utterance.words:
        return [named[-1][1]] if named else []
    return [
        next((person for span, person in reversed(named) if span.overlaps(of_word)), None)
        for of_word in utterance.word_spans()
    ]


def moved(span: Span, before: Utterance, after: Utterance, *, whole: bool) -> Span | None:
    """Return where words of an utterance stand in what a strike left of it.

    Args:
        span: In the text before.
        before: The utterance as it was.
        after: What is left of it.
        whole: Whether nothing less than all of the words will do.

    Returns:
        The span of those that are left; None where none is, or not all are and ``whole`` asks for it.
    """
    if before.text != " ".join(word.text for word in before.words):
        return None
    left = iter(enumerate(after.words))
    place = next(left, None)
    now: dict[int, int] = {}
    for i, word in enumerate(before.words):
        if place is not None and word == place[1]:
            now[i], place = place[0], next(left, None)
    spans, spans_now = before.word_spans(), after.word_spans()
    touched = [i for i, of_word in enumerate(spans) if of_word.overlaps(span)]
    staying = [i for i in touched if i in now]
    if not staying or (whole and staying != touched):
        return None
    first, last = staying[0], staying[-1]
    return Span(
        spans_now[now[first]].start + max(0, span.start - spans[first].start),
        spans_now[now[last]].end - max(0, spans[last].end - span.end),
    )


def _takes(stone: Tombstone, utterance: Utterance, word: Word, named: PersonId | None) -> bool:
    if stone.person is not None and stone.person not in {named, *possible_speakers(utterance, word)}:
        return False
    if stone.reason is TombstoneReason.PAUSED:
        # Nothing was recorded there: a word that reaches into it by a recogniser's careless time was said before.
        return stone.start <= (word.start + word.end) // 2 < stone.end
    return word.start < stone.end and max(word.end, word.start + 1) > stone.start


def _covers_all(stone: Tombstone, utterance: Utterance, named: Named) -> bool:
    if stone.person is not None and stone.person not in {utterance.speaker, *(person for _, person in named)}:
        return False
    return utterance.start < stone.end and max(utterance.end, utterance.start + 1) > stone.start


def _without(entry: Entry, kept: Sequence[int]) -> Entry:
    utterance = entry.utterance
    words = tuple(utterance.words[i] for i in kept)
    attribution = utterance.attribution
    if attribution.person not in {None, *(word.speaker for word in words)}:
        attribution = Attribution(None, 0.0, 0.0, attribution.decided_by)
    left = replace(
        utterance,
        start=words[0].start,
        end=words[-1].end,
        text=" ".join(word.text for word in words),
        words=words,
        attribution=attribution,
    )
    findings = Findings(utterance.id, (), FindingsStatus.WITHHELD, (TO_BE_READ_AGAIN,))
    alerts = tuple(moved for alert in entry.alerts if (moved := _moved(alert, utterance, left, kept)) is not None)
    return Entry(left, findings, alerts)


def _moved(alert: Alert, before: Utterance, after: Utterance, kept: Sequence[int]) -> Alert | None:
    """Return an alert with its span where the words are now; None where any of them is gone."""
    span = alert.span
    if span is None:
        return None
    spans = before.word_spans()
    touched = [i for i, of_word in enumerate(spans) if of_word.overlaps(span)]
    if not touched or not set(touched) <= set(kept):
        return None
    shift = after.word_spans()[list(kept).index(touched[0])].start - spans[touched[0]].start
    # A span may hold the space beside its words.
    return replace(alert, span=Span(max(0, span.start + shift), min(len(after.text), span.end + shift)))
