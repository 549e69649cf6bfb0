"""Who speaks where no voice is enrolled: microphones tell, or a person who names the voices; never what was said."""

from __future__ import annotations

import json
import wave
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from assistant.capture.recording import Recording
from assistant.domain import SAMPLE_RATE, Frame

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

pytestmark = [pytest.mark.models, pytest.mark.slow]

PEOPLE = ("f1", "m1", "m2")
BLEED = 10 ** (-15 / 20)
"""How loud a microphone hears a neighbour: 15 dB below the one that sits before it."""


@pytest.fixture
def without_clips(session: Path) -> Path:
    """The group file without a voice clip."""
    group = session / "group.toml"
    group.write_text("\n".join(line for line in group.read_text().splitlines() if not line.startswith("voice =")))
    return group


def turns_of(session: Path) -> list[tuple[str, float, float]]:
    """Speaker, start and end in seconds of each turn of the gold session."""
    gold = json.loads((session / "smoke-01.gold.json").read_text())
    return [(turn["speaker"], turn["start"], turn["end"]) for turn in gold["turns"]]


def with_a_microphone_each(session: Path, path: Path) -> Path:
    """Write the sample as if each had a microphone: a track for each, and the others in it as bleed."""
    frames = Recording.open(session / "smoke-01.flac").frames()
    audio = np.concatenate([frame.audio for frame in frames if isinstance(frame, Frame)])
    gains = np.full((len(PEOPLE), audio.shape[0]), BLEED)
    for speaker, start, end in turns_of(session):
        # From the middle of one pause to the next, or the cut itself would sound.
        low, high = int((start - 0.1) * SAMPLE_RATE), int((end + 0.1) * SAMPLE_RATE)
        gains[PEOPLE.index(speaker), low:high] = 1.0
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(PEOPLE))
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(((gains * audio).T.clip(-1, 1) * 32767).astype("<i2").tobytes())
    return path


def wrongly_given(machine: dict[str, Any], turns: list[tuple[str, float, float]]) -> tuple[int, int, int]:
    """Return how many words were given to the wrong person, to the right one, and to nobody."""
    wrong = right = nobodys = 0
    for word in (word for utterance in machine["utterances"] for word in utterance["words"]):
        middle = (word["start"] + word["end"]) / 2
        speakers = {speaker for speaker, start, end in turns if start - 0.3 <= middle <= end + 0.3}
        if word["speaker"] is None:
            nobodys += 1
        elif word["speaker"] in speakers:
            right += 1
        else:
            wrong += 1
    return wrong, right, nobodys


def check_drafts(folder: Path) -> None:
    """Check that each draft tells of its reader, and neither of the other."""
    own = {"m1": ("Walter", "Delmore"), "m2": ("Simone", "October")}
    for person, other in (("m1", "m2"), ("m2", "m1")):
        text = (folder / f"{person}.md").read_text()
        assert any(word in text for word in own[person])
        assert not any(word in text for word in own[other])


def test_a_microphone_each_tells_who_speaks(
    assistant: Command, session: Path, without_clips: Path, tmp_path: Path
) -> None:
    """With bleed 15 dB down no word goes to the wrong person, nearly all to the right one, and none is heard twice."""
    recording = with_a_microphone_each(session, tmp_path / "tracks.wav")

    ran = assistant(
        "process", recording, "--group", without_clips, "--drafts", tmp_path / "d", "--machine", tmp_path / "m.json",
        "--channels", "1=f1,2=m1,3=m2",
    )  # fmt: skip

    assert ran.code == 0, ran.err
    machine = json.loads((tmp_path / "m.json").read_text())
    wrong, right, nobodys = wrongly_given(machine, turns_of(session))
    said = sum(len(turn["text"].split()) for turn in json.loads((session / "smoke-01.gold.json").read_text())["turns"])
    assert wrong == 0
    assert right >= 0.9 * said
    assert right + nobodys <= 1.1 * said
    assert {u["decided_by"] for u in machine["utterances"]} == {"channel"}
    assert {u["speaker_score"] for u in machine["utterances"] if u["speaker"]} == {1.0}
    check_drafts(tmp_path / "d")


def test_voices_are_lettered_until_a_person_names_them(
    assistant: Command, session: Path, without_clips: Path, tmp_path: Path
) -> None:
    """Without clips voices have letters and no draft has words; named, each goes to the person that was said."""
    words = ("process", session / "smoke-01.flac", "--group", without_clips, "--drafts", tmp_path / "d")

    first = assistant(*words, "--machine", tmp_path / "m1.json")

    assert first.code == 0, first.err
    machine = json.loads((tmp_path / "m1.json").read_text())
    assert {u["speaker"] for u in machine["utterances"]} == {None}
    letters = sorted(machine["voices"])
    assert letters == ["A", "B", "C"]
    for told in ("voice A", "voice B", "voice C", "--name-voices"):
        assert told in first.out
    assert not any(
        "Delmore" in path.read_text() or "October" in path.read_text() for path in (tmp_path / "d").iterdir()
    )

    turns = turns_of(session)
    named = {}
    for letter in letters:
        mine = [u for u in machine["utterances"] if u["voice"] == letter]
        longest = max(mine, key=lambda u: u["end"] - u["start"])
        middle = (longest["start"] + longest["end"]) / 2
        named[letter] = next(speaker for speaker, start, end in turns if start - 0.3 <= middle <= end + 0.3)
    pairs = ",".join(f"{letter}={person}" for letter, person in named.items())
    second = assistant(*words, "--replace", "--machine", tmp_path / "m2.json", "--name-voices", pairs)

    assert second.code == 0, second.err
    machine = json.loads((tmp_path / "m2.json").read_text())
    wrong, right, _ = wrongly_given(machine, turns)
    assert wrong == 0
    assert right > 100
    assert {u["decided_by"] for u in machine["utterances"] if u["speaker"]} == {"key"}
    assert machine["voices"] == {}
    check_drafts(tmp_path / "d")
