"""Runs of figures in one utterance, said in digits or in words, that may belong to somebody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from assistant.domain import Span
from assistant.pipeline.sampling.numbers import number_at
from assistant.privacy.recognisers.numbers import counts, digit_runs, year
from assistant.privacy.words import word_set, words_of
from assistant.training.figures import below_hundred
from assistant.training.material import Kind

if TYPE_CHECKING:
    from assistant.privacy.recognisers.numbers import DigitRun
    from assistant.privacy.words import TextWord

LEAST_DIGITS: Final = 3
"""Figures in a row that may belong to one person."""
_PHONE: Final = 7
"""Figures from which on it is a telephone number."""
MEASURES: Final = word_set("""
    dollar dollars buck bucks pound pounds quid euro euros cent cents mg milligram milligrams mil mils ml gram grams
    percent mile miles feet foot inch inches kilo kilos calorie calories step steps people day days week weeks month
    months year years hour hours minute minutes second seconds times am pm o'clock oclock a.m p.m degrees grand k
    thousand hundred million
    """)
_CURRENCIES: Final = ("$", "\u00a3", "\u20ac")
_CLOCK: Final = word_set("at by around about until till before after like past to from")
_SHARED: Final = word_set("911 999 988 112 111 101 116123 000 211 741741 13112")
"""Numbers that everybody rings: emergencies and help lines."""
_CREWS: Final = word_set(
    "medic ambulance engine ladder squad rescue battalion patrol precinct station unit truck tower"
)
_LEAST_SIGN: Final = 10
_HALVES: Final = 2
_MINUTE: Final = re.compile(r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])")
"""A time of day; the very minute of something can be looked up."""
_WRITTEN_DATE: Final = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d{1,2}-\d{1,2}")
_CODE: Final = re.compile(r"\b(?=[A-Z\d-]*\d)(?=[A-Z\d-]*[A-Z])[A-Z\d-]{4,}\b|\b\d[\d ()./-]{1,}\d\b|\b\d{3,}\b")


def figures_of(text: str) -> str:
    """Return the digits and single letters that a stretch says, one after another."""
    words = words_of(text)
    out: list[str] = []
    at = 0
    runs = {run.first: run for run in digit_runs(words)}
    while at < len(words):
        run = runs.get(at)
        if run is not None:
            out.append(run.digits)
            at = run.last + 1
            continue
        word = words[at].text
        if len(word) == 1 or any(c.isdecimal() for c in word):
            out.append("".join(c for c in word.upper() if c.isalnum()))
        at += 1
    return "".join(out)


def figures_said(text: str) -> tuple[str, ...]:
    """Return every run of figures in a text as digits, however it is said."""
    words = words_of(text)
    runs = [run.digits for run in digit_runs(words)]
    return (*runs, *("".join(c for c in m.group() if c.isdecimal()) for m in _CODE.finditer(text)))


def runs_in(text: str, words: tuple[TextWord, ...]) -> list[tuple[Span, Kind, str, str]]:
    """Return runs of three figures and more that count nothing, and times told to the minute."""
    times = [(Span(*m.span()), int(m.group(1)), int(m.group(2))) for m in _MINUTE.finditer(text)]
    found = [
        (span, Kind.DATE, "clock", f"said:about {below_hundred(hour % 12 or 12)}")
        for span, hour, minute in times
        if minute % 5
    ]
    for run in digit_runs(words):
        span = Span(words[run.first].span.start, words[run.last].bare_span.end)
        if not any(span.overlaps(time) for time, _, _ in times) and _identifies(words, run):
            found.append((span, Kind.PHONE if len(run.digits) >= _PHONE else Kind.NUMBER, "figures", run.digits))
    found += _call_signs(words)
    for match in _CODE.finditer(text):
        span = Span(*match.span())
        code = "".join(c for c in match.group() if c.isalnum())
        if any(span.overlaps(time) for time, _, _ in times) or not _is_code(text, span, code):
            continue
        long = len(code) >= _PHONE and code.isdecimal()
        found.append((span, Kind.PHONE if long else Kind.NUMBER, "figures", code))
    return found


def _call_signs(words: tuple[TextWord, ...]) -> list[tuple[Span, Kind, str, str]]:
    """Return the numbers by which a crew or its vehicle is called ("Ladder Fifty-Two")."""
    out: list[tuple[Span, Kind, str, str]] = []
    for at, word in enumerate(words[:-1]):
        number = number_at(words, at + 1) if word.bare in _CREWS and words[at + 1].tight else None
        if number is None or not _LEAST_SIGN <= number.value < 1000:  # noqa: PLR2004  a year is none
            continue
        after = words[number.after] if number.after < len(words) else None
        if after is not None and after.tight and after.lower in MEASURES:
            continue
        span = Span(words[at + 1].span.start, words[number.after - 1].bare_span.end)
        out.append((span, Kind.NUMBER, "figures", str(number.value)))
    return out


def _identifies(words: tuple[TextWord, ...], run: DigitRun) -> bool:
    """Whether a run may belong to somebody: it counts and measures nothing, and is no time, year or shared number."""
    if (
        _year_then_count(words, run)
        or len(run.digits) < LEAST_DIGITS
        or counts(words, run)
        or run.digits in _SHARED
        or _one_amount(words, run)
    ):
        return False
    after = words[run.last + 1].lower if run.last + 1 < len(words) else ""
    before = words[run.first - 1].lower if run.first else ""
    if after in MEASURES or any(mark in words[run.first].gap for mark in _CURRENCIES):
        return False
    amount = run.groups == 1 and not words[run.first].text.isdecimal()  # "a hundred"
    clock = run.groups <= 2 and len(run.digits) <= 4 and before in _CLOCK and _hour(run.digits)  # noqa: PLR2004
    said = year(words, run.first)
    return not (amount or clock or (said is not None and said.after == run.last + 1))


def _is_code(text: str, span: Span, code: str) -> bool:
    if len(code) < LEAST_DIGITS or code in _SHARED or re.fullmatch(r"(?:19|20)\d\d", code):
        return False
    if _WRITTEN_DATE.fullmatch(span.of(text)) or text[: span.start].rstrip().endswith(_CURRENCIES):
        return False
    follows = [word.strip(".,").lower() for word in text[span.end :].split(maxsplit=1)[:1]]
    return not follows or follows[0] not in MEASURES


def _one_amount(words: tuple[TextWord, ...], run: DigitRun) -> bool:
    """Whether a run is one number below a hundred, half in words and half in figures ("fifty 2")."""
    number = number_at(words, run.first)
    return run.groups == _HALVES and number is not None and number.after == run.last + 1 and number.value < 100  # noqa: PLR2004


def _year_then_count(words: tuple[TextWord, ...], run: DigitRun) -> bool:
    """Whether a run is a year that ends a sentence and a small number that begins the next ("2012. Thirty days")."""
    said = year(words, run.first)
    if said is None or said.after != run.last or not 1900 <= said.value <= 2099:  # noqa: PLR2004
        return False
    return words[run.last].opens and len(run.digits) <= 6  # noqa: PLR2004


def _hour(digits: str) -> bool:
    return int(digits[:-2]) <= 24 and int(digits[-2:]) < 60  # noqa: PLR2004
