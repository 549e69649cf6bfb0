"""What is kept comes back as it was, whatever it holds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import (
    Alert,
    AlertKind,
    AlertLevel,
    AlertState,
    Assertion,
    Attribution,
    Basis,
    Consent,
    DecidedBy,
    Disclosure,
    DisclosureType,
    Entry,
    FactSource,
    Findings,
    FindingsStatus,
    KnownFact,
    Mention,
    Note,
    NoteLine,
    NoteSection,
    NoteState,
    Owner,
    Person,
    PersonId,
    Role,
    Span,
    Utterance,
    UtteranceId,
    UtteranceStatus,
    Word,
)
from assistant.errors import VaultError
from assistant.store.codec import (
    entry_bytes,
    entry_of,
    fact_bytes,
    fact_of,
    packed,
    person_bytes,
    person_of,
    unpacked,
)
from assistant.store.note_codec import draft_bytes, draft_of

text = st.text(max_size=12)
ids = st.sampled_from(["m1", "m2", "f"]).map(PersonId)
maybe = st.none() | ids
number = st.integers(0, 2**40)
score = st.floats(allow_nan=False)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda p: Span(min(p), max(p)))
u_ids = st.sampled_from(["u1", "u2", "t300"]).map(UtteranceId)
words = st.builds(Word, text, number, number, score, maybe, maybe)
utterances = st.builds(
    Utterance,
    u_ids,
    number,
    number,
    number,
    text,
    st.lists(words, max_size=4).map(tuple),
    st.builds(Attribution, maybe, score, score, st.sampled_from(DecidedBy), st.none() | text),
    st.sampled_from(UtteranceStatus),
    st.lists(text, max_size=2).map(tuple),
)
owners = st.just(Owner()) | st.builds(Owner, person=ids) | st.builds(Owner, outsider_of=ids)
mentions = st.builds(Mention, spans, st.sampled_from(DisclosureType), score, text, text, st.sampled_from(Assertion))
disclosures = st.builds(Disclosure, mentions, spans, owners, st.sampled_from(Basis), text)
findings = st.builds(
    Findings,
    u_ids,
    st.lists(disclosures, max_size=3).map(tuple),
    st.sampled_from(FindingsStatus),
    st.lists(text, max_size=2).map(tuple),
)
alerts = st.builds(
    Alert,
    u_ids,
    text,
    st.sampled_from(AlertKind),
    st.sampled_from(AlertLevel),
    maybe,
    st.none() | spans,
    text,
    st.sampled_from(AlertState),
)
entries = st.builds(Entry, utterances, findings, st.lists(alerts, max_size=2).map(tuple))
days = st.none() | st.dates()
people = st.builds(
    Person,
    ids,
    st.sampled_from(Role),
    text,
    st.lists(text, max_size=2).map(tuple),
    st.none() | text,
    st.booleans(),
    number,
    st.none() | number,
    st.none() | st.just(Path("enrol/m1.flac")),
    st.builds(Consent, days, days, days, days),
)
facts = st.builds(KnownFact, ids, text, st.sampled_from(FactSource), st.lists(ids, max_size=2).map(tuple))
lines = st.lists(st.builds(NoteLine, text, st.lists(u_ids, max_size=2).map(tuple), st.booleans()), max_size=2).map(
    tuple
)
notes = st.builds(
    Note,
    maybe,
    text,
    st.lists(st.builds(NoteSection, text, lines), max_size=2).map(tuple),
    st.sampled_from(NoteState),
    lines,
)


@settings(max_examples=150, deadline=None)
@given(entries)
def test_an_entry_comes_back(entry: Entry) -> None:
    """Utterance, words, attribution, findings and alerts, to the last field and type."""
    back = entry_of(entry_bytes(entry))

    assert back == entry
    assert all(type(a.kind) is AlertKind and type(a.level) is AlertLevel for a in back.alerts)


@settings(max_examples=50, deadline=None)
@given(people, facts, notes, text)
def test_people_facts_and_drafts_come_back(person: Person, fact: KnownFact, note: Note, draft: str) -> None:
    """Consents, paths, evidence and finished texts too."""
    assert person_of(person_bytes(person)) == person
    assert fact_of(fact_bytes(fact)) == fact
    assert draft_of(draft_bytes(note)) == note
    assert draft_of(draft_bytes(draft)) == draft


def test_a_librarys_own_numbers_are_kept_as_plain_ones() -> None:
    """Scores and times come out of arrays."""
    one: Any = np.int64(1)
    half: Any = np.float32(0.5)
    word = Word("a", one, one, half)
    attribution = Attribution(None, half, half, DecidedBy.VOICE)
    utterance = Utterance(UtteranceId("u1"), one, one, one, "a", (word,), attribution)
    back = entry_of(entry_bytes(Entry(utterance, Findings(UtteranceId("u1"), ()))))

    assert back.utterance == utterance


def test_a_newer_form_is_refused() -> None:
    """Bytes of another form are not guessed at."""
    with pytest.raises(VaultError, match="newer"):
        unpacked(b"\x02" + packed([1])[1:])


def test_a_day_is_a_day() -> None:
    """Consent dates come back as dates, not as texts."""
    person = Person(PersonId("m1"), Role.MEMBER, "A", consent=Consent(recording=dt.date(2026, 1, 10)))

    assert person_of(person_bytes(person)).consent.recording == dt.date(2026, 1, 10)
