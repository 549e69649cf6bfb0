"""``assistant process`` and ``assistant demo``: a session from its source to the drafts on disk."""

from __future__ import annotations

import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.cli.live import Sound, practise, require_screen
from assistant.cli.models import install_missing, store
from assistant.cli.options import parsed_date, people_of_tracks, people_of_voices
from assistant.cli.output import Output
from assistant.cli.preflight import preflight
from assistant.cli.progress import Bar
from assistant.cli.secret import PassphraseFile, Who, open_vault
from assistant.cli.source import Source
from assistant.errors import GateRefusedError, InputError
from assistant.groupfile import read_group, require_recording_consent
from assistant.models.install import missing
from assistant.models.places import models_folder
from assistant.models.store import ModelStore
from assistant.settings import Settings, read_settings

if TYPE_CHECKING:
    from assistant.domain import Group

SAMPLE = "dev-skills-02"
"""The sample that ``demo`` shows: three minutes with warnings of most kinds."""

# ``readable=False``: Typer would look itself, and say what is wrong in its own four lines.
_SourceFile = Annotated[
    Path,
    typer.Argument(
        metavar="SOURCE",
        readable=False,
        show_default=False,
        help="A recording (audio or video), or a .vtt, .srt or .json.",
    ),
]
_GroupFile = Annotated[
    Path, typer.Option("--group", "-g", metavar="FILE", readable=False, help="The group file (TOML).")
]
_Drafts = Annotated[
    Path | None,
    typer.Option("--drafts", "-d", metavar="DIR", readable=False, help="Folder for the drafts; new or empty."),
]
_Machine = Annotated[
    Path | None,
    typer.Option("--machine", metavar="FILE", readable=False, help="Also write everything as JSON. Private."),
]
_SettingsFile = Annotated[
    Path | None, typer.Option("--settings", metavar="FILE", readable=False, help="Settings file (TOML).")
]
_Voices = Annotated[
    str | None, typer.Option("--name-voices", metavar="PAIRS", help='Whose the anonymous voices are: "A=m1,B=m3".')
]
_Channels = Annotated[
    str | None, typer.Option("--channels", metavar="PAIRS", help='Whose microphone each track is: "1=f,2=m1".')
]
_Day = Annotated[
    str | None, typer.Option("--date", metavar="DAY", help="Day of the session, like 2026-01-31; else the file's own.")
]
_Vault = Annotated[bool, typer.Option("--vault", help="Keep it in the vault for the review, instead of --drafts.")]
_Replace = Annotated[bool, typer.Option("--replace", help="Replace the files of an earlier run.")]


def process(  # noqa: PLR0913, PLR0917  one parameter for each option of the command
    source: _SourceFile,
    group: _GroupFile,
    drafts: _Drafts = None,
    machine: _Machine = None,
    settings: _SettingsFile = None,
    name_voices: _Voices = None,
    channels: _Channels = None,
    date: _Day = None,
    replace: _Replace = False,  # noqa: FBT002  a flag
    vault: _Vault = False,  # noqa: FBT002  a flag
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """Process one session: one draft note per member present, and the group's part.

    With --vault everything is kept in the vault for 'assistant review', and no file is written.
    """
    if vault == (drafts is not None) or (vault and (machine is not None or replace)):
        raise InputError("say where the drafts go: --drafts DIR for files, or --vault for the review, and nothing else")
    roster = read_group(group)
    require_recording_consent(roster, f"group file {group}")
    chosen = Source(
        source,
        named_voices=people_of_voices(name_voices, roster),
        channels=people_of_tracks(channels, roster),
        date=parsed_date(date),
    )
    if drafts is None:
        _to_vault(chosen, roster, read_settings(settings), passphrase_file, who)
        return
    given = (source, group, *((settings,) if settings is not None else ()))
    _run(chosen, roster, read_settings(settings), Output(drafts, machine, replace, given))


def _to_vault(source: Source, group: Group, settings: Settings, passphrase_file: Path | None, who: str) -> None:
    preflight(source, group, settings, ModelStore(models_folder(settings.models_folder)))
    console = Console()
    with open_vault(passphrase_file, who) as opened, Bar(console) as bar:
        bar.stage("Loading", None)
        from assistant.cli.batch_vault import keep
        from assistant.cli.wiring import Workshop

        result = Workshop(settings).process(source, group, bar)
        name = keep(opened, result, source, settings)
    console.print(f"session {name} is in the vault: 'assistant review {name[:8]}'", highlight=False, soft_wrap=True)
    refused = result.drafts.refused
    if refused:
        raise GateRefusedError(
            f"the gate refused {len(refused)} draft(s): {', '.join(refused)}; mend them in the review"
        )


def demo(
    *,
    drafts: Annotated[
        Path | None,
        typer.Option("--drafts", "-d", metavar="DIR", readable=False, help="Where the drafts go; else a new folder."),
    ] = None,
    replace: _Replace = False,
    live: Annotated[bool, typer.Option("--live", help="Play it on the live screen, in a vault for this once.")] = False,
    speed: Annotated[float, typer.Option("--speed", min=0.25, max=16.0, help="With --live: how fast it plays.")] = 1.0,
) -> None:
    """Process the sample session, from installing the models to the drafts; or play it on the live screen."""
    if live and (drafts is not None or replace):
        raise InputError("--live keeps its drafts in a vault for this once: leave --drafts and --replace out")
    if speed != 1.0 and not live:
        raise InputError("--speed goes with --live")
    if live:
        require_screen()
    console = Console()
    models = store()
    if missing(models.root, models.manifest):
        install_missing(models, console)
    sample = samples_folder() / SAMPLE
    group, sound = read_group(sample / "group.toml"), sample / f"{SAMPLE}.flac"
    console.print(f"Sample session {SAMPLE}: invented people, synthetic voices, three minutes.", highlight=False)
    if live:
        practise(group, read_settings(), Sound(sound, speed))
        return
    folder = drafts if drafts is not None else Path(tempfile.mkdtemp(prefix="assistant-demo-"))
    source = Source(sound, named_voices={}, channels={})
    _run(source, group, read_settings(), Output(folder, None, replace, given=()))


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


def _run(source: Source, group: Group, settings: Settings, output: Output) -> None:
    output = output.checked()
    hints = preflight(source, group, settings, ModelStore(models_folder(settings.models_folder)))
    output.make_folder()
    console = Console()
    with Bar(console) as bar:
        bar.stage("Loading", None)
        from assistant.cli.summary import show
        from assistant.cli.wiring import Workshop

        result = Workshop(settings).process(source, group, bar)
    output.write(result)
    show(console, result, output, hints)
    refused = result.drafts.refused
    if refused:
        raise GateRefusedError(
            f"the gate refused {len(refused)} draft(s), which are not written: {', '.join(refused)}; "
            "the others are in the folder; 'gate' in the machine file says which rule and where"
        )
