"""The turns of one sample written: every edit of an utterance applied at once, and a second look at what came out."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from assistant.domain import Span
from assistant.errors import RedactionError
from assistant.privacy.redaction import Edit, rewrite
from assistant.training.cuts import Cut, Why
from assistant.training.material import DIRECT, Kind
from assistant.training.surrogates import agreeing, worded
from assistant.training.words import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assistant.domain import Utterance, UtteranceId
    from assistant.training.generalising import Coarser
    from assistant.training.material import StandIn, Thing
    from assistant.training.second_pass import SecondPass


class Writer:
    """Writes the turns of one sample."""

    def __init__(  # noqa: PLR0913, PLR0917  what was found, and what stands for it
        self,
        things: Sequence[Thing],
        standing: Mapping[int, StandIn],
        coarser: Coarser,
        second: SecondPass,
        cuts: Sequence[Cut],
        english: Callable[[str], bool],
    ) -> None:
        self._standing = standing
        self._coarser = coarser
        self._second = second
        self._english = english
        self._at: dict[UtteranceId, list[tuple[Span, Thing]]] = {}
        for thing in things:
            for mention in thing.mentions:
                self._at.setdefault(mention.utterance, []).append((mention.span, thing))
        self._cuts: dict[UtteranceId, list[Cut]] = {}
        for cut in cuts:
            self._cuts.setdefault(cut.utterance, []).append(cut)

    def left_out(self, utterance: Utterance) -> bool:
        """Whether somebody left the whole turn out."""
        return any(cut.why is Why.ASKED for cut in self._cuts.get(utterance.id, ()))

    def written(self, utterance: Utterance) -> str:
        """Return the finished text, empty where it cannot be proved clean."""
        text = utterance.text
        edits: list[Edit] = []
        articles: list[Edit] = []
        reached = 0
        cuts = self._cuts.get(utterance.id, [])
        for span, thing in sorted(self._at.get(utterance.id, ()), key=lambda m: m[0]):
            if any(cut.span.overlaps(span) for cut in cuts):
                continue
            where, words = self._edit(text, span, thing)
            article = agreeing(text, where, words) if where == span and thing.number in self._standing else None
            if article and article[0].start >= reached and not any(cut.span.overlaps(article[0]) for cut in cuts):
                articles.append(Edit(*article, secret=False))
            if any(cut.span.overlaps(where) for cut in cuts):
                where = span  # what was to go with the words before it went with the cut
            start = max(where.start, reached)
            while start > where.start and start < span.start and text[start].isspace():
                start += 1
            where = Span(start, where.end)
            reached = where.end
            if where.of(text)[:1].isupper() and words[:1].islower() and _opens(text, where.start):
                words = words[:1].upper() + words[1:]
            secret = self._secret(span.of(text), thing)
            if edits and said_twice(text[edits[-1].span.end : where.start], edits[-1].text, words):
                last = edits.pop()
                where, words, secret = Span(last.span.start, where.end), last.text, secret or last.secret
            edits.append(Edit(where, words, secret=secret))
        edits += articles
        edits += _cut(cuts, self._at.get(utterance.id, ()))
        try:
            out = rewrite(text, Span(0, len(text)), edits)
        except RedactionError:
            return ""
        return "" if self._second.finds(out) else re.sub(r"[ \t]{2,}", " ", out).strip()

    def _edit(self, text: str, span: Span, thing: Thing) -> tuple[Span, str]:
        coarse = self._coarser.reworded(thing, text, span)
        if coarse is not None:
            return coarse
        return span, worded(span.of(text), self._standing[thing.number])

    def _secret(self, said: str, thing: Thing) -> bool:
        named = thing.kind in DIRECT and thing.kind not in {Kind.PHONE, Kind.NUMBER, Kind.ADDRESS}
        return named and not all(self._english(key_of(word)) for word in said.split())


def _cut(cuts: Sequence[Cut], mentions: Sequence[tuple[Span, Thing]]) -> list[Edit]:
    """Return the edits for what goes, with the whole of any name that reaches out of it."""
    found: list[Edit] = []
    for cut in cuts:
        span = cut.span
        for other, _ in mentions:
            if other.overlaps(span):
                span = span.union(other)
        found.append(Edit(span, cut.words, secret=False))
    return found


_OPENING = " \"'(\u201c\u2018"
"""What may stand between a full stop and the word that opens the next sentence."""


def said_twice(between: str, one: str, two: str) -> bool:
    """Whether two general wordings side by side say the same ("in a town, in a town")."""
    same = one.lower() == two.lower() and one.lower().startswith(("a ", "an ", "one ", "about ", "[", "some "))
    return (
        same and re.fullmatch(r",?\s*(?:(?:in|at|near|from|of|on|outside|by|and)\s+)?(?:the\s+)?", between) is not None
    )


def _opens(text: str, at: int) -> bool:
    before = text[:at].rstrip(_OPENING)
    return not before or before[-1] in ".!?\u2026\u2014"


def changed(before: str, after: str) -> int:
    """Return how many words of a text are not in the other one, in the same order."""
    one, two = before.split(), after.split()
    same = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    return len(one) - sum(block.size for block in same)
