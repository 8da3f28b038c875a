"""``wellkept import folder``: what lies in a folder, once or for as long as the process runs."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wellkept.cli import cluster
from wellkept.cli.imports.running import OPERATOR, Stopped, closing_connections, house, plainly
from wellkept.cli.process import become
from wellkept.cli.supervise import signals

if TYPE_CHECKING:
    from wellkept.cli.imports.inbox import Inbox

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@OPERATOR
@click.option("--every", type=click.FloatRange(0.1, 3600), help="Look again after so many seconds, until told to stop.")
@click.argument("path", required=False, envvar="WELLKEPT_INBOX", type=FOLDER)
def folder(path: Path | None, operator: str, every: float | None) -> None:
    """Read the files of a folder: X12, FHIR, and tables with a mapping beside them.

    Without PATH it is the operator's own inbox in the state folder. A file that is still being written is left until it
    lies still; one that ends in .part is left alone. Exit code 0: the folder was gone through; 2: it could not be.
    """
    with plainly():
        if not os.environ.get("WELLKEPT_SECRET"):
            cluster.ensure_running(cluster.state_folder())
        become(operator=operator, role="intake")
        from wellkept.cli.imports.inbox import STILL, Inbox

        inbox = Inbox(path or own(operator), say=click.echo)
        with closing_connections(), signals() as (asked_to_stop, wait):
            go_through(inbox, until=asked_to_stop, wait=wait, every=every, first=STILL)


def own(operator: str) -> Path:
    """The operator's inbox, made where it is missing."""
    inbox = cluster.state_folder() / operator / "inbox"
    inbox.mkdir(mode=0o700, parents=True, exist_ok=True)
    return inbox


def go_through(
    inbox: "Inbox",
    *,
    until: Callable[[], bool],
    wait: Callable[[float | None], None],
    every: float | None,
    first: float,
) -> None:
    """One round, a second one for what did not lie still yet, and one after the other if that was asked for."""
    rounds = 0
    while not until():
        one_round(inbox)
        rounds += 1
        if every is None and (rounds > 1 or not inbox.seen):
            return
        wait(every if every is not None else first)


def one_round(inbox: "Inbox") -> None:
    """Read what lies still, and apply what waits. While another process reads files, this one waits its turn."""
    from wellkept.cli.imports.inbox import swept, taken
    from wellkept.intake import arrivals
    from wellkept.intake.actions import reading
    from wellkept.intake.applying import apply_all
    from wellkept.intake.faults import AnotherReaderError
    from wellkept.intake.splitting import asked, split_all

    try:
        if left := swept(inbox.folder):
            inbox.say(f"{left} files that were half handed in a day ago were removed.")
        files = inbox.still()
    except OSError as error:
        raise Stopped(f"{inbox.folder} cannot be looked through: {error.strerror}.") from None
    if not (files or arrivals.something_waits() or asked()):
        return
    try:
        with reading():
            here = house()
            taken(inbox, files)
            apply_all(here)
            split_all(hashes=here.hashes, collected_under=here.collected_under)
    except AnotherReaderError:
        return
