"""Dates as they are said: months, days, weekdays, holidays and years (45 CFR 164.514(b)(2)(i)(C)).

Relative times ("last week", "a month ago", "tomorrow") single nobody out and are left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention, Span
from assistant.privacy.calendar_words import HOLIDAY_PHRASES, HOLIDAYS, MONTH_SHORT, MONTHS, WEEKDAYS
from assistant.privacy.recognisers.numbers import Number, cardinal, ordinal, year
from assistant.privacy.words import span_of, word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord

_FIGURES = re.compile(
    r"(?<![\w/.\-])(?:\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})|\d{4}-\d{1,2}-\d{1,2}|(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01]))(?![\w/\-])"
)
_WORD_MONTHS = frozenset({"may", "march", "august"})
_MONTH_CUES = word_set(
    """
    in last next this since until till by of early late mid before after during through from around every each
    back
    """
)
_AFTER_ORDINAL = word_set(
    """
    and i but so when because at for with we he she they it if or um uh that which then i'm i've i'll he's she's it's my
    """
)
_YEAR_CUES = word_set(
    """
    in since from until till by before after of around during back year class summer
    """
)
_AFTER_YEAR = word_set(
    """
    and i but so when because at with we he she they it of to my his her the before after from um uh that which then
    """
)
_GOODBYES = frozenset({"see", "seeing"})
_LONGEST_MONTH = 31
_TENTH = 10
_SHORT_YEARS = range(40, 100)


class DateRecogniser:
    """Finds dates that are more than a year wide or less than relative."""

    name = "dates"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return DATE mentions without their prepositions ("the fifth of May", "Saturday", "Christmas Eve")."""
        words = words_of(parse.text)
        spans = [Span(*m.span()) for m in _FIGURES.finditer(parse.text) if not m.group().startswith("24/7")]
        at = 0
        while at < len(words):
            found = _date_at(words, at)
            if found is None:
                at += 1
                continue
            first, after = found
            spans.append(span_of(words, first, after - 1))
            at = max(after, at + 1)
        return [Mention(s, DisclosureType.DATE, 0.85, self.name, "calendar words") for s in spans]


def is_date_in_figures(text: str) -> bool:
    """Whether a text is a date in figures and nothing else ("11/14/2023")."""
    return _FIGURES.fullmatch(text.strip()) is not None


def _date_at(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    for rule in (_month_day, _day_month, _holiday, _weekday, _bare_month, _bare_day, _bare_year):
        found = rule(words, at)
        if found is not None:
            return found
    return None


def _lower(words: tuple[TextWord, ...], at: int) -> str:
    return words[at].bare if 0 <= at < len(words) else ""


def _day(words: tuple[TextWord, ...], at: int) -> int | None:
    """Index after the day of the month at ``at``."""
    if at >= len(words) or words[at].opens:
        return None
    number = ordinal(words, at) or cardinal(words, at)
    return number.after if number is not None and 1 <= number.value <= _LONGEST_MONTH else None


def _with_year(words: tuple[TextWord, ...], after: int) -> int:
    start = after + 1 if _lower(words, after) in {"of", "in"} else after
    if start < len(words) and not words[start].opens:
        found = year(words, start)
        if found is not None:
            return found.after
    return after


def _is_month(words: tuple[TextWord, ...], at: int) -> bool:
    lower = _lower(words, at)
    return lower in MONTHS or (lower in MONTH_SHORT and words[at].capital)


def _month_day(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """A month, then its day: "March third", "April the fourteenth", "May 5, 2024"."""
    if not _is_month(words, at):
        return None
    step = at + 2 if _lower(words, at + 1) == "the" else at + 1
    after = _day(words, step)
    if after is None or not words[step].tight:
        return None
    lower = _lower(words, at)
    if lower in _WORD_MONTHS and not words[at].capital and ordinal(words, step) is None:
        return None  # "may two of us", "march five miles"
    return at, _with_year(words, after)


def _day_month(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """A day, then its month: "the ninth of June", "3rd March", "the fifth of May"."""
    start = at + 1 if words[at].lower == "the" else at
    number = ordinal(words, start) or cardinal(words, start)
    if number is None or not 1 <= number.value <= _LONGEST_MONTH:
        return None
    month = number.after + 1 if _lower(words, number.after) == "of" else number.after
    if month >= len(words) or not _is_month(words, month) or words[month].opens:
        return None
    if (
        month == number.after
        and _lower(words, month) in _WORD_MONTHS
        and not words[month].capital
        and ordinal(words, start) is None
    ):
        return None
    return at, _with_year(words, month + 1)


def _holiday(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    for phrase in HOLIDAY_PHRASES:
        if tuple(w.lower for w in words[at : at + len(phrase)]) == phrase:
            return at, _with_year(words, at + len(phrase))
    lower = words[at].bare
    if lower in HOLIDAYS - {"lent", "tet", "holi", "yom", "kippur", "eid"} or (lower in HOLIDAYS and words[at].capital):
        return at, _with_year(words, at + 1)
    return None


def _weekday(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """A single weekday, and what follows it of a date; not "Fridays", "every Friday" or "see you on Friday"."""
    lower = words[at].bare
    if lower not in WEEKDAYS or _lower(words, at - 1) in {"every", "each", "most", "any"}:
        return None
    back = [_lower(words, i) for i in range(max(0, at - 5), at)]
    if "you" in back and _GOODBYES & set(back):
        return None
    if _lower(words, at + 1) in {"group", "groups", "skills", "meeting", "night's", "football", "evenings", "nights"}:
        return None
    after = at + 1
    step = after + 1 if _lower(words, after) == "the" else after
    follow = _day(words, step) if step < len(words) and ordinal(words, step) else None
    if follow is not None:
        month = follow + 1 if _lower(words, follow) == "of" else follow
        after = month + 1 if month < len(words) and _is_month(words, month) else follow
    elif after < len(words) and _is_month(words, after) and not words[after].opens:
        inner = _month_day(words, after)
        after = inner[1] if inner else after
    return at, after


def _bare_month(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    if not _is_month(words, at):
        return None
    lower, before = words[at].bare, _lower(words, at - 1)
    if lower in MONTH_SHORT and before not in _MONTH_CUES:
        return None
    with_year = _with_year(words, at + 1)
    if lower in _WORD_MONTHS or lower in {"june", "april"}:
        if before in _MONTH_CUES:
            return at, with_year
        return (at, with_year) if with_year > at + 1 or (lower == "august" and words[at].capital) else None
    return at, with_year


def _bare_day(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """A day alone at the end of a clause: "on the third", not "on the third floor"."""
    before = _lower(words, at - 1)
    if _lower(words, at) != "the":
        return None
    number = ordinal(words, at + 1)
    told = before in {"is", "was", "it's", "that's"} and number is not None and number.value >= _TENTH
    if before not in {"on", "by", "until", "since", "till", "before"} and not told:
        return None
    if (
        number is None
        or not 1 <= number.value <= _LONGEST_MONTH
        or (number.value == 1 and words[at + 1].lower == "first")
    ):
        return None
    after = number.after
    ends = after >= len(words) or words[after].opens or "," in words[after].gap or words[after].lower in _AFTER_ORDINAL
    return (at, after) if ends else None


def _short_year(words: tuple[TextWord, ...], at: int) -> Number | None:
    """A year without its century: "in ninety-four", "since '86"; not "in ninety minutes"."""
    number = cardinal(words, at)
    if (
        number is None
        or number.value not in _SHORT_YEARS
        or (
            _lower(words, at - 1) == "of"
            and _lower(words, at - 2) not in {"summer", "winter", "spring", "fall", "autumn", "class", "end", "start"}
        )
    ):
        return None
    after = number.after
    ends = after >= len(words) or words[after].opens or "," in words[after].gap or words[after].lower in _AFTER_YEAR
    return number if ends else None


def _bare_year(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    before = _lower(words, at - 1)
    if before in {"born", "birth"} or (before == "in" and _lower(words, at - 2) == "born"):
        short = cardinal(words, at)
        if year(words, at) is None and short is not None and 10 <= short.value <= 99:  # noqa: PLR2004  "in thirty-three"
            return at, short.after
    if words[at].opens:
        return None
    found = year(words, at) or (_short_year(words, at) if before in {"in", "since", "of"} else None)
    if found is None:
        return None
    told = before == "it's" or (
        before in {"was", "is"} and _lower(words, at - 2) in {"it", "that", "this", "year", "think", "guess"}
    )
    if before not in _YEAR_CUES and not told:
        return None
    if _lower(words, found.after) in {
        "dollars",
        "pounds",
        "euros",
        "people",
        "miles",
        "bucks",
        "calories",
        "times",
        "steps",
        "years",
    }:
        return None
    return at, found.after
