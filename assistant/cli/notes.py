"""``assistant notes``: the drafts that closed sessions left in the vault, one member's at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.secret import PassphraseFile, Who, open_vault
from assistant.domain import PersonId
from assistant.errors import VaultError

if TYPE_CHECKING:
    from assistant.store.sessions import Sessions

notes_app = typer.Typer(
    name="notes",
    help="List and read the drafts in the vault.",
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)
GROUP_PART = "group"
"""What the group's part is called on the command line; no person on a roster can be."""


@notes_app.command(name="list")
def list_notes(*, passphrase_file: PassphraseFile = None, who: Who = "facilitator") -> None:
    """List the sessions and whose drafts each has, by id: no name, no word."""
    from assistant.store.sessions import Sessions

    with open_vault(passphrase_file, who) as vault:
        sessions = Sessions(vault)
        lines = sessions.lines()
        if not lines:
            typer.echo("no sessions yet: run 'assistant live GROUP.toml'")
        for line in lines:
            drafts = sessions.drafts(line.id) if line.text_gone is None else {}
            people = " ".join(sorted(person or GROUP_PART for person in drafts)) or "no drafts"
            state = "closed" if line.finished else "not closed"
            typer.echo(f"{line.id}  {line.begun.astimezone():%Y-%m-%d %H:%M}  {state}  {people}")


@notes_app.command()
def show(
    session: Annotated[str, typer.Argument(metavar="SESSION", help="Its id, or the first digits of it.")],
    person: Annotated[str, typer.Argument(metavar="PERSON", help=f"The member's id, or '{GROUP_PART}'.")],
    *,
    passphrase_file: PassphraseFile = None,
    who: Who = "facilitator",
) -> None:
    """Show one member's draft of one session, and nobody else's."""
    from assistant.notes.markdown import render
    from assistant.store.audit import Action
    from assistant.store.sessions import Sessions

    with open_vault(passphrase_file, who) as vault:
        sessions = Sessions(vault)
        chosen = _chosen(sessions, session)
        draft = sessions.drafts(chosen).get(None if person == GROUP_PART else PersonId(person))
        if draft is None:
            raise VaultError(f"session {chosen} has no draft for that person: see 'assistant notes list'")
        vault.audit.record(Action.SESSION_READ, vault.opaque("draft", chosen, person))
    typer.echo(draft if isinstance(draft, str) else render(draft))


def _chosen(sessions: Sessions, beginning: str) -> str:
    """Return the id of the one session whose id begins so."""
    found = [line.id for line in sessions.lines() if line.id.startswith(beginning)]
    if len(found) != 1:
        what = "no session's id begins" if not found else f"the ids of {len(found)} sessions begin"
        raise VaultError(f"{what} with {beginning}: see 'assistant notes list'")
    return found[0]
