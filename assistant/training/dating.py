"""Dates said less exactly: moved by one shift, or told as weeks from the day of the session.

What ties to the real calendar ties the sample to it: one true date beside a moved one gives the shift away. So whatever
has no place in a moved calendar (a feast, a count of days, a day that everybody can look up) is told in general words.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import Span
from assistant.training import looked_up
from assistant.training.intervals import far_off, holiday, weekday, year_alone
from assistant.training.material import SampleProfile
from assistant.training.moving import MONTHS, WEEKDAYS, Parts, moved_words, only_calendar, year_said
from assistant.training.tenses import looks_ahead

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

_LEAST_SHIFT, _MOST_SHIFT = 9, 150
"""Weeks: two months at least, three years at most."""
_DAYS, _DAYS_IN_A_YEAR = 7, 365.25
_NEAR_A_YEAR = 6 * _DAYS
"""Days by which a shift must miss whole years: else a day without its year would all but stay."""
_SHIFTS = tuple(
    sign * weeks
    for sign in (-1, 1)
    for weeks in range(_LEAST_SHIFT, _MOST_SHIFT + 1)
    if _NEAR_A_YEAR <= weeks * _DAYS % _DAYS_IN_A_YEAR <= _DAYS_IN_A_YEAR - _NEAR_A_YEAR
)
_OLD_YEAR = 89
"""Years after which a year of birth shows an age of ninety or more."""
_ADULT_LIFE = 72
"""Years after which what only a grown person does shows it too."""
_DATE = re.compile(r"[\d?]{4}-[\d?]{2}-[\d?]{2}")
_A_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_WITH_LEAD = re.compile(rf"^(?:(?:next|last|this(?: coming| past)?) )?(?:{'|'.join(WEEKDAYS)}),?\s+", re.IGNORECASE)
_THAT_MONTH = re.compile(r"^,?\s*(?:of )?(this|next|last) month\b", re.IGNORECASE)
_GROWN = re.compile(
    r"\b(?:married|wed|wedding|enlisted|drafted|graduated|fought|served|widowed|hired|emigrated|commissioned|ordained|"
    r"qualified|divorced|demobbed|had (?:her|his|their|me|my))\b",
    re.IGNORECASE,
)
_BEFORE_LOOSE = re.compile(r"\b(?:in|on|of|back in|during)\s+$", re.IGNORECASE)
_BEFORE_OLD = re.compile(r"\b(?:in|on|of|back in|since|from|around|about)\s+$", re.IGNORECASE)
_TRAILING = re.compile(r"(?:\s+(?:for|at|the|and|in|on|to|with|of|by))+$", re.IGNORECASE)


def shift_for(rng: random.Random) -> int:
    """Return by how many whole weeks every date of one sample moves: weekdays and intervals stay."""
    return rng.choice(_SHIFTS)


@dataclass(frozen=True, slots=True)
class _Hint:
    """What is said beside a date and helps to tell which day was meant."""

    weekday: int | None = None
    """From 0, Monday."""
    months: int | None = None
    """"this month" (0), "next month" (1)."""


@dataclass(frozen=True, slots=True)
class Dates:
    """How one sample tells dates; arguments as for ``Coarser``."""

    profile: SampleProfile
    day: dt.date = field(repr=False)
    shift: int = field(repr=False)
    ahead: Mapping[str, bool | None] = field(default_factory=dict, repr=False)

    def worded(self, value: str, text: str, span: Span) -> tuple[Span, str]:
        """Return where and how a date is said less exactly.

        Args:
            value: As found: ``2025-03-14`` with ``?`` for each figure not said, ``weekday``, ``holiday``, or
                ``said:`` or ``count:`` and the words that stand for it in every profile.
            text: The whole utterance.
            span: The date; what is returned may reach over what leads it.
        """
        said = _TRAILING.sub("", span.of(text)) or span.of(text)
        span = Span(span.start, span.start + len(said))
        kind, _, general = value.partition(":")
        if kind in {"said", "count"}:
            return span, general
        if value == "holiday":
            return holiday(text, span)
        if value == "weekday":
            if not only_calendar(said):
                return span, "one day"
            if self.profile is SampleProfile.SAFE_HARBOR:
                return weekday(text, span, ahead=looks_ahead(text, span))
            return span, said
        return self._dated(value, text, span) if _DATE.fullmatch(value) else (span, "one day")

    def _dated(self, value: str, text: str, span: Span) -> tuple[Span, str]:
        said = span.of(text)
        year, month, day = _parts(value)
        hint = _hint(text, span)
        if year is not None and self._tells_old(year, text):
            return _reach(_BEFORE_OLD, text, span), "a long time ago"
        if self.profile is SampleProfile.SAFE_HARBOR:
            if year is None:
                when = self.resolved(None, month, day, value, hint)
                return far_off(text, span, self.day, when, by_month=day is None)
            alone = year_said(said, year) or str(year)
            return (span, alone) if month is None and day is None else year_alone(text, span, alone)
        if looked_up.beside(text, span) or (year is not None and looked_up.beside_a_year(text, span)):
            return self._unmoored(text, span, year)
        lead = _WITH_LEAD.match(said)
        where = Span(span.start + lead.end(), span.end) if lead else span
        moved = self.resolved(year, month, day, value, hint) + dt.timedelta(weeks=self.shift)
        return where, moved_words(where.of(text), moved, (year, month, day))

    def _unmoored(self, text: str, span: Span, year: int | None) -> tuple[Span, str]:
        """Return words for a date beside what the whole world can date."""
        where = _reach(_BEFORE_LOOSE, text, span)
        if year is None:
            on = text[where.start : span.start].strip().lower() == "on"
            return where, "on that day" if on else "that day"
        if where == span:
            return where, "back then"
        return where, "years ago" if self.day.year - year > 1 else "a while back"

    def month(self, value: str) -> str | None:
        """Return the month that a date is said to be in; None where none is said."""
        if self.profile is SampleProfile.SAFE_HARBOR or not _DATE.fullmatch(value):
            return None
        year, month, day = _parts(value)
        if month is None:
            return None
        return MONTHS[(self.resolved(year, month, day, value) + dt.timedelta(weeks=self.shift)).month - 1]

    def resolved(
        self, year: int | None, month: int | None, day: int | None, value: str, hint: _Hint | None = None
    ) -> dt.date:
        """Return the day meant; where the year was not said, the nearest one before or after the session.

        A month without a day is the day of that month which is said elsewhere, so that both move into one month.
        """
        hint = hint or _Hint()
        if month is not None and day is None:
            said = map(_parts, filter(_DATE.fullmatch, self.ahead))
            day = next((d for y, m, d in said if (y, m) == (year, month) and d), 15)
        if year is not None:
            return _day(year, month or 7, day or 1)
        if month is None:
            months = (-2, -1, 0, 1, 2) if hint.months is None else (hint.months,)
            choices = [_near(self.day, n, day or 15) for n in months]
        else:
            choices = [_day(self.day.year + more, month, day or 15) for more in (-1, 0, 1)]
        on_it = [d for d in choices if hint.weekday is None or d.weekday() == hint.weekday]
        ahead = self._ahead(value, month)
        right = [d for d in on_it or choices if ahead is None or (d >= self.day) == ahead or d == self.day]
        return min(right or on_it or choices, key=lambda d: abs((d - self.day).days))

    def _ahead(self, value: str, month: int | None) -> bool | None:
        """Return whether a date lies ahead, by all that is said of it, else of its month."""
        told = self.ahead.get(value)
        if told is not None or month is None:
            return told
        others = {said for other, said in self.ahead.items() if other[:7] == value[:7]} - {None}
        return next(iter(others)) if len(others) == 1 else None

    def _tells_old(self, year: int, text: str) -> bool:
        ago = self.day.year - year
        return ago >= _OLD_YEAR or (ago >= _ADULT_LIFE and _GROWN.search(text) is not None)


def _parts(value: str) -> Parts:
    year, month, day = (None if "?" in part else int(part) for part in value.split("-"))
    return year, month, day


def _hint(text: str, span: Span) -> _Hint:
    named = _A_WEEKDAY.search(span.of(text))
    told = _THAT_MONTH.match(text[span.end :])
    return _Hint(
        WEEKDAYS.index(named.group(1).lower()) if named else None,
        {"this": 0, "next": 1, "last": -1}[told.group(1).lower()] if told else None,
    )


def _reach(pattern: re.Pattern[str], text: str, span: Span) -> Span:
    lead = pattern.search(text[: span.start])
    return Span(lead.start(), span.end) if lead else span


def _near(day: dt.date, months: int, number: int) -> dt.date:
    at = day.year * 12 + day.month - 1 + months
    return _day(at // 12, at % 12 + 1, number)


def _day(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
