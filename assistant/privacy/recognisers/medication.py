"""Medications by name: exact, as speech recognition mishears them, and ambiguous names beside a cue of taking."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import jellyfish
from rapidfuzz import fuzz, process

from assistant.domain import DisclosureType, Mention
from assistant.privacy.assertion import assertion_of
from assistant.privacy.recognisers.lexicon import compiled
from assistant.privacy.recognisers.phrases import Phrases
from assistant.privacy.recognisers.terms_in_text import find_terms, plain_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.privacy.parse import Parse

_CUE = compiled(
    "(?:on|off|take|takes|taking|took|taken|prescribed|prescribe|prescribes|prescribing|start|started|starting|starts|"
    "stop|stopped|stopping|quit|try|trying|tried|switch|switched|switching|switches|changed|added|adding|increased|raised|"
    "upped|lowered|doubled|dose of|doses of|dosage of|prescription for|script for|refill of|refills of|milligrams of|mg of|"
    "bottle of|me on|him on|her on|to|with|from|need|needs|use|using|uses|inject|injecting|had|have|gave me|give me|wants me on)"
    "(?: (?:to try|try|me|him|her|us|my|his|her|the|a|some|of|about|both|more|less|low dose|high dose|off|on|to|taking|up|a low dose of|a high dose of|to take))*"
)
_STRONG_CUE = compiled(
    "(?:on|off|taking|took|take|takes|prescribed|prescribe|started|start|starting|stopped|stopping|switched|switched me to|"
    "switch|dose of|doses of|dosage of|prescription for|refill of|milligrams of|mg of|put me on|put him on|put her on|"
    "me on|him on|her on|changed|upped|increased|lowered|tried|try|trying)"
    "(?: (?:to try|me|him|her|us|my|his|the|some|taking|up|to|on|off|of))*"
)
_DOSE_AFTER = compiled("(?:{number} ){1,3}(?:milligrams?|mg|mils?|micrograms?|mcg|units|tablets?|pills? a day)|(?:prescription|dose|dosage|pills|tablets|refill|side effects|injection)")
_WIDEST_CUE = 5
_NEAR_LENGTH = 7
_NEAR_RATIO = 82.0
_SOUND_RATIO = 68.0
_LISTED, _IN_CONTEXT, _NEAR = 0.9, 0.75, 0.6

# Everyday words that look or sound like a medicine; what stands here is never taken for a misheard one.
_WORDS = frozenset(
    "together another nothing something anything everything breathing alternative attention medication medications "
    "medicine medicines meditation motivation melody general generic serious serial certain certainly sertain sensitive "
    "insulation institution inclusion conclusion relation relations relationship location vacation patient patients "
    "portion morphing tomorrow trail trains training trainer trading vitamin vitamins protein caffeine cafeteria nicotine "
    "nicotine smoking methods method methodist medical medically mediation metal mental mentally prisoner pregnant "
    "testing tester celery cellar seller sensation serenity serene paragraph parallel parable partner partners panic "
    "penguin pension peninsula holiday holidays halfway highway lithuania lightning lighting listing listening little "
    "calling colleague collect college seasonal personal purpose purposes proposal properly probably promising proposing "
    "climbing claiming cleaning clothing colouring columbine ambition ambient ability abilities activity actively "
    "abstinence absent assistant resistance receptor receptors restaurant restore restored wellness wellbeing bathing "
    "antibody anybody everybody somebody weekend weekends breakfast exercise exercises exercising therapist therapy "
    "therapies program programs probation painting painkillers painkiller patience pressure pressing present presents "
    "instagram internet insurance insane insisting intuition tuition nutrition transition tradition condition conditions "
    "position positive tension attention intention prevention pension mention mentions thinking sleeping drinking".split()
)


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
            if _cued(phrases, first, last, _CUE):
                yield first, last, "in context", _IN_CONTEXT
        for at in range(len(phrases.words)):
            for n in (1, 2):
                if at + n <= len(phrases.words) and _cued(phrases, at, at + n, _STRONG_CUE) and _is_near(phrases, at, at + n):
                    yield at, at + n, "near miss", _NEAR


def _cued(phrases: Phrases, first: int, last: int, cue: re.Pattern[str]) -> bool:
    start, end = phrases.sentence(first)
    before = phrases.between(max(start, first - _WIDEST_CUE), first)
    if any(match.end() == len(before) for match in cue.finditer(before)) or re.search(rf"(?:{cue.pattern})$", before):
        return True
    after = phrases.between(last, min(end, last + _WIDEST_CUE))
    return _DOSE_AFTER.match(after) is not None


def _is_near(phrases: Phrases, first: int, last: int) -> bool:
    """Whether one word, or two run together, is nearly a medicine's name."""
    texts = [w.text for w in phrases.words[first:last]]
    joined = "".join(texts)
    if len(joined) < _NEAR_LENGTH or not joined.isalpha() or any(t in _WORDS for t in (*texts, joined)):
        return False
    if len(texts) > 1 and texts[0] in {"the", "my", "a", "me", "to", "on", "of", "and", "it", "in", "for", "some"}:
        return False
    same_sound = _sounds().get(jellyfish.metaphone(joined), ())
    if any(fuzz.ratio(joined, name) >= _SOUND_RATIO and name[0] == joined[0] for name in same_sound):
        return True
    best = process.extractOne(joined, _long_names(), scorer=fuzz.ratio, score_cutoff=_NEAR_RATIO)
    return best is not None and best[0][0] == joined[0]
