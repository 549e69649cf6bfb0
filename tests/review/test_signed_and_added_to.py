"""A signed note that needs an addendum says so, and one that has it looks whole to nobody who may not have it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import PersonId, Tombstone, TombstoneReason, samples
from assistant.handout import FileKind, NoteFormat, Recipient
from assistant.notes import sentences as say
from assistant.review.view import HandOutOrder
from assistant.store.sessions import Sessions
from tests.review.quick import quick_review

if TYPE_CHECKING:
    from pathlib import Path

M1 = PersonId("m1")
SIGNATURE = "A. Cole, LCSW"


@dataclass
class MovedClock:
    """A clock that a test moves."""

    at: dt.datetime

    def now(self) -> dt.datetime:
        """Return the time."""
        return self.at


def test_a_payer_sees_that_there_is_an_addendum_and_not_what_it_says(tmp_path: Path) -> None:
    """The part is there with the line that it is left out; the record has it whole."""
    with quick_review(tmp_path) as quick:
        quick.complete()
        quick.room.sign(M1, SIGNATURE)
        quick.room.add(M1, "Called the next day.", SIGNATURE)
        texts = {}
        for recipient in (Recipient.PAYER, Recipient.RECORD):
            order = HandOutOrder(
                (M1,), recipient, NoteFormat.SOAP, FileKind.MARKDOWN, tmp_path / "out", "Blue Plan", "payment"
            )
            (done,) = quick.room.hand_out(order)
            assert done.file is not None, done.refused
            texts[recipient] = done.file.read_text(encoding="utf-8")

        assert "Called" not in texts[Recipient.PAYER]
        _, heading, after = texts[Recipient.PAYER].rpartition(say.ADDENDA)
        assert heading
        assert say.LEFT_OUT in after
        assert "Called the next day." in texts[Recipient.RECORD]


def test_words_that_are_struck_after_signing_ask_for_an_addendum(tmp_path: Path) -> None:
    """The note stays as it was signed and is outdated; an addendum answers it."""
    clock = MovedClock(dt.datetime(2026, 3, 5, 21, 0, tzinfo=dt.UTC))
    with quick_review(tmp_path, clock=clock) as quick:
        quick.complete()
        quick.room.sign(M1, SIGNATURE)
        assert not quick.room.note(M1).outdated
        clock.at += dt.timedelta(hours=1)
        Sessions(quick.vault).strike("abc1", Tombstone(0, samples(3.5), TombstoneReason.STRUCK))
        quick.opened_again()
        assert quick.room.note(M1).outdated
        clock.at += dt.timedelta(hours=1)

        quick.room.add(M1, "A passage was taken back.", SIGNATURE)

        quick.opened_again()
        assert not quick.room.note(M1).outdated
