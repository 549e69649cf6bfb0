"""Diarization error, frame by frame, on stretches counted by hand."""

from __future__ import annotations

import pytest

from assistant.evaluation.diarization import DiarizationError, diarization_error, stretches
from assistant.evaluation.gold import Stretch
from assistant.evaluation.machine import read_machine


def test_each_kind_of_error_by_its_frames() -> None:
    """4 s said: 1 s right, 1 s on the wrong person, 2 s missed, and 0.5 s invented."""
    reference = [Stretch(0, 2, "m1"), Stretch(3, 5, "m2")]
    found = [Stretch(0, 1, "m1"), Stretch(1, 2, "m2"), Stretch(6, 6.5, "m1")]

    assert diarization_error(reference, found) == DiarizationError(400, missed=200, false_alarm=50, confused=100)
    assert diarization_error(reference, found).rate == pytest.approx(350 / 400)


def test_overlapped_speech_counts_for_both() -> None:
    """Two people at once are two seconds of speech a second; one of them found is one missed."""
    reference = [Stretch(0, 1, "m1"), Stretch(0, 1, "m2")]

    assert diarization_error(reference, [Stretch(0, 1, "m1")]) == DiarizationError(200, missed=100)


def test_swapped_names_are_all_wrong() -> None:
    """Ids are not mapped: two voices under each other's names are two disclosures."""
    reference = [Stretch(0, 1, "m1"), Stretch(1, 2, "m2")]

    assert diarization_error(reference, [Stretch(0, 1, "m2"), Stretch(1, 2, "m1")]).rate == 1


def test_nothing_against_nothing() -> None:
    """An empty session has no rate."""
    assert diarization_error([], []) == DiarizationError()
    assert diarization_error([], []).rate is None


def test_words_are_joined_over_short_pauses_and_unknown_ones_left_out() -> None:
    """Half a second is bridged, more is a pause; nobody's words are nobody's time; the guess has them."""
    words = [
        {"text": "a", "start": 0.0, "end": 0.2, "speaker": "m1"},
        {"text": "b", "start": 0.6, "end": 0.8, "speaker": "m1"},
        {"text": "c", "start": 2.0, "end": 2.2, "speaker": "m1"},
        {"text": "d", "start": 3.0, "end": 3.2, "speaker": None, "guess": "m2"},
    ]
    row = {"id": "u1", "start": 0.0, "end": 3.2, "speaker": "m1", "text": "a b c d", "words": words}
    machine = read_machine({"utterances": [row]})

    assert stretches(machine) == (Stretch(0.0, 0.8, "m1"), Stretch(2.0, 2.2, "m1"))
    assert Stretch(3.0, 3.2, "m2") in stretches(machine, guessed=True)
