"""Whatever is taken back, no word of it is left, no other word is lost, and nothing points past the end."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import (
    Alert,
    AlertKind,
    AlertLevel,
    Attribution,
    DecidedBy,
    Entry,
    Findings,
    PersonId,
    Span,
    Tombstone,
    TombstoneReason,
    Utterance,
    UtteranceId,
    Word,
)
from assistant.store.trimming import FOREVER, moved, possible_speakers, taken_ranges, trimmed

people = st.sampled_from([None, "m1", "m2"]).map(lambda p: None if p is None else PersonId(p))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An utterance of up to eight words, each with its own text, some contested, with alerts anywhere in it."""
    count = draw(st.integers(1, 8))
    words = tuple(
        Word(
            f"w{i}" * draw(st.integers(1, 2)),
            i * 100,
            i * 100 + draw(st.integers(0, 100)),
            0.9,
            draw(people),
            draw(people),
        )
        for i in range(count)
    )
    text = " ".join(w.text for w in words)
    id_ = UtteranceId("u1")
    utterance = Utterance(id_, 1, 0, words[-1].end, text, words, Attribution(draw(people), 0.9, 0.5, DecidedBy.VOICE))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = draw(st.lists(st.none() | ends, max_size=3))
    alerts = tuple(
        Alert(id_, "r", AlertKind.RISK_SELF, AlertLevel.A1, None, None if s is None else Span(*s)) for s in spans
    )
    return Entry(utterance, Findings(id_, ()), alerts)


stones = st.builds(
    lambda start, length, reason, person: Tombstone(start, start + length, reason, person),
    st.integers(0, 800),
    st.integers(1, 500) | st.just(FOREVER),
    st.sampled_from([TombstoneReason.STRUCK, TombstoneReason.OFF_THE_RECORD, TombstoneReason.WITHDRAWN]),
    people,
)


def goes(stone: Tombstone, utterance: Utterance, word: Word) -> bool:
    """Whether a word is taken back, said as simply as can be."""
    theirs = stone.person is None or stone.person in possible_speakers(utterance, word)
    return theirs and word.start < stone.end and max(word.end, word.start + 1) > stone.start


@settings(max_examples=300, deadline=None)
@given(entries(), st.lists(stones, max_size=2))
def test_exactly_the_words_taken_back_are_gone(entry: Entry, taken: list[Tombstone]) -> None:
    """Each word stays or goes whole; the text is that of the words; to trim again changes nothing more."""
    left = trimmed(entry, taken)
    kept = [w for w in entry.utterance.words if not any(goes(s, entry.utterance, w) for s in taken)]

    assert (list(left.utterance.words) if left is not None else []) == kept
    if left is not None:
        assert left.utterance.text == " ".join(w.text for w in kept)
        assert (left is entry) == (len(kept) == len(entry.utterance.words))


@settings(max_examples=300, deadline=None)
@given(entries(), stones)
def test_an_alert_stays_with_its_own_words_or_goes(entry: Entry, stone: Tombstone) -> None:
    """Where it stays, it points at the same words as before."""
    left = trimmed(entry, [stone])
    if left is None or left is entry:
        return
    before = {a.span.of(entry.utterance.text).strip() for a in entry.alerts if a.span is not None}

    for alert in left.alerts:
        assert alert.span is not None
        assert alert.span.of(left.utterance.text).strip() in before


@settings(max_examples=200, deadline=None)
@given(entries(), stones)
def test_the_sound_of_every_word_taken_back_is_struck(entry: Entry, stone: Tombstone) -> None:
    """The ranges cover each of these words with the margin, in order and without overlap."""
    ranges = taken_ranges(entry, stone, 10)

    for word in entry.utterance.words:
        if goes(stone, entry.utterance, word):
            assert any(start <= max(0, word.start - 10) and word.end + 10 <= end for start, end in ranges)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(ranges))


@settings(max_examples=200, deadline=None)
@given(entries(), stones, people, st.data())
def test_words_that_were_given_to_a_person_go_with_that_persons(
    entry: Entry, stone: Tombstone, person: PersonId | None, data: st.DataObject
) -> None:
    """Besides those that are taken in any case; the last decision about a word counts."""
    utterance = entry.utterance
    spans = utterance.word_spans()
    given_ = data.draw(st.lists(st.tuples(st.sampled_from(spans), people), max_size=3))
    named = [*given_, (spans[0], person)]
    left = trimmed(entry, [stone], named)
    last = dict(named)

    for word, span in zip(utterance.words, spans, strict=True):
        hit = word.start < stone.end and max(word.end, word.start + 1) > stone.start
        theirs = stone.person is not None and last.get(span) == stone.person
        stays = left is not None and word in left.utterance.words
        assert stays == (not (goes(stone, utterance, word) or (hit and theirs)))


@settings(max_examples=300, deadline=None)
@given(entries(), stones, st.data())
def test_a_place_moves_to_the_same_words_or_to_what_is_left_of_them(
    entry: Entry, stone: Tombstone, data: st.DataObject
) -> None:
    """Whole words at the same place in what is left; none where nothing is, or where all of them were asked for."""
    left = trimmed(entry, [stone])
    if left is None:
        return
    before, after = entry.utterance, left.utterance
    spans = before.word_spans()
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    place = Span(spans[first].start, spans[last].end)
    wanted = list(before.words[first : last + 1])
    staying = [w.text for w in wanted if w in after.words]

    now = moved(place, before, after, whole=False)
    assert (now is None) == (not staying)
    if now is not None:
        assert now.of(after.text).split() == staying
    assert moved(place, before, after, whole=True) == (now if len(staying) == len(wanted) else None)
