"""One open ONNX model. The only file that imports onnxruntime, so that every room runs it with the same bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import onnxruntime

from assistant.errors import ModelError

# Beside the switch in the environment, which a program that is not the command line may not have set.
onnxruntime.disable_telemetry_events()

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray


class OnnxModel:
    """An ONNX model on the CPU.

    Args:
        path: The model's file.
        threads: Threads inside one operator; 1 keeps the small models from fighting the recogniser for cores.

    Raises:
        ModelError: The file is missing or is not a model.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Only errors: the library's warnings print tensor shapes and paths on standard error.
        options.log_severity_level = 3
        # Without the arena memory goes back between calls, so a long session needs no more than a short one.
        options.enable_cpu_mem_arena = False
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception:  # noqa: BLE001  the library raises its own unexported types
            raise ModelError(f"cannot open the model {path.name}: run 'assistant models verify'") from None
        self.input_names: tuple[str, ...] = tuple(i.name for i in self._session.get_inputs())

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """Return every output of the model, in its own order."""
        outputs: list[NDArray[Any]] = self._session.run(None, dict(inputs))
        return outputs
