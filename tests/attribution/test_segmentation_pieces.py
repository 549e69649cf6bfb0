"""From the model's frames to pieces of speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assistant.attribution.segmentation import CENTRE, LONGEST_PIECE, STEP, pieces_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

SILENCE, ONE, TWO, BOTH = 0, 1, 2, 4


def frames(*runs: tuple[int, int]) -> NDArray[np.float32]:
    """Frames that are surely of the given classes."""
    kinds = np.concatenate([np.full(length, kind) for kind, length in runs])
    made: NDArray[np.float32] = np.eye(7, dtype=np.float32)[kinds]
    return made


def lengths(probabilities: NDArray[np.float32]) -> list[tuple[int, bool, bool]]:
    """Frames, overlap and softness of every piece."""
    got = pieces_of(probabilities, 1_000, 1_000 + probabilities.shape[0] * STEP)
    return [(round((p.end - p.start) / STEP), p.overlap, p.soft_start) for p in got]


def test_a_pause_parts_two_pieces() -> None:
    """Silence is in no piece."""
    assert [n for n, _, _ in lengths(frames((ONE, 60), (SILENCE, 20), (ONE, 60)))] == [61, 59]


def test_an_overlap_is_its_own_piece() -> None:
    """Two voices at once are marked."""
    assert [o for _, o, _ in lengths(frames((ONE, 60), (BOTH, 20), (ONE, 60)))] == [False, True, False]


def test_a_change_of_label_parts_two_pieces() -> None:
    """A lasting change of the local voice is a cut with a known place."""
    assert [s for _, _, s in lengths(frames((ONE, 60), (TWO, 60)))] == [False, False]


def test_a_flicker_parts_nothing() -> None:
    """A few frames of another label are noise."""
    assert len(lengths(frames((ONE, 50), (TWO, 4), (ONE, 50)))) == 1


def test_a_brief_dip_towards_silence_is_a_hint() -> None:
    """Two voices 0.2 s apart, silence never half as likely as speech: cut at the dip."""
    probabilities = frames((ONE, 100))
    probabilities[45:56, SILENCE] = 0.3 * np.hanning(11)
    probabilities[45:56, ONE] = 1 - probabilities[45:56, SILENCE]

    assert len(lengths(probabilities)) == 2


def test_long_speech_is_cut_so_that_its_parts_may_disagree() -> None:
    """Cuts for length alone say so: a change there has no known place."""
    got = lengths(frames((ONE, 4 * LONGEST_PIECE)))

    assert len(got) >= 4
    assert [s for _, _, s in got] == [False] + [True] * (len(got) - 1)


def test_no_frames_give_no_pieces() -> None:
    """An empty turn is fine."""
    assert pieces_of(np.zeros((0, 7), dtype=np.float32), 0, 0) == ()


@given(arrays(np.float32, st.tuples(st.integers(1, 300), st.just(7)), elements=st.floats(0, 1, width=32)))
def test_pieces_are_in_order_inside_the_turn_and_disjoint(raw: NDArray[np.float32]) -> None:
    """Whatever the model says, pieces are proper half-open ranges of the turn."""
    probabilities = (raw + 1e-3) / (raw + 1e-3).sum(axis=1, keepdims=True)
    last = 5_000 + raw.shape[0] * STEP

    got = pieces_of(probabilities.astype(np.float32), 5_000, last)

    bounds = [edge for p in got for edge in (p.start, p.end)]
    assert bounds == sorted(bounds)
    assert all(p.start < p.end for p in got)
    assert all(5_000 <= b <= last for b in bounds)
    assert last > CENTRE
