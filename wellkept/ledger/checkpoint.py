"""Signed tree heads: C2SP signed-note, tlog-checkpoint, and Ed25519 cosignatures of witnesses (tlog-cosignature)."""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE = 1
COSIGNATURE = 4
SIGNATURES_LIMIT = 64
_NAME = re.compile(r"[^\s+\x00-\x1f]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class NoteError(ValueError):
    """The text is not a signed note, or not signed by the key that was asked for. The message says which."""


def encode(data: bytes) -> str:
    """Base 64 (RFC 4648, section 4)."""
    return b64encode(data).decode()


def decode(text: str) -> bytes:
    """What ``encode`` was given; ``NoteError`` for any other spelling of it."""
    try:
        data = b64decode(text, validate=True)
    except ValueError as error:
        raise NoteError("not base 64") from error
    if encode(data) != text:
        raise NoteError("not base 64 as it is written here")
    return data


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with the name it signs under. ``kind`` is 1 for a log, 4 for a witness's cosignature."""

    name: str
    public: bytes
    kind: int = SIGNATURE

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart (signed-note, "Ed25519 signatures")."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as it is published: name, key id and key, joined by plus signs."""
        return f"{self.name}+{self.key_id.hex()}+{encode(bytes([self.kind]) + self.public)}"

    def accepts(self, text: str, signature: bytes) -> bool:
        """Whether ``signature`` (without its key id) is this key's over the note's text."""
        message = text.encode()
        if self.kind == COSIGNATURE:
            stamp, signature = int.from_bytes(signature[:8]), signature[8:]
            if stamp >= 1 << 63:
                return False
            message = b"cosignature/v1\ntime %d\n" % stamp + message
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def verifier(vkey: str) -> Verifier:
    """The key a published line names; ``NoteError`` when it is not one, or its id does not fit it."""
    parts = vkey.strip().split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
        raise NoteError("a key is written as name+id+key")
    key = decode(parts[2])
    if len(key) != 33 or key[0] not in (SIGNATURE, COSIGNATURE):
        raise NoteError("the key is not an Ed25519 key of a log or a witness")
    found = Verifier(parts[0], key[1:], key[0])
    if found.key_id.hex() != parts[1]:
        raise NoteError("the key's id does not fit the key")
    return found


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with the name it signs under."""

    name: str
    key: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self.key.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The note: ``text``, an empty line, and one signature line."""
        signature = self.verifier.key_id + self.key.sign(text.encode())
        return f"{text}\n\N{EM DASH} {self.name} {encode(signature)}\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note, not yet verified."""

    name: str
    key_id: bytes
    signature: bytes


def read_note(note: str) -> tuple[str, list[Signature]]:
    """The text and the signature lines of a note, without verifying any; ``NoteError`` when it is not a note."""
    if re.search(r"[\x00-\x09\x0b-\x1f]", note):
        raise NoteError("a note holds no control characters")
    text, gap, lines = note.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise NoteError("a note ends with an empty line and its signatures")
    rows = lines[:-1].split("\n")
    if len(rows) > SIGNATURES_LIMIT:
        raise NoteError("the note has too many signatures")
    return text + "\n", [_signature(row) for row in rows]


def _signature(row: str) -> Signature:
    parts = row.split(" ")
    if len(parts) != 3 or parts[0] != "\N{EM DASH}" or not _NAME.fullmatch(parts[1]):
        raise NoteError("a signature line is a dash, a name and a signature")
    data = decode(parts[2])
    if len(data) < 5:
        raise NoteError("a signature is longer than its key's id")
    return Signature(parts[1], data[:4], data[4:])


def signers(note: str, keys: Sequence[Verifier]) -> list[Verifier]:
    """Which of ``keys`` signed the note, in the note's order. A bad signature of a known key is a ``NoteError``."""
    text, signatures = read_note(note)
    known = {(key.name, key.key_id): key for key in keys}
    found = []
    for line in signatures:
        key = known.get((line.name, line.key_id))
        if key is None or key in found:
            continue
        if not key.accepts(text, line.signature):
            raise NoteError(f"the signature of {key.name} is false")
        found.append(key)
    return found


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: its name, how many leaves, and their root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The note text (tlog-checkpoint, "Note text"). We write no extension lines."""
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in a note's text; extension lines are allowed and not used."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise NoteError("a checkpoint is three lines: origin, size, root")
    if not _SIZE.fullmatch(lines[1]):
        raise NoteError("a checkpoint's size is a whole number")
    root = decode(lines[2])
    if len(root) != 32:
        raise NoteError("a checkpoint's root is 32 bytes")
    return Checkpoint(lines[0], int(lines[1]), root)


def open_checkpoint(note: str, key: Verifier) -> Checkpoint:
    """The checkpoint of a note that ``key`` signed; ``NoteError`` when it did not."""
    if key not in signers(note, [key]):
        raise NoteError(f"{key.name} did not sign this with the key {key.key_id.hex()}")
    return read_checkpoint(read_note(note)[0])
