"""Days that somebody counts from one day on ("a hundred and twelve days clean"): whoever can count back has the day."""

from __future__ import annotations

import re
from typing import Final

from assistant.domain import Span
from assistant.pipeline.sampling.numbers import number_at
from assistant.privacy.words import words_of
from assistant.training.figures import below_hundred

_FEWEST: Final = 15
"""Days; a fortnight is talk."""
_NUMBER: Final = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty)(?:[ -](?:one|two|three|four|five|six|seven|eight|"
    r"nine))?|\d{1,2})"
)
_EXACT: Final = re.compile(
    rf"\b({_NUMBER} (?:year|month|week)s?)(?:,? (?:and )?{_NUMBER} (?:month|week)s?)?,? (?:and )?{_NUMBER} days?\b"
    r"(?! (?:off|leave|holiday|old))",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"\ba year and a day\b(?! (?:sober|clean|off|without|since|ago|today))", re.IGNORECASE)
"""A set term of law and of tales, no count from a day."""
_SOFT: Final = re.compile(r"\b(?:about|almost|nearly|around|over|exactly|only|just)\s+$", re.IGNORECASE)
_NO_COUNT: Final = re.compile(r"[\s-]+(?:old|notice)\b", re.IGNORECASE)
_UNITS: Final = ((365.25, "year"), (30.44, "month"), (7.0, "week"))


def counts_in(text: str) -> list[tuple[Span, str]]:
    """Return counts of days and the words that say how long it was and not since when."""
    found = [
        (_soft(text, Span(*m.span())), f"about {m.group(1).lower()}")
        for m in _EXACT.finditer(text)
        if not _SENTENCE.match(text, m.start())
    ]
    words = words_of(text)
    at = 0
    while at < len(words):
        number = number_at(words, at)
        if number is None:
            at += 1
            continue
        after = words[number.after] if number.after < len(words) else None
        span = Span(words[at].span.start, words[number.after - 1].span.end)
        if number.value >= _FEWEST and at > 0 and words[at - 1].lower == "day" and words[at].tight:
            found.append((Span(words[at - 1].span.start, span.end), about(number.value)))
        elif number.value >= _FEWEST and after is not None and after.tight and after.lower == "days":
            whole = Span(span.start, after.span.end)
            if _NO_COUNT.match(text[whole.end :]) is None:
                found.append((_soft(text, whole), about(number.value)))
        at = number.after
    taken: list[tuple[Span, str]] = []
    for span, said in found:
        if not any(span.overlaps(other) for other, _ in taken):
            taken.append((span, said))
    return taken


def _soft(text: str, span: Span) -> Span:
    lead = _SOFT.search(text[: span.start])
    return Span(lead.start(), span.end) if lead else span


def about(days: int) -> str:
    """Return about how long a count of days is, in whole weeks, months or years."""
    unit, name = next((u, n) for u, n in _UNITS if days >= u - 1 or n == "week")
    many = round(days / unit)
    if many >= 100:  # noqa: PLR2004  in words
        return "some time"
    return f"about a {name}" if many == 1 else f"about {below_hundred(many)} {name}s"
