"""What a speech recogniser makes of names, numbers and addresses is found, and what only looks so is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.domain import Group, Part2, Person, PersonId, Role
from assistant.privacy.detection import Detector
from assistant.privacy.recognisers.addresses import AddressRecogniser
from assistant.privacy.recognisers.ages import AgeRecogniser
from assistant.privacy.recognisers.contact import ContactRecogniser
from assistant.privacy.recognisers.dates import DateRecogniser
from assistant.privacy.recognisers.identifiers import IdentifierRecogniser
from assistant.privacy.recognisers.roster import RosterRecogniser

if TYPE_CHECKING:
    from assistant.privacy.nlp import Language

HEARD = (
    ("It's 555 -0188.", "PHONE", "555 -0188"),
    ("Ring me on 07700 900 123.", "PHONE", "07700 900 123"),
    ("It's 5 -5 -5, 0 -1 -8 -8.", "PHONE", "5 -5 -5, 0 -1 -8 -8"),
    ("My number is 808, 555, 0177.", "PHONE", "808, 555, 0177"),
    ("Write to Bill. Osterman at plainmail .com.", "EMAIL", "Bill. Osterman at plainmail .com"),
    ("It's bill.osterman at plainmail.com.", "EMAIL", "bill.osterman at plainmail.com"),
    ("Ana underscore pell at quickpost .net, okay?", "EMAIL", "Ana underscore pell at quickpost .net"),
    ("It's j. smith 42 at coolmail .co .uk.", "EMAIL", "j. smith 42 at coolmail .co .uk"),
    ("My email is marta dot lund at freepost. com.", "EMAIL", "marta dot lund at freepost. com"),
    ("That's it. Bill at plainmail .com.", "EMAIL", "Bill at plainmail .com"),
    ("My client number is. 4472.", "ID", "4472"),
    ("4472.", "ID", "4472"),
    ("Four, four, seven, two.", "ID", "Four, four, seven, two"),
    ("Policy number 88 -12 -403.", "ID", "88 -12 -403"),
    ("My card is C -770 -19.", "ID", "C -770 -19"),
    ("It's my member's card, C, seven seven oh, one nine.", "ID", "C, seven seven oh, one nine"),
    ("It was the 5th of May.", "DATE", "the 5th of May"),
    ("It happened April 14.", "DATE", "April 14"),
    ("The hearing is the nineteenth.", "DATE", "the nineteenth"),
    ("It's on 11/14/2023.", "DATE", "11/14/2023"),
    ("He died in ninety-four, of cancer.", "DATE", "ninety-four"),
    ("It was two thousand and nine, I think.", "DATE", "two thousand and nine"),
    ("I'm 61 now.", "AGE", "61"),
    ("She's eleven weeks and never sleeps.", "AGE", "eleven weeks"),
    ("I have Zara, four months, and a cat.", "AGE", "four months"),
    ("It's 260 Delansi Road, the blue door.", "ADDRESS", "260 Delansi Road"),
    ("She lives at 14 Bellamy Crescent.", "ADDRESS", "14 Bellamy Crescent"),
    ("It's thirty-one ten North Albany, apartment two.", "ADDRESS", "thirty-one ten North Albany, apartment two"),
    ("It's flat six, Fern House, on Cooper's Row.", "ADDRESS", "flat six, Fern House, on Cooper's Row"),
    ("I live on 5th Street.", "ADDRESS", "5th Street"),
)
NOTHING = (
    "I owe him $900.",
    "I count to 10, 9, 8, 7, 6.",
    "I take 50 milligrams 2 times a day and walk 3 miles.",
    "I've done 30 days, 12 steps, 90 meetings in 90 days.",
    "She's two weeks late and he's three months sober.",
    "I did it in ninety minutes.",
    "I'll be at work. Uk winters are cold.",
    "We meet at church. Come early.",
)
NAMED = (
    ("that's brave chase", True),
    ("how are the nights grace", True),
    ("has anyone heard from joy only she is not answering", True),
    ("i'm dawn this is my first time", True),
    ("i was talking to grace about the bus", True),
    ("we had an oven like this one of joy's mum", True),
    ("i get up at the crack of dawn and i push the button", False),
    ("i still chase sleep all night", False),
    ("they lost joy in things", False),
    ("the joy of it was gone before dawn", False),
)


@pytest.fixture(scope="module")
def numbers() -> Detector:
    """The recognisers of numbers, addresses, dates and ages together; none needs weights."""
    return Detector(
        [ContactRecogniser(), IdentifierRecogniser(), AddressRecogniser(), DateRecogniser(), AgeRecogniser()]
    )


@pytest.mark.models
@pytest.mark.parametrize(("text", "kind", "words"), HEARD, ids=[text for text, _, _ in HEARD])
def test_a_number_is_found_as_it_is_written_down(
    language: Language, numbers: Detector, text: str, kind: str, words: str
) -> None:
    """Every letter and figure of it, and of the right type."""
    start = text.index(words)
    found = numbers.detect(language.parse(text)).mentions
    covered = {i for m in found if m.type.value == kind for i in range(m.span.start, m.span.end)}
    assert all(i in covered for i in range(start, start + len(words)) if text[i].isalnum())
    assert all(m.span.start >= start for m in found if m.type.value == "EMAIL")


@pytest.mark.models
@pytest.mark.parametrize("text", NOTHING)
def test_amounts_counts_and_ends_of_sentences_are_no_identifiers(
    language: Language, numbers: Detector, text: str
) -> None:
    """Money, doses, lengths of time, a counting exercise, a full stop before a word that is also an ending."""
    assert numbers.detect(language.parse(text)).mentions == ()


@pytest.mark.models
@pytest.mark.parametrize(("text", "named"), NAMED)
def test_without_capitals_a_word_that_is_a_members_name_is_the_name_unless_shown_otherwise(
    language: Language, text: str, named: bool
) -> None:
    """In doubt it is the member; after an article, a verb's subject or "of" it is the word."""
    people = tuple(
        Person(PersonId(f"m{i}"), Role.MEMBER, name)
        for i, name in enumerate(("Chase Oller", "Grace Oduya", "Joy Ames", "Dawn Pike"))
    )
    roster = RosterRecogniser(Group("g", "psychotherapy", Part2.UNKNOWN, people), language.dictionary.knows)
    assert bool(roster.matches(language.parse(text))) is named
