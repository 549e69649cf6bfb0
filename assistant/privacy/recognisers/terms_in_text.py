"""Terms of a word list found among the plain words of an utterance."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from assistant.privacy.recognisers.lexicon import terms
from assistant.privacy.recognisers.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 5


@cache
def plain_terms(name: str) -> frozenset[str]:
    """Return a word list as plain words ("tourette's" is ``tourette s``)."""
    return frozenset(Phrases.of(term).text for term in terms(name))


def find_terms(phrases: Phrases, wanted: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (first word, one past the last word, term), the longest term at each place, none overlapping."""
    at = 0
    while at < len(phrases.words):
        for n in range(min(_LONGEST, len(phrases.words) - at), 0, -1):
            text = phrases.between(at, at + n)
            term = text if text in wanted else text.removesuffix("s") if text.removesuffix("s") in wanted else None
            if term is not None and len(text) > 1:
                yield at, at + n, term
                at += n
                break
        else:
            at += 1
