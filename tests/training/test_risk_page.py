"""The risk page says what it must, loads nothing, and never calls a sample what nobody signed for."""

from __future__ import annotations

import ast
import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import assistant
from assistant.training.checklist import QUESTIONS, STEPS, Checklist
from assistant.training.linking import again, figures, halves
from assistant.training.material import LABEL
from assistant.training.page import page
from assistant.training.report import answers, bar, on_scale, sections, still_to_check
from assistant.training.risk import assess

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.training.material import Sample
    from assistant.training.population import Population
    from assistant.training.risk import RiskReport

ROOT = Path(assistant.__file__).parent
DAY = dt.date(2026, 3, 4)
SAMPLE_ID = "sample-0a1b2c3d"
WORD = re.compile("anonymous", re.IGNORECASE)
LOADS = {"script", "link", "img", "iframe", "object", "embed", "audio", "video", "form", "base"}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def report(sample_of: Callable[..., Sample], population: Population) -> RiskReport:
    """A report with a singleton, a rare word with marks in it, and attacks that were run."""
    said = [
        ("Facilitator", "Who starts?"),
        ("Member A", "My <b>theremin</b> is fine."),
        ("Member B", "Not me today."),
    ] * 2
    told = {"Member A": {"gender": "woman", "headline event": "x<y"}, "Member B": {"gender": "man"}}
    one = sample_of([*said, ("Member B", "It was theremin & kiln")], told, {"Member A": "Mo", "Member B": "Al"})
    two = sample_of(said, told, {"Member A": "Jo", "Member B": "Ed"})
    return assess(one, population, {"kiln"}.__contains__, linked=figures([again(one, two), halves(one)]), shared=0)


def test_the_page_is_whole_and_loads_nothing(report: RiskReport) -> None:
    """Well formed; no script, no address, no resource; bars are drawn in the page itself."""
    text = page(report, SAMPLE_ID, DAY)
    tags = _Tags()
    tags.feed(text)

    assert not tags.open
    assert not {tag for tag, _ in tags.seen} & LOADS
    assert not [attrs for _, attrs in tags.seen if {"src", "href", "onclick", "onload"} & set(attrs)]
    assert "http:" not in text
    assert "https:" not in text
    assert "url(" not in text
    assert "@import" not in text
    assert sum(tag == "svg" for tag, _ in tags.seen) >= 5
    assert "prefers-color-scheme:dark" in text
    assert "@media print" in text


def test_the_page_says_what_it_must(report: RiskReport) -> None:
    """Label, refusal, three questions with figures, the worst first, what k is, what to check, a checklist to sign."""
    text = page(report, SAMPLE_ID, DAY)

    assert LABEL in text
    assert "The sample is refused" in text
    for answer in answers(report):
        assert answer.question in text
        assert answer.figures
    order = [text.index(f"<td>{person.label}</td>") for person in report.people]
    assert order == sorted(order)
    assert "It is local, not the population" in text
    assert "kiln" in text
    for line in (*QUESTIONS.values(), *STEPS.values()):
        assert line in text
    assert "did not run the session" in text
    assert "Never hand out two samples of one session" in text
    assert "x&lt;y" in text
    assert "x<y" not in text


def test_rows_for_a_terminal_hold_no_value_and_no_word(report: RiskReport) -> None:
    """Labels, attributes and counts: what is told stands on the page alone."""
    shown = " ".join(cell for section in sections(report) for row in section.rows for cell in row.cells)
    shown += " ".join(line for answer in answers(report) for line in answer.figures) + " ".join(still_to_check(report))

    assert "headline event" in shown
    for told in ("kiln", "x<y", "woman", "theremin"):
        assert told not in shown


def test_no_page_and_no_row_calls_a_sample_more_than_it_is(report: RiskReport) -> None:
    """Without a checklist for this very sample the word does not appear."""
    other = Checklist("sample-ffffffff", "Ada Reyes", DAY)

    assert not WORD.search(page(report, SAMPLE_ID, DAY))
    assert not WORD.search(page(report, SAMPLE_ID, DAY, other))
    signed = page(report, SAMPLE_ID, DAY, Checklist(SAMPLE_ID, "Ada Reyes", DAY))
    assert WORD.search(signed)
    assert "Ada Reyes" in signed


def test_the_word_stands_in_one_place_of_the_program() -> None:
    """No string of what makes samples holds it but the checklist's; docstrings are no output."""
    files = [
        *(ROOT / "training").rglob("*.py"),
        *(ROOT / "pipeline").glob("sampling*.py"),
        *(ROOT / "cli").glob("sampl*.py"),
    ]
    found = {path.name for path in files if any(WORD.search(text) for text in _strings(path))}

    assert len(files) > 10
    assert found == {"checklist.py"}


def _strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone
    ]


@pytest.mark.parametrize(("share", "width", "drawn"), [(0, 8, ""), (1, 8, "█" * 8), (0.5, 8, "████"), (1e-6, 8, "▏")])
def test_a_bar_for_a_terminal(share: float, width: int, drawn: str) -> None:
    """Nothing is nothing, all is all, and hardly anything is a sliver."""
    assert bar(share, width) == drawn


def test_k_is_drawn_on_powers_of_ten() -> None:
    """One person is nothing, the catchment is all, and hundreds of a hundred thousand are half way and less."""
    assert on_scale(1, 100_000) == 0
    assert on_scale(100_000, 100_000) == pytest.approx(1)
    assert on_scale(100, 100_000) == pytest.approx(0.4)
