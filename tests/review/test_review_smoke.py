"""The short sample from its opening to a signed set of files: a line hidden, undone, hidden again, and handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.domain import PersonId
from assistant.handout import FileKind, NoteFormat, Recipient
from assistant.review.view import HandOutOrder, Step
from tests.review.conftest import SIGNATURE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.review.conftest import Night

pytestmark = [pytest.mark.models, pytest.mark.slow]


def test_the_sample_is_reviewed_and_handed_out(smoke_night: Night, tmp_path: Path) -> None:
    """What is hidden is in no file, undo brings it back, and each file names its reader alone."""
    night, walter = smoke_night, PersonId("m1")
    line = next(line for line in night.room.note(walter).lines if "trazodone" in line.text)
    night.room.hide(walter, line.number, "trazodone")
    night.settled()
    assert "trazodone" not in night.text(walter)
    assert night.room.undo() == "the hiding of words"
    night.settled()
    assert "trazodone" in night.text(walter)
    line = next(line for line in night.room.note(walter).lines if "trazodone" in line.text)
    night.room.hide(walter, line.number)
    night.settled()
    night.complete()
    for member in night.members:
        night.room.sign(member, SIGNATURE)
    assert {note.step for note in night.room.overview().notes if note.person} == {Step.SIGNED}

    order = HandOutOrder(night.members, Recipient.RECORD, NoteFormat.BIRP, FileKind.MARKDOWN, tmp_path)
    texts = {one.person: one.file.read_text(encoding="utf-8") for one in night.room.hand_out(order) if one.file}

    assert set(texts) == {"m1", "m2"}
    assert "trazodone" not in texts[walter]
    for person, text in texts.items():
        others = [word for p in night.group.people if p.id != person for word in p.name.split()]
        assert not [word for word in others if word in text], person
        assert not any(name.name in path.name for path in tmp_path.iterdir() for name in night.group.people)
