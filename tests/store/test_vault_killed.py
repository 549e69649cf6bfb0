"""A process killed at any step leaves the vault as it was before or as it was to be, and it opens.

The process kills itself (as ``kill -9`` does) just before its N-th step that touches a file, for every N until it gets
to the end; the steps are those that Python reports to its audit hooks.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import VaultError
from assistant.store.passphrase import Cost, Passphrase
from assistant.store.vault import Vault

CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
OLD, NEW = Passphrase("correct horse battery", CHEAP, CHEAP), Passphrase("battery staple", CHEAP, CHEAP)
ROOT = Path(__file__).parent.parent.parent
MOST_STEPS = 200

KILLED = """
import os, signal, sys
from pathlib import Path
from assistant.store.backup import back_up, restore
from assistant.store.passphrase import Cost, Passphrase
from assistant.store.vault import Vault

folder, last, work = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
cheap = Cost(1, 64, 1)
old, new = (Passphrase(text, cheap, cheap) for text in ("correct horse battery", "battery staple"))
steps = 0

def count(event, arguments):
    global steps
    if event in {"open", "os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir"}:
        # Its own files alone: a module that is loaded late is no step.
        mine = str(folder.parent) in str(arguments[0])
        steps += mine
        if mine and steps == last:
            os.kill(os.getpid(), signal.SIGKILL)

if work == "create":
    sys.addaudithook(count)
    Vault.create(folder, old)
elif work == "restore":
    sys.addaudithook(count)
    restore(folder, folder.with_name("backups"), lambda _: old, replace=True)
else:
    vault = Vault.open(folder, old)
    sys.addaudithook(count)
    if work == "change":
        vault.change_key(new)
    elif work == "destroy":
        vault.keys.destroy_session("s1")
    elif work == "make":
        vault.keys.of_session("s2")
    elif work == "backup":
        back_up(vault, folder.with_name("backups"))
os._exit(0)
"""


def killed_at(step: int, folder: Path, work: str) -> bool:
    """Run the work in a process that is killed before a step; False where it got to its end."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, folder, str(step), work],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.returncode != 0


def new_vault(folder: Path) -> bytes:
    """Make a vault with one session and return its key."""
    with Vault.create(folder, OLD) as vault:
        return vault.keys.of_session("s1")


def opens(folder: Path, secret: Passphrase) -> bool:
    """Whether the secret opens the vault, and its log is whole."""
    try:
        with Vault.open(folder, secret) as vault:
            assert vault.audit.verify() > 1
    except VaultError as refused:
        assert "wrong passphrase" in str(refused)  # noqa: PT017  that and nothing else may be wrong
        return False
    return True


pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX systems")


def test_a_killed_change_of_passphrase(tmp_path: Path) -> None:
    """Exactly one of the two passphrases opens the vault, and at some step it turns from the old to the new one."""
    opened = []
    for step in range(1, MOST_STEPS):
        folder = tmp_path / str(step) / "vault"
        key = new_vault(folder)
        was_killed = killed_at(step, folder, "change")
        with_old, with_new = opens(folder, OLD), opens(folder, NEW)
        assert with_old is not with_new
        with Vault.open(folder, NEW if with_new else OLD) as vault:
            assert vault.keys.of_session("s1") == key
        opened.append(with_new)
        if not was_killed:
            break

    assert len(opened) >= 6
    assert opened == sorted(opened)
    assert (opened[0], opened[-1]) == (False, True)


def test_a_killed_destruction_of_a_key(tmp_path: Path) -> None:
    """The key stands or is destroyed for good; once the log says destroyed it is, and nothing else is harmed."""
    stands = []
    for step in range(1, MOST_STEPS):
        folder = tmp_path / str(step) / "vault"
        key = new_vault(folder)
        was_killed = killed_at(step, folder, "destroy")
        assert opens(folder, OLD)
        with Vault.open(folder, OLD) as vault:
            key_id = vault.keys.id_of_session("s1")
            alive = vault.keys.get(key_id)
            logged = [line for line in vault.audit.lines() if line.action == "key destroyed"]
            assert (alive, len(logged)) in {(key, 0), (None, 1)}
            vault.keys.of_session("s2")
        assert {path.name for path in folder.iterdir()} == {
            ".lock",
            "audit.head",
            "vault.db",
            "vault.keys",
            "vault.toml",
        }
        stands.append(alive is not None)
        if not was_killed:
            break

    assert len(stands) >= 6
    assert stands[-1] is False


def test_a_killed_making_of_a_key(tmp_path: Path) -> None:
    """Keys that were there stay the same, whatever became of the new one."""
    folder = tmp_path / "vault"
    key = new_vault(folder)
    for step in range(1, MOST_STEPS):
        was_killed = killed_at(step, folder, "make")
        with Vault.open(folder, OLD) as vault:
            assert vault.keys.of_session("s1") == key
            assert len(vault.keys.alive) in {1, 2}
        if not was_killed:
            break

    assert step >= 4


def test_a_killed_making_of_a_vault(tmp_path: Path) -> None:
    """There is a vault that opens or there is none, and then it can be made; nothing is left beside it."""
    made = []
    for step in range(1, MOST_STEPS):
        folder = tmp_path / str(step) / "home" / "vault"
        was_killed = killed_at(step, folder, "create")
        made.append((folder / "vault.toml").exists())
        if made[-1]:
            assert opens(folder, OLD)
        else:
            new_vault(folder)
            assert opens(folder, OLD)
        assert [path.name for path in folder.parent.iterdir()] == ["vault"]
        if not was_killed:
            break

    assert len(made) >= 10
    assert (made[0], made[-1]) == (False, True)


@pytest.mark.slow
@pytest.mark.parametrize("work", ["backup", "restore"])
def test_a_killed_backup_or_restore(tmp_path: Path, work: str) -> None:
    """The vault opens with all it held, whoever was erased stays erased, and the same can be done again at once."""
    folder = tmp_path / "vault"
    key = new_vault(folder)
    assert not killed_at(0, folder, "backup")
    with Vault.open(folder, OLD) as vault:
        gone = vault.keys.of_session("gone")
        vault.keys.destroy_session("gone")
        assert gone
    for step in range(1, MOST_STEPS):
        was_killed = killed_at(step, folder, work)
        with Vault.open(folder, OLD) as vault:
            assert vault.keys.of_session("s1") == key
            assert vault.keys.get(vault.keys.id_of_session("gone")) is None
            assert vault.audit.verify() > 1
        if not was_killed:
            break

    assert step >= 10
    assert not was_killed
    assert not killed_at(0, folder, "backup")
    assert not killed_at(0, folder, "restore")
    assert not [path.name for path in tmp_path.rglob("*") if path.name.endswith((".part", ".new", ".old"))]
