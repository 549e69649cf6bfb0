"""Numbers as a recogniser writes them: words and figures mixed ("fifty 2", "2 thousand and 23")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.privacy.recognisers.numbers import TENS, UNITS, Number, cardinal, year

if TYPE_CHECKING:
    from assistant.privacy.words import TextWord

_UNITS: Final = {str(value): value for value in range(1, 10)} | {word: value for word, value in UNITS.items() if value}
_TENS: Final = {str(value): value for value in range(20, 100, 10)} | TENS


def number_at(words: tuple[TextWord, ...], at: int) -> Number | None:
    """Return the number that starts at a word, words and figures mixed or not."""
    tens = _TENS.get(words[at].lower) if at < len(words) else None
    if tens is not None and at + 1 < len(words) and words[at + 1].tight and words[at + 1].lower in _UNITS:
        mixed = words[at].lower.isdecimal() != words[at + 1].lower.isdecimal()
        if mixed:
            return Number(at, at + 2, tens + _UNITS[words[at + 1].lower])
    return cardinal(words, at)


def year_at(words: tuple[TextWord, ...], at: int) -> Number | None:
    """Return the year that starts at a word, words and figures mixed or not."""
    said = year(words, at)
    if said is not None or at + 1 >= len(words) or words[at].lower not in {"2", "two"}:
        return said
    if words[at + 1].lower != "thousand" or not words[at + 1].tight:
        return None
    step = at + 2 + (at + 2 < len(words) and words[at + 2].lower == "and")
    rest = number_at(words, step) if step < len(words) and words[step].tight else None
    return Number(at, rest.after, 2000 + rest.value) if rest is not None and rest.value < 100 else None  # noqa: PLR2004
