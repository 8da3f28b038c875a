"""The operator's key-encryption key: a provider wraps and unwraps data keys, and nothing else ever sees the key.

A provider says ``id``, ``wrap`` and ``unwrap``; one that asks a key management service has the same three. The local
one is AES-256-GCM: ``version (1) | nonce (12) | ciphertext (32) | tag (16)``, 61 bytes, with the owner of the data key
as associated data, so that wrapped keys cannot change places. Nonces are random; 2^32 wrappings under one key are
allowed (NIST SP 800-38D, 2007, section 8.3), after which it has to be replaced.
"""

import hashlib
import os
from dataclasses import dataclass, field
from typing import Final, Protocol, Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION: Final = b"\x01"
KEY_BYTES: Final = 32
_HEAD: Final = 13


class KekError(Exception):
    """What is wrong with a key-encryption key, in one sentence an operator can act on."""


class Provider(Protocol):
    """One key-encryption key, wherever it lives."""

    @property
    def id(self) -> str:
        """What wrapped keys name it by."""

    def wrap(self, data_key: bytes, *, owner: bytes) -> bytes:
        """The data key of ``owner``, wrapped."""

    def unwrap(self, wrapped: bytes, *, owner: bytes) -> bytes:
        """The data key; raises ``KekError`` when this key, or this owner's, is not what wrapped it."""


@dataclass(frozen=True, slots=True)
class LocalKek:
    """A key-encryption key in this process's memory. Its id is a fingerprint: the same key has the same id anywhere."""

    id: str
    _cipher: AESGCM = field(repr=False, compare=False)

    @classmethod
    def of(cls, key: bytes) -> Self:
        """The provider of a key of 32 bytes."""
        if len(key) != KEY_BYTES:
            raise KekError("A key-encryption key has 32 bytes.")
        return cls(id=fingerprint(key), _cipher=AESGCM(key))

    def wrap(self, data_key: bytes, *, owner: bytes) -> bytes:
        """The data key of ``owner``, wrapped."""
        nonce = os.urandom(12)
        return VERSION + nonce + self._cipher.encrypt(nonce, data_key, VERSION + owner)

    def unwrap(self, wrapped: bytes, *, owner: bytes) -> bytes:
        """The data key; raises ``KekError`` when this key, or this owner's, is not what wrapped it."""
        whole = bytes(wrapped)
        try:
            if whole[:1] == VERSION:
                return self._cipher.decrypt(whole[1:_HEAD], whole[_HEAD:], VERSION + owner)
        except (InvalidTag, ValueError):
            pass
        raise KekError(f"A wrapped key does not open with key-encryption key {self.id}: it was damaged or moved.")


def fingerprint(key: bytes) -> str:
    """16 hexadecimal digits that name a key and say nothing about it."""
    return hashlib.sha256(b"wellkept.kek.id" + key).hexdigest()[:16]


def owner_of(subject: UUID, retention: str) -> bytes:
    """Associated data of a subject's wrapped key."""
    return b"wellkept.key" + subject.bytes + retention.encode()


def owner_named(name: str) -> bytes:
    """Associated data of an operator key."""
    return b"wellkept.operator" + name.encode()
