"""Speech that a test can make and check: tones, each of a pitch of its own, and a reader that knows them by number.

Tone ``k`` sounds for 0.6 s and is followed by 0.8 s of silence, so that each is one turn; it is read as the word
``w<k>`` of the member ``m1`` (even) or ``m2`` (odd). Nothing is patched: source, endpointer, reader and builder are
small real ones, and they are used across a real process border.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from dataclasses import dataclass, field, replace
from threading import Event
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from assistant.attribution.tracks import VoiceTrack
from assistant.capture.endpointing import Endpointer
from assistant.capture.source import BLOCK_SAMPLES, require
from assistant.capture.voice import WINDOW
from assistant.domain import (
    SAMPLE_RATE,
    Alert,
    AlertKind,
    AlertLevel,
    Attribution,
    Block,
    Consent,
    DecidedBy,
    Entry,
    Findings,
    Gap,
    Group,
    Note,
    Part2,
    Person,
    PersonId,
    Role,
    Session,
    SessionUpdate,
    Utterance,
    UtteranceId,
    Word,
    samples,
)
from assistant.errors import SessionError
from assistant.pipeline.live_corrections import Enrolled
from assistant.pipeline.live_turns import HeardTurn, Recognised
from assistant.store.passphrase import Cost, Passphrase
from assistant.store.trimming import trimmed
from assistant.transcription.recognition import Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from assistant.consent import RecordingPermit
    from assistant.domain import Tombstone, Turn
    from assistant.live.session import LiveSession
    from assistant.pipeline.drafts import Drafts
    from assistant.pipeline.live_turns import Memory
    from assistant.pipeline.progress import Progress
    from assistant.store.stored import Decision

TONE = samples(0.6)
EVERY = samples(1.4)
LOWEST_HZ = 300.0
STEP_HZ = 10.0
AGREED = Consent(recording=dt.date(2026, 1, 10))
PEOPLE = (PersonId("f"), PersonId("m1"), PersonId("m2"))
RISK = 7
"""Every tenth tone, from this number on, is a warning of level A1."""


def group_of(people: Sequence[str] = PEOPLE, agreed: Sequence[str] | None = None) -> Group:
    """Return a group of these people; ``f`` leads it."""
    return Group(
        name="Tones",
        kind="psychotherapy",
        part2=Part2.UNKNOWN,
        people=tuple(
            Person(
                id=PersonId(p),
                role=Role.FACILITATOR if p == "f" else Role.MEMBER,
                name=f"Name of {p}",
                consent=AGREED if agreed is None or p in agreed else Consent(),
            )
            for p in people
        ),
    )


def session_of(group: Group | None = None, name: str = "s1") -> Session:
    """Return a session of the group."""
    return Session(name, group or group_of(), dt.date(2026, 3, 5))


def cheap_passphrase() -> Passphrase:
    """Return a passphrase that costs nothing to try."""
    cost = Cost(passes=1, memory_kib=64, lanes=1)
    return Passphrase("correct horse battery", cost, cost)


def sound_of(first: int, count: int) -> NDArray[np.float32]:
    """Return the endless sound of all tones from one sample on, shape (1, count)."""
    at = np.arange(first, first + count)
    tone, within = at // EVERY, at % EVERY
    wave = 0.3 * np.sin(2 * np.pi * (LOWEST_HZ + STEP_HZ * tone) * within / SAMPLE_RATE)
    return np.where(within < TONE, wave, 0.0).astype(np.float32)[None, :]


class ToneSource:
    """Tones as from a microphone: counts from 0, and paces itself.

    Args:
        speed: Times real time.
        tones: How many; then silence without end.
        ends: Whether it ends by itself after the tones.
        lost: Blocks (by number) in whose place a gap comes.
    """

    def __init__(self, speed: float = 10.0, tones: int = 1000, *, ends: bool = False, lost: range = range(0)) -> None:
        self.channels = 1
        self.label = "tones"
        self._speed = speed
        self._tones = tones
        self._ends = ends
        self._lost = lost
        self._stopped = Event()
        self.asked = 0
        """Times that somebody asked for sound with leave."""

    def blocks(self, permit: RecordingPermit) -> Iterator[Block | Gap]:
        """Yield the tones."""
        require(permit)
        self.asked += 1
        return self._blocks()

    def stop(self) -> None:
        """End the tones."""
        self._stopped.set()

    def _blocks(self) -> Iterator[Block | Gap]:
        begin = time.monotonic()
        number = 0
        while not self._stopped.wait(max(0.0, begin + (number + 1) * 0.1 / self._speed - time.monotonic())):
            first = number * BLOCK_SAMPLES
            if first >= self._tones * EVERY and self._ends:
                return
            if number in self._lost:
                yield Gap(first, BLOCK_SAMPLES, "the device was unplugged")
            else:
                audio = sound_of(first, BLOCK_SAMPLES)
                yield Block(first, audio if first < self._tones * EVERY else np.zeros_like(audio))
            number += 1


class Loudness:
    """Voice activity by loudness: runs where the endpointer expects a model."""

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """Return a probability for each window, and the states as they were."""
        power = np.square(inputs["input"][:, -WINDOW:]).mean(axis=1)
        return [(power > 1e-3).astype(np.float32), inputs["h"], inputs["c"]]


def tone_at(audio: NDArray[np.float32]) -> int:
    """Return the number of a tone by its pitch."""
    spectrum = np.abs(np.fft.rfft(audio * np.hanning(audio.shape[0]), 1 << 16))
    return round((float(spectrum.argmax()) * SAMPLE_RATE / (1 << 16) - LOWEST_HZ) / STEP_HZ)


@dataclass(frozen=True, slots=True)
class Habits:
    """How a tone reader behaves."""

    cost_s: float = 0.0
    """Seconds that each step takes."""
    deadly: tuple[int, ...] = ()
    """Tones that end the process."""
    endless: tuple[int, ...] = ()
    """Tones over which it hangs for good."""
    deadly_start: bool = False


@dataclass(frozen=True, slots=True)
class ToneBuilder:
    """Makes tone readers; picklable."""

    habits: Habits = field(default_factory=Habits)

    def build(self, session: Session, voiceprints: Mapping[PersonId, Any], seats: Mapping[int, PersonId]) -> ToneReader:
        """Return a reader."""
        if self.habits.deadly_start:
            os._exit(3)
        return ToneReader(session, self.habits)

    def turn_finder(self) -> Endpointer:
        """Return the real endpointer, on loudness."""
        return Endpointer(Loudness())


@dataclass(frozen=True, slots=True)
class ToneDrafts:
    """Drafts, without the language models' libraries that the real ones' module loads."""

    group: Note
    members: Mapping[PersonId, Any] = field(default_factory=dict)
    group_refused: bool = False
    refused: tuple[str, ...] = ()


class ToneReader:
    """Reads tones: one entry for each turn."""

    def __init__(self, session: Session, habits: Habits) -> None:
        self._session = session
        self._habits = habits
        self._entries: dict[UtteranceId, Entry] = {}
        self._named: dict[PersonId, PersonId] = {}
        self._processed = 0
        self._early: list[UtteranceId] = []
        self._new: list[Memory] = []

    def resume(
        self,
        entries: Sequence[Entry],
        memories: Sequence[Memory] = (),
        processed_to: int | None = None,
        named: Sequence[Decision] = (),
    ) -> None:
        """Take up a session."""
        self._entries = {e.utterance.id: e for e in entries if e.utterance.id.startswith("u")}
        self._early = [e.utterance.id for e in entries if e.utterance.id.startswith("t")]
        self._processed = processed_to or 0

    def warm(self) -> None:
        """There is no model."""

    def remembered(self) -> tuple[Memory, ...]:
        """Return what is new."""
        new, self._new = tuple(self._new), []
        return new

    @property
    def people_known(self) -> frozenset[PersonId]:
        """Everybody."""
        return frozenset(p.id for p in self._session.group.people)

    def voiced_in(self, start: int, end: int) -> int:
        """Return the samples of words in a range."""
        return sum(max(0, min(e.utterance.end, end) - max(e.utterance.start, start)) for e in self._entries.values())

    def recognise(self, turn: Turn) -> Recognised:
        """Return a word for each tone."""
        time.sleep(self._habits.cost_s)
        words = []
        for start, end in turn.voiced:
            number = tone_at(turn.audio[start - turn.first_sample : end - turn.first_sample])
            if number in self._habits.deadly:
                os._exit(9)
            while number in self._habits.endless:
                time.sleep(60)
            words.append(Word(f"w{number}", start, end, 0.9, PersonId("m1" if number % 2 == 0 else "m2")))
        return Recognised(turn.first_sample, turn.end_sample, (Segment(tuple(words)),), (), turn.voiced)

    def early(self, recognised: Recognised) -> SessionUpdate:
        """Return a provisional entry where there is a warning."""
        entry = self._entry(recognised, "t")
        if entry is None or not entry.alerts:
            return SessionUpdate(processed_to=self._processed)
        self._early.append(entry.utterance.id)
        return SessionUpdate((entry,), processed_to=self._processed)

    def glance(self, recognised: Recognised) -> SessionUpdate:
        """Return a provisional entry."""
        entry = self._entry(recognised, "t")
        if entry is None:
            return SessionUpdate(processed_to=self._processed)
        self._early.append(entry.utterance.id)
        return SessionUpdate((entry,), processed_to=self._processed)

    def attribute(self, turn: Turn, recognised: Recognised) -> HeardTurn:
        """Return the turn as heard."""
        time.sleep(self._habits.cost_s)
        return HeardTurn(recognised, VoiceTrack(turn.first_sample, turn.end_sample))

    def read(self, heard: HeardTurn) -> SessionUpdate:
        """Return the entry of a turn."""
        self._processed = max(self._processed, heard.end)
        self._new.append(heard)
        entry = self._entry(heard.recognised, "u")
        return self._update(() if entry is None else (entry,))

    def read_turn(self, turn: Turn) -> tuple[HeardTurn, SessionUpdate]:
        """Do all of it."""
        heard = self.attribute(turn, self.recognise(turn))
        return heard, self.read(heard)

    def voiceless(self) -> tuple[int, int] | None:
        """Tones have no voices."""
        return None

    def hear_again(self, turn: Turn) -> None:
        """Tones have no voices."""

    def name_voice(self, person: PersonId, utterance: UtteranceId | None) -> SessionUpdate:
        """Name one utterance, and whoever it was from now on."""
        known = sorted(self._entries.values(), key=lambda e: e.utterance.number)
        found = known[-1] if utterance is None and known else self._entries.get(utterance or UtteranceId(""))
        if found is None:
            raise SessionError("nobody has spoken")
        said = found.utterance
        if said.speaker is not None:
            self._named[said.speaker] = person
        words = tuple(replace(w, speaker=person) for w in said.words)
        named = replace(said, words=words, attribution=Attribution(person, 1.0, 1.0, DecidedBy.KEY))
        return self._update((replace(found, utterance=named),))

    def enrol(self, person: PersonId, start: int, end: int) -> Enrolled:
        """Return that it was heard."""
        voice = np.full(256, 1 / 16, np.float32)
        agreed = self._session.group.person(person).consent.voiceprint is not None
        update = SessionUpdate(processed_to=self._processed)
        return Enrolled(update, person, self.voiced_in(start, end), voice if agreed else None)

    def strike(self, tombstone: Tombstone) -> SessionUpdate:
        """Return what is left, read again."""
        gone, left = [], []
        for entry in tuple(self._entries.values()):
            rest = trimmed(entry, (tombstone,))
            if rest is None:
                gone.append(entry.utterance.id)
                del self._entries[entry.utterance.id]
            elif rest is not entry:
                left.append(Entry(rest.utterance, Findings(rest.utterance.id, ())))
        # Each is one tone.
        early = [u for u in self._early if tombstone.start < _begins(u) + TONE and _begins(u) < tombstone.end]
        self._early = [u for u in self._early if u not in early]
        update = self._update(tuple(left))
        return replace(update, removed=(*update.removed, *early, *gone))

    def roster(self, group: Group) -> SessionUpdate:
        """Take in who is here."""
        self._session = replace(self._session, group=group)
        return SessionUpdate(processed_to=self._processed)

    def finish(self) -> SessionUpdate:
        """Return that nothing changed."""
        return self._update(())

    def drafts(self, duration: int, progress: Progress) -> Drafts:
        """Return a group part alone."""
        progress.stage("Drafting", 1)
        return cast("Drafts", ToneDrafts(Note(None, self._session.id, ())))

    def _update(self, entries: tuple[Entry, ...]) -> SessionUpdate:
        removed = tuple(dict.fromkeys(u for u in self._early if _begins(u) < self._processed))
        self._early = [u for u in self._early if u not in removed]
        self._entries.update({e.utterance.id: e for e in entries})
        return SessionUpdate(entries, removed, self._processed)

    def _entry(self, recognised: Recognised, prefix: str) -> Entry | None:
        words = [word for segment in recognised.segments for word in segment.words]
        if not words:
            return None
        who = words[0].speaker
        who = self._named.get(who, who) if who is not None else None
        number = words[0].start * 1000 // SAMPLE_RATE
        name = UtteranceId(f"{prefix}{number}")
        said = Utterance(
            id=name,
            number=number,
            start=words[0].start,
            end=words[-1].end,
            text=" ".join(w.text for w in words),
            words=tuple(replace(w, speaker=who) for w in words),
            attribution=Attribution(who, 0.9, 0.5, DecidedBy.VOICE),
        )
        tones = [int(w.text[1:]) for w in words]
        risk = any(t % 10 == RISK for t in tones)
        alert = Alert(name, "risk", AlertKind.RISK_SELF, AlertLevel.A1, who, advice="risk_self")
        return Entry(said, Findings(name, ()), (alert,) if risk else ())


def _begins(utterance: UtteranceId) -> int:
    return int(utterance[1:]) * SAMPLE_RATE // 1000


def until(holds: Callable[[], object], within_s: float = 30.0, what: str = "it") -> None:
    """Wait until something holds.

    Raises:
        AssertionError: It does not, within the time.
    """
    deadline = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {within_s:g} s")
        time.sleep(0.01)


def warned_in_full(room: LiveSession) -> bool:
    """Whether there is a warning that is not about to be read again under another id."""
    return any(alert.key.utterance.startswith("u") for alert in room.changes(0).alerts)


def words_of(entries: Iterable[Entry]) -> list[str]:
    """Return all words of entries, in order."""
    return [w.text for e in sorted(entries, key=lambda e: e.utterance.number) for w in e.utterance.words]
