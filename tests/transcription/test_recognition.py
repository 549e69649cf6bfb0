"""What was heard and what was not: signs keep to their own words, and voice without words is listed."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.domain import Consent, Cut, Group, Part2, Person, PersonId, Role, Turn, Word, samples
from assistant.transcription.hotwords import hotwords, prompt
from assistant.transcription.recognition import Recognition, Segment, unheard
from assistant.transcription.suspicion import Doubt, Sound
from assistant.transcription.whisper import judged


def word(text: str, start_s: float, end_s: float) -> Word:
    """A word at those seconds."""
    return Word(text, samples(start_s), samples(end_s), 0.9)


def ranges(*seconds: tuple[float, float]) -> tuple[tuple[int, int], ...]:
    """Seconds as samples."""
    return tuple((samples(a), samples(b)) for a, b in seconds)


def test_recognition_sums_up_its_segments() -> None:
    """All words stay in order; every sign is named once."""
    first = Segment((word("one", 0, 1),))
    second = Segment((word("two", 1, 2),), ("rate", "no-speech"))
    third = Segment((word("three", 2, 3),), ("rate",))

    recognition = Recognition((first, second, third))

    assert [w.text for w in recognition.words] == ["one", "two", "three"]
    assert recognition.suspicions == ("no-speech", "rate")


@pytest.mark.parametrize(
    ("words", "voiced", "expected"),
    [
        ([], ranges((1, 3)), ranges((1, 3))),
        ([], ranges((1, 1.5)), ()),
        ([word("a", 1, 3)], ranges((1, 3)), ()),
        ([word("a", 1, 2)], ranges((1, 5)), ranges((2.3, 5))),
        ([word("a", 3.5, 5)], ranges((1, 5)), ranges((1, 3.2))),
        ([word("a", 1, 2), word("b", 5, 6)], ranges((1, 6)), ranges((2.3, 4.7))),
        ([word("a", 1, 2), word("b", 2.4, 6)], ranges((1, 6)), ()),
        ([word("a", 1, 2)], ranges((1, 2), (4, 6)), ranges((4, 6))),
    ],
)
def test_voice_without_words_is_listed(
    words: list[Word], voiced: tuple[tuple[int, int], ...], expected: tuple[tuple[int, int], ...]
) -> None:
    """Longer stretches of voice that no word covers, a little reach allowed, come out with their times."""
    assert unheard(words, voiced) == expected


def test_one_bad_word_does_not_condemn_the_rest() -> None:
    """The words over the voice stay clear; the one over silence is a suspect segment of its own."""
    audio = np.zeros(samples(4.0), np.float32)
    audio[: samples(2.0)] = np.random.default_rng(1).normal(0, 0.1, samples(2.0))
    sound = Sound.of(Turn(0, audio, Cut.SILENCE, ranges((0, 2))))
    words = [word("so", 0.2, 0.6), word("tired", 0.6, 1.2), word("Marisol", 3.0, 3.6)]

    clear, suspect = judged(words, Doubt(0.01, -0.2, 1.0), sound, ())

    assert ([w.text for w in clear.words], clear.suspicions) == (["so", "tired"], ())
    assert ([w.text for w in suspect.words], suspect.suspicions) == (["Marisol"], ("energy", "unvoiced"))


def test_hotwords_are_everybodys_names() -> None:
    """Names and nicknames of the present and the absent, each once; an empty roster gives no prompt."""
    people = (
        Person(PersonId("f"), Role.FACILITATOR, "Dana Ruiz", ("Dana Ruiz",)),
        Person(PersonId("m1"), Role.MEMBER, "Marcus Whitfield", ("Marc",), present=False, consent=Consent()),
    )

    names = hotwords(Group("g", "psychotherapy", Part2.NO, people))

    assert names == ("Dana Ruiz", "Marcus Whitfield", "Marc")
    assert prompt(names) == "Dana Ruiz, Marcus Whitfield, Marc"
    assert prompt(()) is None
