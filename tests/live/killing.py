"""Kills the app, its worker, or both at random moments, then opens what is left and counts what is missing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain import SAMPLE_RATE, Block
from assistant.live.recovery import unfinished
from assistant.live.session import LiveSession
from assistant.settings import LiveSettings
from assistant.store.sounds import Sounds
from assistant.store.spool_reader import SpoolReader
from assistant.store.vault import Vault
from tests.live.tones import EVERY, TONE, ToneBuilder, ToneSource, cheap_passphrase, until

if TYPE_CHECKING:
    from assistant.domain import Entry

HALF = Path(__file__).with_name("app_half.py")
NAMES = (b"Name of", b"Tones")
"""Names in the group: to be found nowhere on the disk."""


@dataclass(frozen=True, slots=True)
class Remains:
    """What was left after a kill."""

    lost_s: float
    """Seconds of sound that were taken in and are not in the spool."""
    missing: tuple[int, ...]
    """Tones that are wholly in the spool and have no words."""
    doubled: tuple[int, ...]
    readable: int
    """Files in which a name can be read."""


class AppHalf:
    """An app in a process of its own."""

    def __init__(self, folder: Path, how: str = "begin", speed: float = 4.0, cost_s: float = 0.02) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HALF), str(folder), how, str(speed), str(cost_s)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.speed = speed
        self.worker: int | None = None
        self.recorded = 0
        self.stderr = ""

    def run(self, seconds: float) -> None:
        """Let it run for so long after its first sound.

        Raises:
            AssertionError: It ended by itself.
        """
        deadline = None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._heed(line)
            if self.recorded and deadline is None:
                deadline = time.monotonic() + seconds
            if deadline is not None and time.monotonic() > deadline:
                return
        assert self._process.stderr is not None
        raise AssertionError(f"the app ended by itself: {self._process.stderr.read()}")

    def kill(self, *, worker: bool) -> None:
        """Kill it, and before that its worker if asked."""
        if worker and self.worker is not None:
            _kill(self.worker)
        _kill(self._process.pid)
        out, self.stderr = self._process.communicate(timeout=20)
        for line in out.splitlines():
            self._heed(line)
        if self.worker is not None:
            pid = self.worker
            until(lambda: not _alive(pid), 20, "the end of the worker")

    def kill_worker(self) -> None:
        """Kill the worker alone."""
        if self.worker is not None:
            _kill(self.worker)

    def _heed(self, line: str) -> None:
        parts = line.split()
        if len(parts) == 6:
            self.worker = int(parts[1]) if parts[1].isdigit() else self.worker
            self.recorded = int(parts[3])


def remains(folder: Path, recorded: int) -> Remains:
    """Open what is left as the next start does, read it to its end, and count.

    Args:
        folder: The vault's.
        recorded: Samples that the app had taken in, as far as it could still say.
    """
    readable = sum(any(name in path.read_bytes() for name in NAMES) for path in folder.rglob("*") if path.is_file())
    with Vault.open(folder, cheap_passphrase()) as vault:
        vault.audit.verify()
        (stored,) = unfinished(vault)
        room = LiveSession.recover(vault, stored, ToneSource, ToneBuilder(), LiveSettings())
        try:
            until(lambda: room.caught_up, 120, "catching up")
            entries = room.changes(0).entries
            heard, end = _sounding(vault), room._spool.end
        finally:
            room.end()
    counts = _counts(entries)
    return Remains(
        lost_s=max(0, recorded - end) / SAMPLE_RATE,
        missing=tuple(k for k in heard if counts.get(k, 0) == 0),
        doubled=tuple(k for k, n in counts.items() if n > 1),
        readable=readable,
    )


def moments(count: int, seed: int) -> list[tuple[float, str]]:
    """Return random moments, in seconds, and who is killed at each."""
    chance = random.Random(seed)  # noqa: S311  moments, not secrets
    return [(chance.uniform(0.0, 4.0), ("app", "both", "worker")[i % 3]) for i in range(count)]


def _sounding(vault: Vault) -> list[int]:
    """Return the tones that lie in the spool from beginning to end."""
    sounds = Sounds(vault)
    with SpoolReader(sounds.path("s1"), sounds.key("s1")) as reader:
        blocks = [(b.first_sample, b.end_sample) for b in reader.blocks() if isinstance(b, Block)]
    end = blocks[-1][1] if blocks else 0
    tones = range(end // EVERY + 1)
    return [k for k in tones if _covered(blocks, k * EVERY, k * EVERY + TONE)]


def _covered(blocks: list[tuple[int, int]], start: int, end: int) -> bool:
    at = start
    for first, last in blocks:
        if first <= at < last:
            at = last
        if at >= end:
            return True
    return False


def _counts(entries: tuple[Entry, ...]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for entry in entries:
        for word in entry.utterance.words:
            counts[int(word.text[1:])] = counts.get(int(word.text[1:]), 0) + 1
    return counts


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
