"""``assistant evaluate``: gold sessions through the whole pipeline, and what that is worth."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003  Typer reads the annotations as the program runs
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.cli.preflight import READERS, models_for, require
from assistant.cli.progress import Bar
from assistant.cli.source import Source
from assistant.errors import GoldError, OutputError
from assistant.groupfile import read_group
from assistant.models.places import models_folder
from assistant.models.store import ModelStore
from assistant.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.cli.evaluate_training import Trained
    from assistant.cli.wiring import Workshop
    from assistant.domain import Group
    from assistant.evaluation.gold import GoldSession
    from assistant.evaluation.scores import Mode, SessionScores
    from assistant.pipeline.progress import Progress
    from assistant.pipeline.session import SessionResult


@dataclass(frozen=True, slots=True)
class _Case:
    """A gold session, checked to have what its evaluation needs."""

    gold: GoldSession
    group: Group
    source: Source
    mode: Mode
    lower: bool
    """Whether its text is given in lower case, without punctuation."""


def evaluate(  # noqa: PLR0913, PLR0917  one parameter for each option of the command
    gold_dirs: Annotated[
        list[Path], typer.Argument(metavar="GOLD_DIR...", readable=False, help="Folders of gold sessions.")
    ],
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", readable=False, help="Also write the figures here.")
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="From the gold text instead of the audio.")] = False,  # noqa: FBT002  a flag
    lower: Annotated[bool, typer.Option("--lower", help="With --text: lower case, no punctuation.")] = False,  # noqa: FBT002  a flag
    training: Annotated[bool, typer.Option("--training", help="Also measure samples to teach with.")] = False,  # noqa: FBT002  a flag
    settings: Annotated[
        Path | None, typer.Option("--settings", metavar="FILE", readable=False, help="Settings file (TOML).")
    ] = None,
) -> None:
    """Measure on gold sessions: leaks, what was kept, speakers, spans, owners, alerts."""
    from assistant.evaluation.gold import read_gold
    from assistant.evaluation.scores import Mode

    mode = Mode.TEXT if text or lower else Mode.AUDIO
    chosen = read_settings(settings)
    cases = [_case(read_gold(folder), mode, lower=lower) for folder in gold_dirs]
    if json_file is not None and json_file.is_dir():
        raise OutputError(f"{json_file} is a folder: name a file for the figures")
    require(ModelStore(models_folder(chosen.models_folder)), models_for(chosen, words_only=mode is Mode.TEXT))
    console = Console()
    with Bar(console) as bar:
        bar.stage("Loading", None)
        from assistant.cli.wiring import Workshop

        workshop = Workshop(chosen)
        trained: list[Trained] = []
        scores = [_scored(case, workshop, bar, trained if training else None) for case in cases]
    show(console, scores, mode, json_file, trained)


def _case(gold: GoldSession, mode: Mode, *, lower: bool) -> _Case:
    if gold.group_file is None:
        raise GoldError(f"gold session {gold.id} has no group.toml: it says who the people are")
    if mode == "text":
        source = Source(gold.group_file, {}, {})
    elif gold.audio is None:
        raise GoldError(f"gold session {gold.id} has no audio: evaluate it with --text")
    else:
        source = Source(gold.audio, {}, {})
    return _Case(gold, read_group(gold.group_file), source, mode, lower)


def _scored(case: _Case, workshop: Workshop, progress: Progress, trained: list[Trained] | None) -> SessionScores:
    from assistant.evaluation.leaks import GROUP
    from assistant.evaluation.scores import score_session
    from assistant.notes.markdown import render
    from assistant.pipeline.machinefile import machine_file

    began = time.perf_counter()
    result = _processed(case, workshop, progress)
    elapsed = time.perf_counter() - began
    notes = {str(m): render(draft.note) for m, draft in result.drafts.members.items() if not draft.refused}
    if not result.drafts.group_refused:
        notes[GROUP] = render(result.drafts.group)
    if trained is not None:
        from assistant.cli.evaluate_training import train

        scans = workshop.rooms.reading_room(case.group).scans()
        trained.append(
            train(case.gold, result, scans, workshop.settings.training, progress, timed=case.mode == "audio")
        )
    return score_session(
        case.gold,
        machine_file(result),
        notes,
        mode=case.mode,
        presidio=workshop.as_shipped,
        elapsed_s=None if case.mode == "text" else elapsed,
    )


def _processed(case: _Case, workshop: Workshop, progress: Progress) -> SessionResult:
    if case.mode == "audio":
        return workshop.process(case.source, case.group, progress)
    from assistant.cli.wiring import heard_in_transcript
    from assistant.evaluation.gold import as_transcript
    from assistant.transcription.transcripts import utterances_in

    heard = heard_in_transcript(utterances_in(as_transcript(case.gold, lower=case.lower), case.group))
    return workshop.process_heard(case.source, case.group, heard, READERS, progress)


def show(
    console: Console,
    each: Sequence[SessionScores],
    mode: Mode,
    json_file: Path | None = None,
    trained: Sequence[Trained] = (),
) -> SessionScores:
    """Print the tables, write the JSON report where one was asked for, and return the sum over sessions.

    Args:
        console: Where to.
        each: The scores of each session.
        mode: From audio or from text.
        json_file: Where the report goes.
        trained: What samples to teach with reached; empty: they were not asked for.

    Raises:
        OutputError: The JSON file cannot be written.
    """
    from assistant.evaluation.report import as_json, write_json
    from assistant.evaluation.scores import total
    from assistant.evaluation.table import print_tables

    whole = total(each)
    print_tables(console, each, whole, mode)
    report = as_json(each, whole, mode)
    if trained:
        from assistant.cli.evaluate_training import show_training

        report["training"] = show_training(console, trained)
    if json_file is not None:
        write_json(json_file, report)
    return whole
