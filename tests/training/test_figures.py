"""Invented numbers have the form of the true ones, as they were read out."""

from __future__ import annotations

import random

import pytest

from assistant.training.figures import number, only_numbers, phone, said_like


def chance(seed: int) -> random.Random:
    """Return a source of chance that a test can repeat."""
    return random.Random(seed)  # noqa: S311  no secret: a test


@pytest.mark.parametrize(
    ("form", "made", "expected"),
    [
        (
            "three oh four, five five five, oh one two two",
            "8175550164",
            "eight one seven, five five five, oh one six four",
        ),
        ("B four, no, B six, double two", "K4R699", "K four, no, R six, double nine"),
        ("forty-four oh six", "9027", "ninety two seven"),
        ("seventeen sixty", "3582", "thirty-five eighty-two"),
        ("710 double two", "39455", "394 double five"),
        ("20-417", "63805", "63-805"),
        ("one-oh-three", "572", "five-seven-two"),
    ],
)
def test_a_number_is_said_as_the_true_one_was(form: str, made: str, expected: str) -> None:
    """Pauses, fillers, pairs and doubles stay where they were."""
    assert said_like(form, made) == expected


@pytest.mark.parametrize("seed", range(20))
def test_a_telephone_number_is_one_kept_for_fiction_and_a_short_one_keeps_its_length(seed: int) -> None:
    """555-01xx in North America, 07700 900xxx in Britain."""
    assert "55501" in phone("2125559876", chance(seed))
    assert phone("07911123456", chance(seed)).startswith("07700900")
    assert len(phone("1840", chance(seed))) == 4
    assert number("4471", chance(seed))[0] != "0"


def test_a_stretch_of_numbers_only_is_told_from_an_address() -> None:
    """Highway numbers are no addresses."""
    assert only_numbers("eighty two")
    assert not only_numbers("82 Corvane Street")
