"""A stretch of speech as a point on a sphere: near for the same voice, far for another.

The model is WeSpeaker's ResNet34 (VoxCeleb; Wang et al. 2023, "Wespeaker: a research and production oriented speaker
embedding learning toolkit"). It expects Kaldi's filter banks exactly as that toolkit makes them: 80 bands, 25 ms every
10 ms, Hamming window, no dither, samples on the 16-bit scale, each band's mean over the stretch taken away. The only
file that imports kaldi_native_fbank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import kaldi_native_fbank as fbank
import numpy as np

from assistant.domain import SAMPLE_RATE
from assistant.models.onnx import OnnxModel

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

BANDS = 80
"""Mel bands per frame."""
SHORTEST = 4_800
"""Samples (0.3 s) below which a stretch has no voiceprint: it would point anywhere."""
INT16 = 32_768
"""Kaldi's features count in 16-bit samples."""


class Voiceprints:
    """Makes voiceprints.

    Args:
        model: The voiceprint model's file.

    Raises:
        ModelError: The model cannot be opened.
    """

    def __init__(self, model: Path) -> None:
        self._model = OnnxModel(model)

    def of(self, audio: NDArray[np.float32]) -> NDArray[np.float32] | None:
        """Return the voiceprint of a stretch of one voice.

        Args:
            audio: Shape (n,), -1 to 1, 16 kHz.

        Returns:
            Shape (256,), of length 1; None where the audio is too short or silent.
        """
        if audio.shape[0] < SHORTEST or not np.any(audio):
            return None
        features = filter_banks(audio)
        print_ = self._model.run({"feats": (features - features.mean(axis=0))[None, :, :]})[0][0]
        return unit(print_.astype(np.float32))


def filter_banks(audio: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return Kaldi's log mel filter banks, shape (frames, 80)."""
    options = fbank.FbankOptions()
    options.frame_opts.samp_freq = SAMPLE_RATE
    options.frame_opts.dither = 0.0
    options.frame_opts.window_type = "hamming"
    options.mel_opts.num_bins = BANDS
    computer = fbank.OnlineFbank(options)
    computer.accept_waveform(SAMPLE_RATE, (audio.astype(np.float32) * INT16).tolist())
    computer.input_finished()
    return np.stack([computer.get_frame(i) for i in range(computer.num_frames_ready)]).astype(np.float32)


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """Return ``vector`` at length 1; None where it has no direction."""
    length = float(np.linalg.norm(vector))
    if not np.isfinite(length) or length == 0.0:
        return None
    return (vector / length).astype(np.float32)
