"""What takes returned mail takes it for our own addresses alone, relays nothing, and tells a token and no more."""

import asyncio
import logging
import smtplib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.exchange.mail.test_returning import OURS, TOKEN, plain, report
from wellkept.cli.cluster.server import free_port
from wellkept.exchange.mail import receiving
from wellkept.policy import packs

PACK = packs.named("umr")


@dataclass
class Listening:
    """Where it listens, and the tokens it was told of."""

    port: int
    came_back: list[str] = field(default_factory=list)


@contextmanager
def listening(*, lmtp: bool, note: Callable[[str], bool] | None = None) -> Iterator[Listening]:
    """The server in a thread of its own, for as long as it is lent."""
    here, loop, ready = Listening(free_port()), asyncio.new_event_loop(), threading.Event()

    def told(token: str) -> bool:
        here.came_back.append(token)
        return True

    async def serve() -> None:
        stop = asyncio.Event()
        loop.call_soon_threadsafe(ready.set)
        stops.append(lambda: loop.call_soon_threadsafe(stop.set))
        server = await loop.create_server(
            lambda: receiving.server(PACK, note or told, loop, lmtp=lmtp), "127.0.0.1", here.port
        )
        opened.set()
        async with server:
            await stop.wait()
        await loop.shutdown_default_executor()

    stops: list[Callable[[], object]] = []
    opened = threading.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert opened.wait(10)
    try:
        yield here
    finally:
        stops[0]()
        thread.join(10)
        loop.close()


@pytest.fixture(params=[True, False], ids=["LMTP", "SMTP"])
def server(request: pytest.FixtureRequest) -> Iterator[Listening]:
    with listening(lmtp=request.param) as here:
        yield here


def client(here: Listening) -> smtplib.SMTP:
    """A client that speaks whichever of the two the server does."""
    spoken = smtplib.SMTP("127.0.0.1", here.port, local_hostname="relay.example", timeout=10)
    if spoken.docmd("LHLO", "relay.example")[0] != 250:
        spoken.ehlo()
    spoken.helo_resp = b"said"
    return spoken


def given(here: Listening, data: bytes, *, sender: str = "", to: tuple[str, ...] = (OURS,)) -> int:
    """What the server answers in the end."""
    spoken = client(here)
    try:
        spoken.mail(sender)
        for one in to:
            code, _ = spoken.rcpt(one)
            if code >= 400:
                return code
        return spoken.data(data)[0]
    finally:
        spoken.close()


def test_a_report_tells_its_token_and_a_delay_does_not(server: Listening) -> None:
    assert given(server, report(action="delayed", status="4.4.1")) == 250
    assert server.came_back == []
    assert given(server, report()) == 250
    assert server.came_back == [TOKEN]


def test_a_plain_return_counts_from_nobody_alone(server: Listening) -> None:
    assert given(server, plain(), sender="somebody@example.com") == 250
    assert server.came_back == []
    assert given(server, plain()) == 250
    assert server.came_back == [TOKEN]


@pytest.mark.parametrize(
    "other",
    [
        "service@lakes.example",
        "somebody@example.com",
        "bounces@lakes.example",
        f"bounces+{TOKEN}@example.com",
        f"bounces+{TOKEN}@example.com@lakes.example",
        f"@lakes.example:bounces+{TOKEN}@example.com",
        "bounces+short@lakes.example",
        "postmaster",
    ],
)
def test_it_passes_nothing_on_for_anybody(server: Listening, other: str) -> None:
    assert given(server, report(), to=(other,)) >= 500
    assert server.came_back == []


def test_a_mail_for_many_is_taken_for_a_few(server: Listening) -> None:
    many = tuple(f"bounces+{'a' * 25}{letter}@lakes.example" for letter in "abcdefghijkl")
    assert given(server, report(), to=many) == 452


def test_too_large_a_mail_is_refused(server: Listening) -> None:
    try:
        code = given(server, report() + b"x" * 62 + b"\r\n" + (b"x" * 62 + b"\r\n") * (receiving.LARGEST // 32))
    except (smtplib.SMTPServerDisconnected, ConnectionError):
        code = 552
    assert code == 552
    assert server.came_back == []


def test_it_takes_no_sign_in_and_verifies_nobody(server: Listening) -> None:
    spoken = client(server)
    assert spoken.docmd("AUTH", "PLAIN AGEAYg==")[0] >= 500
    assert spoken.verify(OURS)[0] in (252, 502)
    assert spoken.docmd("EXPN", "list")[0] >= 500
    spoken.close()


def test_a_line_that_breaks_off_says_nothing(server: Listening) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(b"EHLO x\r\nLHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<" + OURS.encode() + b">\r\nDATA\r\nSubject: half")
    assert given(server, report()) == 250
    assert server.came_back == [TOKEN]


def test_a_database_that_is_away_makes_the_sender_try_again_and_logs_nothing_of_the_mail(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def away(_token: str) -> bool:
        raise OSError(OURS)

    with caplog.at_level(logging.DEBUG, logger="wellkept"), listening(lmtp=True, note=away) as here:
        assert given(here, report()) == 451
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("wellkept")]
    assert ours == ["A mail that came back could not be noted (OSError)."]
