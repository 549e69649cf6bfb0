"""The sample in ``samples/training-01``, made by the commands alone: for the test that remakes it, and to make it anew.

    python tests/training/training_sample.py samples/training-01

The session is invented, so that its seed may be known.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain import Note, NoteState
from assistant.handout import SignedNote
from assistant.store.passphrase import Passphrase
from assistant.store.reviews import Reviews
from assistant.store.sessions import Sessions
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Sequence

GOLD = Path(__file__).parents[2] / "samples" / "dev-skills-02"
SEED = 20
DAY = "2026-03-05"
WORDS = "correct horse battery"
LONGEST_S = 240.0


def run(home: Path, words: Sequence[str | Path]) -> str:
    """Run the command in a home of its own and return what it printed; exit 3 counts as done."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *map(str, words)],
        env={**os.environ, "ASSISTANT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST_S,
    )
    if done.returncode not in {0, 3}:
        raise RuntimeError(done.stderr)
    return done.stdout


def reviewed_session(home: Path, gold: Path = GOLD) -> str:
    """Make a vault with a gold session in it, closed and every note signed, and return the session's id.

    Args:
        home: An empty folder; the passphrase is left in its ``words.txt``.
        gold: Folder of the gold session.
    """
    words = home / "words.txt"
    words.write_text(WORDS, encoding="utf-8")
    words.chmod(0o600)
    turns = json.loads((gold / f"{gold.name}.gold.json").read_text(encoding="utf-8"))["turns"]
    rows = [{key: turn[key] for key in ("start", "end", "speaker", "text")} for turn in turns]
    source = home / "session.json"
    source.write_text(json.dumps({"utterances": rows}), encoding="utf-8")
    Vault.create(home / "vault", Passphrase(WORDS)).close()
    into = ("--vault", "--date", DAY, "--passphrase-file", words)
    run(home, ("process", source, "--group", gold / "group.toml", *into))
    source.unlink()
    with Vault.open(home / "vault", Passphrase(WORDS)) as vault:
        (line,) = Sessions(vault).lines()
        sign_all(vault, line.id)
    return line.id


def sign_all(vault: Vault, session: str) -> None:
    """Sign the drafts of a session as they are: what a clinician would write in them is in no sample."""
    sessions, reviews = Sessions(vault), Reviews(vault)
    group = sessions.load(session).session.group
    for member in group.members_present:
        note = Note(member.id, session, (), NoteState.SIGNED)
        part = replace(note, member=None, state=NoteState.DRAFT)
        at = vault.clock.now()
        reviews.sign(SignedNote(member.id, session, note, part, "A. Cole, LCSW", "clinician", at, "0" * 64))


def make(home: Path, out: Path) -> None:
    """Make the sample."""
    session = reviewed_session(home)
    words = ("--seed", str(SEED), "--passphrase-file", home / "words.txt")
    run(home, ("sample", session, "--out", out, *words))
    if not out.is_dir():
        raise RuntimeError("the sample was refused")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), Path(sys.argv[1]).absolute())
