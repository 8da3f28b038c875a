"""Sends a mail over SMTP (RFC 5321) to the server that the operator names, encrypted but on this machine itself.

Serves U-27, U-28. A mail that cannot be delivered comes back to an address of its own (``returning``).
"""

import ipaddress
import os
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Final, Literal

from wellkept.exchange.mail import returning
from wellkept.exchange.mail.texts import Mail, text
from wellkept.policy.shapes import Pack

DIALLING: Final = 20
"""Seconds to reach the server and to sign in there."""

SPEAKING: Final = 4
"""Seconds for each answer after that: a transaction that waits for one may not live over five."""

NO_SUCH: Final = (550, 551, 553)
"""Answers to a recipient that mean the address, where no enhanced code says it better (RFC 5321, section 4.2.3)."""

_UNFOLDED: Final = SMTP.clone(max_line_length=300)
"""Links stay whole: a header that begins on its second line, or a link cut by a soft break, is lost to some."""

Post = Callable[[EmailMessage, str], None]
Transport = Literal["implicit", "starttls", "none"]


class MailError(Exception):
    """The server could not be reached or did not take the mail; the text is for the operator and names no address."""


class NoSuchAddressError(MailError):
    """The server says that there is no such mailbox: as if the mail had come back."""


class LineLostError(MailError):
    """The server is not reached, or not any more: the next mail fares no better."""


def configured() -> bool:
    """Whether this installation can send mail: ``WELLKEPT_SMTP`` names the server as host:port."""
    return bool(os.environ.get("WELLKEPT_SMTP"))


def site(pack: Pack) -> str:
    """Where the portal is, without a stroke at its end: ``WELLKEPT_ADDRESS``, else the operator's first host."""
    return (os.environ.get("WELLKEPT_ADDRESS") or f"https://{pack.hosts[0]}").rstrip("/")


def message(kind: Mail, *, to: str, pack: Pack, code: str = "", leave: str = "") -> EmailMessage:
    """A mail of that kind to one address. It asks for no receipt, loads nothing and is answered by customer service.

    ``leave`` is what names a subscriber in the link that ends it: one click is enough (RFC 8058).
    """
    where = f"{site(pack)}/publications/leave/{leave}/" if leave else ""
    words = text(kind, pack=pack, site=site(pack), code=code, leave=where)
    made = EmailMessage(policy=_UNFOLDED)
    made["From"] = pack.mailboxes["service"]
    made["To"] = to
    made["Subject"] = words.subject
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Message-ID"] = make_msgid(domain=returning.domain(pack))
    made["Auto-Submitted"] = "auto-generated"
    if where:
        made["List-Unsubscribe"] = f"<{where}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(words.words)
    return made


def send(kind: Mail, *, to: str, pack: Pack, code: str = "", token: str = "", leave: str = "") -> None:
    """Send it over a line of its own. ``token`` is what it comes back by (``notices.returns``), "" where nothing waits.

    Raises ``NoSuchAddressError`` where the server knows no such mailbox, ``MailError`` where the caller tries later.
    """
    with line() as post:
        post(message(kind, to=to, pack=pack, code=code, leave=leave), returning.address(pack, token))


@contextmanager
def line() -> Iterator[Post]:
    """A line to the server for as long as it is lent: a function of a mail and of the address it comes back to.

    Raises ``MailError`` where the server is not reached or does not let us in, before anybody is opened for a mail.
    """
    with _faults():
        server = _dialled()
    try:
        yield lambda made, back: _handed_over(server, made, back)
    finally:
        # What was taken stays taken, however the server says goodbye.
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


@contextmanager
def _faults() -> Iterator[None]:
    """Every fault of the line as a ``MailError`` that names no address."""
    try:
        yield
    except smtplib.SMTPException as error:
        kind = LineLostError if isinstance(error, smtplib.SMTPServerDisconnected) else MailError
        raise kind(f"The mail server did not take a mail ({type(error).__name__}).") from None
    except OSError as error:
        raise LineLostError(f"The mail server is not reached ({type(error).__name__}).") from None


def _dialled() -> smtplib.SMTP:
    """The server, reached, encrypted where it is not this machine itself, and signed in to."""
    host, _, port = os.environ["WELLKEPT_SMTP"].rpartition(":")
    host, how = host.strip("[]"), transport(host.strip("[]"), int(port))
    context = ssl.create_default_context()
    server = (
        smtplib.SMTP_SSL(host, int(port), timeout=DIALLING, context=context)
        if how == "implicit"
        else smtplib.SMTP(host, int(port), timeout=DIALLING)
    )
    try:
        if how == "starttls":
            server.starttls(context=context)
        if user := os.environ.get("WELLKEPT_SMTP_USER"):
            server.login(user, password())
        if server.sock is not None:
            server.sock.settimeout(SPEAKING)
    except BaseException:
        server.close()
        raise
    return server


def transport(host: str, port: int) -> Transport:
    """How the line is encrypted: as ``WELLKEPT_SMTP_TLS`` says, else from the first byte on port 465, else by STARTTLS.

    Only a server on this machine itself is spoken to in clear, and only where nothing else is said.
    """
    said = os.environ.get("WELLKEPT_SMTP_TLS", "")
    if said == "implicit" or (not said and port == smtplib.SMTP_SSL_PORT):
        return "implicit"
    if said not in ("", "starttls"):
        raise MailError('WELLKEPT_SMTP_TLS is "implicit" or "starttls".')
    return "none" if not said and local(host) else "starttls"


def password() -> str:
    """The password of the mail server: from the file ``WELLKEPT_SMTP_PASSWORD_FILE`` names, else as it is given."""
    if named := os.environ.get("WELLKEPT_SMTP_PASSWORD_FILE"):
        return Path(named).read_text(encoding="utf-8").strip("\r\n")
    try:
        return os.environ["WELLKEPT_SMTP_PASSWORD"]
    except KeyError:
        raise MailError("No password is given for WELLKEPT_SMTP_USER.") from None


def _handed_over(server: smtplib.SMTP, made: EmailMessage, back: str) -> None:
    """Give the server one mail; raises ``NoSuchAddressError`` where it says that there is no such mailbox."""
    with _faults():
        try:
            server.send_message(made, from_addr=back, to_addrs=[str(made["To"])])
        except smtplib.SMTPRecipientsRefused as error:
            if all(names_nobody(code, words) for code, words in error.recipients.values()):
                raise NoSuchAddressError("The mail server knows no such mailbox.") from None
            raise


def names_nobody(code: int, words: bytes) -> bool:
    """Whether an answer to a recipient means the address itself, and not what the server lets us do.

    The enhanced code says it where there is one (RFC 3463): 5.1 is the address, 5.2.1 a mailbox that is closed.
    """
    if not 500 <= code < 600:
        return False
    found = re.search(rb"\b5\.(\d{1,3})\.(\d{1,3})\b", words)
    return found[1] == b"1" or found.groups() == (b"2", b"1") if found else code in NO_SUCH


def local(host: str) -> bool:
    """Whether the server is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
