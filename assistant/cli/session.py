"""``assistant process`` and ``assistant demo``: a session from its source to the drafts on disk."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.cli.models import install_missing, store
from assistant.cli.progress import Bar
from assistant.cli.source import Source
from assistant.domain import PersonId
from assistant.errors import GateRefusedError, InputError
from assistant.groupfile import read_group, require_recording_consent
from assistant.settings import Settings, read_settings

if TYPE_CHECKING:
    from assistant.domain import Group

SAMPLE = "dev-skills-02"
"""The sample that ``demo`` shows: three minutes with warnings of most kinds."""


def process(  # noqa: PLR0913  one parameter for each option of the command
    source: Annotated[Path, typer.Argument(help="A recording (any audio or video file), or a .vtt, .srt or .json.")],
    group: Annotated[Path, typer.Option("--group", "-g", help="The group file (TOML).")],
    drafts: Annotated[Path, typer.Option("--drafts", "-d", help="Folder for the drafts; new or empty.")],
    machine: Annotated[Path | None, typer.Option("--machine", help="Also write everything as JSON. Private.")] = None,
    settings: Annotated[Path | None, typer.Option("--settings", help="Settings file (TOML).")] = None,
    name_voices: Annotated[str | None, typer.Option(help='Whose the anonymous voices are: "A=m1,B=m3".')] = None,
    channels: Annotated[str | None, typer.Option(help='Whose microphone each track is: "1=f,2=m1".')] = None,
    date: Annotated[str | None, typer.Option(help="Day of the session, like 2026-01-31; else the file's own.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the drafts of an earlier run.")] = False,  # noqa: FBT002  a flag
) -> None:
    """Process one session: one draft note per member present, and the group's part."""
    roster = read_group(group)
    require_recording_consent(roster, f"group file {group}")
    chosen = Source(
        source,
        named_voices={k: _person(v, roster, "--name-voices") for k, v in _pairs(name_voices, "--name-voices")},
        channels=_tracks(channels, roster),
        date=_date(date),
    )
    _run(chosen, roster, read_settings(settings), drafts, machine, replace=replace)


def demo(
    drafts: Annotated[Path | None, typer.Option("--drafts", "-d", help="Where the drafts go; else a new folder.")] = None,
) -> None:
    """Process the sample session, from installing the models to the drafts."""
    console = Console()
    install_missing(store(), console)
    sample = samples_folder() / SAMPLE
    folder = drafts if drafts is not None else Path(tempfile.mkdtemp(prefix="assistant-demo-"))
    console.print(
        f"Sample session [bold]{SAMPLE}[/bold]: invented people, synthetic voices, three minutes.", highlight=False
    )
    source = Source(sample / f"{SAMPLE}.flac", named_voices={}, channels={})
    _run(source, read_group(sample / "group.toml"), read_settings(), folder, None, replace=False)


def samples_folder() -> Path:
    """Return the folder of the sample sessions, in the package or in a checkout.

    Raises:
        InputError: The program was installed without them.
    """
    package = Path(str(resources.files("assistant")))
    for folder in (package / "_samples", package.parent / "samples"):
        if folder.is_dir():
            return folder
    raise InputError("the program was installed without its samples: install it again")


def _run(  # noqa: PLR0913  the wishes of one run
    source: Source, group: Group, settings: Settings, drafts: Path, machine: Path | None, *, replace: bool
) -> None:
    from assistant.cli.output import Output
    from assistant.cli.summary import show
    from assistant.cli.wiring import Workshop

    output = Output(drafts, machine, replace)
    output.check()
    console = Console()
    with Bar(console) as bar:
        result = Workshop(settings).process(source, group, bar)
    output.write(result)
    show(console, result, output)
    refused = result.drafts.refused
    if refused:
        raise GateRefusedError(
            f"the gate refused {len(refused)} draft(s), which are not written: {', '.join(refused)}; "
            "the others are in the folder; 'gate' in the machine file says which rule and where"
        )


_PAIR = re.compile(r"\s*(?P<key>\w+)\s*=\s*(?P<value>[\w-]+)\s*")


def _pairs(text: str | None, option: str) -> tuple[tuple[str, str], ...]:
    if not text:
        return ()
    found = [_PAIR.fullmatch(part) for part in text.split(",")]
    if not all(found):
        raise InputError(f'{option}: write pairs like "A=m1,B=m3"')
    return tuple((m["key"], m["value"]) for m in found if m is not None)


def _tracks(text: str | None, group: Group) -> dict[int, PersonId]:
    pairs = _pairs(text, "--channels")
    if not all(key.isdigit() and int(key) > 0 for key, _ in pairs):
        raise InputError('--channels: tracks are counted from 1: write "1=f,2=m1"')
    return {int(key) - 1: _person(value, group, "--channels") for key, value in pairs}


def _person(identifier: str, group: Group, option: str) -> PersonId:
    if identifier not in {p.id for p in group.people}:
        raise InputError(f"{option}: {identifier!r} is not the id of anybody in the group file")
    return PersonId(identifier)


def _date(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--date: {text!r} is not a day: write it like 2026-01-31") from None
