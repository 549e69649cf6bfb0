"""Runs of words become utterances of one speaker; contested words stay nobody's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import SAMPLE_RATE, Attribution, DecidedBy, PersonId, UtteranceStatus, Word
from assistant.pipeline.joining import LONGEST_PAUSE, AttributedRun, join_runs

M1, M2 = PersonId("m1"), PersonId("m2")


def run(text: str, person: PersonId | None, start: float, *signs: str, margin: float = 0.3) -> AttributedRun:
    """Return a run whose words last a quarter of a second each."""
    words = tuple(
        Word(word, int((start + i / 4) * SAMPLE_RATE), int((start + (i + 1) / 4) * SAMPLE_RATE), 0.9, person)
        for i, word in enumerate(text.split())
    )
    return AttributedRun(words, Attribution(person, 0.8, margin, DecidedBy.VOICE), signs)


def test_a_sentence_cut_by_a_pause_is_one_utterance() -> None:
    """Two runs of one speaker with a short pause are what that speaker said."""
    joined = join_runs((run("So my brother", M1, 0.0), run("has been away.", M1, 1.5)))

    assert [u.text for u in joined] == ["So my brother has been away."]
    assert joined[0].word_spans()[3].of(joined[0].text) == "has"


def test_a_change_of_speaker_begins_an_utterance() -> None:
    """Nobody's words are filed under another."""
    joined = join_runs((run("I do.", M1, 0.0), run("So do I.", M2, 1.0)))

    assert [u.speaker for u in joined] == [M1, M2]


def test_a_backchannel_inside_stays_nobodys() -> None:
    """Contested words between two runs of one speaker lie inside the utterance and have no speaker."""
    joined = join_runs((run("I cannot", M1, 0.0), run("oh no", None, 0.5), run("sleep at all.", M1, 1.0)))

    assert len(joined) == 1
    assert joined[0].speaker == M1
    assert [w.speaker for w in joined[0].words] == [M1, M1, None, None, M1, M1, M1]


def test_contested_words_between_two_people_belong_to_neither() -> None:
    """At a change of speaker the contested words stand alone."""
    joined = join_runs((run("I know.", M1, 0.0), run("yes", None, 0.5), run("Exactly so.", M2, 0.75)))

    assert [u.speaker for u in joined] == [M1, None, M2]


def test_suspect_text_never_hides_inside_clear_text() -> None:
    """A suspect run is an utterance of its own."""
    joined = join_runs((run("I was", M1, 0.0), run("thank you", M1, 0.5, "repetition"), run("there.", M1, 1.0)))

    assert [u.status for u in joined] == [UtteranceStatus.CLEAR, UtteranceStatus.SUSPECT, UtteranceStatus.CLEAR]


def test_the_weakest_run_decides_how_sure_the_whole_is() -> None:
    """A confident run does not lift a doubtful one."""
    joined = join_runs((run("One", M1, 0.0, margin=0.5), run("two.", M1, 0.5, margin=0.1)))

    assert joined[0].attribution.margin == 0.1


@given(
    st.lists(
        st.tuples(st.sampled_from([M1, M2, None]), st.integers(1, 5), st.floats(0.0, 3.0)), min_size=0, max_size=30
    )
)
def test_every_word_is_in_one_utterance_and_keeps_its_speaker(parts: list[tuple[PersonId | None, int, float]]) -> None:
    """Joining loses no word, repeats none, changes no speaker, and never mixes two people."""
    runs: list[AttributedRun] = []
    at = 0.0
    for person, count, pause in parts:
        runs.append(run(" ".join(["w"] * count), person, at))
        at += count / 4 + pause

    joined = join_runs(tuple(runs))

    assert [w for u in joined for w in u.words] == [w for r in runs for w in r.words]
    for utterance in joined:
        assert {w.speaker for w in utterance.words} <= {utterance.speaker, None}
        gaps = [b.start - a.end for a, b in zip(utterance.words, utterance.words[1:], strict=False)]
        assert all(gap <= LONGEST_PAUSE + 1 for gap in gaps)
