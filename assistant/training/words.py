"""The words of a text as this room reads them. It repeats a little of ``privacy``, its sibling, on purpose."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

import jellyfish
from rapidfuzz.distance import DamerauLevenshtein

from assistant.domain import Span


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text, because a lexicon reads best so."""
    return frozenset(text.split())


_WORD = re.compile(r"[^\W_]+(?:['\u2019\u02bc][^\W_]+)*")
_POSSESSIVE = re.compile(r"(?:['\u2019\u02bc]s|(?<=s)['\u2019\u02bc])$", re.IGNORECASE)
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "e"}
    | {"\u0131": "i", "\u02bb": ""}
)
_SPELLED = re.compile(r"^[^\W\d_](?:[\s,.\-]+[^\W\d_]){1,}\.?$")
_TITLES = word_set("""
    dr doctor mr mister mrs ms miss mx prof professor rev reverend sister father pastor saint st captain sergeant
    lieutenant colonel corporal sgt capt lt cpl petty commander admiral officer detective nurse coach uncle aunt
    auntie mama papa bibi tia tio abuela abuelo
    senor senora hajji sheikh
    """)
PARTICLES = word_set("the and de da do dos du di von van der den della del la le y e bin ibn al el ap ab ter ten")
"""Little words inside a name."""
_SHORTEST_HEARD = 4
_LONG = 7
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Said:
    """One word of a text."""

    span: Span
    text: str = field(repr=False)
    key: str = field(repr=False)
    """Folded, without a possessive ending."""
    opens: bool
    """Whether it opens a sentence."""

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital."""
        return self.text[:1].isupper()


@lru_cache(maxsize=4096)
def said_in(text: str) -> tuple[Said, ...]:
    """Return the words of ``text``; a hyphen parts words."""
    found: list[Said] = []
    at = 0
    for match in _WORD.finditer(text):
        gap = text[at : match.start()]
        opens = not found or any(c in ".!?…\u2014\n" for c in gap)
        found.append(Said(Span(match.start(), match.end()), match.group(), key_of(match.group()), opens))
        at = match.end()
    return tuple(found)


def forget() -> None:
    """Keep no text that was read."""
    said_in.cache_clear()
    _sound.cache_clear()
    spelling_of.cache_clear()


def plain(text: str) -> str:
    """Return ``text`` without accents and with straight apostrophes, in its own case."""
    open_ = unicodedata.normalize("NFKD", text.translate(_LETTERS)).replace("\u2019", "'").replace("\u02bc", "'")
    return "".join(c for c in open_ if not unicodedata.combining(c))


def key_of(word: str) -> str:
    """Return a word as names are compared: lower case, no accent, no possessive, no marks."""
    return "".join(c for c in plain(_POSSESSIVE.sub("", word.lower())) if c.isalnum())


def keys_of(text: str) -> tuple[str, ...]:
    """Return the keys of all words of ``text``."""
    return tuple(word.key for word in said_in(text) if word.key)


def name_keys(text: str) -> tuple[str, ...]:
    """Return the keys of a name, without titles and articles that lead it."""
    keys = keys_of(text)
    while len(keys) > 1 and (keys[0] in _TITLES or keys[0] in {"the", "my", "our", "a", "an"}):
        keys = keys[1:]
    return keys


def form_key(text: str) -> str:
    """Return a form as ``StandIn.forms`` keeps it: folded words with spaces between."""
    return " ".join(keys_of(text))


def letters_of(text: str) -> str | None:
    """Return the letters of something spelled out ("K, O, W"), folded; None where it is not spelled."""
    return key_of(re.sub(r"[^\w]+", "", text)) if _SPELLED.match(text.strip()) else None


def spelled_once(letters: str) -> str:
    """Return what was spelled, where it was spelled several times over: "annann" is "ann"."""
    for length in range(2, len(letters) // 2 + 1):
        if len(letters) % length == 0 and letters[:length] * (len(letters) // length) == letters:
            return letters[:length]
    return letters


_VARIANTS = (("ph", "f"), ("ck", "k"), ("kh", "k"), ("c", "k"), ("q", "k"), ("y", "i"), ("j", "i"), ("z", "s"),
             ("v", "f"), ("w", "v"), ("h", ""))  # fmt: skip


@lru_cache(maxsize=8192)
def spelling_of(key: str) -> str:
    """Return a folded name without what is only another way to write it: "Katherine" and "Catharyn" end alike."""
    for one, other in _VARIANTS:
        key = key.replace(one, other)
    bare = "".join(c for at, c in enumerate(key) if at == 0 or c != key[at - 1])
    return bare[:-1] if bare.endswith("e") and len(bare) > _SHORTEST_HEARD else bare


@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    return jellyfish.metaphone(word).translate(str.maketrans("BDGVZ", "PTKFS"))


def sounds_like(one: str, two: str) -> bool:
    """Whether two folded names may be the same one misheard: the same consonants, or a slip of a letter or two."""
    if one == two:
        return True
    if min(len(one), len(two)) < _SHORTEST_HEARD:
        return False
    slack = 2 if min(len(one), len(two)) >= _LONG else 1
    near = DamerauLevenshtein.distance(one, two, score_cutoff=slack) <= slack and _sound(one)[:1] == _sound(two)[:1]
    same = len(_sound(one)) > 1 and _sound(one) == _sound(two)
    return near or (same and DamerauLevenshtein.normalized_similarity(one, two) >= _ALIKE)
