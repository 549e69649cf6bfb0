"""``assistant audit``: who did what and when, without any content."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.cli.secret import PassphraseFile, Who, open_vault

audit_app = typer.Typer(
    name="audit",
    help="Show and check the log of what was done: no speech and no names are in it.",
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)
_ID_SHOWN = 12
"""Digits: enough to tell objects apart on a narrow screen."""
_SECONDS = len("2026-01-31T12:00:00")


@audit_app.command()
def verify(
    *,
    seen: Annotated[
        str | None, typer.Option("--seen", metavar="N:CODE", help="What this command printed on an earlier day.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    who: Who = "facilitator",
) -> None:
    """Check that no line was changed, taken out, added or cut off.

    Somebody who knows the passphrase, or puts back the whole vault folder of an earlier day, can still pretend. Write
    down what this prints, away from this machine, and give it later as --seen: then that shows too.
    """
    with open_vault(passphrase_file, who) as vault:
        count = vault.audit.verify(seen)
        typer.echo(f"{count} lines, each as it was written; to be sure later, write down: {vault.audit.end()}")


@audit_app.command()
def show(
    *,
    last: Annotated[int | None, typer.Option("--last", metavar="N", min=1, help="Only the newest lines.")] = None,
    passphrase_file: PassphraseFile = None,
    who: Who = "facilitator",
) -> None:
    """List the lines: number, time (UTC), operator, action, object, outcome."""
    with open_vault(passphrase_file, who) as vault:
        lines = vault.audit.lines()
    table = Table(box=None, pad_edge=False)
    table.add_column("line", justify="right", no_wrap=True)
    for heading in ("time (UTC)", "who", "action", "object", "outcome"):
        table.add_column(heading, overflow="fold")
    for line in lines[-last:] if last else lines:
        when = line.at[:_SECONDS].replace("T", " ")
        table.add_row(str(line.line), when, line.who, line.action, line.object[:_ID_SHOWN], line.outcome)
    Console().print(table, highlight=False, markup=False)


@audit_app.command()
def mend(*, passphrase_file: PassphraseFile = None, who: Who = "facilitator") -> None:
    """Open a vault whose log does not end where it should, and record in the log that this was done.

    That happens when somebody cut off lines or changed the file 'audit.head', perhaps also when a disk lied about what
    it had written. Which of them it was, the time of the last lines may tell: see 'assistant audit show' afterwards.
    """
    with open_vault(passphrase_file, who, mend=True) as vault:
        typer.echo(f"mended and recorded; the log ends at {vault.audit.end()}")
