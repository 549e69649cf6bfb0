"""A sample as Markdown: the transcript, and the quiz with the facilitator's turns at its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.training.files.told import QUIZ, about, by_facilitator, clock, words_of

if TYPE_CHECKING:
    from assistant.training.material import Sample, SampleTurn

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def transcript(sample: Sample, name: str, label: str) -> str:
    """Return the sample to read."""
    return _joined([*_head(sample, f"Training {name}", label), *(_line(turn) for turn in sample.turns)])


def quiz(sample: Sample, name: str, label: str) -> str:
    """Return the sample with a question for each of the facilitator's turns, and the answers at its end."""
    asked: list[str] = []
    answers: list[str] = []
    for turn in sample.turns:
        if by_facilitator(sample, turn):
            answers.append(f"{len(answers) + 1}. {_line(turn)}")
            asked.append(f"**{_plain(turn.label)}** ({clock(turn.start)}): *{QUIZ}* (answer {len(answers)})")
        else:
            asked.append(_line(turn))
    # Far enough below that nobody reads an answer by accident.
    return _joined([*_head(sample, f"Quiz, training {name}", label), *asked, "---", "## Answers", *answers])


def _head(sample: Sample, title: str, label: str) -> list[str]:
    rows = [f"| {_plain(part.label)} | {_plain(part.name)} |" for part in sample.parts]
    table = "\n".join(["| who | is called |", "| --- | --- |", *rows])
    return [f"# {title}", f"**{_plain(label)}**", *map(_plain, about(sample)), table, "## What was said"]


def _line(turn: SampleTurn) -> str:
    return f"**{_plain(turn.label)}** ({clock(turn.start)}): {_plain(words_of(turn))}"


def _plain(text: str) -> str:
    """Return a text in which nothing is a mark of Markdown or HTML."""
    return _MARKS.sub(r"\\\1", text)


def _joined(blocks: list[str]) -> str:
    return "\n\n".join(blocks) + "\n"
