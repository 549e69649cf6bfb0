"""Which words belong to whom: every word once, and nobody's at a change of voice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.attribution.stretches import nobodys
from assistant.attribution.tracks import VoicedStretch
from assistant.attribution.words import GUARD, assign_words, changes_of_voice
from assistant.domain import Attribution, DecidedBy, PersonId, Word, samples

M1 = Attribution(PersonId("m1"), 0.8, 0.5, DecidedBy.VOICE)
M2 = Attribution(PersonId("m2"), 0.7, 0.4, DecidedBy.VOICE)


def word(text: str, start: float, end: float) -> Word:
    """A word by its seconds."""
    return Word(text, samples(start), samples(end), 0.9)


def stretch(start: float, end: float, attribution: Attribution, *, overlap: bool = False) -> VoicedStretch:
    """A stretch by its seconds."""
    return VoicedStretch(samples(start), samples(end), attribution, overlap)


def speakers(words: list[Word], stretches: list[VoicedStretch]) -> list[str | None]:
    """Every word's speaker."""
    return [w.speaker for run in assign_words(words, stretches) for w in run.words]


def test_words_on_both_sides_of_a_clear_pause_keep_their_speakers() -> None:
    """A pause wider than the guard costs no word."""
    words = [word("a", 0.5, 0.9), word("b", 1.4, 1.8)]

    runs = assign_words(words, [stretch(0, 0.95, M1), stretch(1.35, 2, M2)])

    assert [(r.attribution, len(r.words)) for r in runs] == [(M1, 1), (M2, 1)]
    assert [w.speaker for r in runs for w in r.words] == ["m1", "m2"]


def test_words_that_touch_a_change_without_a_pause_belong_to_nobody() -> None:
    """The last word of one and the first of the next are contested when no pause parts them."""
    words = [word("a", 0.2, 0.5), word("b", 0.6, 0.95), word("c", 1.0, 1.3), word("d", 1.4, 1.7)]

    assert speakers(words, [stretch(0, 1, M1), stretch(1, 2, M2)]) == ["m1", None, None, "m2"]


def test_a_backchannel_costs_only_the_words_that_it_overlaps() -> None:
    """Somebody says "mm-hm" inside a turn: the turn's other words keep their speaker."""
    words = [word(str(i), i * 0.4, i * 0.4 + 0.3) for i in range(10)]
    stretches = [stretch(0, 1.75, M1), stretch(1.75, 2.25, nobodys(), overlap=True), stretch(2.25, 4, M1)]

    got = speakers(words, stretches)

    assert got == ["m1", "m1", "m1", "m1", None, None, "m1", "m1", "m1", "m1"]


def test_a_word_far_from_every_stretch_belongs_to_nobody() -> None:
    """A word where no voice was found may be invented: it is given to no neighbour."""
    assert speakers([word("a", 3.0, 3.3)], [stretch(0, 1, M1)]) == [None]


def test_without_stretches_all_words_belong_to_nobody() -> None:
    """A turn in which no voice was found has words of nobody."""
    runs = assign_words([word("a", 0, 1), word("b", 1, 2)], [])

    assert [w.speaker for r in runs for w in r.words] == [None, None]
    assert [r.attribution.person for r in runs] == [None]


def test_an_anonymous_voice_gives_its_words_no_speaker() -> None:
    """A letter is not a person: the words have no speaker, the run says which voice."""
    lettered = Attribution(None, 0.8, 0.5, DecidedBy.VOICE, voice="A")

    (run,) = assign_words([word("a", 0.2, 0.8)], [stretch(0, 1, lettered)])

    assert (run.attribution.voice, run.words[0].speaker) == ("A", None)


def test_the_weakest_stretch_speaks_for_a_run() -> None:
    """A run over two stretches of one person is no surer than the less sure of them."""
    weak = Attribution(PersonId("m1"), 0.5, 0.2, DecidedBy.VOICE)

    (run,) = assign_words([word("a", 0.2, 0.5), word("b", 1.2, 1.5)], [stretch(0, 0.6, M1), stretch(1.1, 2, weak)])

    assert run.attribution == weak


@pytest.mark.parametrize("text", ["Olamide", "sertraline"])
def test_a_run_does_not_repeat_the_words(text: str) -> None:
    """No repr of a run shows speech."""
    assert text not in repr(assign_words([word(text, 0.1, 0.4)], [stretch(0, 1, M1)]))


attributions = st.sampled_from([M1, M2, nobodys()])


@st.composite
def turns(draw: st.DrawFn) -> tuple[list[Word], list[VoicedStretch]]:
    """Words and stretches of one turn, both in order of time."""
    stretches: list[VoicedStretch] = []
    at = 0
    for _ in range(draw(st.integers(0, 6))):
        at += draw(st.integers(0, 12_000))
        end = at + draw(st.integers(1, 40_000))
        overlap = draw(st.booleans())
        stretches.append(VoicedStretch(at, end, nobodys() if overlap else draw(attributions), overlap))
        at = end
    words: list[Word] = []
    at = 0
    for i in range(draw(st.integers(0, 25))):
        at += draw(st.integers(0, 9_000))
        end = at + draw(st.integers(0, 14_000))
        words.append(Word(f"w{i}", at, end, 0.5))
        at = end
    return words, stretches


@given(turns())
def test_runs_hold_every_word_once_in_order(turn: tuple[list[Word], list[VoicedStretch]]) -> None:
    """Nothing is lost, doubled or moved, and the words themselves are unchanged."""
    words, stretches = turn

    runs = assign_words(words, stretches)

    assert [(w.text, w.start, w.end) for r in runs for w in r.words] == [(w.text, w.start, w.end) for w in words]
    assert all(r.words for r in runs)


@given(turns())
def test_no_word_within_the_guard_band_of_a_change_has_a_speaker(turn: tuple[list[Word], list[VoicedStretch]]) -> None:
    """Contested words enter nobody's note."""
    words, stretches = turn

    for word_ in (w for run in assign_words(words, stretches) for w in run.words):
        for change in changes_of_voice(stretches):
            if word_.start < change + GUARD and change - GUARD < word_.end:
                assert word_.speaker is None


@given(turns())
def test_a_word_has_only_the_speaker_of_its_run(turn: tuple[list[Word], list[VoicedStretch]]) -> None:
    """Run and words never disagree about the person."""
    words, stretches = turn

    assert all(w.speaker == run.attribution.person for run in assign_words(words, stretches) for w in run.words)
