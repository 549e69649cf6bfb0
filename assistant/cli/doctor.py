"""``assistant doctor``: what on this machine is fine, what is missing, and what to do about it."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table

from assistant.cli.checks import Check, State, checks
from assistant.cli.models import store
from assistant.errors import AssistantError

_MARK = {State.OK: "[green]ok[/]", State.WARN: "[yellow]warn[/]", State.FAIL: "[red]FAIL[/]"}


def doctor() -> None:
    """Check Python, models and digests, sound libraries, disk and permissions; exit 2 if something must be mended."""
    console = Console()
    try:
        found = checks(store())
    except AssistantError as error:
        found = (Check("settings and models", State.FAIL, str(error), "mend what the line says"),)
    render(found, console)
    failed = sum(check.state is State.FAIL for check in found)
    if failed:
        console.print(f"{failed} of {len(found)} checks failed", highlight=False)
        raise typer.Exit(2)
    console.print("ready", highlight=False)


def render(found: tuple[Check, ...], console: Console) -> None:
    """Print the checks as a table."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for check in found:
        remedy = f" -> {check.remedy}" if check.remedy else ""
        table.add_row(_MARK[check.state], check.name, _plain(check.found + remedy))
    console.print(table, highlight=False)


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
