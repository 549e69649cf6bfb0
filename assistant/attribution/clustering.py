"""Voices told apart without enrolment: clusters of voiceprints, bounded by the roster. The only importer of scipy.

Agglomerative clustering with average linkage on cosine distance (the step that follows segmentation in pyannote 3.1
and WeSpeaker's recipes). The number of voices is bounded by the roster, never forced: two people merged into one voice
would put one's words into the other's note once that voice is named, so what is left over stays nobody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from assistant.attribution.voiceprint import unit
from assistant.domain import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.attribution.tracks import VoicePiece

APART = 0.55
"""Mean cosine distance from which two clusters are two voices: pieces of one voice in one room lie 0.2 to 0.45 apart,
those of two people 0.6 and more."""
SAME = 0.60
"""Cosine similarity of two centroids from which they are one voice that changed its manner."""
LONG = int(1.5 * SAMPLE_RATE)
"""Samples: only pieces from here on make voices; shorter ones are then matched to them."""
LEAST = int(3.0 * SAMPLE_RATE)
"""Samples of a voice in all: less is a cough, a mixture or a door."""
MOST = 2_000
"""Pieces clustered at once (the distances take 16 MB); of a longer session the longest pieces make the voices."""


def cluster_voices(pieces: Sequence[VoicePiece], most_voices: int) -> tuple[NDArray[np.float32], ...]:
    """Return the centroids of the voices found, of length 1, ordered by when each is first heard.

    Args:
        pieces: Pieces of the session in order of time, those of known people left out.
        most_voices: How many voices there may be at most.

    Returns:
        At most ``most_voices`` centroids of shape (256,).
    """
    long = [p for p in pieces if p.voiceprint is not None and not p.overlap and p.samples >= LONG]
    if most_voices < 1 or not long:
        return ()
    chosen = sorted(sorted(long, key=lambda p: (-p.samples, p.start))[:MOST], key=lambda p: p.start)
    prints = np.stack([p.voiceprint for p in chosen if p.voiceprint is not None]).astype(np.float32)
    lengths = np.array([p.samples for p in chosen], dtype=np.float64)
    labels = _labels(prints)
    found = [_Cluster(prints, lengths, np.flatnonzero(labels == label)) for label in np.unique(labels)]
    found = _merged(found)
    found = sorted((c for c in found if c.samples >= LEAST), key=lambda c: (-c.samples, c.first))[:most_voices]
    return tuple(c.centroid for c in sorted(found, key=lambda c: c.first))


class _Cluster:
    """Pieces taken for one voice."""

    def __init__(self, prints: NDArray[np.float32], lengths: NDArray[np.float64], members: NDArray[np.intp]) -> None:
        self.first = int(members.min())
        self.samples = float(lengths[members].sum())
        self.members = members
        self._prints = prints
        self._lengths = lengths
        total = (prints[members] * lengths[members, None]).sum(axis=0)
        centroid = unit(total.astype(np.float32))
        self.centroid: NDArray[np.float32] = prints[members[0]] if centroid is None else centroid

    def with_(self, other: _Cluster) -> _Cluster:
        return _Cluster(self._prints, self._lengths, np.concatenate([self.members, other.members]))


def _labels(prints: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the cluster number of each voiceprint."""
    if prints.shape[0] == 1:
        return np.zeros(1, dtype=np.intp)
    tree = linkage(prints, method="average", metric="cosine")
    labels: NDArray[np.intp] = fcluster(tree, t=APART, criterion="distance").astype(np.intp)
    return labels


def _merged(clusters: list[_Cluster]) -> list[_Cluster]:
    """Return ``clusters`` with the nearest pair joined while it is one voice."""
    clusters = list(clusters)
    while len(clusters) > 1:
        centroids = np.stack([c.centroid for c in clusters])
        similarity = centroids @ centroids.T
        np.fill_diagonal(similarity, -1.0)
        i, j = (int(k) for k in np.unravel_index(int(similarity.argmax()), similarity.shape))
        if similarity[i, j] < SAME:
            break
        joined = clusters[i].with_(clusters[j])
        clusters = [c for k, c in enumerate(clusters) if k not in (i, j)] + [joined]
    return clusters
