"""Takes what comes back over LMTP or SMTP on this machine (RFC 2033, RFC 5321), for the operator's own mail server.

Serves U-28. It takes mail to return addresses of ours alone, at most a few at a time and of a bounded size, relays
nothing, and keeps nothing: one function of the database is told a token, and no more.
"""

import logging
from asyncio import AbstractEventLoop
from collections.abc import Callable
from typing import Final

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from wellkept.exchange.mail import returning
from wellkept.policy.shapes import Pack

LARGEST: Final = 1024 * 1024
"""Bytes of a mail that is taken: ours are short, and so is what returns one."""

MOST_AT_ONCE: Final = 10
"""Recipients of one mail."""

IDLE: Final = 60
"""Seconds that a line may be silent."""

CameBack = Callable[[str], bool]
log: Final = logging.getLogger(__name__)


class Handler:
    """What the server asks for each mail. ``came_back`` is told the token of a mailbox that cannot be reached."""

    def __init__(self, pack: Pack, came_back: CameBack, loop: AbstractEventLoop) -> None:
        self.pack = pack
        self.came_back = came_back
        self.loop = loop

    async def handle_RCPT(  # noqa: N802  (its name is the server's)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take an address of ours, of the shape we give out; everybody else's is none of ours to pass on."""
        if not returning.token_in(address, self.pack):
            return "550 5.1.1 No such mailbox here"
        if len(envelope.rcpt_tos) >= MOST_AT_ONCE:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  (the same)
        """Read what it says. Whatever it is, it is answered alike; only a database that is away makes it wait."""
        tokens = [returning.token_in(one, self.pack) for one in envelope.rcpt_tos]
        try:
            await self.loop.run_in_executor(
                None, self.take, envelope.original_content or b"", envelope.mail_from, tokens
            )
        except Exception as error:  # noqa: BLE001  (whatever it was, the sender keeps the mail and nothing of it is logged)
            log.warning("A mail that came back could not be noted (%s).", type(error).__name__)
            return "451 4.3.0 Please try again later"
        return "250 2.0.0 OK"

    def take(self, data: bytes, sender: str | None, tokens: list[str]) -> None:
        """Tell the tokens of a mail that says its mailbox cannot be reached."""
        if returning.failed_for_good(data, sender=sender or ""):
            for token in tokens:
                self.came_back(token)


def server(pack: Pack, came_back: CameBack, loop: AbstractEventLoop, *, lmtp: bool) -> SMTP:
    """The protocol of one connection."""
    kind = LMTP if lmtp else SMTP
    return kind(
        Handler(pack, came_back, loop),
        data_size_limit=LARGEST,
        hostname=returning.domain(pack),
        ident="Returned mail",
        timeout=IDLE,
        loop=loop,
    )
