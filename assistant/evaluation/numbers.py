"""Numbers said as words, read as digits, so that "sixty-one" and "61" count as the same words.

A recogniser writes "555-0142" where the script says "five five five, oh one four two". Every run of number words and
digits becomes one string of digits: what is compared is what was heard, not how it is spelled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS = {
    word: value
    for value, word in enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))
}
_TEENS = {
    word: value
    for value, word in enumerate(
        (
            "ten", "eleven", "twelve", "thirteen", "fourteen",
            "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ),
        start=10,
    )
}  # fmt: skip
_TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10),
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        strict=True,
    )
}
_ORDINAL_UNITS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
}  # fmt: skip
_UNITS |= _ORDINAL_UNITS
_TEENS |= {"tenth": 10, "twelfth": 12} | {f"{word}th": value for word, value in _TEENS.items() if value != 12}  # noqa: PLR2004 - "twelveth" is no word
_TENS |= {f"{word[:-1]}ieth": value for word, value in _TENS.items()}
_SCALES = {"thousand": 1000, "thousandth": 1000, "million": 1_000_000}
_HUNDREDS = frozenset({"hundred", "hundredth"})
_REPEATS = {"double": 2, "triple": 3}
_ZERO_LETTER = frozenset({"oh", "o"})

NUMBER_WORDS = frozenset({*_UNITS, *_TEENS, *_TENS, *_SCALES, *_HUNDREDS})
"""Words that are (part of) a number wherever they stand."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number inside a sequence of pieces."""

    digits: str
    first: int
    """Index of its first piece."""
    after: int
    """One past its last piece."""


def read_number(pieces: Sequence[str], at: int, *, in_run: bool) -> Number | None:  # noqa: PLR0911 - one return per way to begin a number
    """Return the number that starts at a piece, or None.

    Args:
        pieces: Lower-case words and digit strings.
        at: Where to start.
        in_run: Whether the piece before was a number too; only then is a lone "oh" a zero.
    """
    word = _piece(pieces, at)
    if word in _REPEATS and _piece(pieces, at + 1) in _UNITS:
        return Number(str(_UNITS[pieces[at + 1]]) * _REPEATS[word], at, at + 2)
    if word in _ZERO_LETTER:
        said_in_digits = _piece(pieces, at + 1) in _UNITS and _piece(pieces, at + 2) in _UNITS
        return Number("0", at, at + 1) if in_run or said_in_digits else None
    if word == "a" and (_piece(pieces, at + 1) in _HUNDREDS or _piece(pieces, at + 1) in _SCALES):
        return _scaled(pieces, at, at + 1, 1)
    small = _below_hundred(pieces, at)
    if small is not None:
        value, after = small
        return _scaled(pieces, at, after, value)
    if word.isdecimal():
        if _piece(pieces, at + 1) in _HUNDREDS or _piece(pieces, at + 1) in _SCALES:
            return _scaled(pieces, at, at + 1, int(word))
        return Number(word, at, at + 1)
    return None


def _piece(pieces: Sequence[str], at: int) -> str:
    return pieces[at] if 0 <= at < len(pieces) else ""


def _below_hundred(pieces: Sequence[str], at: int) -> tuple[int, int] | None:
    word = _piece(pieces, at)
    if word in _TENS:
        unit = _UNITS.get(_piece(pieces, at + 1), 0)
        return (_TENS[word] + unit, at + 2) if unit else (_TENS[word], at + 1)
    for table in (_TEENS, _UNITS):
        if word in table:
            return table[word], at + 1
    return None


def _scaled(pieces: Sequence[str], first: int, at: int, value: int) -> Number:
    """Take up "hundred", "thousand", "and" and what follows them."""
    total = 0
    scaled = False
    while True:
        word = _piece(pieces, at)
        if word in _HUNDREDS:
            value *= 100
        elif word in _SCALES:
            total, value = total + value * _SCALES[word], 0
        else:
            break
        scaled = True
        at += 1
        rest_at = at + 1 if _piece(pieces, at) == "and" else at
        rest = _below_hundred(pieces, rest_at)
        if rest is not None:
            value, at = value + rest[0], rest[1]
    digits = str(total + value) if scaled else str(value)
    return Number(digits, first, at)
