"""Invented text shows; what people really say, short or repeated or slow, does not look invented."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.domain import SAMPLE_RATE, Cut, Turn, Word, samples
from assistant.transcription.suspicion import Doubt, Sound, repeats, text_signs, too_fast, word_signs

CLEAR = Doubt(no_speech=0.02, log_probability=-0.2, compression=1.1)
ROSTER = ("Tobias Oyelaran", "Marisol Vega", "Mari")


def spoken(text: str, start_s: float = 0.2, word_s: float = 0.3, probability: float = 0.9) -> list[Word]:
    """Words one after the other, each ``word_s`` long."""
    return [
        Word(token, samples(start_s + i * word_s), samples(start_s + (i + 1) * word_s), probability)
        for i, token in enumerate(text.split())
    ]


def sound(length_s: float, voiced: tuple[tuple[float, float], ...], level: float = 0.1) -> Sound:
    """A turn with noise of ``level`` where it is voiced and near silence elsewhere."""
    rng = np.random.default_rng(7)
    audio = rng.normal(0, 1e-5, samples(length_s)).astype(np.float32)
    for begin, end in voiced:
        part = slice(samples(begin), samples(end))
        audio[part] = rng.normal(0, level, audio[part].shape).astype(np.float32)
    return Sound.of(Turn(0, audio, Cut.SILENCE, tuple((samples(a), samples(b)) for a, b in voiced)))


def test_a_name_answered_to_the_roll_call_is_clear() -> None:
    """One name of the roster, said in a clear voice, is what people say when they are asked who they are."""
    assert text_signs(spoken("Tobias."), CLEAR, sound(1.0, ((0.2, 0.6),)), ROSTER) == ()


@pytest.mark.parametrize(
    "text",
    [
        "No, no, no, no.",
        "I, I, I mean it was fine.",
        "Yeah.",
        "Thank you.",
        "Very, very hard.",
        "You know, you know, you know what I mean.",
        "And then he said and then he said it again.",
        "My brother came back in March and we went out to see the old house.",
    ],
)
def test_ordinary_talk_is_clear(text: str) -> None:
    """Stammering, emphasis and courtesy in clear sound carry no sign."""
    words = spoken(text)
    end = words[-1].end / SAMPLE_RATE

    assert text_signs(words, CLEAR, sound(end + 0.2, ((0.2, end),)), ROSTER) == ()


@pytest.mark.parametrize(
    ("text", "doubt", "probability", "sign"),
    [
        ("He went home.", Doubt(0.7, -0.9, 1.0), 0.6, "no-speech"),
        ("He went home.", Doubt(0.95, -0.1, 1.0), 0.9, "no-speech"),
        ("He went home.", Doubt(0.1, -1.2, 1.0), 0.6, "low-probability"),
        ("He went home.", Doubt(0.1, -0.1, 2.6), 0.9, "compression"),
        ("Oyelaran, Oyelaran, Oyelaran, Oyelaran", CLEAR, 0.9, "repetition"),
        ("and I went there and I went there and I went there", CLEAR, 0.9, "repetition"),
        ("Tobias.", Doubt(0.1, -0.8, 1.0), 0.8, "hotword-only"),
        ("Mari, Tobias Oyelaran.", CLEAR, 0.3, "hotword-only"),
        ("Thanks for watching!", Doubt(0.7, -0.3, 1.0), 0.8, "stock-phrase"),
        ("Thank you.", Doubt(0.1, -0.3, 1.0), 0.3, "stock-phrase"),
    ],
)
def test_each_sign_shows(text: str, doubt: Doubt, probability: float, sign: str) -> None:
    """Every kind of doubt is reported by its own name."""
    words = spoken(text, probability=probability)
    end = words[-1].end / SAMPLE_RATE

    assert sign in text_signs(words, doubt, sound(end + 0.2, ((0.2, end),)), ROSTER)


def test_a_sentence_in_a_blip_is_too_fast() -> None:
    """Ten words cannot have been said in half a second of voice; letters count where the words are few."""
    words = spoken("I want to thank you all for being here tonight", word_s=0.05)

    assert text_signs(words, CLEAR, sound(1.0, ((0.2, 0.6),))) == ("rate",)
    assert too_fast(["congratulations"], 0.1)
    assert not too_fast(["yes"], 0.1)
    assert not too_fast(["i", "do", "not", "know"], 0.6)


@pytest.mark.parametrize(
    ("text", "loops"),
    [
        ("oyelaran oyelaran oyelaran", True),
        ("no no no no", False),
        ("no no no no no", True),
        ("bye bye", False),
        ("thank you thank you thank you thank you", True),
        ("we are here we are here", False),
        ("we are here we are here we are here", True),
        ("i want to go i want to stay i want to sleep i want to eat", False),
        ("so so i went so so i went so so i went", True),
        ("", False),
    ],
)
def test_what_counts_as_a_loop(text: str, loops: bool) -> None:
    """People repeat a little; the decoder repeats without end."""
    assert repeats(text.split()) is loops


def test_a_word_over_silence_is_marked_alone() -> None:
    """A word with neither voice nor sound under it carries both signs; its neighbour in the voice none."""
    ground = sound(4.0, ((0.2, 1.0),))
    heard, invented = Word("yes", samples(0.4), samples(0.8), 0.9), Word("mother", samples(2.5), samples(3.0), 0.9)

    assert word_signs(heard, ground) == ()
    assert word_signs(invented, ground) == ("energy", "unvoiced")


def test_a_quiet_member_is_heard() -> None:
    """A voice 20 dB under the loudest of its turn is quiet, not invented."""
    rng = np.random.default_rng(3)
    audio = np.concatenate([rng.normal(0, 0.1, samples(1.0)), rng.normal(0, 0.01, samples(1.0))]).astype(np.float32)
    ground = Sound.of(Turn(0, audio, Cut.SILENCE, ((0, samples(2.0)),)))

    assert word_signs(Word("softly", samples(1.4), samples(1.8), 0.8), ground) == ()
