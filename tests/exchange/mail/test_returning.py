"""What comes back is read for one thing alone, however it is made: whether a mailbox can never be reached."""

import random
from email.message import EmailMessage
from pathlib import Path

import pytest

from wellkept.exchange.mail import returning
from wellkept.policy import packs

PACK = packs.named("umr")
TOKEN = "abcdefghijklmnopqrstuvwxyz"
OURS = f"bounces+{TOKEN}@lakes.example"
ADVERSARIAL = Path(__file__).parents[4] / "shared" / "data" / "adversarial"


def report(*, action: str = "failed", status: str = "5.1.1", kind: str = "delivery-status", blocks: int = 1) -> bytes:
    """A report of RFC 3464, as Postfix writes one."""
    recipient = f"Final-Recipient: rfc822; gone@example.com\r\nAction: {action}\r\nStatus: {status}\r\n"
    lines = [
        "Return-Path: <>",
        "From: MAILER-DAEMON@relay.example",
        f"To: {OURS}",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/report; report-type={kind}; boundary="B"',
        "",
        "--B",
        "Content-Type: text/plain",
        "",
        "This is the mail system at relay.example. 550 5.1.1 No such user",
        "",
        "--B",
        f"Content-Type: message/{kind}",
        "",
        "Reporting-MTA: dns; relay.example",
        "",
        *[recipient] * blocks,
        "--B",
        "Content-Type: message/rfc822",
        "",
        "Subject: A new publication",
        "",
        "canary",
        "--B--",
        "",
    ]
    return "\r\n".join(lines).encode()


def plain(*, sent: str = "", more: str = "", words: str = "550 5.1.1 <gone@example.com>: no such user") -> bytes:
    """A return as programs write one that know no report."""
    return f"Return-Path: <{sent}>\r\nTo: {OURS}\r\nSubject: failure notice\r\n{more}\r\n{words}\r\n".encode()


@pytest.mark.parametrize(
    ("made", "failed"),
    [
        (report(), True),
        (report(status="5.2.2 (mailbox full)"), True),
        (report(status="5.7.1"), True),
        (report(blocks=3), True),
        (report(action="FAILED"), True),
        (report(action="delayed", status="4.4.1"), False),
        (report(action="failed", status="4.4.7"), False),
        (report(action="delivered", status="2.0.0"), False),
        (report(action="relayed", status="5.0.0"), False),
        (report(action="expanded"), False),
        (report(status="5.x"), False),
        (report(status="25.1.1"), False),
        (report(kind="disposition-notification"), False),
        (plain(), True),
        (plain(words="Remote host said: 550 unknown user"), True),
        (plain(words="The mailbox is unavailable. 4.2.2 over quota, trying again"), False),
        (plain(words="I am away until Monday 5.1.2027."), False),
        (plain(words="Thank you for your mail. Call 555-0140."), False),
        (plain(sent="somebody@example.com"), False),
        (plain(more="Auto-Submitted: auto-replied\r\n"), False),
        (plain(words="version 15.1.1 and 5.1.1.1"), False),
        (b"", False),
        (b"\r\n\r\n550 5.1.1", False),
    ],
)
def test_it_reads_what_failed_for_good_and_nothing_else(made: bytes, failed: bool) -> None:  # noqa: FBT001
    assert returning.failed_for_good(made) is failed


def test_the_sender_of_the_envelope_decides_where_it_is_known() -> None:
    assert returning.failed_for_good(plain(sent="somebody@example.com"), sender="")
    assert not returning.failed_for_good(plain(), sender="somebody@example.com")


def test_the_headers_name_one_token_or_none() -> None:
    assert returning.token_of(report(), PACK) == TOKEN
    assert returning.token_of(b"Delivered-To: " + OURS.encode() + b"\r\n\r\nx", PACK) == TOKEN
    other = f"bounces+{'2' * 26}@lakes.example"
    assert returning.token_of(f"To: {OURS}, {other}\r\n\r\nx".encode(), PACK) == ""
    assert returning.token_of(b"To: service@lakes.example\r\n\r\nx", PACK) == ""


def hostile() -> dict[str, bytes]:
    """Mails made to be hard to read: nested, endless, broken, full of what breaks parsers."""
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (level, level) for level in range(5000)
    )
    deep = b"Content-Type: message/rfc822\r\n\r\n" * 5000
    big = b"Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n"
    return {
        "nested multiparts": nested,
        "mails in mails": deep,
        "one header of a megabyte": b"Subject: " + b"a" * 2**20 + b"\r\n\r\n",
        "a hundred thousand headers": b"X: y\r\n" * 100_000 + b"\r\n",
        "a hundred thousand parts": big + b"--B\r\n\r\n" * 100_000,
        "a hundred thousand blocks": big
        + b"--B\r\nContent-Type: message/delivery-status\r\n\r\n"
        + b"a: b\r\n\r\n" * 100_000,
        "comments in comments": b"Content-Type: text/plain" + b"(" * 50_000 + b"\r\n\r\n",
        "a parameter of pieces": b"Content-Type: text/plain"
        + b"".join(b";\r\n a*%d=b" % n for n in range(20_000))
        + b"\r\n\r\n",
        "a boundary of nothing": b'Content-Type: multipart/report; boundary=""\r\n\r\n--\r\n',
        "encoded words": b"To: " + b"=?utf-8?q?=41?= " * 20_000 + b"\r\n\r\n",
        "charset of none": b"Content-Type: text/plain; charset=nothing-there\r\n\r\n5\xff.1.1 \xff\xfe",
        "base64 that is none": b"Content-Transfer-Encoding: base64\r\nReturn-Path: <>\r\n\r\n!!!!" + b"A" * 100_000,
        "uuencode": b"Content-Transfer-Encoding: x-uuencode\r\nReturn-Path: <>\r\n\r\nbegin 666 x\r\n" + b"M" * 50_000,
        "zeroes": bytes(300_000),
        "continuation lines": b"To: a" + b"\r\n " * 100_000 + b"\r\n\r\n",
        "digits": b"Return-Path: <>\r\n\r\n" + b"5." * 100_000,
        "addresses": b"To: " + b"bounces+" * 30_000 + b"\r\n\r\n",
    }


@pytest.mark.parametrize("name", list(hostile()))
def test_a_hostile_mail_is_read_and_changes_nothing(name: str) -> None:
    made = hostile()[name]
    assert returning.failed_for_good(made, sender="") is False
    assert returning.token_of(made, PACK) == ""


def test_no_spoilt_report_is_a_fault() -> None:
    """A report with bytes changed, cut and doubled at random places is read, or is not: it never raises."""
    chosen, whole = random.Random(3464), report()  # noqa: S311  (the same bytes on every run)
    for _ in range(500):
        made = bytearray(whole)
        for _change in range(chosen.randint(1, 12)):
            at = chosen.randrange(len(made))
            made[at : at + chosen.randint(0, 3)] = bytes(chosen.randrange(256) for _byte in range(chosen.randint(0, 3)))
        assert returning.failed_for_good(bytes(made)) in (True, False)
        returning.token_of(bytes(made), PACK)


@pytest.mark.skipif(not ADVERSARIAL.is_dir(), reason="the shared data do not lie beside this checkout")
def test_what_breaks_other_readers_does_not_break_this_one() -> None:
    lines = [line for path in ADVERSARIAL.rglob("*.txt") for line in path.read_bytes().splitlines()[:400]]
    assert lines
    for line in lines:
        for made in (b"To: " + line + b"\r\n\r\n" + line, b"Content-Type: " + line + b"\r\n\r\n", line):
            assert returning.failed_for_good(made) is False
            assert returning.token_of(made, PACK) == ""


def test_a_report_made_by_a_library_is_read() -> None:
    made = EmailMessage()
    made["To"] = OURS
    made["Return-Path"] = "<>"
    made.set_content("550 5.1.1 unknown")
    assert returning.failed_for_good(made.as_bytes())
