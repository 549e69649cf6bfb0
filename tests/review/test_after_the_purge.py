"""When the words of a session are destroyed its signed notes still go out as signed, are added to, and hold nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.cli.review_wiring import DeskBuilder
from assistant.decisions import Field
from assistant.domain import PersonId
from assistant.errors import GateRefusedError, SessionError
from assistant.handout import FileKind, NoteFormat, Recipient
from assistant.review.handing_out import Counter
from assistant.review.view import HandOutOrder
from assistant.settings import Settings
from assistant.store.retention import Retention, RetentionPolicy
from assistant.store.reviews import Reviews
from assistant.store.sessions import Sessions
from tests.review.quick import quick_review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.review.quick import Quick

pytestmark = [pytest.mark.models, pytest.mark.slow]

M1, M2 = PersonId("m1"), PersonId("m2")
SIGNATURE = "A. Cole, LCSW"


class MovedClock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = dt.datetime(2026, 3, 5, 21, 0, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        """Return the time."""
        return self.at


@pytest.fixture(scope="module")
def purged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quick]:
    """A session of which one note was signed before its words were destroyed, opened again."""
    clock, folder = MovedClock(), tmp_path_factory.mktemp("purged")
    with quick_review(folder, builder=lambda _: DeskBuilder(Settings()), clock=clock) as quick:
        quick.complete()
        quick.room.sign(M1, SIGNATURE)
        clock.at += dt.timedelta(days=31)
        Retention(quick.vault, Sessions(quick.vault).sounds, RetentionPolicy(transcript_days=30)).purge()
        quick.opened_again()
        yield quick


def order(quick: Quick, kind: FileKind = FileKind.TEXT) -> HandOutOrder:
    """Return an order for the signed note."""
    return HandOutOrder((M1,), Recipient.RECORD, NoteFormat.SOAP, kind, quick.folder / "out")


def handed_out(quick: Quick) -> str:
    """Return the text of the signed note's file."""
    (done,) = quick.room.hand_out(order(quick))
    assert done.file is not None, done.refused
    return done.file.read_text(encoding="utf-8")


def test_what_was_signed_goes_out_as_it_was_signed(purged: Quick) -> None:
    """The words of the session are gone, those of the note are not; nothing else can be done any more."""
    assert not purged.room.overview().session.text
    assert purged.room.transcript() == ()
    assert purged.room.speakers() == ()

    text = handed_out(purged)

    assert "zebra lamp" in text
    assert "Barnaby" not in text
    deeds: tuple[Callable[[], None], ...] = (
        lambda: purged.room.sign(M2, SIGNATURE),
        lambda: purged.room.write(M2, Field.PLAN, "Continue."),
    )
    for deed in deeds:
        with pytest.raises(SessionError, match="destroyed"):
            deed()


def test_an_addendum_names_nobody_of_the_group(purged: Quick) -> None:
    """The roster is what is left to hold it against: a name is refused, without it the addendum is in the file."""
    for words in ("Talked about Barnaby.", "Mr. Thistlewood rang."):
        with pytest.raises(GateRefusedError, match="Addenda line 2: name"):
            purged.room.add(M1, words, SIGNATURE)
    assert "rang" not in handed_out(purged)

    purged.room.add(M1, "Attendance was confirmed.", SIGNATURE)

    assert "Attendance was confirmed." in handed_out(purged)


def test_a_note_that_is_not_as_it_was_signed_stays(purged: Quick) -> None:
    """Its digest is held against it."""
    standing = purged.room._standing
    other = replace(standing.signed[M1], checked="0" * 64)
    now = purged.vault.clock.now()
    reviews, gate = Reviews(purged.vault), purged.room._working

    (done,) = Counter(replace(standing, signed={M1: other}), reviews, gate, "ann", now).hand_out(order(purged))

    assert done.file is None
    assert done.by_gate
    assert "not as it was signed" in done.refused
