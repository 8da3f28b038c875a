"""``wellkept proof``: try to break every promise, and keep what happened."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

import click
import psycopg

from wellkept.cli import cluster, probe_back, probing
from wellkept.cli.probe_lines import issuing, lending
from wellkept.cli.rehearsal import rehearsed
from wellkept.policy import controls, packs
from wellkept.policy.controls import Control
from wellkept.policy.names import ROOT
from wellkept.proof import actions
from wellkept.proof import release as shipped
from wellkept.proof.family import Family
from wellkept.proof.ground import Ground, Rehearsal, Try

OPERATOR = click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose promises.")
TRUST = click.option(
    "--trust", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The certificate that is shown there."
)
BASE = click.option("--base", default="http://127.0.0.1:8000", show_default=True, help="Where its pages are served.")

CHROMIUM: Final = "WELLKEPT_CHROMIUM"
WORTH: Final = {
    "none": "No result came with this build.",
    "unsigned": "Not counted: the result is not signed.",
    "forged": "Not counted: the result does not fit its signature.",
    "other build": "Not counted: the result is of another build.",
    "good": "It counts: signed, and made from this source.",
}


@click.group()
def command() -> None:
    """Try to break every promise."""


@command.command()
@OPERATOR
@BASE
@TRUST
@click.option("--entrance", default="", help="Where the entrance is served, if it is a process of its own.")
@click.option("--every", type=click.IntRange(1), help="Repeat after so many minutes, until told to stop.")
@click.option("--quiet", is_flag=True, help="Print what did not hold, and nothing else.")
def run(*, operator: str, base: str, trust: Path | None, entrance: str, every: int | None, quiet: bool) -> None:
    """Make one round of tries. Ends with code 1 when something did not hold."""
    signal.signal(signal.SIGTERM, stop)
    if every is not None:
        probing.wait_for(base)
    while True:
        try:
            people = probing.family(operator=operator, base=base, trusted=trust, entrance=entrance)
            whole = once(
                operator=operator, base=base, trusted=trust, people=people, quiet=quiet, every=every, entrance=entrance
            )
            tried = True
        except (OSError, cluster.ClusterError) as error:
            if every is None:
                raise click.ClickException(f"The portal at {base} could not be tried: {error}") from error
            whole = tried = False
        if every is None:
            raise click.exceptions.Exit(0 if whole else 1)
        time.sleep(every * 60 if tried else min(every * 60, 60))


@command.command()
def release() -> None:
    """Make the tries that need a browser or a new database, and write what came of them for this build.

    They are the tests marked `release` of a checkout. Ends with code 1 when something did not hold.
    """
    if not (ROOT / "tests" / "release").is_dir():
        raise click.ClickException("The tries before a release are made in a checkout, and this is none.")
    with tempfile.TemporaryDirectory() as folder:
        heard = Path(folder) / "tries"
        words = [sys.executable, "-m", "pytest", "-q", "-m", "release", "-p", "no:cacheprovider", "tests/release"]
        done = subprocess.run(words, cwd=ROOT, check=False, env=plain() | {"WELLKEPT_RELEASE_TRIES": str(heard)})
        lines = heard.read_text(encoding="utf-8").splitlines() if heard.exists() else []
    tries: dict[str, list[Try]] = {}
    for told in map(json.loads, lines):
        tries.setdefault(told.pop("control"), []).append(Try(**told))
    for control in controls.house().values():
        if control.kind == "release" and control.id not in tries:
            tries[control.id] = [actions.UNFINISHED]
    (shipped.HERE / shipped.SIGNATURE).unlink(missing_ok=True)
    (shipped.HERE / shipped.RESULT).write_text(shipped.written(tries, made=datetime.now(UTC)), encoding="utf-8")
    held = sum(one.held for several in tries.values() for one in several)
    click.echo(f"{held} of {sum(map(len, tries.values()))} tries held. Not signed yet: say `wellkept proof sign`.")
    raise click.exceptions.Exit(1 if done.returncode else 0)


@command.command()
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
def result(folders: tuple[Path, ...]) -> None:
    """Say what the signed results in FOLDERS, or of this build, are worth. Ends with code 1 unless all count."""
    whole = True
    for folder in folders or (shipped.HERE,):
        found = shipped.read(folder)
        click.echo(f"{folder.name}: {WORTH[found.standing]}")
        whole = whole and found.standing == "good"
    raise click.exceptions.Exit(0 if whole else 1)


@command.command()
@click.option(
    "--key",
    "path",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A private Ed25519 key in PEM, as `openssl genpkey -algorithm ed25519` makes one. It stays where it is.",
)
@click.option("--new-key", is_flag=True, help="Ship the public half of this key from now on.")
def sign(path: Path, *, new_key: bool) -> None:
    """Sign what `wellkept proof release` wrote. Refuses a result of other source than this."""
    try:
        told = shipped.signed(shipped.HERE, path.read_bytes(), new_key=new_key)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo(told)


def plain() -> dict[str, str]:
    """Our environment without what names an operator or a place of its state: the tests make their own."""
    apart = ("WELLKEPT_", "DJANGO_")
    return {name: value for name, value in os.environ.items() if name == CHROMIUM or not name.startswith(apart)}


def stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """SIGTERM ends what a probe has started, too."""
    raise click.exceptions.Exit(0)


def once(
    *,
    operator: str,
    base: str,
    trusted: Path | None,
    people: Family,
    quiet: bool,
    every: int | None = None,
    entrance: str = "",
) -> bool:
    """One round; prints a line a try. ``every`` is after how many minutes the next one begins, if one does."""
    pack = packs.named(operator)
    version = packs.now_in_force(pack)

    def each(control: Control, one: Try) -> None:
        if not (quiet and one.held):
            click.echo(f"{'held  ' if one.held else 'BROKEN'} {control.id}: {one.name}: {one.outcome}")

    with (
        cluster.connect(operator=operator, role="proof", autocommit=True) as evidence,
        contextlib.ExitStack() as round_,
    ):
        alone(evidence)
        here = ground(operator=operator, base=base, trusted=trusted, people=people, round_=round_, entrance=entrance)
        if probe_back.cut_short(evidence):
            probe_back.let_back_in(here, people.members.values())
        planned = timedelta(minutes=every) if every is not None else None
        return actions.run(here, version, evidence=evidence, each=each, every=planned)


def alone(evidence: psycopg.Connection[Any]) -> None:
    """Return when no other round of this operator is under way: each would count the other's visits.

    The word is given back when the connection closes. It asks again and again, since what waits long is ended.
    """
    while evidence.execute("select pg_try_advisory_lock(hashtext('a round of tries'))").fetchone() != (True,):
        time.sleep(1.0)


def ground(
    *,
    operator: str,
    base: str,
    people: Family,
    round_: contextlib.ExitStack,
    trusted: Path | None = None,
    entrance: str = "",
) -> Ground:
    """The installation as a probe sees it. What a probe has started ends with ``round_``."""
    state = cluster.state_folder()
    others = sorted(path.name for path in packs.packs_folder().iterdir() if path.is_dir() and path.name != operator)
    here = [name for name in others if (state / name / "secrets").is_dir()]
    pack, started = packs.named(operator), list[Rehearsal]()

    def rehearse() -> Rehearsal:
        if not started:
            started.append(round_.enter_context(rehearsed(pack, today=packs.today(pack).isoformat())))
        return started[0]

    return Ground(
        pack=pack,
        base=base,
        connect=round_.enter_context(lending(operator=operator, database="records")),
        connect_keys=round_.enter_context(lending(operator=operator, database="keys")),
        other_operator=here[0] if here else None,
        connect_across=lambda role, other: across(operator=operator, role=role, other=other),
        members=people.members,
        staff=people.staff,
        offices=people.offices,
        logs=logs(state, operator),
        state=state,
        issue_codes=round_.enter_context(issuing(operator)),
        rehearse=rehearse,
        say=probing.say,
        trusted=trusted,
        entrance=entrance,
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
