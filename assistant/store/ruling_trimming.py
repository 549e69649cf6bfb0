"""What a strike leaves of a decision. Pure.

Where words are gone, a decision that lets something in (a clause, a text, a false alarm) holds no longer: it was about
more than is left. One that keeps something out or says whose words are goes on for those that are left, so that a
strike never lets in what a person kept out. What a clinician wrote over words of which some are struck may repeat
them, and goes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.decisions import (
    AlertSettled,
    FalseAlarm,
    Hidden,
    LeftAlone,
    LineWritten,
    OwnerSet,
    Place,
    Released,
    SpeakerSet,
    TextAccepted,
)
from assistant.domain import UtteranceId
from assistant.store.trimming import moved

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from assistant.decisions import Decided
    from assistant.domain import Utterance


@dataclass(frozen=True, slots=True)
class Touched:
    """An utterance of which words were taken."""

    before: Utterance | None = field(repr=False)
    """None: it does not open any more."""
    after: Utterance | None = field(repr=False)
    """None: nothing is left."""


def rests_on(evidence: Iterable[UtteranceId], touched: Container[UtteranceId]) -> bool:
    """Whether any evidence is an utterance of which words were taken, or a part of one (``u12.6`` of ``u12``)."""
    return any(UtteranceId(id_.partition(".")[0]) in touched or id_ in touched for id_ in evidence)


def left_of(decided: Decided, touched: Mapping[UtteranceId, Touched]) -> Decided | None:
    """Return what is left of a decision: itself, one for fewer words, or None."""
    if isinstance(decided, LineWritten):
        return None if rests_on(decided.evidence, touched) else decided
    if isinstance(decided, AlertSettled):
        return None if decided.place.utterance in touched else decided
    if isinstance(decided, SpeakerSet | LeftAlone):
        places = tuple(left for place in decided.places if (left := _left(place, touched, whole=False)) is not None)
        return replace(decided, places=places) if places else None
    if isinstance(decided, Hidden | OwnerSet | Released | TextAccepted | FalseAlarm):
        place = _left(decided.place, touched, whole=not isinstance(decided, Hidden | OwnerSet))
        return None if place is None else replace(decided, place=place)
    return decided


def _left(place: Place, touched: Mapping[UtteranceId, Touched], *, whole: bool) -> Place | None:
    if place.utterance not in touched:
        return place
    before, after = touched[place.utterance].before, touched[place.utterance].after
    if before is None or after is None:
        return None
    span = moved(place.span, before, after, whole=whole)
    return None if span is None else Place(place.utterance, span)
