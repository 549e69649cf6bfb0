"""Years in one utterance: whole, in two figures, and said in short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.pipeline.sampling.numbers import number_at, year_at
from assistant.pipeline.sampling.written import dated, whole_year
from assistant.privacy.words import word_set

if TYPE_CHECKING:
    from assistant.privacy.words import TextWord

_SPAN_OF_YEARS = word_set("to into through till until and")
_COUNTED = word_set(
    """
    dollars bucks pounds euros people percent milligrams miles calories steps hours men women kids minutes
    """
)
_BEFORE_YEAR = word_set("in since of from until till before after around about back by")


def year_in(words: tuple[TextWord, ...], at: int) -> tuple[int, int, str] | None:
    """Return the year in four figures, or said whole, that begins at a word: first word, index after it, value."""
    said = year_at(words, at)
    if said is None or not 1900 <= said.value <= 2099:  # noqa: PLR2004
        return None
    if words[at].lower == "twenty" and said.value - 2000 < 10:  # noqa: PLR2004
        return None
    follows = words[said.after] if said.after < len(words) else None
    if follows is not None and follows.tight and follows.lower in _COUNTED:
        return None
    led = at > 0 and words[at - 1].lower in _BEFORE_YEAR
    if words[at].lower == "twenty" and not led:
        return None
    return at, said.after, dated(said.value, None, None)


def born_in(words: tuple[TextWord, ...], at: int) -> tuple[int, int, str] | None:
    """Return the year in "born in thirty-two" and "the flood of '47"."""
    number = number_at(words, at)
    if number is not None and len(words[at].text) == 2 and words[at].text.isdecimal():  # noqa: PLR2004
        zero = (
            words[at].text.startswith("0") and words[at].gap != ":" and (at == 0 or not words[at - 1].text.isdecimal())
        )
        if words[at].gap.endswith(("'", "\u2019")) or zero:
            return at, at + 1, dated(whole_year(words[at].text), None, None)
    if number is None or not 1 <= number.value <= 99 or not any(w.lower == "born" for w in words[max(0, at - 4) : at]):  # noqa: PLR2004
        return None
    follows = words[number.after] if number.after < len(words) else None
    if follows is not None and follows.tight and follows.lower in _COUNTED | {"weeks", "days", "months", "years"}:
        return None
    return at, number.after, dated(1900 + number.value, None, None)


def two_figures(words: tuple[TextWord, ...], at: int) -> tuple[int, int, str] | None:
    """Return the year of the last century that two figures say where a detector took them for one."""
    number = number_at(words, at)
    if number is None or not 30 <= number.value <= 99:  # noqa: PLR2004  "since ninety-four"
        return None
    return at, number.after, dated(1900 + number.value, None, None)


def spanned_years(words: tuple[TextWord, ...], at: int) -> list[tuple[int, int, str]]:
    """Return two years of the last century said in short: "sixty-nine into seventy"."""
    one = number_at(words, at)
    if one is None or one.after + 1 >= len(words) or words[one.after].lower not in _SPAN_OF_YEARS - {"and"}:
        return []
    two = number_at(words, one.after + 1)
    follows = words[two.after] if two is not None and two.after < len(words) else None
    if two is None or (follows is not None and follows.tight):
        return []
    if not 40 <= one.value < two.value <= min(99, one.value + 9):  # noqa: PLR2004  what years of a life may be
        return []
    return [(n.first, n.after, dated(1900 + n.value, None, None)) for n in (one, two)]
