"""What a review keeps comes back as it was; what an earlier version kept is still read."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.decisions import (
    AlertSettled,
    FalseAlarm,
    Field,
    FieldWritten,
    GroupWord,
    Hidden,
    LeftAlone,
    LineWritten,
    NoteAccepted,
    OwnerSet,
    Place,
    Released,
    Ruling,
    SpeakerSet,
    TextAccepted,
)
from assistant.domain import (
    AlertKind,
    DisclosureType,
    Draft,
    GateFinding,
    Note,
    NoteLine,
    NoteSection,
    NoteState,
    Owner,
    PersonId,
    RedactedText,
    Release,
    ReleasedLine,
    Replacement,
    Resolution,
    Severity,
    Span,
    UtteranceId,
    Withheld,
    WithheldReason,
)
from assistant.errors import VaultError
from assistant.handout import Addendum, HandOut, Recipient, ReleaseConsent, SignedNote
from assistant.store.codec import FORM, packed
from assistant.store.handout_codec import (
    addendum_bytes,
    addendum_of,
    consent_bytes,
    consent_of,
    hand_out_bytes,
    hand_out_of,
    signed_bytes,
    signed_of,
    word_bytes,
    word_of,
)
from assistant.store.note_codec import draft_bytes, draft_of
from assistant.store.ruling_codec import ruling_bytes, ruling_of

M1 = PersonId("m1")
text = st.text(max_size=8)
people = st.sampled_from(["m1", "m2"]).map(PersonId)
readers = st.none() | people
u_ids = st.sampled_from(["u1", "u12.6"]).map(UtteranceId)
ids = st.lists(u_ids, max_size=2).map(tuple)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda p: Span(min(p), max(p)))
places = st.builds(Place, u_ids, spans)
types = st.sampled_from(DisclosureType)
owners = st.just(Owner()) | st.builds(Owner, person=people) | st.builds(Owner, outsider_of=people)
times = st.datetimes(timezones=st.just(dt.UTC))
days = st.none() | st.dates()

decided = st.one_of(
    st.builds(SpeakerSet, st.lists(places, max_size=3).map(tuple), readers, st.booleans()),
    st.builds(LeftAlone, st.lists(places, max_size=3).map(tuple)),
    st.builds(TextAccepted, places),
    st.builds(OwnerSet, places, types, owners),
    st.builds(FalseAlarm, places, types, st.booleans()),
    st.builds(Released, people, places),
    st.builds(Hidden, people, places),
    st.builds(LineWritten, readers, text, ids, text),
    st.builds(FieldWritten, readers, st.sampled_from(Field), text),
    st.builds(NoteAccepted, readers),
    st.builds(AlertSettled, places, st.sampled_from(AlertKind), st.sampled_from(Resolution), text),
)
rulings = st.builds(Ruling, st.integers(1, 9999), times, text, decided, st.booleans(), st.integers(0, 9999))

lines = st.lists(st.builds(NoteLine, text, ids, st.booleans()), max_size=2).map(tuple)
sections = st.lists(st.builds(NoteSection, text, lines), max_size=2).map(tuple)
notes = st.builds(Note, readers, text, sections, st.sampled_from(NoteState), lines)
replacements = st.builds(Replacement, spans, st.none() | types, text, text, st.floats(0, 1), text)
released = st.builds(
    ReleasedLine,
    people,
    u_ids,
    st.lists(spans, max_size=2).map(tuple),
    text.map(RedactedText),
    st.lists(types, max_size=2).map(tuple),
    st.lists(replacements, max_size=2).map(tuple),
    st.booleans(),
)
withheld = st.builds(Withheld, people, u_ids, spans, st.sampled_from(WithheldReason))
releases = st.builds(
    Release, people, st.lists(released, max_size=2).map(tuple), st.lists(withheld, max_size=2).map(tuple)
)
findings = st.builds(GateFinding, text, st.integers(-1, 9), text, readers, st.sampled_from(Severity))
drafts = st.builds(Draft, notes, releases, st.lists(findings, max_size=2).map(tuple), st.booleans())

addenda = st.builds(Addendum, text, text, text, times)
signed = st.builds(SignedNote, people, text, notes, notes, text, text, times, text)
consents = st.builds(
    ReleaseConsent,
    st.integers(1, 9),
    *(text,) * 4,
    st.lists(st.sampled_from(Recipient), max_size=2).map(tuple),
    *(text,) * 3,
    days,
    text,
    text,
    days,
    st.booleans(),
    days,
)
log_lines = st.builds(
    HandOut,
    st.integers(1, 9),
    times,
    text,
    people,
    text,
    st.sampled_from(Recipient),
    text,
    text,
    text,
    st.booleans(),
    st.none() | st.integers(1, 9),
)


@settings(max_examples=150, deadline=None)
@given(rulings)
def test_a_decision_comes_back(ruling: Ruling) -> None:
    """Every kind, with who, when, number and whether it was undone, to the last type."""
    back = ruling_of(ruling.number, ruling_bytes(ruling), undone=ruling.undone)

    assert back == ruling
    assert type(back.decided) is type(ruling.decided)
    assert repr(back.decided) == repr(ruling.decided)


@settings(max_examples=80, deadline=None)
@given(drafts, notes, text)
def test_a_draft_comes_back(draft: Draft, note: Note, words: str) -> None:
    """Whole with its release, replacements and the gate's findings; a note alone; a text."""
    back = draft_of(draft_bytes(draft))

    assert back == draft
    assert repr(back) == repr(draft)
    assert draft_of(draft_bytes(note)) == note
    assert draft_of(draft_bytes(words)) == words


@settings(max_examples=80, deadline=None)
@given(signed, addenda, consents, log_lines, st.builds(GroupWord, text, types))
def test_what_is_signed_and_what_leaves_come_back(
    note: SignedNote, addendum: Addendum, consent: ReleaseConsent, line: HandOut, word: GroupWord
) -> None:
    """Signed notes, addenda, consents with every element, log lines, words of a group."""
    back = signed_of(note.member, note.session, signed_bytes(note), (addendum,))

    assert (back.note, back.group_note, back.signature) == (note.note, note.group_note, note.signature)
    assert (back.who, back.at, back.checked) == (note.who, note.at, note.checked)
    assert back.addenda == (addendum_of(addendum_bytes(addendum)),) == (addendum,)
    assert consent_of(consent.number, consent_bytes(consent)) == consent
    assert hand_out_of(line.number, line.member, hand_out_bytes(line)) == line
    assert word_of(word_bytes(word)) == word


def test_a_draft_of_the_version_before_is_read() -> None:
    """It was a note whose lines had no hand, or a text."""
    before = ["m1", "s1", [["Said", [["I slept badly.", ["u1"]]]]], "draft", [["later", []]]]
    line = NoteLine("I slept badly.", (UtteranceId("u1"),))

    assert draft_of(FORM + json.dumps(before).encode()) == Note(
        M1, "s1", (NoteSection("Said", (line,)),), addenda=(NoteLine("later"),)
    )
    assert draft_of(FORM + json.dumps("finished text").encode()) == "finished text"


def test_a_decision_of_a_newer_version_is_refused() -> None:
    """A kind that this version does not know is not guessed at, and not passed over in silence."""
    with pytest.raises(VaultError, match="newer version"):
        ruling_of(1, packed(["2026-03-05T18:00:00+00:00", "ann", ["sung", 1]]), undone=False)
