"""``assistant notes export`` and ``attendance``: a file for each member, under a name that says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.reviewing import chosen_session, review_of
from assistant.cli.secret import PassphraseFile, Who, open_vault
from assistant.domain import PersonId
from assistant.errors import GateRefusedError, InputError, OutputError, VaultError
from assistant.handout import FileKind, NoteFormat, Recipient
from assistant.settings import read_settings

if TYPE_CHECKING:
    import datetime as dt

    from assistant.notes.export.attendance import Attended
    from assistant.store.reviews import Reviews
    from assistant.store.sessions import Sessions

SettingsFile = Annotated[
    Path | None, typer.Option("--settings", metavar="FILE", readable=False, help="Settings file (TOML).")
]
SessionArgument = Annotated[str, typer.Argument(metavar="SESSION", help="Its id, or the first digits of it.")]
Folder = Annotated[Path, typer.Option("--out", metavar="DIR", show_default=False, help="Folder for the files.")]


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
    to: Annotated[str, typer.Option("--to", metavar="TEXT", help="Name and address of the recipient.")] = "",
    purpose: Annotated[str, typer.Option("--purpose", metavar="TEXT", help="What for.")] = "",
    consent: Annotated[
        int | None, typer.Option("--consent", metavar="N", help="Which consent, where several cover it.")
    ] = None,
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


def attendance(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The member's id.")],
    sessions: Annotated[list[str], typer.Argument(metavar="SESSION...", help="Ids of sessions of one group.")],
    *,
    out: Folder,
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """Write one member's attendance for billing as CSV; nobody else is in it."""
    from assistant.notes.export.attendance import attendance_csv
    from assistant.notes.export.files import deliver
    from assistant.store.audit import Action
    from assistant.store.reviews import Reviews
    from assistant.store.roster_rows import group_key
    from assistant.store.sessions import Sessions

    with open_vault(passphrase_file, who) as vault:
        kept, reviews = Sessions(vault), Reviews(vault)
        names = [chosen_session(kept, one) for one in dict.fromkeys(sessions)]
        groups = [kept.load(name).session.group for name in names]
        if len({group_key(vault, group) for group in groups}) != 1:
            raise InputError("the sessions are of different groups, in which one id may be two people's")
        rows = [_attended(kept, reviews, name, PersonId(person)) for name in names]
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = deliver(out, attendance_csv(rows, groups[0].part2), "csv", stem="attendance")
        vault.audit.record(Action.EXPORTED, vault.opaque("attendance", *names, person))
    typer.echo(str(path))


def _attended(sessions: Sessions, reviews: Reviews, name: str, person: PersonId) -> Attended:
    from assistant.domain import seconds
    from assistant.notes.export.attendance import Attended
    from assistant.notes.payers import times_of

    stored = sessions.load(name)
    group, end = stored.session.group, stored.processed_to
    member = next((p for p in group.members_present if p.id == person), None)
    if member is None:
        raise VaultError(f"session {name}: no member of this id was there")
    signed = reviews.signed(name).get(person)
    start, stop = ("", "") if signed is None else times_of(signed.group_note)
    until = end if member.present_until is None else min(member.present_until, end)
    return Attended(
        member=person,
        date=stored.session.date,
        start=_clock(start),
        stop=_clock(stop),
        minutes=round(seconds(max(0, until - member.present_from)) / 60),
        kind=group.kind,
        participants=len(group.members_present),
        signed=signed is not None,
    )


def _clock(text: str) -> dt.time | None:
    import datetime as dt

    return dt.time.fromisoformat(text) if text else None
