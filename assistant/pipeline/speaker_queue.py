"""What of a session wants an ear, worst first: unknown voices, contested words, doubtful text, unsure voices."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.decisions import Place
from assistant.domain import DecidedBy, Span, UtteranceStatus, samples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.domain import Entry, Utterance, UtteranceId

BACKCHANNEL = 2
"""Words up to which a stretch without a fact says nothing that a note could miss ("mm-hm", "yeah, right")."""

NEAR, AHEAD = 0.45, 0.15
"""Similarity to a voice, and lead over the next one, that a long piece of speech needs by itself: ``near`` and
``ahead`` of ``attribution.matching.Thresholds``, which is not imported because it brings the voice models' library.
Below them a voice was given on the strength of its neighbours, or the piece is short."""

LONGEST = samples(20)
"""Samples up to which neighbouring stretches of one unnamed voice are heard in one go."""


class Doubt(StrEnum):
    """Why a stretch wants an ear."""

    UNKNOWN = "unknown voice"
    CONTESTED = "contested words"
    SUSPECT = "perhaps invented"
    LOW = "low confidence"


_ORDER = tuple(Doubt)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Words that want an ear."""

    doubt: Doubt
    places: tuple[Place, ...]
    """In the utterances that it was found in."""
    start: int
    end: int
    """Samples."""
    voice: str | None
    """Letter of an unnamed voice."""
    words: int
    """How many."""
    score: float = 1.0
    """Of the weakest attribution, as ``Attribution.score``."""
    margin: float = 1.0
    """As ``Attribution.margin``."""
    backchannel: bool = False
    """Whether it is so short, and without a fact, that little hangs on it."""


def doubts(entries: Sequence[Entry]) -> tuple[Doubtful, ...]:
    """Return every doubtful stretch of a session, worst first.

    Unknown voices come first, the voice with the most words of all before the others; then contested words, text that
    may be invented, and unsure voices. A listener's "mm-hm" comes last, whatever the doubt.

    Args:
        entries: As they were kept at the close, in order.
    """
    found: list[Doubtful] = []
    before: UtteranceId | None = None
    for entry in entries:
        here = list(_of(entry))
        # Only what stands right behind the last stretch can go on with it.
        beside = bool(found) and bool(here) and found[-1].places[-1].utterance == before
        if beside and _goes_on(found[-1], here[0]):
            here[0] = _with(found.pop(), here[0])
        found += here
        before = entry.utterance.id
    by_voice = Counter[str | None]()
    for one in found:
        if one.doubt is Doubt.UNKNOWN and one.voice is not None:
            by_voice[one.voice] += one.words

    def rank(one: Doubtful) -> tuple[bool, int, int, str, float, int, int]:
        voice = by_voice[one.voice] if one.doubt is Doubt.UNKNOWN and one.voice is not None else one.words
        unsure = one.margin if one.doubt is Doubt.LOW else 0.0
        weight = 0 if one.doubt is Doubt.LOW else -voice
        return (one.backchannel, _ORDER.index(one.doubt), weight, one.voice or "", unsure, -one.words, one.start)

    return tuple(sorted(found, key=rank))


def alike(stretches: Sequence[Doubtful], one: Doubtful) -> tuple[Doubtful, ...]:
    """Return the stretches of the same doubt and the same unnamed voice, ``one`` among them.

    Without a letter nothing says that two voices are one: such a stretch is like itself alone.
    """
    if one.voice is None:
        return (one,)
    return tuple(other for other in stretches if other.doubt is one.doubt and other.voice == one.voice)


def _of(entry: Entry) -> Iterator[Doubtful]:
    utterance = entry.utterance
    if utterance.status is UtteranceStatus.STRUCK or not utterance.text:
        return
    whole = Span(0, len(utterance.text))
    if utterance.status is UtteranceStatus.SUSPECT:
        yield _doubtful(entry, Doubt.SUSPECT, whole, len(utterance.text.split()))
    elif utterance.speaker is None:
        yield _doubtful(entry, Doubt.UNKNOWN, whole, len(utterance.text.split()))
    else:
        yield from _contested(entry)
        if _unsure(utterance):
            yield _doubtful(entry, Doubt.LOW, whole, len(utterance.text.split()))


def _contested(entry: Entry) -> Iterator[Doubtful]:
    """Yield each run of words inside somebody's utterance that is not surely theirs."""
    utterance = entry.utterance
    if " ".join(w.text for w in utterance.words) != utterance.text:
        return
    spans = utterance.word_spans()
    for theirs, group in groupby(range(len(spans)), key=lambda i: utterance.words[i].speaker == utterance.speaker):
        at = list(group)
        if not theirs:
            one = _doubtful(entry, Doubt.CONTESTED, Span(spans[at[0]].start, spans[at[-1]].end), len(at))
            yield replace(one, start=utterance.words[at[0]].start, end=utterance.words[at[-1]].end, voice=None)


def _unsure(utterance: Utterance) -> bool:
    """Whether a voice was given to somebody on less than what a long piece by itself would have needed."""
    given = utterance.attribution
    if given.decided_by is not DecidedBy.VOICE:
        return False
    return given.score < NEAR or given.margin < AHEAD


def _doubtful(entry: Entry, doubt: Doubt, span: Span, words: int) -> Doubtful:
    utterance = entry.utterance
    fact = any(d.span.overlaps(span) for d in entry.findings.disclosures)
    return Doubtful(
        doubt,
        (Place(utterance.id, span),),
        utterance.start,
        utterance.end,
        utterance.attribution.voice,
        words,
        utterance.attribution.score,
        utterance.attribution.margin,
        backchannel=words <= BACKCHANNEL and not fact,
    )


def _goes_on(last: Doubtful, one: Doubtful) -> bool:
    """Whether neighbouring stretches are of one unnamed voice, and short enough to be heard in one go."""
    same = last.doubt is one.doubt and last.voice == one.voice
    return same and one.voice is not None and one.end - last.start <= LONGEST


def _with(last: Doubtful, one: Doubtful) -> Doubtful:
    return replace(
        last,
        places=last.places + one.places,
        end=max(last.end, one.end),
        words=last.words + one.words,
        score=min(last.score, one.score),
        margin=min(last.margin, one.margin),
        backchannel=last.backchannel and one.backchannel,
    )
