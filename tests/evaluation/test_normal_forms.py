"""Equal words have equal normal forms, and every token knows where it stands."""

from __future__ import annotations

import pytest

from assistant.evaluation.normal import key, spoken, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I'm sixty-one.", "i am 61"),
        ("five five five, oh one eight eight", "555-0188"),
        ("a hundred and ten days", "110 days"),
        ("two sixty Delancey Road", "260 delancey road"),
        ("March third", "March 3rd"),
        ("the twenty-first of May", "the 21st of May"),
        ("bill dot osterman at plainmail dot com", "Bill.Osterman@plainmail.com"),
        ("Um, I, uh, can't.", "I can not"),
        ("Tomás O\u2019Brien", "tomas o'brien"),
        ("double four seven", "447"),
        ("one thousand two hundred", "1,200"),
        ("Okay, alright", "ok all right"),
    ],
)
def test_two_ways_to_write_the_same_words_are_equal(one: str, other: str) -> None:
    """Spelling, case, fillers and number words make no difference."""
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("nineteen", "ninety"), ("I am not", "I am"), ("four, five", "45"), ("the ER", "the er"), ("oh no", "0 no")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    """What differs in meaning differs in form."""
    assert key(one) != key(other)


def test_numbers_of_two_sentences_are_two_numbers() -> None:
    """A number at the end of one sentence does not run on into the next."""
    assert [t.text for t in tokens("I am fifty-two. Nineteen days.")] == ["i", "am", "52", "19", "days"]


def test_offsets_point_at_the_source() -> None:
    """Every token's offsets hold the words that it came from."""
    text = "Oh, Derek's number's five five five."

    assert [text[t.start : t.end] for t in spoken(text)] == [
        "Oh", "Derek", "'s", "number", "'s", "five", "five", "five",
    ]  # fmt: skip


def test_a_long_number_is_one_token_for_facts_and_single_digits_for_alignment() -> None:
    """Half a telephone number heard counts as half."""
    assert [t.text for t in tokens("555-0188")] == ["5550188"]
    assert [t.text for t in spoken("555-0188")] == list("5550188")
