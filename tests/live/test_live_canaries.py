"""Nonsense words that exist nowhere else go through a whole session with all that can go wrong: none can be read after.

They are names on the roster, facts, what is typed, what is written about warnings, and every word that is heard. What
is searched: every byte of vault, spool, backup, home and temporary folder, the terminal's output, the crash report, and
the command line and environment of both processes. What was struck or withdrawn is moreover in nothing that the keys
which still stand open.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.domain import Block
from assistant.store.audit import Action
from assistant.store.backup import back_up, restore
from assistant.store.sessions import Sessions
from assistant.store.sounds import Sounds
from assistant.store.spool_reader import SpoolReader, to_pcm
from assistant.store.vault import Vault
from tests.live.canary_app import (
    FACT,
    GROUP,
    NAME,
    SETTLED,
    STAYS,
    STEM,
    STRUCK,
    STRUCK_NOTE,
    TYPED,
    word,
)
from tests.live.tones import EVERY, TONE, cheap_passphrase, sound_of
from tests.store.sessions.conftest import search

if TYPE_CHECKING:
    from collections.abc import Iterator

APP = Path(__file__).with_name("canary_app.py")
LIMIT_S = 120


def spellings(text: str) -> Iterator[bytes]:
    """Yield how a word may lie on a disk: as it is, in wide letters, as hexadecimal digits, in base 64 at any place."""
    plain = text.encode()
    yield from (plain, text.encode("utf-16-le"), plain.hex().encode())
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + plain)
        yield coded[4 if before else 0 : len(coded) - 4]


READABLE = (
    *spellings(STEM),
    *(to_pcm(sound_of(tone * EVERY + 1000, 64)).tobytes() for tone in range(8)),
)
"""What must be nowhere: any of the words, and any of the sound."""


def leaks(content: bytes) -> list[bytes]:
    """Return what of it can be read."""
    lowered = content.lower()
    return [needle for needle in READABLE if needle in content or needle.lower() in lowered]


def leaks_under(*folders: Path) -> list[tuple[str, list[bytes]]]:
    """Return every file, by its name or its bytes, in which something can be read."""
    files = [path for folder in folders for path in folder.rglob("*")]
    found = [(str(path), leaks(path.name.encode() + (path.read_bytes() if path.is_file() else b""))) for path in files]
    return [one for one in found if one[1]]


class Places:
    """Where an app leaves things."""

    def __init__(self, folder: Path) -> None:
        self.vault, self.home, self.temp, self.backup = (folder / n for n in ("vault", "home", "temp", "backup"))
        self.home.mkdir()
        self.temp.mkdir()

    def run(self, how: str) -> subprocess.Popen[str]:
        """Start the app."""
        return subprocess.Popen(
            [sys.executable, str(APP), str(self.vault), how],
            env={**os.environ, "ASSISTANT_HOME": str(self.home), "TMPDIR": str(self.temp)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def leaks(self) -> list[tuple[str, list[bytes]]]:
        """Return every file in which something can be read."""
        return leaks_under(self.vault, self.home, self.temp, self.backup)


def of_process(pid: int) -> bytes:
    """Return what every user of the machine, or the same one, can see of a process."""
    folder = Path("/proc") / str(pid)
    return b"".join((folder / name).read_bytes() for name in ("cmdline", "environ", "comm"))


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """It would see any of these words or sounds if it lay there."""
    for number, needle in enumerate(
        (STEM.upper().encode(), f"x{word(1)}".encode("utf-16-le"), base64.b64encode(f"ab{word(1)}".encode()))
    ):
        (tmp_path / str(number)).write_bytes(b"before" + needle + b"after")
    (tmp_path / "sound").write_bytes(to_pcm(sound_of(3 * EVERY, EVERY)).tobytes())
    (tmp_path / f"{NAME}.txt").touch()

    assert len(leaks_under(tmp_path)) == 5


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
def test_no_canary_can_be_read_anywhere(tmp_path: Path) -> None:
    """From the first word to the backup, through a dead worker, a strike, a withdrawal, a full disk and a crash."""
    places = Places(tmp_path)
    app = places.run("begin")
    told: list[str] = []
    assert app.stdout is not None
    for line in app.stdout:
        told.append(line)
        if line == "look\n":
            break
    worker = next((int(line.split()[1]) for line in told if line.startswith("worker")), None)
    assert worker is not None, app.communicate(timeout=LIMIT_S)[1]
    seen = of_process(app.pid) + of_process(worker)
    while_it_runs = places.leaks()
    out, err = app.communicate("\n", timeout=LIMIT_S)

    assert app.returncode == 70, err
    assert [line for line in told if not line.startswith("worker")] == [
        "struck\n",
        "killed\n",
        "settled\n",
        "filled\n",
        "look\n",
    ]
    (report,) = (places.home / "crash").iterdir()
    assert "RuntimeError" in report.read_text(encoding="utf-8")
    assert leaks(seen) == []
    assert leaks("".join((*told, out, err)).encode()) == []
    assert while_it_runs == []
    assert places.leaks() == []
    nothing_taken_back_opens(places.vault, "after the crash")

    app = places.run("close")
    out, err = app.communicate(timeout=LIMIT_S)

    assert (app.returncode, out) == (0, "closed\n"), err
    assert leaks((out + err).encode()) == []
    with Vault.open(places.vault, cheap_passphrase()) as vault:
        back_up(vault, places.backup)
    assert places.leaks() == []
    nothing_taken_back_opens(places.vault, "after the close")
    restored = tmp_path / "restored"
    restore(restored, places.backup, lambda _: cheap_passphrase())
    assert leaks_under(restored) == []
    nothing_taken_back_opens(restored, "in the backup", sound=False)


def nothing_taken_back_opens(folder: Path, when: str, *, sound: bool = True) -> None:
    """Look with every key that stands: for what was taken back, and, lest the search be blind, for what was not."""
    struck = [*(word(tone).encode() for tone in STRUCK), STRUCK_NOTE.encode()]
    withdrawn = [word(tone).encode() for tone in range(0, 40, 2)]
    stays = [text.encode() for text in (word(STAYS), NAME, FACT, f"{TYPED} at", SETTLED, GROUP)]
    with Vault.open(folder, cheap_passphrase()) as vault:
        vault.audit.verify()
        assert search(vault, *struck, *withdrawn, *stays) == set(stays), when
        assert {Action.STRUCK, Action.CONSENT_WITHDRAWN} <= {line.action for line in vault.audit.lines()}
        stored = Sessions(vault).load("s1")
        assert {e.utterance.speaker for e in stored.entries} <= {"m2", None}, when
        if sound:
            for tone in (*STRUCK, 0):
                assert loudest(vault, tone) < 0.05, f"tone {tone} {when}"
            assert loudest(vault, STAYS) > 0.1, when


def loudest(vault: Vault, tone: int) -> float:
    """Return the loudest sample of a tone that the spool still holds."""
    sounds = Sounds(vault)
    with SpoolReader(sounds.path("s1"), sounds.key("s1")) as reader:
        blocks = [b.audio for b in reader.blocks(tone * EVERY, tone * EVERY + TONE) if isinstance(b, Block)]
    return max((float(np.abs(audio).max()) for audio in blocks if audio.size), default=0.0)
