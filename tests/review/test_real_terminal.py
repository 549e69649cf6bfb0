"""``assistant review`` in a real terminal, from its opening to a signed and handed-out set of notes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.groupfile import read_group
from assistant.models.places import models_folder
from tests.cli.test_canaries import CANARIES, PEOPLE, holds
from tests.review.conftest import canary_group, canary_transcript, practice
from tests.review.test_review_canaries import everything_in, holds_nobody_else

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.models,
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

LONGEST_S = 60.0
ROOT = Path(__file__).parents[2]
GROUP_FIELDS = ("18:00", "19:30", "Coping skills", "Support")
MEMBER_FIELDS = ("Took part", "Goal 1", "As planned", "Weekly group")


@dataclass
class Terminal:
    """A terminal of 120 columns in which something runs."""

    socket: Path
    command: str
    environment: dict[str, str]
    keys: int = 0
    """Pressed so far, beyond what was typed."""

    def do(self, *words: str) -> str:
        """Give ``tmux`` an order."""
        tmux = ["tmux", "-S", str(self.socket), "-f", "/dev/null", *words]
        return subprocess.run(tmux, capture_output=True, text=True, check=False, timeout=20).stdout

    def begin(self) -> None:
        """Open it."""
        given = [word for name, value in self.environment.items() for word in ("-e", f"{name}={value}")]
        opens = ["new-session", "-d", "-s", "s", "-x", "120", "-y", "40", *given, self.command]
        self.do("start-server", ";", *opens)

    def seen(self) -> str:
        """Return what is on the screen, in one line."""
        return " ".join(self.do("capture-pane", "-p", "-t", "s").split())

    def until(self, words: str) -> str:
        """Wait until words are on the screen, and return all of it."""
        end = time.monotonic() + LONGEST_S
        while words not in (seen := self.seen()):
            assert time.monotonic() < end, f"{words!r} not in time: {seen}"
            time.sleep(0.1)
        return seen

    def press(self, key: str) -> None:
        """Press a key."""
        self.keys += 1
        self.do("send-keys", "-t", "s", key)

    def fill(self, texts: tuple[str, ...]) -> None:
        """Type a text into each field, with the key that goes on."""
        for text in texts:
            self.do("send-keys", "-t", "s", "-l", text)
            self.until(text)
            at = self._cursor()
            self.press("Enter")
            # What is typed before the next field has the cursor goes into this one.
            end = time.monotonic() + LONGEST_S
            while self._cursor() == at:
                assert time.monotonic() < end, "the next field is not reached"
                time.sleep(0.05)

    def _cursor(self) -> str:
        return self.do("display-message", "-p", "-t", "s", "#{cursor_x},#{cursor_y}")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal with the review of the session of planted facts, its vault in a home of its own."""
    home = tmp_path / "home"
    home.mkdir()
    with practice().new_vault(home) as vault:
        practice().keep(vault, canary_transcript(tmp_path), read_group(canary_group(tmp_path)))
    (tmp_path / "session.json").unlink()
    (tmp_path / "group.toml").unlink()
    settings = tmp_path / "settings.toml"
    settings.write_text('[notes]\nsignature = "A. Cole, LCSW"\n', encoding="utf-8")
    review = f"{sys.executable} -m assistant review --passphrase-file {home / 'words.txt'} --settings {settings}"
    environment = {
        "ASSISTANT_HOME": str(home),
        "ASSISTANT_MODELS": str(models_folder()),
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(tmp_path),
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "2"),
    }
    made = Terminal(tmp_path / "tmux", f"{review} --out {tmp_path / 'out'}; echo ENDED $?; sleep 60", environment)
    made.begin()
    try:
        yield made
    finally:
        made.do("kill-server")


def test_an_evening_s_notes_are_done_in_a_terminal(terminal: Terminal, tmp_path: Path) -> None:
    """Each member's screen holds nobody else, each file its reader alone, and the terminal nothing in the end."""
    members = {person: name for person, name in PEOPLE.items() if person != "f"}
    terminal.until("closed session")
    terminal.press("Enter")
    terminal.until("the group's part")
    terminal.press("Enter")
    terminal.until("start · to complete")
    terminal.fill(GROUP_FIELDS)
    for person, name in members.items():
        terminal.until(f"{name} · draft · to complete")
        holds_nobody_else(terminal.until("enter: next"), person)
        terminal.fill(MEMBER_FIELDS)
        holds_nobody_else(terminal.until("Sign this note"), person)
        terminal.press("Enter")
    terminal.until("Every note is signed")
    terminal.press("e")
    terminal.until("Hand out · 4 of 4")
    terminal.press("H")
    terminal.until("Is this the right recipient?")
    terminal.press("Enter")
    terminal.until("4 written.")
    terminal.press("Escape")
    terminal.until("q leave")
    terminal.press("q")
    terminal.until("ENDED 0")

    left = terminal.do("capture-pane", "-p", "-S", "-", "-E", "-", "-t", "s")
    holds_nobody_else(left, None)
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == len(members)
    assert all(re.fullmatch(r"note-[0-9a-f]{8}\.pdf", file.name) for file in files)
    owners: set[str] = set()
    for file in files:
        text = everything_in(file)
        (owner,) = [person for person, name in members.items() if name in " ".join(text.split())]
        holds_nobody_else(text, owner)
        assert any(holds(text, canary) for canary in CANARIES[owner]), owner
        owners.add(owner)
    assert owners == set(members)
    assert terminal.keys - len(members) * len(MEMBER_FIELDS) - len(GROUP_FIELDS) <= 40
