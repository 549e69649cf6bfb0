"""``assistant evaluate``: gold sessions through the whole pipeline, and what that is worth."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.cli.progress import Bar
from assistant.cli.source import Source
from assistant.errors import GoldError
from assistant.evaluation.gold import GoldSession, as_transcript, read_gold
from assistant.evaluation.leaks import GROUP
from assistant.evaluation.report import as_json, write_json
from assistant.evaluation.scores import Mode, SessionScores, score_session, total
from assistant.evaluation.table import print_tables
from assistant.groupfile import read_group
from assistant.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.cli.wiring import Workshop
    from assistant.pipeline.progress import Progress
    from assistant.pipeline.session import SessionResult


def evaluate(
    gold_dirs: Annotated[list[Path], typer.Argument(metavar="GOLD_DIR...", help="Folders of gold sessions.")],
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Also write the figures here.")] = None,
    text: Annotated[bool, typer.Option("--text", help="From the gold text instead of the audio.")] = False,  # noqa: FBT002  a flag
    lower: Annotated[bool, typer.Option("--lower", help="With --text: lower case, no punctuation.")] = False,  # noqa: FBT002  a flag
    settings: Annotated[Path | None, typer.Option("--settings", help="Settings file (TOML).")] = None,
) -> None:
    """Measure on gold sessions: leaks, what was kept, speakers, spans, owners, alerts."""
    from assistant.cli.wiring import Workshop

    mode = Mode.TEXT if text or lower else Mode.AUDIO
    workshop = Workshop(read_settings(settings))
    console = Console()
    golds = [read_gold(folder) for folder in gold_dirs]
    scores: list[SessionScores] = []
    with Bar(console) as bar:
        for gold in golds:
            scores.append(_scored(gold, workshop, mode, bar, lower=lower))
    show(console, scores, mode, json_file)


def _scored(gold: GoldSession, workshop: Workshop, mode: Mode, progress: Progress, *, lower: bool) -> SessionScores:
    from assistant.notes.markdown import render
    from assistant.pipeline.machinefile import machine_file

    began = time.perf_counter()
    result = _processed(gold, workshop, mode, progress, lower=lower)
    elapsed = time.perf_counter() - began
    notes = {str(m): render(draft.note) for m, draft in result.drafts.members.items() if not draft.refused}
    if not result.drafts.group_refused:
        notes[GROUP] = render(result.drafts.group)
    return score_session(
        gold,
        machine_file(result),
        notes,
        mode=mode,
        presidio=workshop.as_shipped,
        elapsed_s=elapsed if mode is Mode.AUDIO else None,
    )


def _processed(
    gold: GoldSession, workshop: Workshop, mode: Mode, progress: Progress, *, lower: bool
) -> SessionResult:
    if gold.group_file is None:
        raise GoldError(f"gold session {gold.id} has no group.toml: it says who the people are")
    group = read_group(gold.group_file)
    if mode is Mode.AUDIO:
        if gold.audio is None:
            raise GoldError(f"gold session {gold.id} has no audio: evaluate it with --text")
        return workshop.process(Source(gold.audio, {}, {}), group, progress)
    from assistant.cli.wiring import READERS, heard_in_transcript
    from assistant.transcription.transcripts import utterances_in

    heard = heard_in_transcript(utterances_in(as_transcript(gold, lower=lower), group))
    return workshop.process_heard(Source(gold.group_file, {}, {}), group, heard, READERS, progress)


def show(console: Console, each: Sequence[SessionScores], mode: Mode, json_file: Path | None = None) -> SessionScores:
    """Print the tables, write the JSON report where one was asked for, and return the sum over sessions.

    Raises:
        OutputError: The JSON file cannot be written.
    """
    whole = total(each)
    print_tables(console, each, whole, mode)
    if json_file is not None:
        write_json(json_file, as_json(each, whole, mode))
    return whole
