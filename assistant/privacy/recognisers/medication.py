"""Medications by name: exact, as speech recognition mishears them, and ambiguous names beside a cue of taking."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import jellyfish
from rapidfuzz import fuzz, process

from assistant.domain import DisclosureType, Mention
from assistant.privacy.assertion import assertion_of
from assistant.privacy.recognisers.lexicon import pattern, terms
from assistant.privacy.recognisers.phrases import Phrases
from assistant.privacy.recognisers.terms_in_text import find_terms, plain_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.privacy.parse import Parse

_CUE = pattern("medication", "cue")
_STRONG_CUE = pattern("medication", "strong_cue")
_DOSE_AFTER = pattern("medication", "dose_after")
_CONTAINERS = frozenset({"bottle", "bottles", "box", "organizer", "packet", "aisle", "form", "levels"})
_WIDEST_CUE = 5
_NEAR_LENGTH = 7
_NEAR_RATIO = 82.0
_SOUND_RATIO = 68.0
_LISTED, _IN_CONTEXT, _NEAR = 0.9, 0.75, 0.6


@cache
def _listed() -> frozenset[str]:
    return plain_terms("medications") - plain_terms("medications_in_context")


@cache
def _long_names() -> tuple[str, ...]:
    every = plain_terms("medications") | plain_terms("medications_in_context")
    return tuple(sorted(t for t in every if " " not in t and len(t) >= _NEAR_LENGTH - 1))


@cache
def _sounds() -> dict[str, tuple[str, ...]]:
    by_sound: dict[str, list[str]] = {}
    for name in _long_names():
        by_sound.setdefault(jellyfish.metaphone(name), []).append(name)
    return {sound: tuple(names) for sound, names in by_sound.items()}


class MedicationRecogniser:
    """Medications.

    A listed name counts anywhere; one that is also another word ("the patch", "aspirin") beside a cue of taking or a
    dose; a near-miss ("sir traline", "trazadone") directly after such a cue, by spelling (rapidfuzz) or by sound
    (metaphone).
    """

    name = "medication"

    def __init__(self, knows: Callable[[str], bool] | None = None) -> None:
        """``knows`` tells whether a lower-case word is plain English; such a word is never a misheard medicine."""
        self._knows = knows or _knows_nothing

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return MEDICATION mentions; the reason is ``listed``, ``in context`` or ``near miss``."""
        phrases = Phrases.of(parse.text)
        found: list[Mention] = []
        taken: set[int] = set()
        for first, last, reason, score in self._places(phrases):
            if taken.isdisjoint(range(first, last)):
                taken.update(range(first, last))
                assertion = assertion_of(phrases, first, last)
                span = phrases.span(first, last)
                found.append(Mention(span, DisclosureType.MEDICATION, score, self.name, reason, assertion))
        return sorted(found, key=lambda m: m.span)

    def _places(self, phrases: Phrases) -> Iterator[tuple[int, int, str, float]]:
        for first, last, _ in find_terms(phrases, _listed()):
            yield first, last, "listed", _LISTED
        for first, last, _ in find_terms(phrases, plain_terms("medications_in_context")):
            if _cued(phrases, first, last, _CUE) and phrases.between(last, last + 1) not in _CONTAINERS:
                yield first, last, "in context", _IN_CONTEXT
        for at in range(len(phrases.words)):
            for n in (1, 2):
                if (
                    at + n <= len(phrases.words)
                    and _cued(phrases, at, at + n, _STRONG_CUE)
                    and self._is_near(phrases, at, at + n)
                ):
                    yield at, at + n, "near miss", _NEAR

    def _is_near(self, phrases: Phrases, first: int, last: int) -> bool:
        """Whether one word, or two run together, is nearly a medicine's name."""
        texts = [w.text for w in phrases.words[first:last]]
        joined = "".join(texts)
        if (
            len(joined) < _NEAR_LENGTH
            or not joined.isalpha()
            or any(t in terms("not_medications") for t in (*texts, joined))
        ):
            return False
        if len(texts) > 1 and texts[0] in {"the", "my", "a", "me", "to", "on", "of", "and", "it", "in", "for", "some"}:
            return False
        same_sound = _sounds().get(jellyfish.metaphone(joined), ())
        if any(fuzz.ratio(joined, name) >= _SOUND_RATIO and name[0] == joined[0] for name in same_sound):
            return True
        best = process.extractOne(joined, _long_names(), scorer=fuzz.ratio, score_cutoff=_NEAR_RATIO)
        return best is not None and best[0][0] == joined[0]

    def _is_english(self, texts: list[str], joined: str) -> bool:
        everyday = terms("not_medications")
        return self._knows(joined) or any(text in everyday for text in (*texts, joined))


def _cued(phrases: Phrases, first: int, last: int, cue: re.Pattern[str]) -> bool:
    start, end = phrases.sentence(first)
    before = phrases.between(max(start, first - _WIDEST_CUE), first)
    if any(match.end() == len(before) for match in cue.finditer(before)) or re.search(rf"(?:{cue.pattern})$", before):
        return True
    after = phrases.between(last, min(end, last + _WIDEST_CUE))
    return _DOSE_AFTER.match(after) is not None


def _knows_nothing(_: str) -> bool:
    return False
