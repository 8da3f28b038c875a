"""Whether a receipt is true, found from the file alone."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

from wellkept.ledger.checkpoint import (
    Checkpoint,
    NoteError,
    Verifier,
    decode,
    open_checkpoint,
    read_checkpoint,
    read_note,
    signers,
    verifier,
)
from wellkept.ledger.commitment import Entry, Value, commit
from wellkept.ledger.merkle import leaf_hash, root, verify_inclusion
from wellkept.ledger.receipt import Receipt, as_file
from wellkept.ledger.sentence import said
from wellkept.ledger.tiles import in_folder, reader


class ReceiptFalse(Exception):  # noqa: N818  (an answer, not a fault)
    """The receipt is not true, and what shows it."""


def read_receipt(text: str) -> Receipt:
    """What a receipt's file holds; ``ReceiptFalse`` for anything that was not written as a receipt is."""
    try:
        values = json.loads(text)
        receipt = _parsed(values)
        same = as_file(receipt.values()) == text
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise ReceiptFalse("this is not a receipt of the format wellkept-receipt/1") from error
    if not same:
        raise ReceiptFalse("the file is not spelt as a receipt is: it was altered")
    return receipt


def _parsed(values: dict[str, Any]) -> Receipt:
    return Receipt(
        says=_text(values["says"]),
        entry={name: _value(value) for name, value in values["entry"].items()},
        entry_nonce=bytes.fromhex(values["entry_nonce"]),
        subject=UUID(values["you"]["subject"]),
        subject_nonce=bytes.fromhex(values["you"]["nonce"]),
        leaf=int(values["leaf"]),
        proof=tuple(decode(one) for one in values["proof"]),
        checkpoint=_text(values["checkpoint"]),
        key=_text(values["key"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value


def _value(value: object) -> Value:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, list):
        return [_text(one) for one in value]
    raise TypeError("a field of an entry is a text, a whole number, yes or no, nothing, or a list of texts")


def check(text: str, *, key: Verifier | None = None) -> tuple[Receipt, Checkpoint]:
    """The receipt and its checkpoint, if all of it is true; otherwise ``ReceiptFalse`` says what is not.

    Without ``key`` it is true under the key the receipt names, which the reader still has to compare.
    """
    receipt = read_receipt(text)
    named = _key(receipt, key)
    checkpoint = _checkpoint(receipt, named)
    _words(receipt)
    _sealed(receipt, checkpoint)
    return receipt, checkpoint


def _key(receipt: Receipt, key: Verifier | None) -> Verifier:
    try:
        named = verifier(receipt.key)
    except NoteError as error:
        raise ReceiptFalse(f"the key it names is none: {error}") from error
    if named.vkey != receipt.key:
        raise ReceiptFalse("the key it names is not spelt as a key is")
    if key is not None and key != named:
        raise ReceiptFalse(f"it was signed with another key than yours: {named.vkey}")
    return named


def _checkpoint(receipt: Receipt, key: Verifier) -> Checkpoint:
    try:
        found = open_checkpoint(receipt.checkpoint, key)
        lines = read_note(receipt.checkpoint)[1]
    except NoteError as error:
        raise ReceiptFalse(f"the signature on the ledger's head is false: {error}") from error
    name, _, number = found.origin.rpartition("/epoch-")
    if len(lines) != 1 or name != key.name or not number.isdecimal():
        raise ReceiptFalse("the ledger's head is not the head of this key's ledger")
    return found


def _words(receipt: Receipt) -> None:
    you = receipt.values()["you"]["digest"]
    named = receipt.entry["subjects"]
    if not isinstance(named, list) or you not in named:
        raise ReceiptFalse("the entry does not name the person the receipt is for")
    if receipt.says != said(receipt.entry):
        raise ReceiptFalse("the sentence does not say what the entry holds")


def _sealed(receipt: Receipt, checkpoint: Checkpoint) -> None:
    if set(receipt.entry) != set(Entry._fields):
        raise ReceiptFalse("the entry has other fields than an entry has")
    try:
        leaf = leaf_hash(commit(receipt.entry_nonce, receipt.entry))
    except TypeError as error:
        raise ReceiptFalse("the entry cannot be written in the canonical form") from error
    if not verify_inclusion(leaf, receipt.leaf, checkpoint.size, receipt.proof, checkpoint.root):
        raise ReceiptFalse("the entry does not stand in the signed ledger as the receipt says")


def compare(found: Checkpoint, key: Verifier, path: Path, witnesses: Sequence[Verifier] = ()) -> list[str]:
    """What a checkpoint the reader got elsewhere says of a receipt's; ``ReceiptFalse`` when the two disagree.

    With the published tiles beside it, it is shown that one tree begins with the other.
    """
    try:
        note = path.read_text(encoding="utf-8")
        signed = signers(note, [key, *witnesses])
        other = read_checkpoint(read_note(note)[0])
    except (NoteError, UnicodeDecodeError) as error:
        _no(f"the checkpoint you gave cannot be used: {error}")
    if key not in signed:
        _no(f"the checkpoint you gave was not signed with the receipt's key {key.vkey}")
    said_by = [f"The witness {one.name} signed the checkpoint you gave." for one in witnesses if one in signed]
    return [*said_by, _compared(found, other, path.parent)]


def _compared(found: Checkpoint, other: Checkpoint, folder: Path) -> str:
    if found.origin != other.origin:
        return f"It is of {other.origin}, the receipt of {found.origin}: another epoch of the same ledger."
    if found.size == other.size:
        return (
            "It is the receipt's own." if found.root == other.root else _no("the checkpoint you gave has another root")
        )
    try:
        read = reader(in_folder(folder, other.size))
        roots = root(other.size, read), root(min(found.size, other.size), read)
    except (LookupError, ValueError):
        return f"It is signed with the same key at {other.size} leaves; its tiles are not beside it to compare the two."
    if roots[0] != other.root or (found.size < other.size and roots[1] != found.root):
        _no("the published tree does not begin with the receipt's")
    if found.size > other.size:
        return f"It is older than the receipt ({other.size} leaves); get the present one to compare the two."
    return f"The published tree of {other.size} leaves begins with the receipt's of {found.size}."


def _no(sentence: str) -> NoReturn:
    raise ReceiptFalse(sentence)
