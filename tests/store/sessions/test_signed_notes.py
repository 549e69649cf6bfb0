"""A signed note is a legal record: kept as it was signed, added to, destroyed only with its member or its session."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.domain import (
    Note,
    NoteLine,
    NoteSection,
    NoteState,
    PersonId,
    SessionUpdate,
    Tombstone,
    TombstoneReason,
    UtteranceId,
)
from assistant.errors import SessionError, VaultError
from assistant.handout import Addendum, SignedNote
from assistant.store.audit import Action
from assistant.store.erasure import erase_member, erase_session
from assistant.store.retention import Retention, RetentionPolicy
from assistant.store.reviews import Reviews
from assistant.store.roster_rows import group_key

if TYPE_CHECKING:
    from assistant.domain import Group, Session
    from assistant.store.sessions import Sessions
    from tests.store.conftest import SetClock
    from tests.store.sessions.conftest import Says, Search

M1, M2 = PersonId("m1"), PersonId("m2")
AT = dt.datetime(2026, 3, 6, 9, 0, tzinfo=dt.UTC)
ADDED = Addendum("Later quokka.", "B. Lee, LCSW", "bo", AT)


def note(session_id: str, member: PersonId | None, text: str, *evidence: str) -> Note:
    """A note of one line."""
    line = NoteLine(text, tuple(map(UtteranceId, evidence)))
    return Note(member, session_id, (NoteSection("Said", (line,)),))


def signed(session_id: str, member: PersonId, text: str, *evidence: str) -> SignedNote:
    """A signed note of one line that rests on these utterances."""
    own = replace(note(session_id, member, text, *evidence), state=NoteState.SIGNED)
    return SignedNote(
        member, session_id, own, note(session_id, None, "three came"), "A. Ruiz, PhD", "ann", AT, "0" * 64
    )


@pytest.fixture
def closed(sessions: Sessions, session: Session, say: Says) -> Reviews:
    """The reviews of a closed session in which two members spoke."""
    sessions.commit(
        session.id,
        SessionUpdate((say("u1", "m1", "xylophone marzipan"), say("u2", "m2", "tapioca rhubarb", 30_000))),
    )
    sessions.finish(session.id, {M1: note(session.id, M1, "draft", "u1")})
    return Reviews(sessions.vault)


def test_a_signed_note_comes_back_with_its_addenda(closed: Reviews, sessions: Sessions, session: Session) -> None:
    """In order; the list of sessions counts it; the log names who signed and who added."""
    mine, theirs = signed(session.id, M1, "slept badly", "u1"), signed(session.id, M2, "ate well", "u2")
    closed.sign(mine)
    closed.sign(theirs)
    second = replace(ADDED, text="Later still.")
    closed.add(session.id, M1, ADDED)
    closed.add(session.id, M1, second)

    assert closed.signed(session.id) == {M1: replace(mine, addenda=(ADDED, second)), M2: theirs}
    assert [line.signed for line in sessions.lines()] == [2]
    assert [(line.who, line.action) for line in closed.vault.audit.lines()[-4:]] == [
        ("ann", Action.NOTE_SIGNED),
        ("ann", Action.NOTE_SIGNED),
        ("bo", Action.NOTE_ADDED),
        ("bo", Action.NOTE_ADDED),
    ]


def test_a_second_signature_is_refused(closed: Reviews, session: Session) -> None:
    """The first one stands; an addendum to what is not signed is refused too."""
    closed.sign(signed(session.id, M1, "slept badly"))
    with pytest.raises(VaultError, match="addendum"):
        closed.sign(signed(session.id, M1, "slept well"))
    with pytest.raises(VaultError, match="not signed yet"):
        closed.add(session.id, M2, ADDED)

    assert closed.signed(session.id) == {M1: signed(session.id, M1, "slept badly")}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE signed_notes SET body = x'00'",
        "UPDATE signed_notes SET person = 'm2'",
        "UPDATE signed_notes SET keys = ''",
        "UPDATE addenda SET body = x'00'",
        "UPDATE addenda SET number = 7, session = 'x'",
    ],
)
def test_the_database_itself_refuses_a_change(closed: Reviews, session: Session, statement: str) -> None:
    """Whatever a later version of the program would try."""
    closed.sign(signed(session.id, M1, "slept badly"))
    closed.add(session.id, M1, ADDED)
    before = closed.signed(session.id)
    with pytest.raises(VaultError), closed.vault.database.transaction() as change:
        change.execute(statement)

    assert closed.signed(session.id) == before


def test_only_a_signed_note_of_that_member_is_kept(closed: Reviews, session: Session) -> None:
    """Not a draft, not another's, not one of another session, not a facilitator's."""
    good = signed(session.id, M1, "slept badly")
    for wrong in (
        replace(good, note=replace(good.note, state=NoteState.DRAFT)),
        replace(good, member=M2),
        replace(good, note=replace(good.note, session="other")),
        replace(good, group_note=good.note),
        replace(good, member=PersonId("f"), note=replace(good.note, member=PersonId("f"))),
    ):
        with pytest.raises(VaultError):
            closed.sign(wrong)

    assert closed.signed(session.id) == {}


def test_a_session_under_way_is_not_signed(sessions: Sessions, session: Session) -> None:
    """Its words still come in."""
    with pytest.raises(SessionError, match="not closed"):
        Reviews(sessions.vault).sign(signed(session.id, M1, "slept badly"))


def test_it_outlives_sound_and_words(
    closed: Reviews, sessions: Sessions, session: Session, clock: SetClock, find: Search
) -> None:
    """Retention purges the transcript; the record stays, for as long as the site keeps notes, and may be added to."""
    closed.sign(signed(session.id, M1, "slept badly", "u1"))
    clock.forward(days=31)
    Retention(closed.vault, sessions.sounds, RetentionPolicy()).purge()
    closed.add(session.id, M1, ADDED)

    assert find(closed.vault, b"xylophone", b"slept badly", b"quokka") == {b"slept badly", b"quokka"}
    assert closed.signed(session.id)[M1].addenda == (ADDED,)


def test_an_erased_member_takes_theirs_along(
    closed: Reviews, sessions: Sessions, session: Session, group: Group, find: Search
) -> None:
    """The others' stay as they were signed."""
    closed.sign(signed(session.id, M1, "slept badly", "u1"))
    closed.add(session.id, M1, ADDED)
    closed.sign(signed(session.id, M2, "ate well", "u2"))
    erase_member(closed.vault, sessions.sounds, group_key(closed.vault, group), M1)

    assert find(closed.vault, b"slept badly", b"quokka", b"ate well") == {b"ate well"}
    assert set(closed.signed(session.id)) == {M2}


def test_an_erased_session_takes_all_along(closed: Reviews, sessions: Sessions, session: Session, find: Search) -> None:
    """Notes and addenda."""
    closed.sign(signed(session.id, M1, "slept badly", "u1"))
    closed.add(session.id, M1, ADDED)
    erase_session(closed.vault, sessions.sounds, session.id)

    assert find(closed.vault, b"slept badly", b"quokka") == set()
    assert closed.vault.database.read("SELECT count(*) FROM addenda") == [(0,)]


def test_a_strike_after_the_signing_is_told_and_changes_nothing_signed(
    closed: Reviews, sessions: Sessions, session: Session, clock: SetClock
) -> None:
    """Whose note rests on struck words, and since when; parts of an utterance that was split count as it does."""
    mine, theirs = signed(session.id, M1, "slept badly", "u1.2"), signed(session.id, M2, "ate well", "u2")
    closed.sign(mine)
    closed.sign(theirs)
    assert closed.touched(session.id) == {}
    clock.forward(days=1)
    sessions.strike(session.id, Tombstone(0, 4800, TombstoneReason.STRUCK))

    assert closed.touched(session.id) == {M1: clock.at}
    assert closed.signed(session.id) == {M1: mine, M2: theirs}
    assert sessions.drafts(session.id) == {}
