"""Signs that recognised text was invented.

Whisper writes fluent sentences for silence and noise (about one clip in a hundred: Koenecke 2024, doi
10.1145/3630106.3658996), and names that it was told to expect most of all. No single figure tells; each sign here
looks at something else: the decoder's own doubt, the text, and the sound under the words. Any sign makes the words
suspect: shown, but in no note and behind no alert until a person accepts them. A sign is a name, never a word of text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from assistant.domain import SAMPLE_RATE, samples

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from assistant.domain import Turn, Word

NO_SPEECH = "no-speech"
LOW_PROBABILITY = "low-probability"
COMPRESSION = "compression"
REPETITION = "repetition"
RATE = "rate"
ENERGY = "energy"
UNVOICED = "unvoiced"
HOTWORD_ONLY = "hotword-only"
STOCK_PHRASE = "stock-phrase"

_LIKELY_SILENCE = 0.6
"""No-speech probability at which Whisper itself begins to doubt (its default threshold)."""
_CERTAIN_SILENCE = 0.9
"""From here nothing but the decoder's fluency speaks for the text: invented names come with a fine log probability,
while clear speech after a pause reaches 0.75."""
_DOUBTFUL = -0.7
"""Average log probability that needs support from elsewhere: a token is right one time in two."""
_HOPELESS = -1.0
"""Whisper's own threshold: below it every temperature failed."""
_COMPRESSION = 2.4
"""Whisper's own threshold: text that packs better than this repeats itself."""
_WORDS_A_SECOND = 8.0
"""Fast conversation reaches 6 words in a second of voice."""
_LETTERS_A_SECOND = 40.0
"""Fast conversation reaches 25 letters in a second of voice."""
_DOUBTED_WORD = 0.5
"""Mean word probability under which a text rests on the hint or on habit more than on the sound."""
_NAMES = 0.75
"""Share of expected names from which a text says nothing but names; invented lists carry an "and" or a misspelling."""
_BELOW_VOICE_DB = 35.0
"""A word this far under the loudest of its turn is under the floor of any room."""
_INAUDIBLE_DB = -65.0
"""Below full scale: quieter than the noise of a sound card."""
_REACH = samples(0.2)
"""Word times may be off by about a syllable."""
_STEP = samples(0.02)

_STOCK = frozenset(
    {
        "amara org", "bye", "bye bye", "i'll see you in the next video", "like and subscribe", "music", "applause",
        "please subscribe", "please subscribe to my channel", "see you in the next video", "see you next time",
        "subscribe", "subtitles by the amara org community", "thank you", "thank you for watching",
        "thank you so much for watching", "thank you very much", "thanks", "thanks for listening",
        "thanks for watching", "the end", "you",
    }
)  # fmt: skip
"""What Whisper writes for silence, learned from the ends of videos. People say some of it too: it needs weak sound."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """The decoder's own figures for a run of words."""

    no_speech: float
    """Probability that the window held no speech, 0 to 1."""
    log_probability: float
    """Average over the tokens, natural logarithm."""
    compression: float
    """Length of the text over its length when packed."""


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """The sound under the words, measured once for a turn."""

    first_sample: int
    levels: NDArray[np.float32] = field(repr=False)
    """Level of each 20 ms in dB of full scale."""
    voiced: tuple[tuple[int, int], ...]
    """Absolute half-open sample ranges that hold a voice."""

    @classmethod
    def of(cls, turn: Turn) -> Sound:
        """Measure ``turn``."""
        whole = turn.audio[: turn.audio.shape[0] // _STEP * _STEP].reshape(-1, _STEP)
        power = np.square(whole).mean(axis=1) if whole.size else np.zeros(1, np.float32)
        return cls(turn.first_sample, (10 * np.log10(power + 1e-12)).astype(np.float32), turn.voiced)

    def loudest(self, start: int, end: int) -> float:
        """Return the highest level around the samples ``start`` to ``end``, in dB of full scale."""
        first = max(0, (start - _REACH - self.first_sample) // _STEP)
        part = self.levels[first : max(first + 1, (end + _REACH - self.first_sample) // _STEP)]
        return float(part.max()) if part.size else -120.0

    def voiced_samples(self, start: int, end: int) -> int:
        """Return how many samples around ``start`` to ``end`` hold a voice."""
        start, end = start - _REACH, end + _REACH
        return sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in self.voiced)


def text_signs(words: Sequence[Word], doubt: Doubt, sound: Sound, hotwords: Collection[str] = ()) -> tuple[str, ...]:
    """Return the signs that speak against a whole run of words.

    Args:
        words: The run, in order of time; not empty.
        doubt: The decoder's figures for it.
        sound: The sound of its turn.
        hotwords: The names that the decoder was told to expect.
    """
    tokens = _tokens(words)
    probability = sum(w.probability for w in words) / len(words)
    voice_s = sound.voiced_samples(words[0].start, words[-1].end) / SAMPLE_RATE
    weak = doubt.no_speech > _LIKELY_SILENCE or doubt.log_probability < _DOUBTFUL or probability < _DOUBTED_WORD
    names = frozenset(token for name in hotwords for token in re.findall(r"[\w']+", name.lower()))
    found = {
        NO_SPEECH: (doubt.no_speech > _LIKELY_SILENCE and doubt.log_probability < _DOUBTFUL)
        or doubt.no_speech >= _CERTAIN_SILENCE,
        LOW_PROBABILITY: doubt.log_probability < _HOPELESS,
        COMPRESSION: doubt.compression > _COMPRESSION,
        REPETITION: repeats(tokens),
        RATE: too_fast(tokens, voice_s),
        HOTWORD_ONLY: weak and sum(t.removesuffix("'s") in names for t in tokens) >= _NAMES * max(1, len(tokens)),
        STOCK_PHRASE: weak and " ".join(tokens) in _STOCK,
    }
    return tuple(sign for sign, stands in found.items() if stands)


def word_signs(word: Word, sound: Sound) -> tuple[str, ...]:
    """Return the signs that speak against one word whatever stands around it: no voice, or no sound, under it."""
    loudest = sound.loudest(word.start, word.end)
    found = {
        ENERGY: loudest < max(_INAUDIBLE_DB, float(sound.levels.max()) - _BELOW_VOICE_DB),
        UNVOICED: not sound.voiced_samples(word.start, word.end),
    }
    return tuple(sign for sign, stands in found.items() if stands)


def repeats(tokens: Sequence[str]) -> bool:
    """Return whether the text loops: a run of one to six words said over and over, one after the other.

    People repeat too ("no, no, no", "I, I, I mean"). A single short word may come four times, a longer one or a
    phrase of two words twice, a phrase of three or more words twice; what goes beyond is a loop.
    """
    for size in range(1, 7):
        for start in range(len(tokens) - 2 * size + 1):
            unit = tokens[start : start + size]
            times = 1
            while tokens[start + times * size : start + (times + 1) * size] == unit:
                times += 1
            if times > _allowed_times(unit):
                return True
    return False


def _allowed_times(unit: Sequence[str]) -> int:
    short = 4
    """Letters of what people stammer or repeat for weight: no, yes, okay, very, I, you know."""
    if len(unit) == 1:
        return 4 if len(unit[0]) <= short else 2
    return 3 if len(unit) == 2 and all(len(t) <= short for t in unit) else 2  # noqa: PLR2004  a phrase of two words


def too_fast(tokens: Sequence[str], voice_s: float) -> bool:
    """Return whether nobody can have said that much in ``voice_s`` seconds of voice."""
    letters = sum(len(token) for token in tokens)
    many = len(tokens) > 3 and len(tokens) > _WORDS_A_SECOND * voice_s  # noqa: PLR2004  short bursts run faster
    return many or letters > _LETTERS_A_SECOND * voice_s


def _tokens(words: Sequence[Word]) -> list[str]:
    return [token for word in words for token in re.findall(r"[\w']+", word.text.lower())]
