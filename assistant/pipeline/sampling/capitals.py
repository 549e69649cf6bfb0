"""Runs of words with a capital that is no sentence's and that everybody does not share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from assistant.domain import Span
from assistant.pipeline.sampling.household import CALLS, EPONYMS, SHORTHAND
from assistant.pipeline.sampling.words import JOINTS, body_kind, of_calendar, opens
from assistant.privacy.gazetteer import is_place, is_plain_given_name
from assistant.privacy.recognisers.numbers import is_number_word
from assistant.privacy.vocabulary import FREQUENT
from assistant.privacy.words import word_set
from assistant.training.bodies import GENERIC
from assistant.training.generalising import region_of
from assistant.training.material import Kind
from assistant.training.naming import RELATIONS
from assistant.training.words import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.privacy.words import TextWord
    from assistant.training.roster import Roster

_WITHIN: Final = word_set("of and the de la y & von van der den del da do dos di du el al bin ibn")
_INTO: Final = word_set("in from outside near")


@dataclass(frozen=True, slots=True)
class Capitals:
    """Finds them.

    Args:
        roster: Whose names part a list of two people from a firm.
        english: Whether a lower-case word is in the dictionary.
    """

    roster: Roster = field(repr=False)
    english: Callable[[str], bool] = field(repr=False)

    def runs(self, text: str, words: Sequence[TextWord]) -> list[tuple[Span, Kind, str, str]]:
        """Return them: where, of what kind, by which rule, and no value."""
        found: list[tuple[Span, Kind, str, str]] = []
        at = 0
        while at < len(words):
            if not self._proper(words, at):
                at += 1
                continue
            last = at
            while last + 1 < len(words) and words[last + 1].tight:
                if self._proper(words, last + 1):
                    last += 1
                elif self._joins(words, last):
                    last += 2
                else:
                    break
            after = words[last + 1] if last + 1 < len(words) else None
            if after is not None and after.tight and after.bare in GENERIC and after.bare not in JOINTS:
                last += 1  # "Lowell arena"
            while last + 1 < len(words) and words[last + 1].gap == "-":
                last += 1  # "Co-op"
            span = Span(words[at].span.start, words[last].bare_span.end)
            found.append((span, self._kind(text, words, at, last), "capital", ""))
            at = last + 1
        return found

    def _joins(self, words: Sequence[TextWord], last: int) -> bool:
        """Whether the next word joins two parts of one name."""
        return (
            words[last + 1].lower in _WITHIN
            and last + 2 < len(words)
            and not (words[last + 1].lower == "and" and self._two_of_a_kind(words[last], words[last + 2]))
            and words[last + 2].tight
            and self._proper(words, last + 2)
        )

    def _two_of_a_kind(self, one: TextWord, two: TextWord) -> bool:
        """Whether "and" stands between two people's names or two countries: they are no firm."""
        if all(region_of(w.bare) is not None for w in (one, two)):
            return True
        return any(self.roster.knows(key_of(w.bare)) or is_plain_given_name(w.bare) for w in (one, two))

    def _proper(self, words: Sequence[TextWord], at: int) -> bool:
        word = words[at]
        if not word.capital or not word.bare.isalpha() or len(word.bare) < 2:  # noqa: PLR2004  initials are the scan's
            return False
        if {word.bare, word.lower} & SHORTHAND or of_calendar(word) or word.lower.split("'")[0] == "i":
            return False
        if word.bare in RELATIONS or is_number_word(word.bare) or word.bare in CALLS or word.lower in EPONYMS:
            return False
        if word.bare.endswith("ed") and any(self.english(word.bare[:-cut]) for cut in (2, 3)):
            return False  # a brand made a verb
        if opens(words, at):
            return not self.english(word.lower) and not self.english(word.bare) and word.bare not in FREQUENT
        return True

    @staticmethod
    def _kind(text: str, words: Sequence[TextWord], first: int, last: int) -> Kind:
        span = Span(words[first].span.start, words[last].bare_span.end)
        kind = body_kind(text, span)
        if kind is not Kind.ORGANISATION:
            return kind
        before = words[first - 1].lower if first and words[first].tight else ""
        if first == last and is_plain_given_name(words[first].bare) and before not in {"in", "from"}:
            return Kind.PERSON
        if before in RELATIONS:
            return Kind.PERSON
        if before in _INTO or is_place(span.of(text)):
            return Kind.PLACE
        return Kind.ORGANISATION
