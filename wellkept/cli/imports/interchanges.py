"""``wellkept import x12``: what employers, billers and payers send."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from wellkept.cli import cluster
from wellkept.cli.imports.running import OPERATOR, applied, closing_connections, house, plainly, progress
from wellkept.cli.process import become

if TYPE_CHECKING:
    from wellkept.exchange.x12 import Event
    from wellkept.intake.values import Counts

SHOWN: Final = 50


@click.command()
@OPERATOR
@click.option("--mode", type=click.Choice(["lenient", "strict"]), default="lenient", show_default=True)
@click.option("--quiet", is_flag=True, help="Print the summary alone.")
@click.option("--show-values", is_flag=True, help="Print the values that were wrong too. They may name people.")
@click.option(
    "--acknowledge",
    type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path),
    help="Write the 999 of each file into this folder.",
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
)
def x12(
    files: tuple[Path, ...], operator: str, mode: str, acknowledge: Path | None, *, quiet: bool, show_values: bool
) -> None:
    """Read 834, 837P, 837I and 835 files, and apply what they say.

    lenient takes a file with envelope mistakes and reports them; strict refuses the interchange. Exit code 0: all of it
    was taken; 1: something was put aside or refused; 2: it could not be done.
    """
    with plainly():
        cluster.ensure_running(cluster.state_folder())
        become(operator=operator, role="intake")
        from wellkept.intake.actions import reading

        with closing_connections(), reading():
            told = [taken(path, mode=mode, acknowledge=acknowledge, quiet=quiet, values=show_values) for path in files]
            applied(quiet=quiet)
    if any(counts.sets_aside or counts.refused for counts in told):
        raise click.exceptions.Exit(1)


def taken(path: Path, *, mode: str, acknowledge: Path | None, quiet: bool, values: bool) -> "Counts":
    """Stage one file and print what came of it."""
    from wellkept.exchange.x12.bring import bring

    here, lines, answers = house(), list[str](), Answers(acknowledge and acknowledge / f"{path.stem}.999")

    def each(event: "Event") -> None:
        answers.take(event)
        lines.extend(wrong(event, values=values) if len(lines) <= SHOWN else ())

    with progress(f"Reading {path.name}", total=path.stat().st_size, quiet=quiet) as advance:
        _, counts = bring(path, mode=mode, hashes=here.hashes, key=here.key, each=each, passed=advance)
    click.echo(
        f"{path.name}: {counts.segments:,} segments, {counts.sets:,} sets taken, {counts.sets_aside:,} put aside,"
        f" {counts.refused:,} refused; {counts.enrolments:,} enrolments, {counts.filings:,} claims filed,"
        f" {counts.decisions:,} claims decided."
    )
    for line in lines[:SHOWN]:
        click.echo(line, err=True)
    if counts.findings + counts.refused > SHOWN:
        click.echo(f"  {counts.findings + counts.refused - SHOWN:,} more are not printed.", err=True)
    return counts


class Answers:
    """The 999 of a file, written interchange by interchange."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._told: list[Event] = []
        self._answered = 0

    def take(self, event: "Event") -> None:
        """One event of the file; an interchange that ends is answered."""
        from datetime import UTC, datetime

        from wellkept.exchange.x12 import InterchangeEnded, Values, acknowledgement

        if self._path is None or isinstance(event, Values):
            return
        self._told.append(event)
        if isinstance(event, InterchangeEnded):
            answer = acknowledgement(self._told, control_number=self._answered + 1, at=datetime.now(UTC))
            with self._path.open("a" if self._answered else "w", encoding="utf-8") as file:
                file.write(answer)
            self._told, self._answered = [], self._answered + 1


def wrong(event: "Event", *, values: bool) -> Iterator[str]:
    """A line for each finding of an event: place and reason, and the value where it was asked for."""
    from wellkept.exchange.x12 import Finding, Refusal, SetEnded
    from wellkept.exchange.x12.bring import fault, refused

    found = event.findings if isinstance(event, SetEnded) else [event] if isinstance(event, Finding | Refusal) else []
    for one in found:
        kept = refused(one) if isinstance(one, Refusal) else fault(one)
        place = f"set {kept.set_number}, " if kept.set_number else ""
        place += f"segment {kept.segment}" + (f", {kept.element}" if kept.element else "")
        value = f" [{one.value}]" if values and one.value else ""
        verdict = "Refused" if isinstance(one, Refusal) else "Put aside" if kept.fatal else "Noted"
        yield f"  {verdict}: {place}: {kept.reason}{value}"
