"""The Rampart token classifier, a second vote on names, places and numbers.

An uncased BERT of 512 tokens with 17 types (National Design Studio, CC-BY-4.0). Being uncased, it reads text without
capitals as well as any other.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from assistant.domain import DisclosureType, Mention, Span
from assistant.errors import DetectionError, ModelError
from assistant.models.onnx import OnnxModel
from assistant.models.tokenizer import WordPieces
from assistant.privacy.entities import tidy_entity
from assistant.privacy.recognisers.numbers import counts, digit_runs, digits_of
from assistant.privacy.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord

WINDOW_CHARACTERS = 480
"""Longest text of one call; the model was trained on such lengths."""
_OVERLAP_CHARACTERS = 80
_THRESHOLD = 0.5
_MOST_TOKENS = 512
_SHORTEST_NUMBER = 3

_TYPES = {
    "GIVEN_NAME": DisclosureType.PERSON,
    "SURNAME": DisclosureType.PERSON,
    "EMAIL": DisclosureType.EMAIL,
    "PHONE": DisclosureType.PHONE,
    "BUILDING_NUMBER": DisclosureType.ADDRESS,
    "STREET_NAME": DisclosureType.ADDRESS,
    "SECONDARY_ADDRESS": DisclosureType.ADDRESS,
    "ZIP_CODE": DisclosureType.ADDRESS,
    "CITY": DisclosureType.LOCATION,
    "STATE": DisclosureType.LOCATION,
}
"""All other labels (URL, tax, bank, routing, government, passport, licence) are numbers: ID."""
_NAMES = frozenset({DisclosureType.PERSON, DisclosureType.LOCATION})


class Rampart:
    """The token classifier.

    Args:
        folder: Holds ``model_q4.onnx``, ``tokenizer.json`` and ``config.json``.
        knows: Whether a lower-case word is English.

    Raises:
        ModelError: A file is missing or damaged.
    """

    name = "rampart"

    def __init__(self, folder: Path, knows: Callable[[str], bool]) -> None:
        try:
            labels = json.loads((folder / "config.json").read_text(encoding="utf-8"))["id2label"]
            self._labels = [str(labels[str(i)]) for i in range(len(labels))]
            self._outside = self._labels.index("O")
        except (OSError, ValueError, LookupError, TypeError):
            raise ModelError(f"cannot open the Rampart model in {folder}: run 'assistant models verify'") from None
        self._pieces = WordPieces(folder / "tokenizer.json")
        self._model = OnnxModel(folder / "model_q4.onnx")
        self._knows = knows

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return its findings snapped to word edges; adjacent words of one type are one mention.

        Raises:
            DetectionError: A window grew beyond what the model reads.
        """
        words = words_of(parse.text)
        votes: dict[int, tuple[DisclosureType, float]] = {}
        for window in windows(parse.text):
            for start, end, type_, score in self._read(window.of(parse.text)):
                piece = Span(window.start + start, window.start + end)
                for at, word in enumerate(words):
                    if word.span.overlaps(piece) and score > votes.get(at, (type_, 0.0))[1]:
                        votes[at] = (type_, score)
        return self._mentions(parse, votes)

    def _read(self, text: str) -> Iterator[tuple[int, int, DisclosureType, float]]:
        pieces = self._pieces.encode(text)
        if len(pieces.ids) > _MOST_TOKENS:
            raise DetectionError(f"a window of {len(text)} characters is too long for the Rampart model")
        ids = np.asarray([pieces.ids], dtype=np.int64)
        inputs: dict[str, NDArray[np.int64]] = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        logits = self._model.run({k: v for k, v in inputs.items() if k in self._model.input_names})[0][0]
        odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
        odds /= odds.sum(axis=-1, keepdims=True)
        scores = 1.0 - odds[:, self._outside]
        odds[:, self._outside] = 0.0
        for (start, end), score, label in zip(pieces.offsets, scores, odds.argmax(axis=-1), strict=True):
            if end > start and score >= _THRESHOLD:
                yield start, end, _TYPES.get(self._labels[label][2:], DisclosureType.ID), float(score)

    def _mentions(self, parse: Parse, votes: dict[int, tuple[DisclosureType, float]]) -> list[Mention]:
        words = words_of(parse.text)
        found: list[Mention] = []
        at = 0
        while at < len(words):
            if at not in votes:
                at += 1
                continue
            type_, score = votes[at]
            end = at + 1
            while end < len(words) and end in votes and votes[end][0] is type_ and not words[end].opens:
                score = max(score, votes[end][1])
                end += 1
            span: Span | None = Span(words[at].span.start, words[end - 1].bare_span.end)
            if span is not None and type_ in _NAMES:
                span = tidy_entity(parse, span, type_, self._knows)
            elif span is not None and not self._carries(words[at:end], type_):
                span = None
            if span is not None:
                found.append(Mention(span, type_, round(score, 3), self.name, "token classifier"))
            at = end
        return found

    def _carries(self, words: tuple[TextWord, ...], type_: DisclosureType) -> bool:
        """Whether an address or a number that the model sees holds more than everyday words."""
        if any(counts(words, run) for run in digit_runs(words)):
            return False
        said = [digits_of(words, i) for i in range(len(words))]
        if len(words) == 1 and said[0] is not None and len(said[0][0]) < _SHORTEST_NUMBER:
            return False  # "61" in "61 kilos"
        if any(said) or any(c.isdigit() for w in words for c in w.lower):
            return True
        if type_ is DisclosureType.ADDRESS:
            return len(words) > 1 and any((w.capital and not w.opens) or not self._knows(w.bare) for w in words)
        return (type_ is DisclosureType.EMAIL and len(words) > 1) or any(not self._knows(w.bare) for w in words)


def windows(text: str) -> Iterator[Span]:
    """Yield overlapping stretches of at most ``WINDOW_CHARACTERS``, cut between words, that cover ``text``."""
    start = 0
    while start < len(text):
        end = min(len(text), start + WINDOW_CHARACTERS)
        if end < len(text):
            cut = text.rfind(" ", start + WINDOW_CHARACTERS // 2, end)
            end = cut if cut > start else end
        yield Span(start, end)
        if end == len(text):
            return
        back = text.rfind(" ", start + 1, max(start + 1, end - _OVERLAP_CHARACTERS))
        start = back + 1 if back > start else end
