"""The writing program is killed at any moment, again and again: the vault opens, and almost nothing is missing."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
import time
from typing import TYPE_CHECKING

import numpy as np

from assistant.domain import SAMPLE_RATE, Block, Gap
from assistant.store.sessions import Sessions
from assistant.store.spool_reader import SpoolReader
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.domain import Session
    from assistant.store.passphrase import Passphrase
    from tests.store.conftest import SetClock

WRITER = """
    import sys
    from pathlib import Path
    import numpy as np
    from assistant.consent import permit
    from assistant.domain import *
    from assistant.store.passphrase import Cost, Passphrase
    from assistant.store.sessions import Sessions
    from assistant.store.vault import Vault

    cheap = Cost(1, 64, 1)
    vault = Vault.open(Path(sys.argv[1]), Passphrase("correct horse battery", cheap, cheap))
    sessions = Sessions(vault)
    (stored,) = sessions.unfinished()
    id_ = stored.session.id
    sounds = sessions.sounds
    spool = sounds.reopen(id_) if sounds.exists(id_) else sounds.create(id_, 1)
    leave = permit(stored.session.group.present)
    number = len(stored.entries)
    while True:
        at = np.arange(spool.received, spool.received + 1600)
        spool.append(Block(spool.received, (((at * 7919) % 30011 + 1) / 32768).astype(np.float32)[None]), leave)
        print("heard", spool.received, flush=True)
        if spool.received % 8000 == 0:
            number += 1
            id_u = UtteranceId(f"u{number}")
            start = (number - 1) * 1000
            words = (Word("xylophone", start, start + 900, 0.9, PersonId("m1")),)
            one = Utterance(
                id_u, number, start, start + 900, "xylophone", words,
                Attribution(PersonId("m1"), 0.9, 0.5, DecidedBy.VOICE)
            )
            sessions.commit(id_, SessionUpdate((Entry(one, Findings(id_u, ())),), processed_to=start + 900))
            print("kept", number, flush=True)
"""

ROUNDS = 6
"""Ten would take too long in every run; each begins where the one before was killed."""


def spoken(block: Block) -> bool:
    """Whether every sample of a block is the one that belongs there."""
    at = np.arange(block.first_sample, block.end_sample)
    return bool(np.array_equal(block.audio[0], (((at * 7919) % 30011 + 1) / 32768).astype(np.float32)))


def test_a_killed_writer_loses_at_most_a_second_of_sound_and_no_kept_word(
    sessions: Sessions, session: Session, vault_folder: Path, secret: Passphrase, clock: SetClock
) -> None:
    """Sound that was handed in is there but for a moment; every update that was acknowledged is there, once."""
    sessions.vault.close()
    chance = random.Random(7)  # noqa: S311  moments, no secrets
    for _ in range(ROUNDS):
        with subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), str(vault_folder)], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            said = [child.stdout.readline()]
            time.sleep(chance.uniform(0.02, 0.5))
            child.kill()
            said += child.stdout.readlines()
        told = [line.split() for line in said if line.endswith("\n")]
        heard = max(int(number) for what, number in told if what == "heard")
        kept = max((int(number) for what, number in told if what == "kept"), default=0)
        with Vault.open(vault_folder, secret, clock) as vault:
            again = Sessions(vault)
            (stored,) = again.unfinished()
            with again.sounds.reopen(session.id) as spool:
                end = spool.end
            with SpoolReader(again.sounds.path(session.id), again.sounds.key(session.id)) as reader:
                pieces = list(reader.blocks())

        assert heard - end <= SAMPLE_RATE
        assert not [piece for piece in pieces if isinstance(piece, Gap)]
        assert all(spoken(piece) for piece in pieces if isinstance(piece, Block))
        numbers = [entry.utterance.number for entry in stored.entries]
        assert numbers == list(range(1, len(numbers) + 1))
        assert kept <= len(numbers) <= kept + 1 or kept == 0
        assert stored.processed_to == (0 if not numbers else (numbers[-1] - 1) * 1000 + 900)

    for path in vault_folder.rglob("*"):
        assert not path.is_file() or b"xylophone" not in path.read_bytes(), path.name
