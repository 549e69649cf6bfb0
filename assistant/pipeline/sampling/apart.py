"""Candidates of one utterance made disjoint."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from assistant.domain import Span
from assistant.privacy.words import words_of
from assistant.training.drafts import NAMED
from assistant.training.material import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.training.material import Candidate

_FIRST: Final = (
    Kind.EMAIL, Kind.ADDRESS, Kind.PHONE, Kind.EVENT, Kind.PERSON, Kind.SCHOOL, Kind.EMPLOYER, Kind.ORGANISATION,
    Kind.PLACE, Kind.DATE, Kind.AGE, Kind.NUMBER, Kind.JOB,
)  # fmt: skip
"""Which kind a stretch keeps where two of one length claim it."""
_MARKS: Final = (",", ";", "!", "?", "\u2014", ". ")
"""No name reaches over one of these."""


def parts_of(text: str, span: Span) -> list[Span]:
    """Return the stretches of an entity between commas and full stops: a list of names is no name."""
    return [
        Span(span.start + m.start(), span.start + m.end())
        for m in re.finditer(r"[^,;!?\u2014]+", span.of(text))
        if m.group().strip()
    ]


def apart(candidates: Sequence[Candidate], text: str) -> tuple[Candidate, ...]:
    """Return candidates of which no two overlap: the wider one stays, then what was stored, then the firmer kind."""
    order = sorted(
        enumerate(candidates),
        key=lambda e: (-len(e[1].span), _FIRST.index(e[1].kind) if e[1].owner is None else -1, e[0]),
    )
    kept: list[Candidate] = []
    for _, candidate in order:
        clash = [k for k in kept if k.span.overlaps(candidate.span)]
        if not clash:
            kept.append(candidate)
        elif len(clash) == 1:
            kept = _met(kept, clash[0], candidate, text)
    return tuple(sorted((_with_saint(text, c) for c in kept), key=lambda c: c.span))


def _met(kept: list[Candidate], wider: Candidate, other: Candidate, text: str) -> list[Candidate]:
    """Return what is kept where a candidate overlaps one that is kept already."""
    at = kept.index(wider)
    if wider.span.contains(other.span):
        if wider.owner is None and other.owner is not None and wider.kind is other.kind:
            wider = replace(wider, owner=other.owner, own=other.own, person=other.person)
        return [*kept[:at], wider, *kept[at + 1 :]]
    whole = wider.span.union(other.span)
    if not any(mark in whole.of(text) for mark in _MARKS):
        if any(k is not wider and k.span.overlaps(whole) for k in kept):
            return kept
        return [*kept[:at], replace(wider, span=whole, text=whole.of(text)), *kept[at + 1 :]]
    # Two names that a detector read as one: what the other one adds stands by itself.
    before = Span(other.span.start, max(other.span.start, wider.span.start))
    rest = Span(wider.span.end, other.span.end) if other.span.end > wider.span.end else before
    words = [w for w in words_of(text) if rest.contains(w.span) and w.capital and not w.opens]
    span = Span(words[0].span.start, words[-1].bare_span.end) if words else None
    return kept if span is None else [*kept, replace(other, span=span, text=span.of(text))]


def _with_saint(text: str, candidate: Candidate) -> Candidate:
    lead = re.search(r"\b(?:Saint|St\.?|San|Santa)\s+$", text[: candidate.span.start])
    if candidate.kind not in NAMED or candidate.kind is Kind.PERSON or lead is None:
        return candidate
    span = Span(lead.start(), candidate.span.end)
    return replace(candidate, span=span, text=span.of(text))
