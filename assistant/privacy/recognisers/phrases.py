"""An utterance as plain spoken words, so that one phrase rule fits every way of writing it down.

Recognised speech comes with or without case, punctuation and apostrophes, with fillers and with stutters. The phrase
rules are written once, over lower-case words with contractions spelled out (``i do not want``), and every match is
carried back to offsets in the original text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import Span
from assistant.privacy.recognisers.lexicon import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.?!;:…—–]+(?=\s|$|[\"'”’)])|[…—–]|,")  # noqa: RUF001 - typographic marks occur in text

STOP = "."
"""The word that stands for the end of a sentence."""

_FILLERS = word_list("spoken", "fillers")
_STUTTERED = word_list("spoken", "stuttered")
_TWO_WORDS = {
    "wanna": ("want", "to"),
    "gonna": ("going", "to"),
    "gotta": ("got", "to"),
    "cannot": ("can", "not"),
    "lemme": ("let", "me"),
    "dunno": ("do", "not", "know"),
    "won't": ("will", "not"),
    "wont": ("will", "not"),
    "can't": ("can", "not"),
    "cant": ("can", "not"),
    "ain't": ("is", "not"),
    "aint": ("is", "not"),
    "let's": ("let", "us"),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "youre": ("you", "are"),
    "youve": ("you", "have"),
    "youll": ("you", "will"),
    "theyre": ("they", "are"),
    "theyve": ("they", "have"),
    "theyll": ("they", "will"),
    "weve": ("we", "have"),
    "hes": ("he", "is"),
    "shes": ("she", "is"),
    "thats": ("that", "is"),
    "theres": ("there", "is"),
    "whats": ("what", "is"),
    "hed": ("he", "would"),
    "theyd": ("they", "would"),
    "itll": ("it", "will"),
    "somebodys": ("somebody", "is"),
    "someones": ("someone", "is"),
}
_BARE_NOT = word_list("spoken", "bare_not")
_ENDINGS = {"ve": "have", "re": "are", "ll": "will", "d": "would", "m": "am"}
_IS_AFTER = word_list("spoken", "is_after")
# "id" and "ill" without their apostrophe are words of their own after these.
_KEEPS_ID = word_list("spoken", "keeps_id")
_KEEPS_ILL = word_list("spoken", "keeps_ill")
_FOLLOWS_WOULD = word_list("spoken", "follows_would")
_NEXT = re.compile(r"\s+([^\W_]+)")


@dataclass(frozen=True, slots=True)
class PlainWord:
    """One normalised word and the place in the original text that it came from."""

    text: str = field(repr=False)
    span: Span
    after_comma: bool = False
    """Whether a comma stands before it."""


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A rule's match, in words and in the original text."""

    span: Span
    """Offsets into the original text."""
    first: int
    """Index of the first matched word."""
    last: int
    """One past the last matched word."""
    head: int
    """Index of the word from which the fact is asserted: cues are looked for before it."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The plain words of one utterance."""

    words: tuple[PlainWord, ...] = field(repr=False)
    text: str = field(repr=False)
    """The words joined by single spaces."""
    starts: tuple[int, ...] = field(repr=False)
    """Where each word begins in ``text``."""

    @classmethod
    def of(cls, original: str) -> Phrases:
        """Return the plain words of ``original``; offsets stay those of ``original``."""
        words = tuple(_without_stutters(_plain(original)))
        starts: list[int] = []
        at = 0
        for word in words:
            starts.append(at)
            at += len(word.text) + 1
        return cls(words, " ".join(w.text for w in words), tuple(starts))

    def index(self, at: int) -> int:
        """Return the index of the word at a position in ``text``."""
        return max(0, bisect_right(self.starts, at) - 1)

    def span(self, first: int, last: int) -> Span:
        """Return the original span of the words ``first`` up to but not including ``last``."""
        return Span(self.words[first].span.start, self.words[last - 1].span.end)

    def find(self, pattern: re.Pattern[str]) -> Iterator[PhraseMatch]:
        """Yield the matches of a pattern.

        A group named ``span`` narrows what is marked; a group named ``head`` says where the assertion begins.
        """
        names = pattern.groupindex
        for match in pattern.finditer(self.text):
            start, end = match.span("span" if "span" in names and match["span"] else 0)
            first, last = self.index(start), self.index(max(start, end - 1)) + 1
            head = self.index(match.start("head")) if "head" in names and match.start("head") >= 0 else first
            if match.end() > match.start():
                yield PhraseMatch(self.span(first, last), first, last, head)

    def sentence(self, index: int) -> tuple[int, int]:
        """Return the half-open range of words in the same sentence as the word at ``index``."""
        first = index
        while first > 0 and self.words[first - 1].text != STOP:
            first -= 1
        last = index
        while last < len(self.words) and self.words[last].text != STOP:
            last += 1
        return first, last

    def between(self, first: int, last: int) -> str:
        """Return the words of a half-open range, joined."""
        return " ".join(w.text for w in self.words[max(0, first) : max(0, last)])


def _plain(original: str) -> Iterator[PlainWord]:
    previous = ""
    comma = False
    for piece in _PIECE.finditer(original):
        lower = piece[0].lower().replace("’", "'")  # noqa: RUF001 - the typographic apostrophe
        span = Span(piece.start(), piece.end())
        if lower == ",":
            comma = True
            continue
        if not lower[0].isalnum():
            if previous != STOP:
                yield PlainWord(STOP, span)
            previous = STOP
            comma = False
            continue
        if _is_filler(lower, previous, original, piece, comma=comma):
            continue
        for text in _expanded(lower, previous, _next_word(original, piece.end())):
            yield PlainWord(text, span, comma)
            previous = text
            comma = False


def _next_word(original: str, at: int) -> str:
    """Return the word right after a position, in lower case; empty where punctuation or the end comes first."""
    following = _NEXT.match(original, at)
    return following[1].lower() if following else ""


def _is_filler(lower: str, previous: str, original: str, piece: re.Match[str], *, comma: bool) -> bool:
    if lower == "like":  # a filler only where the writer set it off
        return comma and original[piece.end() :].lstrip()[:1] == ","
    return lower in _FILLERS and not (previous == "not" and lower in {"just", "simply", "really"})


def _expanded(lower: str, previous: str, following: str) -> tuple[str, ...]:  # noqa: PLR0911 - one return per written form
    if lower in _TWO_WORDS:
        return _TWO_WORDS[lower]
    if lower in _BARE_NOT:
        return (lower[:-2], "not")
    if lower == "id":
        return ("id",) if previous in _KEEPS_ID and following not in _FOLLOWS_WOULD else ("i", "would")
    if lower in {"hell", "shell"} and following in _FOLLOWS_WOULD:
        return (lower[:-2], "will")
    if lower == "ill":
        return ("ill",) if previous in _KEEPS_ILL else ("i", "will")
    if lower.endswith("n't"):
        return (lower[:-3], "not")
    if "'" in lower:
        stem, _, ending = lower.rpartition("'")
        stem = stem.replace("'", "")
        if ending in _ENDINGS:
            return (stem, _ENDINGS[ending])
        if ending == "s":
            return (stem, "is" if stem in _IS_AFTER else "s")
        return (stem + ending,)
    return (lower,)


def _without_stutters(words: Iterator[PlainWord]) -> list[PlainWord]:
    kept: list[PlainWord] = []
    for word in words:
        kept.append(word)
        if len(kept) > 1 and kept[-2].text == word.text and word.text in _STUTTERED:
            del kept[-2]
        for n in (2, 3):  # "i can not i can not", "with a with a"
            if len(kept) >= 2 * n:
                one, two = kept[-2 * n : -n], kept[-n:]
                if [w.text for w in one] == [w.text for w in two] and one[0].text in _STUTTERED:
                    del kept[-2 * n : -n]
    return kept
