"""A second vote on risk and harm, by meaning: what no phrase rule words may still say the same.

A linear head (``data/risk_meaning.npz``) reads a sentence embedding and the word classes of ``concepts``. It was fitted
to the lines in ``tests/bench/meaning`` by ``tests/bench/train_meaning.py``. It speaks only where the phrase rules are
silent or unsure: a clear vote is raised like an explicit phrase, a lean one is for the side panel.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.domain import Assertion, DisclosureType, Mention, Span
from assistant.privacy.assertion import assertion_of
from assistant.privacy.recognisers.concepts import concept_features
from assistant.privacy.recognisers.idioms import idiom_spans
from assistant.privacy.recognisers.lexicon import pattern
from assistant.privacy.recognisers.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.privacy.parse import Parse

_T = DisclosureType
CLASSES = ("none", "self", "other", "child", "adult")
"""What the head tells apart, in the order of its columns."""
_SAID = {
    "self": (_T.RISK_SELF, "t2 meaning"),
    "other": (_T.RISK_OTHER, "t4 threat meaning"),
    "child": (_T.ABUSE, "child meaning"),
    "adult": (_T.ABUSE, "adult meaning"),
}
CLEAR, LEAN = 0.90, 0.74
"""Vote from which a sentence is raised at once, and from which it goes to the side panel. Over 930 sentences of eleven
sessions without those that tell of risk about 1 in 150 reach the first and 1 in 25 the second, context aside."""
_SHORTEST, _LONGEST = 4, 24
_SENTENCE = re.compile(r"[^.?!…]+(?:[.?!…]+(?=\s|$)|$|[.?!…])")
_CLAUSE = re.compile(r"(?:^|(?<=\s))(?:and|but|so|because|then)\s|(?<=[,;:—])\s", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_ACT = pattern("risk_act", "act")
_ACCESS = pattern("abuse", "access")
WEIGHTS = Path(__file__).parent.parent / "data" / "risk_meaning.npz"


class SentenceEmbedder(Protocol):
    """Turns sentences into vectors."""

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 per sentence, shape (n, width)."""
        ...


class MentionSource(Protocol):
    """A phrase recogniser whose word stands before this one's."""

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return its mentions."""
        ...


@dataclass(frozen=True, slots=True)
class _Head:
    columns: NDArray[np.int64] = field(repr=False)
    weights: NDArray[np.float32] = field(repr=False)


@cache
def _head() -> _Head:
    with np.load(WEIGHTS) as stored:
        return _Head(stored["columns"].astype(np.int64), stored["weights"].astype(np.float32))


class MeaningRecogniser:
    """RISK_SELF, RISK_OTHER and ABUSE by meaning, a sentence or clause each.

    Args:
        embedder: The sentence embedder.
        rules: The phrase recognisers of the same types; where they found something plain it stands.
    """

    name = "meaning"

    def __init__(self, embedder: SentenceEmbedder, rules: Sequence[MentionSource]) -> None:
        self._embedder = embedder
        self._rules = tuple(rules)

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return the sentences that speak of risk or harm; flags ``meaning``, and ``weak`` if lean."""
        plain = [m for rule in self._rules for m in rule.detect(parse) if "weak" not in m.reason.split()]
        spans = [s for s in units(parse.text) if not any(m.span.overlaps(s) for m in plain)]
        features = [concept_features(s.of(parse.text)) for s in spans]
        # A sentence that brings no two classes together says nothing of this kind: it costs no embedding.
        told = [(s, f) for s, f in zip(spans, features, strict=True) if np.count_nonzero(f) > 1]
        if not told:
            return ()
        votes = votes_of(self._embedder.embed([s.of(parse.text) for s, _ in told]), np.stack([f for _, f in told]))
        phrases = Phrases.of(parse.text)
        idioms = idiom_spans(phrases)
        return [
            _mention(span, vote, phrases)
            for (span, _), vote in zip(told, votes, strict=True)
            if 1 - vote[0] >= LEAN and not any(span.overlaps(i) for i in idioms)
        ]


def votes_of(embeddings: NDArray[np.float32], features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the share of each class of ``CLASSES``, shape (n, 5), from rows of embeddings and concept features."""
    head = _head()
    ones = np.ones((len(embeddings), 1), dtype=np.float32)
    scores = np.hstack([embeddings, features[:, head.columns], ones]) @ head.weights
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    normal: NDArray[np.float32] = shares / shares.sum(axis=1, keepdims=True)
    return normal


def units(text: str) -> Iterator[Span]:
    """Yield the sentences, and the parts of long ones, that are long enough to say something."""
    for sentence in _SENTENCE.finditer(text):
        yield from _parts(text, sentence.start(), sentence.end())


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    cuts = [start, *(start + m.start() for m in _CLAUSE.finditer(text[start:end]) if m.start() > 0), end]
    first = start
    for index, cut in enumerate(cuts[1:], start=1):
        last = index == len(cuts) - 1
        following = end if last else cuts[index + 1]
        if last or _length(text[first:following]) > _LONGEST:
            words = [m.span() for m in _WORD.finditer(text, first, cut)]
            if len(words) >= _SHORTEST:
                yield Span(words[0][0], words[-1][1])
            first = cut


def _length(text: str) -> int:
    return len(text.split())


def _mention(span: Span, vote: NDArray[np.float32], phrases: Phrases) -> Mention:
    kind, reason = _SAID[CLASSES[1 + int(vote[1:].argmax())]]
    share = float(1 - vote[0])
    assertion = _assertion(phrases, span, experiencer=kind is _T.RISK_SELF)
    weak = share < CLEAR or assertion is Assertion.NEGATED
    if assertion is Assertion.NEGATED:  # the head has read the denial already: what is left is for the side panel
        assertion = Assertion.AFFIRMED
    access = " access" if kind is _T.ABUSE and _ACCESS.search(phrases.text) else ""
    flags = " weak" if weak else ""
    return Mention(span, kind, share, MeaningRecogniser.name, f"{reason}{access}{flags}", assertion)


def _assertion(phrases: Phrases, span: Span, *, experiencer: bool) -> Assertion:
    """Return how the act in a sentence is asserted; the act is its last word of harm or death, else its last word."""
    inside = [i for i, word in enumerate(phrases.words) if word.span.overlaps(span)]
    if not inside:
        return Assertion.AFFIRMED
    acts = [i for i in inside if _ACT.fullmatch(phrases.words[i].text)]
    at = acts[0] if acts else inside[-1]
    return assertion_of(phrases, at, at + 1, at, experiencer=experiencer and bool(acts))
