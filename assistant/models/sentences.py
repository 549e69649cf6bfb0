"""Sentence embeddings (all-MiniLM-L6-v2): how close two sentences are in meaning, whatever their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assistant.models.onnx import OnnxModel
from assistant.models.tokenizer import Pieces, WordPieces

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

LONGEST_PIECES = 128
"""Pieces of a sentence that are read; the model was trained on at most 128."""

BATCH = 16
"""Sentences in one run: more gains little on two cores and costs memory."""


class MiniLM:
    """The sentence embedder.

    Args:
        folder: Holds ``model.onnx`` and ``tokenizer.json``.
        threads: Threads inside one run.

    Raises:
        ModelError: A file is missing or damaged.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self._pieces = WordPieces(folder / "tokenizer.json", LONGEST_PIECES)
        self._model = OnnxModel(folder / "model.onnx", threads)

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 per sentence, shape (n, 384): mean of the pieces, as the model was trained."""
        if not sentences:
            return np.zeros((0, 384), dtype=np.float32)
        encoded = self._pieces.encode_all(sentences)
        # Neighbours in length share a batch, so that little of it is padding.
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids))
        rows: dict[int, NDArray[np.float32]] = {}
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            rows.update(zip(chosen, self._run([encoded[i] for i in chosen]), strict=True))
        return np.stack([rows[i] for i in range(len(encoded))])

    def _run(self, batch: Sequence[Pieces]) -> NDArray[np.float32]:
        width = max(len(p.ids) for p in batch)
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, pieces in enumerate(batch):
            ids[row, : len(pieces.ids)] = pieces.ids
            mask[row, : len(pieces.ids)] = pieces.attention_mask
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._model.run({name: inputs[name] for name in self._model.input_names})[0]
        weights = mask[:, :, None].astype(np.float32)
        mean = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
        unit: NDArray[np.float32] = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
        return unit
