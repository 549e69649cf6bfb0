"""The commands: the only place where objects are wired together."""

from __future__ import annotations

import sys

import typer

from assistant import __version__, crash
from assistant.cli.audit import audit_app
from assistant.cli.consent import consent_app
from assistant.cli.disclosures import disclosures_app
from assistant.cli.doctor import doctor
from assistant.cli.erasing import erase, hold, readmit, retention, sessions
from assistant.cli.evaluate import evaluate
from assistant.cli.live import live
from assistant.cli.microphone import microphone_app
from assistant.cli.models import models_app
from assistant.cli.notes import notes_app
from assistant.cli.pictures import pictures
from assistant.cli.review import review
from assistant.cli.sample import sample
from assistant.cli.session import demo, process
from assistant.cli.vault import vault_app
from assistant.errors import AssistantError
from assistant.models.offline import go_offline

app = typer.Typer(
    name="assistant",
    help="Listen to a group session and draft one note per member that holds nobody else, on this machine alone.",
    no_args_is_help=True,
    add_completion=False,
    # Typer's own tracebacks print local variables, and those hold speech.
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(short_help="Run a session: words, names and warnings as they come.")(live)
app.command(short_help="Correct, complete, sign and hand out notes.")(review)
app.command(short_help="Turn a recording or transcript into drafts.")(process)
app.command(short_help="Show all of it on the sample session.")(demo)
app.command(short_help="Draw a session without names, for supervision.")(pictures)
app.command(short_help="Make a sample to teach with.")(sample)
app.command(short_help="Measure leaks and more on gold sessions.")(evaluate)
app.command(short_help="Say what is fine, what is missing, what to do.")(doctor)
for command in (sessions, erase, retention, hold, readmit):
    vault_app.command()(command)
app.add_typer(microphone_app, name="microphone", short_help="List the microphones, and try one.")
app.add_typer(notes_app, name="notes", short_help="List, read, complete, sign and hand out notes.")
app.add_typer(consent_app, name="consent", short_help="Keep members' consents to a release.")
app.add_typer(disclosures_app, name="disclosures", short_help="Show and add to the disclosure log.")
app.add_typer(vault_app, name="vault", short_help="Make, open, copy, restore and clear the vault.")
app.add_typer(audit_app, name="audit", short_help="Show and check who did what and when.")
app.add_typer(models_app, name="models", short_help="Install, list, verify, add and carry the weights.")


def _version(wanted: bool) -> None:  # noqa: FBT001  the signature that the option's callback has
    if wanted:
        typer.echo(f"assistant {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(  # noqa: FBT001  a flag on the command line; its callback acts
        False,  # noqa: FBT003  its default
        "--version",
        callback=_version,
        is_eager=True,
        help="Print the version and leave.",
    ),
) -> None:
    """Listen to a group session and draft one note per member that holds nobody else, on this machine alone."""


def main() -> None:
    """Run the command line; one clear line on standard error and an exit code for whatever goes wrong."""
    go_offline()
    crash.install()
    # Typer puts its own traceback printer in place while a command runs; inside the guard ours has the last word.
    with crash.guard():
        try:
            app()
        except AssistantError as error:
            typer.echo(f"assistant: {error}", err=True)
            sys.exit(error.exit_code)
