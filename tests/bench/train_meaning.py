"""Fits the head of ``privacy.recognisers.meaning`` to the lines in ``meaning/``: run this file with Python.

The lines are general English, written for the purpose. ``--check`` fits without one line in four and tells the recall
of what was left out, four times over; nothing is written then. Models are found where the program finds them.
"""

from __future__ import annotations

import itertools
import random
import re
import sys
from pathlib import Path

import numpy as np

from assistant.models.places import models_folder
from assistant.models.sentences import MiniLM
from assistant.models.store import ModelStore
from assistant.privacy.recognisers.concepts import concept_features
from assistant.privacy.recognisers.meaning import CLASSES, LEAN, WEIGHTS

HERE = Path(__file__).parent / "meaning"
MOST = 8
"""Variants of one line."""
PENALTY, ROUNDS = 5e-4, 60


def variants(line: str) -> list[str]:
    """Every reading of a line with (a|b) in it."""
    parts = re.split(r"\(([^)]*)\)", line)
    choices = [part.split("|") if i % 2 else [part] for i, part in enumerate(parts)]
    return [" ".join("".join(chosen).split()) for chosen in itertools.product(*choices)]


def bank() -> list[tuple[int, int, float, str]]:
    """Class, number of the line, weight and words of every variant."""
    chance = random.Random(0)  # noqa: S311 - a repeatable choice, not a secret
    found: list[tuple[int, int, float, str]] = []
    number = 0
    for path in sorted(HERE.glob("*.txt")):
        kind = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("=="):
                kind = CLASSES.index(line.split()[1])
            elif line and line[0] != "#":
                number += 1
                several = variants(line)
                chosen = chance.sample(several, MOST) if len(several) > MOST else several
                found += [(kind, number, 1 / len(chosen), words) for words in chosen]
    return found


def fitted(rows: np.ndarray, kinds: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Multinomial logistic regression with an L2 penalty, by accelerated gradient descent."""
    rows = np.c_[rows, np.ones(len(rows))]
    share = weights / weights.sum()
    target = np.eye(len(CLASSES))[kinds]
    head = np.zeros((rows.shape[1], len(CLASSES)))
    ahead, t = head, 1.0
    step = 1 / (0.5 * np.linalg.norm(rows * np.sqrt(share)[:, None], 2) ** 2 + PENALTY)
    for _ in range(ROUNDS):
        scores = rows @ ahead
        odds = np.exp(scores - scores.max(1, keepdims=True))
        slope = rows.T @ ((odds / odds.sum(1, keepdims=True) - target) * share[:, None])
        slope[:-1] += PENALTY * ahead[:-1]
        following, t_next = ahead - step * slope, (1 + np.sqrt(1 + 4 * t * t)) / 2
        ahead, head, t = following + (t - 1) / t_next * (following - head), following, t_next
    return head


def main() -> None:
    """Fit and write, or check."""
    lines = bank()
    kinds, numbers = np.array([kind for kind, *_ in lines]), np.array([number for _, number, *_ in lines])
    weights, words = np.array([weight for _, _, weight, _ in lines]), [text for *_, text in lines]
    embeddings = MiniLM(ModelStore(models_folder()).folder("minilm"), threads=2).embed(words)
    features = np.stack([concept_features(text) for text in words])
    columns = np.flatnonzero(features.any(axis=0))
    rows = np.c_[embeddings, features[:, columns]]
    if "--check" in sys.argv:
        risk, benign = [], []
        for part in range(4):
            out = numbers % 4 == part
            scores = np.c_[rows[out], np.ones(out.sum())] @ fitted(rows[~out], kinds[~out], weights[~out])
            odds = np.exp(scores - scores.max(1, keepdims=True))
            found = 1 - odds[:, 0] / odds.sum(1) >= LEAN
            risk += list(found[kinds[out] > 0])
            benign += list(found[kinds[out] == 0])
        sys.stdout.write(f"left out: recall {np.mean(risk):.0%}, near misses raised {np.mean(benign):.1%}\n")
        return
    head = fitted(rows, kinds, weights)
    np.savez_compressed(WEIGHTS, columns=columns.astype(np.int16), weights=head.astype(np.float16))


if __name__ == "__main__":
    main()
