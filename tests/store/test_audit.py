"""The log shows every change that somebody makes to it, and never holds a word or a name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from assistant.errors import VaultError
from assistant.store.audit import HEAD_NAME, NOTHING, Action, Outcome
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.store.passphrase import Passphrase


@pytest.fixture
def filled(vault: Vault) -> Vault:
    """A vault in which some things were done; its log has ten lines."""
    for number in range(4):
        vault.audit.record(Action.SESSION_BEGUN, vault.opaque("session", str(number)))
        vault.audit.record(Action.SESSION_FINISHED, vault.opaque("session", str(number)))
    return vault


def change(vault: Vault, sql: str, *values: str | bytes | int) -> None:
    """Change the table behind the log's back, as somebody could who got at the database."""
    with vault.database.transaction() as statements:
        statements.execute(sql, values)


def test_a_line_says_who_did_what_when_to_what(vault: Vault) -> None:
    """Every column as it was given; the time is the clock's."""
    session = vault.opaque("session", "s1")
    vault.audit.record(Action.SESSION_ERASED, session, Outcome.REFUSED, who="dana-2")
    vault.audit.record(Action.LOCKED)
    line, last = vault.audit.lines()[-2:]

    assert (line.line, line.who, line.action, line.object, line.outcome) == (
        3,
        "dana-2",
        "session erased",
        session,
        "refused",
    )
    assert dt.datetime.fromisoformat(line.at) == dt.datetime(2026, 3, 5, 18, tzinfo=dt.UTC)
    assert (last.who, last.object, last.outcome) == ("facilitator", NOTHING, "done")
    assert vault.audit.verify() == 4


@pytest.mark.parametrize("words", ["Marcus", "m1", "he threw it away", "", "A" * 32, "0" * 31, "0" * 32 + "-x"])
def test_there_is_no_place_for_a_name_or_words(vault: Vault, words: str) -> None:
    """An object is an opaque id, an operator an id without capitals and blanks; the refusal repeats neither."""
    with pytest.raises(VaultError, match="opaque id") as refused:
        vault.audit.record(Action.STRUCK, words)
    assert not words or words not in str(refused.value)
    with pytest.raises(ValueError, match="is not a valid"):
        vault.audit.record("said: bridge")  # type: ignore[arg-type]
    with pytest.raises(VaultError, match="operator id"):
        vault.audit.record(Action.STRUCK, who=f"Dana {words}")

    assert vault.audit.verify() == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2026-03-05T18:00:00.000001+00:00"),
        ("who", "facilitatox"),
        ("action", "session begux"),
        ("object", "0" * 32),
        ("outcome", "failed"),
        ("chain", b"\0" * 32),
    ],
)
def test_an_edited_line_is_found(filled: Vault, column: str, value: str | bytes) -> None:
    """In any column; the line is named by its number and its content is not repeated."""
    change(filled, f"UPDATE audit SET {column} = ? WHERE line = 5", value)  # noqa: S608  a column of this test

    with pytest.raises(VaultError, match="line 5 is missing or is not as written") as refused:
        filled.audit.verify()
    assert str(value) not in str(refused.value)


def test_a_line_taken_out_is_found(filled: Vault) -> None:
    """Also when those after it move up."""
    change(filled, "DELETE FROM audit WHERE line = 5")
    with pytest.raises(VaultError, match="line 5 is missing"):
        filled.audit.verify()
    change(filled, "UPDATE audit SET line = line - 1 WHERE line > 5")
    with pytest.raises(VaultError, match="line 5 is missing or is not as written"):
        filled.audit.verify()


def test_two_lines_exchanged_are_found(filled: Vault) -> None:
    """The order is a part of what every line is bound to."""
    for old, new in ((5, 1000), (6, 5), (1000, 6)):
        change(filled, "UPDATE audit SET line = ? WHERE line = ?", new, old)

    with pytest.raises(VaultError, match="line 5"):
        filled.audit.verify()


def test_a_line_put_in_is_found(filled: Vault) -> None:
    """Nobody adds a line without the key."""
    values = "VALUES (11, '2026-03-05', 'facilitator', 'exported', '-', 'done', zeroblob(32))"
    change(filled, f"INSERT INTO audit {values}")

    with pytest.raises(VaultError, match="line 11"):
        filled.audit.verify()


def test_lines_cut_off_at_the_end_are_found(filled: Vault, vault_folder: Path, secret: Passphrase) -> None:
    """By the check, and as the vault is opened, before a new line could hide it."""
    change(filled, "DELETE FROM audit WHERE line > 7")
    with pytest.raises(VaultError, match="cut off before line 10"):
        filled.audit.verify()
    filled.close()
    with pytest.raises(VaultError, match="cut off before line 10"):
        Vault.open(vault_folder, secret)

    with Vault.open(vault_folder, secret, mend_audit_head=True) as mended:
        assert [line.action for line in mended.audit.lines(after=7)] == ["audit head mended", "vault opened"]
        assert mended.audit.verify() == 9


def test_all_lines_cut_off_is_found(filled: Vault) -> None:
    """An empty log is no beginning."""
    change(filled, "DELETE FROM audit")

    with pytest.raises(VaultError, match="cut off"):
        filled.audit.verify()


def test_a_folder_put_back_whole_is_found_by_what_was_written_down(
    filled: Vault, vault_folder: Path, tmp_path: Path, secret: Passphrase
) -> None:
    """Nothing on the machine can show it; the end that somebody noted does."""
    filled.close()
    old = {path.name: path.read_bytes() for path in vault_folder.iterdir()}
    with Vault.open(vault_folder, secret) as vault:
        vault.audit.record(Action.EXPORTED)
        noted = str(vault.audit.end())
        assert vault.audit.verify(noted) == 12
    for name, content in old.items():
        (vault_folder / name).write_bytes(content)

    with Vault.open(vault_folder, secret) as vault:
        assert vault.audit.verify() == 11
        with pytest.raises(VaultError, match="does not hold"):
            vault.audit.verify(noted)


def test_a_line_stands_or_falls_with_its_transaction(filled: Vault) -> None:
    """What was undone is not in the log, and the end of the log is not ahead of it."""

    def undone() -> None:
        with filled.database.transaction():
            filled.audit.record(Action.MEMBER_ERASED, filled.opaque("member", "g", "m1"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    assert filled.audit.verify() == 10
    with filled.database.transaction():
        filled.audit.record(Action.MEMBER_ERASED, filled.opaque("member", "g", "m1"))
        filled.audit.record(Action.PURGED, filled.opaque("member", "g", "m1"))

    assert filled.audit.verify() == 12


def test_a_process_killed_between_a_line_and_its_end_does_no_harm(
    filled: Vault, vault_folder: Path, secret: Passphrase
) -> None:
    """The file is a line behind; the next opening sees that the log went on properly."""
    before = (vault_folder / "audit.head").read_bytes()
    filled.audit.record(Action.LOCKED)
    filled.close()
    (vault_folder / "audit.head").write_bytes(before)

    with Vault.open(vault_folder, secret) as again:
        assert again.audit.verify() == 12


def test_a_line_that_stands_is_not_reported_as_failed(vault: Vault, vault_folder: Path, secret: Passphrase) -> None:
    """Where the disk takes the line and not the small file that follows it, nothing is asked to be done again."""
    before = len(vault.audit.lines())
    blocked = vault_folder / f"{HEAD_NAME}.new"
    blocked.mkdir()

    vault.audit.record(Action.SESSION_BEGUN, vault.opaque("session", "1"))
    vault.audit.record(Action.SESSION_BEGUN, vault.opaque("session", "2"))

    assert len(vault.audit.lines()) == before + 2
    vault.audit.check_head()
    blocked.rmdir()
    vault.audit.record(Action.SESSION_BEGUN, vault.opaque("session", "3"))
    vault.close()
    with Vault.open(vault_folder, secret) as again:
        assert again.audit.verify() == before + 4
