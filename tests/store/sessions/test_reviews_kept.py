"""A clinician's decisions are kept with who and when, in a list that only grows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

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
    SpeakerSet,
    TextAccepted,
)
from assistant.domain import (
    AlertKind,
    DisclosureType,
    Owner,
    PersonId,
    Resolution,
    SessionUpdate,
    Span,
    UtteranceId,
)
from assistant.errors import SessionError, VaultError
from assistant.store.audit import Action
from assistant.store.reviews import Reviews
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from assistant.decisions import Decided
    from assistant.domain import Group, Session
    from assistant.store.passphrase import Passphrase
    from assistant.store.sessions import Sessions
    from tests.store.conftest import SetClock
    from tests.store.sessions.conftest import Says, Search

M1, M2 = PersonId("m1"), PersonId("m2")
U1, U2 = UtteranceId("u1"), UtteranceId("u2")
WHOLE = Place(U1, Span(0, 18))

EVERY: tuple[Decided, ...] = (
    SpeakerSet((WHOLE, Place(U2, Span(0, 7))), M2),
    SpeakerSet((WHOLE,), None, to_hear=True),
    LeftAlone((WHOLE,)),
    TextAccepted(WHOLE),
    OwnerSet(WHOLE, DisclosureType.PERSON, Owner(outsider_of=M1)),
    FalseAlarm(WHOLE, DisclosureType.PERSON, everywhere=True),
    Released(M1, WHOLE),
    Hidden(M1, WHOLE),
    LineWritten(M1, "Said", (U1,), "Written ondatra."),
    FieldWritten(M1, Field.PLAN, "Next numbat."),
    FieldWritten(None, Field.TOPIC, "Topic okapi."),
    NoteAccepted(None),
    AlertSettled(WHOLE, AlertKind.RISK_SELF, Resolution.CONSULTED, "asked about the dugong"),
)


@pytest.fixture
def closed(sessions: Sessions, session: Session, say: Says) -> Reviews:
    """The reviews of a closed session in which two members spoke."""
    sessions.commit(
        session.id,
        SessionUpdate((say("u1", "m1", "xylophone marzipan"), say("u2", "m2", "tapioca rhubarb", 30_000))),
    )
    sessions.finish(session.id, {})
    return Reviews(sessions.vault)


def test_every_kind_of_decision_is_kept(closed: Reviews, session: Session, clock: SetClock) -> None:
    """In order, numbered from 1, with the operator and the vault's time; once more adds behind."""
    made = closed.rule(session.id, "ann", *EVERY)
    clock.forward(hours=1)
    later = closed.rule(session.id, "bo", NoteAccepted(M1))

    assert [r.decided for r in made] == list(EVERY)
    assert [r.number for r in made] == list(range(1, len(EVERY) + 1))
    assert {(r.who, r.at) for r in made} == {("ann", clock.at - dt.timedelta(hours=1))}
    assert [(r.number, r.who, r.at) for r in later] == [(len(EVERY) + 1, "bo", clock.at)]
    assert closed.rulings(session.id) == made + later


def test_decisions_outlive_the_process(
    closed: Reviews, session: Session, vault_folder: object, secret: Passphrase, clock: SetClock
) -> None:
    """They are there when the vault is opened again."""
    made = closed.rule(session.id, "ann", *EVERY)
    folder = closed.vault.folder
    closed.vault.close()
    with Vault.open(folder, secret, clock) as again:
        assert Reviews(again).rulings(session.id) == made


def test_what_is_undone_stays_in_the_list(closed: Reviews, session: Session) -> None:
    """Marked; it cannot be undone twice, and its number is not given again."""
    (first,) = closed.rule(session.id, "ann", Hidden(M1, WHOLE))
    (second,) = closed.rule(session.id, "ann", NoteAccepted(M1))
    closed.undo(session.id, second.number)
    (third,) = closed.rule(session.id, "ann", NoteAccepted(M1))

    undone = replace(second, undone=True, undone_at=closed.vault.clock.now())
    assert closed.rulings(session.id) == (first, undone, third)
    assert third.number == 3
    for number in (second.number, 99):
        with pytest.raises(VaultError, match=f"no decision {number}"):
            closed.undo(session.id, number)


def test_what_one_key_press_decided_is_taken_back_as_one(
    closed: Reviews, session: Session, vault_folder: object, secret: Passphrase, clock: SetClock
) -> None:
    """Also when the vault was opened again meanwhile; what another press decided stays."""
    (before,) = closed.rule(session.id, "ann", NoteAccepted(M1))
    closed.rule(session.id, "ann", Hidden(M1, WHOLE), Hidden(M1, Place(U1, Span(0, 3))), TextAccepted(WHOLE))
    folder = closed.vault.folder
    closed.vault.close()
    with Vault.open(folder, secret, clock) as again:
        undone = Reviews(again).undo(session.id, 4, "ann")

        assert [ruling.number for ruling in undone] == [2, 3, 4]
        assert [r.number for r in Reviews(again).rulings(session.id) if not r.undone] == [before.number]
        with pytest.raises(VaultError, match="no decision 2"):
            Reviews(again).undo(session.id, 2)


def test_all_or_none(closed: Reviews, session: Session) -> None:
    """One that points at nothing, or names nobody of the room: nothing of the order is kept, nor a line of the log."""
    lines = closed.vault.audit.lines()
    for wrong in (
        TextAccepted(Place(UtteranceId("u9"), Span(0, 1))),
        SpeakerSet((WHOLE,), PersonId("m7")),
        Hidden(PersonId("m7"), WHOLE),
        OwnerSet(WHOLE, DisclosureType.AGE, Owner(PersonId("m7"))),
    ):
        with pytest.raises(VaultError, match=r"u9|nobody of that id") as refused:
            closed.rule(session.id, "ann", NoteAccepted(M1), wrong)
        assert "m7" not in str(refused.value)
    with pytest.raises(VaultError, match="operator id"):
        closed.rule(session.id, "Ann Lee", NoteAccepted(M1))

    assert closed.rulings(session.id) == ()
    assert closed.vault.audit.lines() == lines


def test_a_session_that_is_not_closed_is_not_reviewed(sessions: Sessions, session: Session) -> None:
    """Its entries still change under a decision."""
    with pytest.raises(SessionError, match="not closed"):
        Reviews(sessions.vault).rule(session.id, "ann", NoteAccepted(M1))


def test_the_log_says_who_decided_and_no_word_of_it(closed: Reviews, session: Session) -> None:
    """One line for every decision, one for taking back, one for reading what was withheld."""
    closed.rule(session.id, "ann", NoteAccepted(M1))
    closed.rule(session.id, "ann", FieldWritten(M1, Field.PLAN, "Next numbat."))
    closed.undo(session.id, 1, who="bo")
    closed.read_private(session.id, M1, U2, who="cy")

    of_review = [(line.who, line.action) for line in closed.vault.audit.lines()[-4:]]
    assert of_review == [
        ("ann", Action.RULED),
        ("ann", Action.RULED),
        ("bo", Action.RULING_UNDONE),
        ("cy", Action.WITHHELD_READ),
    ]
    ruled = [line.object for line in closed.vault.audit.lines()[-4:-1]]
    assert ruled[0] == ruled[2] != ruled[1]
    assert closed.vault.audit.verify()


def test_no_decision_lies_open_on_the_disk(closed: Reviews, session: Session, find: Search) -> None:
    """What a clinician wrote is in sealed bodies alone."""
    closed.rule(session.id, "ann", *EVERY)
    closed.vault.database.checkpoint()
    files = b"".join(path.read_bytes() for path in closed.vault.folder.rglob("*") if path.is_file())
    cells = closed.vault.database.read("SELECT * FROM rulings")

    for word in (b"ondatra", b"numbat", b"okapi", b"dugong"):
        assert find(closed.vault, word) == {word}
        assert word not in files
        assert not any(word in cell for row in cells for cell in row if isinstance(cell, bytes))


def test_the_entries_of_the_close_are_never_changed(closed: Reviews, sessions: Sessions, session: Session) -> None:
    """A speaker that was set is a decision beside the entry, not another entry."""
    before = sessions.load(session.id).entries
    closed.rule(session.id, "ann", *EVERY)

    assert sessions.load(session.id).entries == before


def test_words_of_a_group(closed: Reviews, group: Group, session: Session) -> None:
    """Kept by group from session to session, once each, taken back one by one."""
    corner, bread = GroupWord("corner", DisclosureType.LOCATION), GroupWord("marzipan", DisclosureType.ORG)
    for word in (corner, bread, corner):
        closed.keep_word(group, word)

    assert closed.words(group) == (corner, bread)
    assert closed.words(replace(group, name="Another")) == ()
    assert closed.drop_word(group, corner)
    assert not closed.drop_word(group, corner)
    assert closed.words(group) == (bread,)


@pytest.mark.parametrize("word", ["gracenote", "Oyelaran's", "little gracenote", "marc", "zoë", "zoe"])
def test_a_name_on_the_roster_is_no_word_of_the_group(closed: Reviews, group: Group, word: str) -> None:
    """Else its owner would no longer be protected anywhere; the refusal does not repeat it."""
    called = replace(group.person(M1), aliases=("Marc", "Zoë"))
    named = replace(group, people=(called, *(p for p in group.people if p.id != M1)))
    with pytest.raises(SessionError) as refused:
        closed.keep_word(named, GroupWord(word, DisclosureType.PERSON))

    assert word.casefold() not in str(refused.value).casefold()
    assert closed.words(named) == ()


def test_a_word_that_becomes_a_name_counts_no_more(closed: Reviews, group: Group) -> None:
    """Somebody of that name joined the group since."""
    closed.keep_word(group, GroupWord("corner", DisclosureType.PERSON))
    corner = replace(group.person(M2), id=PersonId("m9"), name="Ida Corner")

    assert closed.words(replace(group, people=(*group.people, corner))) == ()
    assert len(closed.words(group)) == 1


def test_a_decision_undone_by_an_older_version_has_no_time(closed: Reviews, session: Session) -> None:
    """It kept only that it was undone: that still stands, and it counts as no change since anything."""
    (made,) = closed.rule(session.id, "ann", Hidden(M1, WHOLE))
    with closed.vault.database.transaction() as change:
        change.execute("UPDATE rulings SET undone = 1 WHERE session = ?", (session.id,))

    (now,) = closed.rulings(session.id)

    assert now == replace(made, undone=True)
    assert now.undone_at is None
    assert not now.moved_since(made.at)
