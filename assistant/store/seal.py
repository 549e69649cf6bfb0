"""Every cryptographic step but the passphrase: sealing, deriving subkeys, and codes that prove or hide a value.

The only importer of ``cryptography``. AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce: one key may seal up to
2**32 times. HKDF and HMAC with SHA-256 (RFC 5869, RFC 2104).
"""

from __future__ import annotations

import hmac
import json
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assistant.errors import VaultError

KEY_BYTES = 32
"""256 bits, for every key of the vault."""
_NONCE_BYTES = 12
_VERSION = b"\x01"
OVERHEAD = len(_VERSION) + _NONCE_BYTES + 16
"""Bytes that sealing adds: version, nonce, tag."""


def new_key() -> bytes:
    """Return a random key of 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, plain: bytes, about: bytes) -> bytes:
    """Return ``plain`` encrypted so that it opens with ``key`` and the same ``about`` alone.

    Args:
        key: 32 bytes.
        plain: What to hide, of any length.
        about: What it belongs to (an id, a place); not hidden and not stored, and it must be the same at opening.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, about)


def unseal(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """Return what ``seal`` hid.

    Raises:
        VaultError: It does not open: another key, another ``about``, or changed by a single bit.
    """
    if len(sealed) < OVERHEAD or sealed[:1] != _VERSION:
        raise VaultError(_DOES_NOT_OPEN)
    nonce = sealed[1 : 1 + _NONCE_BYTES]
    try:
        return AESGCM(key).decrypt(nonce, sealed[1 + _NONCE_BYTES :], about)
    except InvalidTag:
        raise VaultError(_DOES_NOT_OPEN) from None


_DOES_NOT_OPEN = "a sealed record of the vault does not open: it was changed, or its key was destroyed"


def subkey(key: bytes, purpose: str) -> bytes:
    """Return the 32-byte key for one purpose; from it neither ``key`` nor the key of another purpose can be found."""
    info = f"group-session-assistant 1 {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)


def code(key: bytes, *parts: str | bytes) -> bytes:
    """Return the HMAC-SHA256 (32 bytes) of a list of values; lists that differ in any way have different codes."""
    exact = json.dumps([part.hex() if isinstance(part, bytes) else [part] for part in parts])
    return hmac.digest(key, exact.encode(), "sha256")
