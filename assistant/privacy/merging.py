"""Overlapping mentions become one: the wider span, the type of the detector that knows best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_T = DisclosureType
NAMES = frozenset({_T.PERSON, _T.ORG, _T.LOCATION})
IDENTIFIERS = NAMES | {_T.ADDRESS, _T.PHONE, _T.EMAIL, _T.DATE, _T.AGE, _T.ID}
_CLINICAL = frozenset({_T.MEDICATION, _T.DIAGNOSIS, _T.SUBSTANCE})

_RANK = {
    _T.EMAIL: 9, _T.ADDRESS: 8, _T.PHONE: 7, _T.ID: 6, _T.DATE: 5, _T.AGE: 4, _T.ORG: 3, _T.PERSON: 2, _T.LOCATION: 1,
}  # fmt: skip
"""Which type an overlap takes where the detectors are equally trusted: the one that says most."""
_GUESSES = {"rampart": 0, "presidio": 1, "people": 2, "places": 2}
"""How far detectors that guess are trusted; the rules and the roster come above all of them."""
_RULES = 3


def merge(text: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions with overlaps merged, in a fixed order whatever order they came in.

    - Identifying mentions that overlap become one over their union, except that a name on the roster keeps its own
      place inside what a model guessed, and what a model guessed about a medicine, a
      diagnosis or a substance is dropped.
    - Clinical and event mentions merge with their own type only.
    """
    ordered = sorted(set(mentions), key=_order)
    kept = [m for m in ordered if m.type in IDENTIFIERS]
    others = [m for m in ordered if m.type not in IDENTIFIERS]
    clinical = [m.span for m in others if m.type in _CLINICAL]
    kept = [m for m in kept if not (_is_guess(m) and any(c.overlaps(m.span) for c in clinical))]
    roster = [m for m in kept if m.detector == "roster"]
    kept = [
        m
        for m in kept
        if m in roster
        or not (_is_guess(m) and m.type is not _T.PERSON and any(r.span.overlaps(m.span) for r in roster))
    ]
    merged = [_one(text, group) for group in _clusters(kept)]
    merged += [
        _one(text, group)
        for type_ in sorted({m.type for m in others})
        for group in _clusters([m for m in others if m.type is type_])
    ]
    return tuple(sorted(merged, key=_order))


def _order(mention: Mention) -> tuple[int, int, str, float, str, str]:
    return (mention.span.start, mention.span.end, mention.type, -mention.score, mention.detector, mention.reason)


def _is_guess(mention: Mention) -> bool:
    return mention.type in NAMES and _trust(mention) < _RULES


def _trust(mention: Mention) -> int:
    if mention.detector == "presidio" and mention.type not in NAMES:
        # Its patterns check what they find; its telephone numbers may be anything with enough digits.
        return _RULES - 1 if mention.type is _T.PHONE else _RULES
    return _GUESSES.get(mention.detector, _RULES)


def _clusters(mentions: list[Mention]) -> list[list[Mention]]:
    """Group mentions that overlap, directly or through others. ``mentions`` are in order of their start."""
    groups: list[list[Mention]] = []
    end = -1
    for mention in mentions:
        if groups and mention.span.start < end:
            groups[-1].append(mention)
        else:
            groups.append([mention])
        end = max(end, mention.span.end)
    return groups


def _one(text: str, group: list[Mention]) -> Mention:
    """One mention for a group of overlapping ones."""
    span = group[0].span
    for mention in group[1:]:
        span = span.union(mention.span)
    best = max(group, key=lambda m: (_worth(m, span), m.score, -m.span.start, m.detector))
    span = _trimmed(text, span)
    detector = "+".join(dict.fromkeys([best.detector, *(m.detector for m in group if m.type is best.type)]))
    return Mention(
        span, best.type, max(m.score for m in group if m.type is best.type), detector, best.reason, best.assertion
    )


def _worth(mention: Mention, whole: Span) -> tuple[int, bool, int]:
    trust = _trust(mention)
    rank = _RANK.get(mention.type, 0)
    if mention.detector == "roster":
        rank = 3 if len(mention.span) == len(whole) else 2
    return trust, len(mention.span) * 2 > len(whole), rank


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and not text[start].isalnum() and text[start] not in "+@(":
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] != ")":
        end -= 1
    return Span(start, end) if start < end else span
