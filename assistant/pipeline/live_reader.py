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

from assistant.attribution.pins import Pin
from assistant.attribution.stretches import nobodys
from assistant.attribution.tracks import VoiceTrack
from assistant.domain import SAMPLE_RATE, Cut, PersonId, SessionUpdate, Turn, UtteranceId, Word
from assistant.errors import SessionError
from assistant.pipeline.drafting import Drafter
from assistant.pipeline.joining import AttributedRun, utterance_of
from assistant.pipeline.listening import runs_of
from assistant.pipeline.live_corrections import enrolled, named_pins, theirs, whose
from assistant.pipeline.live_early import EARLY, EarlyEntries
from assistant.pipeline.live_joining import LiveTurn, Transcript, number_at
from assistant.pipeline.live_recall import recalled
from assistant.pipeline.live_rehearing import next_voiceless, pins_of, with_voices
from assistant.pipeline.live_seats import SeatSegment, SeatTurn, recognised_by_seat, runs_by_seat
from assistant.pipeline.live_strike import struck
from assistant.pipeline.live_turns import HeardTurn, Marks, Recognised, gathered
from assistant.pipeline.live_understanding import Understandings
from assistant.privacy.forget import forget_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.attribution.tracks import VoicedStretch, VoicePiece
    from assistant.domain import Entry, Group, Person, Session, Tombstone, Utterance
    from assistant.pipeline.drafting import Drafts
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
        self._session = session
        self._rooms = rooms
        self._hotwords = rooms.hotwords(session.group)
        self._marks = Marks()
        self._voices = rooms.attributor.live()
        self._transcript = Transcript()
        self._understood = Understandings(session.group, rooms.analyst(session.group), rooms.alerts)
        self._processed = 0
        self._early = EarlyEntries()
        self._in_vain: set[int] = set()
        """First samples of turns whose voices could not be heard again."""
        self._reheard = False
        """Whether voices were heard again that are not weighed yet."""
        self._new: list[Memory] = []
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
        kept = [e for e in entries if e.utterance.id.startswith("u")]
        # What was told early belongs to turns that are read again, or have been.
        self._early = EarlyEntries(e for e in entries if not e.utterance.id.startswith("u"))
        known = gathered((), memories)
        self._marks = next((replace(m, afresh=False) for m in reversed(known) if isinstance(m, Marks)), Marks())
        heard = [m for m in known if isinstance(m, HeardTurn) and (processed_to is None or m.end <= processed_to)]
        utterances = [entry.utterance for entry in kept]
        if named and not any(isinstance(m, Marks) for m in known):
            self._mark(Marks(pins_of(named, utterances)))
        self._transcript = Transcript(recalled(utterances, heard), utterances)
        self._understood.recall(kept)
        ends = (*(turn.end for turn in self._transcript.turns), processed_to or 0)
        self._processed = max(ends)
        self._weigh()

    def warm(self) -> None:
        """Have every model run once, so that the first turn is as quick as any other. Nothing of it is kept."""
        noise = np.random.default_rng(0).normal(0.0, 0.01, SAMPLE_RATE).astype(np.float32)
        turn = Turn(0, noise, Cut.END, ((0, SAMPLE_RATE),))
        voices = self._beside.submit(self._rooms.attributor.hear, turn)
        self._rooms.transcriber.transcribe(turn, self._hotwords)
        said = tuple(Word(word, 0, SAMPLE_RATE, 1.0) for word in _SOMETHING.split())
        self._understood.early(utterance_of(0, [AttributedRun(said, nobodys())]))
        voices.result()

    def remembered(self) -> tuple[Memory, ...]:
        """Return what is new to remember since the last call, for a reader that goes on after this one."""
        new, self._new = tuple(self._new), []
        return new

    @property
    def people_known(self) -> frozenset[PersonId]:
        """Whose voice can be matched."""
        return self._voices.people

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
        if entry is None or not entry.alerts:
            return SessionUpdate(processed_to=self._processed)
        return SessionUpdate(*self._early.told(entry, recognised), processed_to=self._processed)

    def glance(self, recognised: Recognised) -> SessionUpdate:
        """Return the words so far of a turn that is still open, with such warnings.

        Returns:
            One entry as of ``early``, though there be nothing to warn of; again and again while the turn grows. A
            warning that was told stays until the turn is read.
        """
        entry = self._first_heard(recognised)
        if entry is None:
            return SessionUpdate(processed_to=self._processed)
        return SessionUpdate(*self._early.told(entry, recognised), processed_to=self._processed)

    def _first_heard(self, recognised: Recognised) -> Entry | None:
        runs = [AttributedRun(_nobody_said(s.words), nobodys()) for s in recognised.segments if not s.suspicions]
        runs = [run for run in runs if run.words]
        if not runs:
            return None
        number = number_at(recognised.start)
        return self._understood.early(replace(utterance_of(number, runs), id=UtteranceId(f"{EARLY}{number}")))

    def read(self, heard: HeardTurn) -> SessionUpdate:
        """Return what one more turn changes.

        Args:
            heard: It begins at or after the end of the one before.
        """
        letters = self._voices.letters
        self._voices.hear(heard.voices)
        self._processed = max(self._processed, heard.end)
        turn = LiveTurn(heard.start, heard.end, self._decided(heard), heard)
        self._new.append(heard)
        if self._voices.letters != letters:
            self._mark(replace(self._marks, letters=self._voices.letters))
        before = self._transcript.utterances
        at = self._transcript.add(turn)
        entries = self._understood.revise(at, self._transcript.utterances[at:])
        return self._update(before[at:], entries, heard.recognised.unheard)

    def read_turn(self, turn: Turn) -> tuple[HeardTurn, SessionUpdate]:
        """Return a turn as heard and what it changes; words and voices are heard side by side."""
        voices = self._beside.submit(self._voices_of, turn)
        heard = HeardTurn(self.recognise(turn), voices.result())
        return heard, self.read(heard)

    # -- voices that nobody remembers ---------------------------------------------------------------------------------

    def voiceless(self) -> tuple[int, int] | None:
        """Return samples whose voices should be heard again when there is time; None: every voice is remembered."""
        found = next_voiceless(self._transcript.turns, self._in_vain)
        if found is None:
            if self._reheard:
                self._reheard = False
                self._weigh()
                self._mark(self._marks)
            return None
        turns = self._transcript.turns[found]
        return turns[0].start, max(turn.end for turn in turns)

    def hear_again(self, turn: Turn) -> None:
        """Take the voices of such samples; their words stay as they are until the end of the session."""
        found = next_voiceless(self._transcript.turns, self._in_vain)
        if found is None:
            return
        turns = self._transcript.turns[found]
        again = with_voices(turns, self._voices_of(turn))
        if again.heard is None or not again.heard.voices.pieces:
            # The sound is gone: what was decided stands.
            self._in_vain.update(one.start for one in turns)
            return
        self._transcript.turns[found] = [again]
        self._new.append(again.heard)
        self._reheard = True

    # -- corrections --------------------------------------------------------------------------------------------------

    def name_voice(self, person: PersonId, utterance: UtteranceId | None = None) -> SessionUpdate:
        """Return what changes once a key said who speaks: in these words, and with this voice from now on.

        Args:
            person: On the roster.
            utterance: None: the last one. Naming the same again corrects it, and its voice with it.

        Raises:
            SessionError: There is no such person or utterance.
        """
        self._on_roster(person)
        named = self._utterance(utterance)
        pins = named_pins(self._marks.pins, named, person, self._pieces(), self._voices)
        return self._repin(pins)

    def enrol(self, person: PersonId, start: int, end: int) -> Enrolled:
        """Return what changes once somebody read the consent sentence aloud, and their voice.

        Args:
            person: On the roster.
            start: Half-open samples in which that person alone read; all before ``end`` has been read by now.
            end: One past the last.

        Returns:
            The voiceprint only where there was voice enough and the person agreed that it be kept.

        Raises:
            SessionError: There is no such person.
        """
        who = self._on_roster(person)
        pin = Pin(start, end, person, contested=True)
        update = self._repin((*(p for p in self._marks.pins if not pin.holds(p.start, p.end)), pin))
        mine = [piece for piece in self._pieces() if pin.holds(piece.start, piece.end)]
        agreed = who.consent.voiceprint is not None and who.consent.withdrawn_at is None
        return enrolled(update, person, mine, may_keep=agreed)

    def voiced_in(self, start: int, end: int) -> int:
        """Return the voiced samples read so far within half-open samples."""
        ranges = (r for t in self._transcript.turns if t.heard is not None for r in t.heard.recognised.voiced)
        return sum(max(0, min(b, end) - max(a, start)) for a, b in ranges)

    def strike(self, tombstone: Tombstone) -> SessionUpdate:
        """Return what changes once a stretch of time, or one person's words in it, are gone."""
        person = tombstone.person
        turns = [left for t in self._transcript.turns for left in struck(t, tombstone, self._voices.decide)]
        pins = self._marks.pins
        if person is not None:
            self._rooms.attributor.forget(person)
            pins = tuple(pin for pin in pins if pin.person != person)
        else:
            gone = Pin(tombstone.start, tombstone.end, PersonId(""))
            pins = tuple(pin for pin in pins if not gone.holds(pin.start, pin.end))
        before = self._transcript.utterances
        self._transcript.rejoin(turns)
        self._early.end()
        self._marks = replace(self._marks, pins=pins)
        self._weigh()
        entries = self._understood.revise(0, self._transcript.utterances)
        self._new = [replace(self._marks, afresh=True), *(t.heard for t in turns if t.heard is not None)]
        forget_words()
        return self._update(before, entries)

    def roster(self, group: Group) -> SessionUpdate:
        """Return what changes once somebody came, left, or agreed to something. What was read stays as it is."""
        known = self._rooms.attributor.enrolled | {p.id for p in self._session.group.present}
        clips = {p.id: clip for p in group.present if p.id not in known and (clip := self._rooms.clip(p)) is not None}
        self._session = replace(self._session, group=group)
        self._hotwords = self._rooms.hotwords(group)
        self._understood.analyst = self._rooms.analyst(group)
        self._understood.attend(group, self._processed)
        self._rooms.attributor.admit(clips, len(group.present))
        self._weigh()
        return SessionUpdate(processed_to=self._processed)

    # -- the end ------------------------------------------------------------------------------------------------------

    def finish(self) -> SessionUpdate:
        """Return what changes once nothing follows: all is decided with all that the session taught, and read so."""
        turns = self._transcript.turns
        heard = [turn.heard for turn in turns if turn.heard is not None]
        stretches = iter(self._rooms.attributor.decide([turn.voices for turn in heard], self._marks.pins))
        if self._rooms.alerts is None and self._rooms.alerts_afterwards is not None:
            self._understood.watch(self._rooms.alerts_afterwards())
        decided = [
            turn if turn.heard is None else replace(turn, runs=self._runs(turn.heard, next(stretches)))
            for turn in turns
        ]
        before = self._transcript.utterances
        self._early.end()
        self._transcript.rejoin(decided)
        return self._update(before, self._understood.revise(0, self._transcript.utterances, thorough=True))

    def drafts(self, duration: int, progress: Progress) -> Drafts:
        """Return the gate-checked drafts of the finished session.

        Args:
            duration: Samples of the session.
            progress: Who waits.
        """
        readings = self._understood.readings
        return Drafter(
            session=self._session,
            gate=self._rooms.gate(),
            profile=self._rooms.profile,
            readings=readings,
            utterances=tuple(reading.utterance for reading in readings),
            findings=tuple(reading.findings for reading in readings),
            duration=duration,
        ).draft(progress)

    # -- inside -------------------------------------------------------------------------------------------------------

    def _voices_of(self, turn: Turn) -> VoiceTrack:
        if isinstance(turn, SeatTurn):
            return VoiceTrack(turn.first_sample, turn.end_sample)
        return self._rooms.attributor.hear(turn)

    def _decided(self, heard: HeardTurn) -> tuple[AttributedRun, ...]:
        return self._runs(heard, self._voices.decide(heard.voices))

    def _runs(self, heard: HeardTurn, stretches: Sequence[VoicedStretch]) -> tuple[AttributedRun, ...]:
        if any(isinstance(segment, SeatSegment) for segment in heard.recognised.segments):
            return tuple(self._pinned(run) for run in runs_by_seat(heard.recognised.segments))
        return whose(runs_of(heard.recognised.segments, stretches), self._marks.pins)

    def _repin(self, pins: tuple[Pin, ...]) -> SessionUpdate:
        """Return what changes once keys have said something else: only whose words those people's are, or were."""
        people = {pin.person for pin in {*pins} ^ {*self._marks.pins}}
        self._marks = replace(self._marks, pins=pins)
        self._weigh()
        before = self._transcript.utterances
        self._transcript.rejoin([self._redecided(turn, people) for turn in self._transcript.turns])
        self._mark(self._marks)
        return self._update(before, self._understood.revise(0, self._transcript.utterances))

    def _redecided(self, turn: LiveTurn, people: Iterable[PersonId | None]) -> LiveTurn:
        if turn.heard is None:
            return replace(turn, runs=tuple(self._pinned(run) for run in turn.runs))
        runs = self._decided(turn.heard)
        speakers = [(a.speaker, b.speaker) for a, b in zip(_words(turn.runs), _words(runs), strict=True)]
        moved = any(a != b and not {a, b}.isdisjoint(people) for a, b in speakers)
        return replace(turn, runs=runs) if moved else turn

    def _pinned(self, run: AttributedRun) -> AttributedRun:
        """Return a run whose voices are not remembered, as keys gave it to somebody."""
        start, end = run.words[0].start, run.words[-1].end
        pin = next((p for p in reversed(self._marks.pins) if p.letter is None and p.holds(start, end)), None)
        return run if pin is None or not (run.is_anybodys or pin.contested) else theirs(run, pin.person)

    def _weigh(self) -> None:
        """Learn the voices anew from all turns."""
        self._voices = self._rooms.attributor.live(self._marks.pins, self._marks.letters)
        self._voices.weigh(turn.heard.voices for turn in self._transcript.turns if turn.heard is not None)
        self._marks = replace(self._marks, letters=self._voices.letters)

    def _mark(self, marks: Marks) -> None:
        self._marks = marks
        self._new.append(marks)

    def _update(
        self, before: Sequence[Utterance], entries: tuple[Entry, ...], unheard: tuple[tuple[int, int], ...] = ()
    ) -> SessionUpdate:
        known = {utterance.id for utterance in self._transcript.utterances[-len(before) - len(entries) :]}
        removed = (*self._early.over(self._processed), *(u.id for u in before if u.id not in known))
        return SessionUpdate(entries, removed, self._processed, unheard)

    def _pieces(self) -> tuple[VoicePiece, ...]:
        return tuple(p for t in self._transcript.turns if t.heard is not None for p in t.heard.voices.pieces)

    def _on_roster(self, person: PersonId) -> Person:
        try:
            return self._session.group.person(person)
        except KeyError:
            raise SessionError(f"nobody on the roster has the id {person}: choose a person of this group") from None

    def _utterance(self, wanted: UtteranceId | None) -> Utterance:
        """Return an utterance by id, or what holds its place by now where it was joined into another."""
        utterances = self._transcript.utterances
        if wanted is None and utterances:
            return utterances[-1]
        number = int(wanted[1:]) if wanted is not None and wanted[1:].isdigit() else None
        if number is not None:
            earlier = [u for u in utterances if u.number <= number]
            if earlier and (earlier[-1].number == number or number_at(earlier[-1].end) >= number):
                return earlier[-1]
        raise SessionError(f"there is no utterance {wanted or 'yet'}: name one that is on the screen")


def _words(runs: Iterable[AttributedRun]) -> list[Word]:
    return [word for run in runs for word in run.words]


def _nobody_said(words: Iterable[Word]) -> tuple[Word, ...]:
    return tuple(replace(word, speaker=None, guess=None) for word in words)
