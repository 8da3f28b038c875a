"""One value sealed under one subject's data key: AES-256-GCM (NIST SP 800-38D, 2007), bound to where it belongs.

A sealed value is ``version (1 byte) | nonce (12) | ciphertext | tag (16)``. Associated data are the version, the
field's code, the subject and the row, so a value moved to another person, row or field does not open. Text is padded
to a multiple of 32 bytes, since "yes" and "no" would otherwise be told apart by their length.

Nonces are 96 random bits. SP 800-38D section 8.3 allows 2^32 values under one key with random nonces (a repeated one
then has a chance below 2^-32). A data key here belongs to one subject and one retention class and seals thousands of
values in a lifetime; at a million, the chance that two share a nonce is below 2^-56. A counter would be worse: it has
to survive restored backups and racing processes, and one that falls back repeats a nonce for certain.
"""

import os
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wellkept.vault import fields

VERSION: Final = b"\x01"
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
BLOCK: Final = 32
CANNOT_OPEN: Final = "This value cannot be opened"
CANNOT_SEAL: Final = "This value cannot be sealed"
_HEAD: Final = len(VERSION) + NONCE_BYTES
_END: Final = b"\x80"


class CannotOpenError(ValueError):
    """A sealed value that is damaged, or is not of this key, field, subject and row. It never says which."""

    def __init__(self) -> None:
        super().__init__(CANNOT_OPEN)


def new_key() -> bytes:
    """A fresh data key: 256 bits from the operating system."""
    return os.urandom(KEY_BYTES)


def seal(*, data_key: bytes, field: str, subject: UUID, row: UUID, text: str) -> bytes:
    """``text`` sealed for one field of one row of one subject.

    Raises ``ValueError`` for a field that is not declared, and for text that is no Unicode (a lone surrogate), without
    repeating it.
    """
    return seal_bytes(data_key=data_key, field=field, subject=subject, row=row, content=_encoded(text))


def seal_bytes(*, data_key: bytes, field: str, subject: UUID, row: UUID, content: bytes) -> bytes:
    """The same of bytes, such as a part of a file. Raises ``ValueError`` for a field that is not declared."""
    bound = _associated(field=field, subject=subject, row=row)
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(data_key).encrypt(nonce, _padded(content), bound)


def unseal(*, data_key: bytes, field: str, subject: UUID, row: UUID, sealed: bytes) -> str:
    """The text that was sealed for this field, subject and row.

    Raises ``CannotOpenError`` for everything else, and ``ValueError`` for a field that is not declared.
    """
    return unseal_bytes(data_key=data_key, field=field, subject=subject, row=row, sealed=sealed).decode("utf-8")


def unseal_bytes(*, data_key: bytes, field: str, subject: UUID, row: UUID, sealed: bytes) -> bytes:
    """The same of bytes."""
    bound = _associated(field=field, subject=subject, row=row)
    whole = bytes(sealed)
    if len(whole) < _HEAD + BLOCK + TAG_BYTES or whole[:1] != VERSION:
        raise CannotOpenError
    try:
        return _bare(AESGCM(data_key).decrypt(whole[1:_HEAD], whole[_HEAD:], bound))
    except InvalidTag:
        raise CannotOpenError from None


def _associated(*, field: str, subject: UUID, row: UUID) -> bytes:
    fields.check(field)
    code = field.encode("ascii")
    return b"wellkept.value" + VERSION + len(code).to_bytes(1, "big") + code + subject.bytes + row.bytes


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        # The original error carries the text itself.
        raise ValueError(CANNOT_SEAL) from None


def _padded(content: bytes) -> bytes:
    """The bytes with one byte 0x80 and then zeros up to whole blocks (ISO/IEC 9797-1:2011, padding method 2)."""
    plain = content + _END
    return plain + bytes(-len(plain) % BLOCK)


def _bare(padded: bytes) -> bytes:
    """The bytes without their padding. Only authentic ones come here: there is nothing to learn from a failure."""
    return padded.rstrip(b"\0").removesuffix(_END)
