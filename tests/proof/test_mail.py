"""The tries against mail hold on a sound house, and find a mail that says something, another sender, an open letter."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.proof.conftest import failed
from wellkept.cli import probing
from wellkept.proof.ground import Ground, Said
from wellkept.proof.probes import mail

pytestmark = pytest.mark.database
CHANGED = """
import sys
from wellkept.exchange.mail import texts
{change}
from wellkept.cli import main
main(sys.argv[1:], prog_name="wellkept")
"""


def saying(change: str, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """The same ground, whose commands come from a changed program."""

    def say(words: tuple[str, ...], more: Mapping[str, str]) -> Said:
        with monkeypatch.context() as patch:
            patch.setattr(probing, "WELLKEPT", (probing.WELLKEPT[0], "-c", CHANGED.format(change=change)))
            return probing.say(words, more)

    return replace(ground, say=say)


def test_our_mails_say_nothing(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)  # an operator's shell names no settings
    assert failed(mail.our_mails_say_nothing, ground) == []


def test_it_finds_a_mail_that_says_something(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    change = 'texts._FORMS[texts.Mail.NEWS] = texts._NEWS.replace("Something", "A claim")'
    changed = saying(change, ground, monkeypatch)
    assert failed(mail.our_mails_say_nothing, changed) == ["Read in a mail whom it is for or what is new"]


def test_it_finds_a_mail_that_names_somebody(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    name = ground.members["one"].canaries[0]
    changed = saying(f'texts._FORMS[texts.Mail.NEWS] = "{name} " + texts._NEWS', ground, monkeypatch)
    assert failed(mail.our_mails_say_nothing, changed) == ["Read in a mail whom it is for or what is new"]


def test_it_finds_that_no_mail_came(ground: Ground) -> None:
    silent = replace(ground, say=lambda _words, _more: Said(code=0, text=""))
    assert failed(mail.our_mails_say_nothing, silent) == [
        "Read in a mail whom it is for or what is new",
        "Find a mail without its warning",
    ]


def test_it_finds_a_mail_without_its_warning(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = saying('texts._CLOSING = "{name}"', ground, monkeypatch)
    assert failed(mail.our_mails_say_nothing, changed) == ["Find a mail without its warning"]


def test_it_finds_that_what_takes_mail_passes_it_on(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "wellkept"
    for room in ("notices", "exchange"):
        shutil.copytree(mail.PROGRAM / room, copy / room)
    with (copy / mail.RECEIVER).open("a", encoding="utf-8") as file:
        file.write("from aiosmtpd.handlers import Proxy\n")
    monkeypatch.setattr(mail, "PROGRAM", copy)
    assert failed(mail.our_mails_say_nothing, ground) == ["Find another part that sends mail"]


def test_it_finds_another_part_that_sends_mail(ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "wellkept"
    for room in ("notices", "exchange"):
        shutil.copytree(mail.PROGRAM / room, copy / room)
    (copy / "notices" / "post.py").write_text("from smtplib import SMTP\n", encoding="ascii")
    monkeypatch.setattr(mail, "PROGRAM", copy)
    assert failed(mail.our_mails_say_nothing, ground) == ["Find another part that sends mail"]


def test_it_finds_a_letter_that_lies_open(ground: Ground) -> None:
    letters = ground.state / "umr" / "letters"
    letters.mkdir(exist_ok=True)
    (letters / "one.txt").write_text(ground.members["one"].canaries[0], encoding="ascii")
    assert failed(mail.our_mails_say_nothing, ground) == ["Find a letter of the family"]
    (letters / "one.txt").unlink()
