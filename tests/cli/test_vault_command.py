"""The vault and its log from the command line, as a person or a script uses them."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from typing import IO, TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command, Ran

WORDS = "correct horse battery"
OTHER = "staple of another kind"
LONGEST_S = 60.0
IN_A_TERMINAL = "import pty, sys; sys.exit(pty.spawn([sys.executable, '-m', 'assistant', *sys.argv[1:]]) >> 8)"


def passphrase_file(folder: Path, text: str = WORDS) -> Path:
    """Return a file that its owner alone may read."""
    path = folder / f"{text[:6]}.txt"
    path.write_text(f"{text}\r\n", encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """The file with the passphrase."""
    return passphrase_file(tmp_path)


@pytest.fixture
def made(assistant: Command, words: Path) -> Ran:
    """What was said as the vault was made."""
    return assistant("vault", "create", "--passphrase-file", words, first=assistant.network_refused)


def test_a_vault_is_made_and_its_log_is_whole(assistant: Command, made: Ran, words: Path) -> None:
    """The place is told, a second one is refused, the log lists both openings, and no socket is asked for."""
    assert made.code == 0, made.err
    assert str(assistant.home / "vault") in made.out
    assert "is not empty" in assistant("vault", "create", "--passphrase-file", words).one_clear_line()
    shown = assistant("audit", "show", "--passphrase-file", words, "--who", "dana-2", COLUMNS="80")
    rows = [line.split() for line in shown.out.splitlines()[1:]]

    assert [(row[0], row[3], " ".join(row[4:6])) for row in rows] == [
        ("1", "facilitator", "vault created"),
        ("2", "facilitator", "vault opened"),
        ("3", "dana-2", "vault opened"),
    ]
    verified = assistant("audit", "verify", "--passphrase-file", words, first=assistant.network_refused)
    noted = re.search(r"4 lines.*write down: (4:[0-9a-f]{16})$", verified.out.strip())
    assert noted is not None
    assert assistant("audit", "verify", "--passphrase-file", words, "--seen", noted[1]).code == 0
    refused = assistant("audit", "verify", "--passphrase-file", words, "--seen", "9:0000")
    assert "does not hold 9:0000" in refused.one_clear_line()


def test_a_passphrase_is_changed(assistant: Command, made: Ran, words: Path, tmp_path: Path) -> None:
    """The new one opens the vault, the old one does not, and neither is written anywhere."""
    new = passphrase_file(tmp_path, OTHER)
    changed = assistant("vault", "change-key", "--passphrase-file", words, "--new-passphrase-file", new)

    assert changed.code == 0, changed.err
    assert "wrong passphrase" in assistant("audit", "verify", "--passphrase-file", words).one_clear_line()
    assert assistant("audit", "verify", "--passphrase-file", new).code == 0
    for name, content in assistant.left_behind().items():
        assert WORDS.encode() not in content, name
        assert OTHER.encode() not in content, name


def test_a_backup_comes_back(assistant: Command, made: Ran, words: Path, tmp_path: Path) -> None:
    """On the same machine with --replace, and only then; the log says so."""
    backups = tmp_path / "backups"
    wrote = assistant("vault", "backup", backups, "--passphrase-file", words)
    assert wrote.code == 0, wrote.err
    assert "never overwritten" in assistant("vault", "restore", backups, "--passphrase-file", words).one_clear_line()
    back = assistant("vault", "restore", backups, "--replace", "--passphrase-file", words)

    assert back.code == 0, back.err
    assert wrote.out.split()[0] in back.out
    assert "restored" in assistant("audit", "show", "--last", "2", "--passphrase-file", words).out


def test_lines_cut_off_are_reported_and_mended_on_request(assistant: Command, made: Ran, words: Path) -> None:
    """Nothing opens the vault before a person has decided; and the log keeps that."""
    (assistant.home / "vault" / "audit.head").unlink()
    line = assistant("audit", "verify", "--passphrase-file", words).one_clear_line()
    mended = assistant("audit", "mend", "--passphrase-file", words)

    assert "assistant audit mend" in line
    assert mended.code == 0, mended.err
    assert assistant("audit", "verify", "--passphrase-file", words).code == 0
    assert "audit head mended" in assistant("audit", "show", "--passphrase-file", words).out


@pytest.mark.parametrize("command", [("vault", "change-key"), ("vault", "backup", "b"), ("audit", "show")])
def test_without_a_vault_it_says_how_to_make_one(assistant: Command, words: Path, command: tuple[str, ...]) -> None:
    """One clear line, before a passphrase is asked for."""
    assert "assistant vault create" in assistant(*command).one_clear_line()
    assert assistant.left_behind() == {}


def test_bad_passphrases_are_one_clear_line(assistant: Command, words: Path, tmp_path: Path) -> None:
    """Too short, readable by others, missing, no text, or nowhere to ask: refused, and no vault is made."""
    short = passphrase_file(tmp_path, "short")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "binary").chmod(0o600)
    words.chmod(0o644)
    for file, expected in (
        (short, "at least 8 characters"),
        (words, "can be read by others"),
        (tmp_path / "none", "No such file"),
        (tmp_path / "binary", "not UTF-8"),
    ):
        assert expected in assistant("vault", "create", "--passphrase-file", file).one_clear_line()
    assert "use --passphrase-file" in without_terminal(assistant).one_clear_line()

    assert assistant.left_behind() == {}


def without_terminal(assistant: Command) -> Ran:
    """Make a vault where nobody can be asked."""
    return assistant("vault", "create", first="import os, sys; sys.stdin = open(os.devnull)")


@pytest.mark.parametrize("backend", ["null.Keyring", "fail.Keyring", "no.such.Keyring"])
def test_a_keyring_that_keeps_nothing_is_refused(assistant: Command, backend: str) -> None:
    """One clear line that says what to do instead."""
    refused = assistant("vault", "create", "--keyring", PYTHON_KEYRING_BACKEND=f"keyring.backends.{backend}")

    assert "use a passphrase instead" in refused.one_clear_line()
    assert assistant.left_behind() == {}


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is of POSIX systems")
@pytest.mark.parametrize("second", [WORDS, OTHER], ids=["the same twice", "two that differ"])
def test_a_typed_passphrase_is_asked_for_twice_and_never_shown(assistant: Command, second: str) -> None:
    """Making a vault asks twice and opening it once; what is typed does not appear on the screen."""
    first_run = typed(assistant, ("vault", "create"), [("New passphrase", WORDS), ("once more", second)])

    assert WORDS not in first_run
    assert second not in first_run
    if second == WORDS:
        opened = typed(assistant, ("audit", "verify"), [("Passphrase of", WORDS)])
        assert "3 lines, each as it was written" in opened
        assert WORDS not in opened
    else:
        assert "the two passphrases differ" in first_run
        assert assistant.left_behind() == {}


def typed(assistant: Command, words: tuple[str, ...], answers: list[tuple[str, str]]) -> str:
    """Run a command in a terminal, type an answer when its question is on the screen, and return the whole screen."""
    process = subprocess.Popen(
        [sys.executable, "-c", IN_A_TERMINAL, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=assistant.here,
        env={**os.environ, "ASSISTANT_HOME": str(assistant.home), "TMPDIR": str(assistant.temp)},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        screen = ""
        for question, answer in answers:
            screen += read_until(process.stdout, question)
            process.stdin.write(f"{answer}\n".encode())
            process.stdin.flush()
        screen += read_until(process.stdout, None)
        process.stdin.close()
    return screen


def read_until(screen: IO[bytes], expected: str | None) -> str:
    """Return what appears up to the expected words and the colon behind them; None: up to the end."""
    seen = b""
    deadline = time.monotonic() + LONGEST_S
    while expected is None or expected.encode() not in seen or not seen.endswith(b": "):
        assert time.monotonic() < deadline, seen
        ready, _, _ = select.select([screen], [], [], 1.0)
        if not ready:
            continue
        more = os.read(screen.fileno(), 4096)
        if not more:
            assert expected is None, seen
            break
        seen += more
    return seen.decode()
