"""A closed session read again with what a clinician decided: words, facts, alerts and drafts.

What was kept at the close is never changed. From it and the decisions that stand everything is made anew, so that
taking a decision back leaves no trace of it; from one call to the next only what moved is read again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.decisions import Hidden, OwnerSet, Released, SpeakerSet
from assistant.domain import UNKNOWN_OWNER, Span
from assistant.pipeline.corrected import Corrected, correct
from assistant.pipeline.drafting import Drafter
from assistant.pipeline.live_understanding import Understandings
from assistant.pipeline.progress import Quiet
from assistant.pipeline.reviewed import Reviewed
from assistant.pipeline.ruled_reading import RuledReads, RulesOfFacts, rules_of_facts
from assistant.privacy.hands import Hands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from assistant.decisions import Decided, GroupWord, Ruling
    from assistant.domain import Entry, Group, PersonId, Session, Utterance, UtteranceId
    from assistant.notes.gate import Gate
    from assistant.pipeline.live_understanding import Watches
    from assistant.pipeline.progress import Progress
    from assistant.pipeline.ruled_reading import ReadsDismissing
    from assistant.settings import Profile

READING = "Reading the session again"
"""The stage that whoever waits is told of."""


@dataclass(frozen=True, slots=True, eq=False)
class ReviewRooms:
    """What it takes to read a closed session again. No recogniser and no voice is among it."""

    analyst: Callable[[Group], ReadsDismissing]
    """For ``privacy.Analyst``, best its ``remembering()``."""
    gate: Callable[[], Gate]
    profile: Profile
    alerts: Watches | None = None
    """The alert rules; None: nothing is warned of."""


class Reviewer:
    """Reads one closed session again and again.

    Args:
        session: The session, its group as it was last.
        entries: As they were kept at the close, in order.
        rooms: What it takes.
        duration: Samples of the session.
    """

    def __init__(self, session: Session, entries: Sequence[Entry], rooms: ReviewRooms, duration: int = 0) -> None:
        self._session = session
        self._kept = tuple(entry.utterance for entry in entries)
        self._texts = {utterance.id: utterance.text for utterance in self._kept}
        self._rooms = rooms
        self._duration = duration or max((u.end for u in self._kept), default=0)
        self._gate: Gate | None = None
        self._progress: Progress = Quiet()
        self._places: dict[UtteranceId, int] = {}
        self._reads = RuledReads(rooms.analyst(session.group), self._was_read)
        self._understood = Understandings(session.group, self._reads, rooms.alerts)
        self._read: tuple[tuple[Utterance, ...], RulesOfFacts] | None = None
        """What all is read by."""

    def read(
        self, rulings: Iterable[Ruling], words: Iterable[GroupWord] = (), progress: Progress | None = None
    ) -> Reviewed:
        """Return the session as the decisions leave it, its drafts checked by the gate.

        Args:
            rulings: All of the session; those that were undone count for nothing.
            words: Words that are no fact in this group.
            progress: Who waits.
        """
        self._progress = progress or Quiet()
        standing = sorted((r for r in rulings if not r.undone), key=lambda r: r.number)
        decided = [on_the_roster(ruling.decided, self._session.group) for ruling in standing]
        corrected = correct(self._kept, decided)
        self._understand(corrected, rules_of_facts(decided, words, corrected, self._texts, self._session.group))
        if self._gate is None:
            self._gate = self._rooms.gate()
        readings = self._understood.readings
        drafts = Drafter(
            session=self._session,
            gate=self._gate,
            profile=self._rooms.profile,
            readings=readings,
            utterances=tuple(reading.utterance for reading in readings),
            findings=tuple(reading.findings for reading in readings),
            duration=self._duration,
            hands=hands_of(decided, corrected),
        ).draft(self._progress)
        return Reviewed(self._understood.entries, drafts, corrected.origin)

    def _understand(self, corrected: Corrected, rules: RulesOfFacts) -> None:
        """Read what is not read yet as it stands now."""
        now = corrected.utterances
        again = frozenset() if self._read is None else rules.differing(self._read[1], now)
        if self._read is not None and now == self._read[0] and not again:
            return
        self._places = {utterance.id: place for place, utterance in enumerate(now, start=1)}
        self._progress.stage(READING, len(now))
        self._reads.rules = rules
        self._understood.revise(0, now, again=again)
        self._read = now, rules

    def _was_read(self, utterance: Utterance) -> None:
        self._progress.advance(self._places.get(utterance.id, 0))


def on_the_roster(decided: Decided, group: Group) -> Decided:
    """Return a decision with nobody in the place of somebody who is not on the roster any more."""
    known = {person.id for person in group.people}
    if isinstance(decided, SpeakerSet) and decided.person not in known:
        return replace(decided, person=None)
    if isinstance(decided, OwnerSet) and not {decided.owner.person, decided.owner.outsider_of} <= {None, *known}:
        return replace(decided, owner=UNKNOWN_OWNER)
    return decided


def hands_of(decided: Iterable[Decided], corrected: Corrected) -> dict[PersonId, Hands]:
    """Return what was let in and what is kept out by member, at the words as they stand now; the last word counts."""
    released: dict[PersonId, list[tuple[UtteranceId, Span]]] = {}
    hidden: dict[PersonId, list[tuple[UtteranceId, Span]]] = {}
    for one in decided:
        if not isinstance(one, Released | Hidden):
            continue
        for place in corrected.places(one.place):
            if isinstance(one, Hidden):
                hidden.setdefault(one.reader, []).append((place.utterance, place.span))
                continue
            released.setdefault(one.reader, []).append((place.utterance, place.span))
            hidden[one.reader] = [
                (of, left)
                for of, span in hidden.get(one.reader, [])
                for left in ((span,) if of != place.utterance else _less(span, place.span))
            ]
    return {
        reader: Hands(frozenset(released.get(reader, ())), frozenset(hidden.get(reader, ())))
        for reader in {*released, *hidden}
    }


def _less(span: Span, gone: Span) -> tuple[Span, ...]:
    """Return what is left of a span without another."""
    left = (
        Span(span.start, max(span.start, min(span.end, gone.start))),
        Span(min(span.end, max(span.start, gone.end)), span.end),
    )
    return tuple(part for part in left if len(part))
