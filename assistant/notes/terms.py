"""Uncommon words that another said first: the reader may have them from there ("the zebra lamp story")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Severity
from assistant.notes.lexicon import is_ordinary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.domain import GateFinding
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage

SHORTEST_TERM = 4

SELDOM = 6_000
"""Rank from which a word of the dictionary is so seldom that using it after another is worth a look."""


def check_terms(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find uncommon words that somebody else said before the reader did.

    A word outside the dictionary is refused; one that is in it, but seldom used, is for review. Exempt is what was
    told of the reader from the start, by whomever ("how is the trazodone, Walter?").
    """
    mine, theirs = index.own_first, index.other_first
    for word in dict.fromkeys(t.plain for t in passage.tokens if not t.bracketed):
        if (
            len(word) < SHORTEST_TERM
            or word not in theirs
            or is_ordinary(word, SELDOM)
            or word in index.own_names.words
        ):
            continue
        place, whose = theirs[word]
        if word in mine and min(mine[word], index.own_fact_words.get(word, mine[word])) > place:
            yield passage.finding(
                "term first said by another", whose, Severity.REVIEW if is_ordinary(word) else Severity.REFUSE
            )
