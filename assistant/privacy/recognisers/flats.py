"""Flats with the house and the street around them, and house numbers as they are said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import Span
from assistant.privacy.recognisers.numbers import digits_of
from assistant.privacy.recognisers.street_words import BUILDINGS, IN_STREET, NOT_A_STREET, ROADS, UNITS

if TYPE_CHECKING:
    from assistant.privacy.words import TextWord

_MOST_NAME_WORDS = 3


def flats(words: tuple[TextWord, ...]) -> list[Span]:
    """Return flats ("unit 4B", "apartment twelve"), each with what stands around it of house and street."""
    return [_around_unit(words, unit) for unit in _units(words)]


def house_number(words: tuple[TextWord, ...], at: int) -> int | None:
    """Return the index of the first word of the house number that ends just before word ``at``, or None.

    House numbers are read in groups: "nineteen", "two sixty", "forty-two twelve", "one oh five", "12B".
    """
    first = None
    for start in range(at - 1, max(-1, at - 6), -1):
        i = start
        while i < at:
            group = digits_of(words, i)
            if (
                group is None
                and i + 1 == at
                and i > start
                and len(words[i].lower) == 1
                and words[i].lower not in {"a", "i"}
            ):
                i += 1
                continue
            if group is None and words[i].lower in {"hundred", "thousand", "and"} and i > start:
                i += 1
                continue
            if group is None and re.fullmatch(r"\d{1,5}[a-z]", words[i].lower):
                i += 1
                continue
            if group is None:
                break
            i = group[1]
        if (i == at and digits_of(words, start) is not None) or (
            i == at and re.fullmatch(r"\d{1,5}[a-z]", words[start].lower)
        ):
            first = start
        if words[start].opens:
            break
    return first


def _units(words: tuple[TextWord, ...]) -> list[Span]:
    """Return flats: "unit 4B", "apartment twelve", "flat three"."""
    found: list[Span] = []
    for at, word in enumerate(words[:-1]):
        if word.lower not in UNITS:
            continue
        i = at + 2 if words[at + 1].lower == "number" else at + 1
        if i >= len(words) or not words[i].tight:
            continue
        group = digits_of(words, i)
        coded = any(c.isdigit() for c in words[i].lower)
        lettered = words[i].text.isupper() and len(words[i].text) == 1 and words[i].text != "I"
        if group is None and not coded and not lettered:
            continue
        end = group[1] if group else i + 1
        if end < len(words) and words[end].lower in {"of", "people", "times", "years", "days", "bedroom"}:
            continue
        if end < len(words) and words[end].tight and len(words[end].lower) == 1 and words[end].lower not in {"a", "i"}:
            end += 1
        found.append(Span(word.span.start, words[end - 1].span.end))
    return found


def _around_unit(words: tuple[TextWord, ...], unit: Span) -> Span:
    """A flat with the house before it and the building and the street after it.

    "thirty-one ten North Albany, apartment two", "flat nine, Marsh House, on Tanner's Row".
    """
    first = next(i for i, w in enumerate(words) if w.span.start == unit.start)
    after = next((i for i, w in enumerate(words) if w.span.start >= unit.end), len(words))
    start, end = first, after
    for at in range(first - 1, max(-1, first - _MOST_NAME_WORDS - 1), -1):
        if words[at + 1].opens or words[at].lower in NOT_A_STREET or digits_of(words, at) is not None:
            break
        number = house_number(words, at) if not words[at].opens else None
        if number is not None:
            start = number
            break
    building = _named_until(words, end, BUILDINGS)
    end = building or end
    street = end + 1 if end < len(words) and words[end].lower in IN_STREET else end
    road = _named_until(words, street, ROADS)
    end = road or end
    return Span(words[start].span.start, words[end - 1].bare_span.end if end > after else unit.end)


def _named_until(words: tuple[TextWord, ...], at: int, ends: frozenset[str]) -> int | None:
    """Index after a name of one to three words from ``at`` that ends in one of ``ends``."""
    for i in range(at, min(len(words), at + _MOST_NAME_WORDS + 1)):
        if (
            words[i].opens
            or (i > at and not words[i].tight)
            or (words[i].lower in NOT_A_STREET and words[i].lower not in ends)
        ):
            return None
        if i > at and words[i].bare in ends:
            return i + 1
    return None
