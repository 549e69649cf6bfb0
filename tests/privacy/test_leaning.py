"""A clause that says something only together with what another member said before stays out of its speaker's note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.domain import PersonId, WithheldReason
from assistant.privacy.release import release

if TYPE_CHECKING:
    from tests.privacy.conftest import Talk

pytestmark = pytest.mark.models

M1 = PersonId("m1")


def _note(talk: Talk) -> str:
    return " ".join(line.text for line in release(talk.readings, M1, talk.group).lines)


@pytest.mark.parametrize(
    ("mine", "others", "text", "fact"),
    [
        (
            "I told my sister about the loan.",
            "Rafael lent me his van. I cleaned it for him on my last night there.",
            "Her cousin was my landlord.",
            ("landlord", "WORK"),
        ),
        (
            "My brother lives with me.",
            "My wife and I fight. I painted the whole attic blue and slept up there.",
            "He locked me out of the attic.",
            ("locked me out", "ABUSE"),
        ),
        ("I cook for a living.", "I hoard stones in my sock drawer.", "She scares me.", ("scares me", "FAMILY")),
    ],
)
def test_who_spoke_in_between_may_be_meant(
    talk: Talk, mine: str, others: str, text: str, fact: tuple[str, str]
) -> None:
    """A pronoun at the start of a turn may mean whoever just spoke, also where the reader has a relative who fits."""
    talk.say("m1", mine)
    talk.say("m2", others)
    talk.say("m1", text, fact)
    result = release(talk.readings, M1, talk.group)
    assert [line.text for line in result.lines if line.utterance == "u3"] == []
    assert WithheldReason.OTHER_PARTICIPANT in {w.reason for w in result.withheld}


@pytest.mark.parametrize(
    ("others", "fact", "text", "kept"),
    [
        ("I swallow my aunt's temazepam at noon.", ("temazepam", "MEDICATION"), "I didn't know about the tablets.", ""),
        ("I got fired from the mill.", ("fired", "WORK"), "I had that in October.", ""),
        ("I got fired from the mill.", ("fired", "WORK"), "I'm envious of that.", ""),
        ("I got fired from the mill.", ("fired", "WORK"), "It happened to me in October.", ""),
        ("I bought a horse with the money.", ("horse", "WORK"), "I have one in my barn.", ""),
        (
            "I gamble the rent away.",
            ("gamble", "SUBSTANCE"),
            "My uncle shouted like that.",
            "My uncle shouted.",
        ),
        ("I bought a horse with the money.", ("horse", "WORK"), "I never saw the horse.", ""),
        ("I want to be dead by Easter.", ("be dead", "RISK_SELF"), "My cousin did the same in October.", ""),
        ("I want to be dead by Easter.", ("be dead", "RISK_SELF"), "I felt like that in October.", ""),
    ],
)
def test_what_points_at_anothers_disclosure(
    talk: Talk, others: str, fact: tuple[str, str], text: str, kept: str
) -> None:
    """Demonstratives and definite nouns that only the other's words explain; a likeness goes where the rest stands."""
    talk.say("m2", others, fact)
    talk.say("f", "Thank you, Wanda.")
    talk.say("m1", text, ("October", "DATE"))
    assert _note(talk) == kept


@pytest.mark.parametrize(
    "text",
    [
        "I lost my driving licence in May and that scares me.",
        "I sold my boat. I regret that.",
        "I bought a canoe and I paddle it on Sundays.",
        "My sister moved out. She drinks like that every night.",
    ],
)
def test_what_the_reader_explains_stays(talk: Talk, text: str) -> None:
    """A word that leans on the reader's own words in the same turn leans on nobody else."""
    talk.say("m2", "I take lithium and I burned my diary.", ("lithium", "MEDICATION"))
    talk.say("m1", text)
    assert _note(talk) == text


def test_the_story_goes_on_after_a_question(talk: Talk) -> None:
    """Who asks on about the reader's relative is not meant by the pronoun of the answer."""
    talk.say("m1", "My brother moved to Oslo.")
    talk.say("m2", "Did he ever come back to you?")
    talk.say("m1", "He came back and lives with me.")
    assert "He came back and lives with me." in _note(talk)


def test_an_answer_points_at_the_question(talk: Talk) -> None:
    """After a question of the facilitator "it" is what was asked about."""
    talk.say("m2", "I take lithium for my moods.", ("lithium", "MEDICATION"))
    talk.say("f", "Rafael, did you write the diary card this week?")
    talk.say("m1", "I wrote it on Tuesday.")
    assert _note(talk) == "I wrote it on Tuesday."


def test_a_word_of_ones_own_earlier_is_no_loan(talk: Talk) -> None:
    """A definite noun that the reader said before another took it up stays the reader's."""
    talk.say("m1", "I keep a goat in my yard.")
    talk.say("m2", "The goat, I dream of one.")
    talk.say("m1", "I heard the goat at five.")
    assert "I heard the goat at five." in _note(talk)


@pytest.mark.parametrize(
    ("text", "names", "kept"),
    [
        ("I got banned from the Gilded Otter.", ["Gilded Otter"], "I got banned from the [organisation]."),
        ("My supervisor Benno wants me in early.", ["Benno"], "My supervisor wants me in early."),
        ("I lent my keys to my brother-in-law Benno.", ["Benno"], "I lent my keys to my brother-in-law."),
        ("A man called Benno drove me home.", ["Benno"], "A man drove me home."),
        ("I see Doctor Vogelsang on Friday.", ["Vogelsang"], "I see a doctor on Friday."),
        ("My doctor, Vogelsang, put me on a diet.", ["Vogelsang"], "My doctor put me on a diet."),
    ],
)
def test_no_someone_where_a_plain_word_reads_better(talk: Talk, text: str, names: list[str], kept: str) -> None:
    """A name goes where a relation, a title or "called" stands beside it; a place with a sign is an organisation."""
    talk.say("f", "How are you?")
    talk.say("m1", text, *[(name, "PERSON") for name in names])
    assert _note(talk) == kept
