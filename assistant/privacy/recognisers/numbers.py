"""Numbers said as words: cardinals, ordinals, years, and digits read out one after another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.privacy.words import word_set

if TYPE_CHECKING:
    from assistant.privacy.words import TextWord


def _counted(words: str, start: int, step: int = 1) -> dict[str, int]:
    return {word: start + step * at for at, word in enumerate(words.split())}


UNITS = _counted("zero one two three four five six seven eight nine", 0)
TEENS = _counted("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10)
TENS = {**_counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10), "fourty": 40}
_ZERO = dict.fromkeys(("oh", "o", "nought", "naught", "aught", "zero", "nil"), "0")
_REPEAT = {"double": 2, "triple": 3, "treble": 3}
_ORDINALS = _counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth",
    1,
)
_ORDINALS |= {"thirtieth": 30, "twenty-first": 21}
_FIGURE_ORDINAL = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)$")
_FILLERS = word_set("uh um er erm ah dash hyphen space then like so")
_CORRECTIONS = word_set("no sorry wait actually rather correction mean i scratch that make it")
_CORRECTION_HEADS = frozenset({"no", "sorry", "wait", "actually", "scratch", "correction", "i"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the words it takes, from ``first`` up to but not including ``after``."""

    first: int
    after: int
    value: int


@dataclass(frozen=True, slots=True)
class DigitRun:
    """Digits (and, for a code, letters) read out one after another."""

    first: int
    last: int
    """Index of the last word, inclusive."""
    digits: str = field(repr=False)
    groups: int
    """How many words or figures said something of it."""
    corrected: bool = False
    """Whether a correction ("no, four two") was said within; the digits then hold both tries."""


def is_number_word(word: str) -> bool:
    """Whether a lower-case word is a number below a hundred said in one word ("six", "sixteen", "sixty")."""
    return word in UNITS or word in TEENS or word in TENS


def cardinal(words: tuple[TextWord, ...], at: int) -> Number | None:
    """Return the number below a million that starts at word ``at`` ("thirty-four", "a hundred and ten", "34")."""
    if at >= len(words):
        return None
    if words[at].lower.isdecimal():
        return Number(at, at + 1, int(words[at].lower)) if len(words[at].lower) < 10 else None  # noqa: PLR2004
    below = _below_hundred(words, at)
    if below is None and words[at].lower in {"a", "one"} and _next_is(words, at, {"hundred", "thousand"}):
        below = Number(at, at + 1, 1)
    if below is None:
        return None
    value, after = below.value, below.after
    total = 0
    while after < len(words) and words[after].tight and words[after].lower in {"hundred", "thousand"}:
        if words[after].lower == "hundred":
            value *= 100
        else:
            total, value = (total + value) * 1000, 0
        after += 1
        step = after + 1 if after < len(words) and words[after].lower == "and" else after
        more = _below_hundred(words, step) if step < len(words) and words[step].tight else None
        if more is not None:
            value, after = value + more.value, more.after
    return Number(at, after, total + value)


def _next_is(words: tuple[TextWord, ...], at: int, what: set[str]) -> bool:
    return at + 1 < len(words) and words[at + 1].lower in what


def _below_hundred(words: tuple[TextWord, ...], at: int) -> Number | None:
    word = words[at].lower
    if word in UNITS:
        return Number(at, at + 1, UNITS[word])
    if word in TEENS:
        return Number(at, at + 1, TEENS[word])
    if word in TENS:
        if at + 1 < len(words) and words[at + 1].tight and words[at + 1].lower in UNITS:
            unit = UNITS[words[at + 1].lower]
            if unit:
                return Number(at, at + 2, TENS[word] + unit)
        return Number(at, at + 1, TENS[word])
    return None


def ordinal(words: tuple[TextWord, ...], at: int) -> Number | None:
    """Return the ordinal up to the thirty-first that starts at word ``at`` ("third", "twenty-first", "3rd")."""
    if at >= len(words):
        return None
    word = words[at].lower
    figure = _FIGURE_ORDINAL.match(word)
    if figure:
        return Number(at, at + 1, int(figure.group(1)))
    if word in _ORDINALS:
        return Number(at, at + 1, _ORDINALS[word])
    if word in {"twenty", "thirty"} and at + 1 < len(words) and words[at + 1].tight:
        unit = _ORDINALS.get(words[at + 1].lower, 99)
        if unit < 10:  # noqa: PLR2004  twenty-first to twenty-ninth
            return Number(at, at + 2, TENS[word] + unit)
    return None


def year(words: tuple[TextWord, ...], at: int) -> Number | None:
    """Return the year that starts at word ``at`` ("1998", "nineteen ninety-eight", "two thousand nine")."""
    if at >= len(words):
        return None
    word = words[at].lower
    if word.isdecimal():
        plausible = len(word) == 4 and word[:2] in {"18", "19", "20"}  # noqa: PLR2004
        return Number(at, at + 1, int(word)) if plausible else None
    if word in {"nineteen", "eighteen", "twenty"} and at + 1 < len(words) and words[at + 1].tight:
        century = {"nineteen": 1900, "eighteen": 1800, "twenty": 2000}[word]
        if words[at + 1].lower in {"oh", "o"} and at + 2 < len(words) and words[at + 2].lower in UNITS:
            return Number(at, at + 3, century + UNITS[words[at + 2].lower])
        rest = _below_hundred(words, at + 1)
        if rest is not None and rest.value >= 10:  # noqa: PLR2004  "nineteen five" is no year
            return Number(at, rest.after, century + rest.value)
    whole = cardinal(words, at)
    if whole is not None and 2000 <= whole.value <= 2099 and whole.after - at >= 2:  # noqa: PLR2004
        return whole
    return None


def digits_of(words: tuple[TextWord, ...], at: int) -> tuple[str, int] | None:
    """Return the digits that one spoken group at word ``at`` stands for and the index after it, or None.

    "five" is 5, "oh" 0, "double seven" 77, "forty-two" 42, "eight hundred" 800, "0142" itself.
    """
    word = words[at].lower
    if word in _REPEAT and at + 1 < len(words):
        one = _single(words[at + 1].lower)
        return (one * _REPEAT[word], at + 2) if one else None
    if word in {"oh", "o"} and not _beside_digit(words, at):
        return None
    one = _single(word)
    if one is not None:
        if at + 1 < len(words) and words[at + 1].lower == "hundred" and words[at + 1].tight and one != "0":
            return one + "00", at + 2
        return one, at + 1
    if word.isdecimal():
        return word, at + 1
    number = _below_hundred(words, at)
    return (str(number.value), number.after) if number is not None else None


def _single(word: str) -> str | None:
    if word in _ZERO:
        return _ZERO[word]
    return str(UNITS[word]) if word in UNITS else None


def _beside_digit(words: tuple[TextWord, ...], at: int) -> bool:
    before, after = at - 1, at + 1
    while before > 0 and words[before].lower in _FILLERS:
        before -= 1
    while after < len(words) - 1 and words[after].lower in _FILLERS:
        after += 1
    sides = [i for i in (before, after) if 0 <= i < len(words)]
    return any(
        words[i].lower in UNITS
        or words[i].lower in TENS
        or words[i].lower in TEENS
        or words[i].lower in _ZERO
        or words[i].lower in _REPEAT
        or words[i].lower.isdecimal()
        for i in sides
    )


def digit_runs(words: tuple[TextWord, ...]) -> list[DigitRun]:
    """Return every run of spoken digit groups, fillers and corrections within it bridged, in order."""
    runs: list[DigitRun] = []
    at = 0
    while at < len(words):
        group = digits_of(words, at)
        if group is None:
            at += 1
            continue
        first, digits, groups, corrected = at, "", 0, False
        last = at
        while group is not None:
            digits, groups = digits + group[0], groups + 1
            last = group[1] - 1
            ahead, was_corrected = _bridge(words, group[1])
            group = digits_of(words, ahead) if ahead < len(words) and "/" not in words[ahead].gap else None
            if group is not None:
                corrected = corrected or was_corrected
        runs.append(DigitRun(first, last, digits, groups, corrected))
        at = last + 1
    return runs


def counts(words: tuple[TextWord, ...], run: DigitRun) -> bool:
    """Whether the run counts up or down ("10, 9, 8, 7"): an exercise, not a number."""
    said: list[int] = []
    at = run.first
    while at <= run.last:
        group = digits_of(words, at)
        if group is None:
            at += 1
            continue
        said.append(int(group[0]))
        at = group[1]
    steps = {b - a for a, b in pairwise(said)}
    return len(said) > 2 and len(steps) == 1 and steps <= {1, -1, 2, -2, 5, -5, 10, -10, 7, -7}  # noqa: PLR2004  three make a count


def _bridge(words: tuple[TextWord, ...], at: int) -> tuple[int, bool]:
    """Skip fillers and a correction; a full stop ends the run unless digits follow at once."""
    corrected = False
    skipped = 0
    while at < len(words) and skipped < 4:  # noqa: PLR2004  "no sorry I mean" is the longest bridge
        word = words[at].lower
        if word in _FILLERS and word not in _CORRECTIONS:
            pass
        elif word in _CORRECTION_HEADS or (corrected and word in _CORRECTIONS):
            corrected = True
        else:
            break
        at, skipped = at + 1, skipped + 1
    return at, corrected
