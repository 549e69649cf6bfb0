"""A vault opens with its own secret and whole files, or it does not open and says one clear line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import VaultError
from assistant.store.passphrase import CEILING, FLOOR, STANDARD, Cost, Passphrase
from assistant.store.vault import Vault

CANARY = "threw the letters from the bridge"
ROOT = Path(__file__).parent.parent.parent
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)


def cheap(text: str) -> Passphrase:
    """Return a passphrase that costs nothing to try, for a program that would accept such a header."""
    return Passphrase(text, CHEAP, CHEAP)


def everything(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refusal(folder: Path, secret: Passphrase) -> str:
    """Return the line that opening ends with."""
    with pytest.raises(VaultError) as refused:
        Vault.open(folder, secret)
    line = str(refused.value)
    assert "\n" not in line
    return line


def write_down(vault: Vault, words: str) -> None:
    """Put words into the database."""
    with vault.database.transaction() as change:
        change.execute("CREATE TABLE said (words TEXT)")
        change.execute("INSERT INTO said VALUES (?)", (words,))


def test_what_was_written_is_there_the_next_time(vault: Vault, vault_folder: Path, secret: Passphrase) -> None:
    """Words, keys, opaque ids and the log are the same after closing and opening."""
    write_down(vault, CANARY)
    key, opaque = vault.keys.of_session("s1"), vault.opaque("session", "s1")
    vault.close()

    with Vault.open(vault_folder, secret) as again:
        assert again.database.read("SELECT words FROM said") == [(CANARY,)]
        assert again.keys.of_session("s1") == key
        assert again.opaque("session", "s1") == opaque
        assert [line.action for line in again.audit.lines()] == ["vault created", "vault opened", "vault opened"]


def test_nothing_is_readable_in_any_file(vault: Vault, vault_folder: Path, secret: Passphrase) -> None:
    """No words, no passphrase, no key and no name: while it is open and after."""
    write_down(vault, CANARY)
    key = vault.keys.of_member("thursday", "marcus")
    while_open = everything(vault_folder)
    vault.close()

    hidden = (CANARY, secret.text, "thursday", "marcus", key.hex(), vault.unlocked.ring.vault_key.hex())
    for content in (*while_open.values(), *everything(vault_folder).values()):
        assert not any(each.encode() in content for each in hidden)
        assert key not in content
        assert vault.unlocked.ring.vault_key not in content
    assert {"vault.db", "vault.db-wal", "vault.keys", "audit.head", "vault.toml"} < set(while_open)


def test_folder_and_files_are_their_owners_alone(vault: Vault, vault_folder: Path) -> None:
    """Nobody else on the machine may look in."""
    vault.keys.of_session("s1")

    assert vault_folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in vault_folder.iterdir()} == {0o600}


def test_a_wrong_passphrase_and_a_changed_header_are_refused_alike(
    vault: Vault, vault_folder: Path, secret: Passphrase
) -> None:
    """The line is the same, so that it helps nobody to find out which of the two it was."""
    vault.close()
    header = vault_folder / "vault.toml"
    written = header.read_bytes()
    wrong = refusal(vault_folder, cheap("correct horse batterx"))
    starts = [match.end() for match in re.finditer(rb" = \"?", written)]
    assert len(starts) == 8

    for at in (*starts, *(start + 3 for start in starts if written[start : start + 4].isalnum())):
        digit = b"0" if written[at : at + 1] != b"0" else b"1"
        header.write_bytes(written[:at] + digit + written[at + 1 :])
        assert refusal(vault_folder, secret) == wrong, at
    for broken in (b"", b"\xff\xfe", b"format = 1\n", written[:-40], written + b"extra = 1\n", b"a" * 10_000):
        header.write_bytes(broken)
        assert refusal(vault_folder, secret) == wrong
    header.write_bytes(written)
    Vault.open(vault_folder, secret).close()


def test_one_changed_byte_in_any_file_is_refused(vault: Vault, vault_folder: Path, secret: Passphrase) -> None:
    """Database, keys and the end of the log: one clear line each, that names the file and not its content."""
    write_down(vault, CANARY)
    vault.keys.of_session("s1")
    vault.close()

    for name in ("vault.db", "vault.keys", "audit.head"):
        path = vault_folder / name
        whole = path.read_bytes()
        for at in (0, len(whole) // 3, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert name in refusal(vault_folder, secret)
        path.write_bytes(whole)
    Vault.open(vault_folder, secret).close()


@pytest.mark.parametrize("name", ["vault.db", "vault.keys", "audit.head"])
def test_a_missing_file_is_named(vault: Vault, vault_folder: Path, secret: Passphrase, name: str) -> None:
    """And nothing is made in its place."""
    vault.close()
    (vault_folder / name).unlink()

    assert name in refusal(vault_folder, secret)
    assert not (vault_folder / name).exists()


def test_files_of_two_vaults_do_not_mix(vault: Vault, vault_folder: Path, tmp_path: Path, secret: Passphrase) -> None:
    """Even with the same passphrase, a database or a keys file of another vault is refused."""
    vault.close()
    Vault.create(tmp_path / "other", secret).close()

    for name in ("vault.db", "vault.keys", "audit.head", "vault.toml"):
        own = (vault_folder / name).read_bytes()
        (vault_folder / name).write_bytes((tmp_path / "other" / name).read_bytes())
        assert "was changed" in refusal(vault_folder, secret)
        (vault_folder / name).write_bytes(own)


def test_where_there_is_none_it_says_how_to_make_one(tmp_path: Path, secret: Passphrase) -> None:
    """And makes nothing itself."""
    assert "assistant vault create" in refusal(tmp_path / "vault", secret)
    assert list(tmp_path.iterdir()) == []


def test_a_vault_is_never_overwritten(vault: Vault, vault_folder: Path, secret: Passphrase) -> None:
    """Nor is any other file: making one needs a folder that is empty or not there."""
    vault.close()
    before = everything(vault_folder)
    with pytest.raises(VaultError, match="never overwritten"):
        Vault.create(vault_folder, secret)

    assert everything(vault_folder) == before
    assert [path.name for path in vault_folder.parent.iterdir()] == ["vault"]


def test_short_passphrases_are_refused_with_advice(tmp_path: Path) -> None:
    """Nothing is made, and the line says what would do."""
    for text in ("", "seven77", "é" * 7):
        with pytest.raises(VaultError, match="at least 8 characters, better four or more") as refused:
            Vault.create(tmp_path / "vault", cheap(text))
        assert text == "" or text not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_the_same_letters_typed_otherwise_open_it(tmp_path: Path) -> None:
    """An accent may arrive as one character or as two, depending on the keyboard."""
    Vault.create(tmp_path / "vault", cheap("caf\u00e9 au lait")).close()

    Vault.open(tmp_path / "vault", cheap("cafe\u0301 au lait")).close()


def test_a_changed_passphrase_replaces_the_old_one(vault: Vault, vault_folder: Path, secret: Passphrase) -> None:
    """The new one opens everything, the old one nothing; database and keys are not written anew."""
    write_down(vault, CANARY)
    keys = (vault_folder / "vault.keys").read_bytes()
    vault.change_key(cheap("battery staple"))
    vault.close()

    assert "wrong passphrase" in refusal(vault_folder, secret)
    assert (vault_folder / "vault.keys").read_bytes() == keys
    with Vault.open(vault_folder, cheap("battery staple")) as again:
        assert again.database.read("SELECT words FROM said") == [(CANARY,)]
        assert [line.action for line in again.audit.lines()][-2:] == ["key changed", "vault opened"]
    assert not {path.name for path in vault_folder.iterdir()} & {"vault.toml.old", "vault.toml.new"}


def test_a_weak_new_passphrase_leaves_the_old_one(vault: Vault, vault_folder: Path, secret: Passphrase) -> None:
    """Refused before anything is written."""
    with pytest.raises(VaultError, match="too short"):
        vault.change_key(cheap("short"))
    vault.close()

    Vault.open(vault_folder, secret).close()


def test_a_second_one_is_refused_until_the_first_ends(vault: Vault, vault_folder: Path, secret: Passphrase) -> None:
    """One clear line, and after closing it opens."""
    assert "in use by another window" in refusal(vault_folder, secret)
    vault.close()
    vault.close()

    Vault.open(vault_folder, secret).close()


def test_another_process_is_refused_while_this_one_has_it(vault: Vault, vault_folder: Path) -> None:
    """The lock is the system's, not a note in a file."""
    code = (
        "import sys; from pathlib import Path; from assistant.store.vault import Vault; "
        "from assistant.store.passphrase import Passphrase; Vault.open(Path(sys.argv[1]), Passphrase('wrong anyway'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, vault_folder], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )

    assert "in use by another window" in done.stderr
    assert vault.audit.verify() == 2


def test_the_next_command_waits_for_the_one_before_it_to_go(
    vault: Vault, vault_folder: Path, secret: Passphrase
) -> None:
    """Another process has the vault for a moment yet, as one that is just ending has."""
    vault.close()
    code = (
        "import sys, time; from pathlib import Path; from assistant.store.hold import hold; "
        "held = hold(Path(sys.argv[1])); print('held', flush=True); time.sleep(0.4)"
    )
    with subprocess.Popen([sys.executable, "-c", code, vault_folder], cwd=ROOT, stdout=subprocess.PIPE) as ending:
        assert ending.stdout is not None
        assert ending.stdout.readline() == b"held\n"

        Vault.open(vault_folder, secret).close()


def test_a_changed_log_of_the_database_does_not_pass(vault: Vault, vault_folder: Path, secret: Passphrase) -> None:
    """SQLite takes a damaged write-ahead log for one that a crash cut short; the audit log tells the difference."""
    vault.keys.destroy_session("s1")
    left = {path.name: path.read_bytes() for path in vault_folder.iterdir()}
    vault.close()
    for name, content in left.items():
        at = len(content) - 4096 if name.endswith("-wal") else len(content)
        (vault_folder / name).write_bytes(content[:at] + bytes(b ^ 1 for b in content[at : at + 1]) + content[at + 1 :])

    assert "cut off" in refusal(vault_folder, secret)


def test_a_refused_opening_lets_go_of_the_vault(vault: Vault, vault_folder: Path, secret: Passphrase) -> None:
    """A typing error does not lock the vault against the next try."""
    vault.close()
    assert "wrong passphrase" in refusal(vault_folder, cheap("correct horse batterx"))

    Vault.open(vault_folder, secret).close()


def test_opaque_ids_tell_nothing_and_differ_by_vault(vault: Vault, tmp_path: Path, secret: Passphrase) -> None:
    """32 hexadecimal digits, for each kind and list of parts another, in another vault another."""
    with Vault.create(tmp_path / "other", secret) as other:
        ids = {vault.opaque("member", "g", "m1"), vault.opaque("member", "g", "m2"), vault.opaque("session", "g", "m1")}
        ids |= {vault.opaque("member", "gm", "1"), other.opaque("member", "g", "m1")}

    assert len(ids) == 5
    assert all(re.fullmatch(r"[0-9a-f]{32}", each) for each in ids)


def test_an_erasure_that_a_crash_cut_in_two_is_finished(vault: Vault, vault_folder: Path, secret: Passphrase) -> None:
    """The log is written before the key goes; an older keys file put back brings no erased key back either."""
    vault.keys.of_session("s1")
    before = (vault_folder / "vault.keys").read_bytes()
    vault.keys.destroy_session("s1")
    vault.close()
    (vault_folder / "vault.keys").write_bytes(before)

    with Vault.open(vault_folder, secret) as again, pytest.raises(VaultError, match="erased"):
        again.keys.of_session("s1")


def test_what_a_killed_restore_left_beside_the_vault_is_cleared(
    vault: Vault, vault_folder: Path, secret: Passphrase
) -> None:
    """It may hold keys that are destroyed later."""
    vault.close()
    left = vault_folder.with_name(".vault.aside-0123456789abcdef")
    left.mkdir()
    (left / "vault.keys").write_bytes((vault_folder / "vault.keys").read_bytes())

    Vault.open(vault_folder, secret).close()

    assert [path.name for path in vault_folder.parent.iterdir()] == ["vault"]


def test_a_header_below_the_floor_is_refused(vault: Vault, vault_folder: Path) -> None:
    """The program has its own floor, RFC 9106's second option: a cheap header does not open although it is genuine."""
    vault.close()
    same = Passphrase("correct horse battery")
    assert same.floor == FLOOR == Cost(3, 64 << 10, 4)
    assert STANDARD.at_least(FLOOR)
    assert STANDARD.at_most(CEILING)

    assert "does not open" in refusal(vault_folder, same)


@pytest.mark.parametrize(
    "terms",
    [
        {"passes": 2},
        {"memory_kib": (64 << 10) - 1},
        {"memory_kib": 1 << 30},
        {"passes": 1_000_000},
        {"lanes": 0},
        {"lanes": 1 << 20},
        {"salt": "00"},
        {"salt": "no salt"},
        {"algorithm": "argon2i"},
        {"passes": "3"},
    ],
    ids=str,
)
def test_terms_that_no_honest_header_has_lead_to_no_key(terms: dict[str, str | int]) -> None:
    """Neither weaker than the floor nor more than the machine can bear; and no time or memory is spent on them."""
    honest: dict[str, str | int] = {"algorithm": "argon2id", "passes": 3, "memory_kib": 64 << 10, "lanes": 4}
    honest["salt"] = "00" * 16

    assert Passphrase("correct horse battery").again({**honest, **terms}) is None


def test_the_standard_cost_opens_and_is_not_in_the_repr(tmp_path: Path) -> None:
    """As it ships, with nothing made cheap; and a passphrase does not show where objects are printed."""
    real = Passphrase("correct horse battery")
    Vault.create(tmp_path / "vault", real).close()

    Vault.open(tmp_path / "vault", real).close()
    assert "does not open" in refusal(tmp_path / "vault", Passphrase("correct horse batterx"))
    assert "horse" not in repr(real)
    assert b"memory_kib = 262144" in (tmp_path / "vault" / "vault.toml").read_bytes()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes where it likes")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, secret: Passphrase) -> None:
    """One clear line."""
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(VaultError, match="closed"):
        Vault.create(tmp_path / "closed" / "vault", secret)
