import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.house import SIGNER, Ledger
from tests.ledger.test_commitment import ANNA, BEN, ENTRY, SALT
from wellkept.cli.verify import verify
from wellkept.ledger import check, checkpoint, merkle, receipt, seal
from wellkept.ledger.commitment import COLUMNS, Entry, commitment, fields, nonce, subject_nonce
from wellkept.ledger.sentence import said


def signed(entry: Entry, subject: UUID, signer: checkpoint.Signer = SIGNER) -> str:
    """A receipt in a small tree of five leaves, made without a database."""
    leaves = [merkle.leaf_hash(bytes([n]) * 32) for n in range(5)]
    leaves[3] = merkle.leaf_hash(commitment(SALT, entry))

    def read(height: int, index: int) -> bytes:
        return merkle.fold(leaves[index << height : (index + 1) << height])

    head = checkpoint.Checkpoint(f"{signer.name}/epoch-1", 5, merkle.root(5, read))
    shown = fields(SALT, entry)
    whole = receipt.Receipt(
        says=said(shown),
        entry=shown,
        entry_nonce=nonce(SALT, b"entry"),
        subject=subject,
        subject_nonce=subject_nonce(SALT, subject),
        leaf=3,
        proof=tuple(merkle.inclusion_proof(3, 5, read)),
        checkpoint=signer.sign(head.text()),
        key=signer.verifier.vkey,
    )
    return receipt.as_file(whole.values())


FILE = signed(ENTRY, ANNA)


def run(text: str, folder: Path, *options: str) -> Result:
    path = folder / "receipt.json"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(verify, [str(path), *options])


def test_a_true_receipt_is_true_and_says_so_in_plain_words(tmp_path: Path) -> None:
    shown = run(FILE, tmp_path, "--key", SIGNER.verifier.vkey)
    assert shown.exit_code == 0
    assert "This receipt is true." in shown.output
    assert (
        "On 1 March 2026 at 12:30:00 UTC, R. Okafor (representative) opened your record (claims)."
        " The purpose stated was member administration. Under U-12 of the policy."
    ) in shown.output
    assert "entry 4 of 5" in shown.output


def test_without_a_key_it_names_the_key_and_asks_the_reader_to_compare(tmp_path: Path) -> None:
    shown = run(FILE, tmp_path)
    assert shown.exit_code == 0
    assert SIGNER.verifier.vkey in shown.output
    assert "Compare that line with the key the operator publishes" in shown.output


def test_a_receipt_signed_by_anybody_else_is_false_to_who_has_the_key(tmp_path: Path) -> None:
    forger = checkpoint.Signer(SIGNER.name, Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
    shown = run(signed(ENTRY, ANNA, forger), tmp_path, "--key", SIGNER.verifier.vkey)
    assert shown.exit_code == 1
    assert "signed with another key" in shown.output


def test_a_key_that_is_none_is_said_to_be_none(tmp_path: Path) -> None:
    shown = run(FILE, tmp_path, "--key", "nonsense")
    assert shown.exit_code == 2
    assert "a key is written as name+id+key" in shown.output


def test_a_receipt_for_one_person_does_not_disclose_who_else_is_named() -> None:
    values = json.loads(FILE)
    assert str(BEN) not in FILE
    assert BEN.hex not in FILE
    assert len(values["entry"]["subjects"]) == 2
    salt = bytes.fromhex(values["entry_nonce"]), bytes.fromhex(values["you"]["nonce"])
    for guess in salt:
        assert fields(guess, ENTRY)["subjects"] != values["entry"]["subjects"]
        assert not {subject_nonce(guess, BEN).hex()} & set(FILE.split('"'))


def test_a_receipt_cannot_be_turned_to_another_person() -> None:
    values = json.loads(FILE)
    values["you"]["subject"] = str(BEN)
    with pytest.raises(check.ReceiptFalse, match="altered"):
        check.check(receipt.as_file(values))
    found = check.read_receipt(FILE)
    turned = receipt.Receipt(**{name: getattr(found, name) for name in found.__slots__} | {"subject": BEN})
    with pytest.raises(check.ReceiptFalse, match="does not name"):
        check.check(receipt.as_file(turned.values()))


@settings(max_examples=600)
@given(st.integers(0, len(FILE) - 1), st.characters(codec="utf-8"))
def test_no_altered_letter_passes(at: int, letter: str) -> None:
    altered = FILE[:at] + letter + FILE[at + 1 :]
    if altered != FILE:
        with pytest.raises(check.ReceiptFalse):
            check.check(altered)


@settings(max_examples=300)
@given(st.integers(0, len(FILE)), st.text(min_size=1, max_size=5))
def test_nothing_can_be_put_in(at: int, more: str) -> None:
    with pytest.raises(check.ReceiptFalse):
        check.check(FILE[:at] + more + FILE[at:])


@settings(max_examples=300)
@given(st.integers(0, len(FILE) - 1), st.integers(1, 80))
def test_nothing_can_be_taken_out(at: int, many: int) -> None:
    with pytest.raises(check.ReceiptFalse):
        check.check(FILE[:at] + FILE[at + many :])


def test_every_single_byte_counts() -> None:
    for at in range(len(FILE)):
        for letter in ("0", "1", "a", " "):
            altered = FILE[:at] + letter + FILE[at + 1 :]
            if altered != FILE:
                with pytest.raises(check.ReceiptFalse):
                    check.check(altered)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"entry": 1}',
        "[" * 100_000,
        FILE.replace('"leaf": 3', '"leaf": 1e400'),
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_what_is_no_receipt_is_false_and_breaks_nothing(text: str) -> None:
    with pytest.raises(check.ReceiptFalse):
        check.check(text)


@settings(max_examples=200)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_json_breaks_the_reader(value: Any) -> None:
    values = json.loads(FILE)
    for name in values:
        with pytest.raises(check.ReceiptFalse):
            check.check(receipt.as_file(values | {name: value}))


def test_a_receipt_carries_no_signature_that_nobody_checks() -> None:
    values = json.loads(FILE)
    other = checkpoint.Signer("witness.example", Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
    values["checkpoint"] += other.sign("x\n").rpartition("\n\n")[2]
    with pytest.raises(check.ReceiptFalse, match="not the head of this key"):
        check.check(receipt.as_file(values))


def test_a_false_receipt_cannot_steer_the_terminal(tmp_path: Path) -> None:
    forger = checkpoint.Signer("evil\x1b", Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
    shown = run(signed(ENTRY._replace(actor="\x1b[2J"), ANNA), tmp_path)
    assert "\x1b" not in shown.output
    assert "\x1b" not in run(signed(ENTRY, ANNA, forger), tmp_path).output


def test_a_file_that_is_no_text_or_far_too_long_is_false(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"\xff\xfe")
    assert CliRunner().invoke(verify, [str(path)]).exit_code == 1
    path.write_text("x" * 1_000_001)
    assert "not that long" in CliRunner().invoke(verify, [str(path)]).output


@pytest.mark.database
def test_a_receipt_of_a_sealed_entry_is_true_and_stays_so_as_the_ledger_grows(ledger: Ledger, tmp_path: Path) -> None:
    anna, ben = uuid4(), uuid4()
    ledger.enter_many(300)
    entry = ledger.enter(anna, ben)
    with ledger.connect() as connection:
        with pytest.raises(LookupError, match="nothing is sealed yet"):
            receipt.receipt_as_sealer(connection, entry, anna)
        seal.seal_once(connection, SIGNER, ledger.folder)
        values = receipt.receipt_as_sealer(connection, entry, anna)
        with pytest.raises(LookupError, match="names this person"):
            receipt.receipt_as_sealer(connection, entry, uuid4())
        ledger.enter_many(300)
        seal.seal_once(connection, SIGNER, ledger.folder)
    text = receipt.as_file(values)
    assert str(ben) not in text
    options = ("--key", SIGNER.verifier.vkey, "--checkpoint", str(ledger.folder / "checkpoint"))
    shown = run(text, tmp_path, *options)
    assert shown.exit_code == 0, shown.output
    assert "The published tree of 601 leaves begins with the receipt's of 301." in shown.output


@pytest.mark.database
def test_the_web_role_can_make_the_proof_of_an_entry_it_holds(ledger: Ledger) -> None:
    anna = uuid4()
    number = ledger.enter(anna)
    with ledger.connect() as connection:
        seal.seal_once(connection, SIGNER, ledger.folder)
        sql = f"select {COLUMNS}, e.salt from wellkept.ledger_entry e where id = {number}"
        row = connection.execute(sql).fetchone()
        assert row is not None
    with ledger.connect("web") as web:
        made = receipt.receipt_of(web, Entry._make(row[:-1]), row[-1], anna)
    check.check(receipt.as_file(made.values()), key=SIGNER.verifier)


def test_a_checkpoint_with_another_root_makes_the_receipt_false(tmp_path: Path) -> None:
    other = checkpoint.Checkpoint(f"{SIGNER.name}/epoch-1", 5, merkle.EMPTY_ROOT)
    (tmp_path / "checkpoint").write_text(SIGNER.sign(other.text()), encoding="utf-8")
    shown = run(FILE, tmp_path, "--checkpoint", str(tmp_path / "checkpoint"))
    assert shown.exit_code == 1
    assert "another root" in shown.output


def test_a_checkpoint_signed_by_another_key_is_of_no_use(tmp_path: Path) -> None:
    forger = checkpoint.Signer(SIGNER.name, Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
    (tmp_path / "checkpoint").write_text(
        forger.sign(json.loads(FILE)["checkpoint"].split("\n\n")[0] + "\n"), encoding="utf-8"
    )
    shown = run(FILE, tmp_path, "--checkpoint", str(tmp_path / "checkpoint"))
    assert shown.exit_code == 1
    assert "not signed with the receipt's key" in shown.output


def test_a_witness_of_the_given_checkpoint_is_named(tmp_path: Path) -> None:
    private = Ed25519PrivateKey.from_private_bytes(b"\x09" * 32)
    witness = checkpoint.Verifier("witness.example/w1", private.public_key().public_bytes_raw(), checkpoint.COSIGNATURE)
    note = json.loads(FILE)["checkpoint"]
    text = checkpoint.read_note(note)[0]
    signature = private.sign(b"cosignature/v1\ntime 7\n" + text.encode())
    line = f"\N{EM DASH} {witness.name} {checkpoint.encode(witness.key_id + (7).to_bytes(8) + signature)}\n"
    (tmp_path / "checkpoint").write_text(note + line, encoding="utf-8")
    options = ("--checkpoint", str(tmp_path / "checkpoint"), "--witness", witness.vkey)
    assert "The witness witness.example/w1 signed" in run(FILE, tmp_path, *options).output


def held(web: psycopg.Connection, opening: int, read: Callable[[], Any]) -> Any:
    """What ``read`` gives while an opening is held; one that is not on disk yet is flushed and held again."""
    for _ in range(100):
        try:
            with web.transaction():
                web.execute("select wellkept.gate_hold(%s)", (opening,))
                return read()
        except psycopg.DatabaseError as error:
            if error.sqlstate != "WK003":
                raise
            web.execute("select wellkept.gate_flush()")
    raise AssertionError


@pytest.mark.database
def test_a_person_gets_the_receipt_of_an_entry_only_while_their_openings_are_open(ledger: Ledger) -> None:
    anna, ben = uuid4(), uuid4()
    number = ledger.enter(anna, ben)
    others = ledger.enter(ben)
    with ledger.connect() as connection:
        seal.seal_once(connection, SIGNER, ledger.folder)
    with ledger.connect("web") as web:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            receipt.receipt_for(web, number, anna)
        with ledger.attack() as gate:
            again = ledger.enter(anna, connection=gate, categories=["openings"], own=True)
            opening = ledger.enter(anna, connection=gate, categories=["openings"], own=True)
            gate.execute(
                "update ledger_entry set backend = %s where id in (%s, %s)", (web.info.backend_pid, again, opening)
            )
        with pytest.raises(LookupError, match="names this person"):
            held(web, again, lambda: receipt.receipt_for(web, others, anna))
        values = held(web, opening, lambda: receipt.receipt_for(web, number, anna))
    check.check(receipt.as_file(values), key=SIGNER.verifier)
    assert str(ben) not in receipt.as_file(values)
