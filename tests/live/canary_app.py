"""An app without a screen in which everything that is said, typed or known is a nonsense word that exists nowhere else.

``python canary_app.py VAULT begin|recover|close``: prints one line for each step, never a word. A test reads its lines,
looks at its processes, and searches everything that it leaves behind.
"""

# ruff: noqa: E402  the project's root must be importable first
from __future__ import annotations

import os
import resource
import signal
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from assistant import crash
from assistant.capture.source import BLOCK_SAMPLES
from assistant.domain import Block, FactSource, Group, KnownFact, PersonId, Resolution
from assistant.live.kept import PROVISIONAL
from assistant.live.recovery import unfinished
from assistant.live.session import LiveSession
from assistant.live.view import Phase
from assistant.settings import LiveSettings
from assistant.store.vault import Vault
from tests.live.tones import (
    EVERY,
    TONE,
    ToneBuilder,
    ToneReader,
    ToneSource,
    cheap_passphrase,
    group_of,
    session_of,
    sound_of,
)
from tests.live.tones import until as wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assistant.consent import RecordingPermit
    from assistant.domain import Entry, Gap, Session, Turn
    from assistant.live.view import AlertView
    from assistant.pipeline.live_turns import Recognised

STEM = "zubrolith"
"""What every word begins with."""
HEARD, NAME, FACT, TYPED, SETTLED, FOREIGN, GROUP = (f"{STEM}{what}" for what in ("w", "n", "f", "j", "s", "x", "g"))
STRUCK = range(2, 4)
"""Tones that are struck; so is what is typed while they sound."""
STRUCK_NOTE = f"{TYPED}struck"
AGAIN = 101
STAYS = 1
"""A tone of ``m2`` that stays."""
M1, M2 = PersonId("m1"), PersonId("m2")
SPEED = 8.0
STEP_S = 60.0


def word(tone: int) -> str:
    """Return the word that a tone is heard as."""
    return f"{HEARD}{tone:04d}"


class CanaryReader(ToneReader):
    """Hears nonsense words."""

    def recognise(self, turn: Turn) -> Recognised:
        """Return a nonsense word for each tone."""
        return _changed(super().recognise(turn), lambda text: word(int(text[1:])))

    def _entry(self, recognised: Recognised, prefix: str) -> Entry | None:
        entry = super()._entry(_changed(recognised, lambda text: f"w{int(text.removeprefix(HEARD))}"), prefix)
        if entry is None:
            return None
        said = entry.utterance
        words = tuple(replace(w, text=word(int(w.text[1:]))) for w in said.words)
        return replace(entry, utterance=replace(said, words=words, text=" ".join(w.text for w in words)))


def _changed(recognised: Recognised, change: Any) -> Recognised:  # noqa: ANN401  a function of one word
    segments = tuple(
        replace(s, words=tuple(replace(w, text=change(w.text)) for w in s.words)) for s in recognised.segments
    )
    return replace(recognised, segments=segments)


@dataclass(frozen=True, slots=True)
class CanaryBuilder(ToneBuilder):
    """Makes canary readers; picklable."""

    def build(self, session: Session, voiceprints: Mapping[PersonId, Any], seats: Mapping[int, PersonId]) -> ToneReader:
        """Return a reader."""
        del voiceprints, seats
        return CanaryReader(session, self.habits)


def group() -> Group:
    """Return a group whose names and facts are nonsense."""
    plain = group_of()
    people = tuple(replace(p, name=f"{NAME} {p.id}", aliases=(f"{NAME}{p.id}",)) for p in plain.people)
    fact = KnownFact(M2, f"{FACT} is secret", FactSource.INTAKE)
    return replace(plain, name=GROUP, people=people, facts=(fact,))


class CanarySource(ToneSource):
    """The tones; or, where recording was begun again, one tone of ``m2`` for ever."""

    def __init__(self, *, again: bool) -> None:
        super().__init__(SPEED)
        self._again = again

    def blocks(self, permit: RecordingPermit) -> Iterator[Block | Gap]:
        """Yield them."""
        for piece in super().blocks(permit):
            if self._again and isinstance(piece, Block):
                yield Block(piece.first_sample, sound_of(AGAIN * EVERY + piece.first_sample % EVERY, BLOCK_SAMPLES))
            else:
                yield piece


@dataclass(slots=True)
class Evening:
    """One run of the app."""

    folder: Path
    spool: Path = field(init=False)
    asked: int = 0
    """Times that a source of sound was asked for."""

    def __post_init__(self) -> None:
        self.spool = self.folder / "spool" / "s1.spool"

    def begin(self) -> None:
        """A session in which all that can go wrong does; it ends by an error of a library that quotes what it read."""
        vault = Vault.create(self.folder, cheap_passphrase())
        room = LiveSession.begin(vault, session_of(group()), self.source, CanaryBuilder(), LiveSettings(audio_days=7))
        until(lambda: room.changes(0).room.working is None, "the worker")
        room.start()
        room.jot(f"{TYPED} at the beginning", M2)
        self.strike(room)
        self.kill_worker(room)
        self.settle(room)
        self.fill_the_disk(room)
        room.withdraw(M1)
        until(lambda: all(e.utterance.speaker != M1 for e in room.changes(0).entries), "the withdrawal")
        room.leave(M1)
        room.start()
        last = room.changes(0).room.elapsed // EVERY
        until(lambda: any(e.utterance.start > last * EVERY for e in room.changes(0).entries), "words after it")
        say(f"worker {room.worker_pid}")
        say("look")
        sys.stdin.readline()
        room.save()
        raise RuntimeError(f"cannot parse {FOREIGN} {word(STAYS)}")

    def source(self) -> CanarySource:
        """Return a fresh source."""
        self.asked += 1
        return CanarySource(again=self.asked > 1)

    def strike(self, room: LiveSession) -> None:
        """Take back two tones, one of them heard already, and what was typed meanwhile."""
        until(lambda: room.changes(0).room.elapsed > STRUCK[0] * EVERY, "the time of the strike")
        room.jot(STRUCK_NOTE)
        heard(room, STRUCK[-1])
        room.strike(STRUCK[0] * EVERY - TONE // 2, STRUCK[-1] * EVERY + TONE + TONE // 2)
        struck = {word(tone) for tone in STRUCK}
        until(lambda: struck.isdisjoint(words(room)), "the strike")
        say("struck")

    def kill_worker(self, room: LiveSession) -> None:
        """Have it end in the middle of its work."""
        pid = room.worker_pid
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
        until(lambda: room.worker_pid not in {None, pid}, "another worker")
        say("killed")

    def settle(self, room: LiveSession) -> None:
        """Write something about a warning."""
        until(lambda: read_in_full(room), "a warning")
        key = read_in_full(room)[0].key
        room.resolve(key, Resolution.CONSULTED, f"{SETTLED} with the supervisor")
        until(lambda: any(a.key == key and not a.must_be_resolved for a in read_in_full(room)), "the settlement")
        say("settled")

    def fill_the_disk(self, room: LiveSession) -> None:
        """Let the disk take nothing for a while."""
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.spool.stat().st_size, before[1]))
        until(lambda: room.changes(0).room.problem, "a full disk")
        room.jot(f"{TYPED} while the disk is full")
        time.sleep(0.3)
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        until(lambda: room.changes(0).room.problem is None, "room on the disk")
        say("filled")

    def close(self) -> None:
        """Find the session again, read it to its end, settle and close it."""
        with Vault.open(self.folder, cheap_passphrase()) as vault:
            (stored,) = unfinished(vault)
            room = LiveSession.recover(vault, stored, self.source, CanaryBuilder(), LiveSettings(audio_days=7))
            until(lambda: room.caught_up, "catching up")
            for alert in room.changes(0).alerts:
                room.resolve(alert.key, Resolution.ASSESSED, f"{SETTLED} afterwards")
            until(lambda: not any(a.must_be_resolved for a in room.changes(0).alerts), "the settlements")
            room.close()
            until(lambda: room.changes(0).room.phase is Phase.CLOSED, "the close")
            room.end()
        say("closed")


def words(room: LiveSession) -> set[str]:
    """Return all words on the screen."""
    return {w.text for e in room.changes(0).entries for w in e.utterance.words}


def read_in_full(room: LiveSession) -> list[AlertView]:
    """Return the warnings of utterances that will not be told again."""
    return [alert for alert in room.changes(0).alerts if not alert.key.utterance.startswith(PROVISIONAL)]


def heard(room: LiveSession, tone: int) -> None:
    """Wait for a word."""
    until(lambda: word(tone) in words(room), "a word")


def until(holds: Any, what: str) -> None:  # noqa: ANN401  any question
    """Wait until something holds."""
    wait_until(holds, STEP_S, what)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    crash.install()
    with crash.guard():
        evening = Evening(Path(sys.argv[1]))
        evening.begin() if sys.argv[2] == "begin" else evening.close()
