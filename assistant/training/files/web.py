"""A sample as one HTML page that needs nothing else: no script, no font, no address of anything.

Who speaks stands in words at every turn; the colour beside it (Okabe and Ito's, which people who see few colours can
tell apart) and the pattern of its line only help to follow.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from assistant.training.files.told import QUIZ, about, by_facilitator, clock, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.training.material import Sample, SampleTurn

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#f0e442")
"""Of the parts in their order, then from the beginning with another pattern."""
_PATTERNS = ("solid", "dashed", "double", "dotted")
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.55 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
.label { font-weight: 700; border: 2px solid; padding: .3rem .6rem; display: inline-block; }
.turn { border-left: .45rem solid #767676; margin: 0 0 .9rem; padding: .1rem 0 .1rem .8rem; break-inside: avoid; }
.turn p, .turn summary { margin: .1rem 0; }
.at { opacity: .75; font-variant-numeric: tabular-nums; margin-left: .4rem; }
.gone { font-style: italic; }
summary { cursor: pointer; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: .2rem .8rem .2rem .5rem; }
td:first-child { border-left: .45rem solid #767676; }
"""


def transcript(sample: Sample, name: str, label: str) -> str:
    """Return the page to read."""
    return _page(sample, f"Training {name}", label, (_turn(sample, turn) for turn in sample.turns))


def quiz(sample: Sample, name: str, label: str) -> str:
    """Return the page on which each of the facilitator's turns is hidden until it is asked for."""
    turns = (_question(sample, turn) if by_facilitator(sample, turn) else _turn(sample, turn) for turn in sample.turns)
    return _page(sample, f"Quiz, training {name}", label, turns)


def _page(sample: Sample, title: str, label: str, turns: Iterable[str]) -> str:
    lines = [f"<p>{html.escape(line)}</p>" for line in about(sample)]
    rows = [
        f'<tr><td class="{_class(sample, part.label)}">{html.escape(part.label)}</td>'
        f"<td>{html.escape(part.name)}</td></tr>"
        for part in sample.parts
    ]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">""",
            '<meta name="robots" content="noindex">',
            f"<title>{html.escape(title)}: {html.escape(label)}</title>",
            f"<style>{_STYLE}{_lines(sample)}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{html.escape(title)}</h1>",
            f'<p class="label">{html.escape(label)}</p>',
            *lines,
            '<table><thead><tr><th scope="col">who</th><th scope="col">is called</th></tr></thead>',
            f"<tbody>{''.join(rows)}</tbody></table>",
            "<h2>What was said</h2>",
            *turns,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _lines(sample: Sample) -> str:
    """Return the rules for each part's line."""
    rules = []
    for place in range(len(sample.parts)):
        colour, pattern = COLOURS[place % len(COLOURS)], _PATTERNS[place // len(COLOURS) % len(_PATTERNS)]
        rules.append(f".p{place}, td.p{place}:first-child {{ border-left: .45rem {pattern} {colour}; }}\n")
    return "".join(rules)


def _class(sample: Sample, label: str) -> str:
    return next((f"p{place}" for place, part in enumerate(sample.parts) if part.label == label), "nobody")


def _turn(sample: Sample, turn: SampleTurn) -> str:
    who = _who(turn)
    return f'<div class="turn {_class(sample, turn.label)}"><p>{who}</p>{_words(turn)}</div>'


def _question(sample: Sample, turn: SampleTurn) -> str:
    question = f"<summary>{_who(turn)} {html.escape(QUIZ)}</summary>"
    return f'<details class="turn {_class(sample, turn.label)}">{question}{_words(turn)}</details>'


def _who(turn: SampleTurn) -> str:
    return f'<strong>{html.escape(turn.label)}</strong><span class="at">{clock(turn.start)}</span>'


def _words(turn: SampleTurn) -> str:
    gone = "" if turn.text.strip() else ' class="gone"'
    return f"<p{gone}>{html.escape(words_of(turn))}</p>"
