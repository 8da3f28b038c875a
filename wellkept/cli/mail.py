"""``wellkept mail``: try our mails, and take those that come back.

Serves U-27, U-28. What takes them runs under a role that may do one thing: say that a token came back.
"""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import click

from wellkept.cli import cluster
from wellkept.cli.process import become
from wellkept.cli.serve import is_loopback

MOST = 1024 * 1024
UNREACHED = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and tries again."""


@click.group(name="mail")
def command() -> None:
    """Mail that goes out, and mail that comes back."""


@command.command(name="try")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose mails.")
@click.option("--to", required=True, help="Your own address.")
def try_mail(operator: str, to: str) -> None:
    """Send every kind of mail we can send to yourself, over the server that WELLKEPT_SMTP names."""
    from wellkept.exchange.mail import sending
    from wellkept.exchange.mail.texts import Mail
    from wellkept.policy import contents, packs

    pack = packs.named(operator)
    if not sending.configured():
        raise click.ClickException("No mail server is named: set WELLKEPT_SMTP to its host:port.")
    for kind in Mail:
        if not contents.may(pack, "mail", kind):
            click.echo(f"{kind.value}: not sent by this operator.")
            continue
        leave = "a" * 26 if kind == Mail.PUBLICATION else ""
        try:
            sending.send(kind, to=to, pack=pack, code="ABCD2345", leave=leave)
        except sending.MailError as error:
            raise click.ClickException(str(error)) from None
        click.echo(f"{kind.value}: sent.")


@command.command(name="take")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose mail came back.")
@click.option("--to", default="", help="The address it came to, as the mail server knows it; else its headers say.")
@click.option("--sender", default=None, help="Who sent it by the envelope; empty or <> is nobody.")
def take(operator: str, to: str, sender: str | None) -> None:
    """Read one mail that came back from standard input, for a pipe of the mail server."""
    from wellkept.exchange.mail import returning
    from wellkept.policy import packs

    data, pack = sys.stdin.buffer.read(MOST), packs.named(operator)
    token = returning.token_in(to, pack) if to else returning.token_of(data, pack)
    if not token or not returning.failed_for_good(data, sender=sender):
        return
    try:
        noted(operator)(token)
    except Exception as error:  # noqa: BLE001  (nothing of the mail may reach a log; the server tries again)
        click.echo(f"A mail that came back could not be noted ({type(error).__name__}).", err=True)
        sys.exit(UNREACHED)


@command.command(name="listen")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose mail comes back.")
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine itself.")
@click.option("--port", required=True, type=click.IntRange(1, 65535))
@click.option("--smtp", is_flag=True, help="Speak SMTP; without it LMTP (RFC 2033).")
def listen(*, operator: str, host: str, port: int, smtp: bool) -> None:
    """Take mails that come back until told to stop, from the mail server on this machine."""
    if not is_loopback(host):
        raise click.ClickException(f"Mail that comes back is taken on this machine alone, not on {host}.")
    note = noted(operator)
    # The library names whoever sends and receives.
    logging.getLogger("mail").setLevel(logging.CRITICAL + 1)
    try:
        asyncio.run(serving(operator, host=host, port=port, smtp=smtp, note=note))
    except OSError as error:
        raise click.ClickException(f"{host} port {port} cannot be listened on: {error.strerror}.") from None


async def serving(operator: str, *, host: str, port: int, smtp: bool, note: Callable[[str], bool]) -> None:
    """Listen until SIGTERM or SIGINT."""
    from wellkept.exchange.mail import receiving
    from wellkept.policy import packs

    pack, loop, stopped = packs.named(operator), asyncio.get_running_loop(), asyncio.Event()
    # One thread, and so one connection of the database.
    loop.set_default_executor(ThreadPoolExecutor(max_workers=1))
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    server = await loop.create_server(
        lambda: receiving.server(pack, note, loop, lmtp=not smtp), host.strip("[]"), port, backlog=50
    )
    async with server:
        click.echo(f"Mails that come back are taken at {host} port {port}.")
        await stopped.wait()


def noted(operator: str) -> Callable[[str], bool]:
    """Become the one role that takes them; returns what tells the database that a token came back."""
    try:
        cluster.secret(operator=operator, role="mail")
    except cluster.ClusterError as error:
        raise click.ClickException(str(error)) from error
    become(operator=operator, role="mail")
    from django.db import close_old_connections

    from wellkept.notices import returns

    def note(token: str) -> bool:
        close_old_connections()
        return returns.came_back(token)

    return note
