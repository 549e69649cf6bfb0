"""A closed session's utterances with the speakers that a clinician named, and the way back to how they were kept.

A name that is given to a part of an utterance splits it. A part is called for its utterance and its first word
(``u12.6``), so that it keeps its name whatever is decided elsewhere; its ``number`` is that of the utterance, and the
order of what is returned is the order of speech. Nothing is joined.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.decisions import Place, SpeakerSet, TextAccepted
from assistant.domain import Attribution, DecidedBy, Span, Utterance, UtteranceId, UtteranceStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assistant.decisions import Decided
    from assistant.domain import PersonId


@dataclass(frozen=True, slots=True)
class Corrected:
    """The utterances as they are read in a review."""

    utterances: tuple[Utterance, ...] = field(repr=False)
    """In order of speech."""
    origin: Mapping[UtteranceId, Place]
    """Where each stood in the utterances of the close."""
    _parts: Mapping[UtteranceId, tuple[UtteranceId, ...]]
    """What became of each utterance of the close."""

    def places(self, place: Place) -> tuple[Place, ...]:
        """Return where words of the close stand now; none where they stand nowhere."""
        found: list[Place] = []
        for part in self._parts.get(place.utterance, ()):
            whole = self.origin[part].span
            start, end = max(place.span.start, whole.start), min(place.span.end, whole.end)
            if start < end:
                found.append(Place(part, Span(start - whole.start, end - whole.start)))
        return tuple(found)

    def original(self, utterance: UtteranceId, span: Span) -> Place:
        """Return where words stood at the close; KeyError where there is no such utterance."""
        return original(self.origin, utterance, span)


def original(origin: Mapping[UtteranceId, Place], utterance: UtteranceId, span: Span) -> Place:
    """Return where words of a corrected utterance stood at the close; KeyError where there is no such utterance."""
    at = origin[utterance]
    return Place(at.utterance, Span(at.span.start + span.start, at.span.start + span.end))


@dataclass(frozen=True, slots=True)
class _Label:
    """Whose a word is by now, and whether it may be used."""

    person: PersonId | None
    status: UtteranceStatus
    named: bool


def correct(utterances: Sequence[Utterance], decided: Iterable[Decided]) -> Corrected:
    """Return the utterances with their speakers set and their text accepted.

    Args:
        utterances: As they were kept at the close, in order.
        decided: What stands, oldest first; the last word counts.
    """
    named: dict[UtteranceId, list[tuple[Span, PersonId | None]]] = {}
    accepted: dict[UtteranceId, list[Span]] = {}
    for one in decided:
        if isinstance(one, SpeakerSet):
            for place in one.places:
                named.setdefault(place.utterance, []).append((place.span, one.person))
        elif isinstance(one, TextAccepted):
            accepted.setdefault(one.place.utterance, []).append(one.place.span)
    now: list[Utterance] = []
    origin: dict[UtteranceId, Place] = {}
    parts: dict[UtteranceId, tuple[UtteranceId, ...]] = {}
    for utterance in utterances:
        pieces = _pieces(utterance, named.get(utterance.id, ()), accepted.get(utterance.id, ()))
        now += (piece for piece, _ in pieces)
        origin |= {piece.id: Place(utterance.id, span) for piece, span in pieces}
        parts[utterance.id] = tuple(piece.id for piece, _ in pieces)
    return Corrected(tuple(now), origin, parts)


def _pieces(
    utterance: Utterance, named: Sequence[tuple[Span, PersonId | None]], accepted: Sequence[Span]
) -> list[tuple[Utterance, Span]]:
    """Return what an utterance has become, with where each piece stood in it."""
    whole = Span(0, len(utterance.text))
    if not named and not accepted:
        return [(utterance, whole)]
    if not utterance.words or " ".join(w.text for w in utterance.words) != utterance.text:
        return [(_without_words(utterance, named, accepted), whole)]
    spans = utterance.word_spans()
    labels = [_label(utterance, span, named, accepted) for span in spans]
    groups = [list(g) for _, g in groupby(range(len(spans)), key=lambda i: (labels[i].person, labels[i].status))]
    return [
        (_piece(utterance, labels, group, alone=len(groups) == 1), Span(spans[group[0]].start, spans[group[-1]].end))
        for group in groups
    ]


def _label(
    utterance: Utterance, span: Span, named: Sequence[tuple[Span, PersonId | None]], accepted: Sequence[Span]
) -> _Label:
    """Return what is decided about a word."""
    status = utterance.status
    if status is UtteranceStatus.SUSPECT and any(s.contains(span) for s in accepted):
        status = UtteranceStatus.CLEAR
    last = next((n for n in reversed(named) if n[0].overlaps(span)), None)
    return _Label(utterance.speaker if last is None else last[1], status, last is not None)


def _piece(utterance: Utterance, labels: Sequence[_Label], at: Sequence[int], *, alone: bool) -> Utterance:
    first, last = at[0], at[-1]
    words = tuple(
        replace(utterance.words[i], speaker=labels[i].person, guess=labels[i].person)
        if labels[i].named
        else utterance.words[i]
        for i in at
    )
    by_hand = all(labels[i].named for i in at)
    person, status = labels[first].person, labels[first].status
    return replace(
        utterance,
        id=utterance.id if alone else UtteranceId(f"{utterance.id}.{first + 1}"),
        start=utterance.start if first == 0 else words[0].start,
        end=utterance.end if last == len(labels) - 1 else words[-1].end,
        text=" ".join(w.text for w in words),
        words=words,
        attribution=Attribution(person, 1.0, 1.0, DecidedBy.KEY) if by_hand else utterance.attribution,
        status=status,
        suspicions=() if status is UtteranceStatus.CLEAR else utterance.suspicions,
    )


def _without_words(
    utterance: Utterance, named: Sequence[tuple[Span, PersonId | None]], accepted: Sequence[Span]
) -> Utterance:
    """Return an utterance that cannot be parted, for its words do not add up to its text: all of it or nobody's."""
    whole = Span(0, len(utterance.text))
    if utterance.status is UtteranceStatus.SUSPECT and any(s.contains(whole) for s in accepted):
        utterance = replace(utterance, status=UtteranceStatus.CLEAR, suspicions=())
    if not named:
        return utterance
    span, person = named[-1]
    person = person if span.contains(whole) else None
    words = tuple(replace(w, speaker=person, guess=person) for w in utterance.words)
    return replace(utterance, words=words, attribution=Attribution(person, 1.0, 1.0, DecidedBy.KEY))
