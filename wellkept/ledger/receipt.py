"""A receipt: one entry as one person may read it, with the proof that it stands in a signed ledger.

The file is JSON in one fixed spelling, format ``wellkept-receipt/1``:

``says``        the entry in a sentence, made from the fields below
``entry``       the entry's fields; people, account and occasion are digests under nonces of their own
``entry_nonce`` 16 bytes, hexadecimal, under which the entry was committed to
``you``         the subject, its nonce and its digest, which is one of the entry's ``subjects``
``leaf``        the leaf's index; its data is ``SHA-256(domain || entry_nonce || canonical entry)``
``proof``       the sibling hashes from the leaf to the root (RFC 6962, section 2.1.1), base 64
``checkpoint``  the signed head (C2SP tlog-checkpoint), ``key`` the public key that signed it
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wellkept.ledger import tables
from wellkept.ledger.checkpoint import encode
from wellkept.ledger.commitment import COLUMNS, Entry, Value, digest, fields, nonce, subject_nonce
from wellkept.ledger.merkle import inclusion_proof
from wellkept.ledger.sentence import said
from wellkept.ledger.tables import Connected
from wellkept.ledger.tiles import reader

FORMAT = "wellkept-receipt/1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt's file holds."""

    says: str
    entry: dict[str, Value]
    entry_nonce: bytes
    subject: UUID
    subject_nonce: bytes
    leaf: int
    proof: tuple[bytes, ...]
    checkpoint: str
    key: str

    def values(self) -> dict[str, Any]:
        """The file's JSON, in the order in which people read it."""
        return {
            "format": FORMAT,
            "says": self.says,
            "entry": {name: self.entry[name] for name in Entry._fields},
            "entry_nonce": self.entry_nonce.hex(),
            "you": {
                "subject": str(self.subject),
                "nonce": self.subject_nonce.hex(),
                "digest": digest(self.subject_nonce, self.subject),
            },
            "leaf": self.leaf,
            "proof": [encode(one) for one in self.proof],
            "checkpoint": self.checkpoint,
            "key": self.key,
        }


def as_file(values: dict[str, Any]) -> str:
    """The one spelling of a receipt's file."""
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def receipt_for(connection: Connected, entry: int, subject: UUID) -> dict[str, Any]:
    """The receipt of ``entry`` for the person ``subject``, in a transaction that holds their openings.

    Raises ``LookupError`` with a sentence when the entry does not name them, is not sealed yet, or was removed.
    """
    sql = f"select {COLUMNS}, e.salt from wellkept.ledger_entry_of(%s, %s) e"  # noqa: S608  (column names of ours)
    return _receipt(connection, tables.rows(connection, sql, (subject, entry)), subject)


def receipt_as_sealer(connection: Connected, entry: int, subject: UUID) -> dict[str, Any]:
    """The same for the operator at a terminal, under the sealer's role."""
    sql = f"select {COLUMNS}, e.salt from wellkept.ledger_entry e where e.id = %s"  # noqa: S608  (as above)
    return _receipt(connection, tables.rows(connection, sql, (entry,)), subject)


def _receipt(connection: Connected, found: list[tuple[Any, ...]], subject: UUID) -> dict[str, Any]:
    for row in found:
        if row[-1] and subject in row[Entry._fields.index("subjects")]:
            return receipt_of(connection, Entry._make(row[:-1]), bytes(row[-1]), subject).values()
    raise LookupError("there is no such entry that names this person")


def receipt_of(connection: Connected, entry: Entry, salt: bytes, subject: UUID) -> Receipt:
    """The receipt of an entry one has, from the tree's leaf and tiles."""
    head, index, shown = tables.head(connection), tables.leaf_of(connection, entry.id), fields(salt, entry)
    read = reader(lambda level, number: tables.tile(connection, level, number))
    return Receipt(
        says=said(shown),
        entry=shown,
        entry_nonce=nonce(salt, b"entry"),
        subject=subject,
        subject_nonce=subject_nonce(salt, subject),
        leaf=index,
        proof=tuple(inclusion_proof(index, head.size, read)),
        checkpoint=head.note,
        key=tables.epochs(connection)[-1].vkey,
    )
