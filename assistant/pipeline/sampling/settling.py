"""Whether what was taken for a name is one, and of what: detectors at a low threshold call half a sentence a person.

Only what is nobody's on the roster is judged here; a name of the roster is settled already.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from assistant.domain import Span
from assistant.pipeline.sampling.household import (
    BRANCHES,
    BRANDS,
    CALLS,
    DEMONYMS,
    EPONYMS,
    PUBLIC,
    PUBLIC_HEADS,
    SCALES,
    SHORTHAND,
    SPELLED,
    TITLES,
    WIDE,
)
from assistant.pipeline.sampling.words import (
    body_kind,
    led_by_work,
    of_calendar,
    of_place,
    opens,
    plainly_used,
    stands_alone,
)
from assistant.privacy.gazetteer import is_given_name, is_place, is_plain_given_name
from assistant.privacy.recognisers.numbers import is_number_word
from assistant.privacy.vocabulary import FREQUENT
from assistant.privacy.words import word_set, words_of
from assistant.training.bodies import GENERIC
from assistant.training.drafts import NAMED
from assistant.training.generalising import region_of
from assistant.training.material import Kind
from assistant.training.words import key_of, letters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord
    from assistant.training.material import Candidate
    from assistant.training.roster import Roster

_DETERMINERS: Final = word_set(
    "the a an some any this that these those every each no another my your our his her their"
)
_PLACING: Final = word_set("in to from near outside around through toward towards across into")
_WITH_ARTICLE: Final = word_set(
    "bronx hague netherlands philippines gambia sudan congo ukraine bahamas maldives midlands highlands pennines "
    "cotswolds rockies ozarks hamptons dakotas carolinas gorbals"
)
"""Places that are said with "the"."""
_SERVING: Final = word_set("the in join joined joining us") | _DETERMINERS
_CARDS: Final = frozenset({"SIM", "PIN", "SIMs", "PINs"})
_MARKS: Final = frozenset(f"{letter}s" for letter in "BCDEF")
"""Marks of a school, of which one has two or three."""
_HOLY: Final = word_set("mary joseph christ")
_LEADS: Final = word_set("kia que qué kei tēnā tena")
_VOWELS: Final = frozenset("aeiouy")
_LONGEST_ACRONYM: Final = 6
_NAMING: Final = frozenset({"PROPN", "NOUN", "X"})
"""Parts of speech that a name at the start of a sentence may be taken for."""
_LEADING: Final = frozenset({"VERB", "AUX", "ADV", "INTJ", "ADP", "DET", "PRON", "CCONJ", "SCONJ", "PART"})


@dataclass(frozen=True, slots=True)
class Settling:
    """Judges names.

    Args:
        roster: Whose names are settled.
        english: Whether a lower-case word is in the dictionary, which lists famous names too.
    """

    roster: Roster = field(repr=False)
    english: Callable[[str], bool] = field(repr=False)

    def settled(self, found: Candidate, parse: Parse) -> Candidate | None:
        """Return a name as what it is, without what belongs to the sentence; None where it is no name."""
        letters = letters_of(found.text)
        if found.kind not in NAMED or self.roster.all_of(found.text, misheard=False):
            return found
        if letters is not None:
            return None if letters in SPELLED else found
        words = words_of(parse.text)
        lower = parse.text == parse.text.lower()
        pos = {t.span.start: t.pos for t in parse.tokens}
        inside = [at for at, w in enumerate(words) if w.span.overlaps(found.span)]
        if not lower:
            inside = self._without_lead(words, inside, pos)
        elif found.kind is Kind.PERSON:
            inside = self._without_ends(words, inside)
        if not inside or all(self.shared(words, at) for at in inside) or self._of_the_public(words, inside):
            return None
        end = max(words[inside[-1]].bare_span.end, min(found.span.end, words[inside[-1]].span.end))
        start = max(found.span.start, words[inside[0]].span.start)
        if (start, end) != (found.span.start, found.span.end):
            span = Span(start, end)
            found = replace(found, span=span, text=span.of(parse.text))
        if len(inside) > 1:
            return found
        bare = words[inside[0]].bare
        letter = found.kind is Kind.PERSON and (len(bare) < 2 or bare in _PARTICLES)  # noqa: PLR2004  nobody's name
        if letter or self._of_the_sentence(words, inside[0], pos, lower=lower):
            return None
        return self._one_word(found, words, inside[0], parse.text)

    def shared(self, words: Sequence[TextWord], at: int) -> bool:
        """Whether everybody has the word: a brand, a people, a cry, an abbreviation of the clinic."""
        word = words[at]
        if self.roster.knows(key_of(word.bare)):
            return False
        forms = {word.bare, word.lower}
        if forms & BRANDS:
            return not led_by_work(words, at)
        if forms & (SHORTHAND | WIDE | EPONYMS | DEMONYMS) or word.bare.removesuffix("s") in DEMONYMS:
            return True
        if (forms & CALLS and not is_plain_given_name(word.bare)) or self._of_no_person(words, at):
            return True
        before = words[at - 1].lower if at and word.tight else ""
        return word.bare in SCALES and before in _DETERMINERS and not self._led_on(words, at)

    def _of_the_public(self, words: Sequence[TextWord], inside: Sequence[int]) -> bool:
        """Whether a body is one that every county or nation has ("the Coast Guard", "State Fair")."""
        bare = [words[at].bare for at in inside]
        if len(bare) == 1:
            before = words[inside[0] - 1].lower if inside[0] else ""
            return bare[0] in BRANCHES and before in _SERVING and not self.roster.knows(key_of(bare[0]))
        return set(bare) <= PUBLIC and bare[-1] in PUBLIC_HEADS

    def _of_no_person(self, words: Sequence[TextWord], at: int) -> bool:
        """Whether a word is an oath's, a mark's ("two Bs"), a card's, or begins a cry of two foreign words."""
        word = words[at]
        if word.text[: len(word.bare)] in _CARDS or (len(word.bare) == 2 and word.text[:2] in _MARKS):  # noqa: PLR2004
            return True
        if word.bare in _HOLY and any(w.bare == "jesus" for w in words[max(0, at - 3) : at]):
            return True
        if _on_the_shelf(words, at):
            return not led_by_work(words, at)
        after = words[at + 1] if at + 1 < len(words) and words[at + 1].tight else None
        led = after is not None and not after.capital
        foreign = after is not None and (after.bare in CALLS or not self.english(after.bare))
        return word.bare in CALLS | _LEADS and opens(words, at) and led and foreign

    @staticmethod
    def _led_on(words: Sequence[TextWord], at: int) -> bool:
        """Whether another word with a capital follows ("the Edinburgh Clinic")."""
        return at + 1 < len(words) and words[at + 1].tight and (words[at + 1].capital or words[at + 1].bare in GENERIC)

    def _known(self, word: TextWord) -> bool:
        return self.roster.knows(key_of(word.bare)) or is_given_name(word.bare)

    def _without_lead(self, words: Sequence[TextWord], inside: list[int], pos: Mapping[int, str]) -> list[int]:
        """Return the words of a name without a sentence's first word and without a title that may stay."""
        if len(inside) > 1:
            first, second = words[inside[0]], words[inside[1]]
            led = opens(words, inside[0]) and self.english(first.bare) and not self._known(first)
            if led and (pos.get(first.span.start) in _LEADING or first.bare in FREQUENT):
                inside = inside[1:]  # "Ring Ottoline"
            elif first.bare in TITLES and second.capital and first.lower not in _KEPT and not self._known(first):
                inside = inside[1:]
        return inside

    def _without_ends(self, words: Sequence[TextWord], inside: list[int]) -> list[int]:
        """Return the words of a name in a text without capitals, without everyday words and kin at its ends."""
        if any(words[at].bare in GENERIC for at in inside):
            return inside

        def plain(at: int) -> bool:
            common = words[at].bare in FREQUENT or words[at].lower.split("'")[0] in FREQUENT
            return (common or words[at].bare in (TITLES - _KEPT) | SHORTHAND) and not self._known(words[at])

        while len(inside) > 1 and plain(inside[0]):
            inside = inside[1:]
        while len(inside) > 1 and plain(inside[-1]):
            inside = inside[:-1]
        return inside

    def _of_the_sentence(self, words: Sequence[TextWord], at: int, pos: Mapping[int, str], *, lower: bool) -> bool:
        """Whether a word has its capital from the sentence, or from a shout, alone."""
        word = words[at]
        if (of_calendar(word) or is_number_word(word.bare)) and not self._known(word):
            return True
        if lower:
            common = bool({word.bare, word.lower.split("'")[0]} & FREQUENT)
            acting = pos.get(word.span.start) != "PROPN" and self.english(word.bare) and not of_place(words, at)
            return (common or acting) and not self._known(word)
        return self._of_its_place(words, at, pos)

    def _of_its_place(self, words: Sequence[TextWord], at: int, pos: Mapping[int, str]) -> bool:
        """Whether a capital says nothing where it stands."""
        word = words[at]
        if not self.english(word.bare) and word.bare not in FREQUENT:
            return False
        if word.capital and len(word.bare) > 2 and word.text[: len(word.bare)].isupper():  # noqa: PLR2004  "PUT her DOWN"
            if not _VOWELS & set(word.bare):
                return False  # an acronym, which a dictionary may list
            return not is_plain_given_name(word.bare) and not is_place(word.bare)
        if not opens(words, at):
            return word.bare in FREQUENT and not self._known(word) and not word.capital
        if is_given_name(word.bare):
            return not is_plain_given_name(word.bare) and not self._acts(words, at, pos)
        return word.bare in FREQUENT or (pos.get(word.span.start) != "PROPN" and not is_place(word.bare))

    @staticmethod
    def _acts(words: Sequence[TextWord], at: int, pos: Mapping[int, str]) -> bool:
        """Whether a word-name at the start of a sentence has or does something, as a person would."""
        if words[at].text.lower().endswith(("'s", "\u2019s")):
            return True
        if words[at].bare not in FREQUENT and stands_alone(words, at):
            return True
        after = words[at + 1] if at + 1 < len(words) else None
        acts = after is not None and after.tight and pos.get(after.span.start) in {"VERB", "AUX"}
        return acts and not plainly_used(words, at) and pos.get(words[at].span.start) in _NAMING

    def _one_word(self, found: Candidate, words: Sequence[TextWord], at: int, text: str) -> Candidate:
        word = words[at]
        before = words[at - 1].lower if at and word.tight else ""
        kind = found.kind
        plain = is_plain_given_name(word.bare)
        acronym = word.text[: len(word.bare)].isupper() and 1 < len(word.bare) <= _LONGEST_ACRONYM
        if kind is Kind.PERSON and not plain and (acronym or (before in _ARTICLES and word.capital)):
            kind = body_kind(text, found.span)
        elif self._is_a_place(kind, word, before):
            kind = Kind.PLACE
        elif kind is Kind.PLACE and (acronym or (before in _ARTICLES and word.bare not in _WITH_ARTICLE)):
            kind = body_kind(text, found.span)
        return found if kind is found.kind else replace(found, kind=kind, person=None)

    @staticmethod
    def _is_a_place(kind: Kind, word: TextWord, before: str) -> bool:
        if kind is Kind.ORGANISATION:
            return region_of(word.bare) is not None
        placed = before in _PLACING and is_place(word.bare)
        return kind is Kind.PERSON and placed and not is_plain_given_name(word.bare)


def _on_the_shelf(words: Sequence[TextWord], at: int) -> bool:
    """Whether a word is what something to eat, drink, smoke or pay with is called ("a bottle of ...", "a ... mint")."""
    lead = [w.lower for w in words[max(0, at - 3) : at]]
    after = words[at + 1] if at + 1 < len(words) and words[at + 1].tight else None
    if len(lead) > 1 and lead[-1] == "of" and lead[-2] in _HOLDING:
        return after is None or not after.capital
    bare = bool(lead) and lead[-1] in _SOME and after is not None
    return bare and after is not None and after.bare in _WARES and not after.capital


_HOLDING: Final = word_set("""
    bottle bottles can cans pack packs packet packets pint pints glass glasses box boxes bag bags tin tins jar tub tubs
    cup cups mug carton cartons case cases sixpack fifth shot shots slice tube tray crate sachet
    """)
_SOME: Final = word_set("a an some two three four five those these another")
_WARES: Final = word_set("""
    mint mints bar bars biscuit biscuits cookie cookies cracker crackers crisps chips sweets candy candies soup cereal
    beer beers lager cider ale whiskey whisky vodka gin rum wine juice soda tea coffee cocoa chocolate gum cigarette
    cigarettes card cards bag bags tin bottle bottles noodles sauce mug burger pizza pie pies yoghurt yogurt
    """)
_PARTICLES: Final = word_set("van von der den de del della di da do dos du la le el al bin ibn ben abu um")
"""Little words within names, which name nobody by themselves."""
_ARTICLES: Final = word_set("the a an some any this that these those every another")
_KEPT: Final = word_set("mr mrs ms miss dr doctor prof professor")
"""Titles that the linking of names reads."""
