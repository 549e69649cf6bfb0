"""The voices of a session while it goes on: each turn is weighed once, so that the last costs no more than the first.

What is known is a fold over the turns: the enrolled, what keys gave to people, what tonight taught of both, and the
anonymous voices found so far. The same turns and keys make the same voices, which is how another process goes on
where one was ended. An anonymous voice keeps its letter for the evening.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.attribution.clustering import LONG, SAME, cluster_voices
from assistant.attribution.matching import Evidence, Match, MeanPrint, Thresholds, Voices, match_turn
from assistant.attribution.pins import PinBoard
from assistant.attribution.stretches import stretches_of
from assistant.attribution.tracks import PERSON, VoiceKey
from assistant.domain import DecidedBy, PersonId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.attribution.pins import Pin
    from assistant.attribution.tracks import VoicedStretch, VoicePiece, VoiceTrack

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Names of anonymous voices."""
VOICE = "voice:"
"""What the key of an anonymous voice begins with."""
MOST_WAITING = 100
"""Long pieces of nobody known that wait to become a voice: about the last ten minutes of strangers."""


@dataclass(frozen=True, slots=True)
class Founding:
    """Which letter the voice has that a piece founded, so that it has it again whenever the turns are weighed anew."""

    letter: str
    start: int
    """First sample of the piece."""


class LiveVoices:
    """The voices of a session up to its last turn.

    Args:
        enrolled: The voices that the session began with.
        thresholds: How near is near enough.
        most_voices: How many people are in the room at most, the enrolled included.
        pins: What keys gave to people.
        letters: The letters given so far.
    """

    def __init__(
        self,
        enrolled: Voices,
        thresholds: Thresholds,
        most_voices: int,
        pins: Sequence[Pin] = (),
        letters: Sequence[Founding] = (),
    ) -> None:
        self.most_voices = most_voices
        self._enrolled = enrolled
        self._thresholds = thresholds
        self._pins = PinBoard(pins)
        self._letters = list(letters)
        self._evidence = Evidence(enrolled, thresholds)
        self._known = enrolled
        self._strangers: list[_Stranger] = []
        self._waiting: deque[VoicePiece] = deque(maxlen=MOST_WAITING)

    @property
    def letters(self) -> tuple[Founding, ...]:
        """The letters given so far."""
        return tuple(self._letters)

    @property
    def people(self) -> frozenset[PersonId]:
        """Whose voice can be matched."""
        return frozenset(PersonId(key.removeprefix(PERSON)) for key in self._known.prints)

    def weigh(self, tracks: Iterable[VoiceTrack]) -> None:
        """Learn everything anew from all turns of the session, in order of time."""
        heard = list(tracks)
        pieces = [piece for track in heard for piece in track.pieces]
        given = [(piece, pin) for piece in pieces if (pin := self._pins.of(piece)) is not None]
        self._known = with_given(self._enrolled, ((p, pin.person) for p, pin in given), self._thresholds)
        trusted = frozenset(VoiceKey(PERSON + pin.person) for _, pin in given)
        self._evidence = Evidence(self._known, self._thresholds, trusted)
        self._strangers = []
        self._waiting.clear()
        held = {id(piece) for piece, _ in given}
        for piece in pieces:
            if id(piece) not in held:
                self._learn(piece)

    def hear(self, track: VoiceTrack) -> None:
        """Learn from one more turn."""
        for piece in track.pieces:
            self._learn(piece)

    def decide(self, track: VoiceTrack) -> tuple[VoicedStretch, ...]:
        """Return the stretches of one turn by what is known now; they do not overlap."""
        matches = match_pinned(track.pieces, self._voices(), self._thresholds, self._pins)
        return stretches_of(track.pieces, matches, self._names())

    def letter_of(self, piece: VoicePiece) -> str | None:
        """Return the anonymous voice that a piece alone is given to."""
        key = self._voices().match(piece, self._thresholds).key
        return self._names().get(key) if key is not None else None

    def _names(self) -> Mapping[VoiceKey, str]:
        return {stranger.key: stranger.letter for stranger in self._strangers}

    def _voices(self) -> Voices:
        """Return everybody known, and the anonymous voices."""
        known = self._evidence.voices()
        strangers = {s.key: (print_,) for s in self._strangers if (print_ := s.mean.print_) is not None}
        # A distrusted voice whose pieces made an anonymous one would tie with it: that one stands for both.
        kept = {k: v for k, v in known.prints.items() if k not in known.distrusted or not strangers}
        return Voices({**kept, **strangers}, known.distrusted)

    def _learn(self, piece: VoicePiece) -> None:
        self._evidence.add(piece)
        known = self._evidence.voices()
        if piece.voiceprint is None or piece.overlap or piece.samples < LONG:
            return
        nearest = known.nearest(piece)
        if nearest.score >= self._thresholds.near and nearest.nearest not in known.distrusted:
            return
        mine = max(self._strangers, key=lambda s: s.likeness(piece), default=None)
        if mine is not None and mine.likeness(piece) >= self._thresholds.near:
            if mine.likeness(piece) >= self._thresholds.anchor:
                mine.mean.add(piece)
                self._unite()
            return
        self._waiting.append(piece)
        self._found()

    def _found(self) -> None:
        """Make voices of those pieces that wait and are enough of one voice."""
        distrusted = len(self._evidence.voices().distrusted)
        room = self.most_voices - len(self._known.prints) + distrusted
        for print_ in cluster_voices(self._waiting, max(room, 0)):
            mine = [p for p in self._waiting if _like(p, print_) >= self._thresholds.near]
            voice = next((s for s in self._strangers if s.is_near(print_)), None)
            if voice is None:
                letter = self._letter(mine)
                if letter is None or len(self._strangers) >= room:
                    continue
                voice = _Stranger(letter)
                self._strangers.append(voice)
            for piece in mine:
                voice.mean.add(piece)
                self._waiting.remove(piece)

    def _letter(self, pieces: Sequence[VoicePiece]) -> str | None:
        """Return the letter that a voice of these pieces has or gets; None where there is nothing to name."""
        if not pieces:
            return None
        taken = {stranger.letter for stranger in self._strangers}
        starts = {piece.start for piece in pieces}
        for founding in self._letters:
            if founding.start in starts and founding.letter not in taken:
                return founding.letter
        used = {founding.letter for founding in self._letters}
        letter = next((one for one in LETTERS if one not in used), None)
        if letter is not None:
            self._letters.append(Founding(letter, pieces[0].start))
        return letter

    def _unite(self) -> None:
        """Join two voices that turn out to be one under the letter that is older."""
        for i, older in enumerate(self._strangers):
            print_ = older.mean.print_
            younger = next((s for s in self._strangers[i + 1 :] if print_ is not None and s.is_near(print_)), None)
            if younger is not None:
                older.mean.take(younger.mean)
                self._strangers.remove(younger)
                return


class _Stranger:
    """An anonymous voice."""

    def __init__(self, letter: str) -> None:
        self.letter = letter
        self.key = VoiceKey(VOICE + letter)
        self.mean = MeanPrint()

    def likeness(self, piece: VoicePiece) -> float:
        print_ = self.mean.print_
        return -1.0 if print_ is None else _like(piece, print_)

    def is_near(self, print_: NDArray[np.float32]) -> bool:
        own = self.mean.print_
        return own is not None and float(own @ print_) >= SAME


def _like(piece: VoicePiece, print_: NDArray[np.float32]) -> float:
    return -1.0 if piece.voiceprint is None else float(piece.voiceprint @ print_)


def with_given(voices: Voices, given: Iterable[tuple[VoicePiece, PersonId]], thresholds: Thresholds) -> Voices:
    """Return ``voices`` with those that keys gave to people: beside the clip of whoever has one.

    Args:
        voices: The enrolled.
        given: Pieces and whose they are.
        thresholds: Less speech than its ``long`` makes no voice.
    """
    means: dict[VoiceKey, MeanPrint] = {}
    for piece, person in given:
        if not piece.overlap:
            means.setdefault(VoiceKey(PERSON + person), MeanPrint()).add(piece)
    prints = dict(voices.prints)
    for key, mean in means.items():
        print_ = mean.print_
        if print_ is not None and mean.samples >= thresholds.long:
            prints[key] = (*prints.get(key, ()), print_)
    return Voices(prints, voices.distrusted)


def match_pinned(
    pieces: tuple[VoicePiece, ...], voices: Voices, thresholds: Thresholds, pins: PinBoard
) -> tuple[Match, ...]:
    """Return the match of every piece of one turn; what a key gave to somebody is theirs."""
    matches = match_turn(pieces, voices, thresholds)
    if not pins:
        return matches
    return tuple(_pinned(piece, match, pins) for piece, match in zip(pieces, matches, strict=True))


def _pinned(piece: VoicePiece, match: Match, pins: PinBoard) -> Match:
    pin = pins.of(piece)
    if pin is None or piece.overlap:
        return match
    return replace(match, key=VoiceKey(PERSON + pin.person), score=1.0, margin=1.0, decided_by=DecidedBy.KEY)
