"""A vault that the operating system's keyring opens, and no keyring that keeps nothing safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError

from assistant.errors import VaultError
from assistant.store.backup import back_up, restore
from assistant.store.keychain import KeyringSecret
from assistant.store.passphrase import Cost, Passphrase
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

CHEAP = Cost(passes=1, memory_kib=64, lanes=1)


class InMemory:
    """A keyring that can be locked."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        """Return an entry."""
        if self.locked:
            raise KeyringLocked(str(self.entries))
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep an entry."""
        if self.locked:
            raise KeyringLocked(password)
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget an entry."""
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError


class Failing(InMemory):
    """A keyring on a system that has none."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Say that there is none."""
        raise NoKeyringError


class Forgetful(InMemory):
    """A keyring that keeps nothing and says nothing, as the library's null keyring."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep nothing."""


def test_the_keyring_opens_the_vault(tmp_path: Path) -> None:
    """One random entry, named by the header; without it, or with another keyring, nothing opens."""
    keyring = InMemory()
    folder = tmp_path / "vault"
    with Vault.create(folder, KeyringSecret(keyring)) as vault:
        key = vault.keys.of_session("s1")
    with Vault.open(folder, KeyringSecret(keyring)) as vault:
        assert vault.keys.of_session("s1") == key
    ((_, entry),) = keyring.entries
    (kept,) = keyring.entries.values()
    header = (folder / "vault.toml").read_text(encoding="utf-8")

    assert entry in header
    assert kept not in header
    with pytest.raises(VaultError, match="does not open"):
        Vault.open(folder, KeyringSecret(InMemory()))
    keyring.entries = {("group-session-assistant", entry): "damaged"}
    with pytest.raises(VaultError, match="does not open"):
        Vault.open(folder, KeyringSecret(keyring))


def test_a_passphrase_does_not_open_what_the_keyring_does(tmp_path: Path) -> None:
    """And the line says which of the two it is."""
    Vault.create(tmp_path / "vault", KeyringSecret(InMemory())).close()

    with pytest.raises(VaultError, match="opens with the operating system's keyring"):
        Vault.open(tmp_path / "vault", Passphrase("correct horse battery", CHEAP, CHEAP))


@pytest.mark.parametrize("keyring", [Failing(), Forgetful()], ids=["fails", "forgets"])
def test_a_keyring_that_keeps_nothing_makes_no_vault(tmp_path: Path, keyring: InMemory) -> None:
    """A vault that nobody could ever open is not made."""
    with pytest.raises(VaultError, match="use a passphrase"):
        Vault.create(tmp_path / "vault", KeyringSecret(keyring))
    assert list(tmp_path.iterdir()) == []


def test_a_locked_keyring_is_one_clear_line(tmp_path: Path) -> None:
    """Nothing of what its error says is repeated: some quote the secret."""
    keyring = InMemory()
    Vault.create(tmp_path / "vault", KeyringSecret(keyring)).close()
    keyring.locked = True

    with pytest.raises(VaultError, match="locked or does not answer") as refused:
        Vault.open(tmp_path / "vault", KeyringSecret(keyring))
    assert not any(kept in str(refused.value) for kept in keyring.entries.values())
    assert refused.value.__suppress_context__


def test_changing_to_a_passphrase_and_back_leaves_no_old_entry(tmp_path: Path) -> None:
    """What opens nothing any more is forgotten; a refused change leaves the entry that still opens."""
    keyring = InMemory()
    words = Passphrase("correct horse battery", CHEAP, CHEAP)
    with Vault.create(tmp_path / "vault", KeyringSecret(keyring)) as vault:
        with pytest.raises(VaultError, match="too short"):
            vault.change_key(Passphrase("short", CHEAP, CHEAP))
        assert len(keyring.entries) == 1
        vault.change_key(words)
        assert keyring.entries == {}
        vault.change_key(KeyringSecret(keyring))
        vault.change_key(KeyringSecret(keyring))
        assert len(keyring.entries) == 1

    Vault.open(tmp_path / "vault", KeyringSecret(keyring)).close()


def test_a_backup_with_a_passphrase_outlives_the_keyring(tmp_path: Path) -> None:
    """It has the passphrase that was given once, for later backups as well."""
    keyring = InMemory()
    words = Passphrase("correct horse battery", CHEAP, CHEAP)
    with Vault.create(tmp_path / "vault", KeyringSecret(keyring)) as vault:
        key = vault.keys.of_session("s1")
        back_up(vault, tmp_path / "backups", words)
        back_up(vault, tmp_path / "backups")
    keyring.entries.clear()
    restore(tmp_path / "new", tmp_path / "backups", lambda _: words)

    with Vault.open(tmp_path / "new", words) as again:
        assert again.keys.of_session("s1") == key
