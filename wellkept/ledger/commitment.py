"""What a leaf of the ledger stands for: a commitment to one entry, that says nothing without the entry's salt.

``commitment = SHA-256(domain || nonce || canonical JSON)``. In the JSON (RFC 8785) people, account and occasion are
replaced by digests, each under a nonce of its own. A receipt can therefore show one person that a digest is theirs and
gives no way to try another's number against the rest. Nonces are derived from the salt: with it gone, nothing remains
but random bytes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import orjson

ENTRY_DOMAIN = b"wellkept ledger entry v1\n"
DIGEST_DOMAIN = b"wellkept ledger digest v1\n"
NONCE_DOMAIN = b"wellkept ledger nonce v1\n"
NONCE = 16
DIGEST = 24

Value = str | int | bool | None | list[str]


class Entry(NamedTuple):
    """One row of ``ledger_entry`` without its salt; ``COLUMNS`` reads it in this order."""

    id: int
    xact: int
    at: datetime
    backend: int
    kind: str
    occasion: UUID | None
    account: UUID | None
    role: str
    actor: str | None
    subjects: list[UUID]
    purpose: str | None
    categories: list[str]
    own: bool
    reason: str | None
    clause: str | None


COLUMNS = (
    "e.id, e.xact::text::bigint, e.at, e.backend, e.kind, e.occasion, e.account, e.role, e.actor, e.subjects,"
    " e.purpose, e.categories, e.own, e.reason, e.clause"
)


def nonce(salt: bytes, what: bytes) -> bytes:
    """Sixteen bytes that only who has the salt can make: SHA-256 over domain, salt and name, cut in half.

    The half that is kept back is what an extension of the hash would need. Salts are all of one length.
    """
    return sha256(NONCE_DOMAIN + salt + what).digest()[:NONCE]


def digest(nonce_of_it: bytes, identity: UUID) -> str:
    """What stands for an identity in the canonical form: 24 bytes in hexadecimal."""
    return sha256(DIGEST_DOMAIN + nonce_of_it + identity.bytes).digest()[:DIGEST].hex()


def salted(salt: bytes, what: bytes, identity: UUID | None) -> str | None:
    """The digest of an identity under its own nonce; nothing for nothing."""
    return None if identity is None else digest(nonce(salt, what + identity.bytes), identity)


def subject_nonce(salt: bytes, subject: UUID) -> bytes:
    """The nonce under which ``subject`` stands in an entry. It opens this one digest and no other."""
    return nonce(salt, b"subject" + subject.bytes)


def instant(at: datetime) -> str:
    """A moment as the canonical form writes it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def fields(salt: bytes, entry: Entry) -> dict[str, Value]:
    """The entry as the commitment sees it and a receipt shows it: readable, but for who is named."""
    named: Iterable[str] = (digest(subject_nonce(salt, one), one) for one in entry.subjects)
    return entry._asdict() | {
        "at": instant(entry.at),
        "occasion": salted(salt, b"occasion", entry.occasion),
        "account": salted(salt, b"account", entry.account),
        "subjects": sorted(named),
    }


def canonical(values: dict[str, Value]) -> bytes:
    """The one spelling of an entry in JSON (RFC 8785: keys sorted, no spaces, UTF-8)."""
    return orjson.dumps(values, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER)


def commit(entry_nonce: bytes, values: dict[str, Value]) -> bytes:
    """The commitment to an entry's fields: 32 bytes, the data of its leaf."""
    return sha256(ENTRY_DOMAIN + entry_nonce + canonical(values)).digest()


def commitment(salt: bytes, entry: Entry) -> bytes:
    """The commitment to an entry under its salt: 32 bytes, the data of its leaf."""
    return commit(nonce(salt, b"entry"), fields(salt, entry))
