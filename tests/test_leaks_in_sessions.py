"""Nothing of another member is in a finished note, over whole invented sessions with the real models."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.cli.preflight import READERS
from assistant.cli.source import Source
from assistant.cli.wiring import Workshop, heard_in_transcript
from assistant.evaluation.gold import as_transcript, read_gold
from assistant.groupfile import read_group
from assistant.notes.markdown import render
from assistant.pipeline.progress import Quiet
from assistant.settings import Settings
from assistant.transcription.transcripts import utterances_in

SESSIONS = Path(__file__).parent / "sessions"
NUMBERS = frozenset({"ADDRESS", "PHONE", "EMAIL", "OTHER_ID"})


@pytest.fixture(scope="module")
def workshop(models_root: Path) -> Workshop:
    """The rooms, built once."""
    return Workshop(Settings(models_folder=models_root))


def stands(phrase: str, note: str) -> bool:
    """Whether a phrase stands in a note as whole words, in any case."""
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", note, re.IGNORECASE) is not None


@pytest.mark.models
@pytest.mark.slow
@pytest.mark.parametrize("lower", [False, True], ids=["as written", "lower case without punctuation"])
@pytest.mark.parametrize("name", ["trauma-06", "eating-09", "veterans-07"])
def test_a_note_holds_nothing_of_another_member(workshop: Workshop, name: str, lower: bool) -> None:
    """No canary, contact detail, number or full name of another stands in anybody's note; every note is written."""
    folder = SESSIONS / name
    gold, group = read_gold(folder), read_group(folder / "group.toml")
    heard = heard_in_transcript(utterances_in(as_transcript(gold, lower=lower), group))
    result = workshop.process_heard(Source(folder / "group.toml", {}, {}), group, heard, READERS, Quiet())
    canaries = json.loads((folder / "canaries.json").read_text(encoding="utf-8"))["canaries"]
    turns = json.loads((folder / f"{name}.gold.json").read_text(encoding="utf-8"))["turns"]
    spans = [span for turn in turns for span in turn["spans"]]

    assert not result.drafts.refused
    for member, draft in result.drafts.members.items():
        note = render(draft.note)
        for canary in canaries:
            assert canary["owner"] == member or not stands(canary["phrase"], note), (member, canary["owner"])
        for person in group.people:
            assert person.id == member or not stands(person.name, note), (member, person.id)
        for span in spans:
            if span["type"] in NUMBERS and span["owner"] != member:
                assert not stands(span["surface"], note), (member, span["owner"], span["type"])
    assert any(stands(c["phrase"], render(result.drafts.members[c["owner"]].note)) for c in canaries)
