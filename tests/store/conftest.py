"""A vault of its own for a test, behind a passphrase that costs nothing to try."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from assistant.store.passphrase import Cost, Passphrase
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHEAP = Cost(passes=1, memory_kib=64, lanes=1)


class SetClock:
    """A clock that stands until a test moves it."""

    def __init__(self, at: dt.datetime = dt.datetime(2026, 3, 5, 18, 0, tzinfo=dt.UTC)) -> None:
        self.at = at

    def now(self) -> dt.datetime:
        """Return the time that the test set."""
        return self.at

    def forward(self, **how_long: float) -> None:
        """Move by days, hours, minutes, seconds."""
        self.at += dt.timedelta(**how_long)


def passphrase(text: str = "correct horse battery") -> Passphrase:
    """Return a passphrase, in a program that would accept such a cheap header."""
    return Passphrase(text, CHEAP, CHEAP)


@pytest.fixture
def secret() -> Passphrase:
    """What opens the test's vault."""
    return passphrase()


@pytest.fixture
def clock() -> SetClock:
    """The vault's clock."""
    return SetClock()


@pytest.fixture
def vault_folder(tmp_path: Path) -> Path:
    """Where the vault lies."""
    return tmp_path / "home" / "vault"


@pytest.fixture
def vault(vault_folder: Path, secret: Passphrase, clock: SetClock) -> Iterator[Vault]:
    """An open vault, closed after the test."""
    with Vault.create(vault_folder, secret, clock) as made:
        yield made
