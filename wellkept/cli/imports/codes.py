"""``wellkept import codes``: lists of codes whose official texts an operator may use and we may not ship."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from wellkept.cli.imports.care import FILE, PREVIEW, REJECTS, at_work, report, rounds
from wellkept.cli.imports.running import OPERATOR, Stopped

if TYPE_CHECKING:
    from wellkept.benefits.codes import CodeTold
    from wellkept.exchange.tables.reading import Row, Wrong

FIRST: Final = 10


@click.command()
@OPERATOR
@click.option("--list", "kind", type=click.Choice(["carc", "rarc"]), required=True, help="Which list it is.")
@PREVIEW
@REJECTS
@FILE
def codes(operator: str, kind: str, file: Path, rejects: Path | None, *, preview: bool) -> None:
    """Read reason codes in a list's own words. Its columns: docs/files/codes.md."""
    if preview and rejects:
        raise click.UsageError("A preview writes nothing: leave out --rejects.")
    with at_work(operator):
        from wellkept.benefits.codes import bring_codes
        from wellkept.exchange.tables import codes as table_of
        from wellkept.exchange.tables import reading
        from wellkept.exchange.tables.rejects import write

        try:
            table = reading.opened(file, table_of.COLUMNS)
        except reading.HeadError as error:
            raise Stopped(f"{file.name}: {error}") from None
        wrong: list[Wrong] = []
        taken = 0
        for rows in rounds(table, wrong):
            told = understood(rows, kind, wrong)
            for one in told[: max(0, FIRST - taken)] if preview else ():
                click.echo(f"  {one.code}: {one.description}")
            if not preview:
                bring_codes(told)
            taken += len(told)
        wrong.sort(key=lambda one: one.line)
        report(file, table, wrong, taken=taken, preview=preview)
        if rejects is not None:
            write(rejects, table.head, wrong)
    raise click.exceptions.Exit(1 if wrong else 0)


def understood(rows: "list[Row]", kind: str, wrong: "list[Wrong]") -> "list[CodeTold]":
    """What rows say; those that contradict themselves go into the list."""
    from wellkept.exchange.tables.codes import told
    from wellkept.exchange.tables.reading import Wrong

    found: list[CodeTold] = []
    for row in rows:
        try:
            found.append(told(row.values, kind=kind))
        except ValueError as error:
            wrong.append(Wrong(row.line, "", str(error), row.cells))
    return found
