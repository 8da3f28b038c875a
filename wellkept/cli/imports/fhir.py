"""``wellkept import fhir``: explanations of benefit and coverage as FHIR resources."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from wellkept.cli import cluster
from wellkept.cli.imports.running import OPERATOR, applied, closing_connections, house, plainly
from wellkept.cli.process import become

if TYPE_CHECKING:
    from wellkept.exchange.fhir.directory import Directory
    from wellkept.exchange.fhir.lines import Wrong

SHOWN: Final = 50
READABLE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command()
@OPERATOR
@click.option("--preview", is_flag=True, help="Say what would be read, and write nothing.")
@click.option("--quiet", is_flag=True, help="Print the summary alone.")
@click.argument("files", nargs=-1, required=True, type=READABLE)
def fhir(files: tuple[Path, ...], operator: str, *, preview: bool, quiet: bool) -> None:
    """Read NDJSON, bundles and single resources, and apply what they say.

    Name the files of one export together: patients, coverages and organisations of all of them are known to each. Exit
    code 0: all of it was taken; 1: something was put aside; 2: it could not be done.
    """
    with plainly():
        become(operator=operator, role="intake")
        from wellkept.exchange.fhir.directory import directory

        named = directory(files)
        aside = sum(previewed(path, named) for path in files) if preview else brought(files, named, quiet=quiet)
    if aside:
        raise click.exceptions.Exit(1)


def previewed(path: Path, named: "Directory") -> int:
    """Print what an import would read; how much would be put aside."""
    from wellkept.exchange.fhir.lines import Wrong
    from wellkept.exchange.fhir.reading import read

    kinds: dict[str, int] = {}
    wrong: list[Wrong] = []
    for _, outcome in read(path, named):
        if isinstance(outcome, Wrong):
            wrong.append(outcome)
        else:
            for statement in outcome:
                kinds[statement.kind] = kinds.get(statement.kind, 0) + 1
    said = ", ".join(f"{number:,} {kind}s" for kind, number in sorted(kinds.items())) or "nothing"
    click.echo(f"{path.name}: {said}; {len(wrong):,} put aside. Nothing was written.")
    told(wrong)
    return len(wrong)


def brought(files: tuple[Path, ...], named: "Directory", *, quiet: bool) -> int:
    """Stage and apply; how much was put aside."""
    cluster.ensure_running(cluster.state_folder())
    from wellkept.exchange.fhir.bring import bring
    from wellkept.intake.actions import reading

    aside = 0
    with closing_connections(), reading():
        here = house()
        for path in files:
            wrong: list[Wrong] = []
            _, counts = bring(path, named, hashes=here.hashes, key=here.key, each=wrong.append)
            aside += counts.sets_aside
            click.echo(
                f"{path.name}: {counts.segments:,} resources, {counts.sets:,} taken, {counts.sets_aside:,} put aside;"
                f" {counts.enrolments:,} enrolments, {counts.filings:,} claims filed,"
                f" {counts.decisions:,} claims decided."
            )
            told(wrong)
        applied(quiet=quiet)
    return aside


def told(wrong: "list[Wrong]") -> None:
    """A line for each of the first mistakes, without any value."""
    for one in wrong[:SHOWN]:
        click.echo(f"  Put aside: line {one.line}{f', {one.element}' if one.element else ''}: {one.sentence}", err=True)
    if len(wrong) > SHOWN:
        click.echo(f"  {len(wrong) - SHOWN:,} more are not printed.", err=True)
