"""Days of a life (a birth, a death, a due date) in safe harbor: whoever knows the evening could count back."""

from __future__ import annotations

import re

_A_YEARLY = r"\b(?:birthdays?|b-day|anniversary|anniversaries|born|yahrzeit|name day|due date|death day)\b"
_YEARLY = re.compile(rf"{_A_YEARLY}[^?]{{0,45}}$|{_A_YEARLY}[^?]{{0,110}}[.!?]\s+(?:on\s+)?$", re.IGNORECASE)
_YEARLY_AFTER = re.compile(rf"^,?\s+(?:is|was|it's|will be|that's)\s[^.!?]{{0,25}}{_A_YEARLY}", re.IGNORECASE)
_KIN = (
    r"(?:mother|mom|mum|mama|father|dad|papa|parents|wife|husband|partner|son|boy|daughter|girl|bab(?:y|ies)|twins?|"
    r"brother|sister|gran|nan|grandmother|grandma|grandfather|grandpa|grandad|aunt|auntie|uncle|friend|child)"
)
_ENDED = re.compile(
    r"\b(?:died|passed(?: away| on)?|drowned|overdosed|stillborn|miscarried|"
    r"(?:was|got|were) (?:killed|buried|stillborn)|killed (?:him|her)self|took (?:his|her) (?:own )?life|"
    r"(?:lost|buried) (?:him|her|them|(?-i:[A-Z])[\w'-]+|"
    rf"(?:my|our|his|her|the) (?:[\w-]+ )?{_KIN})|funeral (?:is|was)),?\s+$",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"(?:\b(?:i'?m|she'?s|we'?re|you'?re|is|are|am|was|were|baby'?s)|['\u2019]s)\s+due\s+$", re.IGNORECASE
)


def of_every_year(before: str, after: str) -> bool:
    """Whether what stands around a date says that it is a birthday, an anniversary or their like."""
    return _YEARLY.search(before) is not None or _YEARLY_AFTER.search(after) is not None


def told_by_life(before: str, *, near: bool) -> str | None:
    """Return words for the day of a death or of a birth to come; None where a date is neither.

    Args:
        before: What stands before the date and its preposition.
        near: Whether it lies within weeks of the session.
    """
    if _ENDED.search(before):
        return "not long ago" if near else "some months ago"
    return ("soon" if near else "in some months") if _DUE.search(before) else None
