"""How long the review's screens take to open and its keys to be painted, on a session of 90 minutes.

    python tests/bench/bench_review.py samples/dev-skills-02 --utterances 1500 --presses 30

The review runs in a process of its own on a terminal of its own, over a practice review of so many utterances; each key
is written to the terminal, and the clock stops when what it must paint has arrived there. Beside it stands how long the
program itself worked for it, which other work on the machine does not lengthen.
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

PRACTICE = Path(__file__).parent.parent / "ui" / "practice_review.py"
UP, DOWN, ESCAPE, PAGE = b"\x1b[A", b"\x1b[B", b"\x1b", b"\x1b[6~"
ANY = b"\x1b["
KEYS: tuple[tuple[str, bytes, bytes], ...] = (
    ("overview: speakers", b"s", b"to check of"),
    ("speakers: down", DOWN, ANY),
    ("speakers: page down", PAGE, ANY),
    ("speakers: name", b"3", b": Bill"),
    ("speakers: arm all like it", b"A", b"like it"),
    ("speakers: disarm", ESCAPE, ANY),
    ("speakers: undo", b"u", b"Taken back"),
    ("speakers: transcript", b"\t", b"Transcript"),
    ("transcript: down", DOWN, ANY),
    ("transcript: page down", PAGE, ANY),
    ("transcript: said by", b"3", b": Bill"),
    ("transcript: undo", b"u", b"Taken back"),
    ("transcript: back", b"\t", b"to check of"),
    ("speakers: back", ESCAPE, b"group's part"),
    ("overview: risk", b"k", b"open of"),
    ("risk: back", ESCAPE, b"group's part"),
    ("overview: pictures", b"p", b"Talk time"),
    ("pictures: down", DOWN, ANY),
    ("pictures: back", ESCAPE, b"group's part"),
    ("overview: hand out", b"e", b"Hand out"),
    ("hand out: back", ESCAPE, b"group's part"),
    ("overview: down", DOWN, ANY),
    ("overview: note", b"\r", b"evidence"),
    ("note: down", DOWN, ANY),
    ("note: page down", PAGE, ANY),
    ("note: next pane", b"\t", ANY),
    ("note: held back", b"\t", ANY),
    ("note: down in held back", DOWN, ANY),
    ("note: back to the note", b"\t", ANY),
    ("note: accept", b"a", b"Accepted"),
    ("note: undo", b"u", b"Taken back"),
    ("note: fields", b"F", b"enter: next"),
    ("note: leave fields", ESCAPE, ANY),
    ("note: preview", b"P", b"SOAP"),
    ("preview: open", b"2", b"(soap)"),
    ("preview: back", ESCAPE, b"evidence"),
    ("note: next member", b"n", b"evidence"),
    ("note: hide everything", b"x", ANY),
    ("note: show again", b"x", b"evidence"),
    ("note: back", ESCAPE, b"group's part"),
    ("overview: up", UP, ANY),
)
"""What is pressed, and bytes that only arrive once it was painted (any paint, where it takes words away)."""
_LONGEST_S = 5.0


class Screen:
    """The program at the other end of a terminal."""

    def __init__(self, folder: Path, utterances: int, columns: int, rows: int) -> None:
        """Start it."""
        self.fd, other = pty.openpty()
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.child = subprocess.Popen(
            [sys.executable, PRACTICE, folder, "--utterances", str(utterances), "--idle", "0", "--rebuild", "0"],
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
                raise TimeoutError(f"nothing was painted for {key!r}: {expected!r}")
            if select.select([self.fd], [], [], 0.01)[0]:
                seen += os.read(self.fd, 65536)
        return time.perf_counter() - began, self.worked() - worked

    def worked(self) -> float:
        """Return the seconds that the program's threads have run so far; 0 where the system does not tell."""
        folder = Path("/proc") / str(self.child.pid) / "task"
        if not folder.is_dir():
            return 0.0
        return sum(int((task / "schedstat").read_text().split()[0]) for task in folder.iterdir()) / 1e9

    def settle(self, quiet_s: float = 0.05) -> None:
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
    parser.add_argument("--utterances", type=int, default=1500)
    parser.add_argument("--presses", type=int, default=20, help="rounds of all keys")
    parser.add_argument("--size", default="120x36")
    chosen = parser.parse_args()
    columns, rows = (int(part) for part in chosen.size.split("x"))
    screen = Screen(chosen.folder, chosen.utterances, columns, rows)
    took: dict[str, list[tuple[float, float]]] = {what: [] for what, _, _ in KEYS}
    try:
        screen.press(b"", b"closed sessions")
        screen.press(b"\r", b"group's part")
        for _ in range(chosen.presses):
            for what, key, expected in KEYS:
                took[what].append(screen.press(key, expected))
                # A busy machine reads an escape and the next key at once, as one key of another kind.
                time.sleep(0.4 if key == ESCAPE else 0.12)
    finally:
        screen.stop()
    say = Console(highlight=False).print
    every = [one for each in took.values() for one in each]
    say(f"{chosen.utterances} utterances, {chosen.size}, {len(every)} key presses: milliseconds from key to paint")
    for what, each in (*took.items(), ("all", every)):
        wall, worked = ([1000 * one[part] for one in each] for part in (0, 1))
        say(f"  {what:<26} {_figures(wall)}     of its own work {_figures(worked)}", soft_wrap=True)
    return 0


def _figures(each: list[float]) -> str:
    p95 = sorted(each)[int(len(each) * 0.95)] if len(each) > 1 else each[0]
    return f"p50 {statistics.median(each):6.1f}   p95 {p95:6.1f}   longest {max(each):6.1f}"


if __name__ == "__main__":
    raise SystemExit(main())
