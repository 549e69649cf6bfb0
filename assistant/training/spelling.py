"""Which list of names a word is written like, by runs of letters: a plain count, trained when it is first asked."""

from __future__ import annotations

from collections import Counter
from math import exp, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_RUN = 3
_KEPT = 0.1
"""Share that is kept for runs that a list does not have, the same for a long list and a short one."""
_KINDS = 3000.0
"""Runs of letters that names may have."""
_SHARPNESS = 0.6
"""Runs that overlap tell the same thing again: each counts for less than a whole one."""


class Spellings:
    """Naive Bayes over runs of three letters; every list is as likely as the next.

    Args:
        lists: Folded names by list.
    """

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self._counts = {which: Counter(run for name in names for run in _runs(name)) for which, names in lists.items()}
        self._totals = {which: sum(counts.values()) for which, counts in self._counts.items()}

    def like(self, word: str) -> dict[str, float]:
        """Return how far a folded word is written like the names of each list; the shares sum to 1."""
        runs = list(_runs(word))
        logs = {
            which: _SHARPNESS
            * sum(log((1 - _KEPT) * counts[run] / self._totals[which] + _KEPT / _KINDS) for run in runs)
            for which, counts in self._counts.items()
            if self._totals[which]
        }
        if not logs:
            return {}
        best = max(logs.values())
        shares = {which: exp(value - best) for which, value in logs.items()}
        total = sum(shares.values())
        return {which: share / total for which, share in shares.items()}


def _runs(word: str) -> Iterator[str]:
    marked = f"^{word}$"
    return (marked[at : at + _RUN] for at in range(len(marked) - _RUN + 1))
