"""Where inside a turn the voice may change, and where two people speak at once.

The segmentation model (pyannote segmentation 3.0: Plaquet and Bredin 2023, "Powerset multi-class cross entropy loss
for neural speaker diarization") tells frame by frame whether nobody, one or two of up to three local voices speak.
On voices that it does not know it often keeps one label across a change that has only a short pause, so its labels are
taken as *hints of a change*, never as identity: speech is cut at every hint, and the voiceprints of the pieces decide.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.models.onnx import OnnxModel

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.domain import Turn

STEP = 270
"""Samples from one frame of the model to the next (16.9 ms)."""
CENTRE = 495
"""Samples from the start of the audio to the centre of the model's first frame (its receptive field is 991 samples)."""
WINDOW = 200_000
"""Longest audio given to the model at once (12.5 s: one turn); it was trained on 10 s."""
SHORTEST = 16_000
"""Shorter audio is padded with silence: the model's convolutions need about a second to settle."""

PAUSE = 0.5
"""Probability of silence from which a frame is a pause."""
PAUSE_HINT = 0.10
"""A peak of the probability of silence from here on may hide a change: two voices 0.2 s apart peak at 0.2 to 0.4."""
OVERLAP = 0.4
"""Probability of two voices from which a frame is overlapped; below a half, since a missed overlap gives words away."""
SHORTEST_MISSED = 30
"""Frames (0.5 s) of voice by voice activity that the model takes for silence and that are speech all the same."""
SHORTEST_RUN = 6
"""Frames (0.1 s): a shorter flicker of pause, overlap or local voice is taken for what surrounds it."""
SHORTEST_SIDE = 15
"""Frames (0.25 s) a local voice must last on both sides of a change of label."""
HINT_REACH = 12
"""Frames (0.2 s) over which a peak of silence must stand out from both sides."""
LONGEST_PIECE = 107
"""Frames (1.8 s): a longer piece is cut so that its parts can disagree about whose voice it is: somebody who falls in
at the end of a sentence often leaves no hint."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of speech in which no change of voice was hinted; absolute half-open samples."""

    start: int
    end: int
    overlap: bool = False
    """Two people speak at once."""
    soft_start: bool = False
    """It follows the piece before with no hint of a change: it was cut for its length alone."""


class Segmenter:
    """Finds the pieces of a turn.

    Args:
        model: The segmentation model's file.

    Raises:
        ModelError: The model cannot be opened.
    """

    def __init__(self, model: Path) -> None:
        self._model = OnnxModel(model)

    def pieces(self, turn: Turn) -> tuple[Piece, ...]:
        """Return the pieces of a turn in order; they do not overlap and leave out the pauses."""
        probabilities = np.concatenate(
            [self._probabilities(turn.audio[at : at + WINDOW]) for at in range(0, turn.audio.shape[0], WINDOW)]
            or [np.zeros((0, 7), dtype=np.float32)]
        )
        return pieces_of(_heard_too(probabilities, turn), turn.first_sample, turn.end_sample)

    def _probabilities(self, audio: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the classes' probabilities, one row per frame: none, a, b, c, a+b, a+c, b+c."""
        frames = max(1, round(audio.shape[0] / STEP))
        padded = np.pad(audio, (0, max(0, SHORTEST - audio.shape[0])))
        logits: NDArray[Any] = self._model.run({"input_values": padded[None, None, :].astype(np.float32)})[0][0]
        weights = np.exp(logits - logits.max(axis=1, keepdims=True))
        rows: NDArray[np.float32] = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
        # The model drops the last frames that its receptive field does not fill: the last row stands for them.
        missing = frames - rows.shape[0]
        return rows[:frames] if missing <= 0 else np.concatenate([rows, np.repeat(rows[-1:], missing, axis=0)])


def _heard_too(probabilities: NDArray[np.float32], turn: Turn) -> NDArray[np.float32]:
    """Return the probabilities with silence denied where voice activity heard a voice that the model did not.

    In strong reverberation the model can take a whole turn for silence; whose voice it is, the voiceprint decides.
    """
    voiced = np.zeros(probabilities.shape[0], dtype=np.bool_)
    for start, end in turn.voiced:
        first, last = (max(0, (s - turn.first_sample - CENTRE) // STEP + 1) for s in (start, end))
        voiced[first:last] = True
    missed = voiced & (probabilities[:, 0] >= PAUSE)
    heard = probabilities.copy()
    for a, b, _ in _runs(missed, np.zeros_like(missed)):
        if b - a >= SHORTEST_MISSED:
            heard[a:b] = (0, 1, 0, 0, 0, 0, 0)
    return heard


def pieces_of(probabilities: NDArray[np.float32], first: int, last: int) -> tuple[Piece, ...]:
    """Cut a turn at its pauses, overlaps and hints of a change.

    Args:
        probabilities: Shape (frames, 7), as the model gives them.
        first: First sample of the turn.
        last: One past its last sample.

    Returns:
        The pieces in order; they do not overlap.
    """
    frames = probabilities.shape[0]
    silence = probabilities[:, 0]
    speech = _steady(silence < PAUSE)
    overlap = _steady(probabilities[:, 4:].sum(axis=1) > OVERLAP) & speech
    hints = _hints(probabilities)
    pieces: list[Piece] = []
    for begin, end, is_overlap in _runs(speech, overlap):
        if is_overlap:
            cuts, soft = [begin, end], set[int]()
        else:
            cuts, soft = _cuts(begin, end, hints, silence)
        for a, b in itertools.pairwise(cuts):
            # A frame's cell reaches half a step to both sides of its centre; the ends of the turn are kept whole.
            start = first if a == 0 else min(last, first + a * STEP + CENTRE - STEP // 2)
            stop = last if b >= frames else min(last, first + b * STEP + CENTRE - STEP // 2)
            if stop > start:
                pieces.append(Piece(start, stop, is_overlap, a in soft))
    return tuple(pieces)


def _steady(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return ``flags`` without flickers: first short holes are filled, then short islands are dropped."""
    steady = flags.copy()
    for value in (False, True):
        edges = [0, *(np.flatnonzero(np.diff(steady.astype(np.int8))) + 1).tolist(), steady.shape[0]]
        for a, b in itertools.pairwise(edges):
            inside = a > 0 and b < steady.shape[0]
            if inside and b - a < SHORTEST_RUN and bool(steady[a]) is value:
                steady[a:b] = not value
    return steady


def _runs(speech: NDArray[np.bool_], overlap: NDArray[np.bool_]) -> list[tuple[int, int, bool]]:
    """Return (first frame, one past the last, overlapped) for every stretch of speech of one kind."""
    kind = speech.astype(np.int8) + overlap.astype(np.int8)
    edges = [0, *(np.flatnonzero(np.diff(kind)) + 1).tolist(), kind.shape[0]]
    return [(a, b, bool(kind[a] == 2)) for a, b in itertools.pairwise(edges) if b > a and kind[a] > 0]  # noqa: PLR2004  2 is speech and overlap


def _hints(probabilities: NDArray[np.float32]) -> list[int]:
    """Return the frames where one voice may give way to another: peaks of silence, changes of the local label."""
    silence = probabilities[:, 0]
    frames = silence.shape[0]
    hints: set[int] = set()
    for i in range(1, frames - 1):
        low, high = max(0, i - HINT_REACH), min(frames, i + HINT_REACH + 1)
        peak = silence[i] >= PAUSE_HINT and silence[i] == silence[low:high].max()
        if peak and silence[low:i].min() < silence[i] / 2 and silence[i + 1 : high].min() < silence[i] / 2:
            hints.add(i)
    label = probabilities[:, 1:4].argmax(axis=1)
    edges = [0, *(np.flatnonzero(np.diff(label)) + 1).tolist(), frames]
    for a, b, c in zip(edges, edges[1:], edges[2:], strict=False):
        if min(b - a, c - b) >= SHORTEST_SIDE:
            hints.add(b)
    return sorted(hints)


def _cuts(begin: int, end: int, hints: list[int], silence: NDArray[np.float32]) -> tuple[list[int], set[int]]:
    """Return the frames at which a stretch of speech is cut, its ends included, and those that only length demanded."""
    cuts = [begin]
    for hint in hints:
        if hint - cuts[-1] >= SHORTEST_RUN and end - hint >= SHORTEST_RUN:
            cuts.append(hint)
    cuts.append(end)
    soft: set[int] = set()
    whole: list[int] = [begin]
    for a, b in itertools.pairwise(cuts):
        parts = -(-(b - a) // LONGEST_PIECE)
        for part in range(1, parts):
            near = a + (b - a) * part // parts
            low = max(whole[-1] + SHORTEST_SIDE, near - SHORTEST_SIDE)
            high = min(b - SHORTEST_SIDE, near + SHORTEST_SIDE)
            at = low + int(silence[low : high + 1].argmax())
            whole.append(at)
            soft.add(at)
        whole.append(b)
    return whole, soft
