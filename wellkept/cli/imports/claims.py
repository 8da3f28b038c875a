"""``wellkept import claims``: claims from a claims core, as CSV with a mapping."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from wellkept.cli import cluster
from wellkept.cli.imports.running import OPERATOR, Stopped, applied, closing_connections, house, plainly, reckoned
from wellkept.cli.process import become

if TYPE_CHECKING:
    from uuid import UUID

    from wellkept.exchange.tables.claims.mapping import Plan
    from wellkept.exchange.tables.claims.reading import Aside, Table, Taken
    from wellkept.exchange.tables.controls import Stated
    from wellkept.exchange.tables.rejects import Put
    from wellkept.intake.values import Counts

SHOWN: Final = 50
READABLE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command()
@OPERATOR
@click.option("--mapping", required=True, help="A mapping file, or the name of one that is shipped: core, pharmacy.")
@click.option("--preview", is_flag=True, help="Write nothing: print what would be read, every mistake and the totals.")
@click.option("--show-values", is_flag=True, help="Name people in the preview.")
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Write rows put aside, to be mended.")
@click.option("--control", type=READABLE, help="What the sender says the file comes to: kind, count, billed, paid.")
@click.option("--quiet", is_flag=True, help="Print the summary alone.")
@click.argument("file", type=READABLE)
def claims(
    file: Path,
    operator: str,
    mapping: str,
    rejects: Path | None,
    control: Path | None,
    *,
    preview: bool,
    show_values: bool,
    quiet: bool,
) -> None:
    """Read a table of claims, one row a line, and apply what it says.

    Exit code 0: all of it was taken and every total comes out; 1: something was put aside or a total does not come
    out; 2: it could not be done.
    """
    if preview and rejects:
        raise click.UsageError("A preview writes nothing: leave out --rejects.")
    if rejects and rejects.resolve() == file.resolve():
        raise click.UsageError("--rejects names the file that is read.")
    with plainly():
        become(operator=operator, role="intake")
        plan, stated = planned(mapping), control_of(control)
        clean = previewed(file, plan, stated, values=show_values) if preview else brought(
            file, plan, stated, rejects=rejects, quiet=quiet
        )  # fmt: skip
    if not clean:
        raise click.exceptions.Exit(1)


def planned(mapping: str) -> "Plan":
    """The mapping of that name or in that file."""
    from wellkept.exchange.tables.claims.mapping import MappingError, read, shipped

    path = shipped().get(mapping, Path(mapping))
    try:
        return read(path)
    except MappingError as error:
        raise Stopped(f"{path.name}: {error}") from None


def control_of(control: Path | None) -> "list[Stated]":
    """What the control file states."""
    from wellkept.exchange.tables import controls
    from wellkept.exchange.tables.reading import HeadError

    try:
        return controls.read(control) if control else []
    except HeadError as error:
        raise Stopped(f"{control.name if control else ''}: {error}") from None


def previewed(file: Path, plan: "Plan", stated: "list[Stated]", *, values: bool) -> bool:
    """Print what an import would read. No database is asked and nothing is written."""
    from wellkept.exchange.tables.claims import preview
    from wellkept.exchange.tables.reading import HeadError

    try:
        return preview.show(file, plan, stated, values=values, say=click.echo)
    except HeadError as error:
        raise Stopped(f"{file.name}: {error}") from None


def brought(file: Path, plan: "Plan", stated: "list[Stated]", *, rejects: Path | None, quiet: bool) -> bool:
    """Stage the file, apply what waits, and say whether all of it was taken and comes out."""
    from wellkept.intake import reconciling
    from wellkept.intake.actions import reading

    cluster.ensure_running(cluster.state_folder())
    with closing_connections(), reading():
        file_id, counts = taken(file, plan, stated, rejects=rejects)
        applied(quiet=quiet)
        controls = reconciling.of(file_id).controls
        agrees = reckoned([file_id])
    if agrees:
        click.echo(
            f"Totals come out: {f'{controls:,} control totals' if controls else 'no control totals were given'}."
        )
    return agrees and not counts.sets_aside


def taken(file: Path, plan: "Plan", stated: "list[Stated]", *, rejects: Path | None) -> "tuple[UUID, Counts]":
    """Stage one table and print what came of it."""
    from wellkept.exchange.tables import rejects as rejected
    from wellkept.exchange.tables.claims.bring import bring
    from wellkept.exchange.tables.reading import HeadError

    here, lines = house(), list[str]()

    def each(outcome: "Taken | Aside") -> None:
        lines.extend(wrong(outcome) if len(lines) <= SHOWN else ())

    with ExitStack() as stack:

        def put(table: "Table") -> "Put":
            assert rejects is not None  # noqa: S101  (asked for only where it is named)
            return stack.enter_context(rejected.opened(rejects, table.head))

        try:
            file_id, counts = bring(
                file, plan, hashes=here.hashes, key=here.key, stated=stated, put=put if rejects else None, each=each
            )
        except HeadError as error:
            raise Stopped(f"{file.name}: {error}") from None
    click.echo(
        f"{file.name}: {counts.segments:,} rows, {counts.sets:,} claims taken, {counts.sets_aside:,} put aside;"
        f" {counts.filings:,} claims filed, {counts.decisions:,} claims decided."
    )
    for line in lines[:SHOWN]:
        click.echo(line, err=True)
    if counts.findings > SHOWN:
        click.echo(f"  {counts.findings - SHOWN:,} more are not printed.", err=True)
    return file_id, counts


def wrong(outcome: "Taken | Aside") -> Iterator[str]:
    """A line for each mistake of a claim: place and reason, never the cell."""
    from wellkept.exchange.tables.claims.reading import Aside

    for one in outcome.wrong if isinstance(outcome, Aside) else ():
        yield f"  Put aside: line {one.line}{one.column and f', {one.column}'}: {one.sentence}"
