"""Whether a date is spoken of as past or as yet to come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.domain import Span

_SINCE = re.compile(r"\b(?:since|last|back in|ago)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|by|next|coming|due)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|did|went|came|got|lost|won|died|quit|left|broke|gave|took|said|told|split|fell|hit|met|bought|"
    r"sold|threw|drove|found|made|saw|put|sat|born|began|stood|felt|knew|ran|held|kept|sent|wrote|stole|"
    r"(?!need|feed|speed|bleed|indeed|exceed|succeed|proceed)\w{3,}ed)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|going to|gonna|next|until|till|coming|deadline|due|shall|upcoming|scheduled|hearing|appointment|"
    r"supposed to|meant to|still here|no (?:group|meeting|session|class)|starts?|begins?|expires|runs out|ends|"
    r"booked for|fixing to|about to|plan(?:ning)? to|want(?:s)? to|wanna|needs? to|have to|has to|gotta|got to|"
    r"hoping to|can|could|might)\b|['\u2019]ll\b"
    r"|(?:\b(?:have|has)|['\u2019]ve)(?: got|(?: got)? (?:an?|my|our|the|another)) (?:[a-z]+ ){1,3}on(?: the)?\s*$"
    r"|(?:\b(?:have|has)|['\u2019]ve)(?: got)? (?:court|surgery|bloods|chemo|exams?|therapy|[a-z]+ hearing)\b"
    r"|(?:\b(?:is|are)|['\u2019](?:s|re))(?: now| still| not| set)?(?: (?:on|in|for))?(?: the)?\s*$",
    re.IGNORECASE,
)
_COMING = re.compile(r"^\s*(?:coming|is|will|next|['\u2019]ll)\b", re.IGNORECASE)


def looks_ahead(text: str, span: Span) -> bool | None:
    """Whether a date that stands at a span is spoken of as yet to come; None where that cannot be told.

    What stands nearest before it decides, else what follows in its sentence, else the sentence before.
    """
    sentences = re.split(r"[.!?]", text[: span.start])
    before, after = sentences[-1], re.split(r"[,;.!?]", text[span.end :].removeprefix(","))[0]
    if _SINCE.search(before):
        return False
    if _UNTIL.search(before):
        return True
    if _FROM.search(before) and not _PAST.search(before):
        return True
    for part, nearest_last in ((before, True), (after, False), (sentences[-2] if len(sentences) > 1 else "", True)):
        signs = [(m.end(), False) for m in _PAST.finditer(part)] + [(m.end(), True) for m in _AHEAD.finditer(part)]
        if part is after:
            signs += [(m.end(), True) for m in _COMING.finditer(part)]
        if signs:
            return (max if nearest_last else min)(signs)[1]
    return None
