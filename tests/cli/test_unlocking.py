"""The screen's lock opens with the vault's passphrase alone, and the log tells of every try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.cli.live import unlocker
from assistant.store.audit import Action, Outcome
from assistant.store.passphrase import FLOOR, Passphrase
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path


def test_every_try_is_in_the_log(tmp_path: Path) -> None:
    """Right and wrong; also where the disk takes no line, the right one opens."""
    with Vault.create(tmp_path / "vault", Passphrase("correct horse battery", FLOOR)) as vault:
        opens = unlocker(vault)
        assert opens is not None

        assert not opens("wrong horse battery")
        assert opens("correct horse battery")

        tried = [line.outcome for line in vault.audit.lines() if line.action == Action.UNLOCKED]
        assert tried == [Outcome.REFUSED, Outcome.DONE]
        vault.database.close()
        assert opens("correct horse battery")
