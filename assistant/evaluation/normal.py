"""One normal form for words that are compared: gold against recognised, fact against note.

Dropped: letter case, punctuation, accents, fillers (um, uh, er, mm-hm: the recogniser leaves them out by habit).
Made equal: contractions ("I'm", "I am"), numbers in words and in digits, e-mail addresses written and spoken,
"ok" and "okay", -ise and -ize. Kept: everything else, "oh" and repeated words too. Each token keeps its offsets.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.evaluation.lexicon import FUNCTION_WORDS
from assistant.evaluation.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILLERS = frozenset({"um", "umm", "uh", "uhh", "uhm", "er", "erm", "hm", "hmm", "mm", "mmm", "mhm", "mmhm", "huh"})
"""Sounds that are not counted as words."""

_PIECE = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[a-z0-9-]{3,}\.(?:com|org|net|edu|gov|info|example|co|io)\b)"
    r"|(?P<dotted>\b(?:[^\W\d_]\.){2,})"
    r"|(?P<hum>\bm+-?hm+\b)"
    r"|(?P<number>\d[\d,]*\d|\d)(?:st|nd|rd|th)?(?![^\W\d_])"
    r"|(?P<digits>\d+)"
    r"|(?P<word>[^\W\d_]+(?:['\u2019][^\W\d_]+)*)",
    re.IGNORECASE,
)
_LONG_RUN = 3
"""Digits from which a run is a telephone number or the like, which is said in groups with a pause (comma) between."""
_IRREGULAR = {"won't": ("will", "not"), "can't": ("can", "not"), "shan't": ("shall", "not"), "let's": ("let", "us")}
_ENDINGS = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_IS_HOSTS = frozenset({"it", "he", "she", "that", "what", "there", "here", "who", "where", "how", "when", "why"})
_SAME = {
    "ok": ("okay",), "alright": ("all", "right"), "cannot": ("can", "not"), "gonna": ("going", "to"),
    "wanna": ("want", "to"), "gotta": ("got", "to"), "yep": ("yeah",), "mum": ("mom",), "mr": ("mister",),
    "grey": ("gray",), "colour": ("color",), "favourite": ("favorite",), "behaviour": ("behavior",),
    "neighbour": ("neighbor",), "honour": ("honor",), "practise": ("practice",), "counsellor": ("counselor",),
    "judgement": ("judgment",), "programme": ("program",), "centre": ("center",), "theatre": ("theater",),
}  # fmt: skip
_ISE = re.compile(r"(?<=[a-z]{4})is(e|es|ed|ing|ation)$")


@dataclass(frozen=True, slots=True)
class Token:
    """One normalised word, or one run of numbers as a string of digits."""

    text: str = field(repr=False)
    start: int
    """First code point in the source text."""
    end: int
    """One past the last code point."""
    parts: tuple[tuple[str, int, int], ...] = field(default=(), repr=False)
    """For a run of numbers: the digits of each number in it, with offsets."""

    @property
    def is_number(self) -> bool:
        """Whether the token is a run of numbers."""
        return bool(self.parts)


def tokens(text: str) -> tuple[Token, ...]:
    """Return the normalised words of a text, in order; a run of numbers is one token."""
    pieces = tuple(_pieces(text))
    words = [piece.text for piece in pieces]
    found: list[Token] = []
    at = 0
    while at < len(pieces):
        parts: list[tuple[str, int, int]] = []
        first = at
        while (number := read_number(words, at, in_run=bool(parts))) is not None:
            if parts and not _joins(parts, number.digits, text[parts[-1][2] : pieces[number.first].start]):
                break
            parts.append((number.digits, pieces[number.first].start, pieces[number.after - 1].end))
            at = number.after
        if parts:
            digits = "".join(part[0] for part in parts)
            found.append(Token(digits, pieces[first].start, parts[-1][2], tuple(parts)))
            continue
        piece = pieces[at]
        at += 1
        found.extend(Token(same, piece.start, piece.end) for same in _same(piece.text))
    return tuple(found)


def spoken(text: str) -> tuple[Token, ...]:
    """Return the normalised words of a text, a run of numbers as one token per digit.

    Word errors and alignment use this form: half a telephone number heard counts as half.
    """
    found: list[Token] = []
    for token in tokens(text):
        if token.is_number:
            found.extend(Token(digit, start, end) for digits, start, end in token.parts for digit in digits)
        else:
            found.append(token)
    return tuple(found)


def key(text: str) -> str:
    """Return the normal form of a short text as one string: equal keys, equal facts."""
    return " ".join(token.text for token in tokens(text))


def content(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that carry meaning (no articles, pronouns, auxiliaries, prepositions)."""
    return tuple(word for word in words if word not in FUNCTION_WORDS)


def _joins(parts: list[tuple[str, int, int]], digits: str, between: str) -> bool:
    """Whether a number goes on the run before it: never past a sentence or a line, past a comma only in a long one."""
    if any(mark in between for mark in ".!?;:\n"):
        return False
    so_far = sum(len(part[0]) for part in parts)
    return "," not in between or (so_far >= _LONG_RUN and (len(digits) == 1 or len(digits) >= _LONG_RUN))


def _pieces(text: str) -> Iterator[Token]:
    for match in _PIECE.finditer(text):
        kind = match.lastgroup
        if kind == "mail":
            yield from _mail(match.group(), match.start())
        elif kind == "dotted":
            yield Token(_plain(match.group().replace(".", "")), match.start(), match.end())
        elif kind in {"number", "digits"}:
            yield Token(match.group(kind).replace(",", ""), match.start(), match.end())
        elif kind == "word":
            yield from _word(match.group(), match.start())


def _mail(written: str, at: int) -> Iterator[Token]:
    spelled = {"@": "at", ".": "dot"}
    for part in re.finditer(r"[@.]|[^@.]+", written):
        where = (at + part.start(), at + part.end())
        if part.group() in spelled:
            yield Token(spelled[part.group()], *where)
        else:
            for word in re.finditer(r"[^\W\d_]+|\d+", part.group()):
                yield Token(_plain(word.group()), where[0] + word.start(), where[0] + word.end())


def _word(written: str, at: int) -> Iterator[Token]:
    lower = _plain(written)
    if lower in FILLERS and not (written.isupper() and len(written) > 1):
        return
    end = at + len(written)
    if "'" not in lower:
        yield Token(lower, at, end)
        return
    if lower in _IRREGULAR:
        for word in _IRREGULAR[lower]:
            yield Token(word, at, end)
        return
    if lower.endswith("n't"):
        yield Token(lower[:-3], at, end)
        yield Token("not", at, end)
        return
    host, _, tail = lower.rpartition("'")
    ending = f"'{tail}"
    if ending == "'s" or ending in _ENDINGS:
        middle = end - len(tail) - 1
        yield Token(host.replace("'", ""), at, middle)
        yield Token("is" if ending == "'s" and host in _IS_HOSTS else _ENDINGS.get(ending, "s"), middle, end)
        return
    yield Token(lower.replace("'", ""), at, end)


def _plain(text: str) -> str:
    """Return lower case without accents; the length may differ, so offsets are taken from the source."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'").lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _same(word: str) -> tuple[str, ...]:
    return _SAME.get(word) or (_ISE.sub(r"iz\1", word),)
