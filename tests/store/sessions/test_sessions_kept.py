"""What is committed is there after a restart, once, in order, and in the state in which a person left it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.domain import (
    AlertKind,
    AlertState,
    Jotting,
    Note,
    NoteLine,
    NoteSection,
    PersonId,
    Resolution,
    SessionUpdate,
    Tombstone,
    TombstoneReason,
    UtteranceId,
)
from assistant.errors import SessionError, VaultError
from assistant.store.audit import HEAD_NAME, Action
from assistant.store.sessions import Sessions
from assistant.store.stored import Decision, StoredSession
from assistant.store.trimming import trimmed
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.domain import Group, Session
    from assistant.store.passphrase import Passphrase
    from tests.store.conftest import SetClock
    from tests.store.sessions.conftest import Says, Search

U1, U2 = UtteranceId("u1"), UtteranceId("u2")
M1, M2 = PersonId("m1"), PersonId("m2")
RISK = AlertKind.RISK_SELF


def again(sessions: Sessions, session: Session) -> StoredSession:
    """The session as a new process finds it."""
    return Sessions(sessions.vault).load(session.id)


def test_a_session_comes_back_whole(sessions: Sessions, session: Session, say: Says) -> None:
    """People, facts, utterances with findings and alerts, and how far it was read."""
    entries = (say("u1", "m1", "one two three"), say("u2", "m2", "four", 20_000, alert=RISK))
    kept = sessions.commit(session.id, SessionUpdate(entries, processed_to=30_000, unheard=((25_000, 26_000),)))
    stored = again(sessions, session)

    assert kept.entries == entries == stored.entries
    assert stored.session == session
    assert stored.processed_to == 30_000
    assert stored.unheard == ((25_000, 26_000),)
    assert not stored.line.finished


def test_a_vault_that_was_closed_tells_the_same(
    *, sessions: Sessions, session: Session, say: Says, vault_folder: Path, secret: Passphrase, clock: SetClock
) -> None:
    """Closing and opening with the passphrase changes nothing, and the session is offered for recovery."""
    sessions.commit(session.id, SessionUpdate((say("u1", "m1", "one"),), processed_to=5000))
    before = again(sessions, session)
    sessions.vault.close()
    with Vault.open(vault_folder, secret, clock) as vault:
        found = Sessions(vault).unfinished()

    assert found == (before,)


def test_the_same_update_again_changes_nothing(sessions: Sessions, session: Session, say: Says) -> None:
    """A worker that died after its update was kept sends it again."""
    first = SessionUpdate((say("u1", "m1", "one"), say("u2", "m2", "two", 9000)), processed_to=20_000)
    second = SessionUpdate((say("u2", "m2", "two three", 9000),), (U1,), 30_000)
    sessions.commit(session.id, first)
    sessions.commit(session.id, second)
    before = again(sessions, session)
    sessions.commit(session.id, second)

    assert again(sessions, session) == before
    assert [e.utterance.text for e in before.entries] == ["two three"]


def test_progress_never_goes_back(sessions: Sessions, session: Session, say: Says) -> None:
    """A correction of an old utterance says nothing about how far was read."""
    sessions.commit(session.id, SessionUpdate((say("u1", "m1", "one"),), processed_to=50_000))
    sessions.commit(session.id, SessionUpdate((say("u1", "m2", "one"),), processed_to=0))
    stored = again(sessions, session)

    assert stored.processed_to == 50_000
    assert stored.entries[0].utterance.speaker == M2


def test_an_update_is_kept_whole_or_not_at_all(sessions: Sessions, session: Session, say: Says) -> None:
    """An entry that cannot be kept takes the whole update with it."""
    bad = replace(say("u3", "m2", "three"), utterance=replace(say("u3", "m2", "three").utterance, number=2**70))
    with pytest.raises((VaultError, OverflowError)):
        sessions.commit(session.id, SessionUpdate((say("u1", "m1", "one"), bad), processed_to=9000))

    assert again(sessions, session).entries == ()
    assert again(sessions, session).processed_to == 0


def test_an_unsettled_a1_survives_a_restart_and_holds_the_close(
    sessions: Sessions, session: Session, say: Says
) -> None:
    """It is open until a person says how it was settled; acknowledging it is not enough."""
    sessions.commit(session.id, SessionUpdate((say("u1", "m1", "one two", alert=RISK),)))

    assert again(sessions, session).unresolved == ((U1, RISK),)
    sessions.settle(session.id, U1, RISK)
    stored = again(sessions, session)
    assert stored.entries[0].alerts[0].state is AlertState.ACKNOWLEDGED
    assert stored.unresolved == ((U1, RISK),)
    with pytest.raises(SessionError, match="not settled"):
        sessions.finish(session.id, {})
    sessions.settle(session.id, U1, RISK, resolution=Resolution.ASSESSED, text="spoke with them")
    settled = again(sessions, session)
    assert settled.unresolved == ()
    assert (settled.settlements[0].resolution, settled.settlements[0].text) == (Resolution.ASSESSED, "spoke with them")
    sessions.finish(session.id, {})
    assert again(sessions, session).line.finished


def test_an_alert_that_is_not_there_cannot_be_settled(sessions: Sessions, session: Session, say: Says) -> None:
    """Neither of an unknown utterance nor of another kind."""
    sessions.commit(session.id, SessionUpdate((say("u1", "m1", "one", alert=RISK),)))
    for utterance, kind in ((U2, RISK), (U1, AlertKind.IDENTITY)):
        with pytest.raises(VaultError, match="no alert"):
            sessions.settle(session.id, utterance, kind)

    assert again(sessions, session).settlements == ()


def test_what_was_done_about_an_alert_outlives_a_new_version(sessions: Sessions, session: Session, say: Says) -> None:
    """A correction of the utterance, and the full utterance that takes the place of an early warning's."""
    sessions.commit(session.id, SessionUpdate((say("t7", None, "one two", alert=RISK),)))
    sessions.settle(session.id, UtteranceId("t7"), RISK, resolution=Resolution.CONSULTED, text="called")
    full = say("u9", "m1", "zero one two", alert=RISK)
    sessions.commit(session.id, SessionUpdate((full,), (UtteranceId("t7"),), 9000))
    sessions.commit(session.id, SessionUpdate((replace(full, findings=full.findings),)))
    stored = again(sessions, session)

    assert [e.utterance.id for e in stored.entries] == ["u9"]
    assert stored.unresolved == ()
    assert stored.settlements[0].text == "called"


def test_what_was_done_about_one_alert_does_not_settle_another(sessions: Sessions, session: Session, say: Says) -> None:
    """A removed utterance's settlement goes to none that lies elsewhere in time."""
    sessions.commit(session.id, SessionUpdate((say("u1", "m1", "one", alert=RISK),)))
    sessions.settle(session.id, U1, RISK, resolution=Resolution.ASSESSED)
    sessions.commit(session.id, SessionUpdate((say("u2", "m1", "two", 90_000, alert=RISK),), (U1,)))

    assert again(sessions, session).unresolved == ((U2, RISK),)


def test_marks_notes_and_key_presses_are_kept(sessions: Sessions, session: Session) -> None:
    """In the order in which they were made."""
    jottings = (Jotting(500), Jotting(400, "late bus", M1))
    for jotting in jottings:
        sessions.jot(session.id, jotting)
    decision = Decision(900, M2, U1, 100, 800)
    sessions.decide(session.id, decision)
    stored = again(sessions, session)

    assert stored.jottings == jottings
    assert stored.decisions == (decision,)


def test_the_room_of_tonight_is_kept(sessions: Sessions, session: Session, group: Group) -> None:
    """Who came late, who left, who agreed tonight."""
    people = list(group.people)
    people[2] = replace(people[2], present_from=16_000, present_until=64_000)
    people[3] = replace(people[3], consent=replace(people[3].consent, withdrawn_at=dt.date(2026, 3, 5)))
    tonight = replace(group, people=tuple(people))
    sessions.roster(session.id, tonight)

    assert again(sessions, session).session.group == tonight
    with pytest.raises(VaultError, match="another group"):
        sessions.roster(session.id, replace(group, name="other"))


def test_drafts_are_kept_for_each_member(sessions: Sessions, session: Session) -> None:
    """A note, a finished text, and the group's part; a closed session is not closed again."""
    note = Note(M1, session.id, (NoteSection("Said", (NoteLine("slept badly", (U1,)),)),))
    drafts: dict[PersonId | None, Note | str] = {M1: note, M2: "text", None: "four came"}
    sessions.finish(session.id, drafts)

    assert Sessions(sessions.vault).drafts(session.id) == drafts
    with pytest.raises(SessionError, match="closed"):
        sessions.finish(session.id, {})
    sessions.keep_drafts(session.id, {M2: "other"})
    assert sessions.drafts(session.id) == {M2: "other"}


def test_ids_are_checked(sessions: Sessions, session: Session) -> None:
    """A session is begun once, and one that is not there is one clear line."""
    with pytest.raises(VaultError, match="already"):
        sessions.begin(session)
    with pytest.raises(VaultError, match="no session"):
        sessions.load("ffff")


def test_nothing_can_be_read_without_the_keys(sessions: Sessions, session: Session, say: Says, find: Search) -> None:
    """Words, names and facts stand in no file and in no column; only what is unsealed holds them."""
    sessions.commit(session.id, SessionUpdate((say("u1", "m1", "xylophone quince", alert=RISK),)))
    sessions.settle(session.id, U1, RISK, text="marzipan")
    sessions.jot(session.id, Jotting(1, "tapioca"))
    needles = (b"xylophone", b"marzipan", b"tapioca", b"Whitfield", b"quagga", b"Zebulon")

    assert find(sessions.vault, *needles) == set(needles), "the search itself finds what is there"
    raw = b"".join(p.read_bytes() for p in sessions.vault.folder.rglob("*") if p.is_file())
    assert not [needle for needle in needles if needle in raw]
    rows = [
        c
        for t in ("entries", "people", "facts", "sessions", "jottings", "settlements")
        for r in sessions.vault.database.read(f'SELECT * FROM "{t}"')  # noqa: S608  names of tables
        for c in r
    ]
    cells = b"".join(c if isinstance(c, bytes) else str(c).encode() for c in rows)
    assert not [needle for needle in needles if needle in cells]


def test_who_did_what_is_in_the_audit_log(sessions: Sessions, session: Session, say: Says) -> None:
    """Begin, acknowledge, resolve and finish, each with an opaque id."""
    sessions.commit(session.id, SessionUpdate((say("u1", "m1", "one", alert=RISK),)))
    sessions.settle(session.id, U1, RISK)
    sessions.settle(session.id, U1, RISK, resolution=Resolution.ASSESSED)
    sessions.finish(session.id, {})
    actions = [line.action for line in sessions.vault.audit.lines()]

    assert [a for a in actions if a in {*Action} - {"vault created", "vault opened"}] == [
        Action.SESSION_BEGUN,
        Action.ALERT_ACKNOWLEDGED,
        Action.ALERT_RESOLVED,
        Action.SESSION_FINISHED,
    ]
    assert session.id not in {line.object for line in sessions.vault.audit.lines()}


def test_a_close_is_kept_once_though_the_audit_file_is_not(sessions: Sessions, session: Session) -> None:
    """The disk is full for the file beside the log: the close stands and is not refused as a second one."""
    (sessions.vault.folder / f"{HEAD_NAME}.new").mkdir()

    sessions.finish(session.id, {})

    assert sessions.load(session.id).line.finished


def test_a_late_taking_back_takes_what_was_written_about_it(
    sessions: Sessions, session: Session, say: Says, find: Search
) -> None:
    """A new reading of which words were taken away first: what somebody wrote about their alert goes as well."""
    whole = say("u1", "m1", "xylophone tapioca", alert=RISK)
    sessions.commit(session.id, SessionUpdate((whole,)))
    sessions.settle(session.id, U1, RISK, resolution=Resolution.ASSESSED, text="about the xylophone")
    left = trimmed(whole, (Tombstone(0, 10, TombstoneReason.STRUCK),))
    assert left is not None

    sessions.commit(session.id, SessionUpdate((left,)))

    assert sessions.load(session.id).settlements == ()
    assert find(sessions.vault, b"xylophone", b"tapioca") == {b"tapioca"}


def test_a_strike_that_is_done_again_is_one_line(sessions: Sessions, session: Session) -> None:
    """The audit log tells each once, and who it was that took consent back by an id of theirs."""
    for _ in range(2):
        sessions.strike(session.id, Tombstone(0, 10, TombstoneReason.STRUCK))
        sessions.strike(session.id, Tombstone(0, 10, TombstoneReason.WITHDRAWN, M1))

    lines = [(line.action, line.object) for line in sessions.vault.audit.lines()]
    vault = sessions.vault
    assert lines.count((Action.STRUCK, vault.opaque("session", session.id))) == 1
    assert lines.count((Action.CONSENT_WITHDRAWN, vault.opaque("person", session.id, M1))) == 1
