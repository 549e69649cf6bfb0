"""Numbers that belong to nobody, said as the number was said that they stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

_WORDS = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_UNITS = ("", *_WORDS[1:])
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth",
    "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip
_PHONE = 7
"""Figures from which on a number can be rung."""
_ONE = frozenset({*_WORDS, "o", "zero", "nought", "naught", "nil"})
_REPEATED = {"double": 2, "triple": 3, "treble": 3}
_TOKEN = re.compile(r"[^\W_]+")


def phone(digits: str, rng: random.Random) -> str:
    """Return a number that is kept for fiction: 555-01xx in North America (ATIS), 07700 900xxx in Britain (Ofcom).

    Args:
        digits: The original; only how many there are, and whether a 0 or 1 leads, is read.
        rng: Source of chance.
    """
    last = f"{rng.randrange(100):02}"
    if len(digits) < _PHONE:
        return number(digits, rng)  # an extension, a house: no number that anybody could ring
    if digits.startswith("0"):
        return f"07700900{rng.randrange(1000):03}" if len(digits) != 10 else f"0555{rng.randrange(10**6):06}"  # noqa: PLR2004
    seven = f"55501{last}"
    if len(digits) <= 8:  # noqa: PLR2004  without an area code
        return seven
    area = f"{rng.randrange(2, 10)}{rng.randrange(10)}{rng.randrange(10)}"
    return f"1{area}{seven}" if digits.startswith("1") and len(digits) == 11 else f"{area}{seven}"  # noqa: PLR2004


def number(original: str, rng: random.Random) -> str:
    """Return as many other digits and letters; no zero leads where none did."""
    source = original or "000"
    made = [rng.choice("0123456789") if c.isdecimal() else rng.choice("ABCDEFGHJKLMNPRSTUVWXYZ") for c in source]
    if made[0] == "0" != source[0]:
        made[0] = rng.choice("123456789")
    return "".join(made)


def said_like(form: str, made: str) -> str:
    """Return figures as ``form`` was said: in figures with its marks, or read out in words, grouped in the same way."""
    groups = list(_groups(form))
    if sum(many for _, _, many in groups) == len(made):
        return _regrouped(form, groups, made)
    if any(c.isdecimal() for c in form):
        return made
    words = [_WORDS[int(c)] if c.isdecimal() else c.upper() for c in made]
    parts = [words] if len(words) < _PHONE else [words[:3], words[3:6], words[6:]]
    parts = [words[:3], words[3:]] if len(words) == _PHONE else parts  # as people read them out
    return ", ".join(" ".join(part) for part in parts if part)


def only_numbers(text: str) -> bool:
    """Whether a stretch is nothing but numbers, in figures or in words."""
    known = {*_ONE, *_TEENS, *_TENS, "hundred", "thousand", "and"}
    return all(word.isdecimal() or word in known for word in _TOKEN.findall(text.lower()))


def _groups(form: str) -> Iterator[tuple[int, int, int]]:
    """Yield where each group of figures or letters stands in a form, and how many of them it says."""
    found = list(_TOKEN.finditer(form))
    at = 0
    while at < len(found):
        word, last = found[at].group().lower(), at
        many = 2 if word in _TEENS or word in _TENS else 0
        if word in _ONE or (len(word) == 1 and word.isalpha()):
            many = 1
        after = found[at + 1].group().lower() if at + 1 < len(found) else ""
        if any(c.isdecimal() for c in word):
            many = len(word)
        elif word in _REPEATED and after in _ONE:
            many, last = _REPEATED[word], at + 1
        elif word in _ONE and after == "hundred":
            many, last = 3, at + 1
        elif word in _TENS and after in _UNITS[1:]:
            last = at + 1
        if many:
            yield found[at].start(), found[last].end(), many
        at = last + 1


def _regrouped(form: str, groups: Sequence[tuple[int, int, int]], made: str) -> str:
    out, done, at = "", 0, 0
    for start, end, many in groups:
        out += form[done:start] + _like(form[start:end], made[at : at + many])
        done, at = end, at + many
    return out + form[done:]


def _like(said: str, digits: str) -> str:
    """Return one group as another one was said."""
    if any(c.isdecimal() for c in said) or not digits.isdecimal():
        return digits.lower() if said.islower() else digits
    singles = [_WORDS[int(c)] for c in digits]
    first = said.split(maxsplit=1)[0].lower()
    words = " ".join(singles)
    if first in _REPEATED and len(set(digits)) == 1:
        words = f"{first} {singles[0]}"
    elif first not in _REPEATED and len(digits) == 2 and digits[0] != "0":  # noqa: PLR2004  "forty-four"
        words = below_hundred(int(digits))
    return words.capitalize() if said[0].isupper() else words


def ordinal(day: int) -> str:
    """Return a day of the month in words."""
    return _ORDINALS[day]


def below_hundred(value: int) -> str:
    """Return a number from 1 to 99 in words."""
    if value < 10:  # noqa: PLR2004
        return _UNITS[value]
    if value < 20:  # noqa: PLR2004
        return _TEENS[value - 10]
    tens, units = divmod(value, 10)
    return _TENS[tens] + (f"-{_UNITS[units]}" if units else "")


def year(value: int) -> str:
    """Return a year in words: "twenty nineteen", "two thousand nine"."""
    century, rest = divmod(value, 100)
    if century == 20 and rest < 10:  # noqa: PLR2004
        return "two thousand" + (f" {_UNITS[rest]}" if rest else "")
    if rest == 0:
        return f"{below_hundred(century)} hundred"
    return f"{below_hundred(century)} {below_hundred(rest) if rest > 9 else f'oh {_UNITS[rest]}'}"  # noqa: PLR2004
