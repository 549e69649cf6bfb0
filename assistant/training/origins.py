"""Where a name may come from: by the lists that have it, by the letters it is written with, and by runs of them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING

from assistant.training.invented import ENGLISH, FALLBACK, origins
from assistant.training.spelling import Spellings
from assistant.training.words import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEGAL = frozenset({"is"})
"""Their given names are all that the law allows, from everywhere: to be on the list tells nothing."""
_FOUND_IN_LISTS = 3.0
"""How much more it tells that a list has a name than that its letters are like those of the list's names."""
_HALF = 0.5
_LONG_LIST = 600
"""A list longer than that takes in what is said elsewhere: to be on it tells less."""


@lru_cache(maxsize=1)
def _where() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    given: dict[str, list[str]] = {}
    family: dict[str, list[str]] = {}
    for origin, names in origins().items():
        mine = frozenset() if origin in _LEGAL else names.either
        for index, listed in ((given, mine), (family, names.family)):
            for name in listed:
                places = index.setdefault(key_of(name), [])
                if origin not in places:
                    places.append(origin)
    return {k: tuple(v) for k, v in given.items()}, {k: tuple(v) for k, v in family.items()}


@lru_cache(maxsize=1)
def _letters() -> tuple[Spellings, Spellings]:
    lists = origins().items()
    return (
        Spellings({origin: [key_of(n) for n in names.either] for origin, names in lists}),
        Spellings({origin: [key_of(n) for n in names.family] for origin, names in lists}),
    )


_WRITTEN = {
    "łżąęśźćńŁŻŚŹĆ": "pl",
    "řěůŘ": "cz",
    "őű": "hu",
    "ğışİĞŞ": "tr",
    "ơưăđƠƯĂĐấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựạảỏịỉụủỳỷỹỵ": "vn",
    "ṣṢẹọẸỌ": "ng",
    "ñÑ": "es",
    "ãõÃÕ": "pt",
    "åøÅØ": "se",
    "ðþÐÞ": "is",
    "țșȚȘ": "ro",
    "ßẞ": "de",
}
"""Letters that one language's names have and most others' do not; the first row that fits is taken."""
_WRITTEN_SO = 3.0


def written_in(name: str) -> str | None:
    """Return the origin whose own letters a name is written with, where it is."""
    composed = unicodedata.normalize("NFC", name)
    return next((origin for letters, origin in _WRITTEN.items() if set(letters) & set(composed)), None)


def origin_of(given: str, family: str = "", written: str = "") -> str:
    """Return where a name may come from.

    An origin that lists its words, the rarer one weighing more; where none does or several do, one whose names are
    written like it; else the fallback.

    Args:
        given: Folded.
        family: Folded; may be empty.
        written: The name as it stands, with its marks.
    """
    scores: dict[str, float] = {}
    hint = written_in(written)
    if hint is not None:
        scores[hint] = _WRITTEN_SO
    for which, key, weight in ((0, given, 1.0), (1, family, 1.5)):
        if not key:
            continue
        like = _letters()[which].like(key)
        places = _telling(_where()[which].get(key, ()), like, given=not which)
        for place in places:
            listed = origins()[place]
            much = sqrt(_LONG_LIST / max(_LONG_LIST, len(listed.family if which else listed.either)))
            scores[place] = scores.get(place, 0.0) + _FOUND_IN_LISTS * weight * much / sqrt(len(places))
        for place, much in like.items():
            scores[place] = scores.get(place, 0.0) + weight * much
    order = list(origins())
    best = max(scores, key=lambda o: (round(scores[o], 6), -order.index(o)), default=FALLBACK)
    return best if scores.get(best, 0.0) > _LEAST_SURE else FALLBACK


_LEAST_SURE = 0.75
"""Below it the letters of a name tell nothing."""


def _telling(places: tuple[str, ...], like: Mapping[str, float], *, given: bool) -> tuple[str, ...]:
    """Return those places of a name that tell something.

    English given names are worn everywhere: of one that is English it only tells that. Family names of everywhere are
    worn in English-speaking countries: of one that is written like another language's it tells that.
    """
    english = tuple(p for p in places if p in ENGLISH)
    other = tuple(p for p in places if p not in ENGLISH)
    if not english or not other:
        return places
    if given:
        return english
    best = max(like, key=lambda origin: like[origin], default=FALLBACK)
    return other if best in other and like[best] >= _HALF else places


def letters_like(word: str) -> tuple[str, float]:
    """Return the origin whose family names a folded word is written like, and how surely, from 0 to 1."""
    shares = _letters()[1].like(word)
    best = max(shares, key=lambda origin: shares[origin], default=FALLBACK)
    return best, shares.get(best, 0.0)


def is_given(name: str) -> bool:
    """Whether a folded word is listed as a given name anywhere."""
    return name in _where()[0]


def is_family(name: str, origin: str | None = None) -> bool:
    """Whether a folded word is listed as a family name, anywhere or in one origin."""
    at = _where()[1].get(name, ())
    return bool(at) if origin is None else origin in at
