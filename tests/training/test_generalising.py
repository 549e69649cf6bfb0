"""Dates, ages, places and events are said less exactly, and what must hold between them holds."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.domain import Span
from assistant.training.generalising import Coarser, band, events_in, job_group, region_of
from assistant.training.material import Kind, SampleProfile, Thing

DAY = dt.date(2026, 3, 10)


def said(kind: Kind, value: str, text: str, words: str, profile: SampleProfile = SampleProfile.GDPR) -> str:
    """Return a text with one mention said less exactly."""
    at = text.index(words)
    thing = Thing(0, kind, words, (words,), (), value=value)
    made = Coarser(profile, DAY, 10).reworded(thing, text, Span(at, at + len(words)))
    assert made is not None
    span, new = made
    return text[: span.start] + new + text[span.end :]


@pytest.mark.parametrize(
    ("value", "text", "words", "expected"),
    [
        ("46", "I'm forty-six now", "forty-six", "I'm in my forties now"),
        ("46", "she is forty-six", "forty-six", "she is in her forties"),
        ("92", "my gran is ninety-two", "ninety-two", "my gran is 90 or older"),
        ("104", "he turned a hundred and four", "a hundred and four", "he turned 90 or older"),
        ("17", "I left at seventeen", "seventeen", "I left in my teens"),
        ("5", "my son, he's five", "five", "my son, he's under ten"),
        ("0.211", "she's eleven weeks", "eleven weeks", "she's under a year old"),
        ("50", "I turned fifty", "fifty", "I turned fifty-something"),
    ],
)
def test_an_age_becomes_its_ten_years(value: str, text: str, words: str, expected: str) -> None:
    """Ninety and more is one band, for relatives too."""
    assert said(Kind.AGE, value, text, words) == expected


def test_safe_harbor_tells_weeks_and_years_and_no_day() -> None:
    """All elements of a date but the year go."""
    safe = SampleProfile.SAFE_HARBOR
    assert said(Kind.DATE, "????-02-03", "it was on the third of February", "the third of February", safe) == (
        "it was five weeks ago"
    )
    assert said(Kind.DATE, "2010-03-??", "in March of 2010", "March of 2010", safe) == "in 2010"
    assert said(Kind.DATE, "1931-??-??", "born in thirty-one", "thirty-one", safe) == "born a long time ago"
    assert said(Kind.DATE, "holiday", "after Christmas", "Christmas", safe) == "after the holidays"


def test_places_become_regions_and_unknown_ones_a_town() -> None:
    """The table says which; what it does not know tells nothing."""
    safe = SampleProfile.SAFE_HARBOR
    assert region_of("Ohio") == "the Midwest"
    assert said(Kind.PLACE, "", "I grew up in Ohio", "Ohio", safe) == "I grew up in the Midwest"
    assert said(Kind.PLACE, "", "we live in Zornbury", "Zornbury", safe) == "we live in a town"


def test_jobs_and_rare_events_become_broad() -> None:
    """A rare job and a lottery win single somebody out; the group and the broad words do not."""
    assert job_group("ICU nurse") == "health worker"
    assert job_group("crane operator") == "driver"
    assert job_group("lighthouse") is None
    assert [words for _, words in events_in("after I won the lottery in a plane crash")] == [
        "came into some money",
        "an accident",
    ]
    assert band(91) == band(104) == "90 or older"
    assert band(46) == "40-49"


def test_an_address_that_is_none_is_said_for_what_it_is() -> None:
    """A saint's day is no street, a doctor is no drive, and a highway's number is no address."""
    safe = SampleProfile.SAFE_HARBOR
    assert said(Kind.ADDRESS, "", "That's St Olave's Day", "That's St Olave's Day", safe) == "That's a holiday"
    assert said(Kind.ADDRESS, "", "Does Dr Quell know", "Does Dr Quell", safe) == "Does the doctor know"
    assert said(Kind.ADDRESS, "61", "on highway sixty one", "sixty one", safe) == "on highway such-and-such"
    assert said(Kind.ADDRESS, "", "off Corvane Road", "Corvane Road", safe) == "off a certain street"


def test_a_name_on_the_net_keeps_no_letter() -> None:
    """A handle and a site have no figure that could be drawn anew."""
    assert said(Kind.NUMBER, "", "www dot plumvane dot org", "dot plumvane dot org") == "www dot example dot com"
    assert said(Kind.NUMBER, "Q", "I'm at plumvane q", "at plumvane q") == "I'm at somebody"
