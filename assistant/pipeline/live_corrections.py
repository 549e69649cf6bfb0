"""What a key press means for the voices: these words are somebody's, and their voice is that person's from now on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.attribution.matching import MeanPrint
from assistant.attribution.pins import Pin, PinBoard
from assistant.domain import SAMPLE_RATE, Attribution, DecidedBy, SessionUpdate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.attribution.live import LiveVoices
    from assistant.attribution.tracks import VoicePiece
    from assistant.domain import PersonId, Utterance, Word
    from assistant.pipeline.joining import AttributedRun

ENOUGH = 10 * SAMPLE_RATE
"""Samples of voice that make a voiceprint worth keeping beyond the evening: a consent sentence takes about 15 s."""


@dataclass(frozen=True, slots=True, eq=False)
class Enrolled:
    """What came of somebody reading the consent sentence aloud."""

    update: SessionUpdate
    person: PersonId
    voiced: int
    """Samples of voice heard of them."""
    voiceprint: NDArray[np.float32] | None = field(default=None, repr=False)
    """Shape (256,), of length 1; None where there was too little of it, or no consent to keep it."""

    @property
    def enough(self) -> bool:
        """Whether there was voice enough."""
        return self.voiced >= ENOUGH


def named_pins(
    pins: Sequence[Pin], utterance: Utterance, person: PersonId, pieces: Iterable[VoicePiece], voices: LiveVoices
) -> tuple[Pin, ...]:
    """Return the pins once a key said whose an utterance is.

    The voice that speaks in it goes along where nobody had a name for it: all that it said before is that person's.
    Naming the same utterance again moves both; another utterance of a voice that has a name moves alone.

    Args:
        pins: Those set so far.
        utterance: The one that the key was pressed for.
        person: Whose it is.
        pieces: All pieces heard so far.
        voices: As known now.
    """
    start, end = utterance.start, utterance.end
    again = [pin for pin in pins if pin.letter is None and pin.holds(start, end)]
    own = Pin(start, end, person)
    letters = {pin.letter for pin in pins if again and pin.letter is not None and own.holds(pin.start, pin.end)}
    contested = utterance.attribution.voice is None and utterance.speaker is None
    contested = contested or any(pin.contested for pin in again)
    kept = [replace(pin, person=person) if pin.letter in letters else pin for pin in pins if pin not in again]
    letter = utterance.attribution.voice
    if letter is not None and utterance.speaker is None:
        board = PinBoard((*kept, own))
        mine = (piece for piece in pieces if board.of(piece) is None and voices.letter_of(piece) == letter)
        kept += [Pin(piece.start, piece.end, person, letter=letter) for piece in mine]
        # The words that the key was pressed for belong to the voice as well, so that both move together.
        kept.append(Pin(start, end, person, letter=letter))
    return (*kept, replace(own, contested=contested))


def enrolled(update: SessionUpdate, person: PersonId, pieces: Iterable[VoicePiece], *, may_keep: bool) -> Enrolled:
    """Return what came of the pieces that somebody read aloud."""
    mean = MeanPrint()
    for piece in pieces:
        if not piece.overlap:
            mean.add(piece)
    keep = may_keep and mean.samples >= ENOUGH
    return Enrolled(update, person, mean.samples, mean.print_ if keep else None)


def whose(runs: Iterable[AttributedRun], pins: Sequence[Pin]) -> tuple[AttributedRun, ...]:
    """Return the runs of a turn with the contested words, that a key gave to somebody as well, as theirs."""
    given = [pin for pin in pins if pin.contested and pin.letter is None]
    if not given:
        return tuple(runs)
    out: list[AttributedRun] = []
    for run in runs:
        if run.is_anybodys:
            out.append(run)
            continue
        for pin, words in groupby(run.words, key=lambda word: _holding(given, word)):
            part = replace(run, words=tuple(words))
            out.append(part if pin is None else theirs(part, pin.person))
    return tuple(out)


def _holding(pins: Sequence[Pin], word: Word) -> Pin | None:
    return next((pin for pin in reversed(pins) if pin.start <= word.start and word.end <= pin.end), None)


def theirs(run: AttributedRun, person: PersonId) -> AttributedRun:
    """Return a run as a key gave it to somebody."""
    words = tuple(replace(word, speaker=person, guess=person) for word in run.words)
    return replace(run, words=words, attribution=Attribution(person, 1.0, 1.0, DecidedBy.KEY))
