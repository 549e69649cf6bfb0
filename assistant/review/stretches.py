"""The speaker queue: what nobody could tell from the sound, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.decisions import SpeakerSet, TextAccepted
from assistant.review.view import Doubt, Stretch

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from assistant.domain import Entry, Group, PersonId, Span, UtteranceId
    from assistant.pipeline.speaker_queue import Doubtful
    from assistant.review.standing import Standing

    Ruled = dict[UtteranceId, list[tuple[Span, SpeakerSet | TextAccepted]]]


def draw_stretches(
    standing: Standing, queue: Sequence[Doubtful], left: Collection[int], alike: Sequence[int]
) -> tuple[Stretch, ...]:
    """Return the queue as it is by now.

    Args:
        standing: The session.
        queue: As the close left it, worst first; its order gives the keys.
        left: Keys of those that were looked at and left as they are.
        alike: For each, how many there are like it.
    """
    ruled = _ruled(standing)
    return tuple(
        _stretch(standing, key, one, ruled, done=key in left, alike=count)
        for key, (one, count) in enumerate(zip(queue, alike, strict=True))
    )


def _stretch(  # noqa: PLR0913  what one row is put together from
    standing: Standing, key: int, one: Doubtful, ruled: Ruled, *, done: bool, alike: int
) -> Stretch:
    first, last = (standing.originals[one.places[at].utterance] for at in (0, -1))
    speaker, decided = _speaker(standing, one, ruled)
    return Stretch(
        key=key,
        doubt=Doubt(one.doubt.value),
        start=one.start,
        end=one.end,
        text=" ".join(p.span.of(standing.originals[p.utterance].utterance.text) for p in one.places),
        before=_said(standing.group, _beside(standing, first, -1)),
        after=_said(standing.group, _beside(standing, last, 1)),
        speaker=speaker,
        voice=one.voice,
        alike=alike,
        done=done or decided,
    )


def _ruled(standing: Standing) -> Ruled:
    """Return what was decided about the words of each utterance, the last first."""
    found: Ruled = {}
    for ruling in reversed(standing.standing):
        decided = ruling.decided
        if isinstance(decided, SpeakerSet):
            for place in decided.places:
                found.setdefault(place.utterance, []).append((place.span, decided))
        elif isinstance(decided, TextAccepted):
            found.setdefault(decided.place.utterance, []).append((decided.place.span, decided))
    return found


def _speaker(standing: Standing, one: Doubtful, ruled: Ruled) -> tuple[PersonId | None, bool]:
    """Return whose a stretch is by now, and whether somebody decided that or accepted its text."""
    about = [d for p in one.places for span, d in ruled.get(p.utterance, ()) if span.overlaps(p.span)]
    for decided in about:
        if isinstance(decided, SpeakerSet):
            return decided.person, True
    return standing.originals[one.places[0].utterance].utterance.speaker, bool(about)


def _beside(standing: Standing, entry: Entry, step: int) -> Entry | None:
    at = standing.order.get(entry.utterance.id, -1) + step
    return standing.stored.entries[at] if 0 <= at < len(standing.stored.entries) else None


def _said(group: Group, entry: Entry | None) -> str:
    if entry is None:
        return ""
    speaker = entry.utterance.speaker
    name = next((p.name for p in group.people if p.id == speaker), "unknown")
    return f"{name}: {entry.utterance.text}"
