"""Dates move together or become distances, and nothing that ties to the real calendar stands beside them."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from assistant.domain import Span
from assistant.training.dating import Dates, shift_for
from assistant.training.material import SampleProfile
from assistant.training.tenses import looks_ahead

DAY = dt.date(2026, 3, 10)
SAFE, GDPR = SampleProfile.SAFE_HARBOR, SampleProfile.GDPR


def told(value: str, text: str, words: str, profile: SampleProfile, shift: int = 30) -> str:
    """Return a text with one date said less exactly."""
    at = text.index(words)
    span = Span(at, at + len(words))
    dates = Dates(profile, DAY, shift, {value: looks_ahead(text, span)})
    where, new = dates.worded(value, text, span)
    return text[: where.start] + new + text[where.end :]


@pytest.mark.parametrize("seed", range(60))
def test_a_shift_is_whole_weeks_never_small_and_never_about_a_year(seed: int) -> None:
    """Weekdays stay, the true day is not near, and a day without its year does not fall on itself."""
    shift = shift_for(random.Random(seed))  # noqa: S311  no secret: a test
    assert 9 <= abs(shift) <= 150
    assert 41 < abs(shift) * 7 % 365.25 < 324


@pytest.mark.parametrize("shift", [-120, -30, 9, 77])
@pytest.mark.parametrize("value", ["2024-02-29", "2025-12-31", "????-06-04", "????-??-17"])
def test_intervals_and_weekdays_stay(shift: int, value: str) -> None:
    """Thirty days apart before and after, on the same days of the week."""
    dates = Dates(GDPR, DAY, shift)
    year, month, day = (None if "?" in part else int(part) for part in value.split("-"))
    when = dates.resolved(year, month, day, value)
    later = when + dt.timedelta(days=30)
    moved = [d + dt.timedelta(weeks=shift) for d in (when, later)]
    assert (moved[1] - moved[0]).days == 30
    assert moved[0].weekday() == when.weekday()


@pytest.mark.parametrize(
    ("value", "text", "words", "expected"),
    [
        ("????-05-12", "We moved on May twelfth", "May twelfth", "We moved on December eighth"),
        ("????-05-12", "we moved on the twelfth of may", "the twelfth of may", "we moved on the eighth of december"),
        ("????-05-12", "We moved on 5/12", "5/12", "We moved on 12/8"),
        ("2024-03-04", "on 04/03/2024", "04/03/2024", "on 30/09/2024"),
        ("1994-??-??", "We met in ninety-four", "ninety-four", "We met in ninety-five"),
        ("2024-03-04", "the 4th of March 2024", "the 4th of March 2024", "the 30th of September 2024"),
    ],
)
def test_a_moved_date_keeps_its_words_and_its_order(value: str, text: str, words: str, expected: str) -> None:
    """American and British order, figures and words."""
    assert told(value, text, words, GDPR) == expected


def test_a_day_beside_its_weekday_moves_to_that_weekday() -> None:
    """The seventeenth of March 2026 is a Tuesday; so is the day that stands for it."""
    out = told("????-??-17", "back next Tuesday, the seventeenth", "next Tuesday, the seventeenth", GDPR, 9)
    assert out == "back next Tuesday, the nineteenth"
    assert (dt.date(2026, 3, 17) + dt.timedelta(weeks=9)).day == 19


@pytest.mark.parametrize(
    ("value", "text", "words", "expected"),
    [
        ("????-02-20", "It happened on February twentieth", "February twentieth", "It happened three weeks ago"),
        ("????-02-20", "clean since the twentieth of February", "the twentieth of February", "clean for three weeks"),
        (
            "????-03-17",
            "the hearing is on the seventeenth of March",
            "the seventeenth of March",
            "the hearing is next week",
        ),
        ("????-04-07", "signed off until April seventh", "April seventh", "signed off for four weeks"),
        ("????-11-??", "I lost it back in November", "November", "I lost it four months ago"),
        ("????-11-??", "I hurt my back in November", "November", "I hurt my back four months ago"),
        ("2017-06-??", "It was June of 2017", "June of 2017", "It was in 2017"),
        ("1987-??-??", "since eighty-seven", "eighty-seven", "since eighty-seven"),
        ("????-08-19", "my birthday is August nineteenth", "August nineteenth", "my birthday is that day"),
        ("????-05-12", "the twelfth? I pick May twelfth", "May twelfth", "the twelfth? I pick that day"),
        ("????-05-??", "every May we go", "May", "every year we go"),
        ("????-10-??", "My uncle passed in October", "October", "My uncle passed some months ago"),
        ("????-10-05", "we lost Halvard on October fifth", "October fifth", "we lost Halvard some months ago"),
        ("????-06-09", "she is due on the ninth of June", "the ninth of June", "she is due in some months"),
        ("????-04-09", "April ninth is her birthday", "April ninth", "that day is her birthday"),
        ("????-03-17", "next week's the 17th, a feast", "the 17th", "next week's that day, a feast"),
        ("????-01-??", "in the January there", "January", "in that month there"),
        ("????-11-??", "not since, um, November", "November", "not for four months"),
        ("????-05-??", "the May gang met", "May", "the gang met"),
        ("????-11-??", "in November four years ago", "November", "four years ago"),
        ("????-10-12", "shut since October twelfth", "October twelfth", "shut for about five months"),
    ],
)
def test_safe_harbor_tells_how_far_off_a_day_is(value: str, text: str, words: str, expected: str) -> None:
    """In weeks, or months where no day was said; a year alone stays; a day of every year is no distance."""
    assert told(value, text, words, SAFE) == expected


def test_many_weeks_are_not_told_exactly() -> None:
    """Whoever knows the evening could count them back."""
    out = told("????-09-16", "we start on the sixteenth of September", "the sixteenth of September", SAFE)
    assert out == "we start in about six months"


@pytest.mark.parametrize("profile", list(SampleProfile))
@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("we met at Purim", "Purim", "we met at the holidays"),
        ("my last Vaisakhi at home", "Vaisakhi", "my last holiday at home"),
        ("She was the Hogmanay baby", "Hogmanay", "She was the holiday baby"),
        ("Happy Nowruz to all", "Nowruz", "happy holidays to all"),
        ("It's Passover soon", "Passover", "It's a holiday soon"),
        ("he rang on Pentecost, crying", "Pentecost", "he rang on the holiday, crying"),
    ],
)
def test_a_feast_becomes_a_holiday_that_fits_its_sentence(
    profile: SampleProfile, text: str, words: str, expected: str
) -> None:
    """In every profile: a moved calendar has no place for it."""
    assert told("holiday", text, words, profile) == expected


@pytest.mark.parametrize(
    ("value", "text", "words", "gone"),
    [
        ("????-12-20", "Hanukkah ends on the twentieth of December", "the twentieth of December", "twentieth"),
        ("2004-12-26", "the tsunami, in December 2004", "December 2004", "20"),
        ("2011-03-??", "It was March 2011. The earthquake.", "March 2011", "20"),
        ("2003-??-??", "in 2003, the year of the great frost", "2003", "20"),
        ("1998-??-??", "when the foundry closed in 1998", "1998", "19"),
    ],
)
def test_a_date_beside_what_the_world_can_date_is_not_moved(value: str, text: str, words: str, gone: str) -> None:
    """One such pair would give the shift away, and with it every other date."""
    out = told(value, text, words, GDPR)
    assert gone not in out
    assert not [m for m in ("January", "March", "July", "August", "December") if m in out]


def test_a_season_moves_with_the_dates() -> None:
    """Half a year on, winter is summer; in safe harbor it is months ago."""
    assert told("????-01-??", "it began last winter", "winter", GDPR, 26) == "it began last summer"
    assert told("????-01-??", "it began last winter", "winter", SAFE) == "it began two months ago"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("call me next Monday", "next Monday", "call me next week"),
        ("He came on Monday night", "Monday night", "He came the other night"),
        ("choir every Monday", "Monday", "choir every Monday"),
        ("we meet Mondays", "Mondays", "we meet Mondays"),
        ("the hearing is a week from Monday", "a week from Monday", "the hearing is next week"),
        ("done by Monday week", "Monday week", "done by next week"),
        ("ring her before Monday", "Monday", "ring her before then"),
        ("See you on Monday", "Monday", "See you soon"),
        ("my Monday group", "Monday", "my weekly group"),
        ("I know about Monday", "Monday", "I know about that day"),
        ("he is at mine on Monday", "Monday", "he is at mine this week"),
        ("I'm fixing to see him on Monday", "Monday", "I'm fixing to see him this week"),
    ],
)
def test_one_weekday_goes_in_safe_harbor_and_what_comes_back_stays(text: str, words: str, expected: str) -> None:
    """A weekday of one week is an element of a date; a habit is none."""
    assert told("weekday", text, words, SAFE) == expected
    assert told("weekday", text, words, GDPR) == text


@pytest.mark.parametrize(
    ("year", "text", "old"),
    [
        ("1931", "born in 1931", True),
        ("1950", "they married in 1950", True),
        ("1950", "the house is from 1950", False),
        ("1990", "they married in 1990", False),
    ],
)
@pytest.mark.parametrize("profile", list(SampleProfile))
def test_a_year_that_shows_ninety_years_goes(profile: SampleProfile, year: str, text: str, *, old: bool) -> None:
    """164.514(b)(2)(i)(C): all elements of dates, including year, indicative of such age."""
    assert ("long time ago" in told(f"{year}-??-??", text, year, profile)) == old


def test_no_name_slips_through_inside_a_date() -> None:
    """A detector may join a name to a date; only the date's own words come back."""
    out = told("????-05-12", "ask orlina may twelfth", "orlina may twelfth", GDPR)
    assert "orlina" not in out
    assert "orlina" not in told("2016-??-??", "with orlina 2016", "orlina 2016", SAFE)
    assert "orlina" not in told("weekday", "with orlina monday", "orlina monday", GDPR)


@pytest.mark.parametrize(
    ("text", "words", "ahead"),
    [
        ("I'm supposed to see him on the third", "the third", True),
        ("The store is open, from the ninth.", "the ninth", True),
        ("I've got a scan on the ninth", "the ninth", True),
        ("He broke in on the ninth", "the ninth", False),
        ("I got fired. On May fifth.", "May fifth", False),
        ("I won in May and I quit in June", "June", False),
    ],
)
def test_the_nearest_verb_tells_past_from_future(text: str, words: str, *, ahead: bool) -> None:
    """Else the sentence before it does."""
    at = text.index(words)
    assert looks_ahead(text, Span(at, at + len(words))) is ahead
