"""The tries against mail hold on a sound house, and find a part that sends one, a line to a server, an open letter."""

import shutil
from pathlib import Path
from socket import create_connection, create_server

import pytest

from tests.proof.conftest import failed
from wellkept.proof.ground import Ground
from wellkept.proof.probes import mail

pytestmark = pytest.mark.database


def test_nothing_sends_mail(ground: Ground) -> None:
    assert failed(mail.nothing_sends_mail, ground) == []


def test_it_finds_a_part_that_sends_mail(ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "wellkept"
    shutil.copytree(mail.PROGRAM / "notices", copy / "notices")
    (copy / "notices" / "post.py").write_text("from smtplib import SMTP\n", encoding="ascii")
    monkeypatch.setattr(mail, "PROGRAM", copy)
    assert failed(mail.nothing_sends_mail, ground) == ["Find a part that sends mail"]


@pytest.mark.skipif(not mail.CONNECTIONS[0].exists(), reason="open lines are read from /proc")
def test_it_finds_a_line_to_a_mail_server(ground: Ground) -> None:
    with create_server(("127.0.0.1", 2525)), create_connection(("127.0.0.1", 2525)):
        assert failed(mail.nothing_sends_mail, ground) == ["Find a line to a mail server"]


def test_it_finds_a_letter_that_lies_open(ground: Ground) -> None:
    letters = ground.state / "umr" / "letters"
    letters.mkdir(exist_ok=True)
    (letters / "one.txt").write_text(ground.members["one"].canaries[0], encoding="ascii")
    assert failed(mail.nothing_sends_mail, ground) == ["Find a letter of the family"]
    (letters / "one.txt").unlink()
