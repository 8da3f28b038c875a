"""A real mail server for the tests (aiosmtpd): with TLS from the first byte or by STARTTLS, a sign-in, refusals."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from wellkept.cli.cluster.server import free_port
from wellkept.cli.rehearsal import vouched

USER, PASSWORD = "portal", "a word of the mail server"


@dataclass
class Postbox:
    """Where it listens, what it shows, every mail with its envelope, and what it answers to some recipients."""

    port: int = 0
    certificate: Path | None = None
    mails: list[tuple[str | None, list[str], bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    signed_in: list[bytes] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        carried = server.transport
        assert carried is not None
        self.encrypted.append(session.ssl is not None or carried.get_extra_info("sslcontext") is not None)
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content or b""))
        return "250 OK"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.signed_in.append(data.login)
        return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)


@contextmanager
def postbox(folder: Path, *, how: str = "none", sign_in: bool = False) -> Iterator[Postbox]:
    """The server for as long as it is lent: ``how`` is "implicit", "starttls" or "none"."""
    box = Postbox(port=free_port())
    context = None
    if how != "none":
        box.certificate, key = vouched(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(box.certificate, key)
    named: dict[str, Any] = {"require_starttls": True, "tls_context": context} if how == "starttls" else {}
    if sign_in:
        # The library sees no TLS that began before it, and warns of a sign-in that is asked for there.
        seen = how == "starttls"
        named |= {"authenticator": box.authenticate, "auth_required": seen, "auth_require_tls": seen}
    if how == "implicit":
        named |= {"ssl_context": context}
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **named)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
