"""Kills the app, its worker, or both at random moments of a session and prints what was lost: at most 1 s of sound.

``python tests/bench/bench_kill.py [MOMENTS] [SEED]``: about ten seconds each. No models are needed: the reader knows
tones, everything else is the real thing.
"""

# ruff: noqa: E402  the project's root must be importable first
from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.live.killing import AppHalf, Remains, moments, remains

MOMENTS = 50
AFTER_WORKER_S = 1.0
"""Seconds that the app goes on after its worker alone was killed."""


def main(count: int, seed: int) -> int:
    """Kill at so many moments and print the sums; 1 where a target was missed."""
    found: list[Remains] = []
    opened = 0
    for number, (after_s, who) in enumerate(moments(count, seed), start=1):
        with tempfile.TemporaryDirectory() as folder:
            vault = Path(folder) / "vault"
            app = AppHalf(vault)
            app.run(after_s)
            if who == "worker":
                app.kill_worker()
                app.run(AFTER_WORKER_S)
            app.kill(worker=who == "both")
            left = remains(vault, app.recorded)
            opened += 1
            found.append(left)
            say(
                f"{number:3} {who:6} after {after_s:4.1f} s: lost {left.lost_s:.3f} s of sound, "
                f"turns missing {len(left.missing)}, doubled {len(left.doubled)}"
            )
    lost = max(r.lost_s for r in found)
    missing, doubled = sum(len(r.missing) for r in found), sum(len(r.doubled) for r in found)
    readable = sum(r.readable for r in found)
    say(
        f"moments {count}, audio lost at most {lost:.3f} s, turns lost {missing}, doubled {doubled}, "
        f"vault opened {opened} of {count}, canaries readable {readable}"
    )
    return int(lost > 1.0 or bool(missing or doubled or readable) or opened < count)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given, *(MOMENTS, 7)[len(given) :]))
