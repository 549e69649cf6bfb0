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
from assistant.attribution.live import LETTERS, LiveVoices, match_pinned, with_given
from assistant.attribution.matching import Evidence, Thresholds, Voices
from assistant.attribution.pins import PinBoard
from assistant.attribution.segmentation import Segmenter
from assistant.attribution.stretches import stretches_of
from assistant.attribution.tracks import PERSON, VoicedStretch, VoiceKey, VoicePiece, VoiceTrack, joined
from assistant.attribution.voiceprint import Voiceprints
from assistant.domain import SAMPLE_RATE, PersonId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.attribution.enrolment import PieceFinder, VoiceprintMaker
    from assistant.attribution.live import Founding
    from assistant.attribution.pins import Pin
    from assistant.attribution.segmentation import Piece
    from assistant.domain import Turn

UNPLACED = SAMPLE_RATE
"""Samples of doubt on each side of a change that left no trace: pieces are at most 1.8 s, so it is nearer."""


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

    @property
    def enrolled(self) -> frozenset[PersonId]:
        """Whose voice is known without this session."""
        return frozenset(PersonId(key.removeprefix(PERSON)) for key in self._enrolled.prints)

    def admit(self, clips: Mapping[PersonId, NDArray[np.float32]], most_voices: int) -> None:
        """Know more people, and how many there may be from now on.

        Args:
            clips: One per person, shape (n,), 16 kHz; it is not kept.
            most_voices: How many people are in the room at most, the enrolled included.
        """
        voices, warnings = enrol(clips, self._finder, self._maker)
        self._enrolled = Voices({**self._enrolled.prints, **voices.prints})
        self._warnings += warnings
        self._most_voices = most_voices

    def know(self, prints: Mapping[PersonId, NDArray[np.float32]]) -> None:
        """Know voiceprints that people let be kept from an earlier evening, shape (256,), of length 1.

        Whoever has a clip is known by the clip.
        """
        kept = {VoiceKey(PERSON + person): (print_,) for person, print_ in prints.items()}
        self._enrolled = Voices({**kept, **self._enrolled.prints})

    def forget(self, person: PersonId) -> None:
        """Know a person's voice no more."""
        key = VoiceKey(PERSON + person)
        self._enrolled = Voices({k: v for k, v in self._enrolled.prints.items() if k != key})

    def live(self, pins: Sequence[Pin] = (), letters: Sequence[Founding] = ()) -> LiveVoices:
        """Return the voices to go through a session with, turn by turn, before its first turn."""
        return LiveVoices(self._enrolled, self._thresholds, self._most_voices, pins, letters)

    def decide(self, tracks: Sequence[VoiceTrack], pins: Sequence[Pin] = ()) -> tuple[tuple[VoicedStretch, ...], ...]:
        """Return the stretches of every track, in order; stretches of one track do not overlap.

        Args:
            tracks: What was heard, in order of time: one turn, or a whole session, which decides better.
            pins: What keys gave to people.

        Returns:
            For each track its stretches. ``person`` is set for enrolled people, ``voice`` for anonymous ones (letters
            by first appearance in ``tracks``: they may move while a session grows); neither where it is overlapped,
            too short, too far from every voice or too near to two.
        """
        board = PinBoard(pins)
        heard = [(piece, board.of(piece)) for track in tracks for piece in track.pieces]
        given = [(piece, pin.person) for piece, pin in heard if pin is not None]
        known = with_given(self._enrolled, given, self._thresholds)
        pieces = [piece for piece, pin in heard if pin is None]
        evidence = Evidence(known, self._thresholds, frozenset(VoiceKey(PERSON + person) for _, person in given))
        for piece in pieces:
            evidence.add(piece)
        voices = self._with_strangers(evidence.voices(), pieces, len(known.prints))
        matches = [match_pinned(track.pieces, voices, self._thresholds, board) for track in tracks]
        strangers = dict.fromkeys(m.key for turn in matches for m in turn if m.key and not m.key.startswith(PERSON))
        letters = dict(zip(strangers, LETTERS, strict=False))
        return tuple(stretches_of(track.pieces, turn, letters) for track, turn in zip(tracks, matches, strict=True))

    def _heard(self, piece: Piece, turn: Turn) -> VoicePiece:
        """Return a piece with its voiceprint; overlapped speech has none."""
        audio = turn.audio[piece.start - turn.first_sample : piece.end - turn.first_sample]
        voiceprint = None if piece.overlap else self._maker.of(audio)
        return VoicePiece(piece.start, piece.end, piece.overlap, UNPLACED if piece.soft_start else 0, voiceprint)

    def _with_strangers(self, voices: Voices, pieces: Sequence[VoicePiece], known_voices: int) -> Voices:
        """Return ``voices`` with the clusters of those pieces that are near to no known person."""
        room = min(self._most_voices - known_voices, len(LETTERS) - len(voices.distrusted))
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
