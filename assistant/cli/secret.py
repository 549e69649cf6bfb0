"""How a command gets what opens the vault: typed and not shown, from a file for scripts, or from the keyring.

Never as a word of the command line or from the environment: other programs can read both.
"""

from __future__ import annotations

import getpass
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import VaultError
from assistant.settings import home

if TYPE_CHECKING:
    from assistant.store.header import Secret
    from assistant.store.vault import Vault

PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", metavar="FILE", help="Read the passphrase from this file's first line."),
]
NewPassphraseFile = Annotated[
    Path | None,
    typer.Option("--new-passphrase-file", metavar="FILE", help="Read the new passphrase from this file's first line."),
]
UseKeyring = Annotated[
    bool,
    typer.Option(
        "--keyring",
        help="Let the operating system's keyring keep the secret: whoever is logged in opens the vault, and without "
        "this machine's keyring nobody does.",
    ),
]
Who = Annotated[str, typer.Option("--who", metavar="ID", help="Your operator id in the audit log.")]
_LONGEST_LINE = 1024


def vault_folder() -> Path:
    """Return where this person's vault lies."""
    return home().expanduser().absolute() / "vault"


def open_vault(passphrase_file: Path | None = None, who: str = "facilitator", *, mend: bool = False) -> Vault:
    """Return the vault, opened with what its header asks for; whoever calls closes it.

    Args:
        passphrase_file: Where the passphrase is, instead of asking for it.
        who: The operator, for the audit log.
        mend: Open although the end of the audit log is not where its file says.

    Raises:
        VaultError: There is no vault, or it does not open.
    """
    from assistant.store.vault import Vault

    folder = vault_folder()
    return Vault.open(folder, secret_of(folder, passphrase_file), who=who, mend_audit_head=mend)


def secret_of(folder: Path, passphrase_file: Path | None = None) -> Secret:
    """Return what opens the header in ``folder``, asking for it where it is a passphrase.

    Raises:
        VaultError: There is no header, no terminal to ask in, or no keyring.
    """
    from assistant.store.header import read_header
    from assistant.store.passphrase import Passphrase

    header = read_header(folder)
    if header is not None and header.kind == "keyring":
        return _keyring()
    if passphrase_file is not None:
        return Passphrase(_first_line(passphrase_file))
    return Passphrase(_asked(f"Passphrase of {folder}: "))


def new_secret(passphrase_file: Path | None = None, *, use_keyring: bool = False) -> Secret:
    """Return what is to open a vault from now on; a passphrase is asked for twice.

    Raises:
        VaultError: The two differ, both ways are given, there is no terminal to ask in, or no keyring.
    """
    from assistant.store.passphrase import SHORTEST, Passphrase

    if use_keyring:
        if passphrase_file is not None:
            raise VaultError("choose one: a passphrase or --keyring")
        return _keyring()
    if passphrase_file is not None:
        return Passphrase(_first_line(passphrase_file))
    first = _asked(f"New passphrase (at least {SHORTEST} characters, better four or more unrelated words): ")
    if _asked("The same once more: ") != first:
        raise VaultError("the two passphrases differ: nothing was changed, start again")
    return Passphrase(first)


def _keyring() -> Secret:
    from assistant.store.keychain import KeyringSecret, system_keychain

    return KeyringSecret(system_keychain())


def _asked(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise VaultError("there is no terminal to ask for the passphrase in: use --passphrase-file FILE")
    try:
        return getpass.getpass(prompt)
    except EOFError:
        raise VaultError("no passphrase was typed: nothing was done") from None


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            mode = os.fstat(file.fileno()).st_mode
            line = file.readline(_LONGEST_LINE)
    except UnicodeDecodeError:
        raise VaultError(f"the passphrase file {path} is not UTF-8 text") from None
    except OSError as failure:
        raise VaultError(f"cannot read the passphrase file {path}: {failure.strerror}") from None
    if os.name == "posix" and stat.S_ISREG(mode) and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise VaultError(f"the passphrase file {path} can be read by others: chmod 600 it")
    return line.rstrip("\r\n")
