"""``assistant notes``: what the review's screen does with notes, for scripts; one member's at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.handing_out import SettingsFile, attendance, export
from assistant.cli.reviewing import chosen_session, review_of, typed_text
from assistant.cli.secret import PassphraseFile, Who, open_vault
from assistant.decisions import Field
from assistant.domain import PersonId
from assistant.errors import AssistantError, GateRefusedError, InputError, VaultError

if TYPE_CHECKING:
    from assistant.domain import Note
    from assistant.store.reviews import Reviews
    from assistant.store.sessions import Sessions

notes_app = typer.Typer(
    name="notes",
    help="List, read, complete, sign and hand out the notes of closed sessions.",
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)
notes_app.command()(export)
notes_app.command()(attendance)

GROUP_PART = "group"
"""What the group's part is called on the command line; no person on a roster can be."""

SessionArgument = Annotated[str, typer.Argument(metavar="SESSION", help="Its id, or the first digits of it.")]
PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help=f"The member's id, or '{GROUP_PART}'.")]
Signature = Annotated[str, typer.Option("--signature", metavar="TEXT", help="Your name and credentials.")]


@notes_app.command(name="list")
def list_notes(*, passphrase_file: PassphraseFile = None, who: Who = "facilitator") -> None:
    """List the sessions and whose notes each has, by id: no name, no word."""
    from assistant.domain import Draft
    from assistant.store.reviews import Reviews
    from assistant.store.sessions import Sessions

    with open_vault(passphrase_file, who) as vault:
        sessions, reviews = Sessions(vault), Reviews(vault)
        lines = sessions.lines()
        if not lines:
            typer.echo("no sessions yet: run 'assistant live GROUP.toml'")
        for line in lines:
            drafts = sessions.drafts(line.id)
            signed = reviews.signed(line.id) if line.finished else {}
            state = "closed" if line.finished else "not closed"
            told = {person or GROUP_PART: "" for person in drafts} | dict.fromkeys(signed, "=signed")
            told |= {
                person: "=REFUSED"
                for person, draft in drafts.items()
                if person is not None and person not in signed and isinstance(draft, Draft) and draft.refused
            }
            people = " ".join(f"{person}{how}" for person, how in sorted(told.items())) or "no drafts"
            typer.echo(f"{line.id}  {line.begun.astimezone():%Y-%m-%d %H:%M}  {state}  {people}")


@notes_app.command()
def show(
    session: SessionArgument,
    person: PersonArgument,
    *,
    passphrase_file: PassphraseFile = None,
    who: Who = "facilitator",
) -> None:
    """Show one member's note of one session, as signed or as drafted and completed, and nobody else's."""
    from assistant.notes.markdown import render
    from assistant.store.audit import Action
    from assistant.store.reviews import Reviews
    from assistant.store.sessions import Sessions

    with open_vault(passphrase_file, who) as vault:
        sessions = Sessions(vault)
        chosen = chosen_session(sessions, session)
        whose = None if person == GROUP_PART else PersonId(person)
        note = _note(sessions, Reviews(vault), chosen, whose)
        vault.audit.record(Action.SESSION_READ, vault.opaque("draft", chosen, person))
    typer.echo(note if isinstance(note, str) else render(note))


def _note(sessions: Sessions, reviews: Reviews, session: str, person: PersonId | None) -> Note | str:
    from assistant.domain import Draft, Note
    from assistant.notes.completing import complete, complete_group, with_addenda

    signed = reviews.signed(session)
    if person is not None and person in signed:
        return with_addenda(signed[person].note, signed[person].addenda)
    kept = sessions.drafts(session)
    draft, group_note = kept.get(person), kept.get(None)
    if draft is None:
        raise VaultError(f"session {session} has no draft for that person: see 'assistant notes list'")
    if isinstance(draft, Draft) and draft.refused:
        raise GateRefusedError(f"REFUSED by the gate: this draft of session {session}; mend it with 'assistant review'")
    line = next(line for line in sessions.lines() if line.id == session)
    rulings = reviews.rulings(session) if line.text_gone is None else ()
    if isinstance(draft, Draft) and person is not None:
        group = group_note if isinstance(group_note, Note) else Note(None, session, ())
        return complete(draft, group, rulings, person)
    if isinstance(draft, Note) and person is None:
        return complete_group(draft, rulings)
    return draft.note if isinstance(draft, Draft) else draft


@notes_app.command()
def write(  # noqa: PLR0913  one parameter for each option of the command
    session: SessionArgument,
    person: PersonArgument,
    field: Annotated[str, typer.Argument(metavar="FIELD", help=f"One of: {', '.join(Field)}.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What stands there; '-' reads it from standard input.")],
    *,
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """Write a clinician's field of a note; times as HH:MM. An empty text empties it."""
    from assistant.review.picks import field_written
    from assistant.store.reviews import Reviews
    from assistant.store.sessions import Sessions

    if field not in set(Field):
        # Never repeated: it may be the text, typed in the wrong place.
        raise InputError(f"that is no field of a note: choose one of {', '.join(Field)}")
    words = typed_text(text)
    with open_vault(passphrase_file, who) as vault:
        reviews = Reviews(vault)
        chosen = chosen_session(Sessions(vault), session)
        whose = None if person == GROUP_PART else PersonId(person)
        if whose is not None and whose in reviews.signed(chosen):
            raise VaultError("this note is signed: use 'assistant notes add'")
        reviews.rule(chosen, who, field_written(whose, Field(field), words))
    typer.echo(f"kept: {field} of {person}")


@notes_app.command()
def sign(  # noqa: PLR0913  one parameter for each option of the command
    session: SessionArgument,
    people: Annotated[list[str], typer.Argument(metavar="PERSON...", help="The members' ids.")],
    *,
    signature: Signature = "",
    settings: SettingsFile = None,
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """Sign notes: the gate reads each first. Exit 3 where it refuses one; the others are signed all the same."""
    from assistant.settings import read_settings

    name = signature or read_settings(settings).notes.signature
    failures: list[AssistantError] = []
    with review_of(session, passphrase_file, who, settings) as room:
        for warning in room.overview().warnings:
            typer.echo(f"check: {warning}", err=True)
        for person in people:
            try:
                room.sign(PersonId(person), name)
            except AssistantError as failure:
                typer.echo(f"not signed: {failure}", err=True)
                failures.append(failure)
            else:
                typer.echo(f"signed: {person}")
    if failures:
        raise SystemExit(max(failure.exit_code for failure in failures))


@notes_app.command()
def add(  # noqa: PLR0913  one parameter for each option of the command
    session: SessionArgument,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The member's id.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The addendum; '-' reads it from standard input.")],
    *,
    signature: Signature = "",
    settings: SettingsFile = None,
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """Add an addendum to a signed note, which itself never changes; the gate reads it first."""
    from assistant.settings import read_settings

    words, name = typed_text(text), signature or read_settings(settings).notes.signature
    with review_of(session, passphrase_file, who, settings) as room:
        room.add(PersonId(person), words, name)
    typer.echo(f"added to the note of {person}")
