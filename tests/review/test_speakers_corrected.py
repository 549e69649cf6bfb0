"""Words that were given to the wrong person, however confidently, are taken from them; what was decided is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.decisions import Hidden, LeftAlone, Place, SpeakerSet
from assistant.domain import DecidedBy, PersonId, Span, UtteranceId
from assistant.errors import SessionError
from assistant.pipeline.speaker_queue import doubts
from assistant.review.speakers import Speakers
from tests.review.quick import entry

if TYPE_CHECKING:
    from tests.review.quick import Quick

M1, M2 = PersonId("m1"), PersonId("m2")


def test_the_transcript_is_the_whole_room_s_in_order(quick: Quick) -> None:
    """Who, when and what; of one person what is theirs by now."""
    told = quick.room.transcript()

    assert [(one.speaker, one.text[:7]) for one in told] == [("m1", "I sold "), ("m2", "I think"), ("f", "Thank y")]
    assert [one.start for one in told] == sorted(one.start for one in told)
    assert quick.room.transcript(M2) == told[1:2]
    assert len({one.key for one in told} | {stretch.key for stretch in quick.room.speakers()}) == 3
    assert "zebra" not in repr(told)


def test_an_utterance_is_given_to_somebody_else_at_once(quick: Quick) -> None:
    """Shown before the session is read again; undo gives it back."""
    (first, *_) = quick.room.transcript()

    quick.room.name(first.key, M2)

    (named, *_) = quick.room.transcript()
    assert (named.key, named.speaker, named.by_hand) == (first.key, "m2", True)
    assert [one.key for one in quick.room.transcript(M2)] == [first.key, first.key + 1]
    assert quick.room.undo() == "the speaker of 1 stretch"
    assert quick.room.transcript()[0].speaker == "m1"


def test_a_run_of_one_speaker_is_given_away_in_one_press(quick: Quick) -> None:
    """What the speaker said without a break, and no more; one undo."""
    first, second, third = quick.room.transcript()
    quick.room.name(second.key, M1)

    quick.room.name(first.key, M2, alike=True)

    assert [one.speaker for one in quick.room.transcript()] == ["m2", "m2", "f"]
    quick.opened_again()
    assert quick.room.undo() == "the speaker of 2 stretches"
    assert [one.speaker for one in quick.room.transcript()] == ["m1", "m1", "f"]
    with pytest.raises(SessionError, match="queue"):
        quick.room.name(third.key + 99, M1)


def test_what_is_not_theirs_wants_an_ear_until_somebody_is_named(quick: Quick) -> None:
    """One key on the line: the words are nobody's, stand first in the queue, and go from it when they are named."""
    line = next(line for line in quick.room.note(M1).lines if line.speech)
    assert quick.room.overview().to_check == 0

    quick.room.not_theirs(M1, line.number)

    (taken,) = quick.room.speakers()
    assert (taken.speaker, taken.done, taken.doubt.value) == (None, False, "unknown voice")
    assert "zebra lamp" in taken.text
    assert quick.room.overview().to_check == 1
    quick.opened_again()
    (taken,) = quick.room.speakers()
    quick.room.name(taken.key, M2)
    (named,) = quick.room.speakers()
    assert (named.key, named.speaker, named.done) == (taken.key, "m2", True)
    assert quick.room.undo()
    assert quick.room.undo()
    assert quick.room.speakers() == ()


def test_a_line_that_nobody_said_is_not_somebody_else_s(quick: Quick) -> None:
    """A counted line rests on no words."""
    line = next(line for line in quick.room.note(M1).lines if not line.speech)
    with pytest.raises(SessionError, match="rests on nothing"):
        quick.room.not_theirs(M1, line.number)


def test_a_stretch_that_was_left_stays_left(quick: Quick) -> None:
    """Also after opening it again; undo takes it back, and an utterance that is in no queue cannot be left."""
    line = next(line for line in quick.room.note(M1).lines if line.speech)
    quick.room.not_theirs(M1, line.number)
    (taken,) = quick.room.speakers()

    quick.room.leave(taken.key)

    quick.opened_again()
    (left,) = quick.room.speakers()
    assert left.done
    assert left.speaker is None
    assert quick.room.undo() == "the leaving of a stretch as it is"
    assert not quick.room.speakers()[0].done
    with pytest.raises(SessionError, match="not in the queue"):
        quick.room.leave(quick.room.transcript()[0].key)


def test_what_was_in_the_queue_anyway_is_in_it_once(quick: Quick) -> None:
    """Words of an unsure voice, said to be not theirs: the one stretch is open again, whatever was decided before."""
    unsure = entry(0, "m1", "I sold my zebra lamp to pay the rent. It hurt.")
    given = replace(unsure.utterance.attribution, score=0.3, margin=0.05, decided_by=DecidedBy.VOICE)
    entries = (replace(unsure, utterance=replace(unsure.utterance, attribution=given)),)
    (doubtful,) = doubts(entries)
    stored = replace(quick.room._standing.stored, entries=entries)
    standing = replace(quick.room._standing, stored=stored, entries=entries)
    speakers = Speakers(entries)
    rulings = []
    for decided, done in (
        (LeftAlone(doubtful.places), True),
        (SpeakerSet(doubtful.places, None, to_hear=True), False),
        (SpeakerSet(doubtful.places, M2), True),
    ):
        (made,) = quick.room._reviews.rule("abc1", "ann", decided)
        rulings.append(made)
        (stretch,) = speakers.stretches(replace(standing, rulings=tuple(rulings)))
        assert stretch.done is done


def test_what_one_press_hid_comes_back_with_one(quick: Quick) -> None:
    """Several places, one key: one undo, also after opening it again; and a part of a word is no word."""
    line = next(line for line in quick.room.note(M1).lines if line.speech)
    with pytest.raises(SessionError, match="did not say these words"):
        quick.room.hide(M1, line.number, "ent")
    u1 = UtteranceId("u1")
    quick.room._open_one.rule(Hidden(M1, Place(u1, Span(0, 6))), Hidden(M1, Place(u1, Span(10, 20))))
    quick.opened_again()

    assert quick.room.undo() == "the hiding of words"
    assert quick.room.undo() == ""
