"""``assistant pictures``: what a session looked like, for supervision: no name, no word."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003  Typer reads the annotations as the program runs
from typing import Annotated

import typer

from assistant.cli.reviewing import review_of
from assistant.cli.secret import PassphraseFile, Who  # noqa: TC001  as above


class Picture(StrEnum):
    """The kind of file."""

    SVG = "svg"
    PDF = "pdf"


def pictures(  # noqa: PLR0913  one parameter for each option of the command
    session: Annotated[str, typer.Argument(metavar="SESSION", help="Its id, or the first digits of it.")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", show_default=False, help="Folder for the file.")],
    kind: Annotated[Picture, typer.Option("--kind", help="The kind of file.")] = Picture.SVG,
    settings: Annotated[
        Path | None, typer.Option("--settings", metavar="FILE", readable=False, help="Settings file (TOML).")
    ] = None,
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """Draw talk time, turns, who referred to whom, and warnings on a time line; people are letters, anew each time."""
    from assistant.notes.export.files import deliver
    from assistant.outfolder import made
    from assistant.pipeline.drawing import pdf, svg

    with review_of(session, passphrase_file, who, settings) as room:
        shown = room.figures()
    drawn = svg(shown).encode("utf-8") if kind is Picture.SVG else pdf(shown)
    typer.echo(str(deliver(made(out), drawn, kind.value, stem="figures")))
