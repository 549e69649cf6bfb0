"""A whole session scored, summed, shown and written, with nothing that was said in what is written."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from assistant.cli.evaluate import show
from assistant.errors import InputError, OutputError
from assistant.evaluation.gold import read_gold
from assistant.evaluation.scores import Mode, SessionScores, score_session, total
from assistant.evaluation.targets import targets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assistant.evaluation.gold import GoldSession


@pytest.fixture(scope="module")
def perfect(smoke: Path) -> tuple[GoldSession, dict[str, Any]]:
    """The smoke session, and the machine file of a recogniser that hears, tags and attributes everything rightly."""
    gold = read_gold(smoke)
    rows = [
        {
            "id": f"u{turn.index}",
            "start": turn.start,
            "end": turn.end,
            "speaker": turn.speaker,
            "text": turn.text,
            "words": [
                {"text": turn.text[w.start_char : w.end_char], "start": w.start, "end": w.end, "speaker": turn.speaker}
                for w in turn.words
            ],
            "disclosures": [
                {"start": s.start, "end": s.end, "type": str(s.type), "owner": s.owner} for s in turn.spans
            ],
        }
        for turn in gold.turns
    ]
    alerts = [
        {"utterance": f"u{turn.index}", "kind": str(kind), "level": "A1"} for turn in gold.turns for kind in turn.alerts
    ]
    return gold, {"utterances": rows, "alerts": alerts, "notes": {}, "gate": {"m1": [], "m2": [{"rule": "r"}]}}


@pytest.fixture(scope="module")
def scores(perfect: tuple[GoldSession, dict[str, Any]]) -> SessionScores:
    """That session, scored with notes that hold each member's own turns with every capital word masked."""
    gold, machine = perfect
    notes = {"m1": "Off the vodka, takes trazodone, is sixty-one.", "m2": "Nothing to record."}
    return score_session(
        gold, machine, notes, mode=Mode.AUDIO, presidio=lambda text: text.replace("Walter", "X"), elapsed_s=5.0
    )


def test_a_perfect_recogniser_has_perfect_figures(scores: SessionScores) -> None:
    """No word is wrong, nothing is missed, and the baselines are worse than the notes."""
    assert scores.words.rate == 0
    assert scores.owners.wrong_after == 0
    assert scores.diarization.rate == pytest.approx(0, abs=0.05)
    assert scores.spans.over().recall == scores.spans.over().precision == scores.spans.over().owner_accuracy == 1
    assert scores.alerts.recall(next(iter(scores.alerts.rows))[1]) == 1
    assert scores.notes.leaks.identifiers.leaked == 0
    assert scores.own_turns.leaks.identifiers.leaked == 2
    assert scores.presidio.leaks.identifiers.leaked == 1
    assert scores.own_turns.utility.kept == 1
    assert (scores.notes_due, scores.notes_written, scores.gate_findings) == (2, 2, 1)


def test_the_sum_of_two_is_the_sum_of_counts(scores: SessionScores) -> None:
    """Counts double, ratios stay; nothing plus a session is the session."""
    both = total([scores, scores])

    assert both.words.reference == 2 * scores.words.reference
    assert both.real_time_factor == scores.real_time_factor
    assert both.notes.leaks.identifiers.tried == 2 * scores.notes.leaks.identifiers.tried
    assert total([scores]) == scores


def test_text_mode_has_no_diarization_and_other_targets(perfect: tuple[GoldSession, dict[str, Any]]) -> None:
    """From text there are no voices to tell apart and no time to keep."""
    scores = score_session(*perfect, {}, mode=Mode.TEXT)

    assert scores.diarization.rate is None
    assert scores.presidio.leaks.rows == ()
    assert any(target.name == "span recall" and target.met for target in targets(scores, Mode.TEXT))
    assert not any("abstention" in target.name for target in targets(scores, Mode.TEXT))


def test_refused_notes_keep_nothing_and_leak_nothing(perfect: tuple[GoldSession, dict[str, Any]]) -> None:
    """The target for own facts is missed; the one for leaks has nothing to say."""
    scores = score_session(*perfect, {}, mode=Mode.TEXT)
    met = {target.name: target.met for target in targets(scores, Mode.TEXT)}

    assert met["own facts in one's own note"] is False
    assert met["identifiers of others in a note"] is None


def test_a_zero_length_session_is_scored_and_shown(build_gold: Callable[..., GoldSession]) -> None:
    """Nothing said: every ratio is empty, and the tables still print."""
    empty = score_session(build_gold(), {"utterances": []}, {}, mode=Mode.AUDIO)
    out = io.StringIO()

    assert show(Console(file=out, width=120), [empty], Mode.AUDIO) == empty
    assert "Targets" in out.getvalue()


def test_the_report_is_json_without_a_word_of_speech(
    scores: SessionScores, perfect: tuple[GoldSession, dict[str, Any]], tmp_path: Path
) -> None:
    """Neither table nor JSON repeats a name or a fact."""
    out = io.StringIO()
    show(Console(file=out, width=200), [scores], Mode.AUDIO, tmp_path / "report.json")
    written = (tmp_path / "report.json").read_text()
    surfaces = {turn.text[span.start : span.end] for turn in perfect[0].turns for span in turn.spans}

    assert json.loads(written)["total"]["words"]["rate"] == 0
    assert json.loads(written)["sessions"]["smoke-01"]["notes_written"] == 2
    assert not [surface for surface in surfaces if surface in written or surface in out.getvalue()]


def test_a_report_that_cannot_be_written_says_so(scores: SessionScores, tmp_path: Path) -> None:
    """One line, the house's own error."""
    with pytest.raises(OutputError, match="cannot be written"):
        show(Console(file=io.StringIO()), [scores], Mode.AUDIO, tmp_path)


def test_a_malformed_machine_file_is_refused_without_its_words(build_gold: Callable[..., GoldSession]) -> None:
    """The message holds nothing of the file."""
    bad = {"utterances": [{"id": "u1", "text": "Quillsworth", "words": [{"text": "Quillsworth"}]}]}

    with pytest.raises(InputError) as caught:
        score_session(build_gold(), bad, {}, mode=Mode.TEXT)
    assert "Quillsworth" not in str(caught.value)
