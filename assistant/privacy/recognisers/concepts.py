"""Which broad classes of words an utterance brings together, and in which order: "he … hits … me" is not "I hit him".

A phrase rule knows one wording. A class knows a hundred verbs of striking, and the order of two classes says who does
what to whom; ``meaning`` weighs both.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from assistant.privacy.recognisers.lexicon import LEXICONS
from assistant.privacy.recognisers.phrases import Phrases

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR = 7
"""How many words apart two classes still belong together."""
_ALONE, _PAIRED = 0.35, 0.245
"""Size of a feature beside an embedding of length 1: about a dozen features then weigh as much as it does."""


@cache
def _classes() -> tuple[re.Pattern[str], ...]:
    table = tomllib.loads((LEXICONS / "concepts.toml").read_text(encoding="utf-8"))["concepts"]
    return tuple(re.compile(rf"(?<!\w)(?:{words})(?!\w)") for words in table.values())


def concept_features(text: str) -> NDArray[np.float32]:
    """Return which classes occur and which stands before which within reach, shape (k + k * k,), k classes."""
    phrases = Phrases.of(text)
    classes = _classes()
    count = len(classes)
    hits = [
        (phrases.index(match.start()), phrases.index(match.end() - 1), number)
        for number, words in enumerate(classes)
        for match in words.finditer(phrases.text)
    ]
    features = np.zeros(count + count * count, dtype=np.float32)
    for _, last, number in hits:
        features[number] = _ALONE
        for first, _, later in hits:
            if 0 < first - last <= NEAR:
                features[count + number * count + later] = _PAIRED
    return features
