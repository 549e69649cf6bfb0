"""Speakers set in a closed session: utterances are parted at words, and every part knows the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.decisions import Place, SpeakerSet, TextAccepted
from assistant.domain import (
    Attribution,
    DecidedBy,
    PersonId,
    Span,
    Utterance,
    UtteranceId,
    UtteranceStatus,
    Word,
)
from assistant.pipeline.corrected import correct

M1, M2 = PersonId("m1"), PersonId("m2")
TEXTS = ("one two three four five six", "seven eight nine", "ten")


def _said(number: int, text: str, *, person: PersonId | None = M1, contested: tuple[int, ...] = ()) -> Utterance:
    words = tuple(
        Word(w, number * 1000 + i * 10, number * 1000 + i * 10 + 9, 0.9, None if i in contested else person, person)
        for i, w in enumerate(text.split())
    )
    given = Attribution(person, 0.6, 0.3, DecidedBy.VOICE)
    return Utterance(UtteranceId(f"u{number}"), number, number * 1000 - 5, number * 1000 + 500, text, words, given)


def _all(**of: object) -> tuple[Utterance, ...]:
    return tuple(_said(n, text, **of) for n, text in enumerate(TEXTS, start=1))  # type: ignore[arg-type]


def _place(number: int, start: int, end: int) -> Place:
    return Place(UtteranceId(f"u{number}"), Span(start, end))


def test_nothing_decided_gives_the_very_utterances() -> None:
    """What was kept is handed on untouched."""
    said = _all()
    found = correct(said, ())
    assert found.utterances == said
    assert found.places(_place(1, 4, 7)) == (_place(1, 4, 7),)


def test_a_part_in_the_middle_makes_three() -> None:
    """The named words are that person's for sure; what is around them stays as it was, torn nowhere in time."""
    found = correct(_all(), [SpeakerSet((_place(1, 4, 13),), M2)])
    first, second, third = found.utterances[:3]
    assert [u.id for u in (first, second, third)] == ["u1.1", "u1.2", "u1.4"]
    assert [u.text for u in (first, second, third)] == ["one", "two three", "four five six"]
    assert second.attribution == Attribution(M2, 1.0, 1.0, DecidedBy.KEY)
    assert {(w.speaker, w.guess) for w in second.words} == {(M2, M2)}
    assert first.attribution == third.attribution == _all()[0].attribution
    assert first.start == _all()[0].start
    assert third.end == _all()[0].end
    assert (second.start, second.end) == (second.words[0].start, second.words[-1].end)
    assert found.utterances[3:] == _all()[1:]
    assert found.places(_place(1, 0, 13)) == (
        Place(UtteranceId("u1.1"), Span(0, 3)),
        Place(UtteranceId("u1.2"), Span(0, 9)),
    )
    assert found.original(UtteranceId("u1.4"), Span(5, 9)) == _place(1, 19, 23)


def test_contested_words_of_the_same_person_part_nothing() -> None:
    """Words that were doubtful are the speaker's now, in one utterance."""
    said = _said(1, TEXTS[0], contested=(1, 2))
    (found,) = correct([said], [SpeakerSet((_place(1, 4, 13),), M1)]).utterances
    assert found.id == said.id
    assert {w.speaker for w in found.words} == {M1}
    assert found.attribution == said.attribution


def test_contested_words_stay_so_in_the_part_that_keeps_them() -> None:
    """Naming other words does not settle whose these are."""
    said = _said(1, TEXTS[0], contested=(1,))
    found = correct([said], [SpeakerSet((_place(1, 14, 27),), M2)]).utterances
    assert [w.speaker for w in found[0].words] == [M1, None, M1]


def test_the_last_word_counts() -> None:
    """A later decision takes the place of an earlier one, also to nobody."""
    whole = _place(2, 0, len(TEXTS[1]))
    found = correct(_all(), [SpeakerSet((whole,), M2), SpeakerSet((whole,), None)]).utterances[1]
    assert found.speaker is None
    assert {w.speaker for w in found.words} == {None}
    assert correct(_all(), [SpeakerSet((whole,), None), SpeakerSet((whole,), M2)]).utterances[1].speaker == M2


def test_all_like_it_are_named_at_once() -> None:
    """Every place of a decision is named, and no other."""
    found = correct(_all(person=None), [SpeakerSet((_place(1, 0, 27), _place(3, 0, 3)), M2)])
    assert [u.speaker for u in found.utterances] == [M2, None, M2]


def test_text_is_accepted_where_it_stands() -> None:
    """Only the accepted words are clear; the others stay suspect."""
    said = replace(_said(1, TEXTS[0]), status=UtteranceStatus.SUSPECT, suspicions=("silence",))
    (whole,) = correct([said], [TextAccepted(_place(1, 0, 27))]).utterances
    assert (whole.id, whole.status, whole.suspicions) == (said.id, UtteranceStatus.CLEAR, ())
    first, second = correct([said], [TextAccepted(_place(1, 0, 7))]).utterances
    assert (first.text, first.status) == ("one two", UtteranceStatus.CLEAR)
    assert (second.status, second.suspicions) == (UtteranceStatus.SUSPECT, ("silence",))


def test_what_was_struck_cannot_be_accepted() -> None:
    """Acceptance is of doubtful text, not of text that was taken back."""
    struck = replace(_said(1, TEXTS[0]), status=UtteranceStatus.STRUCK)
    (found,) = correct([struck], [TextAccepted(_place(1, 0, 27))]).utterances
    assert found.status is UtteranceStatus.STRUCK


@pytest.mark.parametrize(("start", "end", "person"), [(0, 27, M2), (0, 7, None)])
def test_words_that_do_not_add_up_are_all_or_nobodys(start: int, end: int, person: PersonId | None) -> None:
    """An utterance whose parts cannot be told is given whole, or to nobody."""
    said = replace(_said(1, TEXTS[0]), words=_said(1, TEXTS[0]).words[1:])
    (found,) = correct([said], [SpeakerSet((_place(1, start, end),), M2)]).utterances
    assert found.speaker == person
    assert {w.speaker for w in found.words} == {person}


_ANY = st.builds(
    lambda n, a, b: _place(n, min(a, b), max(a, b)), st.integers(1, 3), st.integers(0, 27), st.integers(0, 27)
)


@given(
    st.lists(
        st.one_of(
            st.builds(SpeakerSet, st.lists(_ANY, max_size=3).map(tuple), st.sampled_from([M1, M2, None])),
            st.builds(TextAccepted, _ANY),
        ),
        max_size=6,
    )
)
def test_no_word_is_lost_or_doubled(decided: list[SpeakerSet | TextAccepted]) -> None:
    """The parts of each utterance are its words in order, each at the place that it names."""
    said = _all()
    found = correct(said, decided)
    texts = {u.id: u.text for u in said}
    words = [w.text for u in found.utterances for w in u.words]
    assert words == [w for text in TEXTS for w in text.split()]
    assert len({u.id for u in found.utterances}) == len(found.utterances)
    for one in found.utterances:
        at = found.origin[one.id]
        assert at.span.of(texts[at.utterance]) == one.text == " ".join(w.text for w in one.words)
        assert found.places(found.original(one.id, Span(0, len(one.text)))) == (Place(one.id, Span(0, len(one.text))),)
