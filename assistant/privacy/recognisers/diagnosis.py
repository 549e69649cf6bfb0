"""Diagnoses by name, and words for moods and body parts only where somebody names them as a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention
from assistant.privacy.assertion import assertion_of
from assistant.privacy.recognisers.lexicon import compiled
from assistant.privacy.recognisers.phrases import Phrases
from assistant.privacy.recognisers.terms_in_text import find_terms, plain_terms

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from assistant.privacy.parse import Parse

_SEVERE = "(?:severe|bad|really|serious|chronic|clinical|major|deep|terrible|mild|untreated|resistant|type {number}|both|this|a|an|the|my|his|her|some|pretty|full|blown)"
_NAMED = (
    "diagnosed {..4}|diagnosis {..3}|diagnosing {..2}|(?:called|calling|calls|labell?ed) (?:it|this|that|me|him|her)|"
    "(?:says?|said|think|thinks|thought|told (?:me|us|him|her)|figured|reckons?|turns out|confirmed|suspects?) (?:that )?(?:it|this|i|he|she|we|that) (?:is|was|am|have|has|had|might be|might have|got|could be|probably has)|"
    "history of|treated for|treatment for|hospitali[sz]ed (?:for|with)|tested (?:positive )?for|tested positive for|"
    "medication for|meds for|pills for|something for|(?:have|has|had|having|got|getting|gets|caught|survived) (?:had |got |this )?"
)
_LIVED = (
    "(?:suffer|suffers|suffered|suffering|struggle|struggles|struggled|struggling|battle|battled|battling|fight|fighting|"
    "live|lives|living|dealing|deal|dealt|coping|cope|struggle) (?:with|from|against)?|(?:from|for|with|of|about|through|into|fell into|to) (?:my|his|her|their)|my|his|her|their"
)
_CUE = compiled(f"(?:{_NAMED}) ?(?:{_SEVERE} )*")
_WIDE_CUE = compiled(f"(?:{_NAMED}|{_LIVED}) ?(?:{_SEVERE} )*")
_SPELLED_CUE = compiled("(?:diagnosed|diagnosis) {..4}|(?:diagnosed|diagnosis)")
_REACH = 7

# A mood as well as an illness: "my anxiety" is talk, "I have anxiety" names it.
_MOODS = frozenset({"anxiety", "paranoia", "insomnia", "mania", "sad", "psychotic", "stroke", "migraines", "borderline", "obese", "the virus", "a stroke"})
# In lower case these are everyday words.
_CAPITALS = frozenset({"add", "sad", "did", "odd", "ed"})
_LIKENED = compiled("(?:nearly|almost|gave (?:me|him|her|us)|give (?:me|him|her|us)|giving (?:me|him|her)|about to|going to|like) (?:{..2})(?:have |had |having )?(?:a|an)?")
_HEARING = compiled("hearing aids|visual aids|band aids|teaching aids")
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
    if _HEARING.search(phrases.between(first - 1, last)):
        return False
    if "attack" in term or "stroke" in term or "seizure" in term:
        return _ends_with(_WIDE_CUE, before) and not _ends_with(_LIKENED, before)
    return _ends_with(_CUE if term in _MOODS else _WIDE_CUE, before)


def _ends_with(cue: re.Pattern[str], before: str) -> bool:
    """Whether a cue stands directly before."""
    return any(match.end() >= len(before) for match in cue.finditer(before + " ")) if before else False
