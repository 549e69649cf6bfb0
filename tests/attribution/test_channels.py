"""A microphone per person: the loudest wins, bleed loses, doubt is nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.attribution.channels import ChannelAttributor
from assistant.domain import SAMPLE_RATE, DecidedBy, PersonId

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.attribution.tracks import VoicedStretch

PEOPLE = {0: PersonId("m1"), 1: PersonId("m2")}


def room(*parts: tuple[float, float, float]) -> NDArray[np.float32]:
    """Two tracks of noise-like speech: (level of the first, level of the second, seconds)."""
    rng = np.random.default_rng(1)
    pieces = []
    for one, two, seconds_ in parts:
        voice = rng.standard_normal(int(seconds_ * SAMPLE_RATE))
        pieces.append(np.stack([one * voice, two * voice]))
    hiss = 1e-4 * rng.standard_normal((2, sum(p.shape[1] for p in pieces)))
    return (np.concatenate(pieces, axis=1) + hiss).astype(np.float32)


def decided(audio: NDArray[np.float32], people: dict[int, PersonId], block: int = 4_000) -> tuple[VoicedStretch, ...]:
    """The stretches of the whole recording, heard block by block."""
    made = ChannelAttributor(people)
    for at in range(0, audio.shape[1], block):
        made.listen(at, audio[:, at : at + block])
    (stretches,) = made.decide([(0, audio.shape[1])])
    return stretches


def test_bleed_loses_to_the_speaker() -> None:
    """Each is heard in both microphones, 12 dB apart: two stretches, each of its own person."""
    got = decided(room((0.1, 0.025, 2), (0, 0, 0.5), (0.025, 0.1, 2)), PEOPLE)

    assert [s.attribution.person for s in got] == ["m1", "m2"]
    assert {s.attribution.decided_by for s in got} == {DecidedBy.CHANNEL}
    assert abs(got[0].end - 2 * SAMPLE_RATE) < SAMPLE_RATE // 5


def test_equally_loud_is_nobodys() -> None:
    """Two people at once, or one between the microphones: contested."""
    got = decided(room((0.1, 0.09, 3)), PEOPLE)

    assert [(s.attribution.person, s.overlap) for s in got] == [(None, True)]


def test_a_track_of_nobody_wins_for_nobody() -> None:
    """The visitor's microphone is not on the roster: what it wins goes to no one else."""
    got = decided(room((0.02, 0.1, 3)), {0: PersonId("m1")})

    assert [s.attribution.person for s in got] == [None]


@pytest.mark.parametrize("block", [160, 999, 16_000])
def test_the_size_of_the_blocks_changes_nothing(block: int) -> None:
    """Levels are counted by sample, not by block."""
    audio = room((0.1, 0.01, 1), (0.01, 0.1, 1))

    assert decided(audio, PEOPLE, block) == decided(audio, PEOPLE)


def test_lost_audio_counts_as_silence_and_time_goes_on() -> None:
    """After a gap the samples are where they were recorded."""
    made = ChannelAttributor(PEOPLE)
    made.listen(0, room((0.1, 0.01, 1)))
    made.listen(3 * SAMPLE_RATE, room((0.01, 0.1, 1)))

    (got,) = made.decide([(3 * SAMPLE_RATE, 4 * SAMPLE_RATE)])

    assert [s.attribution.person for s in got] == ["m2"]


def test_audio_that_goes_back_in_time_is_refused() -> None:
    """Samples are counted once."""
    made = ChannelAttributor(PEOPLE)
    made.listen(0, room((0.1, 0.01, 1)))

    with pytest.raises(ValueError, match="begins before"):
        made.listen(100, room((0.1, 0.01, 1)))


def test_nothing_heard_gives_nothing() -> None:
    """No audio, no stretches."""
    assert ChannelAttributor(PEOPLE).decide([(0, 16_000)]) == ((),)
