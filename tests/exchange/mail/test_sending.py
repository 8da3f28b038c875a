"""Mail goes over an encrypted line to the server that was named, and tells whose mailbox there is none of."""

import smtplib
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.exchange.mail.postbox import PASSWORD, USER, Postbox, postbox
from wellkept.exchange.mail import returning, sending, texts
from wellkept.exchange.mail.texts import Mail
from wellkept.policy import contents, packs
from wellkept.policy.contents import Content

PACK = packs.named("umr")
TO = "canary.address@example.com"
TOKEN = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_ADDRESS", "https://portal.example")
    for name in ("TLS", "USER", "PASSWORD", "PASSWORD_FILE"):
        monkeypatch.delenv(f"WELLKEPT_SMTP_{name}", raising=False)


@pytest.fixture(params=["implicit", "starttls"])
def encrypted(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """A server that asks for TLS and a sign-in, and its certificate believed."""
    with postbox(tmp_path, how=request.param, sign_in=True) as box:
        monkeypatch.setenv("WELLKEPT_SMTP", f"127.0.0.1:{box.port}")
        monkeypatch.setenv("WELLKEPT_SMTP_TLS", request.param)
        monkeypatch.setenv("WELLKEPT_SMTP_USER", USER)
        (tmp_path / "password").write_text(PASSWORD + "\n")
        monkeypatch.setenv("WELLKEPT_SMTP_PASSWORD_FILE", str(tmp_path / "password"))
        monkeypatch.setenv("SSL_CERT_FILE", str(box.certificate))
        yield box


@pytest.fixture
def clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """A server on this machine itself, in clear."""
    with postbox(tmp_path) as box:
        monkeypatch.setenv("WELLKEPT_SMTP", f"127.0.0.1:{box.port}")
        yield box


def test_a_mail_goes_over_tls_with_a_sign_in_from_a_file(encrypted: Postbox) -> None:
    sending.send(Mail.NEWS, to=TO, pack=PACK, token=TOKEN)
    ((back, to, data),) = encrypted.mails
    assert (back, to) == (f"bounces+{TOKEN}@lakes.example", [TO])
    assert encrypted.signed_in == [USER.encode()]
    assert b"Sign in to see it" in data
    assert TOKEN.encode() not in data


def test_a_certificate_nobody_vouches_for_is_refused(encrypted: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(sending.LineLostError, match="SSLCertVerificationError"):
        sending.send(Mail.NEWS, to=TO, pack=PACK)
    assert (encrypted.mails, encrypted.signed_in) == ([], [])


def test_a_certificate_of_another_name_is_refused(encrypted: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_SMTP", f"127.0.0.2:{encrypted.port}")
    with pytest.raises(sending.LineLostError):
        sending.send(Mail.NEWS, to=TO, pack=PACK)
    assert encrypted.mails == []


def test_a_server_that_takes_no_tls_is_given_nothing(clear: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_SMTP_TLS", "starttls")
    monkeypatch.setenv("WELLKEPT_SMTP_USER", USER)
    monkeypatch.setenv("WELLKEPT_SMTP_PASSWORD", PASSWORD)
    with pytest.raises(sending.MailError, match="SMTPNotSupportedError"):
        sending.send(Mail.NEWS, to=TO, pack=PACK)
    assert (clear.mails, clear.signed_in) == ([], [])


def test_a_wrong_password_is_said_without_it(encrypted: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WELLKEPT_SMTP_PASSWORD_FILE")
    monkeypatch.setenv("WELLKEPT_SMTP_PASSWORD", "another word")
    with pytest.raises(sending.MailError, match="SMTPAuthenticationError") as refused:
        sending.send(Mail.NEWS, to=TO, pack=PACK)
    assert "another word" not in str(refused.value)
    assert encrypted.mails == []


def test_a_user_without_a_password_sends_nothing(clear: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_SMTP_USER", USER)
    with pytest.raises(sending.MailError, match="No password"):
        sending.send(Mail.NEWS, to=TO, pack=PACK)
    assert clear.mails == []


@pytest.mark.parametrize(
    ("said", "host", "port", "how"),
    [
        ("", "mail.example", 587, "starttls"),
        ("", "mail.example", 25, "starttls"),
        ("", "mail.example", 465, "implicit"),
        ("", "127.0.0.1", 25, "none"),
        ("", "::1", 25, "none"),
        ("", "localhost", 465, "implicit"),
        ("starttls", "localhost", 25, "starttls"),
        ("implicit", "127.0.0.1", 2465, "implicit"),
        ("", "10.0.0.1", 25, "starttls"),
        ("", "127.0.0.1.example", 25, "starttls"),
    ],
)
def test_only_this_machine_itself_is_spoken_to_in_clear(
    monkeypatch: pytest.MonkeyPatch, said: str, host: str, port: int, how: str
) -> None:
    monkeypatch.setenv("WELLKEPT_SMTP_TLS", said)
    assert sending.transport(host, port) == how


def test_no_word_turns_encryption_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_SMTP_TLS", "none")
    with pytest.raises(sending.MailError):
        sending.transport("mail.example", 25)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("550 5.1.1 No such user", sending.NoSuchAddressError),
        ("550 No such user", sending.NoSuchAddressError),
        ("550 5.2.1 Mailbox closed", sending.NoSuchAddressError),
        ("554 5.7.1 Relay access denied", sending.MailError),
        ("550 5.7.1 You are on a list", sending.MailError),
        ("552 5.2.2 Mailbox full", sending.MailError),
        ("450 4.2.0 Greylisted", sending.MailError),
        ("451 4.3.0 Later", sending.MailError),
    ],
)
def test_only_an_answer_about_the_address_means_that_nobody_is_there(
    clear: Postbox, answer: str, kind: type[sending.MailError]
) -> None:
    clear.answers[TO] = answer
    with pytest.raises(sending.MailError) as refused:
        sending.send(Mail.NEWS, to=TO, pack=PACK)
    assert type(refused.value) is kind
    assert TO not in str(refused.value)


def test_a_line_goes_on_after_a_refusal(clear: Postbox) -> None:
    clear.answers[TO] = "550 5.1.1 No such user"
    with sending.line() as post:
        with pytest.raises(sending.NoSuchAddressError):
            post(sending.message(Mail.NEWS, to=TO, pack=PACK), "bounces@lakes.example")
        post(sending.message(Mail.NEWS, to="other@example.com", pack=PACK), "bounces@lakes.example")
    assert [to for _back, to, _data in clear.mails] == [["other@example.com"]]


def test_what_was_taken_stays_taken_however_the_server_says_goodbye(
    clear: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rude(_self: smtplib.SMTP) -> None:
        raise TimeoutError

    monkeypatch.setattr(smtplib.SMTP, "quit", rude)
    sending.send(Mail.NEWS, to=TO, pack=PACK)
    assert len(clear.mails) == 1


def test_a_publication_carries_the_link_that_one_click_follows(clear: Postbox) -> None:
    sending.send(Mail.PUBLICATION, to=TO, pack=PACK, token=TOKEN, leave="z" * 26)
    mail = message_from_bytes(clear.mails[0][2])
    link = f"https://portal.example/publications/leave/{'z' * 26}/"
    assert mail["List-Unsubscribe"] == f"<{link}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Subject"] == "A new publication"
    assert link in mail.get_payload()


@pytest.mark.parametrize("kind", [one for one in Mail if one is not Mail.PUBLICATION])
def test_no_other_mail_has_a_list_to_leave(kind: Mail) -> None:
    made = sending.message(kind, to=TO, pack=PACK, code="ABCD2345")
    assert "List-Unsubscribe" not in made


@pytest.mark.parametrize("kind", list(Mail))
@pytest.mark.parametrize("operator", ["umr", "pwer"])
def test_every_mail_names_the_phone_and_loads_nothing(kind: Mail, operator: str) -> None:
    pack = packs.named(operator)
    if contents.may(pack, "mail", kind):
        made = sending.message(kind, to=TO, pack=pack, code="ABCD2345", leave="z" * 26)
        assert pack.phone in made.get_content()
        assert made.get_content_type() == "text/plain"


def test_an_operator_without_publications_can_send_none() -> None:
    pack = replace(PACK, practices=MappingProxyType({**PACK.practices, "contents": ("service",)}))
    with pytest.raises(ValueError, match="sends no mail of the kind publication"):
        texts.text(Mail.PUBLICATION, pack=pack, site="https://portal.example")


@pytest.mark.parametrize(("operator", "allowed"), [("umr", []), ("pwer", ["offer"])])
def test_an_offer_goes_out_only_where_the_pack_has_them(
    monkeypatch: pytest.MonkeyPatch, operator: str, allowed: list[str]
) -> None:
    messages = {**contents.MESSAGES, ("mail", "offer"): Content.OFFER}
    monkeypatch.setattr(contents, "MESSAGES", messages)
    pack = packs.named(operator)
    assert [kind for way, kind, _content in contents.rows(pack) if (way, kind) == ("mail", "offer")] == allowed
    assert contents.may(pack, "mail", "offer") is bool(allowed)


def test_what_comes_back_is_known_by_its_shape_alone() -> None:
    ours = returning.address(PACK, TOKEN)
    assert returning.token_in(ours, PACK) == TOKEN
    assert returning.token_in(f"<{ours.upper()}>", PACK) == TOKEN
    for other in (
        "bounces@lakes.example",
        f"bounces+{TOKEN}@rowan.example",
        f"bounces+{TOKEN[:-1]}@lakes.example",
        f"bounces+{TOKEN}x@lakes.example",
        f"bounces+{TOKEN[:-1]}1@lakes.example",
        f"service+{TOKEN}@lakes.example",
        f"bounces+{TOKEN}@lakes.example@evil.example",
        "",
        "@",
        "bounces+",
    ):
        assert returning.token_in(other, PACK) == ""
