"""How long a key press takes to be painted, with a 90-minute transcript behind it.

    python tests/bench/bench_keys.py samples/dev-skills-02 --entries 1500 --presses 200

The live screen runs in a process of its own on a terminal of its own, over a practice room that publishes a turn every
three seconds; each key is written to the terminal, and the clock stops when what it must paint has arrived there.
Nothing else is simulated: run it while the models work to see what they cost.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

from rich.console import Console

PRACTICE = Path(__file__).parent.parent / "ui" / "practice_room.py"
KEYS: tuple[tuple[str, bytes, bytes], ...] = (
    ("select a line", b"\x1b[A", "▸".encode()),
    ("back to the newest", b"\x1b[F", b"\x1b["),
    ("name a speaker", b"2", b"is 2 "),
    ("correct it", b"3", b"is 3 "),
    ("mark", b"m", b"Marked at"),
    ("reveal", b"r", b"judgment"),
    ("hide it again", b"r", b"\x1b["),
    ("hide everything", b"x", b"\x1b["),
    ("show again", b"x", b"RECORDING"),
    ("open a dialog", b"s", b"undone"),
    ("leave it", b"\x1b", b"\x1b["),
)
"""What is pressed, and bytes that only arrive once it was painted (any paint, where it takes words away)."""
_LONGEST_S = 5.0


class Screen:
    """The program at the other end of a terminal."""

    def __init__(self, folder: Path, entries: int, columns: int, rows: int) -> None:
        """Start it."""
        self.fd, other = pty.openpty()
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.child = subprocess.Popen(
            [sys.executable, PRACTICE, folder, "--entries", str(entries), "--idle", "0"],
            stdin=other,
            stdout=other,
            stderr=other,
            env={**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(PRACTICE.parent.parent.parent)},
            start_new_session=True,
        )
        os.close(other)

    def press(self, key: bytes, expected: bytes) -> tuple[float, float]:
        """Press a key; return the seconds until ``expected`` arrived, on the clock and of the program's own work."""
        self.settle()
        worked, began = self.worked(), time.perf_counter()
        os.write(self.fd, key)
        seen = b""
        while expected not in seen:
            if time.perf_counter() - began > _LONGEST_S:
                raise TimeoutError(f"nothing was painted for {key!r}")
            if select.select([self.fd], [], [], 0.01)[0]:
                seen += os.read(self.fd, 65536)
        return time.perf_counter() - began, self.worked() - worked

    def worked(self) -> float:
        """Return the seconds that the program's threads have run so far; 0 where the system does not tell."""
        folder = Path("/proc") / str(self.child.pid) / "task"
        if not folder.is_dir():
            return 0.0
        return sum(int((task / "schedstat").read_text().split()[0]) for task in folder.iterdir()) / 1e9

    def settle(self, quiet_s: float = 0.03) -> None:
        """Read what is under way, until a moment passes in which nothing comes."""
        while select.select([self.fd], [], [], quiet_s)[0]:
            with suppress(OSError):  # Linux: the other side is gone
                if os.read(self.fd, 65536):
                    continue
            return

    def stop(self) -> None:
        """End it."""
        self.child.terminate()
        self.settle(0.5)
        self.child.wait(10)
        os.close(self.fd)


def main() -> int:
    """Measure, and print a line for each key."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=1500)
    parser.add_argument("--presses", type=int, default=200)
    parser.add_argument("--size", default="200x50")
    chosen = parser.parse_args()
    columns, rows = (int(part) for part in chosen.size.split("x"))
    screen = Screen(chosen.folder, chosen.entries, columns, rows)
    took: dict[str, list[tuple[float, float]]] = {what: [] for what, _, _ in KEYS}
    try:
        screen.press(b"", b"Before the start")
        screen.press(b"\r", b"RECORDING")
        for _ in range(max(1, chosen.presses // len(KEYS))):
            for what, key, expected in KEYS:
                took[what].append(screen.press(key, expected))
                time.sleep(0.15)
    finally:
        screen.stop()
    say = Console(highlight=False).print
    every = [one for each in took.values() for one in each]
    say(f"{chosen.entries} entries, {chosen.size}, {len(every)} key presses: milliseconds from key to paint")
    for what, each in (*took.items(), ("all", every)):
        wall, worked = ([1000 * one[part] for one in each] for part in (0, 1))
        say(f"  {what:<20} {_figures(wall)}     of its own work {_figures(worked)}", soft_wrap=True)
    return 0


def _figures(each: list[float]) -> str:
    p95 = sorted(each)[int(len(each) * 0.95)] if len(each) > 1 else each[0]
    return f"p50 {statistics.median(each):6.1f}   p95 {p95:6.1f}   longest {max(each):6.1f}"


if __name__ == "__main__":
    raise SystemExit(main())
