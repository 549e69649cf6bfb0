"""What somebody is by trade, with the words that make it narrower."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from assistant.domain import Span
from assistant.training.generalising import job_group
from assistant.training.material import Kind

if TYPE_CHECKING:
    from assistant.privacy.parse import Parse

_JOB_LEAD: Final = re.compile(
    r"(?:\b(?:am|is|was|are|were|be|been|become|became|being)|['\u2019](?:m|s|re)|\bas)\s+"
    r"(?:also\s+|still\s+|only\s+|just\s+)?"
    r"(?:a|an|the|his|her|my)\s+$",
    re.IGNORECASE,
)


def jobs_in(parse: Parse) -> list[tuple[Span, Kind, str, str]]:
    """Return what somebody is by trade, with the words that make it narrower ("an ICU nurse on nights")."""
    found: list[tuple[Span, Kind, str, str]] = []
    for token in parse.tokens:
        if token.pos not in {"NOUN", "PROPN"} or job_group(token.lower) is None:
            continue
        first = token.index
        while first > 0 and parse.tokens[first - 1].pos in {"NOUN", "PROPN", "ADJ", "VERB", "PUNCT"}:
            before = parse.tokens[first - 1]
            if before.pos == "PUNCT" and before.text != "-":
                break
            if before.pos == "VERB" and before.dep not in {"amod", "compound"}:
                break
            first -= 1
        start = parse.tokens[first].span.start
        lead = _JOB_LEAD.search(parse.text[:start])
        if lead is None or re.search(r"\bthat['\u2019]s\s+\w+\s+$", parse.text[:start], re.IGNORECASE):
            continue
        end = token.span.end
        tail = re.match(r"\s+on (?:nights|days|the night shift|the day shift)\b", parse.text[end:])
        span = Span(start, end + tail.end() if tail else end)
        group = job_group(Span(start, end).of(parse.text)) or job_group(token.lower)
        article = re.search(r"\b(an?)\s+$", parse.text[:start], re.IGNORECASE)
        if group is None or group == span.of(parse.text).lower():
            continue
        words = group
        if article is not None:
            span = Span(start - len(article.group(0)), span.end)
            words = f"{'an' if group[0] in 'aeio' else 'a'} {group}"
        found.append((span, Kind.JOB, "job", words))
    return found
