"""An undo that takes back what a signed note rests on says so, before and after; one that does not, says nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from assistant.decisions import Field
from assistant.domain import PersonId
from assistant.handout import Addendum
from assistant.store.reviews import Reviews
from tests.review.quick import quick_review

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.review.quick import Quick

M1, M2 = PersonId("m1"), PersonId("m2")
SIGNATURE = "A. Cole, LCSW"


class Minutes:
    """A clock on which every look takes a minute: what was decided before a signature is so by the time as well."""

    def __init__(self) -> None:
        """Begin in the evening."""
        self._at = dt.datetime(2026, 3, 5, 21, 0, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        """Return the time."""
        self._at += dt.timedelta(minutes=1)
        return self._at


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Quick]:
    """A review in which no two deeds are of the same time."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    with quick_review(tmp_path, clock=Minutes()) as review:
        yield review


def outdated(quick: Quick) -> list[str]:
    """Return whose notes an addendum is due to."""
    return [row.person.id for row in quick.room.overview().notes if row.outdated and row.person is not None]


def signed(quick: Quick, *members: str) -> None:
    """Complete and sign."""
    for member in members:
        quick.complete(member)
    for member in members:
        quick.room.sign(PersonId(member), SIGNATURE)


def test_a_field_of_a_signed_note(slow: Quick) -> None:
    """It is sure: the list shows the same at once, and after the vault was opened again."""
    signed(slow, "m1")
    told = "what was written in the field plan, which makes 1 signed note outdated"
    assert slow.room.overview().can_undo == told

    assert slow.room.undo() == told

    assert outdated(slow) == ["m1"]
    slow.opened_again()
    assert outdated(slow) == ["m1"]


def test_a_field_of_the_group_part_stands_in_every_note(slow: Quick) -> None:
    """Both signed notes are named by their number; the topic that is taken back was written before the signatures."""
    for member in ("m1", "m2"):
        slow.complete(member)
    slow.room.write(None, Field.TOPIC, "Coping skills")
    for member in (M1, M2):
        slow.room.sign(member, SIGNATURE)
    told = "what was written in the field topic, which makes 2 signed notes outdated"
    assert slow.room.overview().can_undo == told

    assert slow.room.undo() == told

    assert outdated(slow) == ["m1", "m2"]
    slow.opened_again()
    assert outdated(slow) == ["m1", "m2"]


def test_an_addendum_answers_the_undo_before_it(slow: Quick) -> None:
    """And the next undo asks for another one."""
    signed(slow, "m1")
    slow.room.undo()
    Reviews(slow.vault).add(
        "abc1", M1, Addendum("The plan was withdrawn.", SIGNATURE, "clinician", slow.vault.clock.now())
    )
    slow.opened_again()
    assert outdated(slow) == []
    told = "what was written in the field assessment, which makes 1 signed note outdated"
    assert slow.room.overview().can_undo == told

    slow.room.undo()

    assert outdated(slow) == ["m1"]


def test_a_speaker_named_before_the_signature(slow: Quick) -> None:
    """What a new reading makes of it is not known yet: it may."""
    slow.room.name(slow.room.transcript()[0].key, M2)
    slow.settled()
    for member in ("m1",):
        slow.complete(member)
    slow.room.sign(M1, SIGNATURE)
    while slow.room.overview().can_undo.startswith("what was written"):
        slow.room.undo()
    # Its fields are taken back, so the note is outdated already; the speaker makes it no more so.
    assert slow.room.overview().can_undo == "the speaker of 1 stretch"

    slow.opened_again()
    slow.room.undo()
    slow.room.name(slow.room.transcript()[0].key, M2)
    slow.settled()
    slow.complete("m2")
    slow.room.name(slow.room.transcript()[0].key, M2)
    slow.settled()
    slow.room.sign(M2, SIGNATURE)
    told = "the speaker of 1 stretch, which may make 1 signed note outdated"
    assert slow.room.overview().can_undo == told
    assert slow.room.undo() == told


def test_what_was_decided_since_the_signature_goes_back_to_what_was_signed(slow: Quick) -> None:
    """Nothing is said of it, nor of another member's own field, nor where nobody signed."""
    slow.complete("m1")
    assert slow.room.overview().can_undo == "what was written in the field plan"
    slow.room.sign(M1, SIGNATURE)
    slow.room.name(slow.room.transcript()[0].key, M2)
    slow.settled()
    assert slow.room.overview().can_undo == "the speaker of 1 stretch"
    slow.room.write(M2, Field.PLAN, "Come again.")
    assert slow.room.undo() == "what was written in the field plan"
    assert slow.room.undo() == "the speaker of 1 stretch"
    slow.settled()
    assert outdated(slow) == []
