"""Runs of attributed words, joined into utterances.

A turn of audio ends at any half-second of silence and at twelve seconds, so a sentence is often cut. The language
rules need the whole of what one person said: neighbouring runs of one speaker become one utterance while the pause
between them is short. A few contested words between two runs of one speaker stay inside, owned by nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import (
    SAMPLE_RATE,
    Attribution,
    Utterance,
    UtteranceId,
    UtteranceStatus,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_PAUSE = int(1.5 * SAMPLE_RATE)
"""Samples of silence after which the same speaker begins a new utterance: about the pause between two thoughts."""

MOST_WORDS = 80
"""An utterance ends at the next sentence end past this many words: a parse of more costs more than it tells."""

MOST_CONTESTED = 4
"""Contested words that may lie inside an utterance: a backchannel has at most about four."""

SENTENCE_END = (".", "?", "!", "…")


@dataclass(frozen=True, slots=True)
class AttributedRun:
    """Neighbouring words of one speaker, or of nobody."""

    words: tuple[Word, ...] = field(repr=False)
    attribution: Attribution
    suspicions: tuple[str, ...] = ()

    @property
    def whose(self) -> tuple[str | None, str | None]:
        """Person and anonymous voice: two runs belong together when both are equal."""
        return (self.attribution.person, self.attribution.voice)

    @property
    def is_anybodys(self) -> bool:
        """Whether a person or at least a voice is known."""
        return self.whose != (None, None)


def join_runs(runs: tuple[AttributedRun, ...]) -> tuple[Utterance, ...]:
    """Return the utterances that the runs make, numbered from 1 in order of time."""
    return tuple(utterance_of(number, group) for number, group in enumerate(grouped(runs), start=1))


def grouped(runs: Sequence[AttributedRun]) -> list[list[AttributedRun]]:
    """Return the runs of each utterance, in order of time. Only the last two groups can change when runs follow."""
    groups: list[list[AttributedRun]] = []
    for index, run in enumerate(runs):
        if not run.words:
            continue
        if groups and _belongs(groups[-1], run, runs[index + 1] if index + 1 < len(runs) else None):
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _belongs(group: list[AttributedRun], run: AttributedRun, after: AttributedRun | None) -> bool:
    first, last = group[0], group[-1]
    if bool(first.suspicions) != bool(run.suspicions):
        return False
    if run.words[0].start - last.words[-1].end > LONGEST_PAUSE:
        return False
    count = sum(len(r.words) for r in group)
    if count >= MOST_WORDS and last.words[-1].text.endswith(SENTENCE_END):
        return False
    if not first.is_anybodys:
        return not run.is_anybodys
    if run.is_anybodys:
        return run.whose == first.whose
    return (
        len(run.words) <= MOST_CONTESTED
        and after is not None
        and bool(after.words)
        and after.whose == first.whose
        and bool(after.suspicions) == bool(first.suspicions)
        and after.words[0].start - run.words[-1].end <= LONGEST_PAUSE
    )


def utterance_of(number: int, group: Sequence[AttributedRun]) -> Utterance:
    """Return the utterance that a group of runs makes."""
    words = tuple(word for run in group for word in run.words)
    attributions = [run.attribution for run in group if run.whose == group[0].whose]
    # The weakest run decides how sure the whole is: a chain is as strong as that.
    attribution = min(attributions, key=lambda a: (a.margin, a.score))
    suspicions = tuple(sorted({sign for run in group for sign in run.suspicions}))
    return Utterance(
        id=UtteranceId(f"u{number}"),
        number=number,
        start=words[0].start,
        end=words[-1].end,
        text=" ".join(word.text for word in words),
        words=words,
        attribution=attribution,
        status=UtteranceStatus.SUSPECT if suspicions else UtteranceStatus.CLEAR,
        suspicions=suspicions,
    )
