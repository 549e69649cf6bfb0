"""Towns and other places by the words around them, the gazetteer and the shape of the word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention, Span
from assistant.privacy.calendar_words import CALENDAR
from assistant.privacy.gazetteer import is_place, is_plain_given_name
from assistant.privacy.recognisers.organisation_words import FUNCTION_WORDS, HEADS
from assistant.privacy.truecase import lacks_capitals
from assistant.privacy.words import word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord

_DWELLING = word_set(
    """
    live lives lived living stay stays stayed staying moved moving move grew raised born reside based settled
    relocated house apartment flat place home trailer rental cabin farm condo town village job office branch store
    """
)
_ORIGINS = word_set(
    """
    i'm he's she's they're we're you're originally am are came come comes just son daughter boy girl kid man woman guy
    lad lass family people folks mother father mom mum dad wife husband
    """
)
"""Words after which "from" says where somebody was born."""
_GOING = word_set(
    """
    drove driving drive moved moving move went go going back fly flew flying travel travelled traveled come came
    coming commute commuting relocate relocated home trip bus train get getting got deported sent
    """
)
_OVER = frozenset({"over", "out", "down", "up", "back", "here", "there", "somewhere", "outside"})
_STATES_OF_MIND = word_set(
    """
    denial pain recovery therapy bed trouble fear silence limbo hell heaven love public private person prison jail
    hospital rehab detox treatment court school church college work town class group crisis shock peace hope
    charge control debt general particular fact case session sessions foster care custody remission withdrawal
    front back between order god christ jesus english spanish french german arabic polish vietnamese america
    """
)
_TAILS = word_set(
    """
    heights falls springs hills beach city town county valley park lake island harbor harbour creek grove ridge
    hill junction village township bay point river mills landing forest corner center centre green water cove
    bluff bluffs shores pines oaks fields meadows crossing bridge ferry haven rapids cross common downs moor wells
    """
)
_HEADS_OF_NAME = word_set(
    """
    new san santa los las el la port fort mount saint st north south east west lake little upper lower great grand
    cape glen big old royal long castle grey gray green white black red oak
    """
)
_ABBREVIATED = frozenset({"dc", "nyc", "la", "uk", "usa", "us"})
_MOST_WORDS = 3


class PlaceRecogniser:
    """Finds places by cue and by the gazetteer.

    Args:
        knows: Whether a lower-case word is English.
    """

    name = "places"

    def __init__(self, knows: Callable[[str], bool]) -> None:
        self._knows = knows

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return LOCATION mentions."""
        words = words_of(parse.text)
        plain = lacks_capitals(parse.text)
        found: list[Mention] = []
        for at in range(1, len(words)):
            strength = _cue(words, at)
            if not strength or words[at].opens:
                continue
            end = self._plain_end(words, at, strong=strength > 1) if plain else self._cased_end(words, at)
            if end is not None:
                span = Span(words[at].span.start, words[end - 1].bare_span.end)
                found.append(Mention(span, DisclosureType.LOCATION, 0.7 + 0.05 * strength, self.name, "cue"))
        return found

    def _cased_end(self, words: tuple[TextWord, ...], at: int) -> int | None:
        word = words[at]
        if not word.capital or word.bare in CALENDAR or word.lower in FUNCTION_WORDS | _STATES_OF_MIND:
            return None
        end = at + 1
        while end < len(words) and end - at < _MOST_WORDS and words[end].tight and words[end].capital:
            end += 1
        name = " ".join(w.bare for w in words[at:end])
        if is_place(name) or words[end - 1].bare in _TAILS:
            return end
        if end - at == 1 and is_plain_given_name(word.bare) and not announced(words, at):
            return None
        if any(w.bare in HEADS - _TAILS for w in words[at:end]) or (
            word.text.isupper() and word.bare not in _ABBREVIATED
        ):
            return None
        return end if words[at - 1].lower in {"in", "near", "outside", "to", "from", "around"} else None

    def _plain_end(self, words: tuple[TextWord, ...], at: int, *, strong: bool) -> int | None:
        first = words[at].bare
        if first in FUNCTION_WORDS | _STATES_OF_MIND | CALENDAR or not first.isalpha():
            return None
        for size in range(_MOST_WORDS, 0, -1):
            end = at + size
            if end > len(words) or not all(w.tight for w in words[at + 1 : end]):
                continue
            name = " ".join(w.bare for w in words[at:end])
            if is_place(name) and (size > 1 or not self._knows(first) or self._listed(first, strong=strong)):
                tailed = end < len(words) and words[end].tight and words[end].bare in _TAILS - HEADS
                return end + tailed
        if strong and is_plain_given_name(first):
            return at + 1
        unknown = not self._knows(first) and not is_plain_given_name(first)
        if unknown or first in _HEADS_OF_NAME:
            end = at + 1
            while end < len(words) and end - at < _MOST_WORDS and words[end].tight and self._continues(words[end].bare):
                end += 1
            tail = words[end - 1].bare
            return end if unknown or (end > at + 1 and (tail in _TAILS or not self._knows(tail))) else None
        if (
            strong
            and at + 1 < len(words)
            and words[at + 1].tight
            and words[at + 1].bare in _TAILS
            and first not in FUNCTION_WORDS
        ):
            return at + 2
        return None

    def _listed(self, word: str, *, strong: bool) -> bool:
        """Whether a listed place that is a dictionary word too ("london", "reading", "hope") is the place here."""
        return strong or len(word) > 5  # noqa: PLR2004  short ones are mostly everyday words

    def _continues(self, word: str) -> bool:
        return word not in FUNCTION_WORDS and (not self._knows(word) or word in _TAILS)


def announced(words: tuple[TextWord, ...], at: int) -> bool:
    """Whether the words before ``at`` can announce nothing but a place: "I'm from", "we live in"."""
    return at > 0 and not words[at].opens and _cue(words, at) > 1


def _cue(words: tuple[TextWord, ...], at: int) -> int:
    """How strongly the words before ``at`` announce a place: 0 not, 1 by a preposition, 2 by a verb of dwelling too."""
    before = words[at - 1].lower
    back = [w.lower for w in words[max(0, at - 6) : at - 1]]
    near = set(back[-4:])
    if before == "in":
        return 2 if near & _DWELLING or (back and back[-1] in _OVER) else 1
    if before == "from":
        return 2 if back and back[-1] in _ORIGINS else 1
    if before in {"near", "outside", "around"}:
        return 1
    if before == "to":
        return 1 if near & _GOING else 0
    if before in {"visit", "visiting", "visited", "leaving", "left", "called"}:
        return 1 if before != "called" else 0
    return 0
