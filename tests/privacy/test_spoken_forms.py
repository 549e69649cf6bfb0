"""Numbers, dates, ages, addresses and contact details are found as they are said, and other counts are left alone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.privacy.parse import Parse
from assistant.privacy.recognisers.addresses import AddressRecogniser
from assistant.privacy.recognisers.ages import AgeRecogniser
from assistant.privacy.recognisers.contact import ContactRecogniser
from assistant.privacy.recognisers.dates import DateRecogniser
from assistant.privacy.recognisers.identifiers import IdentifierRecogniser

if TYPE_CHECKING:
    from assistant.privacy.detection import MentionDetector

_CONTACT, _IDS, _ADDRESS = ContactRecogniser(), IdentifierRecogniser(), AddressRecogniser()
_DATE, _AGE = DateRecogniser(), AgeRecogniser()
_DIGITS = ("zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ALL: tuple[MentionDetector, ...] = (_CONTACT, _IDS, _ADDRESS, _DATE, _AGE)


def _spans(detector: MentionDetector, text: str) -> list[str]:
    return list(dict.fromkeys(m.span.of(text) for m in detector.detect(Parse(text, ()))))


@pytest.mark.parametrize(
    ("detector", "text", "span"),
    [
        (_CONTACT, "my number's five five five, oh one four, uh, two", "five five five, oh one four, uh, two"),
        (_CONTACT, "call five five five oh one four two", "five five five oh one four two"),
        (
            _CONTACT,
            "it's oh seven double seven one, nine hundred, one two three",
            "oh seven double seven one, nine hundred, one two three",
        ),
        (
            _CONTACT,
            "two one two, five five five, no, five five six, oh one double nine",
            "two one two, five five five, no, five five six, oh one double nine",
        ),
        (_CONTACT, "Text 555-0142.", "555-0142"),
        (_CONTACT, "(212) 555-0142", "(212) 555-0142"),
        (_CONTACT, "it's may dot lin eighty at example dot com", "may dot lin eighty at example dot com"),
        (_CONTACT, "email me at ruth at harbor group dot example", "ruth at harbor group dot example"),
        (_CONTACT, "write to jo.b@mail.example please", "jo.b@mail.example"),
        (_CONTACT, "my blog is quietdays dot net", "quietdays dot net"),
        (_IDS, "last four of my social is eight eight one nine", "eight eight one nine"),
        (_IDS, "my client number is four four seven two", "four four seven two"),
        (_IDS, "plate starts seven K T", "seven K T"),
        (_IDS, "my member ID is H X nine nine three", "H X nine nine three"),
        (_IDS, "case number 20-4471", "20-4471"),
        (_IDS, "I was in room twelve", "twelve"),
        (_ADDRESS, "at nineteen Orchard Lane with a cat", "nineteen Orchard Lane"),
        (_ADDRESS, "I lost the place on two sixty Delancey Road", "two sixty Delancey Road"),
        (_ADDRESS, "she is on orchard lane now", "orchard lane"),
        (_ADDRESS, "it is 12B Mill Street", "12B Mill Street"),
        (_ADDRESS, "unit 4B", "unit 4B"),
        (_ADDRESS, "apartment twelve", "apartment twelve"),
        (_ADDRESS, "the corner of Fifth and Main", "corner of Fifth and Main"),
        (_ADDRESS, "PO box two two one", "PO box two two one"),
        (_ADDRESS, "we're in oh three six oh two, by the river", "oh three six oh two"),
        (_ADDRESS, "my zip code is four eight two oh nine", "four eight two oh nine"),
        (_ADDRESS, "postcode SW1A 1AA", "SW1A 1AA"),
        (_DATE, "we split up on March third", "March third"),
        (_DATE, "I start on the ninth of June", "the ninth of June"),
        (_DATE, "back in October", "October"),
        (_DATE, "in may it rained", "may"),
        (_DATE, "I saw him on Saturday", "Saturday"),
        (_DATE, "the hearing is on the third", "the third"),
        (_DATE, "since christmas eve", "christmas eve"),
        (_DATE, "born in thirty-three", "thirty-three"),
        (_DATE, "born on April 5, 1986", "April 5, 1986"),
        (_DATE, "in nineteen ninety-eight", "nineteen ninety-eight"),
        (_DATE, "on 3/14/2024", "3/14/2024"),
        (_AGE, "I'm thirty-four", "thirty-four"),
        (_AGE, "i'm thirty four and tired", "thirty four"),
        (_AGE, "my son, he's five", "five"),
        (_AGE, "Tomas is only seven", "seven"),
        (_AGE, "she just turned four", "four"),
        (_AGE, "my dad's ninety-two", "ninety-two"),
        (_AGE, "a seven-year-old boy", "seven-year-old"),
        (_AGE, "I'll be 46", "46"),
        (_AGE, "they're five and seven", "seven"),
        (_AGE, "pregnant at nineteen", "nineteen"),
    ],
)
def test_what_is_said_is_found_where_it_stands(detector: MentionDetector, text: str, span: str) -> None:
    """The span is the words as they were said."""
    assert span in _spans(detector, text)


@pytest.mark.parametrize(
    "text",
    [
        "sober for ninety days",
        "it was nine hundred dollars",
        "twelve hour shifts, every ten minutes",
        "a hundred and ten days sober",
        "I'm one of three kids",
        "five things you can see, four you can touch, three you can hear",
        "five four three two one",
        "I took two at seven and one at nine",
        "a month ago, or last week, or tonight",
        "every friday and on weekdays",
        "See you on Tuesday.",
        "I may go and march on",
        "the second one on the second floor",
        "down the long road, the wrong way",
        "in family court, on a hard drive",
        "I'm on forty milligrams",
        "it's an eight out of ten",
        "he's two hours late",
        "I'm fine at home, look at the dot on the wall",
        "I weigh two hundred pounds",
    ],
)
def test_other_counts_and_times_are_left_alone(text: str) -> None:
    """Amounts, durations, relative times, idiom."""
    assert {d.name: _spans(d, text) for d in _ALL if _spans(d, text)} == {}


@given(
    digits=st.lists(st.sampled_from(_DIGITS), min_size=7, max_size=7),
    parts=st.lists(st.sampled_from([" ", ", ", " uh ", " - ", ", um, "]), min_size=6, max_size=6),
)
def test_seven_digits_are_a_telephone_number_however_they_are_paused(digits: list[str], parts: list[str]) -> None:
    """Pauses and fillers do not hide a number."""
    said = digits[0] + "".join(p + d for p, d in zip(parts, digits[1:], strict=True))
    values = [_DIGITS.index(d) for d in digits]
    if len({b - a for a, b in pairwise(values)}) == 1:
        return  # counting
    text = f"my number is {said}"
    assert said in _spans(_CONTACT, text)


@given(st.text(max_size=120))
def test_every_span_lies_inside_any_text(text: str) -> None:
    """Whatever the text holds, offsets are places in it."""
    for detector in _ALL:
        assert all(0 <= m.span.start < m.span.end <= len(text) for m in detector.detect(Parse(text, ())))


@given(st.text(alphabet=st.sampled_from("0123456789 oh at dot 'sITMa-,.😀é"), max_size=100))
def test_every_span_lies_inside_number_like_text(text: str) -> None:
    """As above, where the rules have more to chew on."""
    for detector in _ALL:
        assert all(0 <= m.span.start < m.span.end <= len(text) for m in detector.detect(Parse(text, ())))
