"""``wellkept import x12``: what employers, billers and payers send."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

import click

from wellkept.cli import cluster
from wellkept.cli.imports.running import (
    OPERATOR,
    Stopped,
    applied,
    closing_connections,
    house,
    plainly,
    progress,
    reckoned,
)
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
@click.option("--preview", is_flag=True, help="Say what the enrolments of these files would do, and write nothing.")
@click.option("--confirm-ends", type=click.UUID, help="Let this full file end whom it names no more, though many.")
@click.option(
    "--acknowledge",
    type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path),
    help="Write the 999 of each file into this folder.",
)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
def x12(
    files: tuple[Path, ...],
    operator: str,
    mode: str,
    acknowledge: Path | None,
    confirm_ends: UUID | None,
    *,
    quiet: bool,
    show_values: bool,
    preview: bool,
) -> None:
    """Read 834, 837P, 837I, 835, 820, 999 and TA1 files, and apply what they say.

    lenient takes a file with envelope mistakes and reports them; strict refuses the interchange. Exit code 0: all of it
    was taken and its totals come out; 1: something was put aside or refused, or a total does not come out; 2: it could
    not be done.
    """
    if not files and confirm_ends is None:
        raise click.UsageError("Name a file.")
    with plainly():
        cluster.ensure_running(cluster.state_folder())
        become(operator=operator, role="intake")
        from wellkept.intake.actions import reading

        if preview:
            with closing_connections():
                for path in files:
                    previewed(path, mode=mode, values=show_values)
            return
        with closing_connections(), reading():
            if confirm_ends is not None:
                confirm(confirm_ends)
            told = [taken(path, mode=mode, acknowledge=acknowledge, quiet=quiet, values=show_values) for path in files]
            applied(quiet=quiet)
            for line in outcomes([file_id for file_id, _ in told] + ([confirm_ends] if confirm_ends else [])):
                click.echo(line)
            agrees = reckoned([file_id for file_id, _ in told])
    if not agrees or any(counts.sets_aside or counts.refused for _, counts in told):
        raise click.exceptions.Exit(1)


def confirm(file_id: UUID) -> None:
    """Confirm the ends of a full file that waits for it."""
    from wellkept.intake import ends

    if not ends.confirm(file_id, by="command line"):
        raise Stopped("Nothing of that file waits for a confirmation.")


def previewed(path: Path, *, mode: str, values: bool) -> None:
    """Say what the enrolments of one file would do. Records that are looked at for it are opened, and entered."""
    from wellkept.exchange.x12.previewing import preview

    found = preview(path, mode=mode, hashes=house().hashes)
    said = ", ".join(f"{len(numbers):,} {word}" for word, numbers in found.numbers.items())
    click.echo(f"{path.name}: {said}. Nothing was written.")
    for scope, verdict in found.scopes:
        click.echo(f"  {sentence(verdict, scope.covered, scope.absent)}")
    for word, numbers in found.numbers.items() if values else ():
        for number in numbers:
            click.echo(f"  {word}: {number}")


def outcomes(files: Sequence[UUID]) -> Iterator[str]:
    """What came of full files, and of ends that lie before claims: a line each."""
    from wellkept.intake import answers, ends, late

    for answer in answers.told_of(files):
        yield f"  {answers.sentence(answer)}"
    for scope in ends.told_of(files):
        yield f"  {sentence(scope.state, scope.covered, scope.absent, scope.reason, scope.file_id)}"
    for claims in late.counted(files):
        yield f"  {claims:,} claims were decided for care after coverage had ended: the desk's list."


def sentence(state: str, covered: int, absent: int, reason: str = "", file_id: UUID | None = None) -> str:
    """What a full file does to one line of one plan."""
    if state == "incomplete":
        return f"A full file ends nobody: {reason}" if reason else "A full file ends nobody: it is not whole."
    if state == "waiting":
        how = f" --confirm-ends {file_id} lets it." if file_id else ""
        return f"A full file would end {absent:,} of {covered:,}: that waits for a confirmation.{how}"
    return f"A full file ends {absent:,} of {covered:,}, whom it names no more."


def taken(path: Path, *, mode: str, acknowledge: Path | None, quiet: bool, values: bool) -> "tuple[UUID, Counts]":
    """Stage one file and print what came of it; its id and counts."""
    from wellkept.exchange.x12.bring import bring

    here, lines, answers = house(), list[str](), Answers(acknowledge and acknowledge / f"{path.stem}.999")

    def each(event: "Event") -> None:
        answers.take(event)
        lines.extend(wrong(event, values=values) if len(lines) <= SHOWN else ())

    with progress(f"Reading {path.name}", total=path.stat().st_size, quiet=quiet) as advance:
        file_id, counts = bring(path, mode=mode, hashes=here.hashes, key=here.key, each=each, passed=advance)
    click.echo(
        f"{path.name}: {counts.segments:,} segments, {counts.sets:,} sets taken, {counts.sets_aside:,} put aside,"
        f" {counts.refused:,} refused; {counts.enrolments:,} enrolments, {counts.filings:,} claims filed,"
        f" {counts.decisions:,} claims decided" + (f", {counts.premiums:,} premiums." if counts.premiums else ".")
    )
    for line in lines[:SHOWN]:
        click.echo(line, err=True)
    if counts.findings + counts.refused > SHOWN:
        click.echo(f"  {counts.findings + counts.refused - SHOWN:,} more are not printed.", err=True)
    return file_id, counts


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
            if not self._answered:
                self._path.unlink(missing_ok=True)
            # Others may write in that folder: a link that stands in its place is not followed.
            flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | (os.O_APPEND if self._answered else os.O_EXCL)
            with os.fdopen(os.open(self._path, flags, 0o666), "w", encoding="utf-8") as file:
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
