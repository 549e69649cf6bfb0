"""Samples to teach with, made from gold sessions and measured: what ``assistant evaluate --training`` adds.

Every member is taken to have agreed to training: what is measured is the making, not the roster of a gold session.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.evaluation.alignment import align
from assistant.evaluation.facts import fact_book
from assistant.evaluation.machine import read_machine
from assistant.evaluation.training_figures import Places, Rewritten, total, trace
from assistant.evaluation.training_places import said_of
from assistant.evaluation.training_report import LinkRow, print_training, training_json
from assistant.evaluation.training_shared import put_in
from assistant.pipeline.machinefile import machine_file
from assistant.pipeline.sampling.making import find, write
from assistant.privacy.vocabulary import FREQUENT
from assistant.training.data_files import table
from assistant.training.linking import PAIRS, Attack, Kind, Linked, Pair, again, figures, halves
from assistant.training.material import SampleProfile
from assistant.training.population import read_population
from assistant.training.risk import assess
from assistant.training.words import forget, keys_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from rich.console import Console

    from assistant.domain import Group, Span
    from assistant.evaluation.gold import GoldSession
    from assistant.evaluation.training_figures import TrainingFigures
    from assistant.pipeline.progress import Progress
    from assistant.pipeline.sampling.drawn import Found
    from assistant.pipeline.sampling.making import Scans
    from assistant.pipeline.session import SessionResult
    from assistant.settings import TrainingSettings
    from assistant.training.material import Sample

SEED = 5
"""The figures are the same each time."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What samples of one session reached, and the pairs for the attacks."""

    figures: TrainingFigures
    pairs: tuple[Pair, ...]


def train(  # noqa: PLR0913 - a session, and what measuring it takes
    gold: GoldSession,
    result: SessionResult,
    scans: Scans,
    settings: TrainingSettings,
    progress: Progress,
    *,
    timed: bool,
) -> Trained:
    """Make samples of one session, attack them, and measure the first.

    Args:
        gold: What was really said.
        result: What the pipeline made of it.
        scans: ``ReadingRoom.scans()`` of its group.
        settings: Population table and catchment.
        progress: Who waits.
        timed: Whether it came from the recording and not from the gold text.

    Raises:
        SettingsError: The population table cannot be used.
        SessionError: There are no words.
    """
    session = replace(result.session, group=_all_agree(result.session.group))
    rng = random.Random(SEED)  # noqa: S311 - a measurement repeats itself
    try:
        found = find(session, result.readings, scans, progress)
        profile = SampleProfile.SAFE_HARBOR
        progress.stage("Attacking", PAIRS)
        first = write(session, found, profile, rng, scans).sample
        pairs: list[Pair] = []
        one = first
        for number in range(1, PAIRS + 1):
            two = write(session, found, profile, rng, scans, one.invented.words).sample
            pairs.append(again(one, two))
            one = two
            progress.advance(number)
    finally:
        forget()
    machine = read_machine(machine_file(result))
    alignment = align(gold, machine, timed=timed)
    heard = [utterance.text for utterance in machine.utterances]
    places = Places(said_of(gold, alignment, heard, scans.english), scans.english)
    population = read_population(settings.population, settings.catchment)
    report = assess(first, population, lambda word: word not in FREQUENT)
    units = {utterance.id: unit for unit, utterance in enumerate(machine.utterances)}
    measured = trace(
        gold,
        fact_book(gold, alignment),
        _rewritten(found, first, units),
        places=places,
        worst_k=report.worst.k,
        refused=report.refused,
        shared=_shared(found, pairs, scans),
    )
    return Trained(measured, (*pairs, halves(first)))


def show_training(console: Console, each: Sequence[Trained]) -> dict[str, Any]:
    """Print the section, and return it as JSON."""
    shown = [one.figures for one in each]
    whole = total(shown)
    links = [_row(linked) for linked in figures(pair for one in each for pair in one.pairs)]
    print_training(console, shown, whole, links)
    return training_json(shown, whole, links)


def _row(linked: Linked) -> LinkRow:
    low, high = linked.interval
    counts = linked.attack is Attack.STAND_INS and linked.kind is Kind.AGAIN
    return LinkRow(
        str(linked.attack), str(linked.kind), linked.pairs, linked.tried, linked.rate, low, high, linked.chance, counts
    )


def _shared(found: Found, pairs: Sequence[Pair], scans: Scans) -> int:
    """Return how many stand-ins the samples of each pair share: those that they own up to, and those that are seen."""
    wide = {key for name in ("regions", "jobs") for head, _ in table(name) for key in keys_of(head)}
    units: dict[str, int] = {utterance.id: unit for unit, utterance in enumerate(found.utterances)}
    seen: dict[int, frozenset[str]] = {}

    def of(sample: Sample) -> frozenset[str]:
        if id(sample) not in seen:
            turns = _rewritten(found, sample, units)
            seen[id(sample)] = put_in(turns, lambda word: word in wide or scans.english(word))
        return seen[id(sample)]

    return sum(
        len((pair.one.invented.words & pair.two.invented.words) | (of(pair.one) & of(pair.two))) for pair in pairs
    )


def _rewritten(found: Found, sample: Sample, units: Mapping[str, int]) -> list[Rewritten]:
    spans: dict[str, list[Span]] = {}
    for thing in found.things:
        for mention in thing.mentions:
            spans.setdefault(mention.utterance, []).append(mention.span)
    return [
        Rewritten(utterance.text, turn.text, _blanked(utterance.text, spans.get(utterance.id, ())), units[utterance.id])
        for utterance, turn in zip(found.utterances, sample.turns, strict=True)
    ]


def _blanked(text: str, spans: Sequence[Span]) -> str:
    for span in sorted(spans, reverse=True):
        text = f"{text[: span.start]}\u2026{text[span.end :]}"
    return text


def _all_agree(group: Group) -> Group:
    day = dt.date(2020, 1, 1)
    return replace(
        group,
        people=tuple(replace(p, consent=replace(p.consent, training=p.consent.training or day)) for p in group.people),
    )
