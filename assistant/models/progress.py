"""What an install looks like: one bar on a terminal, one line per model elsewhere, nothing where nobody watches."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    DownloadColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.progress import Progress as RichProgress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from assistant.models.install import Progress
    from assistant.models.manifest import Model


class Unwatched:
    """Nobody watches."""

    def begin(self, total: int) -> None:
        """Do nothing."""

    def at(self, done: int, doing: str) -> None:
        """Do nothing."""

    def installed(self, model: Model) -> None:
        """Do nothing."""


class Lines:
    """For a log or a pipe: one line per model."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def begin(self, total: int) -> None:
        """Say how much is to come."""
        self._console.print(f"installing the models: {megabytes(total)} to bring", highlight=False)

    def at(self, done: int, doing: str) -> None:
        """Stay quiet: a log does not need every byte."""

    def installed(self, model: Model) -> None:
        """Name the model."""
        self._console.print(f"  {model.name}: {megabytes(model.size)}, verified", highlight=False)


class Bar:
    """For a terminal: one bar over all bytes, and a line above it for each model that stands."""

    def __init__(self, progress: RichProgress) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def begin(self, total: int) -> None:
        """Draw the bar."""
        self._task = self._progress.add_task("starting", total=total)

    def at(self, done: int, doing: str) -> None:
        """Move it."""
        if self._task is not None:
            self._progress.update(self._task, completed=done, description=doing)

    def installed(self, model: Model) -> None:
        """Write a line above it."""
        self._progress.console.print(f"  {model.name}: {megabytes(model.size)}, verified", highlight=False)


@contextmanager
def watched(console: Console) -> Iterator[Progress]:
    """Give the watcher that fits the console: a bar on a terminal, lines elsewhere."""
    if not console.is_terminal:
        yield Lines(console)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=console, expand=True) as progress:
        yield Bar(progress)


def counted(number: int, noun: str) -> str:
    """Return a number of things for people (``1 file``, ``2 files``)."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def megabytes(size: int) -> str:
    """Return a number of bytes for people (``145 MB``, ``0.7 MB``)."""
    value = size / 1_000_000
    return f"{value:.0f} MB" if value >= 10 else f"{value:.1f} MB"  # noqa: PLR2004  two digits are enough
