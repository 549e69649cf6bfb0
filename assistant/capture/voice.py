"""Voice activity: how probable it is that somebody speaks in each 32 ms of sound (Silero VAD v6, ONNX)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.models.onnx import OnnxModel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

WINDOW = 512
"""Samples that Silero v6 judges at once at 16 kHz."""

_CONTEXT = 64
"""Samples before each window that the model also sees; from Silero's own reference code."""

_STATE = (1, 1, 128)


class Model(Protocol):
    """What voice activity needs of an open model."""

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """Return the outputs: probabilities, and the two states."""
        ...


class VoiceActivity:
    """Silero VAD over a stream; it remembers what came before until ``reset``.

    Args:
        model: The open model: a path, or anything that runs.
    """

    def __init__(self, model: Path | Model) -> None:
        self._model: Model = model if hasattr(model, "run") else OnnxModel(model)
        self.reset()

    def reset(self) -> None:
        """Forget what came before: the sound that follows is not joined to it."""
        self._h = np.zeros(_STATE, np.float32)
        self._c = np.zeros(_STATE, np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)

    def probabilities(self, audio: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return one probability (0 to 1) for each window.

        Args:
            audio: Shape (n * 512,), continuing what was given before. All windows go through the model in one call.
        """
        if not audio.shape[0]:
            return np.zeros(0, np.float32)
        windows = audio.reshape(-1, WINDOW)
        before = np.concatenate([self._context[None, :], windows[:-1, -_CONTEXT:]])
        output, self._h, self._c = self._model.run(
            {"input": np.concatenate([before, windows], axis=1), "h": self._h, "c": self._c}
        )
        self._context = windows[-1, -_CONTEXT:].copy()
        return np.asarray(output, np.float32).reshape(-1)
