"""``assistant vault erase``, ``retention``, ``sessions`` and ``hold``: what is kept, how long, and its end."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.secret import PassphraseFile, Who, open_vault
from assistant.errors import InputError
from assistant.models.progress import counted
from assistant.settings import read_settings

if TYPE_CHECKING:
    import datetime as dt

    from assistant.domain import Group, PersonId
    from assistant.store.retention import Term
    from assistant.store.vault import Vault

SessionOption = Annotated[
    str | None, typer.Option("--session", metavar="ID", help="A session, as 'assistant vault sessions' lists it.")
]
MemberOption = Annotated[
    str | None, typer.Option("--member", metavar="GROUP.toml:ID", help="A member: the group file and their id in it.")
]


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


def sessions(*, passphrase_file: PassphraseFile = None, who: Who = "facilitator") -> None:
    """List the sessions in the vault: when, how much, and what of it is still kept. No name, no word."""
    from assistant.store.holds import Holds
    from assistant.store.sessions import Sessions

    with open_vault(passphrase_file, who) as vault:
        kept, holds = Sessions(vault), Holds(vault)
        for line in kept.lines():
            parts = [
                line.id,
                _day_and_time(line.begun),
                "closed" if line.finished else "UNFINISHED",
                counted(line.entries, "utterance") if line.text_gone is None else "words destroyed",
                counted(line.drafts, "draft"),
                "audio" if kept.sounds.exists(line.id) else "no audio",
            ]
            typer.echo("  ".join([*parts, "on hold"] if holds.of_session(line.id) else parts))
        if not kept.lines():
            typer.echo("no session is kept")


def erase(
    *,
    member: MemberOption = None,
    session: SessionOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    passphrase_file: PassphraseFile = None,
    who: Who = "facilitator",
) -> None:
    """Destroy a session, or all that a member said in any session. Nothing brings it back.

    The keys go, so that older copies of the vault cannot be read either; what other people said about the member is
    theirs and stays. Run 'assistant vault backup' afterwards, so that the keys beside your backups go too.
    """
    from assistant.store.erasure import erase_member, erase_session
    from assistant.store.sessions import Sessions

    what, whose = _one_of(member, session), _member(member)
    if not yes:
        typer.confirm(f"Destroy {what} for good?", abort=True)
    with open_vault(passphrase_file, who) as vault:
        sounds = Sessions(vault).sounds
        if session is not None:
            erase_session(vault, sounds, session)
        elif whose is not None:
            receipt = erase_member(vault, sounds, *_opaque(vault, whose))
            typer.echo(f"{counted(receipt.count, 'utterance')} held words of theirs")
    typer.echo(f"{what} is erased; a receipt without content is kept")
    typer.echo("run 'assistant vault backup' so that the keys beside your backups are destroyed too")


def retention(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be destroyed.")] = False,
    settings: Annotated[Path | None, typer.Option("--settings", metavar="FILE", help="The site's settings.")] = None,
    passphrase_file: PassphraseFile = None,
    who: Who = "facilitator",
) -> None:
    """Destroy what has been kept for its time: audio, words, voiceprints. Notes are never destroyed by this."""
    from assistant.store.retention import Retention, RetentionPolicy
    from assistant.store.sessions import Sessions

    live = read_settings(settings).live
    policy = RetentionPolicy(live.audio_days, live.transcript_days, live.log_years)
    with open_vault(passphrase_file, who) as vault:
        terms = Retention(vault, Sessions(vault).sounds, policy)
        due = terms.due()
        if not dry_run:
            terms.purge()
        for term in due:
            typer.echo(_told(term, dry_run=dry_run))
        if not due:
            typer.echo("nothing is due")
        upcoming = terms.next_purge()
        if upcoming is not None:
            typer.echo(f"the next thing falls due on {_day_and_time(upcoming)}")


def hold(
    switch: Annotated[Switch, typer.Argument(help="on or off", show_default=False)],
    *,
    member: MemberOption = None,
    session: SessionOption = None,
    passphrase_file: PassphraseFile = None,
    who: Who = "facilitator",
) -> None:
    """Place or lift a legal hold: what is held is destroyed neither by time nor by 'erase'."""
    from assistant.store.holds import Holds
    from assistant.store.sessions import Sessions

    what, whose = _one_of(member, session), _member(member)
    with open_vault(passphrase_file, who) as vault:
        Sessions(vault)
        holds = Holds(vault)
        changed = False
        if session is not None:
            changed = holds.place_on_session(session) if switch is Switch.ON else holds.lift_from_session(session)
        elif whose is not None:
            of = _opaque(vault, whose)
            changed = holds.place_on_member(*of) if switch is Switch.ON else holds.lift_from_member(*of)
    if switch is Switch.ON:
        typer.echo(f"{what} is on hold: nothing of it is destroyed until the hold is lifted")
    else:
        typer.echo(f"the hold on {what} is lifted" if changed else f"{what} was not on hold")


def readmit(
    *,
    member: Annotated[str, typer.Option("--member", metavar="GROUP.toml:ID", help="The group file and their id.")],
    passphrase_file: PassphraseFile = None,
    who: Who = "facilitator",
) -> None:
    """Let an erased member come back after a new consent; what they said before stays unreadable."""
    from assistant.store.erasure import readmit as let_back
    from assistant.store.sessions import Sessions

    whose = _member(member)
    with open_vault(passphrase_file, who) as vault:
        Sessions(vault)
        if whose is not None:
            let_back(vault, *_opaque(vault, whose))
    typer.echo("they can take part again, under a new key")


def _one_of(member: str | None, session: str | None) -> str:
    """Return what was asked for, in words that name nobody.

    Raises:
        InputError: Neither or both.
    """
    if (member is None) == (session is None):
        raise InputError("say one of the two: --session ID or --member GROUP.toml:ID")
    return f"session {session}" if session is not None else f"member {str(member).rpartition(':')[2]}"


def _member(named: str | None) -> tuple[Group, PersonId] | None:
    """Return the group and the person's id; None where no member was asked for.

    Raises:
        InputError: Not of that form, no such file, nobody of that id, or no member.
    """
    from assistant.domain import PersonId
    from assistant.groupfile import read_group

    if named is None:
        return None
    path, colon, person = named.rpartition(":")
    if not colon or not path or not person:
        raise InputError("--member wants the group file and an id, as in group.toml:m1")
    group = read_group(Path(path))
    if PersonId(person) not in {p.id for p in group.people if p.is_member}:
        raise InputError(f"group file {path}: no member has the id {person}")
    return group, PersonId(person)


def _opaque(vault: Vault, whose: tuple[Group, PersonId]) -> tuple[str, PersonId]:
    """Return the opaque id of the group in this vault, and the person's."""
    from assistant.store.roster_rows import group_key

    return group_key(vault, whose[0]), whose[1]


def _told(term: Term, *, dry_run: bool) -> str:
    from assistant.store.receipts import Destroyed

    # A voiceprint's and a receipt's ids tell a person nothing.
    of = f" of session {term.object_id}" if term.kind in {Destroyed.AUDIO, Destroyed.TRANSCRIPT} else ""
    if term.held:
        return f"{term.kind}{of}: on hold, kept"
    return f"{term.kind}{of}: {'would be destroyed' if dry_run else 'destroyed'}"


def _day_and_time(at: dt.datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
