"""Speech recognition of one turn (Whisper through CTranslate2). The only file that imports faster_whisper.

One turn at a time: over a whole file Whisper can skip fifty words without a sign. The text is never carried from
turn to turn, because a loop or an invention would be carried with it.
"""

from __future__ import annotations

import threading
from itertools import groupby
from typing import TYPE_CHECKING, Any

import ctranslate2  # type: ignore[import-untyped]  # ships no types, as faster_whisper
import faster_whisper
import numpy as np
from tqdm import tqdm  # type: ignore[import-untyped]  # ships no types, as faster_whisper

from assistant.domain import Word, samples
from assistant.errors import ModelError
from assistant.transcription.hotwords import prompt
from assistant.transcription.recognition import Recognition, Segment, unheard
from assistant.transcription.suspicion import Doubt, Sound, text_signs, word_signs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.domain import Turn

# The progress bar that faster_whisper makes and never shows would take a semaphore of the system, which a worker that
# is ended at once would leave behind.
tqdm.set_lock(threading.RLock())

_NEEDED = ("model.bin", "config.json", "tokenizer.json")
"""Without tokenizer.json the library would fetch one from its hub."""

_FRAMES_A_SECOND = 100
_WINDOW_FRAMES = 3000
"""What Whisper was trained on: 30 s of features."""

_ROOM_FRAMES = 8 * _FRAMES_A_SECOND
"""Silence left after the turn in the encoder's window. The full 30 s cost twice as much and hear no better; under 5 s
the decoder misses the end and runs on."""

_BEAM = 3
"""Hears as well as the library's 5 on single turns, at six sevenths of the cost; 1 mishears more names."""

_TEMPERATURES = (0.0, 0.4, 0.8)
"""Tried in turn while the text repeats itself or is improbable. What fails three times is marked, not mended by six."""

_TOKENS_A_SECOND = 10
"""Fast speech takes about 6, time stamps included: what runs on beyond is a loop, and is stopped before it is long."""
_LEAST_TOKENS = 20
_MOST_TOKENS = 216
"""Of Whisper's 448 the names to expect may take half, less the marks around them."""

_REST = samples(0.3)
"""Less voice than this after the last word is the end of that word, not another."""

_SHORTEST = samples(0.05)
"""A turn shorter than this holds no word, and the feature extractor cannot take it."""


class Transcriber:
    """Whisper, opened from a folder.

    Args:
        folder: Holds model.bin, config.json, tokenizer.json and the vocabulary. Never a name: a name is fetched.
        threads: CPU threads.
        language: The language spoken, as Whisper abbreviates it.

    Raises:
        ModelError: A file is missing or the model cannot be opened.
    """

    def __init__(self, folder: Path, threads: int = 2, language: str = "en") -> None:
        missing = [name for name in _NEEDED if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"the speech model in {folder} lacks {', '.join(missing)}: run 'assistant models verify'")
        # The fallback temperatures draw at random; the same recording shall give the same words.
        ctranslate2.set_random_seed(0)
        try:
            self._model = _ShortWindowModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
            )
        except Exception:  # noqa: BLE001  the engine raises plain RuntimeError and ValueError, the tokenizer Exception
            raise ModelError(f"the speech model in {folder} cannot be opened: run 'assistant models verify'") from None
        self._language = language

    def transcribe(self, turn: Turn, hotwords: Sequence[str] = ()) -> Recognition:
        """Return the words of ``turn`` and what speaks against them.

        Args:
            turn: Voiced audio. Without a voiced range nothing is recognised: the model would invent.
            hotwords: Names to expect; they reach every window.

        Returns:
            Words in order, with absolute sample times inside the turn, and without a speaker.
        """
        if not turn.voiced:
            return Recognition(())
        sound = Sound.of(turn)
        segments = self._heard(turn, turn.first_sample, turn.end_sample, sound, hotwords)
        for start, end in _missed(segments, turn):
            again = self._heard(turn, start, end, sound, hotwords)
            segments += [segment for segment in again if not segment.suspicions]
        segments.sort(key=lambda segment: segment.words[0].start)
        heard = [word for segment in segments for word in segment.words]
        return Recognition(tuple(segments), unheard(heard, turn.voiced))

    def _heard(self, turn: Turn, start: int, end: int, sound: Sound, hotwords: Sequence[str]) -> list[Segment]:
        """Recognise the samples ``start`` to ``end`` of ``turn``."""
        audio = turn.audio[start - turn.first_sample : end - turn.first_sample]
        if audio.shape[0] < _SHORTEST:
            return []
        found, _ = self._model.transcribe(
            audio,
            language=self._language,
            beam_size=_BEAM,
            temperature=_TEMPERATURES,
            condition_on_previous_text=False,
            word_timestamps=True,
            vad_filter=False,
            hotwords=prompt(hotwords),
            max_new_tokens=min(_MOST_TOKENS, _LEAST_TOKENS + audio.shape[0] * _TOKENS_A_SECOND // samples(1.0)),
        )
        segments: list[Segment] = []
        at = start
        last_voice = max((min(stop, end) for begin, stop in turn.voiced if begin < end), default=end)
        for part in found:
            words = _words(part.words or (), start, at, end)
            if words:
                at = words[-1].end
                doubt = Doubt(part.no_speech_prob, part.avg_logprob, part.compression_ratio)
                segments += judged(words, doubt, sound, hotwords)
            if at > last_voice - _REST:
                # The segments come as they are asked for: the next would be decoded from silence.
                break
        return segments


def _missed(segments: Sequence[Segment], turn: Turn) -> list[tuple[int, int]]:
    """Return the stretches to hear again: the decoder sometimes declares the end before the voice has ended.

    Each reaches from the word before to the word after, so that no word is cut and none is heard twice.
    """
    words = [word for segment in segments for word in segment.words]
    stretches: list[tuple[int, int]] = []
    for start, end in unheard(words, turn.voiced):
        middle = (start + end) // 2
        before = max((w.end for w in words if w.end <= middle), default=turn.first_sample)
        after = min((w.start for w in words if w.start >= middle), default=turn.end_sample)
        if (before, after) not in stretches and (before, after) != (turn.first_sample, turn.end_sample):
            stretches.append((before, after))
    return stretches


def judged(words: Sequence[Word], doubt: Doubt, sound: Sound, hotwords: Sequence[str]) -> list[Segment]:
    """Split ``words`` where the signs against single words change; signs against the whole run go with each part."""
    common = text_signs(words, doubt, sound, hotwords)
    by_signs = groupby(words, key=lambda word: word_signs(word, sound))
    return [Segment(tuple(part), (*common, *signs)) for signs, part in by_signs]


def _words(found: Sequence[Any], origin: int, at: int, end: int) -> tuple[Word, ...]:
    """Return the recognised words with absolute times: from ``at`` to ``end``, and none before the one ahead of it."""
    words: list[Word] = []
    for word in found:
        text = word.word.strip()
        if not text:
            continue
        start = min(max(origin + samples(word.start), at), end)
        at = min(max(origin + samples(word.end), start), end)
        # An utterance joins its words by single spaces: there may be none inside one.
        words.append(Word("".join(text.split()), start, at, float(word.probability)))
    return tuple(words)


class _ShortWindowModel(faster_whisper.WhisperModel):  # type: ignore[misc]  # the library has no types
    """Encodes only the turn and some silence, not the padding to 30 s."""

    def transcribe(self, audio: NDArray[np.float32], **options: Any) -> Any:  # noqa: ANN401  the library has no types
        self._frames = min(_WINDOW_FRAMES, audio.shape[0] * _FRAMES_A_SECOND // samples(1.0) + _ROOM_FRAMES)
        return super().transcribe(audio, **options)

    def encode(self, features: NDArray[np.float32]) -> Any:  # noqa: ANN401  the library has no types
        return super().encode(np.ascontiguousarray(features[..., : self._frames]))
