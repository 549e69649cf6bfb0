"""The people of the group by name, however it was said or heard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention, Span
from assistant.privacy.plain_words import is_plain
from assistant.privacy.recognisers.name_evidence import is_proper, names_person
from assistant.privacy.recognisers.name_forms import NameForms
from assistant.privacy.recognisers.spelled import initials_at, spelled_runs
from assistant.privacy.words import TextWord, fold, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.domain import Group, PersonId
    from assistant.privacy.parse import Parse

__all__ = ["How", "RosterMatch", "RosterRecogniser", "spelled_runs"]


class How(StrEnum):
    """How a name on the roster was recognised."""

    EXACT = "exact"
    """Full, first or last name, or an alias."""
    NICKNAME = "nickname"
    SPELLED = "spelled"
    """Letter by letter, or initials."""
    NEAR = "near"
    """A near-miss spelling, one name cut in two, or two words run together."""
    SOUND = "sound"
    """Another spelling of the same sound."""


@dataclass(frozen=True, slots=True)
class RosterMatch:
    """A name in the text and whose it is."""

    span: Span
    """The name without a possessive ending."""
    person: PersonId | None
    """None: two people on the roster answer to it."""
    how: How
    score: float


_SCORES = {How.EXACT: 0.98, How.NICKNAME: 0.9, How.SPELLED: 0.9, How.NEAR: 0.75, How.SOUND: 0.7}
_LONGEST_NAME = 4


class RosterRecogniser:
    """Finds the people of the group by name.

    Args:
        group: The group, absent people included: their names are names too.
        knows: Whether a lower-case word is English; what is not may be a name misheard even without a capital.
    """

    name = "roster"

    def __init__(self, group: Group, knows: Callable[[str], bool] | None = None) -> None:
        self._forms = NameForms(group)
        self._knows = knows or (lambda _: True)

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return the matches as PERSON mentions; the reason is ``roster:<person id or ?>:<how>``."""
        return [
            Mention(m.span, DisclosureType.PERSON, m.score, self.name, f"roster:{m.person or '?'}:{m.how}")
            for m in self.matches(parse)
        ]

    def matches(self, parse: Parse) -> tuple[RosterMatch, ...]:
        """Return every name of somebody on the roster, in order, none overlapping another."""
        words = words_of(parse.text)
        found = self._spelled(words) + self._initials(words)
        at = 0
        while at < len(words):
            match, after = self._at(words, at, parse)
            if match is not None:
                found.append(match)
            at = after
        return _tidy(found)

    def _at(self, words: tuple[TextWord, ...], at: int, parse: Parse) -> tuple[RosterMatch | None, int]:
        """The longest name at word ``at`` and the index after it."""
        for size in range(min(_LONGEST_NAME, len(words) - at), 1, -1):
            run = words[at : at + size]
            if any(not w.tight and w.gap.strip() != "." for w in run[1:]):
                continue
            people = self._forms.full(" ".join(fold(w.bare) for w in run))
            if people:
                return _match(words, at, at + size, people, How.EXACT), at + size
        single = self._single(words, at, parse)
        if single is not None:
            return self._grown(words, at, single, parse)
        pair = self._pair(words, at, parse)
        if pair is not None:
            return pair, at + 2
        return None, at + 1

    def _single(self, words: tuple[TextWord, ...], at: int, parse: Parse) -> tuple[frozenset[PersonId], How] | None:
        word = words[at]
        key = fold(word.bare)
        if len(key) < 2:  # noqa: PLR2004  a letter is no name by itself
            return None
        plain = is_plain(word.bare)
        for people, how in ((self._forms.exact(key), How.EXACT), (self._forms.nick(key), How.NICKNAME)):
            if not people:
                continue
            doubtful = plain or (how is How.NICKNAME and self._knows(word.bare) and not word.capital)
            last = self._forms.is_only_last(key)
            if not doubtful or names_person(words, at, parse, last=last, own=how is How.EXACT):
                return people, how
            return None
        if not plain and is_proper(words, at, parse, self._knows):
            heard = self._forms.heard(key, english=self._knows(word.bare))
            if heard:
                return heard[0], How.SOUND if heard[1] else How.NEAR
        return None

    def _grown(
        self, words: tuple[TextWord, ...], at: int, single: tuple[frozenset[PersonId], How], parse: Parse
    ) -> tuple[RosterMatch, int]:
        """A first name takes the last name that follows it, however that was spelled."""
        people, how = single
        after = at + 1
        while after < len(words) and words[after].tight and words[after - 1].bare == words[after - 1].lower:
            key = fold(words[after].bare)
            same = people & (self._forms.exact(key) | self._forms.nick(key))
            if not same:
                heard = self._forms.heard(key)
                same = people & heard[0] if heard and not self._knows_plain(words[after]) else frozenset()
            if not same:
                break
            people, after = same, after + 1
        if after == at + 1:
            split = self._pair(words, after, parse) if after + 1 < len(words) and words[after].tight else None
            if split is not None and split.person in people:
                return RosterMatch(
                    Span(words[at].span.start, split.span.end), split.person, How.NEAR, _SCORES[How.NEAR]
                ), after + 2
        return _match(words, at, after, people, how), after

    def _knows_plain(self, word: TextWord) -> bool:
        return is_plain(word.bare) or (not word.capital and self._knows(word.bare))

    def _pair(self, words: tuple[TextWord, ...], at: int, parse: Parse) -> RosterMatch | None:
        """One name that was heard as two words ("Yes Enya")."""
        if at + 1 >= len(words) or not words[at + 1].tight:
            return None
        pair = words[at : at + 2]
        if any(len(w.bare) < 2 for w in pair):  # noqa: PLR2004  letters are the spelled form's affair
            return None
        if any(self._forms.exact(fold(w.bare)) and is_plain(w.bare) for w in pair):
            return None  # "What will May do" holds no William
        odd = [
            w
            for i, w in enumerate(pair, at)
            if not self._knows(w.bare) or (is_proper(words, i, parse, self._knows) and not is_plain(w.bare))
        ]
        if not odd:
            return None
        people = self._forms.heard_split(fold(pair[0].lower), fold(pair[1].bare))
        return _match(words, at, at + 2, people, How.NEAR) if people else None

    def _spelled(self, words: tuple[TextWord, ...]) -> list[RosterMatch]:
        found: list[RosterMatch] = []
        for first, last, letters in spelled_runs(words):
            people = self._forms.spelled(letters)
            if people:
                span = Span(words[first].span.start, words[last].span.end)
                found.append(RosterMatch(span, _one(people), How.SPELLED, _SCORES[How.SPELLED]))
        return found

    def _initials(self, words: tuple[TextWord, ...]) -> list[RosterMatch]:
        found: list[RosterMatch] = []
        for at in range(len(words)):
            said = initials_at(words, at)
            people = self._forms.initials(said[0]) if said else frozenset()
            if said and people:
                span = Span(words[at].span.start, words[said[1]].span.end)
                found.append(RosterMatch(span, _one(people), How.SPELLED, 0.6))
        return found


def _match(words: tuple[TextWord, ...], first: int, after: int, people: frozenset[PersonId], how: How) -> RosterMatch:
    span = Span(words[first].span.start, words[after - 1].bare_span.end)
    return RosterMatch(span, _one(people), how, _SCORES[how])


def _one(people: frozenset[PersonId]) -> PersonId | None:
    return next(iter(people)) if len(people) == 1 else None


def _tidy(matches: list[RosterMatch]) -> tuple[RosterMatch, ...]:
    """The longer of two that overlap, in order."""
    kept: list[RosterMatch] = []
    for match in sorted(matches, key=lambda m: (-len(m.span), -m.score, m.span.start)):
        if not any(match.span.overlaps(k.span) for k in kept):
            kept.append(match)
    return tuple(sorted(kept, key=lambda m: m.span))
