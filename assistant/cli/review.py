"""``assistant review``: correct, complete, sign and hand out, on the screen or in a browser on this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.secret import PassphraseFile, Who, open_vault, vault_folder
from assistant.errors import InputError, SessionError
from assistant.settings import read_settings

if TYPE_CHECKING:
    from assistant.review.session import ReviewSession
    from assistant.settings import Settings
    from assistant.store.vault import Vault


def review(  # noqa: PLR0913  one parameter for each option of the command
    session: Annotated[
        str, typer.Argument(metavar="[SESSION]", show_default=False, help="Its id, or the first digits of it.")
    ] = "",
    *,
    browser: Annotated[
        bool, typer.Option("--browser", help="Show it in a browser on this machine, behind the vault's passphrase.")
    ] = False,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="With --browser: which port; 0: any.")] = 0,
    in_browser: Annotated[bool, typer.Option("--in-browser", hidden=True)] = False,
    folder: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where files go unless another folder is typed.")
    ] = Path("handed-out"),
    settings: Annotated[
        Path | None, typer.Option("--settings", metavar="FILE", readable=False, help="Settings file (TOML).")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="One column without boxes, for a screen reader.")] = False,
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """Review a closed session: speakers first, then one member's note at a time, sign, hand out.

    Every key is on the screen, ? explains them. Scripts do the same with 'assistant notes'.
    """
    chosen = read_settings(settings)
    if port and not browser:
        raise InputError("--port goes with --browser")
    if in_browser:
        _refuse_without_passphrase(passphrase_file)
        raise SystemExit(_behind_the_page(session, chosen, who, folder, plain=plain))
    if browser:
        _refuse_without_passphrase(passphrase_file)
        _serve(session, settings, who, folder, port, plain=plain)
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise SessionError("a review needs a terminal to show: scripts use 'assistant notes'")
    with open_vault(passphrase_file, who) as vault:
        raise SystemExit(_on_terminal(vault, session, chosen, who, folder, plain=plain))


def _on_terminal(  # noqa: PLR0913  what the options say
    vault: Vault, session: str, settings: Settings, who: str, folder: Path, *, plain: bool
) -> int:
    from assistant.cli.live import unlocker
    from assistant.cli.reviewing import chosen_session, new_review, room_sessions
    from assistant.ui.review import run_review

    name = chosen_session(room_sessions(vault), session) if session else ""
    room = new_review(vault, settings, who)
    try:
        return run_review(
            room,
            session=name,
            unlock=unlocker(vault),
            idle_lock_minutes=settings.live.idle_lock_minutes,
            plain=plain,
            who=settings.notes.signature,
            folder=folder,
        )
    finally:
        room.close()


def _behind_the_page(session: str, settings: Settings, who: str, folder: Path, *, plain: bool) -> int:
    """Show the review to the page that this process belongs to; the passphrase is typed there."""
    from assistant.cli.live import unlocker
    from assistant.cli.reviewing import chosen_session, new_review, room_sessions
    from assistant.processes import ready_for_children
    from assistant.store.passphrase import Passphrase
    from assistant.store.vault import Vault
    from assistant.ui.review import run_review

    # The worker is started when the page has the passphrase, and by then the screen has taken the error stream.
    ready_for_children()
    opened: list[tuple[Vault, ReviewSession]] = []

    def opening(typed: str) -> ReviewSession:
        vault = Vault.open(vault_folder(), Passphrase(typed), who=who)
        try:
            room = new_review(vault, settings, who)
            if session:
                room.open(chosen_session(room_sessions(vault), session))
        except BaseException:
            vault.close()
            raise
        opened.append((vault, room))
        return room

    def unlock(typed: str) -> bool:
        opens = unlocker(opened[0][0]) if opened else None
        return opens is not None and opens(typed)

    try:
        return run_review(
            opening=opening,
            unlock=unlock,
            idle_lock_minutes=settings.live.idle_lock_minutes,
            plain=plain,
            who=settings.notes.signature,
            folder=folder,
            in_browser=True,
        )
    finally:
        for vault, room in opened:
            room.close()
            vault.close()


def _serve(  # noqa: PLR0913  what the options say
    session: str, settings: Path | None, who: str, folder: Path, port: int, *, plain: bool
) -> None:
    from assistant.cli.browser import serve

    command = [sys.executable, "-m", "assistant", "review", *([session] if session else []), "--in-browser"]
    command += ["--who", who, "--out", str(folder.absolute())]
    command += ["--settings", str(settings.absolute())] if settings is not None else []
    command += ["--plain"] if plain else []
    serve(command, port=port, say=typer.echo)


def _refuse_without_passphrase(passphrase_file: Path | None) -> None:
    """Refuse what would let in whoever opens the page."""
    from assistant.store.header import read_header, require_header

    if passphrase_file is not None:
        raise InputError("--passphrase-file does not go with --browser: the passphrase is typed in the page")
    require_header(vault_folder())
    header = read_header(vault_folder())
    if header is None or header.kind != "passphrase":
        raise InputError("a vault that the keyring opens has no passphrase to ask for in a browser")
