"""A scanner that is configured is asked of every paper; one that does not answer refuses them all."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from django.core.exceptions import ValidationError

from wellkept.files import scanning

LARGE = bytes(200_000)


@contextmanager
def scanner(path: Path, answer: bytes) -> Iterator[list[bytes]]:
    """A scanner of one question; gives what it was sent."""
    heard: list[bytes] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(path))
        door.listen(1)

        def serve() -> None:
            line, _who = door.accept()
            with line, line.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                while size := struct.unpack("!I", said.read(4))[0]:
                    heard.append(said.read(size))
                line.sendall(answer)

        thread = Thread(target=serve)
        thread.start()
        yield heard
        thread.join()


def test_no_scanner_is_asked_where_none_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(scanning.VARIABLE, raising=False)
    scanning.checked(b"anything")


def test_the_scanner_reads_every_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(scanning.VARIABLE, str(tmp_path / "s"))
    with scanner(tmp_path / "s", b"stream: OK\0") as heard:
        scanning.checked(LARGE)
    assert b"".join(heard) == LARGE


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"stream: Eicar-Test-Signature FOUND\0", "something harmful"),
        (b"INSTREAM size limit exceeded. ERROR\0", "cannot look at files"),
        (b"stream: OK and more\0", "cannot look at files"),
        (b"", "cannot look at files"),
    ],
)
def test_anything_but_ok_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes, said: str) -> None:
    monkeypatch.setenv(scanning.VARIABLE, str(tmp_path / "s"))
    with scanner(tmp_path / "s", answer), pytest.raises(ValidationError, match=said):
        scanning.checked(b"X5O!")


def test_a_scanner_that_is_not_there_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(scanning.VARIABLE, str(tmp_path / "nobody"))
    with pytest.raises(ValidationError, match="cannot look at files"):
        scanning.checked(b"X")
