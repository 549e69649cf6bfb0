"""Days that have a name: feasts, holidays, saints' days, seasons of a year, days that everybody can look up."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from assistant.domain import Span
from assistant.privacy.recognisers.numbers import year
from assistant.privacy.words import word_set
from assistant.training.data_files import table

if TYPE_CHECKING:
    from assistant.privacy.words import TextWord

SEASONS: Final = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 1}
"""The month in the middle of each."""
_LEADS: Final = word_set("for at during since until till by before after this last next over")
_SAINTS: Final = word_set("st saint san santa sankt sint")
_NO_DAY: Final = word_set(
    """
    the a an one every each some this that any what which good bad great big long hard first last next other same
    another wedding rest sick snow day new my your our his her their whole all half game court off rainy
    """
)
"""What stands before "Day" without making it a feast."""
_TELLS_SEASON: Final = word_set("last next this past coming early late mid since until till by before end start")
_DAYS: Final = word_set("day eve night sunday monday friday week")


@lru_cache(maxsize=1)
def _names() -> tuple[dict[tuple[str, ...], bool], int]:
    """Return the names of feasts in words and whether each is sure, and the most words that one has."""
    names = {tuple(re.findall(r"[^\s-]+", name)): how == "sure" for how, listed in table("holidays") for name in listed}
    return names, max(map(len, names))


def feast(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """Return the index after the feast or holiday that begins at a word, and where its name ends; None: none does."""
    names, most = _names()
    for n in range(min(most, len(words) - at), 0, -1):
        part = words[at : at + n]
        whole, bare = tuple(w.lower for w in part), (*(w.lower for w in part[:-1]), part[-1].bare)
        sure = names.get(whole, names.get(bare))
        if sure is not None and all(w.tight for w in part[1:]) and (sure or _led(words, at)):
            return at + n, part[-1].span.end if whole in names else part[-1].bare_span.end
    after = _saints_day(words, at) or _named_day(words, at)
    return None if after is None else (after, words[after - 1].bare_span.end)


def _led(words: tuple[TextWord, ...], at: int) -> bool:
    if words[at].capital and not words[at].opens:
        return True
    return at > 0 and words[at - 1].lower in _LEADS and words[at].tight


def _saints_day(words: tuple[TextWord, ...], at: int) -> int | None:
    """Return the index after "Saint Lucy's day", "St. Andrew's"."""
    if words[at].lower not in _SAINTS or at + 2 >= len(words):
        return None
    for after in (at + 2, at + 3):
        if after < len(words) and words[after].bare in {"day", "eve", "night"} and words[after].tight:
            owned = words[after - 1].lower.endswith(("'s", "s'", "s")) or words[after].capital
            return after + 1 if owned else None
    return None


def _named_day(words: tuple[TextWord, ...], at: int) -> int | None:
    """Return the index after a day that two capitals make a feast ("Liberation Day", "Chaand Raat Eve")."""
    if at + 1 >= len(words) or words[at].opens or not words[at].capital or words[at].lower in _NO_DAY:
        return None
    day = words[at + 1]
    return at + 2 if day.capital and day.tight and day.bare in _DAYS - {"week", "night"} else None


def season(words: tuple[TextWord, ...], at: int) -> tuple[int, int, int, int | None] | None:
    """Return a season of one year: first word, index after it, month in its middle, and the year where it was said."""
    if words[at].bare not in SEASONS:
        return None
    month, first, after = SEASONS[words[at].bare], at, at + 1
    step = after + (after < len(words) and words[after].lower in {"of", "in"})
    said = year(words, step) if step < len(words) and words[step].tight else None
    if said is not None and 1900 <= said.value <= 2099:  # noqa: PLR2004  years of a life
        return first, said.after, month, said.value
    follows = words[after].lower if after < len(words) and words[after].tight else ""
    if at == 0 or not words[at].tight or follows in _AFTER_SEASON or not _of_one_year(words, at):
        return None
    return first, after, month, None


def _of_one_year(words: tuple[TextWord, ...], at: int) -> bool:
    """Whether what stands before a season says that one is meant and not every year's ("last", "since the")."""
    before = words[at - 1].lower
    if words[at].bare == "fall":
        return before in {"last", "next", "this"}
    if before == "the":
        return at > 1 and words[at - 2].lower in _TELLS_SEASON
    return before in _TELLS_SEASON


_AFTER_SEASON: Final = word_set(
    "job jobs camp school house home clothes coat vacation break term rolls cleaning chicken water onion onions"
)


def dated_days(text: str) -> list[tuple[Span, str]]:
    """Return days, terms and signs that everybody can look up, and the broad words for each."""
    return [
        (Span(*match.span()), head)
        for head, patterns in table("days")
        for match in re.finditer(rf"\b(?:{','.join(patterns)})\b", text, re.IGNORECASE)
    ]
