"""Numbers said in words and written in digits compare as equal."""

from __future__ import annotations

import pytest

from assistant.notes.figures import figures


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("five five five, oh one eight eight", "5550188"),
        ("(555) 0188", "5550188"),
        ("double seven four", "774"),
        ("thirty-four, and five kids", "34 and 5 kids"),
        ("March third", "march 3"),
        ("on May 5th", "on may 5"),
        ("the fifth of May", "the 5 of may"),
        ("two sixty Delancey Road", "260 delancey road"),
        ("a hundred and ten days", "110 days"),
        ("one hundred twenty three", "123"),
        ("nine hundred dollars", "900 dollars"),
        ("oh three six oh two", "03602"),
        ("twenty twenty four", "2024"),
        ("three, four, 500", "34 500"),
        ("oh man, at first I took a second one", "oh man at first i took a second 1"),
        ("he's seven. Two of us", "he 7 2 of us"),
        ("a thousand and one", "1001"),
    ],
)
def test_spoken_numbers(said: str, read: str) -> None:
    """Digits read out, tens and units, hundreds, ordinals in dates; pauses part what is not read out."""
    assert " ".join(figures(said)) == read
