"""Speech without marks is cut where a new sentence begins, and what is cut apart still tells nothing of others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.domain import PersonId, WithheldReason
from assistant.privacy.redaction import tidy
from assistant.privacy.release import release

if TYPE_CHECKING:
    from tests.privacy.conftest import Talk

pytestmark = pytest.mark.models


def _note(talk: Talk, reader: str) -> str:
    return " ".join(line.text for line in release(talk.readings, PersonId(reader), talk.group).lines)


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        ("wanda you should see someone i got four hours of respite", "respite", "wanda"),
        ("like wanda with her lamp i leave the hall light on", "hall light", "lamp"),
        ("gordon i can say it myself i lost the farm", "farm", "gordon"),
    ],
)
def test_own_sentence_of_a_run_on_stays(talk: Talk, text: str, kept: str, gone: str) -> None:
    """The reader's own sentence is released without the one about somebody else before it."""
    talk.say("m1", text)
    note = _note(talk, "m1").lower()
    assert kept in note
    assert gone not in note


@pytest.mark.parametrize(
    "text",
    [
        "wanda and i share lifts on mondays",
        "wanda and i we share lifts to the allotment",
        "she was like i want to sell the farm",
        "you can call me man when it gets bad",
        "You can write to me if you need a truck for the move.",
    ],
)
def test_what_is_shared_quoted_or_offered_stays_out(talk: Talk, text: str) -> None:
    """A cut never leaves the reader half of a sentence that tells of another or is another's."""
    talk.say("m1", text)
    assert _note(talk, "m1") == ""


def test_another_he_is_not_somebody_of_ones_own(talk: Talk) -> None:
    """A pronoun that meant a participant goes on meaning one, whoever is brought up beside it."""
    talk.say("m2", "Where's Gordon? He said he would come.")
    talk.say("m1", "He's not well. His boyfriend told my roommate he lost the flat. He's not telling people yet.")
    assert _note(talk, "m1") == ""


def test_professional_whom_somebody_spoke_of_may_be_present(talk: Talk) -> None:
    """A "manager" pointed at is somebody outside until another has spoken of a manager."""
    talk.say("m1", "I can't stand that bank manager.")
    talk.say("m2", "I'm a manager, you know.")
    talk.say("m1", "I can't stand that shop manager.")
    note = _note(talk, "m1")
    assert "bank" in note
    assert "shop" not in note


def test_medicine_is_of_who_gets_it(talk: Talk) -> None:
    """What the speaker gives is the other's; what the speaker swallows is the speaker's."""
    given = talk.say("m1", "I give my mother the warfarin at noon.", ("warfarin", "MEDICATION"))
    taken = talk.say("m1", "I took my sister's Ambien once.", ("Ambien", "MEDICATION"))
    assert [d.owner.code for d in given.findings.disclosures] == ["outsider"]
    assert [d.owner.code for d in taken.findings.disclosures] == ["m1"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The nail polish is the only thing between us.", False),
        ("I lost the farm, between us.", True),
        ("I lost the farm, keep that secret between us.", True),
        ("Between you and me, I lost the farm.", True),
    ],
)
def test_between_us(talk: Talk, text: str, asked: bool) -> None:
    """The words "between us" ask for silence unless it says what stands between two people."""
    talk.say("m1", text)
    withheld = release(talk.readings, PersonId("m1"), talk.group).withheld
    assert (WithheldReason.ASKED_NOT_TO in {w.reason for w in withheld}) is asked


def test_clause_torn_by_a_change_of_voice_is_held(talk: Talk) -> None:
    """What follows words of nobody's without a breath may be half a sentence; a whole one of its own fact is not."""
    talk.say(None, "she said that")
    talk.say("m1", "left the farm for good.")
    talk.say(None, "and then")
    talk.say("m1", "I take sertraline now.", ("sertraline", "MEDICATION"))
    held = talk.readings[1].utterance
    note = _note(talk, "m1")
    assert "farm" not in note
    assert "sertraline" in note
    apart = [replace(w, start=w.start + 100_000, end=w.end + 100_000) for w in held.words]
    talk.readings[1] = replace(talk.readings[1], utterance=replace(held, words=tuple(apart)))
    assert "farm" not in " ".join(w.reason.value for w in release(talk.readings, PersonId("m1"), talk.group).withheld)


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("It's five oh five, five five five, oh one", "It's five oh five, five five five, oh one."),
        ("Oh seven seven double oh", "Oh seven seven double oh."),
        ("No driving", "No driving."),
        ("No, I was driving", "I was driving."),
        ("I work in the ER, and", "I work in the ER."),
        ("I, I moved, er, home", "I moved home."),
    ],
)
def test_tidying_keeps_numbers_and_meaning(text: str, out: str) -> None:
    """Repeated digits, a "no" that negates and the emergency room stay; stutters and loose ends go."""
    assert tidy(text) == out


def test_talk_of_an_absent_member_stays_out_to_its_last_fragment(talk: Talk) -> None:
    """A place taken for a person before the pronoun, an object "me" and a bare fragment change nothing."""
    talk.say(
        "m1",
        "Sunniva? I was in the Harrowgate with her, Tuesday. "
        "She's back on the pills, she showed me the bottle. Valium.",
        ("Harrowgate", "PERSON"),
        ("Tuesday", "DATE"),
        ("back on the pills", "SUBSTANCE"),
        ("Valium", "MEDICATION"),
    )
    note = _note(talk, "m1")

    for told in ("Sunniva", "Harrowgate", "Tuesday", "pills", "bottle", "Valium"):
        assert told not in note
