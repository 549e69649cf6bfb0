"""Two members' words were confidently given to each other: corrected, each file holds its reader alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from assistant.domain import PersonId
from assistant.handout import FileKind, NoteFormat, Recipient
from assistant.review.view import HandOutOrder
from tests.cli.test_canaries import CANARIES, SAID, holds
from tests.review.conftest import SIGNATURE, canary_group, new_night
from tests.review.test_review_canaries import everything_in, holds_nobody_else

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.review.conftest import Night

pytestmark = [pytest.mark.models, pytest.mark.slow]

M2, M3 = PersonId("m2"), PersonId("m3")
SWAPPED = range(7, 18)
"""The stretch of the session in which the second and the third member are taken for each other."""
OTHER = {"m2": "m3", "m3": "m2"}


@pytest.fixture
def swapped(tmp_path: Path) -> Iterator[Night]:
    """The session of planted facts, with two members taken for each other in its middle."""
    rows = [
        {
            "speaker": OTHER.get(who or "", who) if number in SWAPPED else who,
            "text": text,
            "start": 4.0 * number,
            "end": 4.0 * number + 3.5,
        }
        for number, (who, text) in enumerate(SAID)
    ]
    transcript = tmp_path / "session.json"
    transcript.write_text(json.dumps({"utterances": rows}), encoding="utf-8")
    yield from new_night(tmp_path, canary_group(tmp_path), transcript)


def test_what_was_swapped_is_put_right_and_no_byte_tells_of_it(swapped: Night, tmp_path: Path) -> None:
    """Before, one's note holds the other's story; corrected by the transcript and from a note, none of it is left."""
    night = swapped
    wrong = {m: [c for c in CANARIES[OTHER[m]] if holds(night.text(m), c)] for m in (M2, M3)}
    assert wrong[M2] or wrong[M3]
    stranger = M2 if wrong[M2] else M3
    line = next(li for li in night.room.note(stranger).lines if any(holds(li.text, c) for c in wrong[stranger]))

    # From the note: these words are not this member's, whoever's they are.
    queued = len(night.room.speakers())
    night.room.not_theirs(stranger, line.number)
    night.settled()
    assert line.text not in night.text(stranger)
    assert len(night.room.speakers()) == queued + 1
    assert night.room.speakers()[0].speaker is None
    # From the whole room's transcript: everything else of the stretch.
    texts = {text: who for number, (who, text) in enumerate(SAID) if number in SWAPPED and who in OTHER}
    for spoken in night.room.transcript():
        if spoken.text in texts and spoken.speaker is not None:
            night.room.name(spoken.key, PersonId(str(texts[spoken.text])))
    night.room.name(night.room.speakers()[0].key, PersonId(OTHER[stranger]))
    night.settled()

    assert night.room.speakers()[0].done
    for spoken in night.room.transcript():
        if spoken.text in texts:
            assert spoken.speaker == texts[spoken.text]
    night.complete()
    for member in night.members:
        night.room.sign(member, SIGNATURE)
    found: dict[str, list[str]] = {member: [] for member in night.members}
    for kind in FileKind:
        order = HandOutOrder(night.members, Recipient.RECORD, NoteFormat.SOAP, kind, tmp_path / "out")
        for one in night.room.hand_out(order):
            assert one.file is not None, one.refused
            text = everything_in(one.file)
            holds_nobody_else(text, one.person)
            found[one.person].append(text)
    for person, told in found.items():
        assert len(told) == len(FileKind)
        assert any(holds(told[0], canary) for canary in CANARIES[person]), person


def test_a_swap_that_is_taken_back_is_as_it_was(swapped: Night) -> None:
    """Every decision undone: the notes say what they said, and nothing of the correction stays."""
    night = swapped
    before = {member: night.text(member) for member in night.members}
    texts = {text: who for number, (who, text) in enumerate(SAID) if number in SWAPPED and who in OTHER}
    for spoken in night.room.transcript():
        if spoken.text in texts:
            night.room.name(spoken.key, PersonId(str(texts[spoken.text])))
    night.settled()
    assert {member: night.text(member) for member in night.members} != before

    while night.room.undo():
        pass
    night.settled()

    assert {member: night.text(member) for member in night.members} == before
