"""Sends a mail over SMTP (RFC 5321) to the server that the operator names, encrypted but on this machine itself."""

import ipaddress
import os
import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from wellkept.exchange.mail.texts import Mail, text
from wellkept.policy.shapes import Pack

SECONDS = 20


class MailError(Exception):
    """The server could not be reached or did not take the mail; the text is for the operator and names no address."""


def configured() -> bool:
    """Whether this installation can send mail: ``WELLKEPT_SMTP`` names the server as host:port."""
    return bool(os.environ.get("WELLKEPT_SMTP"))


def site(pack: Pack) -> str:
    """Where the portal is, without a stroke at its end: ``WELLKEPT_ADDRESS``, else the operator's first host."""
    return (os.environ.get("WELLKEPT_ADDRESS") or f"https://{pack.hosts[0]}").rstrip("/")


def message(kind: Mail, *, to: str, pack: Pack, code: str = "") -> EmailMessage:
    """A mail of that kind to one address. It asks for no receipt, loads nothing and is answered by customer service."""
    words = text(kind, pack=pack, site=site(pack), code=code)
    made = EmailMessage(policy=SMTP)
    made["From"] = pack.mailboxes["service"]
    made["To"] = to
    made["Subject"] = words.subject
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Message-ID"] = make_msgid(domain=pack.mailboxes["service"].rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(words.words)
    return made


def send(kind: Mail, *, to: str, pack: Pack, code: str = "") -> None:
    """Send it. Raises ``MailError``; the caller tries again later."""
    host, _, port = os.environ["WELLKEPT_SMTP"].rpartition(":")
    try:
        with smtplib.SMTP(host.strip("[]"), int(port), timeout=SECONDS) as server:
            if not local(host.strip("[]")):
                server.starttls(context=ssl.create_default_context())
            if user := os.environ.get("WELLKEPT_SMTP_USER"):
                server.login(user, os.environ["WELLKEPT_SMTP_PASSWORD"])
            server.send_message(message(kind, to=to, pack=pack, code=code))
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(f"The mail server did not take a mail ({type(error).__name__}).") from None


def local(host: str) -> bool:
    """Whether the server is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
