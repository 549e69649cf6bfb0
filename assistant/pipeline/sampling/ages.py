"""Ages in one utterance, and how many years each comes to."""

from __future__ import annotations

import re
from typing import Final

from assistant.domain import Span
from assistant.pipeline.sampling.numbers import number_at
from assistant.pipeline.sampling.values import Valued
from assistant.privacy.parse import Parse
from assistant.privacy.recognisers.ages import AgeRecogniser
from assistant.privacy.words import word_set, words_of

_AGED: Final = re.compile(
    r"\b(?:age|aged|turn|turns|turned|turning|about to be|pushing|going on|knocking on|nearly|rising)\s+$",
    re.IGNORECASE,
)
_ONLY_WITH_END: Final = re.compile(r"\b(?:pushing|going on|knocking on|nearly|rising)\s+$", re.IGNORECASE)
_OLD: Final = re.compile(
    r"^(?: and (?:a half|three quarters|a bit|change))?[\s-]+(?:years?|yrs?|months?|weeks?|days?)[\s-]+olds?\b",
    re.IGNORECASE,
)
_AND_A_HALF: Final = re.compile(
    r"^ and (?:a half|three quarters|change|a bit)\b(?! (?:an? |hours?|minutes?|years?|months?|weeks?|days?|miles?|"
    r"pounds?|dollars?|times?|bottles?|pints?|glasses|grand|thousand|percent))",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(r"^[\s-]+(year|yr|month|week|day)", re.IGNORECASE)
_IS: Final = re.compile(
    r"\b(?:i|he|she|who|they|you)(?:['\u2019](?:m|s|re)| am| is| was| are| were)(?: (?:only|just|about|maybe|like|"
    r"barely|nearly|almost))*\s+$",
    re.IGNORECASE,
)
_HAS: Final = re.compile(
    r"\b(?:mother|father|mom|mum|mama|dad|papa|gran|grandmother|grandma|grandfather|grandpa|aunt|uncle|husband|wife|"
    r"brother|sister|son|daughter)\s+(?:has|have)\s+$",
    re.IGNORECASE,
)
_LIFE: Final = re.compile(
    r"\b(?:died|passed|passed away|left|left home|left school|married|joined up|joined|started|quit|"
    r"pregnant|widowed|widow|diagnosed|arrested|enlisted|retired|orphaned|father|mum|mom|dad|buried|gone) at\s+$",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    r"\s*(?::|-)?\s*(?:o'?clock|am\b|pm\b|a\.m|p\.m|thirty|fifteen|forty-five|"
    r"in the (?:morning|evening|afternoon)|at night|oh\b|tonight|sharp|percent|to\b|past\b|hundred|dollars|pounds|a\b)",
    re.IGNORECASE,
)
_SOMEBODYS: Final = re.compile(
    r"\b(?:my|our|your|his|her|their) (?:[\w-]+ )?([\w-]+)(?:['\u2019]s| is| was| are| were)"
    r"(?: only| just| about| nearly| almost)?\s+$",
    re.IGNORECASE,
)
_RATED: Final = word_set(
    """
    anxiety suds mood number score weight pain level rating bmi sugar pressure rate speed room house bus temperature
    urge fear anger stress hope sleep phone card code pin door floor chart count total rent bill age size shift stop
    """
)
_HAS_ENDS: Final = re.compile(r"\s*(?:[.,;!?]|$|years\b)")
_INTRODUCED: Final = re.compile(r"\b(?:I'm|I am|name's|name is|he's|she's|this is)\s+[A-Z][^.!?]*[.,][^.!?]*$")
_LOWER_INTRODUCED: Final = re.compile(
    r"\b(?:i'm|im|i am|me|name's|name is|he's|she's|this is)((?:,? [a-z'\u2019-]+){1,4}),?\s+$|"
    r"^((?:okay |hi |hey |um |uh |so |yeah )*[a-z]{3,}),?\s+$"
)
"""The same where a recogniser wrote no capitals ("im edda fifty-four i drive a bus")."""
_NO_NAME: Final = word_set(
    """
    a about again already am an and as at been by day days down for from go going good got had half have in just last
    like maybe my not number of off on only open or out over past step than that the then to under up was with years
    """
)
_GOES_ON: Final = re.compile(
    r"^,?\s+(?:and\s+)?(?:i(?! (?:think|guess|dunno|don't|mean|reckon|suppose|know))|i'm|im|i've|from|addict|"
    r"alcoholic|alcohol|retired|married|single)\b"
)
_FROM_CHILDHOOD: Final = re.compile(
    r"\b(?:in|into|on) (?!(?:the|a|my|his|her|our|their|bed|work|town|class|session|here|there|queue|court|school|duty|"
    r"shift|call|air)\b)[\w-]+(?: (?:school|care|lessons|classes|training|club))? from\s+$",
    re.IGNORECASE,
)
"""What somebody was in from an age on ("in gymnastics from six")."""
_AGAIN: Final = re.compile(
    r"^(?:-something)?,?\s*(?:or|maybe|or maybe|perhaps|almost|nearly|could be|no|wait|going on|about)[\s,]+$",
    re.IGNORECASE,
)
_NINETIES: Final = re.compile(
    r"\b(?:in|into|through) (?:my|your|his|her|their|our) (?:early |mid[- ]?|late )?(nineties|hundreds)\b",
    re.IGNORECASE,
)
_OLDEST_WORDS: Final = re.compile(r"\b(?:an? )?(?:nonagenarian|centenarian|supercentenarian)\b", re.IGNORECASE)
_BIRTHDAY: Final = re.compile(
    r"\b((?:[a-z]+-)?[a-z]+(?:th|st|nd|rd|first|second|third)|\d{1,3}(?:th|st|nd|rd)) birthday\b", re.IGNORECASE
)
_ORDINAL_ENDS: Final = {
    "first": "one", "second": "two", "third": "three", "fifth": "five", "eighth": "eight", "ninth": "nine",
    "twelfth": "twelve", "hundredth": "a hundred",
}  # fmt: skip
_UNITS_IN_YEARS: Final = {"year": 1.0, "yr": 1.0, "month": 1 / 12, "week": 1 / 52, "day": 1 / 365}
_OLDEST: Final = 120
_CLOSED: Final = re.compile(
    r"\s*(?:[.,;:!?\u2014]|$|(?:and|but|now|next|this|last|in|on|when|tomorrow)\b)", re.IGNORECASE
)
_GROWN: Final = 30
"""Years from which on "she has forty" is an age in a foreign idiom."""
_APART: Final = 15
"""Years between two guesses at one age."""


def age_value(text: str) -> str:
    """Return the years that an age comes to; empty where none can be read."""
    words = words_of(text)
    for at in range(len(words)):
        number = number_at(words, at)
        if number is not None:
            unit = _UNIT.match(text[words[number.after - 1].span.end :])
            years = number.value * _UNITS_IN_YEARS.get(unit.group(1).lower() if unit else "year", 1.0)
            return f"{years:.3f}" if years < 1 else str(int(years))
    return "95" if _NINETIES.search(text) or _OLDEST_WORDS.search(text) else ""


def ages_in(text: str) -> list[Valued]:
    """Return ages that are said as such: "turned forty", "aged six", "two years old", "her ninetieth birthday"."""
    known = [m.span for m in AgeRecogniser().detect(Parse(text, ()))]
    words = words_of(text)
    found = [Valued(Span(*m.span()), "95") for p in (_NINETIES, _OLDEST_WORDS) for m in p.finditer(text)]
    found += [Valued(Span(*m.span(1)), n) for m in _BIRTHDAY.finditer(text) if (n := _birthday(m.group(1)))]
    at, last = 0, None
    while at < len(words):
        number = number_at(words, at)
        if number is None:
            at += 1
            continue
        span = Span(words[at].span.start, words[number.after - 1].span.end)
        at = number.after
        whole = _age(text, span, number.value)
        if whole is None and last is not None and abs(last[1] - number.value) <= _APART:
            whole = span if _AGAIN.match(text[last[0].end : span.start]) else None
        if whole is None and any(span.overlaps(k) for k in known):
            last = span, number.value
        if whole is not None and number.value <= _OLDEST:
            last = span, number.value
            unit = _UNIT.match(re.sub(r"^ and (?:a half|three quarters)", "", text[span.end :]))
            found.append(
                Valued(whole, age_value(whole.of(text)) if unit and len(whole) > len(span) else str(number.value))
            )
    return found


def _age(text: str, span: Span, years: int) -> Span | None:
    """Return all of an age whose number stands at a span; None: the number is no age."""
    before, after = text[: span.start], text[span.end :]
    old = _OLD.match(after)
    if old is not None:
        return Span(span.start, span.end + old.end())
    half = _AND_A_HALF.match(after)
    if half is not None and (_IS.search(before) or _AGED.search(before)):
        return Span(span.start, span.end + half.end())
    return span if _said_as_age(before, span.of(text), after, years) or _alone(text, span, years) else None


def _said_as_age(before: str, said: str, after: str, years: int) -> bool:
    """Whether what stands around a number makes it an age."""
    closed = _CLOSED.match(after) is not None
    grown = years >= 13  # noqa: PLR2004  below, it may be a score
    if _ONLY_WITH_END.search(before):
        return closed and grown and _IS.search(_ONLY_WITH_END.sub("", before)) is not None
    mixed = re.fullmatch(r"[a-z]+[- ]\d|\d0[- ][a-z]+", said, re.IGNORECASE) is not None
    kin = _SOMEBODYS.search(before)
    return (
        (_AGED.search(before) is not None and not re.match(r"[\s-]+(?:of|times|pages?|corners?|degrees)\b", after))
        or (mixed and _IS.search(before) is not None)
        or (years >= _GROWN and _HAS.search(before) is not None and _HAS_ENDS.match(after) is not None)
        or (_LIFE.search(before) is not None and years >= 5 and not _TIME.match(after))  # noqa: PLR2004  a time
        or (_FROM_CHILDHOOD.search(before) is not None and closed and 3 <= years < _GROWN and not _TIME.match(after))  # noqa: PLR2004
        or (kin is not None and closed and grown and kin.group(1).lower() not in _RATED)
    )


def _alone(text: str, span: Span, years: int) -> bool:
    """Whether a number stands by itself beside somebody's introduction ("I'm Ed. Fifty-four, retired")."""
    if not 18 <= years <= 99:  # noqa: PLR2004
        return False
    lower = _LOWER_INTRODUCED.search(text[: span.start])
    if lower is not None and _GOES_ON.match(text[span.end :]):
        return not any(word.bare in _NO_NAME for word in words_of(lower.group(1) or lower.group(2)))
    before, after = text[: span.start].rstrip(), text[span.end :].lstrip()
    parted = (not before or before[-1] in ".,") and (not after or after[0] in ".,")
    return parted and bool(_INTRODUCED.search(before))


def _birthday(said: str) -> str:
    """Return which birthday an ordinal says; empty where it is none."""
    low = said.lower()
    if low[0].isdecimal():
        return re.sub(r"\D", "", low)
    for end, plain in _ORDINAL_ENDS.items():
        if low.endswith(end):
            low = low.removesuffix(end) + plain
            break
    else:
        low = re.sub(r"ieth$", "y", low) if low.endswith("ieth") else low.removesuffix("th")
    words = words_of(low)
    number = number_at(words, 0)
    return str(number.value) if number is not None and number.after == len(words) else ""
