"""What was taken back is nowhere: a search of every file, of every row, and of all that any key opens, proves it."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.domain import (
    AlertKind,
    FindingsStatus,
    Gap,
    Jotting,
    PersonId,
    Resolution,
    SessionUpdate,
    Tombstone,
    TombstoneReason,
    UtteranceId,
)
from assistant.store.sessions import Sessions
from assistant.store.spool_reader import SpoolReader
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assistant.domain import Session
    from assistant.store.passphrase import Passphrase
    from assistant.store.spool import Spool
    from tests.store.conftest import SetClock
    from tests.store.sessions.conftest import Says, Search

WORD = 4800
M1, M2 = PersonId("m1"), PersonId("m2")
RISK = AlertKind.RISK_SELF


def struck(start: int, end: int, person: PersonId | None = None) -> Tombstone:
    """A strike of everybody, or the withdrawal of one."""
    reason = TombstoneReason.STRUCK if person is None else TombstoneReason.WITHDRAWN
    return Tombstone(start, end, reason, person)


def sound(sessions: Sessions, session: Session) -> np.ndarray:
    """All sound of a session as 16-bit values; 0 where there is none."""
    with SpoolReader(sessions.sounds.path(session.id), sessions.sounds.key(session.id)) as reader:
        parts = [np.zeros(p.samples) if isinstance(p, Gap) else p.audio[0] * 32768 for p in reader.blocks()]
    return np.concatenate(parts).astype(int)


def test_a_struck_minute_is_nowhere(
    *,
    sessions: Sessions,
    session: Session,
    say: Says,
    find: Search,
    record: Callable[[Spool, int], None],
    sound_at: Callable[[int], bytes],
) -> None:
    """Words, what was written about them, notes typed meanwhile, drafts and sound; everything else is still there."""
    spool = sessions.sounds.create(session.id, 1)
    record(spool, 96_000)
    sessions.commit(
        session.id,
        SessionUpdate(
            (
                say("u1", "m1", "xylophone"),
                say("u2", "m1", "quince marzipan", 40_000, alert=RISK),
                say("u3", "m2", "tapioca", 80_000),
            ),
            processed_to=96_000,
        ),
    )
    sessions.settle(session.id, UtteranceId("u2"), RISK, resolution=Resolution.ASSESSED, text="said quince")
    sessions.jot(session.id, Jotting(45_000, "kumquat", M1))
    sessions.jot(session.id, Jotting(90_000, "rhubarb", M1))
    sessions.keep_drafts(session.id, {M1: "draft of quince"})
    gone = (b"quince", b"marzipan", b"kumquat")
    assert find(sessions.vault, *gone) == set(gone)
    update = sessions.strike(session.id, struck(39_000, 60_000))

    assert find(sessions.vault, *gone) == set()
    assert find(sessions.vault, b"xylophone", b"tapioca", b"rhubarb") == {b"xylophone", b"tapioca", b"rhubarb"}
    assert update.removed == ("u2",)
    assert not sessions.drafts(session.id)
    heard = sound(sessions, session)
    assert not heard[39_000:60_000].any()
    assert heard[:39_000].all()
    assert heard[60_000:].all()
    raw = sessions.sounds.path(session.id).read_bytes()
    assert all(sound_at(at) not in raw for at in range(0, 96_000, 480))
    spool.close()


def test_an_old_record_of_struck_sound_opens_no_more(
    sessions: Sessions, session: Session, record: Callable[[Spool, int], None]
) -> None:
    """The sealed bytes that held the sound are not in the file any more, in any part of it."""
    spool = sessions.sounds.create(session.id, 1)
    record(spool, 48_000)
    before = sessions.sounds.path(session.id).read_bytes()
    sessions.strike(session.id, struck(16_000, 32_000))
    after = sessions.sounds.path(session.id).read_bytes()

    assert len(after) == len(before)
    third = len(before) // 3
    middle = range(third + 4000, 2 * third - 4000, 64)
    assert not [at for at in middle if before[at : at + 16] in after]
    assert before[:8000] == after[:8000]
    spool.close()


def test_the_words_outside_the_range_stay(sessions: Sessions, session: Session, say: Says) -> None:
    """An utterance partly in the range keeps its other words, and is withheld until it is read again."""
    sessions.commit(session.id, SessionUpdate((say("u1", "m1", "one two three four", alert=RISK),)))
    update = sessions.strike(session.id, struck(WORD + 10, 2 * WORD + 10))
    (left,) = update.entries

    assert left.utterance.text == "one four"
    assert (left.utterance.start, left.utterance.end) == (0, 4 * WORD)
    assert left.findings.status is FindingsStatus.WITHHELD
    assert left.findings.disclosures == ()
    assert [a.span.of(left.utterance.text) for a in left.alerts if a.span] == ["one"]
    assert sessions.load(session.id).entries == (left,)


def test_struck_words_never_come_back_with_a_late_update(sessions: Sessions, session: Session, say: Says) -> None:
    """A worker that read the sound before the strike, or reads everything again, brings nothing back."""
    stone = struck(WORD, 2 * WORD)
    sessions.strike(session.id, stone)
    update = SessionUpdate((say("u1", "m1", "one two three"), say("u2", "m2", "gone", WORD + 100)), processed_to=50_000)
    for kept in (sessions.commit(session.id, update), sessions.commit(session.id, update)):
        assert [e.utterance.text for e in kept.entries] == ["one three"]
        assert kept.removed == ("u2",)

    stored = sessions.load(session.id)
    assert [e.utterance.text for e in stored.entries] == ["one three"]
    assert stored.tombstones == (stone,)


def test_a_pause_takes_no_word_that_was_said_before(sessions: Sessions, session: Session, say: Says) -> None:
    """A recogniser's times run over the edge; a pause recorded nothing and overwrites nothing."""
    sessions.strike(session.id, Tombstone(2 * WORD - 100, 90_000, TombstoneReason.PAUSED))
    kept = sessions.commit(session.id, SessionUpdate((say("u1", "m1", "one two three"),)))

    assert [e.utterance.text for e in kept.entries] == ["one two"]


def test_whoever_withdraws_takes_their_words_along(
    sessions: Sessions,
    session: Session,
    say: Says,
    find: Search,
    record: Callable[[Spool, int], None],
) -> None:
    """Their utterances, their words inside others', contested words that may be theirs, and the sound of all these."""
    spool = sessions.sounds.create(session.id, 1)
    record(spool, 96_000)
    contested = say("u3", None, "kumquat", 60_000)
    word = replace(contested.utterance.words[0], guess=M1)
    contested = replace(contested, utterance=replace(contested.utterance, words=(word,)))
    sessions.commit(
        session.id,
        SessionUpdate(
            (
                say("u1", "m1", "xylophone quince"),
                say("u2", "m2", "tapioca marzipan rhubarb", 30_000, others={1: "m1"}),
                contested,
            )
        ),
    )
    update = sessions.strike(session.id, struck(0, 96_000, M1))
    late = sessions.commit(session.id, SessionUpdate((say("u5", "m1", "xylophone", 80_000),)))

    assert find(sessions.vault, b"xylophone", b"quince", b"marzipan", b"kumquat") == set()
    assert [e.utterance.text for e in update.entries] == ["tapioca rhubarb"]
    assert set(update.removed) == {"u1", "u3"}
    assert late.entries == ()
    heard = sound(sessions, session)
    for start, words in ((0, 2), (30_000 + WORD, 1), (60_000, 1), (80_000, 1)):
        assert not heard[start : start + words * WORD].any()
    assert heard[20_000:30_000].all(), "the sound of others stays"
    spool.close()


def test_a_strike_survives_the_end_of_the_program_before_it_was_carried_out(
    sessions: Sessions, session: Session, record: Callable[[Spool, int], None]
) -> None:
    """The rows go first, in the transaction that writes the tombstone; the sound is overwritten at the next start."""
    spool = sessions.sounds.create(session.id, 1)
    record(spool, 48_000)
    spool.close()
    with sessions.vault.database.transaction() as change:
        change.execute("INSERT INTO sound_to_strike VALUES (?, ?, ?)", (session.id, 16_000, 32_000))
    Sessions(sessions.vault).load(session.id)
    heard = sound(sessions, session)

    assert not heard[16_000:32_000].any()
    assert heard[:16_000].all()
    assert heard[32_000:].all()
    assert sessions.vault.database.read("SELECT * FROM sound_to_strike") == []


STRIKER = """
    import sys
    from pathlib import Path
    from assistant.domain import Tombstone, TombstoneReason
    from assistant.store.passphrase import Cost, Passphrase
    from assistant.store.sessions import Sessions
    from assistant.store.vault import Vault

    cheap = Cost(1, 64, 1)
    vault = Vault.open(Path(sys.argv[1]), Passphrase("correct horse battery", cheap, cheap))
    sessions = Sessions(vault)
    print("ready", flush=True)
    sys.stdin.readline()
    sessions.strike(sys.argv[2], Tombstone(160_000, 480_000, TombstoneReason.STRUCK))
    print("done", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.parametrize("after_ms", [0.0, 4.0, 9.0, 16.0, 30.0])
def test_a_kill_in_the_middle_of_a_strike_leaves_it_done_or_not_begun(
    *,
    sessions: Sessions,
    session: Session,
    say: Says,
    find: Search,
    record: Callable[[Spool, int], None],
    vault_folder: Path,
    secret: Passphrase,
    clock: SetClock,
    after_ms: float,
) -> None:
    """Killed at any moment: on the next start either all words and all sound of the range are there, or none."""
    with sessions.sounds.create(session.id, 1) as spool:
        record(spool, 640_000)
    sessions.commit(
        session.id,
        SessionUpdate(tuple(say(f"u{n}", "m1", "quince xylophone", 160_000 + n * 10_000) for n in range(1, 30))),
    )
    sessions.vault.close()
    code = textwrap.dedent(STRIKER)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(vault_folder), session.id], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        child.stdin.write(b"go\n")
        child.stdin.flush()
        try:
            child.wait(timeout=after_ms / 1000)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
        child.wait(10)
    with Vault.open(vault_folder, secret, clock) as vault:
        again = Sessions(vault)
        stored = again.load(session.id)
        heard = sound(again, session)
        found = find(vault, b"quince", b"xylophone")

    if stored.tombstones:
        assert stored.entries == ()
        assert found == set()
        assert not heard[160_000:480_000].any()
    else:
        assert len(stored.entries) == 29
        assert heard[160_000:480_000].all()
    assert heard[:160_000].all()
    assert heard[480_000:].all()
