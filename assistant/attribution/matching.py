"""Whose voice is it, or nobody's: open-set matching of voiceprints with a margin.

A voiceprint is given to the nearest voice only when it is near enough (the speaker may be nobody on the roster) and
clearly nearer than to the next (two people may sound alike). All else stays unknown: promise 4. What was said plays
no part.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.attribution.voiceprint import unit
from assistant.domain import SAMPLE_RATE, DecidedBy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from assistant.attribution.tracks import VoiceKey, VoicePiece


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How near is near enough, in cosine similarity, by the length of the piece.

    Measured on the sample sessions, enrolment clean and the session with added reverberation (0.4 to 0.6 s), noise
    (15 and 20 dB) and telephone bandwidth, the 5th percentile of the right voice against the highest wrong one:
    1.2 s 0.37 to 0.60 against 0.44, 2.5 s 0.52 to 0.73 against 0.42. Synthetic voices; hence the margin on top.
    """

    near: float = 0.45
    """From ``long`` on: similarity to the nearest voice."""
    near_short: float = 0.38
    """Below ``long``: short pieces lie further from their own voice."""
    ahead: float = 0.15
    """From ``long`` on: how much nearer than the next voice."""
    ahead_short: float = 0.20
    """Below ``long``: short pieces scatter more."""
    long: int = int(1.2 * SAMPLE_RATE)
    """Samples."""
    shortest: int = int(0.5 * SAMPLE_RATE)
    """Samples below which a piece says nothing by itself."""
    echo: float = 0.15
    """A short piece beside a sure one of the nearest voice needs only this similarity."""
    echo_ahead: float = 0.08
    """And this much more than to the next voice."""
    echo_long: float = 0.32
    """The same for a long piece."""
    echo_long_ahead: float = 0.12
    """And for its lead."""
    anchor: float = 0.55
    """From here on a long piece may refine its person's voice for this session."""
    anchor_ahead: float = 0.25
    """And only this far ahead of the next voice."""
    anchor_length: int = int(1.5 * SAMPLE_RATE)
    """Samples."""
    impostor: float = 0.15
    """How much further tonight's voice may lie from its clip than the others' do from theirs (median). Measured: true
    voices within 0.1 of their median in every condition, a sound-alike (clips at 0.65) 0.25 below."""
    impostor_length: int = 4 * SAMPLE_RATE
    """Samples of long pieces from which that is judged."""


@dataclass(frozen=True, slots=True)
class Match:
    """The nearest voice, accepted or not."""

    key: VoiceKey | None
    """The voice it was given to; None: nobody's."""
    nearest: VoiceKey | None
    score: float
    """Cosine similarity to the nearest voice."""
    margin: float
    """How much nearer than the next voice; the score itself where there is only one voice."""
    decided_by: DecidedBy = DecidedBy.VOICE


FEWEST_OTHERS = 2
"""Other voices of tonight needed to know how far the room moves a voice from its clip."""
NO_MATCH = Match(None, None, 0.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Voices:
    """The voices that a session is matched against, each by one or more voiceprints of length 1."""

    prints: Mapping[VoiceKey, tuple[NDArray[np.float32], ...]] = field(repr=False)
    """The clip's, and this session's own where there was enough of it. Their mean counts: two strangers in one room
    share its sound, so nearness to tonight's print alone proves little."""
    distrusted: frozenset[VoiceKey] = frozenset()
    """Voices that compete but are given nothing: tonight somebody else seems to speak with them."""

    def match(self, piece: VoicePiece, thresholds: Thresholds) -> Match:
        """Return the nearest voice of a piece, accepted when near enough and far enough ahead for its length."""
        match = self.nearest(piece)
        if match.nearest is None or piece.samples < thresholds.shortest:
            return match
        long = piece.samples >= thresholds.long
        near = thresholds.near if long else thresholds.near_short
        ahead = thresholds.ahead if long else thresholds.ahead_short
        accepted = match.score >= near and match.margin >= ahead and match.nearest not in self.distrusted
        return Match(match.nearest if accepted else None, match.nearest, match.score, match.margin)

    def nearest(self, piece: VoicePiece) -> Match:
        """Return the nearest voice of a piece, accepted by nobody."""
        if piece.voiceprint is None or piece.overlap or not self.prints:
            return NO_MATCH
        heard = piece.voiceprint
        means = {key: sum(float(p @ heard) for p in prints) / len(prints) for key, prints in self.prints.items()}
        scores = sorted(((mean, key) for key, mean in means.items()), key=lambda scored: (-scored[0], scored[1]))
        best, nearest = scores[0]
        # With one voice alone there is no next one: a stranger's typical similarity (about 0) stands for it.
        following = scores[1][0] if len(scores) > 1 else 0.0
        return Match(None, nearest, best, best - following)


class Evidence:
    """What a session taught so far of the voices that it began with. Each piece is weighed once, so it can grow.

    The room and the microphone of tonight differ from those of the clip; a piece of tonight is nearer to tonight's
    mean. Only long, near and clear pieces count, so that a mistake cannot feed itself. The clip's own print stays.

    A whole evening's mean is also the best evidence that a sound-alike speaks and not the person: the room moves every
    voice away from its clip by about as much, so one that moved much further is distrusted.

    Args:
        voices: Those that the session began with.
        thresholds: How near is near enough.
        trusted: Voices that a person gave by a key: they are not doubted.
    """

    def __init__(self, voices: Voices, thresholds: Thresholds, trusted: frozenset[VoiceKey] = frozenset()) -> None:
        self._voices = voices
        self._thresholds = thresholds
        self._trusted = trusted
        self._anchors: dict[VoiceKey, MeanPrint] = {}
        self._long: dict[VoiceKey, MeanPrint] = {}
        self._refined: Voices | None = None

    def add(self, piece: VoicePiece) -> None:
        """Weigh one more piece."""
        nearest = self._voices.nearest(piece)
        if nearest.nearest is None:
            return
        if _is_anchor(nearest, piece, self._thresholds):
            self._anchors.setdefault(nearest.nearest, MeanPrint()).add(piece)
            self._refined = None
        key = self._voices.match(piece, self._thresholds).key
        if key is not None and piece.samples >= self._thresholds.long:
            self._long.setdefault(key, MeanPrint()).add(piece)
            self._refined = None

    def voices(self) -> Voices:
        """Return the voices with, for each, the mean of this session's pieces that are surely it."""
        if self._refined is None:
            self._refined = self._weighed()
        return self._refined

    def _weighed(self) -> Voices:
        anchors = {key: mean.print_ for key, mean in self._anchors.items()}
        prints = {
            key: own if (mine := anchors.get(key)) is None else (*own, mine) for key, own in self._voices.prints.items()
        }
        likeness = {
            key: float(self._voices.prints[key][0] @ print_)
            for key, mean in self._long.items()
            if mean.samples >= self._thresholds.impostor_length and (print_ := mean.print_) is not None
        }
        far = (k for k, like in likeness.items() if like < _others(likeness, k) - self._thresholds.impostor)
        return Voices(prints, frozenset(far) - self._trusted)


class MeanPrint:
    """The mean of voiceprints, each weighted by its length."""

    def __init__(self) -> None:
        self.samples = 0
        self._sum: NDArray[np.float32] | None = None
        self._unit: NDArray[np.float32] | None = None

    def add(self, piece: VoicePiece) -> None:
        """Take one more piece; one without a voiceprint adds nothing."""
        if piece.voiceprint is None:
            return
        weighted = piece.voiceprint * piece.samples
        self._sum = weighted if self._sum is None else self._sum + weighted
        self._unit = None
        self.samples += piece.samples

    def take(self, other: MeanPrint) -> None:
        """Take all that another mean was made of."""
        if other._sum is not None:
            self._sum = other._sum if self._sum is None else self._sum + other._sum
            self._unit = None
            self.samples += other.samples

    @property
    def print_(self) -> NDArray[np.float32] | None:
        """Shape (256,), of length 1; None where there is none yet."""
        if self._unit is None and self._sum is not None:
            self._unit = unit(self._sum)
        return self._unit


def refined(voices: Voices, pieces: Iterable[VoicePiece], thresholds: Thresholds) -> Voices:
    """Return ``voices`` with, for each, the mean of this session's pieces that are surely it."""
    evidence = Evidence(voices, thresholds)
    for piece in pieces:
        evidence.add(piece)
    return evidence.voices()


def _is_anchor(match: Match, piece: VoicePiece, thresholds: Thresholds) -> bool:
    near = match.score >= thresholds.anchor and match.margin >= thresholds.anchor_ahead
    return near and piece.samples >= thresholds.anchor_length


def _others(likeness: Mapping[VoiceKey, float], key: VoiceKey) -> float:
    """Return the median of the others' likeness; -1 where there are too few others to tell."""
    others = [like for other, like in likeness.items() if other != key]
    return statistics.median(others) if len(others) >= FEWEST_OTHERS else -1.0


def match_turn(pieces: tuple[VoicePiece, ...], voices: Voices, thresholds: Thresholds) -> tuple[Match, ...]:
    """Return the match of every piece of one turn.

    A piece that is unsure by itself goes to the voice of a sure neighbour when it too is nearest to that voice,
    and the gap between them is a breath. Otherwise it stays nobody's.
    """
    alone = [voices.match(piece, thresholds) for piece in pieces]
    together = list(alone)
    for i, (piece, match) in enumerate(zip(pieces, alone, strict=True)):
        long = piece.samples >= thresholds.long
        near, ahead = (
            (thresholds.echo_long, thresholds.echo_long_ahead) if long else (thresholds.echo, thresholds.echo_ahead)
        )
        if match.key is not None or match.nearest is None or match.score < near or match.margin < ahead:
            continue
        beside = [
            alone[j].key
            for j in (i - 1, i + 1)
            if 0 <= j < len(pieces) and _gap(pieces[min(i, j)], pieces[max(i, j)]) <= thresholds.long // 2
        ]
        if match.nearest in beside:
            together[i] = Match(match.nearest, match.nearest, match.score, match.margin)
    return tuple(together)


def _gap(earlier: VoicePiece, later: VoicePiece) -> int:
    return later.start - earlier.end
