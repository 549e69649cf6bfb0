"""One turn of speech in, one update of the session out: the single-threaded heart of a live session.

It uses the rooms that a recording is processed with, and comes to the same result once the session is over. While it
goes on, a turn costs the same whether it is the tenth or the thousandth: voices are learned as they are heard, only
the last utterances are joined again, and what was read is read again only where something changed.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from assistant.attribution.stretches import nobodys
from assistant.attribution.tracks import VoiceTrack
from assistant.domain import SAMPLE_RATE, Cut, SessionUpdate, Turn, Word
from assistant.pipeline import live_keys as keys
from assistant.pipeline.drafting import Drafter
from assistant.pipeline.joining import AttributedRun, utterance_of
from assistant.pipeline.live_course import Course
from assistant.pipeline.live_early import EarlyEntries, nobodys_words
from assistant.pipeline.live_joining import LiveTurn, Transcript
from assistant.pipeline.live_recall import recalled
from assistant.pipeline.live_rehearing import Rehearing, pins_of
from assistant.pipeline.live_seats import SeatTurn, recognised_by_seat
from assistant.pipeline.live_turns import HeardTurn, Marks, Recognised, gathered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Entry, Group, PersonId, Session, Tombstone, UtteranceId
    from assistant.pipeline.drafts import Drafts
    from assistant.pipeline.live_corrections import Enrolled
    from assistant.pipeline.live_rooms import LiveRooms
    from assistant.pipeline.live_turns import Memory
    from assistant.pipeline.progress import Progress
    from assistant.store.stored import Decision


_SOMETHING = "My sister went to the doctor in town last week and told me to call her on Monday morning."
"""A sentence that every detector looks at."""


class LiveReader:
    """Reads one session, turn by turn.

    Args:
        session: The session, its group as it is now.
        rooms: What it takes.
    """

    def __init__(self, session: Session, rooms: LiveRooms) -> None:
        self._rooms = rooms
        self._hotwords = rooms.hotwords(session.group)
        self._course = Course(session, rooms)
        self._rehearing = Rehearing()
        self._beside = ThreadPoolExecutor(1, "voices")

    # -- going on for another -----------------------------------------------------------------------------------------

    def resume(
        self,
        entries: Sequence[Entry],
        memories: Sequence[Memory] = (),
        processed_to: int | None = None,
        named: Sequence[Decision] = (),
    ) -> None:
        """Go on where another reader ended.

        Args:
            entries: As they were kept, in order of number.
            memories: All that ``remembered`` gave, in order; what is missing stays as it was decided.
            processed_to: Of the last update that was kept; None: the end of what is given.
            named: What keys said, as it was written down; it counts where no reader remembers what they said.
        """
        course = self._course
        kept = [e for e in entries if e.utterance.id.startswith("u")]
        # What was told early belongs to turns that are read again, or have been.
        course.early = EarlyEntries(e for e in entries if not e.utterance.id.startswith("u"))
        known = gathered((), memories)
        course.marks = next((replace(m, afresh=False) for m in reversed(known) if isinstance(m, Marks)), Marks())
        heard = [m for m in known if isinstance(m, HeardTurn) and (processed_to is None or m.end <= processed_to)]
        utterances = [entry.utterance for entry in kept]
        if named and not any(isinstance(m, Marks) for m in known):
            course.mark(Marks(pins_of(named, utterances)))
        course.transcript = Transcript(recalled(utterances, heard), utterances)
        course.understood.recall(kept)
        course.processed = max((*(turn.end for turn in course.transcript.turns), processed_to or 0))
        course.weigh()

    def warm(self) -> None:
        """Have every model run once, so that the first turn is as quick as any other. Nothing of it is kept."""
        noise = np.random.default_rng(0).normal(0.0, 0.01, SAMPLE_RATE).astype(np.float32)
        turn = Turn(0, noise, Cut.END, ((0, SAMPLE_RATE),))
        voices = self._beside.submit(self._rooms.attributor.hear, turn)
        self._rooms.transcriber.transcribe(turn, self._hotwords)
        said = tuple(Word(word, 0, SAMPLE_RATE, 1.0) for word in _SOMETHING.split())
        self._course.understood.early(utterance_of(0, [AttributedRun(said, nobodys())]))
        voices.result()

    def remembered(self) -> tuple[Memory, ...]:
        """Return what is new to remember since the last call, for a reader that goes on after this one."""
        new = tuple(self._course.new)
        self._course.new.clear()
        return new

    @property
    def people_known(self) -> frozenset[PersonId]:
        """Whose voice can be matched."""
        return self._course.voices.people

    # -- turns --------------------------------------------------------------------------------------------------------

    def recognise(self, turn: Turn) -> Recognised:
        """Return the words of a turn. Needs nothing of the session but its roster."""
        if isinstance(turn, SeatTurn):
            return recognised_by_seat(turn, self._rooms.seats, self._rooms.transcriber, self._hotwords)
        found = self._rooms.transcriber.transcribe(turn, self._hotwords)
        return Recognised(turn.first_sample, turn.end_sample, found.segments, found.unheard, turn.voiced)

    def attribute(self, turn: Turn, recognised: Recognised) -> HeardTurn:
        """Return the words and the voices of a turn; nothing of the session is needed and no audio is kept."""
        return HeardTurn(recognised, self._voices_of(turn))

    def early(self, recognised: Recognised) -> SessionUpdate:
        """Return warnings that need no speaker, by the words alone.

        Returns:
            One entry of nobody's, named for its turn (``t`` and the millisecond), where there is something to warn
            of; else an update that holds nothing. ``read`` of the turn takes it back, with the same warning or better.
        """
        entry = self._first_heard(recognised)
        return self._told_early(entry if entry is not None and entry.alerts else None, recognised)

    def glance(self, recognised: Recognised) -> SessionUpdate:
        """Return the words so far of a turn that is still open, with such warnings.

        Returns:
            One entry as of ``early``, though there be nothing to warn of; again and again while the turn grows. A
            warning that was told stays until the turn is read.
        """
        return self._told_early(self._first_heard(recognised), recognised)

    def _first_heard(self, recognised: Recognised) -> Entry | None:
        words = nobodys_words(recognised)
        return None if words is None else self._course.understood.early(words)

    def _told_early(self, entry: Entry | None, recognised: Recognised) -> SessionUpdate:
        if entry is None:
            return self._course.nothing()
        return SessionUpdate(*self._course.early.told(entry, recognised), processed_to=self._course.processed)

    def read(self, heard: HeardTurn) -> SessionUpdate:
        """Return what one more turn changes.

        Args:
            heard: It begins at or after the end of the one before.
        """
        course = self._course
        letters = course.voices.letters
        course.voices.hear(heard.voices)
        course.processed = max(course.processed, heard.end)
        turn = LiveTurn(heard.start, heard.end, course.decided(heard), heard)
        course.new.append(heard)
        if course.voices.letters != letters:
            course.mark(replace(course.marks, letters=course.voices.letters))
        before = course.transcript.utterances
        at = course.transcript.add(turn)
        entries = course.understood.revise(at, course.transcript.utterances[at:])
        return course.update(before[at:], entries, heard.recognised.unheard)

    def read_turn(self, turn: Turn) -> tuple[HeardTurn, SessionUpdate]:
        """Return a turn as heard and what it changes; words and voices are heard side by side."""
        voices = self._beside.submit(self._voices_of, turn)
        heard = HeardTurn(self.recognise(turn), voices.result())
        return heard, self.read(heard)

    def voiced_in(self, start: int, end: int) -> int:
        """Return the voiced samples read so far within half-open samples."""
        ranges = (r for t in self._course.transcript.turns if t.heard is not None for r in t.heard.recognised.voiced)
        return sum(max(0, min(b, end) - max(a, start)) for a, b in ranges)

    def _voices_of(self, turn: Turn) -> VoiceTrack:
        if isinstance(turn, SeatTurn):
            return VoiceTrack(turn.first_sample, turn.end_sample)
        return self._rooms.attributor.hear(turn)

    # -- voices that nobody remembers ---------------------------------------------------------------------------------

    def voiceless(self) -> tuple[int, int] | None:
        """Return samples whose voices should be heard again when there is time; None: every voice is remembered."""
        found = self._rehearing.next(self._course.transcript.turns)
        if found is None and self._rehearing.is_to_weigh():
            self._course.weigh()
            self._course.mark(self._course.marks)
        return found

    def hear_again(self, turn: Turn) -> None:
        """Take the voices of such samples; their words stay as they are until the end of the session."""
        heard = self._rehearing.heard(self._course.transcript.turns, lambda: self._voices_of(turn))
        if heard is not None:
            self._course.new.append(heard)

    # -- corrections --------------------------------------------------------------------------------------------------

    def name_voice(self, person: PersonId, utterance: UtteranceId | None = None) -> SessionUpdate:
        """Return what changes once a key said who speaks: as ``live_keys.name_voice``."""
        return keys.name_voice(self._course, person, utterance)

    def enrol(self, person: PersonId, start: int, end: int) -> Enrolled:
        """Return what changes once somebody read the consent sentence aloud: as ``live_keys.enrol``."""
        return keys.enrol(self._course, person, start, end)

    def strike(self, tombstone: Tombstone) -> SessionUpdate:
        """Return what changes once a stretch of time, or one person's words in it, are gone."""
        return keys.strike(self._course, tombstone)

    def roster(self, group: Group) -> SessionUpdate:
        """Return what changes once somebody came, left, or agreed to something. What was read stays as it is."""
        course, rooms = self._course, self._rooms
        known = rooms.attributor.enrolled | {p.id for p in course.session.group.present}
        clips = {p.id: clip for p in group.present if p.id not in known and (clip := rooms.clip(p)) is not None}
        course.session = replace(course.session, group=group)
        self._hotwords = rooms.hotwords(group)
        course.understood.analyst = rooms.analyst(group)
        course.understood.attend(group, course.processed)
        rooms.attributor.admit(clips, len(group.present))
        course.weigh()
        return course.nothing()

    # -- the end ------------------------------------------------------------------------------------------------------

    def finish(self) -> SessionUpdate:
        """Return what changes once nothing follows: all is decided with all that the session taught, and read so."""
        course = self._course
        turns = course.transcript.turns
        heard = [turn.heard for turn in turns if turn.heard is not None]
        stretches = iter(self._rooms.attributor.decide([turn.voices for turn in heard], course.marks.pins))
        if self._rooms.alerts is None and self._rooms.alerts_afterwards is not None:
            course.understood.watch(self._rooms.alerts_afterwards())
        decided = [
            turn if turn.heard is None else replace(turn, runs=course.runs(turn.heard, next(stretches)))
            for turn in turns
        ]
        before = course.transcript.utterances
        course.early.end()
        course.transcript.rejoin(decided)
        return course.update(before, course.understood.revise(0, course.transcript.utterances, thorough=True))

    def drafts(self, duration: int, progress: Progress) -> Drafts:
        """Return the gate-checked drafts of the finished session.

        Args:
            duration: Samples of the session.
            progress: Who waits.
        """
        readings = self._course.understood.readings
        return Drafter(
            session=self._course.session,
            gate=self._rooms.gate(),
            profile=self._rooms.profile,
            readings=readings,
            utterances=tuple(reading.utterance for reading in readings),
            findings=tuple(reading.findings for reading in readings),
            duration=duration,
        ).draft(progress)
