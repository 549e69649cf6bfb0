"""Ages by their ten years, in words that fit where the age stood."""

from __future__ import annotations

import pytest

from assistant.domain import Span
from assistant.training.ageing import aged


def told(value: str, text: str, words: str) -> str:
    """Return a text with one age said less exactly."""
    at = text.index(words)
    where, new = aged(value, text, Span(at, at + len(words)))
    return text[: where.start] + new + text[where.end :]


@pytest.mark.parametrize(
    ("value", "text", "words", "expected"),
    [
        ("97", "my aunt has ninety-seven", "ninety-seven", "my aunt is 90 or older"),
        ("53", "my aunt has fifty-three", "fifty-three", "my aunt is in her fifties"),
        ("7", "my seven-year-old sings", "seven-year-old", "my young child sings"),
        ("7", "a seven-year-old boy", "seven-year-old", "a young boy"),
        ("16", "my sixteen-year-old son", "sixteen-year-old", "my teenage son"),
        ("16", "two sixteen-year-olds with", "sixteen-year-olds", "two teenagers with"),
        ("94", "a ninety-four-year-old woman", "ninety-four-year-old", "a woman 90 or older"),
        ("0.8", "her ten-month-old", "ten-month-old", "her baby"),
        ("11", "my niece is eleven", "eleven", "my niece is over ten"),
        ("14", "my niece is fourteen", "fourteen", "my niece is in her teens"),
        ("14", "my nephew turned fourteen", "fourteen", "my nephew reached his teens"),
        ("5", "he turned five", "five", "he turned a year older"),
        ("60", "her sixtieth birthday", "sixtieth", "her birthday"),
        ("4", "she was four and a half", "four and a half", "she was under ten"),
        ("71", "My mum is seventy-one", "seventy-one", "My mum is in her seventies"),
        ("18", "Deborah left at eighteen", "eighteen", "Deborah left in her teens"),
        ("6", "in gymnastics from six", "six", "in gymnastics from early childhood"),
        ("15", "I was in care from fifteen", "fifteen", "I was in care from my teens"),
        ("40", "I turn forty soon", "forty", "I turn forty-something soon"),
    ],
)
def test_an_age_is_told_in_words_that_fit(value: str, text: str, words: str, expected: str) -> None:
    """Pronouns follow kin and names, compounds stay before their noun."""
    assert told(value, text, words) == expected


def test_a_length_of_time_is_no_age() -> None:
    """What stands after a place is how long; after a child's name it is how old."""
    assert told("0.06", "on a rig out of Port Sablon, three weeks.", "three weeks") == (
        "on a rig out of Port Sablon, three weeks."
    )
    assert told("0.06", "we have Mirele, three weeks, and", "three weeks") == "we have Mirele, under a year old, and"
