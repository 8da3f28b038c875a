"""A scanner that is configured is asked of every paper; one that does not answer refuses them all."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from django.core.exceptions import ValidationError

from tests.files.scanner import scanner
from wellkept.files import scanning

LARGE = bytes(200_000)


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
        (b"\xff\xfe\0", "cannot look at files"),
        (b"x" * 10_000, "cannot look at files"),
        (b"OK\0", "cannot look at files"),
    ],
)
def test_anything_but_ok_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes, said: str) -> None:
    monkeypatch.setenv(scanning.VARIABLE, str(tmp_path / "s"))
    with scanner(tmp_path / "s", answer), pytest.raises(ValidationError, match=said):
        scanning.checked(b"X5O!")


@contextmanager
def hung(path: Path, how: str) -> Iterator[None]:
    """A scanner that takes the line and does not come to an end: reads nothing, says nothing, or says it bit by bit."""
    over = Event()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(path))
        door.listen(1)

        def serve() -> None:
            line, _who = door.accept()
            with line, suppress(OSError):
                while how == "silent" and line.recv(65_536):
                    pass
                while not over.wait(0.01):
                    if how == "slow":
                        line.sendall(b"s")

        thread = Thread(target=serve)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


@pytest.mark.parametrize("how", ["deaf", "silent", "slow"])
def test_a_scanner_that_hangs_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setenv(scanning.VARIABLE, str(tmp_path / "s"))
    monkeypatch.setattr(scanning, "SECONDS", 0.1)
    with hung(tmp_path / "s", how), pytest.raises(ValidationError, match="cannot look at files"):
        scanning.checked(bytes(2_000_000))


def test_a_scanner_that_ends_the_line_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(scanning.VARIABLE, str(tmp_path / "s"))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(tmp_path / "s"))
        door.listen(1)

        def leave() -> None:
            line, _who = door.accept()
            line.close()

        thread = Thread(target=leave)
        thread.start()
        with pytest.raises(ValidationError, match="cannot look at files"):
            scanning.checked(LARGE)
        thread.join()


def test_a_scanner_that_is_not_there_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(scanning.VARIABLE, str(tmp_path / "nobody"))
    with pytest.raises(ValidationError, match="cannot look at files"):
        scanning.checked(b"X")
