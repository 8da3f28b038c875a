import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from wellkept.ledger import checkpoint as c

KEY = c.Signer("portal.example/ledger", Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))
HEAD = c.Checkpoint("portal.example/ledger/1", 42, sha256(b"head").digest())
NOTE = KEY.sign(HEAD.text())


@pytest.fixture(scope="module")
def example(merkle_data: Path) -> Any:
    return json.loads((merkle_data / "signed_note.json").read_text())


def test_it_verifies_the_published_example_note(example: Any) -> None:
    key = c.verifier(example["verifier_key"])
    assert c.signers(example["note"], [key]) == [key]
    assert key.vkey == example["verifier_key"]


def test_it_accepts_none_of_the_published_false_notes(example: Any) -> None:
    key = c.verifier(example["verifier_key"])
    for case in example["bad"]:
        try:
            accepted = c.signers(case["note"], [key])
        except c.NoteError:
            continue
        assert accepted == [], case["why"]


def test_it_verifies_the_note_of_the_specification() -> None:
    note = (
        "This is an example message.\n\n\N{EM DASH} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONn"
        "cAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    )
    key = c.verifier("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    assert c.signers(note, [key]) == [key]


def test_a_checkpoint_comes_back_as_it_was_signed() -> None:
    assert c.open_checkpoint(NOTE, c.verifier(KEY.verifier.vkey)) == HEAD


def test_another_key_of_the_same_name_is_not_accepted() -> None:
    other = c.Signer(KEY.name, Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
    with pytest.raises(c.NoteError, match="did not sign"):
        c.open_checkpoint(NOTE, other.verifier)


def test_unknown_signatures_are_passed_over() -> None:
    other = c.Signer("witness.example", Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
    line = other.sign(HEAD.text()).rpartition("\n\n")[2]
    assert c.open_checkpoint(NOTE + line, KEY.verifier) == HEAD


@given(st.integers(0, len(NOTE) - 1), st.characters(codec="utf-8"))
def test_no_altered_note_is_accepted(at: int, letter: str) -> None:
    altered = NOTE[:at] + letter + NOTE[at + 1 :]
    if altered == NOTE:
        return
    with pytest.raises(c.NoteError):
        c.open_checkpoint(altered, KEY.verifier)


@given(st.text(max_size=200))
def test_no_text_breaks_the_readers(text: str) -> None:
    for read in (c.read_note, c.read_checkpoint, c.verifier):
        try:
            read(text)
        except c.NoteError:
            continue


@pytest.mark.parametrize("size", ["01", "-1", "+1", "", "1.0", "٣", "9" * 20])
def test_a_size_is_written_in_one_way(size: str) -> None:
    with pytest.raises(c.NoteError):
        c.read_checkpoint(f"origin\n{size}\n{c.encode(HEAD.root)}\n")


def test_a_root_is_thirty_two_bytes() -> None:
    with pytest.raises(c.NoteError, match="32 bytes"):
        c.read_checkpoint(f"origin\n1\n{c.encode(b'short')}\n")


def test_extension_lines_are_read_and_not_used() -> None:
    assert c.read_checkpoint(HEAD.text() + "extra\n") == HEAD


def test_a_key_whose_id_does_not_fit_is_refused() -> None:
    name, _, key = KEY.verifier.vkey.split("+", 2)
    with pytest.raises(c.NoteError, match="does not fit"):
        c.verifier(f"{name}+00000000+{key}")


def test_it_verifies_a_witness_and_finds_a_moved_time() -> None:
    private = Ed25519PrivateKey.from_private_bytes(b"\x09" * 32)
    witness = c.Verifier("witness.example/w1", private.public_key().public_bytes_raw(), c.COSIGNATURE)
    expected = sha256(b"witness.example/w1\n\x04" + witness.public).digest()[:4]
    assert witness.key_id == expected
    signature = private.sign(b"cosignature/v1\ntime 1679315147\n" + HEAD.text().encode())

    def line(stamp: int) -> str:
        data = witness.key_id + stamp.to_bytes(8) + signature
        return f"\N{EM DASH} {witness.name} {c.encode(data)}\n"

    keys = [KEY.verifier, c.verifier(witness.vkey)]
    assert c.signers(NOTE + line(1679315147), keys) == keys
    with pytest.raises(c.NoteError, match="false"):
        c.signers(NOTE + line(1679315148), keys)
    with pytest.raises(c.NoteError, match="false"):
        c.signers(NOTE + line(1 << 63), keys)


def test_it_refuses_a_note_with_endless_signatures() -> None:
    text, _, line = NOTE.rpartition("\n\n")
    with pytest.raises(c.NoteError, match="too many"):
        c.read_note(f"{text}\n\n{line * 65}")
