"""Find free ports, bring both operators to life, and serve them with an index of who can sign in."""

import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from wellkept.cli import cluster
from wellkept.cli.cluster import ClusterError
from wellkept.cli.demo import arriving, serving
from wellkept.cli.serve import check_port
from wellkept.policy.shapes import PackError

OPERATORS = ("umr", "pwer")
HOST = "127.0.0.1"
LAST = 65533


@click.command(name="demo")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, LAST), help="The index; the portals follow."
)
@click.option("--members", default=240, show_default=True, type=click.IntRange(8, 200_000), help="People in each book.")
def command(*, port: int, members: int) -> None:
    """Run both operators with made-up people until Ctrl-C. What they do is kept for the next time."""
    state = cluster.state_folder()
    signal.signal(signal.SIGTERM, end)
    began = False
    try:
        check_ports(port)
        began = not running(state)
        accounts = arriving.arrive(OPERATORS, state=state, members=members, port=port, say=say)
        serving.serve(OPERATORS, state=state, port=port, ready=lambda: welcome(port, accounts))
    except (ClusterError, PackError, arriving.StepError) as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):  # a second Ctrl-C must not leave the database running
            signal.signal(number, signal.SIG_IGN)
        if began:
            with suppress(ClusterError):
                cluster.stop(state)


def end(_number: int, _frame: FrameType | None) -> NoReturn:
    """SIGTERM before everything runs ends as Ctrl-C does."""
    raise KeyboardInterrupt


def say(sentence: str) -> None:
    """One line, at once."""
    click.echo(sentence)
    sys.stdout.flush()


def check_ports(port: int) -> None:
    """Raise ``ClusterError`` with what to do when one of the three ports is in use."""
    for number in range(port, port + 1 + len(OPERATORS)):
        try:
            check_port(host=HOST, port=number)
        except ClusterError as error:
            raise ClusterError(
                f"Port {number} is in use, perhaps by another demonstration: say `make demo PORT={port + 10}`,"
                f" or `wellkept demo --port {port + 10}`."
            ) from error


def running(state: Path) -> bool:
    """Whether the database of this state folder runs already."""
    return state.exists() and cluster.status(state).running


def welcome(port: int, accounts: Sequence[str]) -> None:
    """What to open, and who can sign in."""
    say("")
    for line in accounts:
        say(f"  {line}")
    say(f"\n  Open http://localhost:{port}/   (Ctrl-C stops everything; what you did is kept)\n")
