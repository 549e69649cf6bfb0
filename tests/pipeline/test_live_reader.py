"""A session read turn by turn, with small stand-ins for the models: nothing lost, doubled, or left after a strike."""

from __future__ import annotations

import datetime as dt
import itertools
import pickle
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.attribution.attributor import Attributor
from assistant.attribution.segmentation import Piece
from assistant.domain import (
    SAMPLE_RATE,
    UNKNOWN_OWNER,
    Alert,
    AlertKind,
    AlertLevel,
    Basis,
    Block,
    Consent,
    Cut,
    DecidedBy,
    Disclosure,
    DisclosureType,
    Entry,
    Findings,
    Group,
    Mention,
    Owner,
    Part2,
    Person,
    PersonId,
    Role,
    Session,
    SessionUpdate,
    Span,
    Tombstone,
    TombstoneReason,
    Turn,
    UtteranceId,
    Word,
    samples,
)
from assistant.errors import SessionError
from assistant.pipeline.joining import join_runs
from assistant.pipeline.listening import runs_of
from assistant.pipeline.live_reader import LiveReader
from assistant.pipeline.live_rooms import LiveRooms
from assistant.pipeline.live_seats import with_tracks
from assistant.pipeline.live_turns import HeardTurn, after_strike, gathered
from assistant.privacy.parse import Parse
from assistant.privacy.reading import Reading
from assistant.settings import Profile
from assistant.store.stored import Decision
from assistant.transcription.recognition import Recognition, Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.domain import Utterance
    from assistant.pipeline.live_turns import Memory

F, M1, M2, M3 = PersonId("f"), PersonId("m1"), PersonId("m2"), PersonId("m3")
LEVELS = {F: 0.1, M1: 0.2, M2: 0.3, M3: 0.4}
STRANGER = 0.7


class LevelVoices:
    """Speech is a constant level and every level is a voice of its own; silence is zero."""

    def pieces(self, turn: Turn) -> tuple[Piece, ...]:
        """One piece per run of one level."""
        audio = turn.audio
        edges = [0, *(np.flatnonzero(np.diff(audio)) + 1).tolist(), audio.shape[0]]
        return tuple(
            Piece(turn.first_sample + a, turn.first_sample + b)
            for a, b in itertools.pairwise(edges)
            if b > a and audio[a] != 0
        )

    def of(self, audio: NDArray[np.float32]) -> NDArray[np.float32] | None:
        """The direction of the level."""
        levels, counts = np.unique(audio[audio != 0], return_counts=True)
        if not levels.size:
            return None
        vector = np.full(32, 0.02, dtype=np.float32)
        for level, count in zip(levels, counts, strict=True):
            vector[round(float(level) * 10)] += count / audio.shape[0]
        return (vector / np.linalg.norm(vector)).astype(np.float32)


class QuarterSeconds:
    """Hears one word in every quarter of a second of speech, no two alike; every fourth ends a sentence."""

    def transcribe(self, turn: Turn, hotwords: Sequence[str]) -> Recognition:
        """Words named for their time; a telling one now and then."""
        step = SAMPLE_RATE // 4
        starts = [at for at in range(0, turn.audio.shape[0] - step + 1, step) if turn.audio[at] != 0]
        words = tuple(self._word(turn.first_sample + at, step) for at in starts)
        return Recognition((Segment(words),) if words else ())

    def _word(self, start: int, step: int) -> Word:
        number = start // step
        text = "alarm" if number % 37 == 5 else f"secret{number % 3}" if number % 11 == 3 else f"w{start}"
        return Word(text + ("." if number % 4 == 0 else ""), start, start + step, 0.9)


@dataclass
class Analyst:
    """Finds secrets. Whose one is depends on who said it first, and every finding on who spoke lately."""

    reads: list[UtteranceId] = field(default_factory=list)

    def read(self, utterance: Utterance, before: Sequence[Reading]) -> Reading:
        """As the real one: a function of the utterance and of what was read before it."""
        self.reads.append(utterance.id)
        lately = ",".join(str(r.utterance.speaker) for r in before[-8:])
        found = []
        for span in utterance.word_spans():
            word = span.of(utterance.text).rstrip(".")
            if word.startswith("secret"):
                first = next((o for r in before for w, o in _secrets(r) if w == word), Owner(utterance.speaker))
                mention = Mention(Span(span.start, span.start + len(word)), DisclosureType.ORG, 1.0, "test")
                owner = first if first.person is not None else UNKNOWN_OWNER
                found.append(Disclosure(mention, span, owner, Basis.SELF, lately))
        return Reading(utterance, Parse(utterance.text, ()), (), Findings(utterance.id, tuple(found)))


def _secrets(reading: Reading) -> list[tuple[str, Owner]]:
    return [(d.span.of(reading.utterance.text), d.owner) for d in reading.findings.disclosures]


class Watch:
    """Warns of the word "alarm", and when a secret is told for the third time."""

    def begin(self, group: Group) -> tuple[int, int]:
        """How many people are here, and how many secrets were told."""
        return (len(group.present), 0)

    def attend(self, memory: tuple[int, int], group: Group) -> tuple[int, int]:
        """As many as are here now."""
        return (len(group.present), memory[1])

    def remember(self, memory: tuple[int, int], utterance: Utterance, findings: Findings) -> tuple[int, int]:
        """One more."""
        return (memory[0], memory[1] + len(findings.disclosures))

    def assess(self, utterance: Utterance, findings: Findings, memory: tuple[int, int]) -> tuple[Alert, ...]:
        """Two rules."""
        alerts = self.early(utterance, findings, memory)
        if findings.disclosures and memory[1] >= 2:
            rule = f"third, before {memory[0]}"
            alerts += (Alert(utterance.id, rule, AlertKind.IDENTITY, AlertLevel.A2, utterance.speaker),)
        return alerts

    def early(self, utterance: Utterance, findings: Findings, memory: tuple[int, int]) -> tuple[Alert, ...]:
        """The word alone."""
        if "alarm" not in utterance.text:
            return ()
        return (Alert(utterance.id, "alarm", AlertKind.RISK_SELF, AlertLevel.A1, None),)


def group(*absent: PersonId) -> Group:
    """Four people."""
    people = tuple(
        Person(p, Role.FACILITATOR if p == F else Role.MEMBER, p, present=p not in absent) for p in (F, M1, M2, M3)
    )
    return Group("g", "k", Part2.UNKNOWN, people)


def speech(*parts: tuple[float, float]) -> NDArray[np.float32]:
    """(level, seconds) one after the other."""
    return np.concatenate([np.full(samples(s), level, dtype=np.float32) for level, s in parts])


def turn(start: float, *parts: tuple[float, float]) -> Turn:
    """A turn that begins at a second."""
    return Turn(samples(start), speech(*parts), Cut.SILENCE, ((samples(start), samples(start + 1)),))


def no_gate() -> object:
    """No drafts here."""
    raise AssertionError


def reader(
    enrolled: Sequence[PersonId] = tuple(LEVELS), who: Group | None = None, analyst: Analyst | None = None
) -> LiveReader:
    """A reader of a session in which these people gave a clip."""
    voices = LevelVoices()
    made = who or group()
    reads = analyst or Analyst()
    rooms = LiveRooms(
        transcriber=QuarterSeconds(),
        attributor=Attributor(voices, voices, {p: speech((LEVELS[p], 8)) for p in enrolled}, len(made.present)),
        hotwords=lambda _: (),
        analyst=lambda _: reads,
        clip=lambda p: speech((LEVELS[p.id], 8)),
        gate=no_gate,  # type: ignore[arg-type]  # never asked
        profile=Profile.CHART,
        alerts=Watch(),
        seats={0: F, 1: M1, 2: M2},
    )
    return LiveReader(Session("s", made, dt.date(2026, 1, 1)), rooms)


class Screen:
    """What was told, as whoever keeps it has it: removed first, then new and changed."""

    def __init__(self) -> None:
        self.entries: dict[UtteranceId, Entry] = {}
        self.memories: tuple[Memory, ...] = ()
        self.processed_to = 0

    def take(self, reader: LiveReader, update: SessionUpdate) -> None:
        """One update."""
        for gone in update.removed:
            del self.entries[gone]
        for entry in update.entries:
            assert self.entries.get(entry.utterance.id) != entry
            self.entries[entry.utterance.id] = entry
        self.processed_to = update.processed_to
        self.memories = gathered(self.memories, pickle.loads(pickle.dumps(reader.remembered())))  # noqa: S301  our own

    @property
    def kept(self) -> tuple[Entry, ...]:
        """In order of number."""
        return tuple(sorted(self.entries.values(), key=lambda e: e.utterance.number))

    @property
    def words(self) -> list[tuple[int, str]]:
        """All words on it."""
        return [(w.start, w.text) for e in self.kept for w in e.utterance.words]


def heard(reader: LiveReader, one: Turn) -> HeardTurn:
    """A turn without its audio."""
    return reader.attribute(one, reader.recognise(one))


def without_figures(entry: Entry) -> Entry:
    """An entry but for how sure it was: a part of what was kept whole is as sure as the whole."""
    sure = replace(entry.utterance.attribution, score=0.0, margin=0.0)
    return replace(entry, utterance=replace(entry.utterance, attribution=sure))


def checked(screen: Screen) -> None:
    """Ids are unique, and order of number is order of time."""
    utterances = [e.utterance for e in screen.kept]
    assert len({u.number for u in utterances}) == len(utterances)
    assert all(u.id == f"u{u.number}" for u in utterances)
    assert [u.start for u in utterances] == sorted(u.start for u in utterances)
    assert all(e.findings.utterance == e.utterance.id for e in screen.kept)
    assert all(a.utterance == e.utterance.id for e in screen.kept for a in e.alerts)


_PARTS = st.lists(
    st.tuples(st.sampled_from([0.1, 0.2, 0.3, 0.4, 0.0, STRANGER]), st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0])),
    min_size=1,
    max_size=4,
)
_SESSIONS = st.lists(st.tuples(_PARTS, st.sampled_from([0.5, 1.0, 2.5])), min_size=1, max_size=10)
_KEYS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from([M1, M2, M3]), st.integers(0, 6)), max_size=3)
_ENROLLED = st.sampled_from([tuple(LEVELS), (F, M1), ()])
_EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def turns_of(session: Sequence[tuple[Sequence[tuple[float, float]], float]]) -> list[Turn]:
    """Turns one after the other, each with the silence before it."""
    turns: list[Turn] = []
    at = 0.0
    for parts, pause in session:
        at += pause
        turns.append(turn(at, *parts))
        at += sum(s for _, s in parts)
    return turns


def play(
    reader: LiveReader, screen: Screen, turns: Sequence[Turn], keys: Sequence[tuple[int, PersonId, int]], first: int = 0
) -> None:
    """Read turns, with key presses after some of them."""
    for number, one in enumerate(turns, start=first):
        screen.take(reader, reader.read(heard(reader, one)))
        for when, person, which in keys:
            if when == number and screen.kept:
                name = screen.kept[which % len(screen.kept)].utterance.id
                screen.take(reader, reader.name_voice(person, name))


@_EXAMPLES
@given(_SESSIONS, _KEYS, _ENROLLED)
def test_no_word_is_lost_or_doubled(
    session: list[tuple[list[tuple[float, float]], float]],
    keys: list[tuple[int, PersonId, int]],
    enrolled: tuple[PersonId, ...],
) -> None:
    """Whatever is said and whatever keys are pressed, what was heard is on the screen once, in order."""
    made, screen = reader(enrolled), Screen()
    turns = turns_of(session)
    play(made, screen, turns, keys)
    said = [(w.start, w.text) for t in turns for s in QuarterSeconds().transcribe(t, ()).segments for w in s.words]

    assert screen.words == said
    checked(screen)
    screen.take(made, made.finish())
    assert screen.words == said
    checked(screen)


@_EXAMPLES
@given(_SESSIONS, _KEYS, _ENROLLED, st.integers(0, 10))
def test_another_reader_goes_on_as_if_nothing_had_happened(
    session: list[tuple[list[tuple[float, float]], float]],
    keys: list[tuple[int, PersonId, int]],
    enrolled: tuple[PersonId, ...],
    when: int,
) -> None:
    """A reader that is ended at any turn and another that goes on come to what one alone comes to."""
    turns = turns_of(session)
    whole, one = Screen(), reader(enrolled)
    play(one, whole, turns, keys)

    parted, first = Screen(), reader(enrolled)
    play(first, parted, turns[:when], keys)
    second = reader(enrolled)
    second.resume(parted.kept, parted.memories, parted.processed_to)
    play(second, parted, turns[when:], keys, when)

    assert [without_figures(e) for e in parted.kept] == [without_figures(e) for e in whole.kept]
    whole.take(one, one.finish())
    parted.take(second, second.finish())
    assert parted.kept == whole.kept


@_EXAMPLES
@given(_SESSIONS, _ENROLLED, st.integers(0, 40), st.integers(0, 20))
def test_what_is_struck_is_nowhere(
    session: list[tuple[list[tuple[float, float]], float]], enrolled: tuple[PersonId, ...], begin: int, length: int
) -> None:
    """No word in the range is left in an entry, in a memory, or in what follows; every other word stays."""
    made, screen = reader(enrolled), Screen()
    turns = turns_of(session)
    play(made, screen, turns, ())
    told = screen.words
    start, end = samples(begin / 2), samples((begin + length) / 2)
    gone = [w for w in told if w[0] < end and start < w[0] + SAMPLE_RATE // 4]
    tombstone = Tombstone(start, end, TombstoneReason.STRUCK)
    cut = after_strike(screen.memories, tombstone)

    screen.take(made, made.strike(tombstone))

    assert screen.words == [w for w in told if w not in gone]
    checked(screen)
    for memories in (cut, screen.memories):
        assert not {s for s, _ in gone} & {
            w.start for m in memories if isinstance(m, HeardTurn) for s in m.recognised.segments for w in s.words
        }
    screen.take(made, made.finish())
    assert screen.words == [w for w in told if w not in gone]


@_EXAMPLES
@given(_SESSIONS)
def test_the_session_ends_as_the_recording_would_be_processed(
    session: list[tuple[list[tuple[float, float]], float]],
) -> None:
    """After the end: the utterances, findings and alerts that processing all at once gives."""
    made, screen = reader(), Screen()
    turns = turns_of(session)
    play(made, screen, turns, ())
    screen.take(made, made.finish())

    voices = LevelVoices()
    attributor = Attributor(voices, voices, {p: speech((LEVELS[p], 8)) for p in LEVELS}, 4)
    stretches = attributor.decide([attributor.hear(t) for t in turns])
    segments = [QuarterSeconds().transcribe(t, ()).segments for t in turns]
    batch = join_runs(tuple(r for pair in zip(segments, stretches, strict=True) for r in runs_of(*pair)))
    assert [replace(e.utterance, id=UtteranceId(""), number=0) for e in screen.kept] == [
        replace(u, id=UtteranceId(""), number=0) for u in batch
    ]
    readings: list[Reading] = []
    memory = Watch().begin(group())
    for entry in screen.kept:
        reading = Analyst().read(entry.utterance, readings)
        assert entry.findings == reading.findings
        assert entry.alerts == Watch().assess(entry.utterance, reading.findings, memory)
        memory = Watch().remember(memory, entry.utterance, reading.findings)
        readings.append(reading)


def test_a_voice_without_a_clip_is_named_by_a_key_with_all_that_it_said() -> None:
    """Nobody is enrolled: one key press gives a person the minute before it, and what the voice says from then on."""
    made, screen = reader(()), Screen()
    for start, level in ((0, 0.2), (6, 0.3), (12, 0.2)):
        screen.take(made, made.read(heard(made, turn(start, (level, 4)))))
    assert [e.utterance.attribution.voice for e in screen.kept] == ["A", "B", "A"]

    screen.take(made, made.name_voice(M1))
    screen.take(made, made.read(heard(made, turn(18, (0.2, 4)))))

    assert [e.utterance.speaker for e in screen.kept] == [M1, None, M1, M1]
    assert [e.utterance.attribution.decided_by for e in screen.kept][::2] == [DecidedBy.KEY, DecidedBy.KEY]
    assert screen.kept[1].utterance.attribution.voice == "B"
    assert made.people_known == {M1}


def test_naming_again_corrects_the_words_and_the_voice() -> None:
    """The first press was the wrong person: both turns and the voice move to the other."""
    made, screen = reader(()), Screen()
    for start in (0, 6):
        screen.take(made, made.read(heard(made, turn(start, (0.2, 4)))))
    last = screen.kept[-1].utterance.id

    screen.take(made, made.name_voice(M1, last))
    screen.take(made, made.name_voice(M2, last))
    screen.take(made, made.read(heard(made, turn(12, (0.2, 4)))))

    assert {e.utterance.speaker for e in screen.kept} == {M2}


def test_a_key_for_one_utterance_leaves_the_others_of_a_known_voice() -> None:
    """A wrong name on one utterance of an enrolled person moves that one alone."""
    made, screen = reader(), Screen()
    for start in (0, 6, 12):
        screen.take(made, made.read(heard(made, turn(start, (0.2, 4)))))

    screen.take(made, made.name_voice(M2, screen.kept[1].utterance.id))

    assert [e.utterance.speaker for e in screen.kept] == [M1, M2, M1]


def test_a_key_outlives_the_end_of_the_session() -> None:
    """Deciding all once more does not undo what a person said."""
    made, screen = reader(), Screen()
    for start in (0, 6, 12):
        screen.take(made, made.read(heard(made, turn(start, (0.2, 4)))))
    screen.take(made, made.name_voice(M2, screen.kept[1].utterance.id))
    before = screen.kept

    screen.take(made, made.finish())

    assert [e.utterance.speaker for e in screen.kept] == [M1, M2, M1]
    assert [e.utterance.id for e in screen.kept] == [e.utterance.id for e in before]


def test_contested_words_are_somebodys_when_a_key_says_so() -> None:
    """An utterance of nobody's, too short for any voice, is whose the key says."""
    made, screen = reader(), Screen()
    screen.take(made, made.read(heard(made, turn(0, (STRANGER, 0.25)))))
    before = screen.kept[0].utterance

    screen.take(made, made.name_voice(M3, before.id))

    after = screen.kept[0].utterance
    assert (before.speaker, after.speaker) == (None, M3)
    assert after.attribution.decided_by is DecidedBy.KEY


def test_what_a_key_said_stays_when_nothing_else_is_remembered() -> None:
    """After the app itself ended, only the entries are left: they stay, and a key still works on them."""
    made, screen = reader(()), Screen()
    for start in (0, 6):
        screen.take(made, made.read(heard(made, turn(start, (0.2, 4)))))
    screen.take(made, made.name_voice(M1))

    other = reader(())
    other.resume(screen.kept)
    screen.take(other, other.name_voice(M2, screen.kept[0].utterance.id))

    assert [e.utterance.speaker for e in screen.kept] == [M2, M1]
    screen.take(other, other.finish())
    assert [e.utterance.speaker for e in screen.kept] == [M2, M1]


@pytest.mark.parametrize(("agreed", "seconds", "kept"), [(True, 12, True), (False, 12, False), (True, 6, False)])
def test_a_voiceprint_is_returned_only_with_consent_and_enough_voice(agreed: bool, seconds: int, kept: bool) -> None:
    """The turns belong to the person all the same; the print leaves the reader only where it may be kept."""
    who = group()
    consent = Consent(recording=dt.date(2026, 1, 1), voiceprint=dt.date(2026, 1, 1) if agreed else None)
    who = replace(who, people=tuple(replace(p, consent=consent) for p in who.people))
    made, screen = reader((), who), Screen()
    screen.take(made, made.read(heard(made, turn(1, (0.3, seconds)))))

    got = made.enrol(M2, samples(0.5), samples(1 + seconds))
    screen.take(made, got.update)
    screen.take(made, made.read(heard(made, turn(20, (0.3, 4)))))

    assert (got.voiceprint is not None) is kept
    assert got.enough is (seconds >= 10)
    assert [e.utterance.speaker for e in screen.kept] == [M2, M2]


def test_whoever_withdraws_takes_all_their_words_along() -> None:
    """Their words, their voice and what was read because of them are gone; the others' stay."""
    made, screen = reader(), Screen()
    for number, level in enumerate((0.2, 0.3, 0.2, 0.1, 0.2)):
        screen.take(made, made.read(heard(made, turn(number * 6, (level, 4)))))
    others = [w for e in screen.kept if e.utterance.speaker != M1 for w in e.utterance.words]

    screen.take(made, made.strike(Tombstone(0, samples(60), TombstoneReason.WITHDRAWN, M1)))

    assert [w for e in screen.kept for w in e.utterance.words] == others
    assert M1 not in made.people_known
    memories = [m for m in screen.memories if isinstance(m, HeardTurn)]
    assert [w.start for m in memories for s in m.recognised.segments for w in s.words] == [w.start for w in others]
    assert "m1" not in {str(d.owner.person) for e in screen.kept for d in e.findings.disclosures}
    again = reader()
    again.resume(screen.kept, screen.memories, screen.processed_to)
    screen.take(again, again.finish())
    assert [w.start for e in screen.kept for w in e.utterance.words] == [w.start for w in others]


def test_a_warning_comes_before_the_speaker_and_is_taken_over() -> None:
    """While turns wait, the word alone warns; the turn itself takes the warning back and gives it in full."""
    made, screen = reader(), Screen()
    waiting = [turn(1.0, (0.2, 2)), turn(5.0, (0.3, 4)), turn(10.0, (0.2, 2))]
    words = [made.recognise(t) for t in waiting]
    for recognised in words:
        screen.take(made, made.early(recognised))
    early = [e for e in screen.kept if e.alerts]
    assert [e.utterance.id for e in early] == ["t1000", "t10000"]
    assert all(e.utterance.speaker is None for e in early)

    screen.take(made, made.read(made.attribute(waiting[0], words[0])))
    assert [e.utterance.id for e in screen.kept if e.utterance.id.startswith("t")] == ["t10000"]
    for one, recognised in zip(waiting[1:], words[1:], strict=True):
        screen.take(made, made.read(made.attribute(one, recognised)))

    checked(screen)
    assert [a.kind for e in screen.kept for a in e.alerts if a.rule == "alarm"] == [AlertKind.RISK_SELF] * 2


def test_a_strike_takes_early_warnings_of_its_own_turns_alone() -> None:
    """What was told early of a turn beside the range stays until that turn is read."""
    made, screen = reader(), Screen()
    for one in (turn(1.0, (0.2, 2)), turn(10.0, (0.2, 2))):
        screen.take(made, made.early(made.recognise(one)))
    assert [e.utterance.id for e in screen.kept] == ["t1000", "t10000"]

    screen.take(made, made.strike(Tombstone(samples(2), samples(4), TombstoneReason.STRUCK)))

    assert [e.utterance.id for e in screen.kept] == ["t10000"]
    screen.take(made, made.read(heard(made, turn(10.0, (0.2, 2)))))
    assert [e.utterance.id[0] for e in screen.kept] == ["u"]


def test_voices_are_heard_again_after_the_program_had_died() -> None:
    """With the entries, the keys and the sound alone, a session ends as if nothing had happened."""
    turns = [turn(0, (STRANGER, 4)), turn(6, (0.1, 4)), turn(12, (STRANGER, 4), (0.1, 3)), turn(20, (STRANGER, 1))]
    made, screen = reader((F,), group(M2, M3)), Screen()
    decisions = []
    for one in turns:
        screen.take(made, made.read(heard(made, one)))
        if one is turns[2]:
            first = screen.kept[0].utterance
            screen.take(made, made.name_voice(M1, first.id))
            decisions.append(Decision(samples(19), M1, first.id, first.start, first.end))
    kept = screen.kept
    screen.take(made, made.finish())

    again, after = reader((F,), group(M2, M3)), Screen()
    after.entries = {e.utterance.id: e for e in kept}
    again.resume(kept, (), samples(21), decisions)
    sound = np.zeros(samples(30), np.float32)
    for one in turns:
        sound[one.first_sample : one.end_sample] = one.audio
    heard_again = []
    while (stretch := again.voiceless()) is not None:
        start, end = stretch
        again.hear_again(Turn(start, sound[start:end], Cut.END, (stretch,)))
        heard_again.append(stretch)
    assert again.people_known == {F, M1}
    after.take(again, again.finish())

    assert len(heard_again) == len(turns)
    assert [without_figures(e) for e in after.kept] == [without_figures(e) for e in screen.kept]
    assert {e.utterance.speaker for e in after.kept} - {None} == {F, M1}


def test_voices_whose_sound_is_gone_stay_as_they_were_decided() -> None:
    """Nothing to hear is no reason to take somebody's words from them."""
    made, screen = reader(), Screen()
    screen.take(made, made.read(heard(made, turn(0, (0.2, 4)))))
    kept = screen.kept
    made = reader()
    made.resume(kept, (), samples(4))
    stretch = made.voiceless()
    assert stretch is not None
    start, end = stretch

    made.hear_again(Turn(start, np.zeros(end - start, np.float32), Cut.END, ((start, end),)))

    assert made.voiceless() is None
    screen.take(made, made.finish())
    assert [e.utterance.speaker for e in screen.kept] == [M1]


def test_words_of_an_open_turn_are_told_and_leave_no_trace() -> None:
    """While somebody speaks their words are there once, as nobody's; read, they are as if never told early."""
    made, screen = reader(), Screen()
    plain = reader()
    screen.take(made, made.read(heard(made, turn(0, (0.2, 4)))))
    plain.read(heard(plain, turn(0, (0.2, 4))))
    made.remembered()
    for seconds in (2, 4, 6):
        screen.take(made, made.glance(made.recognise(turn(5, (0.2, seconds)))))
        (told,) = [e.utterance for e in screen.kept if e.utterance.id.startswith("t")]
        assert (told.id, len(told.words), told.speaker) == ("t5000", 4 * seconds, None)
        assert {w.guess for w in told.words} == {None}
    assert made.remembered() == ()

    update = made.read(heard(made, turn(5, (0.2, 8))))
    screen.take(made, update)

    assert "t5000" in update.removed
    assert update.entries == plain.read(heard(plain, turn(5, (0.2, 8)))).entries
    checked(screen)


def test_a_warning_at_first_look_stays_until_the_turn_is_read() -> None:
    """Heard otherwise at the next look it is still there, and is taken over or goes when the turn is read."""
    made, screen = reader(), Screen()
    loud, quiet = made.recognise(turn(1, (0.2, 2))), made.recognise(turn(2.5, (0.2, 1)))
    quiet = replace(quiet, start=loud.start, end=samples(3.5))

    for words in (loud, quiet):
        screen.take(made, made.glance(words))
        assert [a.kind for e in screen.kept for a in e.alerts] == [AlertKind.RISK_SELF]
    assert all(a.utterance == "t1000" for e in screen.kept for a in e.alerts)
    screen.take(made, made.read(made.attribute(turn(1, (0.2, 2.5)), quiet)))

    assert [a for e in screen.kept for a in e.alerts] == []
    assert not [e for e in screen.kept if e.utterance.id.startswith("t")]


@pytest.mark.parametrize("how", ["finish", "restart"])
def test_words_of_a_turn_that_never_came_go(how: str) -> None:
    """What was told early and never read is gone at the end, and after a restart once the turn is read."""
    made, screen = reader(), Screen()
    screen.take(made, made.read(heard(made, turn(0, (0.2, 4)))))
    screen.take(made, made.glance(made.recognise(turn(5, (0.2, 2)))))
    if how == "restart":
        kept = screen.kept
        made = reader()
        made.resume(kept, screen.memories, samples(4))
        screen.take(made, made.read(heard(made, turn(5.1, (0.2, 3)))))
    else:
        screen.take(made, made.finish())

    assert not [e for e in screen.kept if e.utterance.id.startswith("t")]


def test_who_comes_late_counts_from_then_on() -> None:
    """Alerts read the room as it was when the words were said, in a correction later as well."""
    made, screen = reader((F, M1, M2), group(M3)), Screen()
    screen.take(made, made.read(heard(made, turn(0, (0.2, 8)))))
    screen.take(made, made.roster(group()))
    screen.take(made, made.read(heard(made, turn(10, (0.4, 8)))))
    rules = [a.rule for e in screen.kept for a in e.alerts if a.kind is AlertKind.IDENTITY]

    screen.take(made, made.name_voice(M2, screen.kept[0].utterance.id))

    assert screen.kept[-1].utterance.speaker == M3
    assert (
        rules == [a.rule for e in screen.kept for a in e.alerts if a.kind is AlertKind.IDENTITY] == ["third, before 4"]
    )


def test_an_unknown_person_or_utterance_is_refused() -> None:
    """One clear line, with ids alone."""
    made = reader()
    with pytest.raises(SessionError, match="m9"):
        made.name_voice(PersonId("m9"))
    with pytest.raises(SessionError, match="no utterance"):
        made.name_voice(M1)


def test_with_a_microphone_each_the_loudest_track_is_who_speaks() -> None:
    """No voice is known: each track's words are its person's, and what a track only hears of others is left out."""
    made, screen = reader(()), Screen()
    loud, bleed, quiet = speech((0.5, 4)), speech((0.05, 4)), speech((0.001, 4))
    tracks = np.stack([np.concatenate(parts) for parts in ((loud, bleed), (bleed, loud), (quiet, quiet))])
    whole = Turn(samples(3), tracks.sum(axis=0), Cut.SILENCE, ((samples(3), samples(11)),))
    blocks = [Block(samples(2), np.concatenate([np.zeros((3, samples(1)), np.float32), tracks], axis=1))]

    screen.take(made, made.read(heard(made, with_tracks(whole, blocks))))

    assert [e.utterance.speaker for e in screen.kept if e.utterance.speaker] == [F, M1]
    assert {e.utterance.attribution.decided_by for e in screen.kept} == {DecidedBy.CHANNEL}
    assert len({word for word, _ in screen.words}) == len(screen.words) == 32
    checked(screen)
    screen.take(made, made.name_voice(M2, screen.kept[-1].utterance.id))
    again = reader(())
    again.resume(screen.kept, screen.memories, screen.processed_to)
    screen.take(again, again.finish())
    assert [e.utterance.speaker for e in screen.kept if e.utterance.speaker] == [F, M2]


def test_the_thousandth_turn_costs_what_the_fiftieth_costs() -> None:
    """Reading does not grow with the session, in a group of strangers either: at most twice, and 10 ms in all."""
    analyst = Analyst()
    made = reader((F, M1), analyst=analyst)
    levels = (0.1, 0.2, STRANGER, 0.3, 0.9)
    turns = [heard(made, turn(i * 5.0, (levels[i % 5], 3))) for i in range(1000)]
    costs: list[float] = []
    for one in turns:
        begin = time.perf_counter()
        made.read(one)
        costs.append(time.perf_counter() - begin)

    early, late = float(np.median(costs[25:75])), float(np.median(costs[950:]))
    assert late < max(2 * early, 0.01)
    assert len(analyst.reads) <= 2 * len(turns)
