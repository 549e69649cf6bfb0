"""A moved date in the words, the order and the case in which the true one was said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.training import figures
from assistant.training.words import said_in, word_set

if TYPE_CHECKING:
    import datetime as dt

Parts = tuple[int | None, int | None, int | None]
"""Year, month and day, as far as they were said."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = (
    "winter", "winter", "spring", "spring", "spring", "summer", "summer", "summer", "fall", "fall", "fall", "winter",
)  # fmt: skip
_SEASON_WORD = re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
_WHOLE_YEAR = 4
"""Figures of a year."""
_JOINING = word_set(
    """
    the of in on at and a an to by around about early late mid back from since until till before after this last next
    coming past for year years summer class week weeks one two three night morning afternoon evening noon lunchtime
    midday midnight fortnight or
    """
) | {*WEEKDAYS, *(f"{day}s" for day in WEEKDAYS)}
"""What may stand within a date without being part of it."""


def only_calendar(text: str) -> bool:
    """Whether nothing stands in a text but weekdays and what joins the parts of a date: no name slipped in."""
    return all(word.key in _JOINING for word in said_in(text))


def moved_words(said: str, moved: dt.date, parts: Parts) -> str:
    """Return a moved date as the true one was said.

    Args:
        said: The true one.
        moved: The day to say.
        parts: Year, month and day of the true one, as far as they were said.
    """
    year, month, day = parts
    numbers = re.findall(r"\d+", said)
    if len(numbers) > 1 and not re.search(r"[^\W\d_]", said):
        return _in_figures(said, numbers, moved, month, day)
    found = (
        (year_said(said, year), _year_like, moved.year),
        (_day_said(said, day), _day_like, moved.day),
        (_month_said(said, month), _month_like, moved.month),
    )
    out = said
    new: list[str] = []
    for form, like, number in found:
        if form is not None and form in out:
            out = out.replace(form, f"\ue100{len(new)}\ue101", 1)
            new.append(like(form, number))
    if len(new) != sum(part is not None for part in parts) or not only_calendar(re.sub("\ue100\\d\ue101", " ", out)):
        return _composed(moved, parts)
    for at, words in enumerate(new):
        out = out.replace(f"\ue100{at}\ue101", words)
    return out


def year_said(said: str, year: int | None) -> str | None:
    """Return the words or figures that say a year in a date, as they stand there."""
    if year is None:
        return None
    whole, short = figures.year(year), year % 100
    words = figures.below_hundred(short) if short else ""
    mixed = f"2 thousand and {short}"
    forms = (str(year), whole, whole.replace("thousand ", "thousand and "), mixed, f"twenty oh {words}")
    return _form(said, (*forms, *((words, f"{short:02}") if words else ())))


def _form(said: str, forms: tuple[str, ...]) -> str | None:
    """Return the first of some forms that stands in what was said, as it stands there."""
    for form in forms:
        pattern = re.escape(form).replace(r"\-", "[- ]")
        found = re.search(rf"(?<![^\W_]){pattern}(?![^\W_])", said, re.IGNORECASE)
        if found:
            return found.group()
    return None


def _year_like(form: str, year: int) -> str:
    if form.isdecimal():
        return str(year) if len(form) == _WHOLE_YEAR else f"{year % 100:02}"
    whole = re.match(r"(?:2|eighteen|nineteen|twenty|two thousand)\b[- ]?", form, re.IGNORECASE)
    of_last_century = 1910 <= year < 2000  # noqa: PLR2004  "ninety-four"
    return figures.year(year) if whole or not of_last_century else figures.below_hundred(year % 100)


def _day_said(said: str, day: int | None) -> str | None:
    if day is None:
        return None
    ends = tuple(f"{day}{end}" for end in ("st", "nd", "rd", "th"))
    return _form(said, (figures.ordinal(day), *ends, figures.below_hundred(day), str(day)))


def _day_like(form: str, day: int) -> str:
    if form.isdecimal():
        return str(day)
    if form[:1].isdecimal():
        teens = 10 <= day <= 20  # noqa: PLR2004  "11th"
        return f"{day}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"
    nth = form.lower().endswith(("th", "first", "second", "third"))
    return figures.ordinal(day) if nth else figures.below_hundred(day)


def _month_said(said: str, month: int | None) -> str | None:
    if month is None:
        return None
    name = MONTHS[month - 1]
    season = _SEASON_WORD.search(said)
    return _form(said, (name, name[:4], name[:3])) or (season.group() if season else None)


def _month_like(form: str, month: int) -> str:
    if _SEASON_WORD.fullmatch(form):
        return _SEASONS[month - 1]
    short = len(form) <= len("Sept") and form.lower() not in {"june", "july", "may"}
    name = MONTHS[month - 1][:3] if short else MONTHS[month - 1]
    return name.lower() if form.islower() else name


def _in_figures(said: str, numbers: list[str], moved: dt.date, month: int | None, day: int | None) -> str:
    """Return figures in the order in which they were written."""
    of = {"y": f"{moved.year}", "m": f"{moved.month:02}", "d": f"{moved.day:02}"}
    if len(numbers[0]) == _WHOLE_YEAR:
        order = "ymd"
    else:
        order = "dmy" if (int(numbers[0]), int(numbers[1])) == (day, month) and day != month else "mdy"
    padded = any(n.startswith("0") for n in numbers)
    parts = iter(
        of[which][-2:] if which == "y" and len(n) != _WHOLE_YEAR else of[which] if padded else of[which].lstrip("0")
        for which, n in zip(order, numbers, strict=False)
    )
    return re.sub(r"\d+", lambda _: next(parts), said)


def _composed(moved: dt.date, parts: Parts) -> str:
    year, month, day = parts
    words = [f"the {figures.ordinal(moved.day)}" + (" of" if month is not None else "")] if day is not None else []
    words += [MONTHS[moved.month - 1]] if month is not None else []
    return " ".join([*words, *([figures.year(moved.year)] if year is not None else [])])
