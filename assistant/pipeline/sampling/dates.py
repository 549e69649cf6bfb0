"""Dates, years, weekdays and days with a name in one utterance, and what each comes to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import Span
from assistant.pipeline.sampling.counts import counts_in
from assistant.pipeline.sampling.feasts import dated_days, feast, season
from assistant.pipeline.sampling.numbers import number_at, year_at
from assistant.pipeline.sampling.values import Valued
from assistant.pipeline.sampling.written import dated, written_dates
from assistant.pipeline.sampling.years import born_in, spanned_years, two_figures, year_in
from assistant.privacy.calendar_words import MONTH_SHORT, MONTHS
from assistant.privacy.recognisers.numbers import ordinal
from assistant.privacy.words import word_set, words_of

if TYPE_CHECKING:
    from assistant.privacy.parse import Parse
    from assistant.privacy.recognisers.numbers import Number
    from assistant.privacy.words import TextWord

_NUMBER_OF = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12,
}  # fmt: skip
_NUMBER_OF |= {"jan": 1, "feb": 2, "apr": 4, "aug": 8, "sept": 9, "oct": 10, "nov": 11, "dec": 12}
_DOUBTFUL = frozenset({"may", "march", "august"})
_BEFORE_MONTH = word_set(
    "in since last next this of by until till before after through during early late mid every from around"
)
_BEFORE_DAY = word_set("on by until till since before after from the around of")
_NO_WORDS = frozenset({"april", "june", "july"})
_WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
_A_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WEEKDAY = re.compile(
    r"\b(?:(?:a|one|two|three) weeks? (?:from|on|after|come|last|next) |(?:this|last|next)(?: coming| past)? )?"
    rf"{_A_WEEKDAY}s?\b"
    r"(?:\s+(?:morning|afternoon|evening|night|noon|lunchtime|midday|midnight)s?\b)?"
    r"(?:\s+(?:week|fortnight)(?=\s*(?:[.,;:!?]|$|or\b|and\b|then\b|at\b|if\b))|\s+after next\b)?",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE = re.compile(rf"\b(?:(?:next|last|this coming|this past|this) )?{_A_WEEKDAY},?\s+$", re.IGNORECASE)
_AND_DAY = word_set("and or to till until through")

_LEAST_ALONE = 10
"""From here on "the seventeenth" is a day of the month also where nothing leads it."""
_NAMES_OF_PEOPLE = frozenset({"april", "june", "july", "august", "may", "jan"})

_NTH_OF = word_set(
    """
    floor hole birthday century street avenue time grade anniversary amendment row week day month year hour step page
    chapter place attempt try visit session meeting letter room door house infantry battalion regiment airborne cavalry
    division man woman person one ones few two of ever precinct district ward minute question round verse mile fire
    """
)
"""What may be counted up to thirty-one and is no month."""
_LAST_DAY = 31
_LENGTHS = word_set("years year months month weeks week days hours times people of kids more")
"""What a number after a month may count."""


def weekdays_in(text: str) -> list[Valued]:
    """Return every weekday with what it is reckoned by ("a week from Thursday"); the value is ``weekday``."""
    return [Valued(Span(*match.span()), "weekday") for match in _WEEKDAY.finditer(text)]


def dates_in(parse: Parse) -> list[Valued]:
    """Return every month, day of a month, year, season of a year, holiday and count of days."""
    text = parse.text
    words = words_of(text)
    nouns = {t.span.start for t in parse.tokens if t.pos in {"NOUN", "PROPN"}}
    verbs = {t.span.start for t in parse.tokens if t.pos in {"VERB", "AUX"} and t.lemma != "be"}
    found = [Valued(span, f"said:{said}") for span, said in dated_days(text)]
    found += [Valued(span, f"count:{said}") for span, said in counts_in(text)]
    found += [v for v in written_dates(text) if not any(v.span.overlaps(f.span) for f in found)]
    taken = {at for v in found for at, word in enumerate(words) if word.span.overlaps(v.span)}
    at = 0
    while at < len(words):
        if at in taken:
            at += 1
            continue
        hits = [hit] if (hit := _any(words, at, nouns)) is not None else spanned_years(words, at)
        if hits and _somebody(words, hits[0], verbs):
            hits = []
        after = at + 1
        while hits:
            first, after, value = hits.pop(0)
            last = feast(words, first) if value == "holiday" else None
            span = Span(words[first].span.start, last[1] if last else words[after - 1].bare_span.end)
            found.append(Valued(_with_weekday(text, span, value), value))
            hits = hits or _and_day(words, after, value)
        at = after
    return found


def _any(words: tuple[TextWord, ...], at: int, nouns: set[int]) -> tuple[int, int, str] | None:
    return (
        _holiday(words, at)
        or _month(words, at)
        or _season(words, at)
        or _day(words, at, nouns)
        or year_in(words, at)
        or born_in(words, at)
    )


def _somebody(words: tuple[TextWord, ...], hit: tuple[int, int, str], verbs: set[int]) -> bool:
    """Whether a bare month does something and is somebody's name ("June didn't come")."""
    first, after, _ = hit
    if (
        after - first > 1
        or words[first].bare not in _NAMES_OF_PEOPLE
        or (first and words[first - 1].lower in _BEFORE_MONTH)
    ):
        return False
    return after < len(words) and words[after].tight and words[after].span.start in verbs


def _with_weekday(text: str, span: Span, value: str) -> Span:
    """Return the span of a day with the weekday that is said before it: they are one date."""
    lead = _WEEKDAY_BEFORE.search(text[: span.start]) if value[-2:].isdecimal() else None
    return Span(lead.start(), span.end) if lead else span


def _and_day(words: tuple[TextWord, ...], after: int, value: str) -> list[tuple[int, int, str]]:
    """Return the second day in "the ninth and tenth" and "the third till the fifth"."""
    if not value[-2:].isdecimal() or after + 1 >= len(words) or words[after].lower not in _AND_DAY:
        return []
    first = after + 1
    number = ordinal(words, first + (words[first].lower == "the"))
    if number is None or not 1 <= number.value <= _LAST_DAY or not words[after].tight:
        return []
    follows = words[number.after] if number.after < len(words) and words[number.after].tight else None
    if follows is not None and follows.lower in {"of", *_NUMBER_OF}:
        return []  # it has its own month
    return [(first, number.after, f"{value[:-2]}{number.value:02}")]


def date_value(text: str) -> str:
    """Return what a stretch that a detector took for a date comes to; empty where it is none ("Friday")."""
    written = written_dates(text)
    if written:
        return written[0].value
    words = words_of(text)
    for at in range(len(words)):
        hit = _holiday(words, at) or _month(words, at, sure=True) or _season(words, at) or year_in(words, at)
        if hit is not None:
            return hit[2]
    for at in range(len(words)):
        number = ordinal(words, at)
        if number is not None and 1 <= number.value <= _LAST_DAY:
            return dated(None, None, number.value)
    short = [hit[2] for at in range(len(words)) if (hit := two_figures(words, at)) is not None]
    return short[0] if short else ""


def _holiday(words: tuple[TextWord, ...], at: int) -> tuple[int, int, str] | None:
    found = feast(words, at)
    return None if found is None else (at, found[0], "holiday")


def _season(words: tuple[TextWord, ...], at: int) -> tuple[int, int, str] | None:
    found = season(words, at)
    return None if found is None else (found[0], found[1], dated(found[3], found[2], None))


def _month(words: tuple[TextWord, ...], at: int, *, sure: bool = False) -> tuple[int, int, str] | None:
    first, day = at, None
    before = _day_before_month(words, at)
    if before is not None:
        day, at = before
    word = words[at]
    if word.bare not in MONTHS and word.bare not in MONTH_SHORT:
        return None
    month, after = _NUMBER_OF[word.bare], at + 1
    if day is None:
        day, after = _day_after_month(words, after)
    y = None
    step = after + (after < len(words) and words[after].lower == "of")
    if step < len(words) and (said := year_at(words, step)) is not None:
        y, after = said.value, said.after
    if not sure and day is None and y is None and not _meant(words, at):
        return None
    return first, after, dated(y, month, day)


def _day_before_month(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """Return the day in "the fifth of May", and where the month stands."""
    number = ordinal(words, at + 1 if words[at].lower == "the" else at)
    if number is None and words[at].text.isdecimal():
        number = number_at(words, at)  # "12 March"
    if number is None or number.after >= len(words) or not 1 <= number.value <= _LAST_DAY:
        return None
    month = number.after + (words[number.after].lower == "of")
    return (number.value, month) if month < len(words) and words[month].bare in _NUMBER_OF else None


def _day_after_month(words: tuple[TextWord, ...], after: int) -> tuple[int | None, int]:
    """Return the day in "May the fifth" or "May 5", and the word after it."""
    if after >= len(words):
        return None, after
    step = after + (words[after].lower == "the")
    number = ordinal(words, step)
    if number is None and step < len(words) and words[step].tight:
        number = number_at(words, step)
        follows = words[number.after] if number is not None and number.after < len(words) else None
        if follows is not None and follows.tight and follows.lower in _LENGTHS:
            number = None  # "in March three years ago"
    if number is None or not 1 <= number.value <= _LAST_DAY:
        return None, after
    return number.value, number.after


def _meant(words: tuple[TextWord, ...], at: int) -> bool:
    """Whether a bare month name is the month and not a verb or somebody's name."""
    word = words[at]
    led = at > 0 and words[at - 1].lower in _BEFORE_MONTH and not word.opens
    if word.bare in _NO_WORDS or (word.capital and not word.opens):
        return True
    if word.bare in _DOUBTFUL or word.bare in _NAMES_OF_PEOPLE:
        sure = word.capital or word.bare not in {"may", "march"} or words[at - 1].lower in {"in", "since", "last"}
        return led and sure
    return word.bare in MONTHS or (led and word.capital)


def _day(words: tuple[TextWord, ...], at: int, nouns: set[int]) -> tuple[int, int, str] | None:
    """Return "the fourteenth" where it is a day of the month and not the fourteenth of something."""
    if words[at].lower != "the" or at + 1 >= len(words):
        return None
    number = ordinal(words, at + 1)
    if number is None or not 1 <= number.value <= _LAST_DAY:
        return None
    weekday = at > 0 and words[at - 1].bare in _WEEKDAYS
    return (
        (at, number.after, dated(None, None, number.value)) if weekday or _of_month(words, at, number, nouns) else None
    )


def _of_month(words: tuple[TextWord, ...], at: int, number: Number, nouns: set[int]) -> bool:
    """Whether "the" and an ordinal say a day of the month, by what stands before and after."""
    ends = number.after >= len(words) or words[number.after].opens or "," in words[number.after].gap
    led = at > 0 and words[at - 1].lower in _BEFORE_DAY and not words[at].opens
    led = led or (ends and number.value > 1 and at > 0 and words[at].tight and _is(words[at - 1]))
    follows = words[number.after] if number.after < len(words) and words[number.after].tight else None
    late = number.value >= _LEAST_ALONE
    if not late and not led:
        return False
    if late and led:
        return follows is None or follows.bare not in _NTH_OF
    return follows is None or not (follows.span.start in nouns or follows.bare in _NTH_OF)


def _is(word: TextWord) -> bool:
    return word.lower in {"is", "was", "it's", "that's", "today's"} or word.lower.endswith("'s")
