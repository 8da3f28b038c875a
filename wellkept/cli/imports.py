"""``wellkept import``: files of other machines into the house."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from wellkept.cli import cluster
from wellkept.cli.cluster import ClusterError
from wellkept.cli.process import become

OPERATOR = click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Into whose records.")


@click.group(name="import")
def command() -> None:
    """Bring files in."""


@command.command()
@OPERATOR
@click.option("--mode", type=click.Choice(["lenient", "strict"]), default="lenient", show_default=True)
@click.option("--quiet", is_flag=True, help="Print the summary alone.")
@click.option("--acknowledge", type=click.Path(path_type=Path), help="Write the 999 of each file into this folder.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def x12(files: tuple[Path, ...], operator: str, mode: str, acknowledge: Path | None, *, quiet: bool) -> None:
    """Read 834, 837P, 837I and 835 files, and apply what they say.

    lenient takes a file with envelope mistakes and reports them; strict refuses the interchange.
    """
    try:
        cluster.ensure_running(cluster.state_folder())
    except ClusterError as error:
        raise click.ClickException(str(error)) from error
    become(operator=operator, role="intake")
    from wellkept.intake.actions import AnotherReaderError, reading

    try:
        with reading():
            whole = [taken(path, mode=mode, acknowledge=acknowledge, quiet=quiet) for path in files]
            applied(quiet=quiet)
    except AnotherReaderError as error:
        raise click.ClickException("Another import is running. Wait until it has ended.") from error
    if any(whole):
        raise click.exceptions.Exit(1)


def taken(path: Path, *, mode: str, acknowledge: Path | None, quiet: bool) -> int:
    """Stage one file and print what came of it; returns how many sets were put aside."""
    from wellkept.exchange.x12 import Event, SetEnded, Values, acknowledgement
    from wellkept.exchange.x12.bring import bring

    told: list[Event] = []
    with progress(f"Reading {path.name}", quiet=quiet) as advance:
        def each(event: Event) -> None:
            if acknowledge is not None and not isinstance(event, Values):
                told.append(event)
            if isinstance(event, SetEnded):
                advance(event.segments)

        _, counts = bring(path, mode=mode, hashes=house().hashes, key=house().key, each=each)
    click.echo(
        f"{path.name}: {counts.segments:,} segments, {counts.sets} sets taken, {counts.sets_aside} put aside;"
        f" {counts.enrolments:,} enrolments, {counts.filings:,} claims filed, {counts.decisions:,} claims decided."
    )
    faults(path.name)
    if acknowledge is not None:
        answer = acknowledgement(told, control_number=1, at=datetime.now(UTC))
        (acknowledge / f"{path.stem}.999").write_text(answer, encoding="ascii")
    return counts.sets_aside


def faults(name: str) -> None:
    """Print what could not be taken of the file read last, one line each."""
    from wellkept.intake.models import File, SetAside

    last = File.objects.filter(name=name).latest("began")
    for fault in SetAside.objects.filter(file=last).order_by("id")[:50]:
        place = f"set {fault.set_number or '-'}, segment {fault.segment}" + (f", {fault.element}" if fault.element else "")
        click.echo(f"  {'Put aside' if fault.fatal else 'Noted'}: {place}: {fault.reason}", err=True)


def applied(*, quiet: bool) -> None:
    """Apply what waits and print how much."""
    from wellkept.intake.applying import apply_all

    with progress("Applying", quiet=quiet) as advance:
        before = 0

        def each(done: int) -> None:
            nonlocal before
            advance(done - before)
            before = done

        done = apply_all(house(), progress=each)
    from wellkept.intake.models import Staged

    apart = Staged.objects.filter(apart=True).count()
    click.echo(f"{done:,} statements applied; {apart:,} kept apart, for nobody on an 834 is meant by them.")


def house() -> "Applying":  # noqa: F821  (imported once Django has started)
    """What every step needs, of the operator this process serves."""
    from django.conf import settings

    from wellkept.intake.actions import Key
    from wellkept.intake.applying import Applying
    from wellkept.intake.naming import hashes
    from wellkept.policy import packs
    from wellkept.vault.queries import operator_key

    version = packs.in_force(settings.PACK, datetime.now(UTC).date()).version
    return Applying(hashes=hashes(), key=Key(operator_key("intake")), collected_under=version)


@contextmanager
def progress(words: str, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    if quiet or not click.get_text_stream("stderr").isatty():
        yield lambda _steps: None
        return
    from rich.progress import Progress

    with Progress(transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda steps: bar.advance(task, steps)
