"""Who is erased is gone: from the vault, from the sound, and from every older copy of the database."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.domain import AlertKind, Gap, Jotting, PersonId, Resolution, SessionUpdate, UtteranceId
from assistant.errors import VaultError
from assistant.store.audit import Action, Outcome
from assistant.store.erasure import erase_member, erase_session, readmit
from assistant.store.holds import Holds
from assistant.store.receipts import Destroyed, read_receipts
from assistant.store.roster_rows import group_key
from assistant.store.sessions import Sessions
from assistant.store.spool_reader import SpoolReader
from assistant.store.vault import DATABASE_NAME, Vault
from assistant.store.voiceprints import Voiceprints

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assistant.domain import Group, Session
    from assistant.store.passphrase import Passphrase
    from assistant.store.spool import Spool
    from tests.store.conftest import SetClock
    from tests.store.sessions.conftest import Says, Search

WORD = 4800
M1, M2 = PersonId("m1"), PersonId("m2")
RISK = AlertKind.RISK_SELF
OF_M1 = (b"xylophone", b"marzipan", b"Whitfield", b"said xylo", b"kumquat", b"draft of m1")
OF_OTHERS = (b"tapioca", b"rhubarb", b"Oyelaran", b"draft of m2")


@pytest.fixture
def talked(
    sessions: Sessions, session: Session, group: Group, say: Says, record: Callable[[Spool, int], None]
) -> Sessions:
    """A closed session in which two members spoke, once within one utterance."""
    with sessions.sounds.create(session.id, 1) as spool:
        record(spool, 96_000)
    sessions.commit(
        session.id,
        SessionUpdate(
            (
                say("u1", "m1", "xylophone", alert=RISK),
                say("u2", "m2", "tapioca marzipan rhubarb", 30_000, others={1: "m1"}),
                say("u3", "f", "welcome", 80_000),
            )
        ),
    )
    sessions.settle(session.id, UtteranceId("u1"), RISK, resolution=Resolution.ASSESSED, text="said xylo")
    sessions.jot(session.id, Jotting(5, "kumquat", M1))
    Voiceprints(sessions.vault).keep(group, M1, np.ones((1, 4), np.float32))
    sessions.finish(session.id, {M1: "draft of m1", M2: "draft of m2", None: "three came"})
    return sessions


def old_copy(vault: Vault, to: Path) -> None:
    """A copy of the database file as it is now, as a forgotten backup would be."""
    vault.database.checkpoint()
    shutil.copy(vault.folder / DATABASE_NAME, to)


def put_back(vault: Vault, old: Path, secret: Passphrase, clock: SetClock) -> Vault:
    """The vault with an older database in its place, and its keys as they are."""
    folder = vault.folder
    vault.close()
    shutil.copy(old, folder / DATABASE_NAME)
    return Vault.open(folder, secret, clock, mend_audit_head=True)


def test_an_erased_member_is_nowhere(talked: Sessions, session: Session, group: Group, find: Search) -> None:
    """Words in every utterance, notes, drafts, name, voice and sound; the others' are untouched."""
    assert find(talked.vault, *OF_M1, *OF_OTHERS) == {*OF_M1, *OF_OTHERS}
    receipt = erase_member(talked.vault, talked.sounds, group_key(talked.vault, group), M1)

    assert find(talked.vault, *OF_M1, *OF_OTHERS) == set(OF_OTHERS)
    stored = Sessions(talked.vault).load(session.id)
    assert [e.utterance.text for e in stored.entries] == ["tapioca rhubarb", "welcome"]
    assert {p.id for p in stored.session.group.people} == {"f", "m2", "m3"}
    assert talked.drafts(session.id) == {M2: "draft of m2"}
    assert Voiceprints(talked.vault).of(group) == {}
    with SpoolReader(talked.sounds.path(session.id), talked.sounds.key(session.id)) as reader:
        pieces = [np.zeros(p.samples) if isinstance(p, Gap) else p.audio[0] for p in reader.blocks()]
    heard = np.concatenate(pieces)
    assert not heard[:WORD].any()
    assert not heard[30_000 + WORD : 30_000 + 2 * WORD].any()
    assert heard[60_000:].all()
    assert (receipt.kind, receipt.count) == (Destroyed.MEMBER, 2)
    assert Action.MEMBER_ERASED in {line.action for line in talked.vault.audit.lines()}


def test_an_older_copy_tells_nothing_of_an_erased_member(
    *,
    talked: Sessions,
    session: Session,
    group: Group,
    find: Search,
    tmp_path: Path,
    secret: Passphrase,
    clock: SetClock,
) -> None:
    """Put back in the vault's place, it opens to nothing of theirs, and what it brought back is dropped."""
    old = tmp_path / "old.db"
    old_copy(talked.vault, old)
    erase_member(talked.vault, talked.sounds, group_key(talked.vault, group), M1)
    with put_back(talked.vault, old, secret, clock) as vault:
        assert vault.database.read("SELECT count(*) FROM entries") == [(3,)]
        assert find(vault, *OF_M1) == set()
        stored = Sessions(vault).load(session.id)
        assert [e.utterance.text for e in stored.entries] == ["welcome"]
        assert vault.database.read("SELECT count(*) FROM entries") == [(1,)]


def test_an_erased_session_is_nowhere(
    *, talked: Sessions, session: Session, find: Search, tmp_path: Path, secret: Passphrase, clock: SetClock
) -> None:
    """Nothing but a receipt is left, of anybody, in the vault and in an older copy of it."""
    old = tmp_path / "old.db"
    old_copy(talked.vault, old)
    erase_session(talked.vault, talked.sounds, session.id)

    assert find(talked.vault, *OF_M1, *OF_OTHERS, b"welcome", b"Zebulon") == set()
    assert not talked.sounds.exists(session.id)
    assert Sessions(talked.vault).lines() == ()
    with pytest.raises(VaultError, match="no session"):
        talked.load(session.id)
    assert [r.kind for r in read_receipts(talked.vault.database)] == [Destroyed.SESSION]
    with put_back(talked.vault, old, secret, clock) as vault:
        assert find(vault, *OF_M1, *OF_OTHERS, b"welcome", b"Zebulon") == set()
        assert Sessions(vault).lines() == ()


@pytest.mark.parametrize("done_before", ["nothing", "rows", "key"])
def test_an_erasure_that_a_crash_cut_short_is_finished(
    talked: Sessions, session: Session, group: Group, find: Search, done_before: str
) -> None:
    """Wherever it stopped, the next use of the vault carries it out."""
    vault, whose = talked.vault, group_key(talked.vault, group)
    with vault.database.transaction() as change:
        change.execute("INSERT INTO erasures VALUES (?, ?)", (whose, M1))
        if done_before == "rows":
            change.execute("DELETE FROM entries WHERE id = 'u1'")
    if done_before == "key":
        vault.keys.destroy_member(whose, M1)
    again = Sessions(vault)

    assert find(vault, *OF_M1) == set()
    assert vault.database.read("SELECT * FROM erasures") == []
    assert "welcome" in [e.utterance.text for e in again.load(session.id).entries]


def test_a_session_erasure_that_a_crash_cut_short_is_finished(talked: Sessions, session: Session, find: Search) -> None:
    """Its keys are gone and its rows still there: the next use drops them, with a receipt."""
    talked.vault.keys.destroy_session(f"{session.id} record")
    again = Sessions(talked.vault)

    assert again.lines() == ()
    assert not again.sounds.exists(session.id)
    assert find(talked.vault, *OF_M1, *OF_OTHERS) == set()


def test_a_legal_hold_stops_an_erasure(talked: Sessions, session: Session, group: Group, find: Search) -> None:
    """Of the session, of the member, and of a member who was in a held session; the refusal is on record."""
    vault, whose = talked.vault, group_key(talked.vault, group)
    holds = Holds(vault)
    holds.place_on_session(session.id)
    with pytest.raises(VaultError, match="legal hold"):
        erase_session(vault, talked.sounds, session.id)
    with pytest.raises(VaultError, match="legal hold"):
        erase_member(vault, talked.sounds, whose, M1)
    holds.lift_from_session(session.id)
    holds.place_on_member(whose, M2)
    with pytest.raises(VaultError, match="legal hold"):
        erase_session(vault, talked.sounds, session.id)

    assert find(vault, *OF_M1, *OF_OTHERS) == {*OF_M1, *OF_OTHERS}
    assert [line.outcome for line in vault.audit.lines()].count(Outcome.REFUSED) == 3
    assert holds.lift_from_member(whose, M2)
    assert erase_session(vault, talked.sounds, session.id).kind is Destroyed.SESSION


def test_an_erased_member_comes_back_only_by_a_new_consent(
    talked: Sessions, session: Session, group: Group, say: Says
) -> None:
    """Until they are readmitted nothing of theirs can be kept; what they said before stays gone."""
    vault, whose = talked.vault, group_key(talked.vault, group)
    erase_member(vault, talked.sounds, whose, M1)
    later = type(session)("b2", group, session.date)
    with pytest.raises(VaultError, match="erased"):
        Sessions(vault).begin(later)
    assert [line.id for line in talked.lines()] == [session.id]
    readmit(vault, whose, M1)
    again = Sessions(vault)
    again.begin(later)
    again.commit("b2", SessionUpdate((say("u1", "m1", "back"),)))

    assert [e.utterance.text for e in again.load("b2").entries] == ["back"]
    assert "m1" not in {p.id for p in again.load(session.id).session.group.people}


def test_what_cannot_be_erased_is_one_clear_line(talked: Sessions) -> None:
    """A session that is not there."""
    with pytest.raises(VaultError, match="no session"):
        erase_session(talked.vault, talked.sounds, "ffff")


def test_a_group_of_another_name_is_no_erasure(talked: Sessions, group: Group, find: Search) -> None:
    """The group was renamed since: to say that all is erased would be untrue, so nothing is done and that is said."""
    renamed = replace(group, name="Another evening group")

    with pytest.raises(VaultError, match="name that it had"):
        erase_member(talked.vault, talked.sounds, group_key(talked.vault, renamed), M1)

    assert find(talked.vault, b"xylophone") == {b"xylophone"}
