"""Requests not to write something down ("off the record", "keep this between us")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import UtteranceId
    from assistant.privacy.reading import Reading

_REQUEST: Final = re.compile(
    r"\b(?:(?:do not|don't|dont|never|please don't|rather you didn't|not) (?:you )?(?:write|put|record|note|type|log|"
    r"take) (?:that|this|it|any of (?:that|this|it))\b(?: (?:down|in|on))?"
    r"|(?:do not|don't|dont) (?:write|put|note|take) (?:\w+ ){0,3}down\b"
    r"|off the record|not for the (?:record|notes?|file|chart)"
    r"|(?:keep|leave|stays?|keeping|leaving) (?:this|that|it|\w+)? ?(?:just )?(?:between (?:us|you and me|these walls)|"
    r"out of (?:the|my|your) (?:\w+ )?(?:notes?|record|records|file|chart)|in (?:this|the) room|in here)"
    r"|strike that|scratch that|forget i said (?:that|it|anything)|"
    r"(?:this|that|it) (?:doesn't|does not|shouldn't|can't|cannot|must not) (?:leave|go (?:in|into|on|down|outside))\b"
    r"|nobody (?:else )?(?:can|should|must) know)",
    re.IGNORECASE,
)

_BETWEEN: Final = re.compile(r"\bbetween (?:you and me|us)\b", re.IGNORECASE)
_KEEP: Final = re.compile(r"\b(?:keep|kept|stay|stays|leave|secret|private|please)\b", re.IGNORECASE)
_STANDS_BETWEEN: Final = frozenset("come get stand lie pass".split())  # noqa: SIM905 - a word list reads better as text
"""Verbs of what is, and not of what is said, between people."""
_BACK: Final = re.compile(r"\b(?:that|it)\b", re.IGNORECASE)
_OWN_WORDS: Final = 8
"""Words beside the request from which on "that" is taken to mean the same utterance."""


def _between(reading: Reading, text: str) -> re.Match[str] | None:
    """Return a "between us" that asks for silence, not one that says what stands between two people.

    "The only thing between us", "the distance between us" and "it came between us" ask nothing.
    """
    for match in _BETWEEN.finditer(text):
        before = [t for t in reading.parse.tokens if t.span.end <= match.start()][-1:]
        if any(t.pos == "NOUN" or t.lemma.lower() in _STANDS_BETWEEN for t in before) and not _KEEP.search(text):
            continue
        return match
    return None


def not_to_be_written(readings: Sequence[Reading]) -> frozenset[UtteranceId]:
    """Return the utterances that a speaker asked to keep unwritten.

    The request covers its own utterance. Recognition cuts a long speech in pieces, so a bare "don't write that down"
    also covers what the same speaker said just before, and "this is off the record" what follows without a break.
    """
    out: set[UtteranceId] = set()
    for i, reading in enumerate(readings):
        text = reading.utterance.text.replace("\u2019", "'")
        request = _REQUEST.search(text) or _between(reading, text)
        if request is None:
            continue
        out.add(reading.utterance.id)
        back = bool(_BACK.search(request.group()))
        beside = len(text.split()) - len(request.group().split())
        near = {i - 1} if back and beside < _OWN_WORDS else set() if back else {i - 1, i + 1}
        out |= {
            readings[j].utterance.id
            for j in near
            if 0 <= j < len(readings) and readings[j].utterance.speaker == reading.utterance.speaker
        }
    return frozenset(out)
