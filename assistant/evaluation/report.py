"""The figures as JSON for machines: every count, the ratios people look at, and the targets."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant.domain import AlertLevel
from assistant.errors import OutputError
from assistant.evaluation.spans import IDENTIFIERS
from assistant.evaluation.targets import targets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assistant.evaluation.leaks import LeakCount, Leaks
    from assistant.evaluation.scores import Mode, SessionScores, System
    from assistant.evaluation.spans import TypeFigures


def as_json(each: Sequence[SessionScores], whole: SessionScores, mode: Mode) -> dict[str, Any]:
    """Return the report: ``total``, one entry per session, and the targets. It holds ids and counts, never words."""
    return {
        "mode": str(mode),
        "total": _scores(whole),
        "sessions": {one.sessions[0]: _scores(one) for one in each},
        "targets": [
            {"name": t.name, "value": t.value, "bound": t.bound, "at_least": t.at_least, "met": t.met}
            for t in targets(whole, mode)
        ],
    }


def write_json(path: Path, report: dict[str, Any]) -> None:
    """Write a report.

    Raises:
        OutputError: The file cannot be written.
    """
    try:
        path.write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    except OSError as failure:
        raise OutputError(f"report {path} cannot be written: {failure.strerror}") from None


def _scores(scores: SessionScores) -> dict[str, Any]:
    return {
        "audio_s": scores.audio_s,
        "elapsed_s": scores.elapsed_s,
        "real_time_factor": scores.real_time_factor,
        "words": asdict(scores.words) | {"rate": scores.words.rate},
        "names_heard": asdict(scores.names) | {"rate": scores.names.rate, "exact_rate": scores.names.exact_rate},
        "word_owners": asdict(scores.owners)
        | {
            "wrong_per_1000_before": scores.owners.wrong_before,
            "wrong_per_1000_after": scores.owners.wrong_after,
            "lost": scores.owners.lost,
        },
        "diarization": asdict(scores.diarization) | {"rate": scores.diarization.rate},
        "diarization_before_abstention": asdict(scores.diarization_before) | {"rate": scores.diarization_before.rate},
        "spans": {
            "all": _type(scores.spans.over()),
            "identifiers": _type(scores.spans.over(IDENTIFIERS)),
            "by_type": {str(kind): _type(figures) for kind, figures in scores.spans.by_type().items()},
        },
        "alerts": _alerts(scores),
        "notes": _system(scores.notes),
        "own_turns": _system(scores.own_turns),
        "presidio": _system(scores.presidio),
        "notes_due": scores.notes_due,
        "notes_written": scores.notes_written,
        "gate_findings": scores.gate_findings,
        "coverage": {"attributed_s": scores.attributed_s, "speech_s": scores.speech_s},
    }


def _type(figures: TypeFigures) -> dict[str, Any]:
    return asdict(figures) | {
        "recall": figures.recall,
        "recall_heard": figures.recall_heard,
        "covered_rate": figures.covered_rate,
        "precision": figures.precision,
        "precision_marked": figures.precision_marked,
        "owner_accuracy": figures.owner_accuracy,
    }


def _alerts(scores: SessionScores) -> dict[str, Any]:
    alerts = scores.alerts
    return {
        "hours": alerts.hours,
        "missed": alerts.missed_turns,
        "false": alerts.false_utterances,
        "by_kind": {f"{kind}/{level}": asdict(row) for (kind, level), row in alerts.by_kind().items()},
    } | {
        str(level): asdict(alerts.at(level))
        | {
            "recall": alerts.recall(level),
            "recall_at_level": alerts.recall_at_level(level),
            "false_per_hour": alerts.false_per_hour(level),
        }
        for level in AlertLevel
    }


def _system(system: System) -> dict[str, Any]:
    leaks, utility = system.leaks, system.utility
    return {
        "leaks": {
            "identifiers": _count(leaks.identifiers),
            "others": _count(leaks.others),
            "planted": _count(leaks.planted),
            "own_outsiders": _count(leaks.own_outsiders),
            "by_relation": {str(relation): _count(count) for relation, count in leaks.by_relation().items()},
            "by_pair": {f"{reader} <- {holder}": _count(c) for (reader, holder), c in leaks.by_pair().items()},
            "by_holder": {holder: _count(count) for holder, count in leaks.by_holder().items()},
            "worst_holder": _worst(leaks.worst_holder()),
            "worst_reader": _worst(leaks.worst_reader()),
            "places": _places(leaks),
        },
        "utility": {
            "kept": utility.kept,
            "kept_with_names": utility.kept_with_names,
            "fates": {str(fate): number for fate, number in utility.fates().items()},
            "withheld_because": utility.reasons(),
            "facts": [
                {"reader": f.reader, "type": str(f.type), "turn": f.turn, "fate": str(f.fate), "reason": f.reason}
                for f in utility.facts
            ],
        },
    }


def _count(count: LeakCount) -> dict[str, Any]:
    return asdict(count) | {"leaked": count.leaked, "per_thousand": count.per_thousand}


def _worst(worst: tuple[str, LeakCount] | None) -> dict[str, Any] | None:
    return None if worst is None else {"who": worst[0]} | _count(worst[1])


def _places(leaks: Leaks) -> list[dict[str, Any]]:
    return [
        {
            "reader": row.reader,
            "holder": row.holder,
            "relation": str(row.relation),
            "type": str(row.type) if row.type else "planted",
            "leaked": row.leaked,
            "turns": row.turns,
        }
        for row in leaks.rows
        if row.leaked
    ]
