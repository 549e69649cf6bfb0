"""Dates in figures, and how a date is kept: the year, month and day of it that were said."""

from __future__ import annotations

import re

from assistant.domain import Span
from assistant.pipeline.sampling.values import Valued
from assistant.privacy.words import word_set

_FIGURES = re.compile(r"\b(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?)\b")
_NO_DATES = word_set("1/2 1/3 2/3 1/4 3/4 24/7 12/12") | {
    f"{mark}/{most}" for most in (5, 10) for mark in range(1, most + 1)
}
_DATED = re.compile(r"\b(?:on|since|by|until|till|born|date|dated|from|for the)\s+$", re.IGNORECASE)
_THIS_CENTURY = 30
"""Figures of a year up to which it is one of this century."""
_MONTHS_IN_A_YEAR = 12
_LAST_DAY = 31


def written_dates(text: str) -> list[Valued]:
    """Return dates in figures, the day first where it must be; a mark ("9/10"), a part ("1/2") and "24/7" are none."""
    found: list[Valued] = []
    for match in _FIGURES.finditer(text):
        y, m, d, us_m, us_d, us_y = match.groups()
        if us_m and us_y is None and match.group() in _NO_DATES and not _DATED.search(text[: match.start()]):
            continue
        if us_m and int(us_m) > _MONTHS_IN_A_YEAR >= int(us_d):
            us_m, us_d = us_d, us_m
        if 1 <= int(m or us_m) <= _MONTHS_IN_A_YEAR and 1 <= int(d or us_d) <= _LAST_DAY:
            found.append(Valued(Span(*match.span()), dated(whole_year(y or us_y), m or us_m, d or us_d)))
    return found


def whole_year(said: str | None) -> str | None:
    """Return a year in four figures; of two figures, the small ones are of this century."""
    if said is None or len(said) == 4:  # noqa: PLR2004
        return said
    return f"19{said:0>2}" if int(said) > _THIS_CENTURY else f"20{said:0>2}"


def dated(y: object, m: object, d: object) -> str:
    """Return a date as it is kept: ``2025-03-14``, ``?`` for each figure that was not said."""
    return f"{'????' if y is None else f'{int(str(y)):04}'}-{_two(m)}-{_two(d)}"


def _two(part: object) -> str:
    return "??" if part is None else f"{int(str(part)):02}"
