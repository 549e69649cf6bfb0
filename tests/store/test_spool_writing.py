"""Sound goes into the spool sealed and synced, comes out as it was, and a strike takes it back."""

from __future__ import annotations

import datetime as dt
import resource
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.consent import permit, permit_test
from assistant.domain import SAMPLE_RATE, Block, Consent, Gap, Person, PersonId, Role
from assistant.errors import ConsentError, VaultError
from assistant.store.seal import OVERHEAD, new_key
from assistant.store.spool import LONGEST_BUFFERED, Spool
from assistant.store.spool_backlog import MOST_WAITING, NOT_DELIVERED, NOT_WRITTEN
from assistant.store.spool_files import discard, spool_path
from assistant.store.spool_reader import DAMAGED, STRUCK, SpoolReader
from assistant.store.spool_records import HEAD_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant.consent import RecordingPermit

TENTH = SAMPLE_RATE // 10
KEY = new_key()


@pytest.fixture
def leave() -> RecordingPermit:
    """Leave from the one person in the room."""
    return permit([Person(PersonId("m1"), Role.MEMBER, "A", consent=Consent(recording=dt.date(2026, 1, 1)))])


def tone(first_sample: int, samples: int, channels: int = 1) -> Block:
    """A block in which every sample tells its own place, exactly in 16 bit."""
    at = np.arange(first_sample, first_sample + samples)
    audio = np.stack([((at + 7 * c) % 20_000 + 1) / 32768 for c in range(channels)]).astype(np.float32)
    return Block(first_sample, audio)


def fill(spool: Spool, leave: RecordingPermit, tenths: int) -> None:
    """Append that many tenths of a second."""
    for _ in range(tenths):
        spool.append(tone(spool.received, TENTH, spool.channels), leave)


def heard(path: Path, from_sample: int = 0, to_sample: int | None = None) -> list[Block | Gap]:
    """Everything that a reader finds."""
    with SpoolReader(path, KEY) as reader:
        return list(reader.blocks(from_sample, to_sample))


def samples_of(pieces: list[Block | Gap]) -> np.ndarray:
    """Track 0 of all pieces in one array; NaN where there is a gap."""
    parts = [p.audio[0] if isinstance(p, Block) else np.full(p.samples, np.nan, np.float32) for p in pieces]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


@contextmanager
def largest_file(limit: int) -> Iterator[None]:
    """No file grows past ``limit`` bytes: the system itself refuses, as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("channels", [1, 4])
def test_what_goes_in_comes_out(tmp_path: Path, leave: RecordingPermit, channels: int) -> None:
    """Every sample of every track, exactly, from any sample to any other."""
    with Spool.create(tmp_path, "s1", KEY, channels) as spool:
        fill(spool, leave, 20)

    pieces = heard(spool_path(tmp_path, "s1"), 1234, 30_001)

    blocks = [p for p in pieces if isinstance(p, Block)]
    assert len(blocks) == len(pieces)
    assert np.array_equal(np.concatenate([b.audio for b in blocks], axis=1), tone(1234, 30_001 - 1234, channels).audio)
    assert blocks[0].first_sample == 1234


def test_at_most_a_quarter_second_waits_in_memory(tmp_path: Path, leave: RecordingPermit) -> None:
    """After every block, what is not on the disk yet is at most a quarter of a second."""
    with Spool.create(tmp_path, "s1", KEY, 1) as spool:
        for _ in range(50):
            fill(spool, leave, 1)

            assert spool.received - spool.end <= LONGEST_BUFFERED
            assert spool.waiting == spool.received - spool.end
        assert spool.sync() == 50 * TENTH


def test_leave_is_needed_and_a_test_permit_is_none(tmp_path: Path) -> None:
    """A permit for a test of the microphone keeps nothing."""
    with Spool.create(tmp_path, "s1", KEY, 1) as spool, pytest.raises(ConsentError):
        spool.append(tone(0, TENTH), permit_test(everybody_here_agrees=True))

    assert heard(spool_path(tmp_path, "s1")) == []


def test_no_sample_can_be_read_without_the_key(tmp_path: Path, leave: RecordingPermit) -> None:
    """The file holds no PCM, and another key opens nothing."""
    with Spool.create(tmp_path, "s1", KEY, 1) as spool:
        fill(spool, leave, 10)
    path = spool_path(tmp_path, "s1")
    plain = (tone(0, SAMPLE_RATE).audio[0] * 32768).astype("<i2").tobytes()

    assert all(plain[at : at + 16] not in path.read_bytes() for at in range(0, len(plain), 1600))
    with pytest.raises(VaultError, match="key"):
        SpoolReader(path, new_key())
    with pytest.raises(VaultError, match="key"):
        Spool.open(tmp_path, "s1", new_key())
    assert path.stat().st_mode & 0o077 == 0


def test_time_that_was_not_recorded_is_a_gap(tmp_path: Path, leave: RecordingPermit) -> None:
    """A pause keeps its reason; a jump of the source is a gap too; the counts go on."""
    with Spool.create(tmp_path, "s1", KEY, 1) as spool:
        fill(spool, leave, 2)
        for _ in range(5):
            spool.gap(Gap(spool.received, TENTH, "paused"))
        spool.append(tone(spool.received + 500, TENTH), leave)
    pieces = heard(spool_path(tmp_path, "s1"))

    gaps = [(p.first_sample, p.samples, p.reason) for p in pieces if isinstance(p, Gap)]
    assert sum(n for _, n, reason in gaps if reason == "paused") == 5 * TENTH
    assert (7 * TENTH, 500, NOT_DELIVERED) in gaps
    assert samples_of(pieces).size == 8 * TENTH + 500


def test_sound_cannot_be_given_twice(tmp_path: Path, leave: RecordingPermit) -> None:
    """A block before the end is refused, and so are tracks that the spool was not made for."""
    with Spool.create(tmp_path, "s1", KEY, 1) as spool:
        fill(spool, leave, 3)
        with pytest.raises(VaultError, match="again"):
            spool.append(tone(TENTH, TENTH), leave)
        with pytest.raises(VaultError, match="tracks"):
            spool.append(tone(spool.received, TENTH, 2), leave)
        with pytest.raises(VaultError, match="before the end"):
            spool.gap(Gap(0, TENTH, "late"))
        assert spool.received == 3 * TENTH


def test_a_spool_is_begun_once(tmp_path: Path) -> None:
    """Neither a second spool of one session, nor one outside the folder, nor one that is not there."""
    Spool.create(tmp_path, "s1", KEY, 1).close()

    with pytest.raises(VaultError, match="already"):
        Spool.create(tmp_path, "s1", KEY, 1)
    with pytest.raises(VaultError, match="letters"):
        Spool.create(tmp_path, "../s1", KEY, 1)
    with pytest.raises(VaultError):
        Spool.open(tmp_path, "s2", KEY)


def test_a_struck_range_is_silent_and_the_rest_is_whole(tmp_path: Path, leave: RecordingPermit) -> None:
    """Records that lie partly in the range keep the sound outside it, to the sample."""
    start, end = 5 * TENTH + 123, 17 * TENTH + 77
    with Spool.create(tmp_path, "s1", KEY, 2) as spool:
        fill(spool, leave, 30)
        spool.sync()
        size = spool_path(tmp_path, "s1").stat().st_size
        spool.strike(start, end)
        spool.strike(start, end)

        assert spool_path(tmp_path, "s1").stat().st_size == size
    got = samples_of(heard(spool_path(tmp_path, "s1")))

    assert np.array_equal(got[:start], tone(0, start).audio[0])
    assert np.array_equal(got[end:], tone(end, 30 * TENTH - end).audio[0])
    assert np.all(np.isnan(got[start:end]) | (got[start:end] == 0))
    assert np.isnan(got[start:end]).any(), "whole struck records are gaps"


def test_a_strike_reaches_what_waits_and_what_has_not_come(tmp_path: Path, leave: RecordingPermit) -> None:
    """Sound on its way while the key was pressed is struck as well."""
    with Spool.create(tmp_path, "s1", KEY, 1) as spool:
        fill(spool, leave, 3)
        spool.strike(0, 6 * TENTH)
        fill(spool, leave, 7)
    got = samples_of(heard(spool_path(tmp_path, "s1")))

    assert np.all(np.isnan(got[: 6 * TENTH]) | (got[: 6 * TENTH] == 0))
    assert np.array_equal(got[6 * TENTH :], tone(6 * TENTH, 4 * TENTH).audio[0])


def test_a_torn_end_is_cut_off_and_the_spool_goes_on(tmp_path: Path, leave: RecordingPermit) -> None:
    """Wherever a crash cuts the last record, everything before it is there and more can follow."""
    with Spool.create(tmp_path, "s1", KEY, 1) as spool:
        fill(spool, leave, 4)
    path = spool_path(tmp_path, "s1")
    whole = path.read_bytes()
    for cut in (1, 20, 30, 1000, 3000):
        path.write_bytes(whole[:-cut])
        with SpoolReader(path, KEY) as reader:
            assert reader.end == 3 * TENTH
        with Spool.open(tmp_path, "s1", KEY) as spool:
            assert spool.received == spool.end == 3 * TENTH
            fill(spool, leave, 1)

        assert np.array_equal(samples_of(heard(path)), tone(0, 4 * TENTH).audio[0])


def test_a_torn_body_at_the_end_is_cut_off(tmp_path: Path, leave: RecordingPermit) -> None:
    """A power cut may leave the length right and the content not written."""
    with Spool.create(tmp_path, "s1", KEY, 1) as spool:
        fill(spool, leave, 4)
    path = spool_path(tmp_path, "s1")
    whole = path.read_bytes()
    path.write_bytes(whole[:-500] + bytes(500))

    with Spool.open(tmp_path, "s1", KEY) as spool:
        assert spool.end == 3 * TENTH


@pytest.mark.parametrize("where", ["head", "body", "both"])
def test_a_damaged_record_is_a_gap_and_no_end(tmp_path: Path, leave: RecordingPermit, where: str) -> None:
    """What lies behind the damage is still heard, by a reader and after the spool is opened again."""
    with Spool.create(tmp_path, "s1", KEY, 1) as spool:
        fill(spool, leave, 2)
        spool.sync()
        offset = spool_path(tmp_path, "s1").stat().st_size
        fill(spool, leave, 6)
    path = spool_path(tmp_path, "s1")
    data = bytearray(path.read_bytes())
    if where != "body":
        data[offset + 9] ^= 0xFF
    if where != "head":
        data[offset + 300] ^= 0xFF
    path.write_bytes(data)
    pieces = heard(path)

    assert [(p.first_sample, p.samples, p.reason) for p in pieces if isinstance(p, Gap)] == [
        (2 * TENTH, TENTH, DAMAGED)
    ]
    assert np.array_equal(samples_of(pieces)[3 * TENTH :], tone(3 * TENTH, 5 * TENTH).audio[0])
    with Spool.open(tmp_path, "s1", KEY) as spool:
        assert spool.end == 8 * TENTH
        spool.strike(2 * TENTH + 10, 2 * TENTH + 20)
    # The old content of the damaged place is gone too: a strike overwrites what it cannot read.
    assert bytes(data[offset + 400 : offset + 2000]) not in path.read_bytes()
    assert np.array_equal(samples_of(heard(path))[3 * TENTH :], tone(3 * TENTH, 5 * TENTH).audio[0])


def test_records_cannot_be_moved_or_swapped(tmp_path: Path, leave: RecordingPermit) -> None:
    """Two records of equal length that change places are damage, and so is one from another session's file."""
    for session in ("s1", "s2"):
        with Spool.create(tmp_path, session, KEY, 1) as spool:
            fill(spool, leave, 8)
    path = spool_path(tmp_path, "s1")
    data, other = path.read_bytes(), spool_path(tmp_path, "s2").read_bytes()
    record = HEAD_BYTES + OVERHEAD + 2 * TENTH
    start = len(data) - 8 * record
    first, second = data[start : start + record], data[start + record : start + 2 * record]
    path.write_bytes(data[:start] + second + first + data[start + 2 * record :])

    assert {p.reason for p in heard(path)[:1] if isinstance(p, Gap)} == {DAMAGED}
    path.write_bytes(data[:start] + other[start : start + record] + data[start + record :])
    assert isinstance(heard(path)[0], Gap)
    path.write_bytes(data)
    assert all(isinstance(p, Block) for p in heard(path))


def test_a_short_full_disk_loses_nothing(tmp_path: Path, leave: RecordingPermit) -> None:
    """It is said once, the sound waits in memory, and it is written when there is room."""
    with Spool.create(tmp_path, "s1", KEY, 1) as spool:
        fill(spool, leave, 10)
        said: list[str] = []
        with largest_file(spool_path(tmp_path, "s1").stat().st_size + 1000):
            for _ in range(30):
                try:
                    fill(spool, leave, 1)
                except VaultError as error:
                    said.append(str(error))
            assert spool.waiting >= 29 * TENTH
        fill(spool, leave, 5)
        assert spool.waiting <= LONGEST_BUFFERED

    assert len(said) == 1
    assert "disk is full" in said[0]
    assert np.array_equal(samples_of(heard(spool_path(tmp_path, "s1"))), tone(0, 45 * TENTH).audio[0])


def test_a_long_full_disk_keeps_the_last_minute(tmp_path: Path, leave: RecordingPermit) -> None:
    """What memory could not hold is a visible gap; the clock stays true and a strike reaches what waits."""
    minute = MOST_WAITING // SAMPLE_RATE
    with Spool.create(tmp_path, "s1", KEY, 1) as spool:
        fill(spool, leave, 10)
        with largest_file(spool_path(tmp_path, "s1").stat().st_size):
            with pytest.raises(VaultError):
                fill(spool, leave, 10)
            for _ in range(minute + 9):
                spool.append(tone(spool.received, SAMPLE_RATE), leave)
            assert spool.waiting <= MOST_WAITING + SAMPLE_RATE
            spool.strike(spool.received - SAMPLE_RATE, spool.received)
        total = spool.received
    pieces = heard(spool_path(tmp_path, "s1"))
    got = samples_of(pieces)

    assert got.size == total
    assert [p.reason for p in pieces if isinstance(p, Gap)][:1] == [NOT_WRITTEN]
    kept = slice(total - MOST_WAITING, total - SAMPLE_RATE)
    assert np.array_equal(got[kept], tone(kept.start, kept.stop - kept.start).audio[0])
    assert not np.nan_to_num(got[total - SAMPLE_RATE :]).any()


def test_another_process_may_read_while_it_grows(tmp_path: Path, leave: RecordingPermit) -> None:
    """A reader that follows gets every sample once, in order, and only what is safe on the disk."""
    spool = Spool.create(tmp_path, "s1", KEY, 1)
    more, done = threading.Condition(), threading.Event()

    def write() -> None:
        for _ in range(60):
            fill(spool, leave, 1)
            with more:
                more.notify()
        spool.sync()
        done.set()
        with more:
            more.notify()

    def synced(read_to: int) -> int | None:
        with more:
            assert more.wait_for(lambda: spool.end > read_to or done.is_set(), timeout=20)
        return spool.end if spool.end > read_to else None

    writer = threading.Thread(target=write)
    with SpoolReader(spool_path(tmp_path, "s1"), KEY) as reader:
        writer.start()
        pieces = list(reader.follow(0, synced))
    writer.join(20)
    spool.close()

    assert np.array_equal(samples_of(pieces), tone(0, 60 * TENTH).audio[0])


def test_a_strike_beside_a_reader_never_shows_as_damage(tmp_path: Path, leave: RecordingPermit) -> None:
    """Whoever reads at the moment of a strike gets the sound or its silence."""
    spool = Spool.create(tmp_path, "s1", KEY, 1)
    fill(spool, leave, 300)
    spool.sync()

    def strike() -> None:
        for at in range(0, 300, 3):
            spool.strike(at * TENTH, (at + 2) * TENTH)

    striker = threading.Thread(target=strike)
    reasons: set[str] = set()
    with SpoolReader(spool_path(tmp_path, "s1"), KEY) as reader:
        striker.start()
        while striker.is_alive():
            reasons |= {p.reason for p in reader.blocks() if isinstance(p, Gap)}
        striker.join(20)
    spool.close()

    assert reasons <= {STRUCK}


def test_a_closed_spool_takes_nothing(tmp_path: Path, leave: RecordingPermit) -> None:
    """Neither sound nor a strike: the number of its file may be another file's by now."""
    spool = Spool.create(tmp_path, "s1", KEY, 1)
    fill(spool, leave, 3)
    spool.close()
    spool.close()
    with pytest.raises(VaultError, match="closed"):
        spool.append(tone(3 * TENTH, TENTH), leave)
    with pytest.raises(VaultError, match="closed"):
        spool.strike(0, 100)
    with pytest.raises(VaultError, match="closed"):
        spool.gap(Gap(3 * TENTH, TENTH, "paused"))

    assert samples_of(heard(spool_path(tmp_path, "s1"))).size == 3 * TENTH


def test_a_discarded_spool_is_gone(tmp_path: Path) -> None:
    """The file is away; to discard it again does nothing."""
    Spool.create(tmp_path, "s1", KEY, 1).close()

    assert discard(tmp_path, "s1")
    assert not discard(tmp_path, "s1")
    assert not list(tmp_path.iterdir())
