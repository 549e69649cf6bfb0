"""What a fact is about, as a set of concepts, so that other words for the same thing are recognised.

"was hospitalised for alcohol in January" and "your hospital stay in January and the drinking" share three concepts.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from assistant.alerts.words import any_of, plain

_TABLES = tomllib.loads((Path(__file__).parent / "concepts.toml").read_text(encoding="utf-8"))
_COMPILED = {name: any_of(*patterns) for name, patterns in _TABLES["concepts"].items()}

_MONTHS = frozenset(_TABLES["words"]["months"])
_EMPTY = frozenset(_TABLES["words"]["empty"])
_SUFFIX = re.compile(r"(?:ations?|ments?|ings?|ies|ied|ers?|ed|es|s|y|e)$")
_SHORTEST = 4


def concepts(text: str) -> frozenset[str]:
    """Return what a text is about: names of concept groups, months and years, and the stems of its other content words.

    Kin words, times of day and everyday verbs say nothing by themselves and are left out.
    """
    words = plain(text)
    found = {f"group:{name}" for name, pattern in _COMPILED.items() if pattern.search(words)}
    covered = " ".join(pattern_sub(words))
    for word in covered.split():
        bare = word.removesuffix("'s").strip("'")
        if bare in _MONTHS or (bare == "march"):
            found.add(f"month:{bare}")
        elif re.fullmatch(r"(?:19|20)\d\d", bare):
            found.add(f"year:{bare}")
        elif bare not in _EMPTY and len(bare) >= _SHORTEST and "'" not in bare:
            found.add(f"stem:{stem(bare)}")
    return frozenset(found)


def pattern_sub(words: str) -> list[str]:
    """Return the words that no concept group has taken."""
    for pattern in _COMPILED.values():
        words = pattern.sub(" ", words)
    return words.split()


def stem(word: str) -> str:
    """Return a word without its commonest endings, at least four letters of it."""
    shorter = _SUFFIX.sub("", word)
    return shorter if len(shorter) >= _SHORTEST else word
