"""Builders of tiny gold sessions and results, timed at a steady five words in two seconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from assistant.evaluation.gold import GoldSession, from_json

_MARK = re.compile(r"\[\[(\w+):(\w+)\|([^\]]*)\]\]")
_WORD_S = 0.4

GoldBuilder = Callable[..., GoldSession]
MachineBuilder = Callable[..., dict[str, Any]]


def _timed(text: str, start: float) -> list[dict[str, Any]]:
    return [
        {
            "start_char": word.start(),
            "end_char": word.end(),
            "text": word.group(),
            "start": round(start + number * _WORD_S, 3),
            "end": round(start + number * _WORD_S + 0.3, 3),
        }
        for number, word in enumerate(re.finditer(r"\S+", text))
    ]


def gold_data(turns: Sequence[tuple[Any, ...]], **more: object) -> dict[str, Any]:
    """Return gold JSON from (speaker, text with [[TYPE:owner|surface]], alert kinds) rows."""
    rows: list[dict[str, Any]] = []
    at = 0.0
    for speaker, marked, *alerts in turns:
        spans: list[dict[str, Any]] = []
        text = ""
        last = 0
        for mark in _MARK.finditer(marked):
            text += marked[last : mark.start()]
            kind, owner, surface = mark.groups()
            spans.append(
                {
                    "start_char": len(text),
                    "end_char": len(text) + len(surface),
                    "type": kind,
                    "owner": owner,
                    "surface": surface,
                }
            )
            text += surface
            last = mark.end()
        text += marked[last:]
        words = _timed(text, at)
        end = words[-1]["end"] if words else at
        rows.append(
            {
                "index": len(rows),
                "speaker": speaker,
                "start": at,
                "end": end,
                "text": text,
                "spans": spans,
                "words": words,
                "alerts": list(alerts),
            }
        )
        at = end + 1.0
    people = [
        {"id": "f", "role": "facilitator", "name": "Dana Ruiz"},
        {"id": "m1", "role": "member", "name": "Marcus Vale"},
        {"id": "m2", "role": "member", "name": "Hope Lindqvist"},
    ]
    return {"id": "tiny", "duration": at, "participants": people, "turns": rows, "facts": [], "absent": []} | more


@pytest.fixture
def build_gold() -> GoldBuilder:
    """Build a gold session of one facilitator (f, Dana Ruiz) and two members (m1 Marcus Vale, m2 Hope Lindqvist)."""

    def build(*turns: tuple[Any, ...], **more: object) -> GoldSession:
        return from_json(gold_data(turns, **more), where="tiny")

    return build


@pytest.fixture
def build_machine() -> MachineBuilder:
    """Build a machine file from (speaker, text, {"disclosures": …}) rows, starting where the gold turns start."""

    def build(gold: GoldSession, *utterances: tuple[Any, ...], **more: object) -> dict[str, Any]:
        rows: list[dict[str, Any]] = []
        for number, (speaker, text, *rest) in enumerate(utterances):
            at = gold.turns[number].start if number < len(gold.turns) else 1000.0
            words = [word | {"speaker": speaker, "probability": 1.0} for word in _timed(text, at)]
            rows.append(
                {
                    "id": f"u{number + 1}",
                    "start": at,
                    "end": words[-1]["end"] if words else at,
                    "speaker": speaker,
                    "text": text,
                    "words": words,
                    "disclosures": [],
                }
                | (rest[0] if rest else {})
            )
        return {"utterances": rows, "alerts": [], "notes": {}, "gate": {}} | more

    return build


@pytest.fixture
def as_heard(build_machine: MachineBuilder) -> Callable[[GoldSession], dict[str, Any]]:
    """Build the machine file of a perfect recogniser that finds nothing private."""
    return lambda gold: build_machine(gold, *((turn.speaker, turn.text) for turn in gold.turns))
