"""What a review decided about words goes with the words; what was kept out stays out; nobody else's is lost."""

from __future__ import annotations

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
    OwnerSet,
    Place,
    Released,
    SpeakerSet,
    TextAccepted,
)
from assistant.domain import (
    AlertKind,
    DisclosureType,
    Draft,
    Note,
    NoteLine,
    NoteSection,
    Owner,
    PersonId,
    RedactedText,
    Release,
    ReleasedLine,
    Resolution,
    SessionUpdate,
    Span,
    Tombstone,
    TombstoneReason,
    UtteranceId,
)
from assistant.errors import VaultError
from assistant.store.erasure import erase_member, erase_session
from assistant.store.retention import Retention, RetentionPolicy
from assistant.store.reviews import Reviews
from assistant.store.roster_rows import group_key
from assistant.store.sessions import Sessions
from assistant.store.trimming import FOREVER
from tests.store.sessions.test_erasure import old_copy, put_back

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.decisions import Decided
    from assistant.domain import Group, Session
    from assistant.store.passphrase import Passphrase
    from tests.store.conftest import SetClock
    from tests.store.sessions.conftest import Says, Search

M1, M2, M3 = PersonId("m1"), PersonId("m2"), PersonId("m3")
U1, U2, U3 = UtteranceId("u1"), UtteranceId("u2"), UtteranceId("u3")
RISK = AlertKind.RISK_SELF
WORD = 4800
TYPE = DisclosureType.LOCATION

FIRST = "xylophone marzipan bramble teasel"
"""What m1 says from sample 0: one word every ``WORD``."""


def place(words: str, utterance: UtteranceId = U1, text: str = FIRST) -> Place:
    """Where words stand in an utterance."""
    start = text.index(words)
    return Place(utterance, Span(start, start + len(words)))


SECOND = "tapioca rhubarb"


@pytest.fixture
def closed(sessions: Sessions, session: Session, say: Says) -> Reviews:
    """The reviews of a closed session: m1, then m2, then the facilitator."""
    sessions.commit(
        session.id,
        SessionUpdate(
            (
                say("u1", "m1", FIRST, alert=RISK),
                say("u2", "m2", SECOND, 30_000),
                say("u3", "f", "welcome", 80_000),
            )
        ),
    )
    sessions.settle(session.id, U1, RISK, resolution=Resolution.ASSESSED)
    sessions.finish(session.id, {})
    return Reviews(sessions.vault)


def decided(reviews: Reviews, session: Session) -> list[Decided]:
    """What stands in the list."""
    return [ruling.decided for ruling in reviews.rulings(session.id)]


def strike_word(sessions: Sessions, session: Session, number: int) -> None:
    """Strike one word of the first utterance."""
    sessions.strike(session.id, Tombstone(number * WORD, (number + 1) * WORD, TombstoneReason.STRUCK))


ABOUT_MARZIPAN: tuple[Decided, ...] = (
    SpeakerSet((place("marzipan"),), M2),
    LeftAlone((place("marzipan"),)),
    TextAccepted(place("marzipan bramble")),
    OwnerSet(place("marzipan"), TYPE, Owner(M1)),
    FalseAlarm(place("marzipan"), TYPE),
    Released(M1, place(FIRST)),
    Hidden(M1, place("marzipan")),
    LineWritten(M1, "Said", (UtteranceId("u1.2"),), "Likes marzipan."),
    LineWritten(None, "Themes", (U1, U2), "Somebody's marzipan."),
    AlertSettled(place(FIRST), RISK, Resolution.CONSULTED, "marzipan again"),
)


@pytest.mark.parametrize("undone", [False, True], ids=["standing", "undone"])
def test_a_decision_about_struck_words_goes_with_them(
    closed: Reviews, sessions: Sessions, session: Session, find: Search, undone: bool
) -> None:
    """Of every kind, also an undone one, with what was written over the words; what is about others stays."""
    others = (
        Hidden(M2, place("tapioca", U2, SECOND)),
        FieldWritten(M1, Field.PLAN, "Come again."),
        LineWritten(M2, "Said", (U2,), "Likes tapioca."),
    )
    made = closed.rule(session.id, "ann", *ABOUT_MARZIPAN, *others)
    if undone:
        closed.undo(session.id, made[0].number)
    strike_word(sessions, session, 1)

    assert decided(closed, session) == list(others)
    assert find(closed.vault, b"marzipan", b"Come again") == {b"Come again"}


def test_a_decision_about_what_is_left_moves_with_it(closed: Reviews, sessions: Sessions, session: Session) -> None:
    """The same words, at their new place; numbers, who and when stay."""
    about_bramble: tuple[Decided, ...] = (
        SpeakerSet((place("bramble"), place("rhubarb", U2, SECOND)), M2),
        TextAccepted(place("bramble teasel")),
        OwnerSet(place("ramb"), TYPE, Owner(M1)),
        FalseAlarm(place("bramble"), TYPE),
        Released(M1, place("bramble")),
        Hidden(M1, place("teasel")),
    )
    made = [ruling for what in about_bramble for ruling in closed.rule(session.id, "ann", what)]
    closed.undo(session.id, 3)
    strike_word(sessions, session, 0)

    (entry,) = [e for e in sessions.load(session.id).entries if e.utterance.id == U1]
    now = closed.rulings(session.id)
    assert [(r.number, r.at, r.who, r.undone) for r in now] == [(m.number, m.at, m.who, m.number == 3) for m in made]
    words = [
        place_.span.of(entry.utterance.text)
        for what in (r.decided for r in now)
        for place_ in (what.places[:1] if isinstance(what, SpeakerSet) else (what.place,))  # type: ignore[union-attr]
    ]
    assert words == ["bramble", "bramble teasel", "ramb", "bramble", "bramble", "teasel"]
    assert isinstance(now[0].decided, SpeakerSet)
    assert now[0].decided.places[1] == place("rhubarb", U2, SECOND)


def test_a_strike_lets_nothing_in(closed: Reviews, sessions: Sessions, session: Session) -> None:
    """Where a part of the words is struck, the rest stays hidden and with its speaker; what was let in does not."""
    keeps_out: tuple[Decided, ...] = (
        SpeakerSet((place(FIRST),), None),
        Hidden(M1, place("marzipan bramble")),
        OwnerSet(place("marzipan bramble"), TYPE, Owner(M2)),
    )
    closed.rule(
        session.id,
        "ann",
        *keeps_out,
        Released(M1, place("marzipan bramble")),
        TextAccepted(place("marzipan bramble")),
        FalseAlarm(place("marzipan bramble"), TYPE),
    )
    strike_word(sessions, session, 1)

    now = "xylophone bramble teasel"
    assert decided(closed, session) == [
        SpeakerSet((place(now, text=now),), None),
        Hidden(M1, place("bramble", text=now)),
        OwnerSet(place("bramble", text=now), TYPE, Owner(M2)),
    ]


def test_a_number_is_not_given_again_after_a_strike(closed: Reviews, sessions: Sessions, session: Session) -> None:
    """Else an undo on a screen that is behind would take back another decision."""
    closed.rule(session.id, "ann", Hidden(M1, place("marzipan")))
    strike_word(sessions, session, 1)
    (later,) = closed.rule(session.id, "ann", Hidden(M2, place("tapioca", U2, SECOND)))

    assert later.number == 2


def test_a_word_of_the_group_goes_with_its_utterance(
    closed: Reviews, sessions: Sessions, session: Session, group: Group, find: Search
) -> None:
    """Kept, it would tell that it was said; words of other sessions stay."""
    gone, stays, elsewhere = (GroupWord(w, TYPE) for w in ("marzipan", "tapioca", "bramble"))
    closed.keep_word(group, gone, session.id, {M1})
    closed.keep_word(group, stays, session.id, {M2})
    sessions.begin(replace(session, id="another"))
    closed.keep_word(group, elsewhere, "another")
    strike_word(sessions, session, 1)
    strike_word(sessions, session, 2)

    assert closed.words(group) == (stays, elsewhere)
    assert find(closed.vault, b"marzipan", b"tapioca") == {b"tapioca"}


def test_words_that_were_given_to_somebody_go_with_them(
    *,
    closed: Reviews,
    sessions: Sessions,
    session: Session,
    group: Group,
    find: Search,
    tmp_path: Path,
    secret: Passphrase,
    clock: SetClock,
) -> None:
    """A clinician said that they are m3's: m3's erasure takes them, also out of an older copy; the rest stays m2's."""
    closed.rule(session.id, "ann", SpeakerSet((place("tapioca", U2, SECOND),), M3))
    old = tmp_path / "old.db"
    old_copy(closed.vault, old)
    erase_member(closed.vault, sessions.sounds, group_key(closed.vault, group), M3)

    assert find(closed.vault, b"tapioca", b"rhubarb") == {b"rhubarb"}
    assert decided(closed, session) == []
    with put_back(closed.vault, old, secret, clock) as vault:
        assert find(vault, b"tapioca") == set()


def test_words_that_were_taken_from_somebody_stay(
    closed: Reviews, sessions: Sessions, session: Session, group: Group, find: Search
) -> None:
    """A decision that was undone, or another one after it, gives them to nobody else."""
    first, _ = closed.rule(
        session.id,
        "ann",
        SpeakerSet((place("tapioca", U2, SECOND),), M3),
        SpeakerSet((place("rhubarb", U2, SECOND),), M3),
    )
    closed.rule(session.id, "ann", SpeakerSet((place("rhubarb", U2, SECOND),), M2))
    closed.undo(session.id, first.number)
    sessions.strike(session.id, Tombstone(0, FOREVER, TombstoneReason.WITHDRAWN, M3))
    erase_member(closed.vault, sessions.sounds, group_key(closed.vault, group), M3)

    assert find(closed.vault, b"tapioca", b"rhubarb") == {b"tapioca", b"rhubarb"}


def test_a_late_update_is_trimmed_by_what_a_review_decided(
    closed: Reviews, sessions: Sessions, session: Session, say: Says, find: Search
) -> None:
    """What was given to m3 does not come back once m3 has withdrawn, nor does its seal forget m3."""
    closed.rule(session.id, "ann", SpeakerSet((place("rhubarb", U2, SECOND),), M3))
    kept = sessions.commit(session.id, SessionUpdate((say("u2", "m2", SECOND, 30_000),)))
    assert [e.utterance.text for e in kept.entries] == [SECOND]
    (keys,) = closed.vault.database.read("SELECT keys FROM entries WHERE id = 'u2'")[0]
    assert closed.vault.keys.id_of_member(group_key(closed.vault, session.group), M3) in keys.split()


def test_an_erased_member_takes_what_names_them(
    closed: Reviews, sessions: Sessions, session: Session, group: Group, find: Search
) -> None:
    """What was decided and written about them, in others' words as well; the others' stays."""
    closed.rule(
        session.id,
        "ann",
        FieldWritten(M2, Field.PLAN, "Plan numbat."),
        FieldWritten(M1, Field.PLAN, "Plan okapi."),
        OwnerSet(place("rhubarb", U2, SECOND), TYPE, Owner(outsider_of=M2)),
        AlertSettled(place(FIRST), RISK, Resolution.CONSULTED, "asked about the dugong"),
    )
    closed.keep_word(group, GroupWord("rhubarb", TYPE), session.id, {M2})
    erase_member(closed.vault, sessions.sounds, group_key(closed.vault, group), M2)
    assert find(closed.vault, b"numbat", b"okapi", b"dugong", b"rhubarb") == {b"okapi", b"dugong"}
    erase_member(closed.vault, sessions.sounds, group_key(closed.vault, group), M1)

    assert find(closed.vault, b"okapi", b"dugong") == set()
    assert closed.rulings(session.id) == ()


def test_an_older_copy_tells_nothing_of_it(
    *,
    closed: Reviews,
    sessions: Sessions,
    session: Session,
    group: Group,
    find: Search,
    tmp_path: Path,
    secret: Passphrase,
    clock: SetClock,
) -> None:
    """Put back after an erasure, it opens to nothing that was written about the member."""
    closed.rule(session.id, "ann", FieldWritten(M1, Field.PLAN, "Plan okapi."), FieldWritten(M2, Field.PLAN, "numbat"))
    closed.keep_word(group, GroupWord("marzipan", TYPE), session.id, {M1})
    old = tmp_path / "old.db"
    old_copy(closed.vault, old)
    erase_member(closed.vault, sessions.sounds, group_key(closed.vault, group), M1)
    with put_back(closed.vault, old, secret, clock) as vault:
        assert find(vault, b"okapi", b"marzipan", b"numbat") == {b"numbat"}
        Sessions(vault)
        assert vault.database.read("SELECT count(*) FROM rulings") == [(1,)]
        assert vault.database.read("SELECT count(*) FROM group_words") == [(0,)]


def test_an_erased_session_takes_its_decisions(
    closed: Reviews, sessions: Sessions, session: Session, group: Group, find: Search
) -> None:
    """And the words of the group that were said in it."""
    closed.rule(session.id, "ann", FieldWritten(None, Field.TOPIC, "Topic okapi."), Hidden(M1, place("bramble")))
    closed.keep_word(group, GroupWord("marzipan", TYPE), session.id)
    erase_session(closed.vault, sessions.sounds, session.id)

    assert find(closed.vault, b"okapi", b"marzipan") == set()
    assert closed.vault.database.read("SELECT count(*) FROM rulings") == [(0,)]
    assert closed.words(group) == ()
    with pytest.raises(VaultError, match="no session"):
        closed.rulings(session.id)


def test_retention_takes_what_points_at_words(
    closed: Reviews, sessions: Sessions, session: Session, clock: SetClock, find: Search
) -> None:
    """With the transcript; what a clinician wrote for a note stays with the notes. Nothing can be ruled any more."""
    closed.rule(session.id, "ann", *ABOUT_MARZIPAN, FieldWritten(M1, Field.PLAN, "Plan okapi."))
    clock.forward(days=31)
    Retention(closed.vault, sessions.sounds, RetentionPolicy()).purge()

    assert {type(what) for what in decided(closed, session)} == {LineWritten, FieldWritten}
    assert find(closed.vault, b"again", b"okapi") == {b"okapi"}
    with pytest.raises(VaultError, match="no utterance"):
        closed.rule(session.id, "ann", Hidden(M1, place("bramble")))


def test_a_draft_that_rests_on_an_erased_members_words_is_dropped(
    closed: Reviews, sessions: Sessions, session: Session, group: Group
) -> None:
    """By its lines, or by what it was released from; another's draft stays."""

    def draft(member: PersonId, evidence: UtteranceId, released: UtteranceId) -> Draft:
        line = ReleasedLine(member, released, (Span(0, 3),), RedactedText("words"))
        note = Note(member, session.id, (NoteSection("Said", (NoteLine("words", (evidence,)),)),))
        return Draft(note, Release(member, (line,), ()), (), refused=False)

    stays = draft(M2, U2, U2)
    group_part = replace(stays.note, member=None)
    sessions.keep_drafts(session.id, {M2: draft(M2, U2, U1), M3: draft(M3, U1, U2), None: group_part})
    erase_member(closed.vault, sessions.sounds, group_key(closed.vault, group), M1)
    assert sessions.drafts(session.id) == {}
    sessions.keep_drafts(session.id, {M2: stays, None: group_part})

    assert sessions.drafts(session.id) == {M2: stays, None: group_part}
