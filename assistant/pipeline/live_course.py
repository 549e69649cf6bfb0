"""How far a live session is read: its turns, whose voices are known by now, and what keys said of them.

What reads turns and what corrects them both work on this. It decides whose words are, and tells what became different.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain import SessionUpdate
from assistant.pipeline.listening import runs_of
from assistant.pipeline.live_corrections import theirs, whose
from assistant.pipeline.live_early import EarlyEntries
from assistant.pipeline.live_joining import Transcript
from assistant.pipeline.live_seats import SeatSegment, runs_by_seat
from assistant.pipeline.live_turns import Marks
from assistant.pipeline.live_understanding import Understandings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tracks import VoicedStretch, VoicePiece
    from assistant.domain import Entry, Session, Utterance
    from assistant.pipeline.joining import AttributedRun
    from assistant.pipeline.live_rooms import LiveRooms
    from assistant.pipeline.live_turns import HeardTurn, Memory


class Course:
    """One session, as far as it is read.

    Args:
        session: The session, its group as it is now.
        rooms: What it takes.
    """

    def __init__(self, session: Session, rooms: LiveRooms) -> None:
        self.session = session
        self.rooms = rooms
        self.marks = Marks()
        self.voices = rooms.attributor.live()
        self.transcript = Transcript()
        self.understood = Understandings(session.group, rooms.analyst(session.group), rooms.alerts)
        self.early = EarlyEntries()
        self.processed = 0
        """Everything before this sample is read."""
        self.new: list[Memory] = []
        """To be remembered, and not told yet."""

    # -- whose words are ----------------------------------------------------------------------------------------------

    def decided(self, heard: HeardTurn) -> tuple[AttributedRun, ...]:
        """Return the words of a turn with whoever said them, by the voices as they are known now."""
        return self.runs(heard, self.voices.decide(heard.voices))

    def runs(self, heard: HeardTurn, stretches: Sequence[VoicedStretch]) -> tuple[AttributedRun, ...]:
        """Return the words of a turn with whoever said them.

        Args:
            heard: The turn.
            stretches: Whose voice is where in it.
        """
        if any(isinstance(segment, SeatSegment) for segment in heard.recognised.segments):
            return tuple(self.pinned(run) for run in runs_by_seat(heard.recognised.segments))
        return whose(runs_of(heard.recognised.segments, stretches), self.marks.pins)

    def pinned(self, run: AttributedRun) -> AttributedRun:
        """Return a run whose voices are not remembered, as keys gave it to somebody."""
        start, end = run.words[0].start, run.words[-1].end
        pin = next((p for p in reversed(self.marks.pins) if p.letter is None and p.holds(start, end)), None)
        return run if pin is None or not (run.is_anybodys or pin.contested) else theirs(run, pin.person)

    def weigh(self) -> None:
        """Learn the voices anew from all turns."""
        self.voices = self.rooms.attributor.live(self.marks.pins, self.marks.letters)
        self.voices.weigh(turn.heard.voices for turn in self.transcript.turns if turn.heard is not None)
        self.marks = replace(self.marks, letters=self.voices.letters)

    def mark(self, marks: Marks) -> None:
        """Remember what keys said and which letters were given."""
        self.marks = marks
        self.new.append(marks)

    def pieces(self) -> tuple[VoicePiece, ...]:
        """Return every piece of voice that was heard."""
        return tuple(p for t in self.transcript.turns if t.heard is not None for p in t.heard.voices.pieces)

    # -- what is told -------------------------------------------------------------------------------------------------

    def nothing(self) -> SessionUpdate:
        """Return an update of which nothing is different."""
        return SessionUpdate(processed_to=self.processed)

    def update(
        self, before: Sequence[Utterance], entries: tuple[Entry, ...], unheard: tuple[tuple[int, int], ...] = ()
    ) -> SessionUpdate:
        """Return what became different.

        Args:
            before: The utterances in the place of which others may have come.
            entries: New or changed.
            unheard: Samples with a voice that got no words.
        """
        known = {utterance.id for utterance in self.transcript.utterances[-len(before) - len(entries) :]}
        removed = (*self.early.over(self.processed), *(u.id for u in before if u.id not in known))
        return SessionUpdate(entries, removed, self.processed, unheard)
