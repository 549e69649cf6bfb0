"""A destroyed key is gone from the disk and never made again; every other key stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import VaultError
from assistant.store.datakeys import DataKeys
from assistant.store.ring import Ring
from assistant.store.seal import new_key, seal, unseal

RING = Ring(bytes(range(32)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the keys lie."""
    return tmp_path / "vault.keys"


@pytest.fixture
def keys(path: Path) -> DataKeys:
    """An empty keys file."""
    return DataKeys.create(path, RING.wrapping, RING.opaque)


def reopened(path: Path) -> DataKeys:
    """Return what another process reads."""
    return DataKeys.open(path, RING.wrapping, RING.opaque)


def test_a_key_is_made_once_and_kept(keys: DataKeys, path: Path) -> None:
    """The first ask makes it, each later one and another process get the same; each thing has its own."""
    made = [keys.of_session("s1"), keys.of_session("s2"), keys.of_member("g", "m1"), keys.of_member("g", "m2")]
    made.append(keys.of_member("h", "m1"))

    assert len(set(made)) == 5
    again = reopened(path)
    assert [again.of_session("s1"), again.of_member("h", "m1")] == [made[0], made[4]]
    assert len(again.alive) == 5


def test_a_destroyed_session_stays_dead(keys: DataKeys, path: Path) -> None:
    """Its key is refused here and in the next process, and destroying it again is no error."""
    keys.of_session("s1")
    other = keys.of_session("s2")
    key_id = keys.destroy_session("s1")
    keys.destroy_session("s1")

    for each in (keys, reopened(path)):
        with pytest.raises(VaultError, match="erased"):
            each.of_session("s1")
        assert each.get(key_id) is None
        assert each.destroyed == {key_id}
        assert each.of_session("s2") == other


def test_a_key_never_made_can_be_destroyed(keys: DataKeys, path: Path) -> None:
    """So that it is never made later."""
    keys.destroy_session("s9")

    with pytest.raises(VaultError, match="erased"):
        reopened(path).of_session("s9")


def test_a_member_comes_back_with_another_key_alone(keys: DataKeys, path: Path) -> None:
    """Not before they are readmitted, and what was sealed before stays closed."""
    first, first_id = keys.of_member("g", "m1"), keys.id_of_member("g", "m1")
    keys.destroy_member("g", "m1")
    with pytest.raises(VaultError, match="erased"):
        keys.of_member("g", "m1")
    keys.readmit("g", "m1")
    keys.readmit("g", "m1")
    again = reopened(path)

    assert again.of_member("g", "m1") not in {None, first}
    assert again.id_of_member("g", "m1") == first_id.replace("-1", "-2") != first_id
    assert again.get(first_id) is None
    again.destroy_member("g", "m1")
    assert len(reopened(path).destroyed) == 2


def test_the_witness_hears_first_and_can_prevent_it(keys: DataKeys) -> None:
    """A key goes only after its destruction could be written down, once."""
    key = keys.of_session("s1")
    heard: list[str] = []

    def full(key_id: str) -> None:
        heard.append(key_id)
        raise VaultError("no room")

    keys.told_first(full)
    with pytest.raises(VaultError, match="no room"):
        keys.destroy_session("s1")
    assert keys.of_session("s1") == key
    keys.told_first(heard.append)
    keys.destroy_session("s1")
    keys.destroy_session("s1")

    assert heard == [keys.id_of_session("s1")] * 2


def test_nothing_of_a_destroyed_key_is_left(keys: DataKeys, path: Path) -> None:
    """No file holds its wrapped form any more, not even the old keys file under another name or still open."""
    keys.of_session("s1")
    keys.destroy_session("s0")
    wrapped = keys._wrapped[keys.id_of_session("s1")]
    with path.open("rb") as old:
        before = old.read()
        keys.destroy_session("s1")
        old.seek(0)
        where_it_lay = old.read()

    assert wrapped.hex() in unseal(RING.wrapping, before, b"data keys").decode()
    assert where_it_lay != before
    assert len(where_it_lay) == len(before)
    with pytest.raises(VaultError):
        unseal(RING.wrapping, where_it_lay, b"data keys")
    assert [each.name for each in path.parent.iterdir()] == ["vault.keys"]
    assert wrapped.hex() not in unseal(RING.wrapping, path.read_bytes(), b"data keys").decode()


def test_neither_ids_nor_keys_are_readable(keys: DataKeys, path: Path) -> None:
    """The file shows no session, no member, no opaque id, and no key."""
    key = keys.of_session("thursday-7")
    keys.of_member("thursday", "marcus")
    content = path.read_bytes()

    for secret in (b"thursday", b"marcus", key, key.hex().encode(), keys.id_of_session("thursday-7").encode()):
        assert secret not in content
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_cannot_be_moved_to_another_id(keys: DataKeys, path: Path) -> None:
    """Even by who can open the file: each key is bound to its own id."""
    keys.of_session("s1")
    table = json.loads(unseal(RING.wrapping, path.read_bytes(), b"data keys"))
    (wrapped,) = table["keys"].values()
    table["keys"] = {keys.id_of_session("s2"): wrapped}
    path.write_bytes(seal(RING.wrapping, json.dumps(table).encode(), b"data keys"))

    with pytest.raises(VaultError, match="does not open"):
        reopened(path).of_session("s2")


def test_a_changed_or_foreign_file_is_refused(keys: DataKeys, path: Path) -> None:
    """Any byte, a shorter file, none at all, or another vault's: one clear line."""
    keys.of_session("s1")
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(VaultError, match="does not open"):
            reopened(path)
    path.write_bytes(whole)
    with pytest.raises(VaultError, match="does not open"):
        DataKeys.open(path, new_key(), RING.opaque)
    path.unlink()
    with pytest.raises(VaultError, match="missing"):
        reopened(path)


def test_merging_keeps_every_erasure_and_every_other_key(tmp_path: Path) -> None:
    """A key stands if either file has it and neither destroyed it."""
    one = DataKeys.create(tmp_path / "one", RING.wrapping, RING.opaque)
    shared, gone = one.of_session("shared"), one.of_session("gone")
    one.write_to(tmp_path / "two")
    two = DataKeys.open(tmp_path / "two", RING.wrapping, RING.opaque)
    two.destroy_session("gone")
    later = two.of_session("later")
    one.destroy_session("never here")
    assert one.of_session("gone") == gone

    one.merge(two)

    merged = DataKeys.open(tmp_path / "one", RING.wrapping, RING.opaque)
    assert merged.of_session("shared") == shared
    assert merged.of_session("later") == later
    assert merged.destroyed == {merged.id_of_session("gone"), merged.id_of_session("never here")}
    assert len(merged.alive) == 2


def test_what_a_killed_process_left_is_cleared(keys: DataKeys, path: Path) -> None:
    """An old text not yet overwritten and a new one not yet whole are gone after the next opening."""
    key = keys.of_session("s1")
    for ending in (".old", ".new"):
        path.with_name(path.name + ending).write_bytes(path.read_bytes())

    assert reopened(path).of_session("s1") == key
    assert [each.name for each in Path(path.parent).iterdir()] == ["vault.keys"]
