"""The form of a backup file: AES-256-GCM in chunks, so that a file of any size is written and read in little memory.

After a line that names the form come 32 random bytes; HKDF-SHA-256 (RFC 5869) makes of them and the backup key the
key of this file alone. Then 64 KiB chunks follow, each with a tag of 16 bytes. A chunk's nonce is its number (11 bytes)
and one byte that is 1 on the last chunk: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015), in which
a chunk that is changed, moved, missing, or cut off at the end is found.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wellkept.cli.cluster import ClusterError
from wellkept.cli.cluster.places import make_folder, read_private, write_private

FORM = b"wellkept backup 1\n"
SALT = 32
CHUNK = 64 * 1024
TAG = 16


def new_key(path: Path) -> bytes:
    """The backup key kept at ``path``, made when there is none: 32 bytes, written as hexadecimal digits."""
    if not path.exists():
        make_folder(path.parent)
        write_private(path, os.urandom(32).hex() + "\n")
    return kept_key(path)


def kept_key(path: Path) -> bytes:
    """The backup key kept at ``path``; raises ``ClusterError`` when it is missing or is not a key."""
    text = read_private(path)
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise ClusterError(f"The file {path} holds no backup key: 64 hexadecimal digits are wanted.")
    return key


def encrypt(pieces: Iterable[bytes], *, key: bytes) -> Iterator[bytes]:
    """The bytes of a backup file that holds ``pieces``."""
    salt = os.urandom(SALT)
    cipher = cipher_of(key, salt)
    yield FORM + salt
    number, held = 0, b""
    for chunk in chunks(pieces):
        if held:
            yield cipher.encrypt(nonce(number, last=False), held, FORM)
            number += 1
        held = chunk
    yield cipher.encrypt(nonce(number, last=True), held, FORM)


def decrypt(file: BinaryIO, *, key: bytes) -> Iterator[bytes]:
    """What a backup file holds, piece by piece; raises ``ClusterError`` at the first chunk that is not as written."""
    if file.read(len(FORM)) != FORM:
        raise ClusterError(f"{file.name} is not a backup of Wellkept.")
    cipher = cipher_of(key, file.read(SALT))
    number, sealed = 0, file.read(CHUNK + TAG)
    while True:
        following = file.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(nonce(number, last=not following), sealed, FORM)
        except InvalidTag as error:
            raise ClusterError(f"{file.name} was made with another backup key, or was changed or cut short.") from error
        if not following:
            return
        number, sealed = number + 1, following


def cipher_of(key: bytes, salt: bytes) -> AESGCM:
    """The cipher of one file."""
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=FORM).derive(key))


def nonce(number: int, *, last: bool) -> bytes:
    """The nonce of a chunk: 11 bytes of its number, 1 byte for the last."""
    return number.to_bytes(11, "big") + bytes([last])


def chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in chunks of 64 KiB, the last one shorter."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= CHUNK:
            yield bytes(held[:CHUNK])
            del held[:CHUNK]
    if held:
        yield bytes(held)
