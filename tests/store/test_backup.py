"""A backup comes back whole, and who was erased since does not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from assistant.errors import VaultError
from assistant.store.backup import back_up, copies, restore
from assistant.store.passphrase import Cost, Passphrase
from assistant.store.seal import seal, unseal
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

CANARY = b"threw the letters from the bridge"
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    """The backup folder."""
    return tmp_path / "stick" / "backups"


def say(vault: Vault, person: str) -> None:
    """Have a member say something that is sealed with their key."""
    key_id = vault.keys.id_of_member("g", person)
    words = seal(vault.keys.of_member("g", person), CANARY, key_id.encode())
    with vault.database.transaction() as change:
        change.execute("CREATE TABLE IF NOT EXISTS said (key TEXT, words BLOB)")
        change.execute("INSERT INTO said VALUES (?, ?)", (key_id, words))


def heard(vault: Vault) -> int:
    """Return how many of the lines in the database can be read."""
    readable = 0
    for key_id, words in vault.database.read("SELECT key, words FROM said"):
        key = vault.keys.get(key_id)
        readable += key is not None and unseal(key, words, key_id.encode()) == CANARY
    return readable


def test_a_vault_comes_back_on_another_machine(vault: Vault, backups: Path, tmp_path: Path, secret: Passphrase) -> None:
    """Words, keys and log are as they were; the log says that it was restored."""
    say(vault, "m1")
    name = back_up(vault, backups)
    done = restore(tmp_path / "new" / "vault", backups, lambda _: secret)

    assert copies(backups) == (name,)
    assert (done.copy, done.audit_lines, done.erased, done.log_carried) == (name, 3, 0, True)
    with Vault.open(tmp_path / "new" / "vault", secret) as again:
        assert again.id == vault.id
        assert heard(again) == 1
        actions = [line.action for line in again.audit.lines()]
        assert actions == ["vault created", "vault opened", "restored", "vault opened"]
        assert again.audit.verify() == 4
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["vault"]
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "new" / "vault").iterdir()} == {0o600}


def test_nothing_in_a_backup_is_readable(vault: Vault, backups: Path) -> None:
    """No words, no key, no name; and the data keys are in one file, not in the copies."""
    say(vault, "marcus")
    key = vault.keys.of_member("g", "marcus")
    names = {back_up(vault, backups), back_up(vault, backups)}

    assert {path.name for path in backups.iterdir()} == {
        *names,
        *(f"{name}.head" for name in names),
        "vault.keys",
        "vault.toml",
    }
    for path in backups.iterdir():
        content = path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
        assert not any(each in content for each in (CANARY, key, key.hex().encode(), b"marcus", b"SQLite"))


def test_an_erased_member_is_unreadable_in_an_older_copy(vault: Vault, backups: Path, tmp_path: Path) -> None:
    """Once the folder's keys are current: the copy still holds the sealed words, and no key opens them."""
    say(vault, "m1")
    say(vault, "m2")
    old = back_up(vault, backups)
    with_key = (backups / "vault.keys").read_bytes()
    vault.keys.destroy_member("g", "m1")
    back_up(vault, backups)
    secret = Passphrase("correct horse battery", CHEAP, CHEAP)
    done = restore(tmp_path / "new", backups, lambda _: secret, copy=old)

    assert done.erased == 1
    with Vault.open(tmp_path / "new", secret) as again:
        assert len(again.database.read("SELECT * FROM said")) == 2
        assert heard(again) == 1
        with pytest.raises(VaultError, match="erased"):
            again.keys.of_member("g", "m1")
    assert (backups / "vault.keys").read_bytes() != with_key


def test_replacing_keeps_what_was_erased_since_the_backup(
    vault: Vault, vault_folder: Path, backups: Path, secret: Passphrase
) -> None:
    """The backup folder still has the key; the vault that is replaced knows better. Its log goes on, its keys stay."""
    say(vault, "m1")
    say(vault, "m2")
    back_up(vault, backups)
    vault.keys.destroy_member("g", "m1")
    later = vault.keys.of_session("later")
    lines = vault.audit.lines()
    vault.close()
    done = restore(vault_folder, backups, lambda _: secret, replace=True)

    assert done.log_carried
    with Vault.open(vault_folder, secret) as again:
        assert heard(again) == 1
        assert again.keys.of_session("later") == later
        assert again.audit.lines()[: len(lines)] == lines
        assert [line.action for line in again.audit.lines(after=len(lines))] == ["restored", "vault opened"]
        back_up(again, backups)
    with Vault.open(vault_folder, secret) as again:
        assert again.audit.verify() == len(lines) + 4


def test_erasures_of_the_backup_folder_reach_a_vault_put_back_by_other_means(
    vault: Vault, vault_folder: Path, backups: Path, secret: Passphrase, tmp_path: Path
) -> None:
    """An older copy of the whole folder knows nothing of an erasure; the next backup tells it."""
    say(vault, "m1")
    vault.close()
    shutil.copytree(vault_folder, tmp_path / "image")
    with Vault.open(vault_folder, secret) as now:
        now.keys.destroy_member("g", "m1")
        back_up(now, backups)

    with Vault.open(tmp_path / "image", secret) as old:
        assert heard(old) == 1
        back_up(old, backups)
        assert heard(old) == 0


def test_a_damaged_vault_is_replaced_and_the_log_says_so(
    vault: Vault, vault_folder: Path, backups: Path, secret: Passphrase
) -> None:
    """Its database does not open any more: the log ends with the copy, and names that as broken off."""
    say(vault, "m1")
    back_up(vault, backups)
    vault.keys.destroy_member("g", "m1")
    vault.close()
    (vault_folder / "vault.db").write_bytes(b"\0" * 8192)
    done = restore(vault_folder, backups, lambda _: secret, replace=True)

    assert not done.log_carried
    with Vault.open(vault_folder, secret) as again:
        assert heard(again) == 0
        actions = [line.action for line in again.audit.lines()]
        assert actions[-3:] == ["log broken off", "restored", "vault opened"]


def test_where_the_keys_of_the_vault_are_lost_nothing_is_replaced(
    vault: Vault, vault_folder: Path, backups: Path, secret: Passphrase
) -> None:
    """Who was erased since the backup cannot be known: a person has to decide, and gets told how."""
    back_up(vault, backups)
    vault.close()
    (vault_folder / "vault.keys").write_bytes(b"damaged")
    before = {path.name: path.read_bytes() for path in vault_folder.iterdir()}

    with pytest.raises(VaultError, match="move that folder away, then restore, then erase again"):
        restore(vault_folder, backups, lambda _: secret, replace=True)
    assert {path.name: path.read_bytes() for path in vault_folder.iterdir()} == before


def test_a_vault_is_replaced_only_when_asked_and_only_by_its_own_backup(
    vault: Vault, vault_folder: Path, backups: Path, secret: Passphrase, tmp_path: Path
) -> None:
    """Nor while it is in use, nor by a copy that is not there."""
    back_up(vault, backups)
    with pytest.raises(VaultError, match="in use"):
        restore(vault_folder, backups, lambda _: secret, replace=True)
    vault.close()
    with pytest.raises(VaultError, match="never overwritten"):
        restore(vault_folder, backups, lambda _: secret)
    with pytest.raises(VaultError, match="choose one of vault-"):
        restore(vault_folder, backups, lambda _: secret, copy="../vault.db", replace=True)
    Vault.create(tmp_path / "other", secret).close()
    with pytest.raises(VaultError, match="another vault"):
        restore(tmp_path / "other", backups, lambda _: secret, replace=True)

    Vault.open(vault_folder, secret).close()


def test_a_backup_goes_into_no_folder_of_another_vault(
    vault: Vault, vault_folder: Path, backups: Path, secret: Passphrase, tmp_path: Path
) -> None:
    """Its one keys file would be overwritten; and a backup inside the vault is none."""
    with Vault.create(tmp_path / "other", secret) as other:
        back_up(other, backups)
    before = {path.name: path.read_bytes() for path in backups.iterdir()}

    with pytest.raises(VaultError, match="another vault"):
        back_up(vault, backups)
    with pytest.raises(VaultError, match="in the vault itself"):
        back_up(vault, vault_folder / "backups")
    assert {path.name: path.read_bytes() for path in backups.iterdir()} == before


def test_a_changed_copy_is_refused_before_anything_is_replaced(
    vault: Vault, vault_folder: Path, backups: Path, secret: Passphrase
) -> None:
    """One byte in the copy, in its end of the log or in the keys: one clear line, and the vault stands."""
    name = back_up(vault, backups)
    vault.close()
    before = {path.name: path.read_bytes() for path in vault_folder.iterdir()}

    for file in (name, f"{name}.head", "vault.keys"):
        whole = (backups / file).read_bytes()
        at = len(whole) // 2
        (backups / file).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(VaultError):
            restore(vault_folder, backups, lambda _: secret, replace=True)
        with pytest.raises(VaultError):
            restore(vault_folder.with_name("new"), backups, lambda _: secret)
        (backups / file).write_bytes(whole)
    assert {path.name: path.read_bytes() for path in vault_folder.iterdir()} == before
    assert [path.name for path in vault_folder.parent.iterdir()] == ["vault"]


def test_the_old_passphrase_opens_a_backup_until_the_next_one(
    vault: Vault, backups: Path, secret: Passphrase, tmp_path: Path
) -> None:
    """And then the new one alone, older copies too. Where a vault is replaced, its present passphrase stays."""
    first = back_up(vault, backups)
    new = Passphrase("battery staple", CHEAP, CHEAP)
    vault.change_key(new)
    restore(tmp_path / "one", backups, lambda _: secret)
    with Vault.open(tmp_path / "one", secret) as one:
        assert one.id == vault.id
    vault.close()
    restore(vault.folder, backups, lambda folder: new if folder == vault.folder else secret, replace=True)
    with Vault.open(vault.folder, new) as again:
        back_up(again, backups)

    with pytest.raises(VaultError, match="wrong passphrase"):
        restore(tmp_path / "two", backups, lambda _: secret, copy=first)
    restore(tmp_path / "two", backups, lambda _: new, copy=first)


def test_a_folder_without_backups_says_so(tmp_path: Path, secret: Passphrase) -> None:
    """One clear line for an empty folder and for none."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(VaultError, match="backup"):
            restore(tmp_path / "vault", folder, lambda _: secret)
