"""The room's front with small stand-ins for the models: the logic, without weights."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.attribution.attributor import Attributor
from assistant.attribution.enrolment import ClipProblem
from assistant.attribution.naming import name_voices, voices_heard
from assistant.attribution.segmentation import Piece
from assistant.attribution.tracks import VoiceTrack
from assistant.domain import SAMPLE_RATE, Cut, DecidedBy, PersonId, Turn, samples

if TYPE_CHECKING:
    from numpy.typing import NDArray


class LevelVoices:
    """Speech is a constant level and every level is a voice of its own; silence is zero."""

    def pieces(self, turn: Turn) -> tuple[Piece, ...]:
        """One piece per run of one level."""
        audio = turn.audio
        edges = [0, *(np.flatnonzero(np.diff(audio)) + 1).tolist(), audio.shape[0]]
        return tuple(
            Piece(turn.first_sample + a, turn.first_sample + b)
            for a, b in itertools.pairwise(edges)
            if b > a and audio[a] != 0
        )

    def of(self, audio: NDArray[np.float32]) -> NDArray[np.float32] | None:
        """The direction of the level; short audio is noisier, as with the real model."""
        levels, counts = np.unique(audio[audio != 0], return_counts=True)
        if not levels.size:
            return None
        vector = np.full(32, 0.02, dtype=np.float32)
        for level, count in zip(levels, counts, strict=True):
            vector[round(float(level) * 10)] += count / audio.shape[0]
        return (vector / np.linalg.norm(vector)).astype(np.float32)


def speech(*parts: tuple[float, float]) -> NDArray[np.float32]:
    """(level, seconds) one after the other."""
    return np.concatenate([np.full(samples(s), level, dtype=np.float32) for level, s in parts])


def turn(start: float, *parts: tuple[float, float]) -> Turn:
    """A turn that begins at a second."""
    return Turn(samples(start), speech(*parts), Cut.SILENCE)


M1, M2, M3 = PersonId("m1"), PersonId("m2"), PersonId("m3")
CLIPS = {M1: speech((0.1, 8)), M2: speech((0.2, 8)), M3: speech((0.3, 8))}


def attributor(clips: dict[PersonId, NDArray[np.float32]], most: int = 3) -> Attributor:
    """The front, with the clips and the number of places."""
    fake = LevelVoices()
    return Attributor(fake, fake, clips, most)


def whose(made: Attributor, *turns: Turn) -> list[list[tuple[str | None, str | None]]]:
    """Person and letter of every stretch of every turn."""
    return [[s.whose for s in track] for track in made.decide([made.hear(t) for t in turns])]


def test_enrolled_people_are_found_in_a_mixed_turn() -> None:
    """Each stretch goes to its person; a pause inside one person's speech does not split it."""
    got = whose(attributor(CLIPS), turn(0, (0.1, 2), (0, 0.2), (0.1, 2), (0, 0.3), (0.2, 3)))

    assert got == [[("m1", None), ("m2", None)]]


def test_deciding_turn_by_turn_works_live() -> None:
    """One turn alone is decided as well."""
    made = attributor(CLIPS)

    assert whose(made, turn(0, (0.3, 3))) == [[("m3", None)]]


def test_a_stranger_is_nobody_when_all_places_are_taken() -> None:
    """Everybody on the roster is enrolled: a fourth voice is not forced on any of them."""
    assert whose(attributor(CLIPS), turn(0, (0.9, 6))) == [[(None, None)]]


def test_one_who_is_not_enrolled_becomes_an_anonymous_voice() -> None:
    """Two enrolled, one not: the third is voice A and nobody's."""
    made = attributor({M1: CLIPS[M1], M2: CLIPS[M2]})

    assert whose(made, turn(0, (0.1, 4)), turn(5, (0.3, 4)), turn(10, (0.2, 4))) == [
        [("m1", None)],
        [(None, "A")],
        [("m2", None)],
    ]


def test_letters_follow_first_appearance_and_a_person_names_them() -> None:
    """Nobody enrolled: A, B by order; naming one gives its stretches to a person by key and leaves the other."""
    made = attributor({})
    turns = made.decide([made.hear(t) for t in (turn(0, (0.3, 4)), turn(5, (0.1, 4)), turn(10, (0.3, 4)))])

    named = name_voices(turns, {"B": M1})

    assert [s.whose for t in turns for s in t] == [(None, "A"), (None, "B"), (None, "A")]
    assert [s.whose for t in named for s in t] == [(None, "A"), ("m1", "B"), (None, "A")]
    assert named[1][0].attribution.decided_by is DecidedBy.KEY
    assert named[0][0].attribution.decided_by is DecidedBy.VOICE
    assert voices_heard(named) == {"A": samples(8)}


def test_more_voices_than_the_roster_are_nobodys() -> None:
    """The roster bounds the letters; the voice heard least stays nobody's."""
    made = attributor({}, most=2)

    got = whose(made, turn(0, (0.1, 6)), turn(9, (0.2, 6)), turn(18, (0.3, 4)))

    assert got == [[(None, "A")], [(None, "B")], [(None, None)]]


def test_a_clip_that_is_too_short_warns_and_enrols_nobody() -> None:
    """Less than three seconds of voice: the warning names the id, the person is not matched."""
    made = attributor({M1: CLIPS[M1], M2: speech((0.2, 2), (0, 9))}, most=1)

    assert [(w.problem, w.people) for w in made.warnings] == [(ClipProblem.TOO_SHORT, (M2,))]
    assert whose(made, turn(0, (0.2, 5))) == [[(None, None)]]


def test_one_clip_given_to_two_people_warns_and_attributes_to_neither() -> None:
    """The same voice twice: no margin, nobody."""
    made = attributor({M1: CLIPS[M1], M2: CLIPS[M1], M3: CLIPS[M3]})

    assert [(w.problem, w.people) for w in made.warnings] == [(ClipProblem.ALIKE, (M1, M2))]
    assert whose(made, turn(0, (0.1, 5))) == [[(None, None)]]


@pytest.mark.parametrize("clip", [np.zeros(0, dtype=np.float32), np.zeros(SAMPLE_RATE * 5, dtype=np.float32)])
def test_an_empty_or_silent_clip_warns(clip: NDArray[np.float32]) -> None:
    """No voice at all is a warning, not a crash."""
    assert [w.problem for w in attributor({M1: clip}).warnings] == [ClipProblem.TOO_SHORT]


def test_a_change_that_leaves_no_pause_gives_nobodys_words_around_it() -> None:
    """Two voices one right after the other keep their own speech and neither gets the other's."""
    ((first, *_, last),) = attributor(CLIPS).decide([attributor(CLIPS).hear(turn(0, (0.1, 4), (0.2, 4)))])

    assert (first.attribution.person, last.attribution.person) == ("m1", "m2")
    assert first.end <= samples(4) <= last.start


def test_a_track_keeps_no_audio_and_shows_no_voiceprint() -> None:
    """What is remembered of a turn is small, and its repr holds no biometric data."""
    track = attributor(CLIPS).hear(turn(0, (0.1, 10)))

    assert isinstance(track, VoiceTrack)
    assert sum(p.voiceprint.nbytes for p in track.pieces if p.voiceprint is not None) < 2_000
    assert "array" not in repr(track)


def test_no_turns_give_no_stretches() -> None:
    """An empty session is fine, with and without enrolment."""
    assert attributor(CLIPS).decide([]) == ()
    assert attributor({}).decide([]) == ()


@settings(max_examples=25)
@given(
    st.permutations([M1, M2, M3]),
    st.lists(
        st.tuples(st.sampled_from([0.1, 0.2, 0.3, 0.9]), st.sampled_from([0.4, 1.0, 2.5])), min_size=1, max_size=6
    ),
)
def test_the_order_of_enrolment_changes_nothing(order: list[PersonId], parts: list[tuple[float, float]]) -> None:
    """Who is listed first in the group file has no advantage."""
    spoken = turn(0, *(p for part in parts for p in (part, (0.0, 0.2))))
    usual, other = attributor(CLIPS), attributor({person: CLIPS[person] for person in order})

    assert usual.decide([usual.hear(spoken)]) == other.decide([other.hear(spoken)])
