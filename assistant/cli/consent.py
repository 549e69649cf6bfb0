"""``assistant consent``: a member's written consents to a release, with every element of 42 CFR 2.31."""

from __future__ import annotations

import datetime as dt
from pathlib import Path  # noqa: TC003  Typer reads the annotations as the program runs
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.reviewing import member_of
from assistant.cli.secret import PassphraseFile, Who, open_vault
from assistant.errors import InputError
from assistant.handout import Recipient, ReleaseConsent
from assistant.tables import read_toml, refuse_unknown, typed

if TYPE_CHECKING:
    from assistant.domain import Part2

consent_app = typer.Typer(
    name="consent",
    help="Keep, list and revoke members' written consents to a release.",
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)
Member = Annotated[str, typer.Argument(metavar="GROUP.toml:ID", help="The group file and the member's id in it.")]

_TEXTS = (
    "patient",
    "discloser",
    "description",
    "recipients",
    "purpose",
    "revocation",
    "expiry",
    "refusal",
    "signed_by",
)
_DAYS = ("expires", "signed_on")


@consent_app.command()
def add(
    member: Member,
    *,
    file: Annotated[Path, typer.Option("--file", metavar="FILE", help="The consent's elements (TOML).")],
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """Keep a consent from a file: patient, discloser, description, recipients, kinds, purpose, revocation, expiry or
    expires, refusal, signed_by, signed_on, and names_private for psychotherapy or SUD counselling notes.
    """  # noqa: D205  the help shows it as one paragraph
    from assistant.store.reviews import Reviews

    group, person = member_of(member)
    consent = read_consent(file)
    with open_vault(passphrase_file, who) as vault:
        number = Reviews(vault).keep_consent(group, person, consent)
    typer.echo(f"consent {number} of {person} is kept")
    empty = _empty(consent, group.part2)
    if empty:
        typer.echo(f"not usable yet, these are missing: {', '.join(empty)}; add it anew when they are there", err=True)


@consent_app.command(name="list")
def list_consents(member: Member, *, passphrase_file: PassphraseFile = None, who: Who = "clinician") -> None:
    """List a member's consents: number, kinds of recipient, signed, until when, what is missing. No word of them."""
    from assistant.store.reviews import Reviews

    group, person = member_of(member)
    with open_vault(passphrase_file, who) as vault:
        consents = Reviews(vault).consents(group, person)
    for one in consents:
        until = one.expires.isoformat() if one.expires else "as it says" if one.expiry else "?"
        told = [f"{one.number}", ",".join(one.kinds) or "no kind", f"signed {one.signed_on or '?'}", f"until {until}"]
        told += [f"revoked {one.revoked_on}"] if one.revoked_on else []
        empty = _empty(one, group.part2)
        typer.echo("  ".join([*told, *([f"missing: {', '.join(empty)}"] if empty else [])]))
    if not consents:
        typer.echo("no consent is kept")


@consent_app.command()
def revoke(
    member: Member,
    number: Annotated[int, typer.Argument(metavar="N", help="As 'assistant consent list' numbers it.")],
    *,
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """Take a consent back: from now on no release rests on it."""
    from assistant.store.reviews import Reviews

    group, person = member_of(member)
    with open_vault(passphrase_file, who) as vault:
        Reviews(vault).revoke_consent(group, person, number)
    typer.echo(f"consent {number} of {person} is revoked")


def read_consent(path: Path) -> ReleaseConsent:
    """Return the consent of a TOML file; what is missing in it stays empty.

    Raises:
        InputError: The file cannot be read, has an unknown key, or a value of another kind.
    """
    where = f"consent file {path}"
    table = read_toml(path, InputError, "consent file")
    refuse_unknown(table, (*_TEXTS, *_DAYS, "kinds", "names_private"), InputError, where)
    texts = {key: (typed(table, key, str, InputError, where) or "").strip() for key in _TEXTS}
    kinds: list[Any] = typed(table, "kinds", list, InputError, where) or []
    wrong = [kind for kind in kinds if kind not in set(Recipient)]
    if wrong:
        raise InputError(f"{where}: 'kinds' holds any of {', '.join(Recipient)}")
    return ReleaseConsent(
        number=0,
        kinds=tuple(Recipient(kind) for kind in kinds),
        names_private=typed(table, "names_private", bool, InputError, where) or False,
        expires=typed(table, "expires", dt.date, InputError, where),
        signed_on=typed(table, "signed_on", dt.date, InputError, where),
        patient=texts["patient"],
        discloser=texts["discloser"],
        description=texts["description"],
        recipients=texts["recipients"],
        purpose=texts["purpose"],
        revocation=texts["revocation"],
        expiry=texts["expiry"],
        refusal=texts["refusal"],
        signed_by=texts["signed_by"],
    )


def _empty(consent: ReleaseConsent, part2: Part2) -> tuple[str, ...]:
    """Return the elements without which no release rests on it."""
    from assistant.notes.presets import lacking

    kind = consent.kinds[0] if consent.kinds else Recipient.OTHER
    return tuple(f for f in lacking(consent, kind, part2, dt.datetime.now().astimezone().date()) if f != "revoked")
