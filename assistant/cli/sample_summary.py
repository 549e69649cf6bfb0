"""What a sample is worth, on the terminal: the worst person first, what is left of each, and what attacks reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from assistant.domain import seconds
from assistant.training.report import answers, bar, sections, still_to_check

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from assistant.pipeline.hearing_sample import Proved
    from assistant.training.report import Section
    from assistant.training.risk import RiskReport


_SHORT = 11
_MOST_BESIDE_A_BAR = 6
_WIDE = 110
_WIDE_BAR = 20
_NARROW_BAR = 5
TO_KEEP = "The risk report and the checklist are for you: hand on the other files only."


def show(console: Console, report: RiskReport, proved: Proved | None, out: Path) -> None:
    """Print the report of a sample that was made.

    Args:
        console: Where to.
        report: How far it holds.
        proved: The sample's sound, where it has any.
        out: Where its files lie.
    """
    for section in sections(report):
        console.print(_table(console, section))
        if section.note:
            _say(console, section.note, style="dim")
        _say(console, "")
    for answer in answers(report):
        _say(console, answer.question, style="bold")
        for figure in answer.figures:
            _say(console, f"  {figure}")
    for line in less_told(report):
        _say(console, line)
    _say(console, "")
    _say(console, "Left for a person to check:", style="bold")
    for line in still_to_check(report):
        _say(console, f"  {line}")
    if proved is not None:
        _say(console, "")
        for line in _sound(proved):
            _say(console, line)
    _say(console, TO_KEEP)
    # A path that is broken in two at the console's width cannot be copied.
    console.print(f"Sample: {out}", style="bold", highlight=False, markup=False, soft_wrap=True)


def less_told(report: RiskReport) -> list[str]:
    """Return what was made coarser or left out so that enough people fit, and of whom, by label."""
    lines = []
    if report.less.coarser:
        each = "; ".join(f"{step.label}: {step.attribute} {step.how}" for step in report.less.coarser)
        lines.append(f"Made coarser: {each}.")
    if report.less.asked:
        lines.append(f"Left out by number: turns {', '.join(map(str, report.less.asked))}.")
    if report.less.unique:
        lines.append(f"Taken out, because it happened to hardly anybody: {report.less.unique} stretches.")
    if report.less.known_left:
        numbers = ",".join(map(str, report.less.known_left))
        lines.append(f"Words of what the group file knows still stand together: see '--leave-out {numbers}'.")
    return lines


def _sound(proved: Proved) -> list[str]:
    spoken = proved.spoken
    lines = [
        f"Spoken: {len(spoken.placed)} turns in stock voices, {spoken.hurried} of them faster to keep their time.",
        f"Heard again by our own recogniser ({proved.words} words): {proved.silenced} turns silenced for a name.",
    ]
    if spoken.moved:
        lines.append(f"{spoken.moved} turns begin later than in the session, by up to {seconds(spoken.latest):.1f} s.")
    return lines


def _table(console: Console, section: Section) -> Table:
    table = Table(title=section.title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    wide = console.width >= _WIDE
    width = _WIDE_BAR if wide else _NARROW_BAR
    drawn = any(row.bar is not None for row in section.rows) and (wide or len(section.head) <= _MOST_BESIDE_A_BAR)
    for place, head in enumerate(section.head):
        cells = [row.cells[place] for row in section.rows if place < len(row.cells)]
        # Numbers and letters stay on one line; what is said in words is broken where it has to be.
        table.add_column(head, min_width=min(max(map(len, cells), default=0), _SHORT))
    if drawn:
        table.add_column("", no_wrap=True, min_width=width)
    for row in section.rows:
        cells = [*row.cells, *[""] * (len(section.head) - len(row.cells))]
        if drawn:
            cells.append("" if row.bar is None else bar(row.bar, width))
        table.add_row(*map(Text, cells), style="bold" if row.bad else None)
    return table


def _say(console: Console, line: str, style: str | None = None) -> None:
    console.print(line, style=style, highlight=False, markup=False)
