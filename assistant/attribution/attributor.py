"""The room's front: a turn is heard once, and whose voice each stretch is can be decided again at any time.

Hearing keeps voiceprints and no audio; deciding is a pure function of what was heard, so it works turn by turn while a
session runs and once more, with all that the session taught, when it is over. Nothing here is ever written.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.attribution.boundaries import placed
from assistant.attribution.clustering import cluster_voices
from assistant.attribution.enrolment import EnrolmentWarning, enrol
from assistant.attribution.matching import Thresholds, Voices, match_turn, refined
from assistant.attribution.segmentation import Segmenter
from assistant.attribution.stretches import stretches_of
from assistant.attribution.tracks import PERSON, VoicedStretch, VoiceKey, VoicePiece, VoiceTrack, joined
from assistant.attribution.voiceprint import Voiceprints
from assistant.domain import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.attribution.enrolment import PieceFinder, VoiceprintMaker
    from assistant.attribution.segmentation import Piece
    from assistant.domain import PersonId, Turn

UNPLACED = SAMPLE_RATE
"""Samples of doubt on each side of a change that left no trace: pieces are at most 1.8 s, so it is nearer."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Names of anonymous voices."""


class Attributor:
    """Decides whose voice each stretch of a session is.

    Args:
        segmentation: The segmentation model's file, or anything that finds pieces.
        voiceprint: The voiceprint model's file, or anything that makes voiceprints.
        enrolled: One clip per enrolled person, shape (n,), 16 kHz; it is not kept. The order plays no part.
        most_voices: How many people are in the room at most, the enrolled included: bounds the anonymous voices.
        thresholds: How near is near enough.

    Raises:
        ModelError: A model cannot be opened.
    """

    def __init__(
        self,
        segmentation: Path | PieceFinder,
        voiceprint: Path | VoiceprintMaker,
        enrolled: Mapping[PersonId, NDArray[np.float32]],
        most_voices: int,
        thresholds: Thresholds | None = None,
    ) -> None:
        self._finder = Segmenter(segmentation) if isinstance(segmentation, Path) else segmentation
        self._maker = Voiceprints(voiceprint) if isinstance(voiceprint, Path) else voiceprint
        self._thresholds = thresholds or Thresholds()
        self._most_voices = most_voices
        self._enrolled, self._warnings = enrol(enrolled, self._finder, self._maker)

    @property
    def warnings(self) -> tuple[EnrolmentWarning, ...]:
        """What is wrong with the clips."""
        return self._warnings

    def hear(self, turn: Turn) -> VoiceTrack:
        """Return what is needed of a turn to decide whose voices are in it. No audio is kept."""
        pieces = [self._heard(piece, turn) for piece in self._finder.pieces(turn)]
        return VoiceTrack(turn.first_sample, turn.end_sample, placed(joined(pieces), turn, self._maker))

    def decide(self, tracks: Sequence[VoiceTrack]) -> tuple[tuple[VoicedStretch, ...], ...]:
        """Return the stretches of every track, in order; stretches of one track do not overlap.

        Args:
            tracks: What was heard, in order of time: one turn, or a whole session, which decides better.

        Returns:
            For each track its stretches. ``person`` is set for enrolled people, ``voice`` for anonymous ones (letters
            by first appearance in ``tracks``: they may move while a session grows); neither where it is overlapped,
            too short, too far from every voice or too near to two.
        """
        pieces = [piece for track in tracks for piece in track.pieces]
        voices = self._with_strangers(refined(self._enrolled, pieces, self._thresholds), pieces)
        matches = [match_turn(track.pieces, voices, self._thresholds) for track in tracks]
        strangers = dict.fromkeys(m.key for turn in matches for m in turn if m.key and not m.key.startswith(PERSON))
        letters = dict(zip(strangers, LETTERS, strict=False))
        return tuple(stretches_of(track.pieces, turn, letters) for track, turn in zip(tracks, matches, strict=True))

    def _heard(self, piece: Piece, turn: Turn) -> VoicePiece:
        """Return a piece with its voiceprint; overlapped speech has none."""
        audio = turn.audio[piece.start - turn.first_sample : piece.end - turn.first_sample]
        voiceprint = None if piece.overlap else self._maker.of(audio)
        return VoicePiece(piece.start, piece.end, piece.overlap, UNPLACED if piece.soft_start else 0, voiceprint)

    def _with_strangers(self, voices: Voices, pieces: Sequence[VoicePiece]) -> Voices:
        """Return ``voices`` with the clusters of those pieces that are near to no enrolled person."""
        room = min(self._most_voices - len(self._enrolled.prints), len(LETTERS) - len(voices.distrusted))
        if room + len(voices.distrusted) < 1:
            return voices
        strange = [p for p in pieces if self._is_strange(p, voices)]
        found = cluster_voices(strange, room + len(voices.distrusted))
        clusters = {VoiceKey(f"voice:{i:02}"): (centroid,) for i, centroid in enumerate(found)}
        # A distrusted voice whose pieces made a cluster would tie with it: the cluster stands for both.
        known = {k: v for k, v in voices.prints.items() if k not in voices.distrusted or not clusters}
        return Voices({**known, **clusters}, voices.distrusted)

    def _is_strange(self, piece: VoicePiece, voices: Voices) -> bool:
        nearest = voices.nearest(piece)
        return nearest.score < self._thresholds.near or nearest.nearest in voices.distrusted
