"""The review as a command uses it: the vault open, one session taken up, and waiting where the worker reads."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.cli.secret import open_vault
from assistant.errors import InputError, SessionError, VaultError
from assistant.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant.domain import Group, PersonId
    from assistant.review.session import ReviewSession
    from assistant.settings import Settings
    from assistant.store.sessions import Sessions
    from assistant.store.vault import Vault

_LOOK_S = 0.1


@contextmanager
def review_of(
    session: str, passphrase_file: Path | None, who: str, settings: Path | None = None
) -> Iterator[ReviewSession]:
    """Open the vault and take up a session; whatever the worker has to do first is waited for.

    Args:
        session: The session's id, or its first digits.
        passphrase_file: Where the passphrase is, instead of asking for it.
        who: Operator id.
        settings: Settings file.

    Raises:
        VaultError: The vault does not open, or holds no such session.
        ModelError: A model is missing or damaged.
        SessionError: The worker could not do its part.
    """
    chosen = read_settings(settings)
    with open_vault(passphrase_file, who) as vault:
        room = new_review(vault, chosen, who)
        try:
            room.open(chosen_session(room_sessions(vault), session))
            wait_for(room)
            yield room
        finally:
            room.close()


def new_review(vault: Vault, settings: Settings, who: str) -> ReviewSession:
    """Return the review of a vault; whoever calls closes it before the vault.

    Raises:
        ModelError: A model is missing or damaged.
    """
    from assistant.cli.review_wiring import DeskBuilder
    from assistant.review.session import ReviewSession

    builder = DeskBuilder(settings)
    builder.require()
    return ReviewSession(vault, builder, settings, who)


def room_sessions(vault: Vault) -> Sessions:
    """Return the vault's sessions."""
    from assistant.store.sessions import Sessions

    return Sessions(vault)


def wait_for(room: ReviewSession) -> None:
    """Wait until the session is read as decided; a bar on the terminal tells how far it is.

    Raises:
        SessionError: The worker could not do its part.
    """
    from rich.console import Console

    from assistant.cli.progress import Bar
    from assistant.review.view import Step

    console = Console(stderr=True, quiet=not sys.stderr.isatty())
    with Bar(console) as bar:
        said = ""
        while True:
            now = room.overview()
            if now.problem is not None:
                raise SessionError(now.problem)
            if now.work is None and not any(note.step is Step.STALE for note in now.notes):
                return
            if now.work is not None:
                if now.work.what != said:
                    said = now.work.what
                    bar.stage(said, now.work.total or None)
                bar.advance(now.work.done)
            time.sleep(_LOOK_S)


def chosen_session(sessions: Sessions, beginning: str) -> str:
    """Return the id of the one session whose id begins so.

    Raises:
        VaultError: None does, or several do.
    """
    found = [line.id for line in sessions.lines() if line.id.startswith(beginning)]
    if len(found) != 1 or not beginning:
        what = "no session's id begins" if not found else f"the ids of {len(found)} sessions begin"
        raise VaultError(f"{what} so: see 'assistant notes list'")
    return found[0]


def member_of(named: str, option: str = "the member") -> tuple[Group, PersonId]:
    """Return the group and the member's id of ``GROUP.toml:ID``.

    Raises:
        InputError: Not of that form, no such file, or no member of that id.
    """
    from pathlib import Path

    from assistant.domain import PersonId
    from assistant.groupfile import read_group

    path, colon, person = named.rpartition(":")
    if not colon or not path or not person:
        raise InputError(f"{option} is named by the group file and an id, as in group.toml:m1")
    group = read_group(Path(path))
    if PersonId(person) not in {p.id for p in group.people if p.is_member}:
        raise InputError(f"group file {path}: no member has this id")
    return group, PersonId(person)


def typed_text(text: str) -> str:
    """Return a text from the command line; ``-`` reads it from standard input, which no other program sees.

    Raises:
        InputError: Standard input is not UTF-8 text.
    """
    if text != "-":
        return text
    try:
        return sys.stdin.buffer.read().decode("utf-8").strip()
    except UnicodeDecodeError:
        raise InputError("standard input is not UTF-8 text") from None
