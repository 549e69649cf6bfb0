"""Clauses that lost a part to a change of voice: the words right before or after them belong to nobody for sure.

Attribution leaves a guard band around every change of voice, as an utterance of an unknown speaker. What stands beside
such a band was cut in the middle of a sentence, so its first or last clause may say the opposite of what was said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.domain import samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.reading import Clause, Reading

CLOSE: Final = samples(0.6)
"""Samples between two words of one breath, at most."""
_ENDS: Final = (".", "!", "?")


def torn(readings: Sequence[Reading]) -> list[frozenset[Clause]]:
    """Return for each reading the clauses at its edges that an utterance of nobody's touches.

    Only heard words are judged: without times nothing is known of what was lost between two utterances. A band that
    ends a sentence tears nothing off what follows.
    """
    out: list[frozenset[Clause]] = []
    for i, reading in enumerate(readings):
        before = readings[i - 1] if i else None
        after = readings[i + 1] if i + 1 < len(readings) else None
        edges: set[Clause] = set()
        if before is not None and before.utterance.speaker is None and _runs_on(before, reading):
            edges.update(reading.clauses[:1])
        if after is not None and after.utterance.speaker is None and _runs_on(reading, after):
            edges.update(reading.clauses[-1:])
        out.append(frozenset(edges))
    return out


def _runs_on(first: Reading, second: Reading) -> bool:
    """Whether the words of one utterance follow those of another without a breath or the end of a sentence."""
    heard, then = first.utterance.words, second.utterance.words
    if not heard or not then or heard[-1].end <= heard[0].start or first.utterance.text.rstrip().endswith(_ENDS):
        return False
    return then[0].start - heard[-1].end < CLOSE
