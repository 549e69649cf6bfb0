"""A copy made before words were taken back does not bring them back; what must never be lost goes over to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.decisions import GroupWord, Hidden, Place
from assistant.domain import (
    DisclosureType,
    Jotting,
    Note,
    NoteState,
    PersonId,
    SessionUpdate,
    Span,
    Tombstone,
    TombstoneReason,
    UtteranceId,
)
from assistant.handout import Addendum, HandOut, Recipient, ReleaseConsent, SignedNote
from assistant.store.backup import back_up, restore
from assistant.store.database import Database
from assistant.store.erasure import erase_session
from assistant.store.reviews import Reviews
from assistant.store.sessions import Sessions
from assistant.store.vault import DATABASE_NAME, Vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assistant.domain import Group, Session
    from assistant.store.backup import Restored
    from assistant.store.passphrase import Passphrase
    from tests.store.conftest import SetClock
    from tests.store.sessions.conftest import Says, Search

WORD = 4800
M1, M2 = PersonId("m1"), PersonId("m2")
AT = dt.datetime(2026, 3, 6, 9, 0, tzinfo=dt.UTC)
BLANK = Tombstone(0, WORD, TombstoneReason.STRUCK)


@pytest.fixture
def backed_up(sessions: Sessions, session: Session, group: Group, say: Says, tmp_path: Path) -> Reviews:
    """A closed session, decided about, in a vault of which there is a backup."""
    sessions.commit(
        session.id,
        SessionUpdate((say("u1", "m1", "xylophone bramble"), say("u2", "m2", "tapioca rhubarb", 30_000))),
    )
    sessions.jot(session.id, Jotting(5, "kumquat"))
    sessions.finish(session.id, {M1: "draft of m1"})
    reviews = Reviews(sessions.vault)
    reviews.rule(session.id, "ann", Hidden(M1, Place(UtteranceId("u1"), Span(0, 17))))
    reviews.keep_word(group, GroupWord("xylophone", DisclosureType.ORG), session.id, {M1})
    reviews.keep_consent(group, M1, ReleaseConsent(0, discloser="axolotl clinic"))
    back_up(sessions.vault, tmp_path / "backups")
    return reviews


@pytest.fixture
def put_back(
    backed_up: Reviews, vault_folder: Path, tmp_path: Path, secret: Passphrase, clock: SetClock
) -> Callable[[], Restored]:
    """Closes the vault and puts the backup in its place."""

    def put() -> Restored:
        backed_up.vault.close()
        return restore(vault_folder, tmp_path / "backups", lambda _: secret, replace=True, clock=clock)

    return put


STRUCK = (b"xylophone", b"kumquat", b"draft of m1")


def test_what_was_struck_since_is_struck_in_the_copy(
    *,
    backed_up: Reviews,
    sessions: Sessions,
    session: Session,
    put_back: Callable[[], Restored],
    vault_folder: Path,
    secret: Passphrase,
    clock: SetClock,
    find: Search,
) -> None:
    """Before anybody opens it: no word in any file or row, and decisions moved as the first time."""
    sessions.strike(session.id, BLANK)
    entries, rulings = sessions.load(session.id).entries, backed_up.rulings(session.id)
    done = put_back()

    assert done.struck == 1
    with Vault.open(vault_folder, secret, clock) as vault:
        assert find(vault, *STRUCK, b"bramble") == {b"bramble"}
        assert Sessions(vault).load(session.id).entries == entries
        assert Reviews(vault).rulings(session.id) == rulings
        assert vault.audit.verify()


def test_what_was_not_struck_comes_back(
    *,
    put_back: Callable[[], Restored],
    vault_folder: Path,
    secret: Passphrase,
    clock: SetClock,
    find: Search,
) -> None:
    """The restore takes back no more than was taken back."""
    assert put_back().struck == 0
    with Vault.open(vault_folder, secret, clock) as vault:
        assert find(vault, *STRUCK) == set(STRUCK)


def test_what_must_not_be_lost_goes_over(
    *,
    backed_up: Reviews,
    session: Session,
    group: Group,
    put_back: Callable[[], Restored],
    vault_folder: Path,
    secret: Passphrase,
    clock: SetClock,
) -> None:
    """Signed notes, addenda, a revocation, the disclosure log; and numbers go on from there."""
    own = Note(M1, session.id, (), NoteState.SIGNED)
    signed = SignedNote(M1, session.id, own, Note(None, session.id, ()), "A. Ruiz", "ann", AT, "0" * 64)
    addendum = Addendum("Later.", "A. Ruiz", "ann", AT)
    backed_up.sign(signed)
    backed_up.add(session.id, M1, addendum)
    backed_up.revoke_consent(group, M1, 1, dt.date(2026, 3, 5))
    told = HandOut(0, AT, "ann", M1, session.id, Recipient.PAYER, "Capybara Health", "note", "payment", False, 1)
    line = backed_up.log(group, told)
    backed_up.rule(session.id, "ann", Hidden(M2, Place(UtteranceId("u2"), Span(0, 7))))
    put_back()

    with Vault.open(vault_folder, secret, clock) as vault:
        again = Reviews(vault)
        assert again.signed(session.id) == {M1: replace(signed, addenda=(addendum,))}
        assert [c.revoked_on for c in again.consents(group, M1)] == [dt.date(2026, 3, 5)]
        assert again.hand_outs(group) == (line,)
        assert again.log(group, told).number == 2
        assert [r.number for r in again.rulings(session.id)] == [1]
        assert again.rule(session.id, "ann", Hidden(M1, Place(UtteranceId("u1"), Span(0, 3))))[0].number == 3


def test_an_erased_session_stays_erased(
    *,
    backed_up: Reviews,
    sessions: Sessions,
    session: Session,
    put_back: Callable[[], Restored],
    vault_folder: Path,
    secret: Passphrase,
    clock: SetClock,
    find: Search,
) -> None:
    """Struck, then erased, while the copy still holds its rows: nothing of it opens, and the next use drops it."""
    sessions.strike(session.id, BLANK)
    erase_session(sessions.vault, sessions.sounds, session.id)
    put_back()

    with Vault.open(vault_folder, secret, clock) as vault:
        assert find(vault, *STRUCK, b"bramble", b"tapioca") == set()
        assert Sessions(vault).lines() == ()


def test_a_vault_of_an_earlier_shape_is_replaced(
    *,
    backed_up: Reviews,
    sessions: Sessions,
    session: Session,
    put_back: Callable[[], Restored],
    vault_folder: Path,
    secret: Passphrase,
    clock: SetClock,
) -> None:
    """It has no tables of a review yet: its strikes go over all the same."""
    sessions.strike(session.id, BLANK)
    database = backed_up.vault.database
    with database.transaction() as change:
        for table in ("counters", "addenda", "signed_notes", "release_consents", "hand_outs", "group_ids"):
            change.execute(f"DROP TABLE {table}")
    assert isinstance(database, Database)
    assert (vault_folder / DATABASE_NAME).is_file()

    assert put_back().struck == 1
    with Vault.open(vault_folder, secret, clock) as vault:
        assert [e.utterance.text for e in Sessions(vault).load(session.id).entries] == ["bramble", "tapioca rhubarb"]
