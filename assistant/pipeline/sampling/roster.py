"""The roster's names in an utterance: as they stand, misheard, in two words, as a pun, and as "people say it"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from assistant.domain import Span
from assistant.pipeline.sampling.words import called_in_lower, opens, plainly_used, stands_alone
from assistant.privacy.gazetteer import is_given_name
from assistant.privacy.vocabulary import FREQUENT
from assistant.privacy.words import word_set
from assistant.training.words import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.domain import PersonId
    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord
    from assistant.training.roster import Roster

_LEAST_HEARD: Final = 4
_LEAST_JOINED: Final = 6
_SAYS: Final = re.compile(
    r"\b(?:(?:people|they|everyone|everybody|folks|some|most|kids|teachers|nurses|doctors|others|strangers|you can)\s+"
    r"(?:(?:also|always|mostly|usually|sometimes|just|even)\s+)?"
    r"(?:says?|said|calls?\s+me|called\s+me|hears?|writes?|spells?|pronounces?)"
    r"|sounds like|pronounced|rhymes with|(?<!you )call me)\s+"
    r"(?P<it>(?:it|me|my name)\s+)?(?:(?:as|like|with)\s+)?"
    r"(?P<one>[^\W\d_]+)(?:\s+(?:or|and|then)\s+(?P<two>[^\W\d_]+))?",
    re.IGNORECASE,
)
_LIKE_BUT: Final = re.compile(
    r"\b(?:like|as in)\s+(?P<one>[^\W\d_]+),?\s+(?:but|only|without|with|minus)\b", re.IGNORECASE
)
_OR: Final = re.compile(
    r"\b(?:is|was|it's|its|say|said|you|name)\s+(?:it\s+|that\s+|called\s+)?"
    r"(?P<one>[^\W\d_]+),?\s+or\s+(?P<two>[^\W\d_]+)",
    re.IGNORECASE,
)
_ASKING: Final = re.compile(
    r"\b(?:get|gets|getting|got|say|said|saying|pronounc\w+|spell\w*)\s+"
    r"(?:it|that|your name|his name|her name|their name)\s+(?:right|wrong|properly|correctly)\b"
    r"|\bhow (?:do|should) (?:you|i|we) (?:say|pronounce)\b|\byour name\b",
    re.IGNORECASE,
)
"""What shows that a question is about how a name is said."""
_NO_FORM: Final = word_set("""
    it me my your his her their that this a an the so no yes what how i you we they he she not nothing anything
    something everything hi hello sorry thanks please stuff things okay ok well oh um uh er and or but if when why who
    where to of in on at for with like just all one two the
    """)
_JOKE: Final = word_set("ha haha joke jokes joking pun puns intended kidding literally laughs funny")
_BEFORE_A_THING: Final = word_set("a an the my our your his her their this that these those some any no every each")
_ALSO: Final = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name of somebody on the roster."""

    span: Span
    person: PersonId | None = None
    """Whose, where the words themselves do not tell."""


@dataclass(frozen=True, slots=True)
class RosterNames:
    """Finds the roster's names.

    Args:
        roster: The names.
        english: Whether a lower-case word is in the dictionary.
    """

    roster: Roster = field(repr=False)
    english: Callable[[str], bool] = field(repr=False)

    def sightings(self, parse: Parse, words: Sequence[TextWord], speaker: PersonId | None) -> list[Sighting]:
        """Return where somebody on the roster is named; stretches may overlap."""
        lower = parse.text == parse.text.lower()
        found = [Sighting(span) for at in range(len(words)) for span in self._at(parse, words, at, lower=lower)]
        found += self._told(parse.text, words, speaker, found)
        found += self._played_on(parse, words, speaker, found, lower=lower)
        return found

    def _at(self, parse: Parse, words: Sequence[TextWord], at: int, *, lower: bool) -> list[Span]:
        word = words[at]
        found = [pair] if (pair := self._in_two(words, at, lower=lower)) is not None else []
        english = self.english(word.bare) or word.bare in FREQUENT
        if english and not self._called(parse, words, at, lower=lower):
            return found
        misheard = not english and len(key_of(word.text)) >= _LEAST_HEARD
        if self.roster.whose(word.text[: len(word.bare)], misheard=misheard) is not None or self._shared(word):
            found.append(word.bare_span)
        return found

    def _shared(self, word: TextWord) -> bool:
        """Whether two people on the roster have the name."""
        return self.roster.knows(key_of(word.bare))

    def _called(self, parse: Parse, words: Sequence[TextWord], at: int, *, lower: bool) -> bool:
        """Whether an everyday word stands where a name would."""
        word = words[at]
        if lower:
            short = is_given_name(word.bare) and bool(self.roster.all_of(word.bare, misheard=False))
            known = short or self.roster.knows(key_of(word.bare))
            return known and (word.bare not in FREQUENT or called_in_lower(words, at))
        if not word.capital:
            return False
        if not opens(words, at):
            return True
        proper = any(t.span.start == word.span.start and t.pos == "PROPN" for t in parse.tokens)
        return proper or stands_alone(words, at) or not plainly_used(words, at)

    def _in_two(self, words: Sequence[TextWord], at: int, *, lower: bool) -> Span | None:
        """Return a name that stands in two words, or that a recogniser heard as two."""
        if at + 1 >= len(words) or not words[at + 1].tight:
            return None
        one, two = words[at], words[at + 1]
        span = Span(one.span.start, two.bare_span.end)
        joined = key_of(one.bare) + key_of(two.bare)
        alike = lower or (one.capital and two.capital) or "-" in two.gap
        if alike and len(key_of(one.text)) > 1 and joined in self.roster.joined:
            return span
        if len(joined) < _LEAST_JOINED - 1:
            return None
        if one.bare in FREQUENT and two.bare in FREQUENT:
            after_given = at > 0 and one.tight and self.roster.knows(key_of(words[at - 1].bare))
            return span if after_given and self.roster.whose(joined, misheard=True) is not None else None
        if self.roster.knows(joined):
            return span
        rare = one.bare not in FREQUENT and two.bare not in FREQUENT
        strange = rare or not self.english(one.bare) or not self.english(two.bare)
        heard = strange and len(joined) >= _LEAST_JOINED and not self.roster.knows(key_of(one.bare))
        heard = heard and not self.roster.knows(key_of(two.bare)) and (lower or one.capital)
        return span if heard and self.roster.whose(joined, misheard=True) is not None else None

    def _told(
        self, text: str, words: Sequence[TextWord], speaker: PersonId | None, named: Sequence[Sighting]
    ) -> list[Sighting]:
        """Return what is said to be a way of saying a name ("people say it like ...", "is it ... or ...")."""
        whose = {self.roster.whose(s.span.of(text), misheard=True) for s in named} - {None}
        person = next(iter(whose)) if len(whose) == 1 else speaker
        out = self._asked(text, person)
        if person is None:
            return out
        for match in _SAYS.finditer(text) if named else ():
            if len(words) <= _SHORT or match.group("it"):
                forms = [g for g in ("one", "two") if match.group(g) and self._may_be_a_form(match.group(g))]
                out += [Sighting(Span(*match.span(g)), person) for g in forms]
        for match in _LIKE_BUT.finditer(text) if len(words) <= _SHORT else ():
            near = self.roster.whose(match.group("one"), misheard=True, there=True)
            if named or near is not None:
                out.append(Sighting(Span(*match.span("one")), near or person))
        return out

    def _asked(self, text: str, person: PersonId | None) -> list[Sighting]:
        """Return both halves of "is it ... or ..."."""
        out: list[Sighting] = []
        for match in _OR.finditer(text):
            pair = [match.group("one"), match.group("two")]
            known = [self.roster.whose(p, misheard=len(p) >= _LEAST_HEARD, there=True) for p in pair]
            if not any(known) and _ASKING.search(text):
                known = [person, person]
                out += [Sighting(Span(*match.span(g)), person) for g in ("one", "two") if self._may_be_a_form(match[g])]
            for at, other in ((0, 1), (1, 0)):
                if known[at] is not None and _ASKING.search(text):
                    out.append(Sighting(Span(*match.span(("one", "two")[at])), known[at]))
                if known[at] is not None and known[other] is None and self._may_be_a_form(pair[other]):
                    out.append(Sighting(Span(*match.span(("one", "two")[other])), known[at]))
        return out

    @staticmethod
    def _may_be_a_form(word: str) -> bool:
        return word.lower() not in _NO_FORM and len(word) > 1

    def _played_on(
        self,
        parse: Parse,
        words: Sequence[TextWord],
        speaker: PersonId | None,
        named: Sequence[Sighting],
        *,
        lower: bool,
    ) -> list[Sighting]:
        """Return the everyday word that a speaker's own name is, said again beside it: a pun gives the name away.

        Behind an article and without a sign of fun it is the thing itself.
        """
        own = {
            key_of(s.span.of(parse.text))
            for s in named
            if self.roster.whose(s.span.of(parse.text), misheard=False) == speaker
        }
        if speaker is None or lower:
            return []
        joking = any(word.bare in _JOKE for word in words)
        nouns = {t.span.start for t in parse.tokens if t.pos in _ALSO}
        out: list[Sighting] = []
        for at, word in enumerate(words):
            key = key_of(word.bare)
            if word.capital or not self.roster.knows(key):
                continue
            if not joking and at and words[at - 1].bare in _BEFORE_A_THING:
                continue
            mine = key in own or (joking and self.roster.whose(word.bare, misheard=False) == speaker)
            if mine and word.span.start in nouns:
                out.append(Sighting(word.bare_span, speaker))
        return out


_SHORT: Final = 14
"""Words of a turn that may be all about how a name is said."""
