"""Words that are not the reader's: runs that another said, single words that only another used, broken evidence.

Everything quoted in a note must come from what the reader said, or be a placeholder. So no list of rare words is
needed: whatever the reader did not say and another did is another's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Severity, UtteranceStatus
from assistant.notes.figures import placed_figures
from assistant.notes.heard import ECHO, ECHO_CONTENT, RUN, RUN_CONTENT, runs
from assistant.notes.lexicon import BANDS, FILLERS, PLACEHOLDERS, RELATIONS, carries_content, stem, word_list
from assistant.notes.passages import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.domain import GateFinding, PersonId
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage


REPORTING = frozenset(
    word_list(
        """member reported reports said says described describes stated states explained explains felt feels talked
        talks spoke speaks shared shares expressed expresses noted notes mentioned mentions added adds"""
    )
)
"""Words that a model may add when it puts the member's own words into prose."""


def check_runs(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find a run of words that another said and the reader did not."""
    for run in runs(_spoken(passage), RUN, RUN_CONTENT):
        if run in index.other_runs and run not in index.own_runs:
            yield passage.finding("words of another", index.other_runs[run][1])


def check_echo(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find a long run that the reader said after another had said it."""
    for run in runs(_spoken(passage), ECHO, ECHO_CONTENT):
        place, whose = index.other_runs.get(run, (1 << 62, None))
        if index.own_runs.get(run, -1) > place:
            yield passage.finding("repeated after another", whose)


def check_sources(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find a word that does not come from the reader's speech at the place that the line gives as its evidence."""
    if passage.kind is not PassageKind.SPEECH or not index.context.utterances:
        return
    evidence = index.own_at.keys() if passage.evidence is None else passage.evidence
    said = frozenset[str]().union(*(index.own_at.get(u, frozenset()) for u in evidence))
    stems = frozenset[str]().union(*(index.own_stems_at.get(u, frozenset()) for u in evidence))
    for word, at in placed_figures(passage.tokens):
        token = passage.tokens[at]
        if not carries_content(word) or word in said or stem(word) in stems:
            continue
        if word in (PLACEHOLDERS if token.bracketed else BANDS):
            continue
        if token.plain in said or (word in RELATIONS and word in index.own_first):
            continue
        if passage.reworded and word in REPORTING:
            continue
        if token.plain in index.other_first:
            yield passage.finding("word of another", index.other_first[token.plain][1])
        else:
            yield passage.finding("word nobody said", None, Severity.REVIEW)


def check_evidence(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find a line without evidence, or one whose evidence is not clear speech of the reader's."""
    if passage.kind is PassageKind.UNSOURCED:
        yield passage.finding("no evidence")
    for evidence in passage.evidence or ():
        utterance = index.by_id.get(evidence)
        if utterance is None or not index.own_at.get(evidence) or utterance.status is not UtteranceStatus.CLEAR:
            whose: PersonId | None = None if utterance is None else utterance.speaker
            yield passage.finding("evidence is not the reader's", whose if whose != index.reader else None)


def _spoken(passage: Passage) -> tuple[str, ...]:
    """Return the words of a line as a stretch; a placeholder becomes a word that nobody says."""
    return tuple("[]" if t.bracketed else t.plain for t in passage.tokens if t.plain not in FILLERS)
