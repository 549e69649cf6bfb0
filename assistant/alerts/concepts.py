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

_WORDS = _TABLES["words"]
_EMPTY = frozenset(_WORDS["empty"])
_KINDS = {
    **{word: f"kin:{_WORDS['same_kin'].get(word, word)}" for word in _WORDS["kin"]},
    **{word: f"time:{word}" for word in _WORDS["seasons"]},
    **{word: f"number:{word}" for word in _WORDS["numbers"]},
    **{word: f"month:{word}" for word in (*_WORDS["months"], "march")},
}
"""Words that say little by themselves, and a good deal beside another shared word."""
_COMMON = frozenset(f"group:{name}" for name in _WORDS["common"])
_YEAR = re.compile(r"(?:19|20)\d\d")
_SUFFIX = re.compile(r"(?:ations?|ments?|ings?|ies|ied|ers?|ed|es|s|y|e)$")
_SHORTEST = 4
_CAPITALISED = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")

SPECIFIC, PLAIN = 2, 1
"""What sharing a concept is worth."""


def concepts(text: str) -> frozenset[str]:
    """Return what a text is about: concept groups, kin, months, seasons, numbers, and stems of its other content words.

    Times of day and everyday verbs say nothing by themselves and are left out.
    """
    words = plain(text)
    found = {f"group:{name}" for name, pattern in _COMPILED.items() if pattern.search(words)}
    for word in pattern_sub(words):
        bare = word.removesuffix("'s").strip("'")
        kind = _KINDS.get(bare)
        if kind is not None:
            found.add(kind)
        elif _YEAR.fullmatch(bare):
            found.add(f"year:{bare}")
        elif bare not in _EMPTY and len(bare) >= _SHORTEST and "'" not in bare:
            found.add(f"stem:{stem(bare)}")
    return frozenset(found)


def proper_names(text: str) -> frozenset[str]:
    """Return the concepts of a written fact that are names in it: a place, an employer, somebody outside."""
    names = (m[0].lower() for m in _CAPITALISED.finditer(text))
    return frozenset(f"stem:{stem(name)}" for name in names if name not in _KINDS and name not in _EMPTY)


def worth(concept: str, names: frozenset[str], heard: frozenset[str]) -> int:
    """Return what sharing a concept with a fact is worth.

    Args:
        concept: As ``concepts`` gives it.
        names: The fact's ``proper_names``.
        heard: What others have spoken of tonight; a subject of the evening is no sign of a particular fact.
    """
    specific = concept in names or (concept.startswith("group:") and concept not in _COMMON)
    return SPECIFIC if specific and concept not in heard else PLAIN


def pattern_sub(words: str) -> list[str]:
    """Return the words that no concept group has taken."""
    for pattern in _COMPILED.values():
        words = pattern.sub(" ", words)
    return words.split()


def stem(word: str) -> str:
    """Return a word without its commonest endings, at least four letters of it."""
    shorter = _SUFFIX.sub("", word)
    return shorter if len(shorter) >= _SHORTEST else word
