"""Whatever ties a sample to the real calendar is found: days, months, feasts, seasons, counts of days, ages."""

from __future__ import annotations

import pytest

from assistant.pipeline.sampling.ages import age_value, ages_in
from assistant.pipeline.sampling.counts import counts_in
from assistant.pipeline.sampling.dates import date_value, dates_in, weekdays_in
from assistant.pipeline.sampling.figures import runs_in
from assistant.privacy.parse import Parse
from assistant.privacy.words import words_of
from assistant.training.material import Kind


def dates(text: str) -> list[tuple[str, str]]:
    """Return the dates in a text, in order, and what each comes to."""
    found = sorted(dates_in(Parse(text, ())), key=lambda v: v.span)
    return [(v.span.of(text), v.value) for v in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gone since the sixth", [("the sixth", "????-??-06")]),
        ("home till the twenty-ninth, Alvery says", [("the twenty-ninth", "????-??-29")]),
        ("back next Monday, the twelfth", [("next Monday, the twelfth", "????-??-12")]),
        ("on the ninth and the tenth", [("the ninth", "????-??-09"), ("the tenth", "????-??-10")]),
        ("it was 12 August then", [("12 August", "????-08-12")]),
        ("in October three years ago", [("October", "????-10-??")]),
        ("since 2 thousand and 19", [("2 thousand and 19", "2019-??-??")]),
        ("the flood of '97", [("97", "1997-??-??")]),
        ("the summer of 2018", [("summer of 2018", "2018-07-??")]),
        ("since last autumn", [("autumn", "????-10-??")]),
        ("we met on Saint Lucy's Day", [("Saint Lucy's Day", "holiday")]),
        ("a Liberation Day parade", [("Liberation Day", "holiday")]),
        ("the New Year's baby", [("New Year's", "holiday")]),
        ("no meat during lent", [("lent", "holiday")]),
        ("born 1931-04-02", [("1931-04-02", "1931-04-02")]),
        ("I'm a Scorpio, sorry", [("Scorpio", "said:star-sign person")]),
        ("the year of the goat", [("the year of the goat", "said:one year")]),
        ("the night of the election", [("the night of the election", "said:that night")]),
        ("a hundred and twelve days", [("a hundred and twelve days", "count:about four months")]),
    ],
)
def test_an_element_of_a_date_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    """With its weekday where one is said."""
    assert dates(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I lent him a tenner", "the twelfth floor", "the eleventh hole, easy", "I'm at 9/10 today", "24/7 on call",
        "it may be fine", "we march on", "ten push-ups, page twelve, step four", "a spring in my step",
        "I had a bad day, a good day", "summers are hard", "six out of ten", "two kids and three dogs",
    ],
)  # fmt: skip
def test_talk_is_no_date(text: str) -> None:
    """Counts, measures, scales and everyday words stay."""
    assert not dates(text)


def test_what_a_detector_took_for_a_date_is_read() -> None:
    """Figures come to all their parts, and thirty-first is no year."""
    assert date_value("11/14/2023") == "2023-11-14"
    assert date_value("the thirty-first") == "????-??-31"
    assert date_value("Friday") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a week from Monday", "a week from Monday"), ("by Monday week.", "Monday week"),
        ("on Monday noon", "Monday noon"),
        ("this coming Monday", "this coming Monday"),
    ],
)  # fmt: skip
def test_a_weekday_is_found_with_what_it_is_reckoned_by(text: str, expected: str) -> None:
    """So that it goes as one."""
    assert [v.span.of(text) for v in weekdays_in(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sixteen days sober", "about two weeks"), ("I'm at 61 days", "about two months"),
        ("three years and a day", "about three years"), ("day forty-four", "about a month"),
        ("almost ninety days clean", "about three months"), ("four hundred days", "about a year"),
    ],
)  # fmt: skip
def test_a_count_of_days_is_told_coarsely(text: str, said: str) -> None:
    """Every such count in the same way, so that none is told from another by being left."""
    assert [words for _, words in counts_in(text)] == [said]


def test_short_and_unpaired_lengths_stay() -> None:
    """Nobody counts back from them."""
    for text in (
        "ten days off",
        "he got a year and a day for it",
        "twice a week for ten minutes",
        "thirty days notice",
        "a ninety days old cat",
    ):
        assert not counts_in(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("she was four and a half.", [("four and a half", "4")]),
        ("I am maybe fifty-two, maybe fifty-five.", [("fifty-five", "55")]),
        ("I was sixty 3 then", [("sixty 3", "63")]),
        ("our lodger's eighty-six.", [("eighty-six", "86")]),
        ("he died at fifty-one sudden", [("fifty-one", "51")]),
        ("my father has ninety-one.", [("ninety-one", "91")]),
        ("in her late nineties now", [("in her late nineties", "95")]),
        ("a centenarian", [("a centenarian", "95")]),
        ("his forty-second birthday", [("forty-second", "42")]),
        ("my anxiety's sixty.", []),
        ("I left at five thirty", []),
        ("three and a half hours", []),
        ("turned twelve pages", []),
        ("in gymnastics from six, every day", [("six", "6")]),
        ("in the office from nine.", []),
        ("im edda fifty-four i drive a bus", [("fifty-four", "54")]),
        ("edda fifty-four i drive a bus", [("fifty-four", "54")]),
        ("im at fifty-four i think", []),
    ],
)
def test_an_age_is_found_and_a_score_is_none(text: str, expected: list[tuple[str, str]]) -> None:
    """Halves, second guesses, figures mixed with words, foreign idioms."""
    assert [(v.span.of(text), v.value) for v in ages_in(text)] == expected


def test_an_age_in_words_for_the_oldest_has_a_value() -> None:
    """So that it falls into the band of ninety and more."""
    assert age_value("in her nineties") == "95"
    assert age_value("a hundred and four") == "104"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("it was 11:47 when", [Kind.DATE]), ("it was 11:45 when", []), ("call 911 or 988", []),
        ("badge 40417 here", [Kind.NUMBER]), ("I was sixty 3", []), ("on 23/04 then", []), ("$450 a week", []),
        ("ring five five five, oh one seven three", [Kind.PHONE]), ("ten nine eight seven", []),
        ("back in 2012. Thirty days of rain", []),
        ("Ladder Fifty-Two rolling", [Kind.NUMBER]), ("squad of twelve", []), ("engine twelve years old", []),
    ],
)  # fmt: skip
def test_figures_that_belong_to_somebody(text: str, kinds: list[Kind]) -> None:
    """Times, amounts, dates and numbers that everybody rings are left to others."""
    assert [kind for _, kind, _, _ in dict.fromkeys(runs_in(text, words_of(text)))][: len(kinds) or None] == kinds
