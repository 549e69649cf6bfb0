"""The proof of a spoken sample: our own recogniser listens to it, and no name of anybody is heard.

The sound is made from the finished text alone, so what could be heard is a name that was written in a way that only an
ear understands, or a stand-in that sounds like what it stands for. Either way the turn is silenced.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.domain import Frame, Gap, samples
from assistant.errors import GateRefusedError
from assistant.pipeline.speaking_sample import silenced
from assistant.training.words import keys_of, sounds_like

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.domain import Turn, Word
    from assistant.pipeline.progress import Progress
    from assistant.pipeline.speaking_sample import SpokenSample
    from assistant.transcription.recognition import Recognition

_FRAME = samples(0.5)
_FULL = np.float32(2**15)
_ROUNDS = 3
"""Silence changes where the recogniser cuts, and so what it hears: it listens again until it hears nothing."""
_PIECES = (2, 3)
"""Words as which a recogniser may write a name that it does not know."""
_LONG = 6
"""Letters of such a name."""


class Cuts(Protocol):
    """What cuts sound into turns; ``capture.endpointing`` has it."""

    def turns(self, frames: Iterable[Frame | Gap]) -> Iterator[Turn | Gap]:
        """Yield the turns of a stretch of sound."""
        ...


class Hears(Protocol):
    """The recogniser; ``transcription.whisper`` has it."""

    def transcribe(self, turn: Turn) -> Recognition:
        """Return the words of a turn. No name is given to it to expect: it would hear what it expects."""
        ...


class Knows(Protocol):
    """What knows the originals; ``training.second_pass`` has it."""

    def finds(self, text: str) -> bool:
        """Whether a text holds something that should be gone, or what sounds like it."""
        ...

    def names(self) -> Collection[str]:
        """Return the folded words of names that are no everyday words."""
        ...


@dataclass(frozen=True, slots=True)
class Ears:
    """Who listens."""

    cuts: Callable[[], Cuts]
    hears: Hears


@dataclass(frozen=True, slots=True)
class Proved:
    """A spoken sample in which no name is heard."""

    spoken: SpokenSample
    silenced: int
    """Turns that are silent because a name was heard in them."""
    words: int
    """Words that were heard in all."""


def prove(spoken: SpokenSample, originals: Knows, ears: Ears, progress: Progress) -> Proved:
    """Return the sound with every turn silent in which a name is heard.

    Args:
        spoken: The sound.
        originals: What knows what nobody may hear.
        ears: Who listens.
        progress: Who waits.

    Raises:
        GateRefusedError: Nothing was heard at all, or names are still heard after several rounds.
    """
    gone = 0
    for _ in range(_ROUNDS):
        progress.stage("Listening", spoken.audio.shape[0])
        words = 0
        found: set[int] = set()
        for turn in ears.cuts().turns(_frames(spoken.audio, progress)):
            if not isinstance(turn, Gap):
                heard = ears.hears.transcribe(turn).words
                words += len(heard)
                found |= _turns_with(heard, spoken, originals)
        if spoken.placed and not words:
            raise GateRefusedError(
                "nothing is heard in the spoken sample, which proves nothing: make it without --audio"
            )
        if not found:
            return Proved(spoken, gone, words)
        gone += len(found)
        spoken = silenced(spoken, frozenset(found))
    raise GateRefusedError("names are still heard in the spoken sample after several rounds: make it without --audio")


def _frames(audio: NDArray[np.int16], progress: Progress) -> Iterator[Frame | Gap]:
    for first in range(0, audio.shape[0], _FRAME):
        yield Frame(first, audio[first : first + _FRAME].astype(np.float32) / _FULL)
        progress.advance(first)


def _turns_with(words: Sequence[Word], spoken: SpokenSample, originals: Knows) -> set[int]:
    """Return the numbers of the turns in which an original is heard."""
    by_turn: dict[int, list[Word]] = {}
    for word in words:
        for number in _at(word, spoken):
            by_turn.setdefault(number, []).append(word)
    found = {number for number, heard in by_turn.items() if _tells(heard, originals)}
    if not found and _tells(words, originals):
        # It reaches over the end of a turn.
        return set(by_turn)
    return found


def _tells(words: Sequence[Word], originals: Knows) -> bool:
    text = " ".join(word.text for word in words)
    return originals.finds(text) or _in_pieces(keys_of(text), originals.names())


def _in_pieces(keys: Sequence[str], names: Collection[str]) -> bool:
    """Whether a name is heard as several words."""
    joined = {"".join(keys[at : at + n]) for n in _PIECES for at in range(len(keys) - n + 1)}
    return any(sounds_like(piece, name) for name in names if len(name) >= _LONG for piece in joined)


def _at(word: Word, spoken: SpokenSample) -> list[int]:
    """Return the numbers of the turns at a word's time; of the nearest where the recogniser's times are off."""
    over = [turn.number for turn in spoken.placed if turn.start < word.end and word.start < turn.end]
    if over or not spoken.placed:
        return over
    return [min(spoken.placed, key=lambda turn: min(abs(turn.start - word.end), abs(turn.end - word.start))).number]
