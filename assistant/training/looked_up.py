"""What the whole world can date: a moved date beside it would give the shift away."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.training.data_files import table

if TYPE_CHECKING:
    from assistant.domain import Span

_EVENTS = re.compile(
    r"\b(?:olympics?|paralympics?|(?:winter|summer|asian|commonwealth|pan american) games|torch|world cup|super bowl|"
    r"election|referendum|brexit|pandemic|covid|lockdown|earthquake|tsunami|hurricane|typhoon|cyclone|tornado|"
    r"eruption|shot down|bombing|invasion|invaded|coup|genocide|eclipse|coronation|jubilee|royal wedding|revolution|"
    r"(?:plane|train|bridge|tower|ferry|grandstand|stadium) (?:crash(?:ed)?|collapsed?|sank|fire|disaster|thing)|"
    r"towers|moon landing|world record)\b",
    re.IGNORECASE,
)
_HAPPENED = (
    r"(?:happened|won|lost|closed|shut|fell|burned|burnt|crashed|sank|exploded|opened|struck|hit|collapsed|flooded|"
    r"landed|died|ended|erupted|broke out|came down|went (?:down|under|out)|blew up|shut down)"
)
_THAT_YEAR = re.compile(
    rf"\b(?:the|that) year of the \w|\b(?:the year|when|before|after) (?:that |when )?(?:the|they) (?:[\w'\u2019-]+ )"
    rf"{{0,4}}?{_HAPPENED}\b",
    re.IGNORECASE,
)


def beside_a_year(text: str, span: Span) -> bool:
    """Whether the sentence of a year says what else happened in it ("the year the mill shut")."""
    first = max(text.rfind(mark, 0, span.start) for mark in ".!?") + 1
    return _THAT_YEAR.search(text[first : span.end] + re.split(r"[.!?]", text[span.end :])[0]) is not None


def beside(text: str, span: Span) -> bool:
    """Whether the sentence of a date, or the one after it, speaks of a feast or of what was in every paper."""
    first = max(text.rfind(mark, 0, span.start) for mark in ".!?") + 1
    after = re.split(r"[.!?]", text[span.end :])
    around = text[first : span.end] + " ".join(after[:2])
    return _EVENTS.search(around) is not None or _feasts().search(around) is not None


@lru_cache(maxsize=1)
def _feasts() -> re.Pattern[str]:
    names = (re.escape(name) for how, listed in table("holidays") if how == "sure" for name in listed)
    return re.compile(rf"\b(?:{'|'.join(names)}|(?:st\.?|saint) \w+(?:'s|s)? (?:day|eve|night))\b", re.IGNORECASE)
