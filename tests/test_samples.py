"""What ships in ``samples/`` is complete: whoever has the checkout can run everything the README says."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.capture.recording import Recording
from assistant.cli.session import SAMPLE, samples_folder
from assistant.domain import SAMPLE_RATE
from assistant.evaluation.gold import read_gold
from assistant.groupfile import read_group, require_recording_consent

SAMPLES = Path(__file__).parent.parent / "samples"
GOLD = sorted(p.name for p in SAMPLES.iterdir() if p.is_dir() and not p.name.startswith("training-"))
"""What ``assistant sample`` made out of one of them is no session, and is tested beside the command."""


def test_the_demo_finds_its_sample() -> None:
    """The sample that ``assistant demo`` shows is there."""
    assert (samples_folder() / SAMPLE / f"{SAMPLE}.flac").is_file()


@pytest.mark.parametrize("name", GOLD)
def test_a_sample_is_a_complete_gold_session(name: str) -> None:
    """Recording, gold, speaker times, group file and a voice clip for everybody present."""
    folder = SAMPLES / name
    gold = read_gold(folder)
    group = read_group(folder / "group.toml")

    require_recording_consent(group, name)
    assert gold.audio is not None
    recording = Recording.open(gold.audio)
    assert recording.duration == pytest.approx(gold.duration_s * SAMPLE_RATE, abs=SAMPLE_RATE)
    assert (folder / f"{name}.rttm").is_file()
    for person in group.present:
        assert person.voice is not None
        Recording.open(person.voice)
    assert {turn.speaker for turn in gold.turns} <= {person.id for person in group.people}
    assert any(turn.spans for turn in gold.turns)
