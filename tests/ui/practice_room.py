"""A session that replays a gold session's text as if it were being spoken: the screen's practice ground.

    python tests/ui/practice_room.py samples/dev-skills-02 --speed 4

keeps everything in memory, hears nothing, writes nothing. The clock is handed in, so that a test decides the time.
"""

from __future__ import annotations

import argparse
import threading
import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.alerts.advice import read_advice
from assistant.consent import lacking
from assistant.domain import (
    Alert,
    AlertKind,
    AlertLevel,
    AlertState,
    Attribution,
    Basis,
    Consent,
    DecidedBy,
    Disclosure,
    Entry,
    Findings,
    Jotting,
    Mention,
    Owner,
    Person,
    PersonId,
    Resolution,
    Span,
    Tombstone,
    TombstoneReason,
    Utterance,
    UtteranceId,
    UtteranceStatus,
    Word,
    samples,
)
from assistant.errors import ConsentError, SessionError
from assistant.evaluation.gold import GoldTurn, read_gold
from assistant.groupfile import read_group
from assistant.live.view import AlertKey, AlertView, Changes, PersonView, Phase, PolicyView, RoomView

if TYPE_CHECKING:
    from collections.abc import Callable

_LEVELS = {
    AlertKind.RISK_SELF: AlertLevel.A1,
    AlertKind.RISK_OTHER: AlertLevel.A1,
    AlertKind.ABUSE_CHILD: AlertLevel.A1,
    AlertKind.ABSENT_MEMBER: AlertLevel.A1,
}
_DAY = date(2026, 1, 15)
_LATE = samples(1.2)
"""Samples from the end of a phrase to its words."""


@dataclass(frozen=True)
class Fact:
    """What somebody here does not know."""

    owner: PersonId
    text: str
    unaware: tuple[PersonId, ...]


class PracticeRoom:
    """A ``LiveRoom`` in memory."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic, speed: float = 1.0) -> None:
        """Take a gold session; ``clock`` counts seconds, each of which is ``speed`` seconds of the session."""
        gold = read_gold(folder)
        self.group = read_group(folder / "group.toml")
        self.people = list(self.group.people)
        self.turns = gold.turns
        self.policy = PolicyView(live_alerts=True, risk_flags=True, post_session_only=False)
        self.phase = Phase.BY_HAND
        self.problem: str | None = None
        self.working: str | None = None
        self.lag = _LATE
        self.gaps = 0
        self.entries: dict[UtteranceId, Entry] = {}
        self.removed: list[tuple[int, UtteranceId]] = []
        self.versions: dict[UtteranceId, int] = {}
        self.tombstones: list[Tombstone] = []
        self.jottings: list[Jotting] = []
        self.alerts: dict[AlertKey, AlertView] = {}
        self.voices: set[PersonId] = {p.id for p in self.people if p.voice is not None}
        self.kept: set[PersonId] = set()
        self.enrolling: PersonId | None = None
        self.orders: list[str] = []
        """What was asked, for tests."""
        self.fails: Exception | None = None
        """What the next ``changes`` raises."""
        self._clock, self._speed = clock, speed
        self._version = 1
        self._began: float | None = None
        self._paused_at = 0
        self._next = 0
        self._lock = threading.RLock()

    # -- what the screen asks -----------------------------------------------------------------------------------------

    def changes(self, since: int) -> Changes:
        """Return what is new."""
        with self._lock:
            if self.fails is not None:
                raise self.fails
            self._hear()
            return Changes(
                version=self._version,
                room=self._view(),
                entries=tuple(
                    sorted(
                        (e for id_, e in self.entries.items() if self.versions[id_] > since),
                        key=lambda e: e.utterance.number,
                    )
                ),
                removed=tuple(id_ for at, id_ in self.removed if at > since),
                alerts=tuple(sorted(self.alerts.values(), key=lambda view: view.at, reverse=True)),
            )

    def start(self) -> None:
        """Begin."""
        self._order("start")
        missing = lacking(p for p in self.people if p.present)
        if missing:
            raise ConsentError(f"no recording consent for {', '.join(missing)}")
        if self._began is None:
            self._began = self._clock()
        self.phase = Phase.RECORDING

    def pause(self) -> None:
        """Stop for a while."""
        self._order("pause")
        self._paused_at, self.phase = self.now, Phase.PAUSED

    def resume(self) -> None:
        """Go on."""
        self._order("resume")
        self._bury(TombstoneReason.PAUSED)

    def off_record(self, on: bool) -> None:
        """Keep nothing, or go on keeping."""
        self._order(f"off_record {on}")
        if on:
            self._paused_at, self.phase = self.now, Phase.OFF_RECORD
        else:
            self._bury(TombstoneReason.OFF_THE_RECORD)

    def name_speaker(self, person: PersonId, utterance: UtteranceId | None = None) -> None:
        """Attribute an utterance by key."""
        self._order(f"name {person} {utterance}")
        with self._lock:
            id_ = utterance or next(reversed(self.entries))
            self._put(self._said_by(self.entries[id_], person))
            self.voices.add(person)

    def strike(self, start: int, end: int) -> None:
        """Take everything back between two samples."""
        self._order(f"strike {start} {end}")
        with self._lock:
            self._forget(lambda said: said.start < end and start < said.end)
            self.tombstones.append(Tombstone(start, end, TombstoneReason.STRUCK))

    def mark(self, text: str = "") -> None:
        """Mark this moment."""
        self._order("mark")
        self.jottings.append(Jotting(self.now, text))

    def jot(self, text: str, about: PersonId | None = None) -> None:
        """Keep a note."""
        self._order(f"jot {about}")
        self.jottings.append(Jotting(self.now, text, about))

    def acknowledge(self, key: AlertKey) -> None:
        """Say that it was seen."""
        self._order(f"acknowledge {key.kind}")
        self.alerts[key] = replace(self.alerts[key], state=AlertState.ACKNOWLEDGED)

    def resolve(self, key: AlertKey, how: Resolution, text: str) -> None:
        """Settle it."""
        self._order(f"resolve {key.kind} {how} {text}")
        self.alerts[key] = replace(self.alerts[key], state=AlertState.ACKNOWLEDGED, resolution=how)

    def arrive(self, person: PersonId) -> None:
        """Come in; without consent recording is held."""
        self._order(f"arrive {person}")
        self._change(person, lambda p: replace(p, present=True))
        if lacking(p for p in self.people if p.present) and self.phase is Phase.RECORDING:
            self._paused_at, self.phase = self.now, Phase.PAUSED

    def leave(self, person: PersonId) -> None:
        """Go."""
        self._order(f"leave {person}")
        self._change(person, lambda p: replace(p, present=False))

    def agree(self, person: PersonId) -> None:
        """Agree to be recorded."""
        self._order(f"agree {person}")
        self._change(person, lambda p: replace(p, consent=Consent(recording=_DAY)))

    def withdraw(self, person: PersonId) -> None:
        """Take it back."""
        self._order(f"withdraw {person}")
        with self._lock:
            self._forget(lambda said: said.speaker == person)
            self.tombstones.append(Tombstone(0, self.now, TombstoneReason.WITHDRAWN, person))
        self._change(person, lambda p: replace(p, consent=Consent()))
        self._paused_at, self.phase = self.now, Phase.PAUSED

    def begin_enrolment(self, person: PersonId) -> None:
        """Listen to one voice."""
        self._order(f"enrol {person}")
        self.enrolling = person

    def end_enrolment(self, keep: bool) -> None:
        """Know it."""
        self._order(f"enrolled {keep}")
        if self.enrolling is not None:
            self.voices.add(self.enrolling)
            self.kept |= {self.enrolling} if keep else set()
        self.enrolling = None

    def advice(self, key: AlertKey) -> str:
        """Return the text that is shipped."""
        return read_advice().text(self.alerts[key].alert.advice)

    def repair(self) -> tuple[str, ...]:
        """Return the steps that are shipped."""
        return read_advice().repair

    def unknown_facts(self) -> tuple[Fact, ...]:
        """Return what somebody here does not know."""
        here = [p.id for p in self.people if p.present and p.is_member]
        return tuple(
            Fact(fact.owner, fact.text, unaware)
            for fact in self.group.facts
            if (unaware := tuple(id_ for id_ in here if id_ != fact.owner and id_ not in fact.known_to))
        )

    def close(self) -> None:
        """End, where nothing waits."""
        self._order("close")
        waiting = sum(1 for view in self.alerts.values() if view.must_be_resolved)
        if waiting:
            raise SessionError(f"{waiting} alerts are not settled")
        self.phase = Phase.CLOSED

    # -- what happens -------------------------------------------------------------------------------------------------

    @property
    def now(self) -> int:
        """Samples since the beginning."""
        return 0 if self._began is None else samples((self._clock() - self._began) * self._speed)

    def say(self, turn: GoldTurn, *, unknown: bool = False, suspect: bool = False) -> None:
        """Have a turn said, read and published at once."""
        with self._lock:
            early = UtteranceId(f"t{samples(turn.start)}")
            self._forget(lambda said: said.id == early)
            number = len(self.versions) + 1 - sum(1 for id_ in self.versions if id_.startswith("t"))
            entry = self._entry(turn, number, unknown=unknown, suspect=suspect)
            self._put(entry)
            for alert in entry.alerts:
                key = AlertKey(entry.utterance.id, alert.kind)
                self.alerts[key] = AlertView(key, alert, entry.utterance.start, AlertState.OPEN)

    def glimpse(self, turn: GoldTurn) -> UtteranceId:
        """Have a turn told early, while it is still being said; ``say`` of the same turn tells it in full."""
        with self._lock:
            id_ = UtteranceId(f"t{samples(turn.start)}")
            told = self._entry(turn, samples(turn.start), unknown=True, suspect=False)
            said = replace(told.utterance, id=id_, attribution=replace(told.utterance.attribution, voice=None))
            self._put(replace(told, utterance=said))
            for alert in told.alerts:
                key = AlertKey(id_, alert.kind)
                self.alerts[key] = AlertView(key, replace(alert, utterance=id_), said.start, AlertState.OPEN)
            return id_

    def _hear(self) -> None:
        while self._next < len(self.turns) and self.phase is not Phase.CLOSED:
            turn = self.turns[self._next]
            if self._began is None or samples(turn.end) + self.lag > self.now:
                return
            self._next += 1
            if self.phase is Phase.RECORDING:
                self.say(turn, unknown=self._next % 11 == 5, suspect=self._next % 13 == 9)

    def _entry(self, turn: GoldTurn, number: int, *, unknown: bool, suspect: bool) -> Entry:
        id_ = UtteranceId(f"u{number}")
        speaker = None if unknown else PersonId(turn.speaker)
        at = samples(turn.start)
        words = tuple(Word(word, at, samples(turn.end), 0.9, speaker) for word in turn.text.split())
        said = Utterance(
            id=id_,
            number=number,
            start=at,
            end=samples(turn.end),
            text=turn.text,
            words=words,
            attribution=Attribution(speaker, 0.8, 0.3, DecidedBy.VOICE, voice="B" if unknown else None),
            status=UtteranceStatus.SUSPECT if suspect else UtteranceStatus.CLEAR,
        )
        found = tuple(
            Disclosure(
                Mention(Span(s.start, s.end), s.type, 0.9, "gold"),
                Span(s.start, s.end),
                Owner() if s.owner == "third" else Owner(PersonId(s.owner)),
                Basis.SELF,
            )
            for s in turn.spans
        )
        alerts = () if suspect else tuple(self._alert(id_, kind, turn) for kind in turn.alerts)
        return Entry(said, Findings(id_, found), alerts)

    def _alert(self, id_: UtteranceId, kind: AlertKind, turn: GoldTurn) -> Alert:
        span = next((Span(s.start, s.end) for s in turn.spans if kind.upper() == s.type), None)
        level = _LEVELS.get(kind, AlertLevel.A2)
        return Alert(id_, f"gold.{kind}", kind, level, PersonId(turn.speaker), span, advice=str(kind))

    def _view(self) -> RoomView:
        now, recording = self.now, self.phase is Phase.RECORDING
        here = [p for p in self.people if p.present]
        speaker = next((t.speaker for t in self.turns if recording and samples(t.start) <= now < samples(t.end)), None)
        talk: dict[str | None, int] = {}
        for entry in self.entries.values():
            said = entry.utterance
            talk[said.speaker] = talk.get(said.speaker, 0) + said.end - said.start
        return RoomView(
            phase=self.phase,
            elapsed=now,
            lag=self.lag if recording else 0,
            level_dbfs=-22.0 - 6 * (now // 3200 % 3) if speaker else -70.0,
            people=tuple(
                PersonView(
                    person=p,
                    number=number,
                    consented=not lacking([p]),
                    voice_known=p.id in self.voices,
                    speaking=p.id == speaker,
                    talk=talk.get(p.id, 0),
                )
                for number, p in enumerate(self.people, 1)
            ),
            policy=self.policy,
            lacking=lacking(here),
            enrolling=self.enrolling,
            enrolled_voice=samples(9) if self.enrolling else 0,
            tombstones=tuple(self.tombstones),
            jottings=tuple(self.jottings),
            gaps=self.gaps,
            problem=self.problem,
            working=self.working,
        )

    def _bury(self, reason: TombstoneReason) -> None:
        self.tombstones.append(Tombstone(self._paused_at, self.now, reason))
        self.phase = Phase.RECORDING

    def _forget(self, which: Callable[[Utterance], bool]) -> None:
        gone = [id_ for id_, entry in self.entries.items() if which(entry.utterance)]
        self._version += 1
        for id_ in gone:
            del self.entries[id_]
            self.removed.append((self._version, id_))
        self.alerts = {key: view for key, view in self.alerts.items() if key.utterance not in gone}

    def _said_by(self, entry: Entry, person: PersonId) -> Entry:
        return replace(
            entry, utterance=replace(entry.utterance, attribution=Attribution(person, 1.0, 1.0, DecidedBy.KEY))
        )

    def _change(self, person: PersonId, how: Callable[[Person], Person]) -> None:
        self.people = [how(p) if p.id == person else p for p in self.people]
        self.group = replace(self.group, people=tuple(self.people))

    def _put(self, entry: Entry) -> None:
        self._version += 1
        self.entries[entry.utterance.id] = entry
        self.versions[entry.utterance.id] = self._version

    def _order(self, what: str) -> None:
        self.orders.append(what)


def filled(folder: Path, entries: int, clock: Callable[[], float] = time.monotonic) -> PracticeRoom:
    """Return a room that records and has so many entries behind it: the gold session again and again."""
    room = PracticeRoom(folder, clock)
    length = room.turns[-1].end + 1.0
    turns = room.turns
    room.start()
    room.turns = ()
    for number in range(entries):
        turn, later = turns[number % len(turns)], number // len(turns) * length
        room.say(
            replace(turn, start=turn.start + later, end=turn.end + later, alerts=turn.alerts if later == 0 else ()),
            unknown=number % 11 == 5,
            suspect=number % 17 == 9,
        )
    return room


def main() -> int:
    """Show a practice session on the terminal."""
    from assistant.ui.app import run_live  # noqa: PLC0415  Textual is loaded for the screen alone

    parser = argparse.ArgumentParser(description="Practise the live screen on a gold session's text.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--entries", type=int, default=0, help="begin with so many entries")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--passphrase", default="practice")
    parser.add_argument("--idle", type=float, default=5.0)
    parser.add_argument("--absent", default="", help="id of somebody present whose consent is missing")
    chosen = parser.parse_args()
    room = filled(chosen.folder, chosen.entries) if chosen.entries else PracticeRoom(chosen.folder, speed=chosen.speed)
    if chosen.absent:
        room.people = [replace(p, consent=Consent()) if p.id == chosen.absent else p for p in room.people]
    return run_live(
        room,
        unlock=lambda typed: typed == chosen.passphrase,
        save=lambda: None,
        microphone="practice",
        idle_lock_minutes=chosen.idle,
        plain=chosen.plain,
    )


if __name__ == "__main__":
    raise SystemExit(main())
