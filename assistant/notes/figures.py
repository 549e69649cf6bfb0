"""Numbers as the gate compares them: digits and number words come out the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.notes.lexicon import word_list
from assistant.notes.tokens import tokenise, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.notes.tokens import Token

UNITS = {
    w: n
    for n, w in enumerate(
        word_list(
            """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
            sixteen seventeen eighteen nineteen"""
        )
    )
}
TENS = {w: n * 10 for n, w in enumerate(word_list("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)}
ORDINALS = {
    w: n
    for n, w in enumerate(
        word_list(
            """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
            fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
        ),
        start=1,
    )
} | {"thirtieth": 30}
SCALES = {"hundred": 100, "thousand": 1000}
ZEROS = frozenset({"oh", "o", "zero", "nought"})
TIMES = {"double": 2, "triple": 3}


def figures(text: str) -> tuple[str, ...]:
    """Return the words of a text as compared, every stretch of numbers joined into one string of digits.

    "five five five, oh one" and "555-01" both give ``55501``; "thirty-four" gives ``34``; "March third" gives
    ``march``, ``3``.
    """
    return tuple(word for word, _ in placed_figures(tokenise(visible(text))))


def placed_figures(tokens: Sequence[Token]) -> tuple[tuple[str, int], ...]:
    """Return the same for a tokenised text, each word with the index of the token that it begins at."""
    out: list[tuple[str, int]] = []
    at = 0
    while at < len(tokens):
        digits, after = _number(tokens, at)
        if after > at:
            out.append((digits, at))
            at = after
        else:
            out.append((tokens[at].plain, at))
            at += 1
    return tuple(out)


def _number(tokens: Sequence[Token], first: int) -> tuple[str, int]:
    """Return the digits said from ``first`` on, and the index after them; the same index where no number begins."""
    digits = ""
    at = first
    while at < len(tokens):
        piece, after = _piece(tokens, at, inside=bool(digits))
        if after == at:
            break
        # A pause parts two numbers, but not the digits of one that is read out.
        if at > first and tokens[at].opens:
            break
        if at > first and tokens[at].pause and not _read_out(tokens, first, at, piece):
            break
        digits += piece
        at = after
    return digits, at


def _read_out(tokens: Sequence[Token], first: int, at: int, piece: str) -> bool:
    """Whether the words before and after a pause are digits read out one by one or in written groups."""
    before = tokens[first:at]
    grouped = all(t.plain.isdigit() for t in before) and tokens[at].plain.isdigit()
    single = all(len(_single(t.plain)) == 1 or t.plain in TIMES for t in before) and len(piece) == 1
    return grouped or single


def _single(word: str) -> str:
    if word in ZEROS:
        return "0"
    if word.isdigit():
        return word
    value = UNITS.get(word, -1)
    return str(value) if value >= 0 else ""


def _piece(tokens: Sequence[Token], at: int, *, inside: bool) -> tuple[str, int]:
    """Return one spoken number ("thirty four", "a hundred and ten", "oh") as digits, and the index after it."""
    word = tokens[at].plain
    if word in TIMES and at + 1 < len(tokens) and len(_single(tokens[at + 1].plain)) == 1:
        return _single(tokens[at + 1].plain) * TIMES[word], at + 2
    if word in ZEROS:
        near = inside or (at + 1 < len(tokens) and len(_single(tokens[at + 1].plain)) == 1 and not tokens[at + 1].pause)
        return ("0", at + 1) if near or word == "zero" else ("", at)
    for ending in ("st", "nd", "rd", "th"):
        if word.endswith(ending) and word[:-2].isdigit():
            return word[:-2], at + 1
    if word.isdigit():
        return word, at + 1
    if word in ORDINALS:
        # "a second" and "at first" are no numbers; after a month or inside a number they are.
        return (str(ORDINALS[word]), at + 1) if inside or _after_month(tokens, at) or word not in _LOOSE else ("", at)
    value, after = _cardinal(tokens, at)
    return (str(value), after) if after > at else ("", at)


_LOOSE = frozenset({"first", "second", "third"})
_MONTHS = frozenset(word_list("january february march april may june july august september october november december"))


def _after_month(tokens: Sequence[Token], at: int) -> bool:
    before = {t.plain for t in tokens[max(0, at - 2) : at]}
    after = {t.plain for t in tokens[at + 1 : at + 3]}
    return bool(before & _MONTHS) or ("of" in after and bool(after & _MONTHS))


def _cardinal(tokens: Sequence[Token], first: int) -> tuple[int, int]:
    """Return the value of number words from ``first`` on ("one hundred and ten"), and the index after them."""
    total = 0
    at = first
    if tokens[at].plain == "a" and at + 1 < len(tokens) and tokens[at + 1].plain in SCALES:
        total, at = 1, at + 1
    elif tokens[at].plain in UNITS:
        total, at = UNITS[tokens[at].plain], at + 1
    elif tokens[at].plain in TENS:
        total, at = TENS[tokens[at].plain], at + 1
        if at < len(tokens) and not tokens[at].pause:
            unit = UNITS.get(tokens[at].plain, 0)
            ordinal = ORDINALS.get(tokens[at].plain, 0)
            if 0 < (unit or ordinal) < 10:  # noqa: PLR2004  twenty-one to ninety-nine
                total, at = total + (unit or ordinal), at + 1
    else:
        return 0, first
    while at < len(tokens) and tokens[at].plain in SCALES and not tokens[at].pause:
        total, at = total * SCALES[tokens[at].plain], at + 1
        rest = at + 1 if at < len(tokens) and tokens[at].plain == "and" else at
        if rest < len(tokens) and not tokens[rest].pause and tokens[rest].plain in UNITS.keys() | TENS.keys():
            more, after = _cardinal(tokens, rest)
            total, at = total + more, after
    return total, at
