"""The app half of a live room, without a screen, in a process of its own that a test may kill.

``python app_half.py VAULT begin|recover SPEED COST_S``: prints ``worker PID`` and, ten times a second, ``synced N``.
"""

# ruff: noqa: E402  the project's root must be importable first
from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from assistant.live.recovery import unfinished
from assistant.live.session import LiveSession
from assistant.settings import LiveSettings
from assistant.store.vault import Vault
from tests.live.tones import Habits, ToneBuilder, ToneSource, cheap_passphrase, session_of


def main(folder: Path, how: str, speed: float, cost_s: float) -> None:
    """Run a session until killed."""
    vault = Vault.create(folder, cheap_passphrase()) if how == "begin" else Vault.open(folder, cheap_passphrase())
    builder = ToneBuilder(Habits(cost_s=cost_s))
    settings = LiveSettings()
    if how == "begin":
        room = LiveSession.begin(vault, session_of(), lambda: ToneSource(speed), builder, settings)
    else:
        (stored,) = unfinished(vault)
        room = LiveSession.recover(vault, stored, lambda: ToneSource(speed), builder, settings)
    room.start()
    while True:
        say(f"worker {room.worker_pid} recorded {room._spool.received} synced {room._spool.end}")
        time.sleep(0.02)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]), float(sys.argv[4]))
