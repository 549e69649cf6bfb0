"""Voices told apart without enrolment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.attribution import clustering
from assistant.attribution.clustering import cluster_voices
from assistant.attribution.tracks import VoicePiece
from assistant.domain import samples

if TYPE_CHECKING:
    from numpy.typing import NDArray


def pieces(order: str, *, spread: float = 0.4, length: float = 2.0, seed: int = 0) -> list[VoicePiece]:
    """One piece per letter: a point near that letter's direction."""
    rng = np.random.default_rng(seed)
    made: list[VoicePiece] = []
    for i, letter in enumerate(order):
        noise = rng.standard_normal(64)
        point = np.eye(64)[ord(letter) - ord("a")] + spread * noise / np.linalg.norm(noise)
        print_: NDArray[np.float32] = (point / np.linalg.norm(point)).astype(np.float32)
        made.append(VoicePiece(samples(i * 3), samples(i * 3 + length), voiceprint=print_))
    return made


def nearest_letters(centroids: tuple[NDArray[np.float32], ...]) -> str:
    """The letter whose direction each centroid has."""
    return "".join(chr(ord("a") + int(c.argmax())) for c in centroids)


def test_voices_are_found_in_order_of_first_appearance() -> None:
    """Three voices, three centroids, the first heard first."""
    assert nearest_letters(cluster_voices(pieces("cabacbbaccab"), 5)) == "cab"


@pytest.mark.parametrize("most", [0, 1, 2])
def test_the_roster_bounds_the_voices_and_nobody_is_merged(most: int) -> None:
    """With fewer places than voices the ones heard longest get them; the others are not pressed into them."""
    found = cluster_voices(pieces("aaaabbbccaab"), most)

    assert nearest_letters(found) == "ab"[:most]
    assert all(float(c.max()) > 0.9 for c in found)


def test_a_moment_of_sound_is_no_voice() -> None:
    """Less than three seconds in all make no voice."""
    assert nearest_letters(cluster_voices(pieces("aaab"), 5)) == "a"


def test_short_and_overlapped_pieces_make_no_voice() -> None:
    """Only long pieces of one voice are evidence for a voice."""
    overlapped = [VoicePiece(p.start, p.end, overlap=True, voiceprint=p.voiceprint) for p in pieces("aaaa")]

    assert cluster_voices(pieces("aaaa", length=1.0), 5) == ()
    assert cluster_voices(overlapped, 5) == ()


def test_a_single_long_piece_is_a_voice() -> None:
    """One speech of four seconds is enough."""
    assert nearest_letters(cluster_voices(pieces("a", length=4.0), 5)) == "a"


def test_a_long_session_clusters_only_its_longest_pieces() -> None:
    """Memory stays bounded: beyond the limit the longest pieces make the voices, and none is lost for it."""
    many = pieces("abc" * (clustering.MOST // 3 + 200))

    assert nearest_letters(cluster_voices(many, 4)) == "abc"
