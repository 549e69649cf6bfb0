"""All figures of one session, and their sum over sessions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from assistant.evaluation.alerts import AlertFigures, alert_figures
from assistant.evaluation.alignment import align
from assistant.evaluation.counts import Summable, rate
from assistant.evaluation.diarization import DiarizationError, diarization_error, stretches
from assistant.evaluation.facts import fact_book
from assistant.evaluation.leaks import Leaks, leaks
from assistant.evaluation.machine import read_machine
from assistant.evaluation.spans import SpanFigures, span_figures
from assistant.evaluation.utility import Utility, own_texts, utility
from assistant.evaluation.words import NamesHeard, WordErrors, WordOwners, names_heard, word_errors, word_owners

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from assistant.evaluation.facts import FactBook
    from assistant.evaluation.gold import GoldSession
    from assistant.evaluation.machine import Machine


class Mode(StrEnum):
    """What the pipeline was given."""

    AUDIO = "audio"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class System(Summable):
    """Leaks and utility of one way to make a note."""

    leaks: Leaks = field(default_factory=Leaks)
    utility: Utility = field(default_factory=Utility)


@dataclass(frozen=True, slots=True)
class SessionScores(Summable):
    """Every figure, as counts; ``a + b`` holds both sessions."""

    sessions: tuple[str, ...] = ()
    audio_s: float = 0.0
    elapsed_s: float = 0.0
    """Seconds the pipeline took, where they were given."""
    timed_s: float = 0.0
    """Length of the sessions whose time was given."""
    words: WordErrors = field(default_factory=WordErrors)
    names: NamesHeard = field(default_factory=NamesHeard)
    owners: WordOwners = field(default_factory=WordOwners)
    diarization: DiarizationError = field(default_factory=DiarizationError)
    """After abstention; empty from text, or without RTTM."""
    diarization_before: DiarizationError = field(default_factory=DiarizationError)
    """By the best guess, before abstention."""
    spans: SpanFigures = field(default_factory=SpanFigures)
    alerts: AlertFigures = field(default_factory=AlertFigures)
    notes: System = field(default_factory=System)
    own_turns: System = field(default_factory=System)
    """Baseline: each member's own turns as they are."""
    presidio: System = field(default_factory=System)
    """Baseline: the same through Presidio as shipped; empty where it was not asked for."""
    notes_due: int = 0
    notes_written: int = 0
    gate_findings: int = 0
    attributed_s: float = 0.0
    """Seconds of speech that the machine file says belong to somebody."""
    speech_s: float = 0.0

    @property
    def real_time_factor(self) -> float | None:
        """Time taken per length of audio."""
        return rate(self.elapsed_s, self.timed_s)


def score_session(  # noqa: PLR0913 - the whole of what an evaluation is made from
    gold: GoldSession,
    machine_file: Mapping[str, Any],
    notes: Mapping[str, str],
    *,
    mode: Mode,
    presidio: Callable[[str], str] | None = None,
    elapsed_s: float | None = None,
) -> SessionScores:
    """Score one session.

    Args:
        gold: What was really said.
        machine_file: The machine file's JSON form. A word may carry ``guess``: the best guess before abstention.
        notes: Finished Markdown per member id; a note that the gate refused is absent. ``group`` is the group's part.
        mode: Whether the pipeline was given the recording or the gold text.
        presidio: One text through Presidio as shipped; None leaves that baseline out.
        elapsed_s: Seconds the pipeline took.

    Raises:
        InputError: The machine file has a wrong shape.
    """
    machine = read_machine(machine_file)
    timed = mode is Mode.AUDIO
    alignment = align(gold, machine, timed=timed)
    book = fact_book(gold, alignment)
    own = own_texts(gold, machine)
    masked = {who: [presidio(turn) for turn in turns] for who, turns in own.items()} if presidio else {}
    talk = gold.talk if timed else ()
    return SessionScores(
        sessions=(gold.id,),
        audio_s=gold.duration_s,
        elapsed_s=elapsed_s or 0.0,
        timed_s=gold.duration_s if elapsed_s else 0.0,
        words=word_errors(alignment),
        names=names_heard(gold, alignment),
        owners=word_owners(gold, machine, alignment),
        diarization=diarization_error(talk, stretches(machine)) if talk else DiarizationError(),
        diarization_before=diarization_error(talk, stretches(machine, guessed=True)) if talk else DiarizationError(),
        spans=span_figures(gold, machine, alignment),
        alerts=alert_figures(gold, machine, timed=timed),
        notes=_system(gold, book, machine, notes),
        own_turns=_system(gold, book, machine, {who: "\n".join(turns) for who, turns in own.items()}),
        presidio=_system(gold, book, machine, {who: "\n".join(turns) for who, turns in masked.items()})
        if presidio
        else System(),
        notes_due=len(gold.members),
        notes_written=sum(member.id in notes for member in gold.members),
        gate_findings=sum(machine.gate.values()),
        attributed_s=machine.attributed_s or 0.0,
        speech_s=machine.speech_s or 0.0,
    )


def total(scores: Iterable[SessionScores]) -> SessionScores:
    """Return the sum over sessions."""
    summed = SessionScores()
    for one in scores:
        summed += one
    return summed


def _system(gold: GoldSession, book: FactBook, machine: Machine, texts: Mapping[str, str]) -> System:
    return System(leaks(gold, book, texts), utility(gold, book, machine, texts))
