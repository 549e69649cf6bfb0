"""The words of a text as rules read them: lower-cased, without punctuation, each with its place in the original."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.domain import Span

APOSTROPHES = "'\u2019\u02bc"
"""Straight, curly and modifier apostrophes."""
_HYPHENS = ("", "-", "\u2011", ".")
_WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}][^\W\d_]+)*[{APOSTROPHES}]?(?![^\W_])|[^\W_]+")
_POSSESSIVE = re.compile(rf"(?:[{APOSTROPHES}]s|(?<=s)[{APOSTROPHES}])$", re.IGNORECASE)
_STRAIGHT = str.maketrans({"\u2019": "'", "\u02bc": "'"})
_ABBREVIATIONS = frozenset({"mr", "mrs", "ms", "dr", "st", "jr", "sr", "prof", "rev", "fr", "mt", "ft"}) | frozenset(
    {"jan", "feb", "apr", "aug", "sept", "oct", "nov", "dec"}
)
_SENTENCE_END = re.compile(r"[.!?…\n]")


@dataclass(frozen=True, slots=True)
class TextWord:
    """One word. A hyphen parts words (``thirty-four`` is two), an apostrophe does not."""

    span: Span
    text: str = field(repr=False)
    """As it stands."""
    lower: str = field(repr=False)
    """Lower case, straight apostrophes."""
    gap: str = field(repr=False)
    """What stands between this word and the one before (spaces, punctuation); for the first, what leads."""
    opens: bool
    """Whether it opens a sentence: the first word, or the first after a full stop."""
    bare: str = field(repr=False)
    """Lower case without a possessive ending."""

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital."""
        return self.text[0].isupper()

    @property
    def bare_span(self) -> Span:
        """Its place without a possessive ending."""
        return Span(self.span.start, self.span.start + len(self.bare))

    @property
    def tight(self) -> bool:
        """Whether nothing but spaces or one hyphen parts it from the word before."""
        return not self.opens and self.gap.strip() in _HYPHENS


@lru_cache(maxsize=64)
def words_of(text: str) -> tuple[TextWord, ...]:
    """Return the words of ``text`` in order. Offsets are code points of ``text`` itself."""
    found: list[TextWord] = []
    at = 0
    for match in _WORD.finditer(text):
        gap = text[at : match.start()]
        word = match.group()
        if straighten(word.lower())[-2:] != "s'":  # a final apostrophe is part of the word after an s only
            word = word.rstrip(APOSTROPHES)
        end = match.start() + len(word)
        lower = word.lower()
        if len(lower) != len(word):  # a few letters grow when lower-cased; the offsets must not
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in word)
        lower = straighten(lower)
        abbreviated = (
            bool(found) and gap.startswith(".") and (found[-1].lower in _ABBREVIATIONS or len(found[-1].text) == 1)
        )
        opens = not found or bool(_SENTENCE_END.search(gap.removeprefix(".") if abbreviated else gap))
        bare = _POSSESSIVE.sub("", lower).rstrip("'") if "'" in lower else lower
        found.append(TextWord(Span(match.start(), end), word, lower, gap, opens, bare))
        at = end
    return tuple(found)


def straighten(text: str) -> str:
    """Return ``text`` with straight apostrophes, as long as it was."""
    return text.translate(_STRAIGHT)


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text, because a lexicon reads best so."""
    return frozenset(text.split())


def fold(word: str) -> str:
    """Return ``word`` in lower case without accents, apostrophes or hyphens, for comparing names."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    return "".join(c for c in plain.translate(_LETTERS) if c.isalnum() or c == " ")


_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "\u0131": "i", "þ": "th", "ð": "d"}
)


def span_of(words: tuple[TextWord, ...], first: int, last: int) -> Span:
    """Return the span from word ``first`` to word ``last`` (inclusive), a final possessive ending left out."""
    return Span(words[first].span.start, words[last].bare_span.end)
