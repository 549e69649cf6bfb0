"""``assistant disclosures``: to whom what was disclosed, when and why (45 CFR 164.528)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from assistant.cli.options import parsed_date
from assistant.cli.reviewing import member_of
from assistant.cli.secret import PassphraseFile, Who, open_vault
from assistant.errors import InputError
from assistant.handout import HandOut, Recipient

disclosures_app = typer.Typer(
    name="disclosures",
    help="Show the disclosure log of a member, and add what was told without a note.",
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)
Member = Annotated[str, typer.Argument(metavar="GROUP.toml:ID", help="The group file and the member's id in it.")]


@disclosures_app.command(name="list")
def list_disclosures(
    member: Member,
    *,
    accounting: Annotated[
        bool, typer.Option("--accounting", help="Only what an accounting to the member lists.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """List what was disclosed of one member: number, day, recipient, what, and for what purpose."""
    from assistant.store.audit import Action
    from assistant.store.reviews import Reviews

    group, person = member_of(member)
    with open_vault(passphrase_file, who) as vault:
        lines = Reviews(vault).hand_outs(group, person, accountable=accounting)
        vault.audit.record(Action.SESSION_READ, vault.opaque("disclosures", person))
    for line in lines:
        told = (f"{line.number}", f"{line.at.astimezone():%Y-%m-%d}", line.recipient, line.description, line.purpose)
        typer.echo("  ".join([*told, *(["accountable"] if line.accountable else [])]))
    if not lines:
        typer.echo("nothing is in the log")


@disclosures_app.command()
def add(  # noqa: PLR0913  one parameter for each option of the command
    member: Member,
    *,
    to: Annotated[str, typer.Option("--to", metavar="TEXT", help="Name, and address where it is known.")],
    description: Annotated[str, typer.Option("--description", metavar="TEXT", help="What was told.")],
    purpose: Annotated[str, typer.Option("--purpose", metavar="TEXT", help="What for.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="When, like 2026-01-31; else today.")] = None,
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """Add what was disclosed without a note: a report, a warning. An accounting to the member will list it."""
    from assistant.store.reviews import Reviews

    group, person = member_of(member)
    if not (to.strip() and description.strip() and purpose.strip()):
        raise InputError("the disclosure log needs all three: --to, --description and --purpose")
    day = parsed_date(on)
    with open_vault(passphrase_file, who) as vault:
        now = vault.clock.now()
        at = now if day is None else dt.datetime.combine(day, dt.time(12), now.astimezone().tzinfo)
        if at > now:
            raise InputError("--on: the log holds what was disclosed, not what is to come")
        line = HandOut(
            number=0,
            at=at,
            who=who,
            member=person,
            session="",
            kind=Recipient.OTHER,
            recipient=to.strip(),
            description=description.strip(),
            purpose=purpose.strip(),
            accountable=True,
        )
        kept = Reviews(vault).log(group, line)
    typer.echo(f"line {kept.number} is in the log")
