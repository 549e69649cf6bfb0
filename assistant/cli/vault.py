"""``assistant vault``: make it, change what opens it, copy it, bring a copy back."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  Typer reads the annotations as the program runs
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.secret import (
    NewPassphraseFile,
    PassphraseFile,
    UseKeyring,
    Who,
    new_secret,
    open_vault,
    secret_of,
    vault_folder,
)

if TYPE_CHECKING:
    from assistant.store.vault import Vault

vault_app = typer.Typer(
    name="vault",
    help="Keep everything at rest in one encrypted folder on this machine.",
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)


@vault_app.command()
def create(*, passphrase_file: PassphraseFile = None, keyring: UseKeyring = False, who: Who = "facilitator") -> None:
    """Make the vault. Nobody can open it without its passphrase: not the maker of this program either."""
    from assistant.store.files import require_free
    from assistant.store.vault import Vault

    folder = vault_folder()
    require_free(folder)
    with Vault.create(folder, new_secret(passphrase_file, use_keyring=keyring), who=who):
        typer.echo(f"the vault is in {folder}")
    if keyring:
        typer.echo("it opens with this machine's keyring alone: make backups, which have a passphrase of their own")
    else:
        typer.echo("write the passphrase down and keep it away from this machine: without it nothing can be read")


@vault_app.command(name="change-key")
def change_key(
    *,
    passphrase_file: PassphraseFile = None,
    new_passphrase_file: NewPassphraseFile = None,
    keyring: UseKeyring = False,
    who: Who = "facilitator",
) -> None:
    """Have another passphrase, or the keyring, open the vault from now on.

    Backups open with the old one until the next 'assistant vault backup'. If somebody else knows the old passphrase and
    may have a copy of the vault folder or of a backup, this is not enough: make a new vault.
    """
    with open_vault(passphrase_file, who) as vault:
        vault.change_key(new_secret(new_passphrase_file, use_keyring=keyring))
    typer.echo("changed: the old one opens the vault no longer; run 'assistant vault backup' so that backups follow")


@vault_app.command()
def backup(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the backups lie, best on another disk.")],
    *,
    passphrase_file: PassphraseFile = None,
    new_passphrase_file: NewPassphraseFile = None,
    who: Who = "facilitator",
) -> None:
    """Add a dated copy to FOLDER, and bring the keys in it up to date.

    The keys of sessions and members lie in one file there, which every backup replaces: whoever was erased since is
    then unreadable in the older copies too. So keep one folder, and do not copy it by other means. Audio is not in it.
    """
    from assistant.store.backup import back_up

    with open_vault(passphrase_file, who) as vault:
        secret = None
        if _needs_passphrase(vault, folder):
            typer.echo("A keyring does not outlive its machine: the backups get a passphrase.", err=True)
            secret = new_secret(new_passphrase_file)
        name = back_up(vault, folder, secret)
    typer.echo(f"{name} is in {folder}; check it now and then with 'assistant vault restore' on another machine")


@vault_app.command()
def restore(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the backups lie.")],
    *,
    copy: Annotated[
        str | None, typer.Option("--copy", metavar="NAME", help="Not the newest copy but this one.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the vault that is there.")] = False,
    passphrase_file: PassphraseFile = None,
    who: Who = "facilitator",
) -> None:
    """Put a copy in the place of the vault, after checking that it opens and that its audit log is whole.

    Whoever is known to be erased, by the vault that is replaced or by FOLDER, stays erased.
    """
    from assistant.store import backup

    done = backup.restore(
        vault_folder(), folder, lambda place: secret_of(place, passphrase_file), copy=copy, replace=replace, who=who
    )
    typer.echo(f"{done.copy} is the vault now: {done.audit_lines} audit lines, {done.erased} destroyed keys")
    if not done.log_carried:
        typer.echo("the audit log of the vault that was replaced could not be read: it ends with the copy", err=True)


def _needs_passphrase(vault: Vault, folder: Path) -> bool:
    """Whether a keyring opens the vault, and its backups in ``folder`` have no passphrase yet."""
    from assistant.store.header import NAME, read_header

    if vault.unlocked.header.kind != "keyring":
        return False
    header = read_header(folder) if (folder / NAME).is_file() else None
    return header is None or header.kind != "passphrase"
