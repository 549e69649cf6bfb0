"""Diagnoses by name, and words for moods and body parts only where somebody names them as a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention
from assistant.privacy.assertion import assertion_of
from assistant.privacy.recognisers.lexicon import pattern, terms
from assistant.privacy.recognisers.phrases import Phrases
from assistant.privacy.recognisers.terms_in_text import find_terms, plain_terms

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from assistant.privacy.parse import Parse

_CUE = pattern("diagnosis", "named")
_WIDE_CUE = pattern("diagnosis", "named_or_lived")
_SPELLED_CUE = pattern("diagnosis", "spelled_cue")
_REACH = 7

# A mood as well as an illness: "my anxiety" is talk, "I have anxiety" names it.
_MOODS = terms("moods")
# In lower case these are everyday words.
_CAPITALS = frozenset({"add", "sad", "did", "odd", "ed"})
_INITIALS = frozenset({"ms", "als", "tb", "gad", "aids"})
_LIKENED = pattern("diagnosis", "likened")
_HEARING = pattern("diagnosis", "aids")
_LISTED, _IN_CONTEXT = 0.9, 0.75


class DiagnosisRecogniser:
    """Diagnoses: the noun, as a person marks it. A mood or a symptom by itself is none ("I'm anxious", "depressed")."""

    name = "diagnosis"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return DIAGNOSIS mentions; the reason is ``listed`` or ``in context``."""
        phrases = Phrases.of(parse.text)
        found: list[Mention] = []
        for first, last, reason, score in self._places(phrases, parse.text):
            span = phrases.span(first, last)
            if not any(span.overlaps(m.span) for m in found):
                assertion = assertion_of(phrases, first, last)
                found.append(Mention(span, DisclosureType.DIAGNOSIS, score, self.name, reason, assertion))
        return sorted(found, key=lambda m: m.span)

    def _places(self, phrases: Phrases, text: str) -> Iterator[tuple[int, int, str, float]]:
        in_context = plain_terms("diagnoses_in_context")
        for first, last, _ in find_terms(phrases, plain_terms("diagnoses") - in_context):
            yield first, last, "listed", _LISTED
        for first, last, term in find_terms(phrases, in_context):
            if _is_named(phrases, first, last, term, text):
                yield first, last, "in context", _IN_CONTEXT


def _is_named(phrases: Phrases, first: int, last: int, term: str, text: str) -> bool:
    """Whether a word with another meaning is named as a condition here."""
    start, _ = phrases.sentence(first)
    before = phrases.between(max(start, first - _REACH), first)
    if term in _CAPITALS:
        written = phrases.span(first, last).of(text)
        return written.isupper() or _ends_with(_SPELLED_CUE, before)
    if term in _INITIALS and phrases.span(first, last).of(text).isupper() and not text.isupper():
        return True
    if _HEARING.search(phrases.between(first - 1, last)):
        return False
    if "attack" in term or "stroke" in term or "seizure" in term:
        return _ends_with(_WIDE_CUE, before) and not _ends_with(_LIKENED, before)
    return _ends_with(_CUE if term in _MOODS else _WIDE_CUE, before)


def _ends_with(cue: re.Pattern[str], before: str) -> bool:
    """Whether a cue stands directly before."""
    return any(match.end() >= len(before) for match in cue.finditer(before + " ")) if before else False
