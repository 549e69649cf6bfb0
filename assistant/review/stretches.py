"""The speaker queue: what nobody could tell from the sound, what a person took from somebody, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.decisions import LeftAlone, SpeakerSet, TextAccepted
from assistant.review.view import Doubt, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.decisions import Place
    from assistant.domain import Entry, Group, PersonId, Span, UtteranceId
    from assistant.pipeline.speaker_queue import Doubtful
    from assistant.review.keys import Keys
    from assistant.review.standing import Standing

    Ruled = dict[UtteranceId, list[tuple[Span, SpeakerSet | TextAccepted | LeftAlone]]]


def draw_stretches(
    standing: Standing, queue: Sequence[Doubtful], alike: Sequence[int], keys: Keys
) -> tuple[Stretch, ...]:
    """Return the queue as it is by now: first what a person took from somebody, then what the close left in doubt.

    Args:
        standing: The session.
        queue: As the close left it, worst first; its order gives the keys.
        alike: For each, how many there are like it.
        keys: Gives the others theirs.
    """
    ruled = ruled_words(standing)
    taken = [
        _stretch(standing, keys.of("taken", places), Doubt.UNKNOWN, places, ruled)
        for places in taken_from_somebody(standing, queue)
    ]
    left = [
        _stretch(standing, key, Doubt(one.doubt.value), one.places, ruled, of=one, alike=count)
        for key, (one, count) in enumerate(zip(queue, alike, strict=True))
    ]
    return (*taken, *left)


def taken_from_somebody(standing: Standing, queue: Sequence[Doubtful]) -> Iterator[tuple[Place, ...]]:
    """Yield the words of which somebody said only whose they are not, but for those that are in the queue anyway."""
    known = [one.places for one in queue]
    seen: set[tuple[Place, ...]] = set()
    for ruling in standing.standing:
        decided = ruling.decided
        if not isinstance(decided, SpeakerSet) or not decided.to_hear or decided.places in seen:
            continue
        seen.add(decided.places)
        places = tuple(p for p in decided.places if p.utterance in standing.originals)
        if places and not any(_within(places, there) for there in known):
            yield places


def ruled_words(standing: Standing) -> Ruled:
    """Return what was decided about the speakers of each utterance, the last first."""
    found: Ruled = {}
    for ruling in reversed(standing.standing):
        decided = ruling.decided
        if isinstance(decided, SpeakerSet | LeftAlone):
            for place in decided.places:
                found.setdefault(place.utterance, []).append((place.span, decided))
        elif isinstance(decided, TextAccepted):
            found.setdefault(decided.place.utterance, []).append((decided.place.span, decided))
    return found


def _within(places: Sequence[Place], others: Sequence[Place]) -> bool:
    return all(any(p.utterance == o.utterance and o.span.contains(p.span) for o in others) for p in places)


def _stretch(  # noqa: PLR0913  what one row is put together from
    standing: Standing,
    key: int,
    doubt: Doubt,
    places: tuple[Place, ...],
    ruled: Ruled,
    *,
    of: Doubtful | None = None,
    alike: int = 1,
) -> Stretch:
    first, last = (standing.originals[places[at].utterance] for at in (0, -1))
    speaker, done = _speaker(standing, places, ruled)
    return Stretch(
        key=key,
        doubt=doubt,
        start=first.utterance.start if of is None else of.start,
        end=last.utterance.end if of is None else of.end,
        text=" ".join(p.span.of(standing.originals[p.utterance].utterance.text) for p in places),
        before=_said(standing.group, _beside(standing, first, -1)),
        after=_said(standing.group, _beside(standing, last, 1)),
        speaker=speaker,
        voice=None if of is None else of.voice,
        alike=alike,
        done=done,
    )


def _speaker(standing: Standing, places: Sequence[Place], ruled: Ruled) -> tuple[PersonId | None, bool]:
    """Return whose a stretch is by now, and whether somebody settled that."""
    about = [[d for span, d in ruled.get(p.utterance, ()) if span.overlaps(p.span)] for p in places]
    named = [d for there in about for d in there if isinstance(d, SpeakerSet)]
    asked = any(there and isinstance(there[0], SpeakerSet) and there[0].to_hear for there in about)
    speaker = named[0].person if named else standing.originals[places[0].utterance].utterance.speaker
    return speaker, any(about) and not asked


def _beside(standing: Standing, entry: Entry, step: int) -> Entry | None:
    at = standing.order.get(entry.utterance.id, -1) + step
    return standing.stored.entries[at] if 0 <= at < len(standing.stored.entries) else None


def _said(group: Group, entry: Entry | None) -> str:
    if entry is None:
        return ""
    speaker = entry.utterance.speaker
    name = next((p.name for p in group.people if p.id == speaker), "unknown")
    return f"{name}: {entry.utterance.text}"
