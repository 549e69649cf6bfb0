"""``assistant evaluate --training``: samples of a gold session leave nobody's name, and share no stand-in."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from assistant.cli.evaluate_training import show_training, train
from assistant.cli.preflight import READERS
from assistant.cli.source import Source
from assistant.cli.wiring import Workshop, heard_in_transcript
from assistant.evaluation.gold import as_transcript, read_gold
from assistant.groupfile import read_group
from assistant.privacy.vocabulary import FREQUENT
from assistant.settings import Settings
from assistant.training.linking import PAIRS, figures
from assistant.training.page import page
from assistant.training.population import read_population
from assistant.training.risk import assess
from assistant.transcription.transcripts import utterances_in

if TYPE_CHECKING:
    from assistant.cli.evaluate_training import Trained

FOLDER = Path(__file__).parents[2] / "samples" / "smoke-01"
GOLD = read_gold(FOLDER)

pytestmark = [pytest.mark.models, pytest.mark.slow]


class _Quiet:
    """Nobody waits."""

    def stage(self, what: str, total: float | None) -> None:
        """Say nothing."""

    def advance(self, done: float) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def trained(models_root: Path) -> Trained:
    """Samples of the smoke session, from its text."""
    group = read_group(FOLDER / "group.toml")
    workshop = Workshop(Settings(models_folder=models_root))
    heard = heard_in_transcript(utterances_in(as_transcript(GOLD), group))
    result = workshop.process_heard(Source(FOLDER / "group.toml", {}, {}), group, heard, READERS, _Quiet())
    return train(
        GOLD, result, workshop.rooms.reading_room(group).scans(), workshop.settings.training, _Quiet(), timed=False
    )


def test_the_figures_reach_their_targets(trained: Trained) -> None:
    """Nothing direct left, by entity; no stand-in shared; stand-ins at chance; enough words kept."""
    screen = io.StringIO()

    report = show_training(Console(file=screen, width=80), [trained])

    assert {target["name"]: target["met"] for target in report["targets"] if target["met"] is not None} == {
        "direct identifiers left in a sample": True,
        "direct identifiers found, by entity": True,
        "k of the worst person, samples not refused": True,
        "stand-ins shared by two samples": True,
        "linking attacks on stand-ins better than chance": True,
        "words unchanged": True,
    }
    assert report["linking"][0]["pairs"] == PAIRS
    assert "Training samples" in screen.getvalue()
    assert not _said(screen.getvalue())


def test_the_risk_page_holds_no_original_form(trained: Trained) -> None:
    """No name, place, employer or number of the session stands in the report of its sample."""
    sample = trained.pairs[0].one
    report = assess(
        sample, read_population(), lambda word: word not in FREQUENT, linked=figures(trained.pairs), shared=0
    )

    assert not _said(page(report, "sample-00000000", dt.date(2026, 1, 1)))


def _said(text: str) -> set[str]:
    """Return the names and numbers of the session that stand in a text."""
    direct = {"PERSON", "ORG", "LOCATION", "PHONE", "EMAIL", "ADDRESS", "ID"}
    forms = {turn.text[s.start : s.end] for turn in GOLD.turns for s in turn.spans if s.type in direct}
    forms |= {word for person in GOLD.people for word in person.name.split()}
    return {form for form in forms if re.search(rf"\b{re.escape(form)}\b", text)}
