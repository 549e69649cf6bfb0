"""How long work tells whoever waits how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What the pipeline reports to; the command line draws a bar, a test counts."""

    def stage(self, what: str, total: float | None) -> None:
        """Begin a stage of work; ``total`` in any unit, None where nobody knows."""

    def advance(self, done: float) -> None:
        """Say how much of the stage's total is done so far."""


class Quiet:
    """Progress that nobody watches."""

    def stage(self, what: str, total: float | None) -> None:
        """Do nothing."""

    def advance(self, done: float) -> None:
        """Do nothing."""
