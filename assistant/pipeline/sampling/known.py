"""What the whole session tells, held against each utterance once more: a name known once is known everywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import Span
from assistant.pipeline.sampling.figures import MEASURES
from assistant.pipeline.sampling.household import DEMONYMS, SHORTHAND
from assistant.pipeline.sampling.words import called_in_lower, of_calendar, opens, plainly_used, stands_alone
from assistant.privacy.gazetteer import is_given_name, is_plain_given_name
from assistant.privacy.recognisers.numbers import cardinal
from assistant.privacy.vocabulary import FREQUENT
from assistant.privacy.words import words_of
from assistant.training.bodies import GENERIC
from assistant.training.drafts import NAMED
from assistant.training.material import Candidate, Kind
from assistant.training.words import key_of, letters_of, name_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from assistant.privacy.reading import Reading
    from assistant.privacy.words import TextWord


_LONGEST = 5
"""Words of a name that is looked for as it stands."""
_LEAST_PART = 4
"""Letters of a part of a longer name that is looked for by itself."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the whole session tells, for a second look at each utterance."""

    names: Mapping[str, Kind] = field(repr=False)
    """Folded words of names."""
    ages: frozenset[str] = field(repr=False)
    """Ages of twenty and more, in years: said alone they are one again."""

    phrases: Mapping[tuple[str, ...], Kind] = field(repr=False)
    """Names of several words that are no person's, folded."""
    parts: Mapping[str, Kind] = field(default_factory=dict, repr=False)
    """Their words: one that is in no dictionary is a name by itself."""
    everyday: frozenset[str] = field(default_factory=frozenset, repr=False)
    """Folded words with a capital that are nobody's name."""

    def phrase(self, words: Sequence[TextWord], at: int) -> tuple[Kind, Span] | None:
        """Return the longest name of several words that begins at a word."""
        for n in range(min(_LONGEST, len(words) - at), 1, -1):
            kind = self.phrases.get(tuple(key_of(word.bare) for word in words[at : at + n]))
            if kind is not None and all(word.tight for word in words[at + 1 : at + n]):
                return kind, Span(words[at].span.start, words[at + n - 1].bare_span.end)
        return None

    @classmethod
    def of(cls, candidates: Iterable[Candidate], everyday: frozenset[str] = frozenset()) -> Known:
        """Return what is told by all that was found.

        Args:
            candidates: Of the whole session.
            everyday: Folded words of it that are nobody's name (``Search.everyday``).
        """
        names: dict[str, Kind] = {}
        ages: set[str] = set()
        phrases: dict[tuple[str, ...], Kind] = {}
        parts: dict[str, Kind] = {}
        for candidate in candidates:
            if is_everyday(candidate, everyday):
                continue
            if candidate.kind in NAMED and letters_of(candidate.text) is None:
                keys = name_keys(candidate.text)
                for key in keys:
                    if key in FREQUENT and not is_given_name(key):
                        continue  # a part that everybody says
                    if len(key) > 2 and (candidate.kind is Kind.PERSON or len(keys) == 1):  # noqa: PLR2004  no initials
                        names.setdefault(key, candidate.kind)
                    elif len(key) >= _LEAST_PART:
                        parts.setdefault(key, candidate.kind)
                if candidate.kind is not Kind.PERSON and 1 < len(keys) <= _LONGEST:
                    phrases.setdefault(keys, candidate.kind)
            if candidate.kind is Kind.AGE and candidate.value.isdecimal() and int(candidate.value) >= 20:  # noqa: PLR2004
                ages.add(candidate.value)
        return cls(names, frozenset(ages), phrases, parts, everyday)


def is_everyday(found: Candidate, everyday: frozenset[str]) -> bool:
    """Whether what was taken for a name is one everyday word, and was not told from the roster or by a title."""
    if found.kind not in NAMED or found.person is not None or found.found_by in {"roster", "title"}:
        return False
    words = words_of(found.text)
    return len(words) == 1 and key_of(words[0].bare) in everyday


def again(
    reading: Reading, found: Sequence[Candidate], known: Known, english: Callable[[str], bool]
) -> tuple[Candidate, ...]:
    """Return the candidates of an utterance with what is only known from elsewhere in the session.

    Args:
        reading: The utterance.
        found: What ``Search.candidates`` returned for it.
        known: What was found in the whole session.
        english: Whether a lower-case word is in the dictionary.
    """
    text = reading.parse.text
    words = words_of(text)
    if text != text.lower():
        found = [c for c in found if not is_everyday(c, known.everyday)]
    nouns = {t.span.start for t in reading.parse.tokens if t.pos in {"NOUN", "PROPN"}}
    more: list[Candidate] = []
    for at, word in enumerate(words):
        if any(c.span.overlaps(word.span) for c in found):
            continue
        named = _named_again(words, at, known, english, lower=text == text.lower())
        if named is not None:
            kind, span = named
            if not any(c.span.overlaps(span) for c in more):
                more.append(
                    Candidate(reading.utterance.id, span, kind, span.of(text), "again", "", reading.utterance.speaker)
                )
            continue
        number = cardinal(words, at)
        if number is None or str(number.value) not in known.ages:
            continue
        span = Span(word.span.start, words[number.after - 1].span.end)
        after = words[number.after] if number.after < len(words) else None
        counted = after is not None and after.tight and (after.lower in MEASURES or after.span.start in nouns)
        if not counted and not any(c.span.overlaps(span) for c in [*found, *more]):
            more.append(
                Candidate(
                    reading.utterance.id,
                    span,
                    Kind.AGE,
                    span.of(text),
                    "again",
                    str(number.value),
                    reading.utterance.speaker,
                )
            )
    return tuple(sorted([*found, *more], key=lambda c: c.span))


def _named_again(
    words: Sequence[TextWord], at: int, known: Known, english: Callable[[str], bool], *, lower: bool
) -> tuple[Kind, Span] | None:
    """Return the name that begins at a word, if what is known of the session makes it one."""
    phrase = known.phrase(words, at)
    if phrase is not None:
        return phrase
    word = words[at]
    key = key_of(word.bare)
    kind = known.names.get(key)
    if kind is None:
        kind = known.parts.get(key)
        telling = kind is not None and not english(word.bare) and word.bare not in FREQUENT and key not in GENERIC
        return (kind, word.bare_span) if kind is not None and telling else None
    if word.bare in DEMONYMS | SHORTHAND:
        return None
    strange = not english(word.bare) and word.bare not in FREQUENT
    if strange or (word.capital and not opens(words, at)) or is_plain_given_name(word.bare):
        return kind, word.bare_span
    sure = _called(words, at, lower=lower) if kind is Kind.PERSON else _placed(word, lower=lower)
    return (kind, word.bare_span) if sure else None


def _called(words: Sequence[TextWord], at: int, *, lower: bool) -> bool:
    """Whether an everyday word that is somebody's name stands where one would."""
    if of_calendar(words[at]) and not words[at].lower.endswith("'s"):
        return False
    if lower:
        rare = words[at].bare not in FREQUENT and is_given_name(words[at].bare)
        return rare or called_in_lower(words, at)
    return words[at].capital and (stands_alone(words, at) or not plainly_used(words, at))


def _placed(word: TextWord, *, lower: bool) -> bool:
    """Whether an everyday word is the place or the body that has its name, whatever its case."""
    if word.bare in FREQUENT:
        return word.capital and not word.opens
    return lower or word.capital or word.bare not in GENERIC
