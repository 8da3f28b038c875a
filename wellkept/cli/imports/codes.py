"""``wellkept import codes``: lists of codes whose official texts an operator may use and we may not ship."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wellkept.cli.imports.running import OPERATOR
from wellkept.cli.imports.tables import FILE, PREVIEW, REJECTS, at_work, brought

if TYPE_CHECKING:
    from uuid import UUID

    from wellkept.benefits.codes import CodeTold
    from wellkept.exchange.tables.reading import Row


@click.command()
@OPERATOR
@click.option("--list", "kind", type=click.Choice(["carc", "rarc"]), required=True, help="Which list it is.")
@PREVIEW
@REJECTS
@FILE
def codes(operator: str, kind: str, file: Path, rejects: Path | None, *, preview: bool) -> None:
    """Read reason codes in a list's own words. Its columns: docs/files/codes.md."""
    with at_work(operator):
        from wellkept.benefits.codes import bring_codes
        from wellkept.exchange.tables import codes as table_of

        def understand(row: "Row") -> "CodeTold":
            return table_of.told(row.values, kind=kind)

        def write(told: "Sequence[tuple[Row, CodeTold]]", file_id: "UUID | None") -> Mapping[int, str]:
            if file_id is not None:
                bring_codes([one for _, one in told])
            return {}

        names = [column.name for column in table_of.COLUMNS]
        wrong = brought(file, table_of.COLUMNS, understand, write, preview=preview, rejects=rejects, shown=names)
    raise click.exceptions.Exit(1 if wrong else 0)
