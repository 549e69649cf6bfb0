"""One turn in, words with true times out; nothing in, nothing out; never a fetch from a hub."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from assistant.capture.endpointing import Endpointer
from assistant.capture.recording import Recording
from assistant.domain import SAMPLE_RATE, Cut, Turn, samples
from assistant.errors import ModelError
from assistant.transcription.whisper import Transcriber

if TYPE_CHECKING:
    from pathlib import Path

ROSTER = ("Ruth Adeyemi", "Tobias Oyelaran", "Marisol Vega", "Mari")


@pytest.fixture(scope="module")
def transcriber(models_root: Path) -> Transcriber:
    """The default model, opened once."""
    return Transcriber(models_root / "whisper-base", threads=1)


@pytest.mark.parametrize("lacking", ["model.bin", "config.json", "tokenizer.json"])
def test_a_folder_that_lacks_a_file_is_refused(tmp_path: Path, lacking: str) -> None:
    """Without its own tokenizer a model would be completed from the hub: it is refused and the file named."""
    for name in {"model.bin", "config.json", "tokenizer.json"} - {lacking}:
        (tmp_path / name).write_bytes(b"{}")

    with pytest.raises(ModelError, match=re.escape(lacking)):
        Transcriber(tmp_path)


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    """What the engine cannot open is one clear line, and no foreign error travels with it."""
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")

    with pytest.raises(ModelError, match="models verify") as refused:
        Transcriber(tmp_path)

    assert refused.value.__suppress_context__


@pytest.mark.models
@pytest.mark.slow
def test_the_sample_is_heard(smoke: Path, models_root: Path, transcriber: Transcriber) -> None:
    """On the short session at most one word in five differs (numbers count as wrong: the gold spells them out).

    Words are inside their turn, in order, without spaces; almost none is suspect and hardly any voice is unheard.
    """
    gold = json.loads((smoke / "smoke-01.gold.json").read_text(encoding="utf-8"))
    endpointer = Endpointer(models_root / "silero-vad" / "silero_vad_v6.onnx")
    heard: list[str] = []
    suspect = unheard = 0

    for turn in endpointer.turns(Recording.open(smoke / "smoke-01.flac").frames()):
        assert isinstance(turn, Turn)
        recognition = transcriber.transcribe(turn, ROSTER)
        at = turn.first_sample
        for word in recognition.words:
            assert at <= word.start <= word.end <= turn.end_sample
            assert word.text == "".join(word.text.split()) != ""
            assert 0.0 <= word.probability <= 1.0
            assert word.speaker is None
            at = word.end
        heard += [w.text for w in recognition.words]
        suspect += sum(len(s.words) for s in recognition.segments if s.suspicions)
        unheard += sum(end - start for start, end in recognition.unheard)

    said = tokens(" ".join(turn["text"] for turn in gold["turns"]))
    assert Levenshtein.distance(said, tokens(" ".join(heard))) <= 0.2 * len(said)
    assert suspect <= 0.05 * len(heard)
    assert unheard <= samples(1.0)


@pytest.mark.models
def test_without_a_voice_nothing_is_recognised(transcriber: Transcriber) -> None:
    """A turn in which no voice was found, or too short for a word, is not given to the model."""
    noise = np.random.default_rng(1).normal(0, 0.1, SAMPLE_RATE).astype(np.float32)

    assert transcriber.transcribe(Turn(0, noise, Cut.SILENCE, ()), ROSTER).words == ()
    assert transcriber.transcribe(Turn(0, noise[:200], Cut.SILENCE, ((0, 200),)), ROSTER).words == ()


@pytest.mark.models
@pytest.mark.parametrize("kind", ["silence", "hiss", "roar", "hum"])
def test_invention_is_never_clear(transcriber: Transcriber, kind: str) -> None:
    """Even when noise is passed off as a voice, with names to invent from, no word comes out clear."""
    at = np.arange(2 * SAMPLE_RATE)
    rng = np.random.default_rng(5)
    audio = {
        "silence": np.zeros(at.shape),
        "hiss": rng.normal(0, 0.001, at.shape),
        "roar": rng.normal(0, 0.2, at.shape),
        "hum": 0.2 * np.sin(2 * np.pi * 50 * at / SAMPLE_RATE),
    }[kind].astype(np.float32)

    recognition = transcriber.transcribe(Turn(0, audio, Cut.SILENCE, ((0, audio.shape[0]),)), ROSTER)

    assert [s for s in recognition.segments if not s.suspicions] == []


@pytest.mark.models
def test_times_are_absolute(smoke: Path, transcriber: Transcriber) -> None:
    """The same sound an hour later gives the same words an hour later."""
    gold = json.loads((smoke / "smoke-01.gold.json").read_text(encoding="utf-8"))
    first = gold["turns"][0]
    start, end = samples(first["start"] - 0.2), samples(first["start"] + 3.0)
    whole = np.concatenate([f.audio for f in Recording.open(smoke / "smoke-01.flac").frames() if hasattr(f, "audio")])
    sound = whole[start:end]
    hour = 3600 * SAMPLE_RATE

    now = transcriber.transcribe(Turn(0, sound, Cut.SILENCE, ((0, end - start),)))
    later = transcriber.transcribe(Turn(hour, sound, Cut.SILENCE, ((hour, hour + end - start),)))

    assert now.words
    assert [(w.text, w.start + hour, w.end + hour) for w in now.words] == [
        (w.text, w.start, w.end) for w in later.words
    ]
    for spoken, heard in zip(first["words"][:3], now.words[:3], strict=True):
        assert heard.start == pytest.approx(samples(spoken["start"]) - start, abs=samples(0.35))


def tokens(text: str) -> list[str]:
    """Lower-case words without punctuation."""
    return re.findall(r"[a-z0-9']+", text.lower())
