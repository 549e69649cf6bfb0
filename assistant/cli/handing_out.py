"""``assistant notes export`` and ``attendance``: a file for each member, under a name that says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.reviewing import chosen_session, review_of
from assistant.cli.secret import PassphraseFile, Who, open_vault
from assistant.domain import PersonId
from assistant.errors import GateRefusedError, InputError, OutputError
from assistant.handout import FileKind, NoteFormat, Recipient
from assistant.settings import read_settings

SettingsFile = Annotated[
    Path | None, typer.Option("--settings", metavar="FILE", readable=False, help="Settings file (TOML).")
]
SessionArgument = Annotated[str, typer.Argument(metavar="SESSION", help="Its id, or the first digits of it.")]
Folder = Annotated[Path, typer.Option("--out", metavar="DIR", show_default=False, help="Folder for the files.")]
To = Annotated[str, typer.Option("--to", metavar="TEXT", help="Name and address of the recipient.")]
Purpose = Annotated[str, typer.Option("--purpose", metavar="TEXT", help="What for.")]
ConsentNumber = Annotated[
    int | None, typer.Option("--consent", metavar="N", help="Which consent, where several cover it.")
]


def export(  # noqa: PLR0913  one parameter for each option of the command
    session: SessionArgument,
    people: Annotated[
        list[str] | None, typer.Argument(metavar="[PERSON]...", help="The members' ids; else all whose note is signed.")
    ] = None,
    *,
    out: Folder,
    recipient: Annotated[Recipient, typer.Option("--for", help="Who is to have it.")] = Recipient.RECORD,
    form: Annotated[
        NoteFormat | None, typer.Option("--format", help="The order in which a note tells; else as the settings say.")
    ] = None,
    kind: Annotated[FileKind, typer.Option("--kind", help="The kind of file.")] = FileKind.DOCX,
    to: To = "",
    purpose: Purpose = "",
    consent: ConsentNumber = None,
    settings: SettingsFile = None,
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """Hand out signed notes, one file for each member, and keep the disclosure log. Exit 3 where the gate refuses one.

    Without a signature, a consent that is needed, or a passing gate there is no file.
    """
    from assistant.review.view import HandOutOrder, Step

    chosen = form or read_settings(settings).notes.format
    with review_of(session, passphrase_file, who, settings) as room:
        signed = [n.person.id for n in room.overview().notes if n.person is not None and n.step is Step.SIGNED]
        whose = tuple(PersonId(p) for p in people) if people else tuple(signed)
        if not whose:
            raise InputError("no note of this session is signed: see 'assistant notes sign'")
        done = room.hand_out(HandOutOrder(whose, recipient, chosen, kind, out, to, purpose, consent))
    for one in done:
        if one.file is not None:
            typer.echo(f"{one.person}: {one.file}")
        else:
            typer.echo(f"not handed out: {one.refused}", err=True)
    if any(one.file is None for one in done):
        gate = any(one.by_gate for one in done)
        raise SystemExit(GateRefusedError.exit_code if gate else OutputError.exit_code)


def attendance(  # noqa: PLR0913  one parameter for each option of the command
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The member's id.")],
    sessions: Annotated[list[str], typer.Argument(metavar="SESSION...", help="Ids of sessions of one group.")],
    *,
    out: Folder,
    recipient: Annotated[Recipient, typer.Option("--for", help="Who is to have it.")] = Recipient.RECORD,
    to: To = "",
    purpose: Purpose = "",
    consent: ConsentNumber = None,
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """Write one member's attendance for billing as CSV; nobody else is in it. Consent and log are as for a note."""
    from assistant.review.attending import AttendanceOrder, hand_out_attendance
    from assistant.store.sessions import Sessions

    with open_vault(passphrase_file, who) as vault:
        kept = Sessions(vault)
        names = tuple(chosen_session(kept, one) for one in dict.fromkeys(sessions))
        order = AttendanceOrder(PersonId(person), names, out, recipient, to, purpose, consent)
        path = hand_out_attendance(vault, order, who)
    typer.echo(str(path))
