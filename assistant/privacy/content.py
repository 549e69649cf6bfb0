"""Whether a clause records anything, and whether it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.privacy import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Span
    from assistant.privacy.reading import Clause, Reading

ENOUGH: Final = 2
"""Content words that must be left for a masked clause about an outsider to be worth reading."""

_CONTENT_POS: Final = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_QUESTION_WORDS: Final = frozenset("who what where when why how which whose".split())  # noqa: SIM905 - a word list reads better as text


def records_something(reading: Reading, clause: Clause) -> bool:
    """Whether a clause holds a fact, or a word that is more than courtesy and assent."""
    if any(d.span.overlaps(clause.span) for d in reading.findings.disclosures):
        return True
    return words_left(reading, clause, ()) > 0


def words_left(reading: Reading, clause: Clause, masked: Sequence[Span]) -> int:
    """Return how many content words a clause has outside what is masked."""
    return sum(
        t.pos in _CONTENT_POS
        and t.lower not in v.EMPTY
        and t.lemma.lower() not in v.EMPTY
        and not any(m.overlaps(t.span) for m in masked)
        for t in reading.parse.within(clause.span)
    )


def asks(reading: Reading, clause: Clause) -> bool:
    """Whether a clause is a question."""
    text = clause.span.of(reading.utterance.text).rstrip()
    tokens = [t for t in reading.parse.within(clause.span) if t.pos not in {"PUNCT", "INTJ", "CCONJ"}]
    tells_first = bool(tokens) and tokens[0].pos != "AUX" and clause.why == "first-person-subject"
    if text.endswith("?") and not tells_first:
        return True
    if len(tokens) < 2:  # noqa: PLR2004 - one word asks nothing without its mark
        return False
    inverted = tokens[0].pos == "AUX" and tokens[1].dep in v.SUBJECTS
    return inverted or (tokens[0].lower in _QUESTION_WORDS and tokens[1].pos == "AUX")
