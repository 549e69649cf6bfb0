"""Open-set matching: near enough and clearly ahead, else nobody."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.attribution.matching import Thresholds, Voices, match_turn, refined
from assistant.attribution.tracks import VoiceKey, VoicePiece, joined
from assistant.domain import samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

A, B, C = VoiceKey("person:a"), VoiceKey("person:b"), VoiceKey("person:c")


def axis(i: int) -> NDArray[np.float32]:
    """The direction of one voice."""
    made: NDArray[np.float32] = np.eye(8, dtype=np.float32)[i]
    return made


def towards(*parts: tuple[float, int]) -> NDArray[np.float32]:
    """A unit vector with the given cosines to the axes; the rest points along an axis of its own (the last)."""
    vector = sum((weight * axis(i) for weight, i in parts), np.zeros(8, dtype=np.float32))
    rest = math.sqrt(max(0.0, 1.0 - float(vector @ vector)))
    return (vector + rest * axis(7)).astype(np.float32)


def piece(print_: NDArray[np.float32] | None, start: float, end: float, *, overlap: bool = False) -> VoicePiece:
    """A piece by its seconds."""
    return VoicePiece(samples(start), samples(end), overlap, voiceprint=print_)


VOICES = Voices({A: (axis(0),), B: (axis(1),)})
LIMITS = Thresholds()


@pytest.mark.parametrize(
    ("print_", "length", "key"),
    [
        pytest.param(towards((0.8, 0), (0.2, 1)), 2.0, A, id="near and ahead"),
        pytest.param(towards((0.40, 0)), 2.0, None, id="a stranger: too far from everybody"),
        pytest.param(towards((0.6, 0), (0.5, 1)), 2.0, None, id="too near to two"),
        pytest.param(towards((0.42, 0), (0.1, 1)), 0.8, A, id="short: nearer is not asked"),
        pytest.param(towards((0.5, 0), (0.34, 1)), 0.8, None, id="short: a wider lead is asked"),
        pytest.param(towards((0.9, 0)), 0.4, None, id="too short to say anything"),
        pytest.param(None, 2.0, None, id="no voiceprint"),
    ],
)
def test_a_piece_goes_to_the_nearest_voice_or_to_nobody(
    print_: NDArray[np.float32] | None, length: float, key: VoiceKey | None
) -> None:
    """Threshold and margin both decide; doubt is nobody's."""
    assert VOICES.match(piece(print_, 0, length), LIMITS).key == key


def test_overlapped_speech_is_nobodys() -> None:
    """Two voices at once match nobody, however near the mixture is."""
    assert VOICES.match(piece(axis(0), 0, 2, overlap=True), LIMITS).key is None


def test_one_enrolled_person_is_not_everybody() -> None:
    """With one voice alone a stranger still stays unknown."""
    assert Voices({A: (axis(0),)}).match(piece(towards((0.3, 0)), 0, 3), LIMITS).key is None


def test_a_short_piece_joins_a_sure_neighbour_of_its_own_voice_only() -> None:
    """Context helps a short answer only towards the voice that it is itself nearest to."""
    sure = piece(axis(0), 0, 2)
    same, other = towards((0.3, 0), (0.1, 1)), towards((0.1, 0), (0.3, 1))

    assert [m.key for m in match_turn((sure, piece(same, 2.1, 2.5)), VOICES, LIMITS)] == [A, A]
    assert [m.key for m in match_turn((sure, piece(other, 2.1, 2.5)), VOICES, LIMITS)] == [A, None]
    assert [m.key for m in match_turn((sure, piece(same, 3.5, 3.9)), VOICES, LIMITS)] == [A, None]


def test_tonights_voice_refines_the_clip_and_never_replaces_it() -> None:
    """Sure long pieces add tonight's print; the clip's own stays first."""
    tonight = towards((0.8, 0), (0.3, 3))

    better = refined(VOICES, [piece(tonight, 0, 3)], LIMITS)

    assert len(better.prints[A]) == 2
    assert np.array_equal(better.prints[A][0], axis(0))
    assert better.prints[B] == VOICES.prints[B]


@pytest.mark.parametrize("print_", [towards((0.5, 0)), towards((0.7, 0), (0.6, 1))])
def test_unsure_pieces_refine_nobody(print_: NDArray[np.float32]) -> None:
    """A mistake must not feed itself: far or contested pieces teach nothing."""
    assert refined(VOICES, [piece(print_, 0, 5)], LIMITS).prints == VOICES.prints


def test_a_sound_alike_is_distrusted_once_the_evening_has_shown_the_room() -> None:
    """Two people lie at 0.9 from their clips tonight; who lies at 0.65 from theirs is somebody else."""
    voices = Voices({A: (axis(0),), B: (axis(1),), C: (axis(2),)})
    heard = [piece(towards((0.9, i)), i * 10, i * 10 + 5) for i in (0, 1)]
    alike = piece(towards((0.65, 2)), 20, 25)

    evening = refined(voices, [*heard, alike], LIMITS)

    assert evening.distrusted == {C}
    assert evening.match(alike, LIMITS).key is None
    assert evening.match(heard[0], LIMITS).key == A


def test_a_bad_line_that_moves_everybody_makes_nobody_distrusted() -> None:
    """All voices at 0.65 from their clips: it is the room, not an impostor."""
    voices = Voices({A: (axis(0),), B: (axis(1),), C: (axis(2),)})

    evening = refined(voices, [piece(towards((0.65, i)), i * 10, i * 10 + 5) for i in range(3)], LIMITS)

    assert not evening.distrusted


def test_neighbours_of_one_voice_become_one_piece() -> None:
    """Pieces that were cut at a hint are joined when their voices agree, and only then."""
    one, same, other = piece(axis(0), 0, 1), piece(towards((0.7, 0)), 1.1, 2), piece(axis(1), 2.1, 3)

    got = joined([one, same, other, piece(None, 3.1, 3.2)])

    assert [(p.start, p.end) for p in got] == [
        (0, samples(2)),
        (samples(2.1), samples(3)),
        (samples(3.1), samples(3.2)),
    ]


def test_no_repr_shows_a_voiceprint() -> None:
    """A voiceprint is biometric: a log line or a traceback must not hold one."""
    shown = repr(piece(axis(0), 0, 1)) + repr(VOICES)

    assert "array" not in shown
    assert "1." not in shown
