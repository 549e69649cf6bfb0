"""A vault with one closed session, made from a gold session's text: for the tests, and for trying the screen by hand.

    python tests/review/practice_vault.py FOLDER samples/dev-skills-02

leaves FOLDER/vault and FOLDER/words.txt (the passphrase); then ``ASSISTANT_HOME=FOLDER assistant review
--passphrase-file FOLDER/words.txt`` opens it.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli import batch_vault
from assistant.cli.source import Source
from assistant.cli.wiring import Workshop
from assistant.domain import Part2
from assistant.groupfile import read_group
from assistant.models.offline import go_offline
from assistant.pipeline.progress import Quiet
from assistant.settings import Settings
from assistant.store.passphrase import Passphrase
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.domain import Group

WORDS = "correct horse battery"
DAY = dt.date(2026, 3, 5)


def gold_transcript(folder: Path, to: Path, speakers: Mapping[str, str | None] | None = None) -> Path:
    """Write a gold session's turns as a transcript, and return its path.

    Args:
        folder: Of the gold session.
        to: A folder for it.
        speakers: Who is taken for whom, by id; None: nobody knows.
    """
    (gold,) = folder.glob("*.gold.json")
    turns = json.loads(gold.read_text(encoding="utf-8"))["turns"]
    swapped = speakers or {}
    rows = [
        {
            "start": turn.get("start"),
            "end": turn.get("end"),
            "speaker": swapped.get(turn["speaker"], turn["speaker"]),
            "text": turn["text"],
        }
        for turn in turns
    ]
    path = to / "session.json"
    path.write_text(json.dumps({"utterances": rows}), encoding="utf-8")
    return path


def keep(vault: Vault, transcript: Path, group: Group, settings: Settings | None = None) -> str:
    """Process a transcript, keep it in a vault, closed, and return its id."""
    chosen, source = settings or Settings(), Source(transcript, {}, {}, DAY)
    result = Workshop(chosen).process(source, group, Quiet())
    return batch_vault.keep(vault, result, source, chosen)


def new_vault(folder: Path) -> Vault:
    """Make a vault in a folder, with its passphrase in a file beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    words = folder / "words.txt"
    words.write_text(WORDS, encoding="utf-8")
    words.chmod(0o600)
    return Vault.create(folder / "vault", Passphrase(WORDS))


def main(folder: Path, gold: Path) -> None:
    """Leave a vault with one session in a folder."""
    go_offline()
    group = replace(read_group(gold / "group.toml"), part2=Part2.NO)
    with new_vault(folder) as vault:
        name = keep(vault, gold_transcript(gold, folder), group)
    (folder / "session.json").unlink()
    sys.stdout.write(f"session {name} is in {folder}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
