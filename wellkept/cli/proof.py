"""``wellkept proof``: try to break every promise, and keep what happened."""

import contextlib
import os
import signal
import time
from datetime import date, datetime
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click
import psycopg

from wellkept.cli import cluster, probing
from wellkept.cli.rehearsal import rehearsed
from wellkept.policy import packs
from wellkept.policy.controls import Control
from wellkept.proof import actions
from wellkept.proof.family import Family
from wellkept.proof.ground import Ground, Rehearsal, Try

OPERATOR = click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose promises.")
TRUST = click.option(
    "--trust", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The certificate that is shown there."
)
BASE = click.option("--base", default="http://127.0.0.1:8000", show_default=True, help="Where its pages are served.")


@click.group()
def command() -> None:
    """Try to break every promise."""


@command.command()
@OPERATOR
@BASE
@TRUST
@click.option("--every", type=click.IntRange(1), help="Repeat after so many minutes, until told to stop.")
@click.option("--quiet", is_flag=True, help="Print what did not hold, and nothing else.")
def run(*, operator: str, base: str, trust: Path | None, every: int | None, quiet: bool) -> None:
    """Make one round of tries. Ends with code 1 when something did not hold."""
    signal.signal(signal.SIGTERM, stop)
    if every is not None:
        probing.wait_for(base)
    while True:
        try:
            people = probing.family(operator=operator, base=base, trusted=trust)
            whole, tried = once(operator=operator, base=base, trusted=trust, people=people, quiet=quiet), True
        except (OSError, cluster.ClusterError) as error:
            if every is None:
                raise click.ClickException(f"The portal at {base} could not be tried: {error}") from error
            whole = tried = False
        if every is None:
            raise click.exceptions.Exit(0 if whole else 1)
        time.sleep(every * 60 if tried else min(every * 60, 60))


def stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """SIGTERM ends what a probe has started, too."""
    raise click.exceptions.Exit(0)


def once(*, operator: str, base: str, trusted: Path | None, people: Family, quiet: bool) -> bool:
    """One round; prints a line a try."""
    pack = packs.named(operator)
    version = packs.now_in_force(pack)

    def each(control: Control, one: Try) -> None:
        if not (quiet and one.held):
            click.echo(f"{'held  ' if one.held else 'BROKEN'} {control.id}: {one.name}: {one.outcome}")

    with (
        cluster.connect(operator=operator, role="proof", autocommit=True) as evidence,
        contextlib.ExitStack() as round_,
    ):
        here = ground(operator=operator, base=base, trusted=trusted, people=people, round_=round_)
        return actions.run(here, version, evidence=evidence, each=each)


def ground(
    *, operator: str, base: str, people: Family, round_: contextlib.ExitStack, trusted: Path | None = None
) -> Ground:
    """The installation as a probe sees it. What a probe has started ends with ``round_``."""
    state = cluster.state_folder()
    others = sorted(path.name for path in packs.packs_folder().iterdir() if path.is_dir() and path.name != operator)
    here = [name for name in others if (state / name / "secrets").is_dir()]
    pack, started = packs.named(operator), list[Rehearsal]()

    def rehearse() -> Rehearsal:
        if not started:
            started.append(round_.enter_context(rehearsed(pack, today=today(pack.time_zone).isoformat())))
        return started[0]

    return Ground(
        pack=pack,
        base=base,
        connect=lambda role: cluster.connect(operator=operator, role=role, autocommit=True),
        connect_keys=lambda role: cluster.connect(operator=operator, role=role, database="keys", autocommit=True),
        other_operator=here[0] if here else None,
        connect_across=lambda role, other: across(operator=operator, role=role, other=other),
        members=people.members,
        staff=people.staff,
        logs=logs(state, operator),
        state=state,
        issue_codes=lambda member, count, minutes: probing.issue_codes(operator, member, count, minutes),
        rehearse=rehearse,
        say=probing.say,
        trusted=trusted,
    )


def across(*, operator: str, role: str, other: str) -> psycopg.Connection[Any]:
    """A try to reach another operator's records with this operator's role."""
    parts = cluster.parameters(operator=operator, role=role) | {"dbname": f"wellkept_{other}"}
    return psycopg.connect(**parts)


def logs(state: Path, operator: str) -> tuple[Path, ...]:
    """The logs that a visit could reach: the database's, the portal's own, and where we write, if that is a file.

    ``wellkept serve`` lets the pages and the probes write to the same place.
    """
    found = [state / "postgres" / "postgres.log", *sorted((state / operator / "log").glob("*"))]
    found += [Path(os.path.realpath(f"/proc/self/fd/{number}")) for number in (1, 2)]
    return tuple(dict.fromkeys(path for path in found if path.is_file()))


def today(time_zone: str) -> date:
    """The day it is where the operator works."""
    return datetime.now(ZoneInfo(time_zone)).date()
