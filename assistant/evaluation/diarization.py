"""Diarization error rate with real identities (NIST RT: missed + false alarm + confusion over speaker time).

Frames of 10 ms, no collar, overlapped speech counted. Ids are not mapped: naming m1's voice m2 is confusion, because
here a wrong name is a disclosure. Words that belong to nobody are missed speech.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.evaluation.counts import Summable, rate
from assistant.evaluation.gold import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from assistant.evaluation.machine import HeardUtterance, Machine

FRAME_S = 0.01
"""Length of a frame."""
BRIDGED_S = 0.5
"""Pauses inside one person's speech shorter than this are bridged, as RTTM references do."""


@dataclass(frozen=True, slots=True)
class DiarizationError(Summable):
    """Speaker time in frames of 10 ms."""

    reference: int = 0
    missed: int = 0
    false_alarm: int = 0
    confused: int = 0

    @property
    def rate(self) -> float | None:
        """Diarization error rate."""
        return rate(self.missed + self.false_alarm + self.confused, self.reference)


def diarization_error(reference: Sequence[Stretch], found: Sequence[Stretch]) -> DiarizationError:
    """Compare two sets of stretches frame by frame."""
    last = max((s.end for s in (*reference, *found)), default=0.0)
    frames = round(last / FRAME_S)
    speakers = sorted({s.speaker for s in (*reference, *found)})
    true, given = _grid(reference, speakers, frames), _grid(found, speakers, frames)
    here, there, both = true.sum(axis=0), given.sum(axis=0), (true & given).sum(axis=0)
    return DiarizationError(
        reference=int(here.sum()),
        missed=int(np.maximum(here - there, 0).sum()),
        false_alarm=int(np.maximum(there - here, 0).sum()),
        confused=int((np.minimum(here, there) - both).sum()),
    )


def stretches(machine: Machine, *, guessed: bool = False) -> tuple[Stretch, ...]:
    """Return who talks when according to the machine file: its words joined over short pauses.

    Args:
        machine: The result.
        guessed: Take the best guess before abstention instead of the speaker.
    """
    pieces = [piece for utterance in machine.utterances for piece in _pieces(utterance, guessed=guessed)]
    open_: dict[str, Stretch] = {}
    done: list[Stretch] = []
    for piece in sorted(pieces, key=lambda s: s.start):
        before = open_.get(piece.speaker)
        if before is not None and piece.start - before.end <= BRIDGED_S:
            open_[piece.speaker] = Stretch(before.start, max(before.end, piece.end), piece.speaker)
            continue
        if before is not None:
            done.append(before)
        open_[piece.speaker] = piece
    return tuple(sorted((*done, *open_.values()), key=lambda s: s.start))


def _pieces(utterance: HeardUtterance, *, guessed: bool) -> Iterable[Stretch]:
    if not utterance.words:
        who = utterance.guess if guessed else utterance.speaker
        return [Stretch(utterance.start, utterance.end, who)] if who is not None else []
    found = []
    for word in utterance.words:
        who = word.guess if guessed else word.speaker
        if who is not None:
            found.append(Stretch(word.start, word.end, who))
    return found


def _grid(found: Sequence[Stretch], speakers: Sequence[str], frames: int) -> NDArray[np.bool_]:
    """Return shape (speakers, frames): True where that person talks."""
    grid = np.zeros((len(speakers), frames), dtype=np.bool_)
    row = {speaker: index for index, speaker in enumerate(speakers)}
    for stretch in found:
        grid[row[stretch.speaker], round(stretch.start / FRAME_S) : round(stretch.end / FRAME_S)] = True
    return grid
