"""A backup file gives back exactly what went in, and nothing at all once a byte of it is not as it was written."""

import io
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.cli.backup import journal, seal
from wellkept.cli.cluster import ClusterError

KEY = os.urandom(32)


class Named(io.BytesIO):
    """A file in memory with a name."""

    name = "a.backup"


def sealed(data: bytes) -> bytes:
    return b"".join(seal.encrypt([data], key=KEY))


def opened(data: bytes, *, key: bytes = KEY) -> bytes:
    return b"".join(seal.decrypt(Named(data), key=key))


@given(pieces=st.lists(st.binary(max_size=300), max_size=20))
def test_what_is_sealed_in_pieces_is_read_whole(pieces: list[bytes]) -> None:
    assert opened(b"".join(seal.encrypt(pieces, key=KEY))) == b"".join(pieces)


@pytest.mark.parametrize("size", [0, 1, seal.CHUNK - 1, seal.CHUNK, seal.CHUNK + 1, 2 * seal.CHUNK, 5 * seal.CHUNK + 7])
def test_any_size_around_a_chunk_is_read_whole(size: int) -> None:
    data = os.urandom(size)
    assert opened(sealed(data)) == data


@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7))
def test_a_changed_bit_is_found_wherever_it_is(place: int, bit: int) -> None:
    data = bytearray(sealed(b"x" * (seal.CHUNK + 100)))
    data[place % len(data)] ^= 1 << bit
    with pytest.raises(ClusterError):
        opened(bytes(data))


def test_a_file_that_was_cut_is_found_even_between_two_chunks() -> None:
    data = sealed(os.urandom(3 * seal.CHUNK))
    start = len(seal.FORM) + seal.SALT
    for length in (
        start,
        start + 10,
        start + seal.CHUNK + seal.TAG,
        start + 2 * (seal.CHUNK + seal.TAG),
        len(data) - 1,
    ):
        with pytest.raises(ClusterError, match="cut short"):
            opened(data[:length])


def test_chunks_in_another_order_are_found() -> None:
    data = sealed(os.urandom(3 * seal.CHUNK))
    start, step = len(seal.FORM) + seal.SALT, seal.CHUNK + seal.TAG
    first, second = data[start : start + step], data[start + step : start + 2 * step]
    with pytest.raises(ClusterError):
        opened(data[:start] + second + first + data[start + 2 * step :])


def test_something_appended_is_found() -> None:
    with pytest.raises(ClusterError):
        opened(sealed(b"whole") + b"more")


def test_another_key_opens_nothing() -> None:
    with pytest.raises(ClusterError, match="another backup key"):
        opened(sealed(b"whole"), key=os.urandom(32))


def test_what_is_no_backup_is_said_to_be_none() -> None:
    with pytest.raises(ClusterError, match="not a backup of Wellkept"):
        opened(b"PGDMP")


def test_two_files_of_the_same_data_share_no_byte_stream() -> None:
    assert sealed(b"same")[len(seal.FORM) :] != sealed(b"same")[len(seal.FORM) :]


def test_the_backup_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "umr" / "backup.key"
    key = seal.new_key(path)
    assert seal.new_key(path) == key
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("not a key")
    with pytest.raises(ClusterError, match="64 hexadecimal digits"):
        seal.kept_key(path)
    path.unlink()
    with pytest.raises(ClusterError, match="cannot be read"):
        seal.kept_key(path)


GOOD = '{"at": "2026-11-01T10:00:00+00:00", "subject": "6f1c8c1e-8b0e-4d7e-9d0a-0a3f5b6c7d8e", "retention": "contact"}'


def test_the_removal_journal_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "removals.jsonl"
    assert journal.read(path) == []
    path.write_text(f"{GOOD}\n{GOOD}\n")
    assert [line.retention for line in journal.read(path)] == ["contact", "contact"]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{}",
        "[]",
        "null",
        "{",
        GOOD.replace("contact", "everything"),
        GOOD.replace("+00:00", ""),
        GOOD.replace("6f1c8c1e", "zzzz"),
    ],
)
def test_a_journal_with_one_bad_line_is_not_read_at_all(tmp_path: Path, line: str) -> None:
    path = tmp_path / "removals.jsonl"
    path.write_text(f"{GOOD}\n{line}\n{GOOD}\n")
    with pytest.raises(ClusterError, match="Line 2 of"):
        journal.read(path)
