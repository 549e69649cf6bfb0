"""What is sealed opens with its key, its place and every bit as it was, and else not at all."""

from __future__ import annotations

import pytest

from assistant.errors import VaultError
from assistant.store.seal import KEY_BYTES, OVERHEAD, code, new_key, seal, subkey, unseal

CANARY = b"threw the letters from the bridge"


def test_what_was_sealed_comes_back() -> None:
    """Sealing and unsealing are exact, for an empty text too, and add a known number of bytes."""
    key = new_key()

    for plain in (b"", CANARY, bytes(range(256)) * 100):
        sealed = seal(key, plain, b"s1")

        assert unseal(key, sealed, b"s1") == plain
        assert len(sealed) == len(plain) + OVERHEAD


def test_sealed_text_is_not_readable_and_never_twice_the_same() -> None:
    """The same words sealed twice have nothing in common that tells it."""
    key = new_key()
    one, two = seal(key, CANARY, b"s1"), seal(key, CANARY, b"s1")

    assert one != two
    assert not any(CANARY[at : at + 4] in one for at in range(len(CANARY) - 4))


def test_another_key_or_place_does_not_open_it() -> None:
    """A record cannot be read with another key, nor moved to another place."""
    key = new_key()
    sealed = seal(key, CANARY, b"member 1")

    for other, about in ((new_key(), b"member 1"), (key, b"member 2"), (key, b"")):
        with pytest.raises(VaultError, match="does not open") as refused:
            unseal(other, sealed, about)
        assert CANARY.decode() not in str(refused.value)


def test_every_changed_byte_is_noticed() -> None:
    """One bit anywhere, one byte less, or one byte more: it does not open."""
    key = new_key()
    sealed = seal(key, CANARY, b"s1")
    changed = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]

    for wrong in (*changed, sealed[:-1], sealed + b"\0", b"", sealed[:5]):
        with pytest.raises(VaultError, match="does not open"):
            unseal(key, wrong, b"s1")


def test_subkeys_differ_by_purpose_and_by_key() -> None:
    """No purpose's key is another's, and the same purpose of the same key is always the same."""
    key = new_key()
    keys = {subkey(key, "database"), subkey(key, "audit log"), subkey(new_key(), "database"), key}

    assert len(keys) == 4
    assert all(len(each) == KEY_BYTES for each in keys)
    assert subkey(key, "database") in keys


def test_lists_that_join_to_the_same_text_have_different_codes() -> None:
    """Where one part ends and the next begins is part of what is coded."""
    key = new_key()
    lists: tuple[tuple[str | bytes, ...], ...] = (("ab", "c"), ("a", "bc"), ("abc",), (b"abc",), ("ab", "c", ""), ())

    assert len({code(key, *parts) for parts in lists}) == len(lists)
