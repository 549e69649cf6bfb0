"""How soon words and warnings are on the screen, how soon a key is answered, and what it costs, over a played session.

    python tests/bench/bench_live.py samples/dev-skills-02 --minutes 30
    python tests/bench/bench_live.py samples/dev-skills-02 --minutes 120 --speed 4

Plays a gold session over and over through the whole program: spool, worker process, vault, and the screen itself drawn
without a terminal. At speed 1 everything is measured. At a higher speed memory and lag are what it is for: the delays
are then those of a room that speaks faster than any room does.

Delay of words: from the end of the last new word, by the recogniser's time, to the first drawn frame that shows it.
Delay of a warning: how much later than its words. Key: from the press to the next drawn frame.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]  # its stubs are a package of their own
from rich.console import Console

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant import crash
from assistant.capture.playing import Playing
from assistant.cli.live_wiring import ReaderBuilder
from assistant.domain import SAMPLE_RATE, AlertLevel, Session
from assistant.groupfile import read_group
from assistant.live.session import LiveSession
from assistant.models.offline import go_offline
from assistant.settings import read_settings
from assistant.store.passphrase import Passphrase
from assistant.store.vault import Vault
from assistant.ui.app import LiveApp
from tests.bench.bench_memory import lengthen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.live.view import AlertKey, Changes

WORDS_MEDIAN_S, WORDS_P95_S = 1.5, 2.5
WARNING_LATER_S = 0.3
KEY_P95_MS = 100.0
BUSY = 0.70
GROWTH_MB = 50.0
SETTLED_MIN = 10.0
"""Memory is compared with what it was after so many minutes."""


@dataclass
class Seen:
    """What was measured."""

    words: list[tuple[float, float]] = field(default_factory=list)
    """Minute of the session, and seconds from the end of the words to the frame."""
    warnings: list[float] = field(default_factory=list)
    """Seconds between the frame with the words and the one with the warning."""
    keys: list[float] = field(default_factory=list)
    """Milliseconds."""
    lags: list[tuple[float, float]] = field(default_factory=list)
    """Minute, seconds of sound that wait."""
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Minute, megabytes of all processes."""
    urgent: int = 0
    """A1 warnings."""


class Watch:
    """Looks at every change as it goes to the screen."""

    def __init__(self, session: LiveSession, seen: Seen, speed: float) -> None:
        self._session = session
        self._seen = seen
        self._speed = speed
        self._furthest = 0
        self._shown: dict[str, float] = {}
        self._alerts: set[AlertKey] = set()
        self.fresh: list[float] = []
        """Of new words: the moment at which the last of them had been said."""
        self.last: Changes | None = None

    def __getattr__(self, name: str) -> object:
        return getattr(self._session, name)

    def changes(self, since: int) -> Changes:
        """Pass on what changed."""
        changes = self._session.changes(since)
        now = time.monotonic()
        for entry in changes.entries:
            end = entry.utterance.end
            self._shown.setdefault(entry.utterance.id, now)
            # What was read again is not new.
            if end > self._furthest:
                self._furthest = end
                self._shown[entry.utterance.id] = now
                self.fresh.append(now - (changes.room.elapsed - end) / SAMPLE_RATE / self._speed)
        for alert in changes.alerts:
            if alert.key not in self._alerts and alert.alert.level is not AlertLevel.A3:
                self._alerts.add(alert.key)
                self._seen.warnings.append(now - self._shown.get(alert.key.utterance, now))
                self._seen.urgent += alert.alert.level is AlertLevel.A1
        self.last = changes
        return changes


def megabytes(process: psutil.Process) -> float:
    """Return the resident memory of a process and its children."""
    total = 0
    for one in (process, *process.children(recursive=True)):
        try:
            total += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / 1e6


def cpu_seconds(process: psutil.Process) -> float:
    """Return the processor time of a process and its children so far."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` of ``values`` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


async def play(recording: Path, folder: Path, minutes: float, speed: float, console: Console) -> tuple[Seen, float]:
    """Play a recording through the program; return what was seen and the share of all cores it took."""
    seen = Seen()
    settings = read_settings()
    group = read_group(folder / "group.toml")
    me = psutil.Process()
    with (
        tempfile.TemporaryDirectory() as home,
        Vault.create(Path(home) / "vault", Passphrase(uuid.uuid4().hex)) as vault,
    ):
        session = LiveSession.begin(
            vault,
            Session(uuid.uuid4().hex, group, vault.clock.now().date()),
            lambda: Playing(recording, speed),
            ReaderBuilder(settings),
            settings.live,
        )
        watch = Watch(session, seen, speed)
        app = LiveApp(watch, unlock=None, save=session.save, idle_lock_minutes=0)  # type: ignore[arg-type]
        async with app.run_test(size=(120, 40)) as pilot:
            while session.changes(0).room.working:  # noqa: ASYNC110  another process loads
                await asyncio.sleep(0.2)
            await pilot.press("enter")
            began, spent = time.monotonic(), cpu_seconds(me)
            beat, next_key, next_look = began, began + 5.0, began
            while time.monotonic() - began < minutes * 60 / speed:
                await asyncio.sleep(0.02)
                minute = (time.monotonic() - began) / 60 * speed
                if watch.fresh:
                    drawn = asyncio.Event()
                    taken, watch.fresh = watch.fresh, []
                    app.call_after_refresh(drawn.set)
                    await asyncio.wait_for(drawn.wait(), 5)
                    seen.words += [(minute, time.monotonic() - ended) for ended in taken]
                if time.monotonic() >= next_key:
                    next_key += 1.7
                    pressed, drawn = time.monotonic(), asyncio.Event()
                    app.simulate_key("down" if len(seen.keys) % 2 else "up")
                    app.call_after_refresh(drawn.set)
                    await asyncio.wait_for(drawn.wait(), 5)
                    seen.keys.append((time.monotonic() - pressed) * 1000)
                if time.monotonic() >= next_look and watch.last is not None:
                    next_look += 10.0
                    seen.lags.append((minute, watch.last.room.lag / SAMPLE_RATE))
                    seen.memory.append((minute, megabytes(me)))
                if time.monotonic() - beat > 60:
                    beat = time.monotonic()
                    console.print(f"minute {minute:.0f}: {len(seen.words)} updates, lag {seen.lags[-1][1]:.1f} s")
            busy = (cpu_seconds(me) - spent) / (time.monotonic() - began) / (psutil.cpu_count() or 1)
            # Left without closing: what is measured is the session, not its end.
            app.exit(0)
        session.end()
        gc.collect()
    return seen, busy


def say(console: Console, what: str, value: str, wanted: str, met: bool) -> None:
    """Print one line of the table."""
    console.print(f"{what:46} {value:>22}   wanted {wanted:14} {'met' if met else 'MISSED'}")


def tell(console: Console, seen: Seen, busy: float, speed: float) -> None:
    """Print the figures."""
    delays = [delay for _, delay in seen.words]
    half = quantile(delays, 0.5)
    far = quantile(delays, 0.95)
    say(console, "words on screen, median", f"{half:.2f} s", f"<= {WORDS_MEDIAN_S} s", half <= WORDS_MEDIAN_S)
    say(console, "words on screen, 95th percentile", f"{far:.2f} s", f"<= {WORDS_P95_S} s", far <= WORDS_P95_S)
    late = max(seen.warnings, default=0.0)
    say(console, f"warning after its words, worst of {len(seen.warnings)}", f"{late:.2f} s", "<= 0.3 s", late <= 0.3)
    key = quantile(seen.keys, 0.95)
    say(console, f"key, 95th percentile of {len(seen.keys)}", f"{key:.0f} ms", "<= 100 ms", key <= KEY_P95_MS)
    say(console, "both cores, average", f"{100 * busy:.0f} %", "<= 70 %", busy <= BUSY)
    end = seen.lags[-1][0] if seen.lags else 0.0
    first = [lag for minute, lag in seen.lags if minute <= end / 3]
    last = [lag for minute, lag in seen.lags if minute >= end * 2 / 3]
    if first and last:
        rise = statistics.median(last) - statistics.median(first)
        worst = max(lag for _, lag in seen.lags)
        say(console, f"lag, last third less first (worst {worst:.1f} s)", f"{rise:+.2f} s", "flat", rise <= 1.0)
    settled = [mb for minute, mb in seen.memory if minute >= SETTLED_MIN] or [mb for _, mb in seen.memory]
    grown = settled[-1] - settled[0]
    what = f"memory since minute {SETTLED_MIN:.0f} (now {settled[-1]:.0f} MB)"
    say(console, what, f"{grown:+.0f} MB", "<= 50 MB", grown <= GROWTH_MB)
    console.print(f"speed {speed:g}; {len(seen.words)} updates; {seen.urgent} A1 warnings")


def main() -> int:
    """Play and print."""
    console = Console(highlight=False, soft_wrap=True)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("session", type=Path, help="a gold session's folder")
    parser.add_argument("--minutes", type=float, default=30.0, help="of the session, not of the clock")
    parser.add_argument("--speed", type=float, default=1.0)
    chosen = parser.parse_args()
    recording = next(iter(sorted(chosen.session.glob("*.flac"))), None)
    if recording is None:
        parser.error("the session has no recording")
    go_offline()
    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / "long.flac"
        lengthen(recording, long, chosen.minutes + 1)
        seen, busy = asyncio.run(play(long, chosen.session, chosen.minutes, chosen.speed, console))
    tell(console, seen, busy, chosen.speed)
    return 0


if __name__ == "__main__":
    crash.install()
    sys.exit(main())
