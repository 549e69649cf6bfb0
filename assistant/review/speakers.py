"""Whose words are whose, of one open session: the queue, the whole room's transcript, and what their keys mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.decisions import LeftAlone, Place, SpeakerSet, TextAccepted
from assistant.domain import DecidedBy, Span
from assistant.errors import SessionError
from assistant.pipeline.speaker_queue import alike, doubts
from assistant.review.keys import Keys
from assistant.review.stretches import draw_stretches, ruled_words
from assistant.review.view import Spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Entry, PersonId
    from assistant.review.standing import Standing
    from assistant.review.stretches import Ruled
    from assistant.review.view import Stretch


class Speakers:
    """The speakers of one open session. Safe from any thread.

    Args:
        entries: Of the close, in order.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._queue = doubts(entries)
        self._alike = tuple(len(alike(self._queue, one)) for one in self._queue)
        self.keys = Keys(len(self._queue))
        """For everything else that a screen points at: no key is given twice."""
        self._stretches: tuple[Standing, tuple[Stretch, ...]] | None = None
        self._transcript: tuple[Standing, tuple[Spoken, ...]] | None = None

    def stretches(self, standing: Standing) -> tuple[Stretch, ...]:
        """Return what wants an ear, worst first, and what became of it."""
        known = self._stretches
        if known is None or known[0] is not standing:
            known = self._stretches = (standing, draw_stretches(standing, self._queue, self._alike, self.keys))
        return known[1]

    def transcript(self, standing: Standing) -> tuple[Spoken, ...]:
        """Return everything that was said, in order."""
        known = self._transcript
        if known is None or known[0] is not standing:
            ruled = ruled_words(standing)
            told = tuple(self._spoken(standing, one, ruled) for one in standing.entries if one.utterance.text)
            known = self._transcript = (standing, told)
        return known[1]

    def named(self, standing: Standing, key: int, person: PersonId | None, *, more: bool) -> SpeakerSet:
        """Return whose the words of a key are now.

        Args:
            standing: The session.
            key: Of a stretch, or of an utterance of the transcript.
            person: Whose; None: nobody can say.
            more: Of a stretch: all like it. Of an utterance: all that its speaker said without a break.

        Raises:
            SessionError: There is no such key.
        """
        if more and 0 <= key < len(self._queue):
            several = alike(self._queue, self._queue[key])
            return SpeakerSet(tuple(place for one in several for place in one.places), person)
        if more and self._is_spoken(key):
            keys = self._run_around(standing, key)
            return SpeakerSet(tuple(place for one in keys for place in self._places(one)), person)
        return SpeakerSet(self._places(key), person)

    def accepted(self, key: int) -> tuple[TextAccepted, ...]:
        """Return that the words of a key were said. Raises as ``named``."""
        return tuple(TextAccepted(place) for place in self._places(key))

    def left(self, key: int) -> LeftAlone:
        """Return that a stretch was looked at and stays as it is. Raises as ``named``; an utterance is no stretch."""
        if self._is_spoken(key):
            raise SessionError("this is not in the queue: it is as it was without a word")
        return LeftAlone(self._places(key))

    # -- within -------------------------------------------------------------------------------------------------------

    def _is_spoken(self, key: int) -> bool:
        return self.keys.thing(key)[:1] == ("spoken",)

    def _places(self, key: int) -> tuple[Place, ...]:
        if 0 <= key < len(self._queue):
            return self._queue[key].places
        match self.keys.thing(key):
            case ("spoken", Place() as place):
                return (place,)
            case ("taken", tuple() as places):
                return tuple(place for place in places if isinstance(place, Place))
        raise SessionError("this is neither in the queue nor in the transcript")

    def _run_around(self, standing: Standing, key: int) -> tuple[int, ...]:
        told = self.transcript(standing)
        at = next((n for n, one in enumerate(told) if one.key == key), None)
        if at is None:
            return (key,)
        first = last = at
        while first and told[first - 1].speaker == told[at].speaker:
            first -= 1
        while last + 1 < len(told) and told[last + 1].speaker == told[at].speaker:
            last += 1
        return tuple(one.key for one in told[first : last + 1])

    def _spoken(self, standing: Standing, entry: Entry, ruled: Ruled) -> Spoken:
        said = entry.utterance
        place = standing.place(said.id, Span(0, len(said.text)))
        # While it is being read again, what was decided a moment ago shows all the same.
        about = (d for span, d in ruled.get(place.utterance, ()) if span.contains(place.span))
        named = next((d for d in about if isinstance(d, SpeakerSet)), None)
        return Spoken(
            key=self.keys.of("spoken", place),
            start=said.start,
            end=said.end,
            speaker=said.speaker if named is None else named.person,
            text=said.text,
            by_hand=named is not None or said.attribution.decided_by is DecidedBy.KEY,
        )
