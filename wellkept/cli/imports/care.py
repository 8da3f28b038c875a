"""``wellkept import offices``, ``places`` and ``documents``: where care is given, and what plans hand out."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wellkept.cli.imports.running import OPERATOR, version
from wellkept.cli.imports.tables import FILE, PREVIEW, REJECTS, at_work, brought

if TYPE_CHECKING:
    from uuid import UUID

    from wellkept.exchange.tables.reading import Row
    from wellkept.organisations.offices import Office, Place


@click.command()
@OPERATOR
@click.option("--whole", is_flag=True, help="It is the whole list of each network it names: others leave.")
@PREVIEW
@REJECTS
@FILE
def offices(operator: str, file: Path, rejects: Path | None, *, whole: bool, preview: bool) -> None:
    """Read where care is given from a CSV file. Its columns: docs/files/offices.md."""
    from wellkept.exchange.tables.care import OFFICES, office

    with at_work(operator):
        from wellkept.organisations.offices import bring_offices, forget_offices

        oldest: dict[str, date] = {}

        def write(told: "Sequence[tuple[Row, Office]]", file_id: "UUID | None") -> Mapping[int, str]:
            found = [one for _, one in told]
            if file_id is not None:
                bring_offices(found, collected_under=version())
            for one in found:
                oldest[one.network] = min(one.as_of, oldest.get(one.network, one.as_of))
            return {}

        names = [column.name for column in OFFICES]
        wrong = brought(file, OFFICES, office, write, preview=preview, rejects=rejects, shown=names)
        if whole and wrong:
            click.echo("Nobody was removed: a list with rows put aside is not whole.", err=True)
        elif whole and not preview:
            left = sum(forget_offices(network=name, before=day) for name, day in oldest.items())
            click.echo(f"{left:,} offices that the list names no more were removed.")
    raise click.exceptions.Exit(1 if wrong else 0)


@click.command()
@OPERATOR
@PREVIEW
@REJECTS
@FILE
def places(operator: str, file: Path, rejects: Path | None, *, preview: bool) -> None:
    """Read where ZIP codes lie from a CSV file. Its columns: docs/files/places.md."""
    from wellkept.exchange.tables.care import PLACES, place

    with at_work(operator):
        from wellkept.organisations import offices

        def write(told: "Sequence[tuple[Row, Place]]", file_id: "UUID | None") -> Mapping[int, str]:
            if file_id is not None:
                offices.bring_places([one for _, one in told])
            return {}

        names = [column.name for column in PLACES]
        wrong = brought(file, PLACES, place, write, preview=preview, rejects=rejects, shown=names)
    raise click.exceptions.Exit(1 if wrong else 0)


@click.command()
@OPERATOR
@PREVIEW
@REJECTS
@FILE
def documents(operator: str, file: Path, rejects: Path | None, *, preview: bool) -> None:
    """Keep PDF files that members of a plan may read, listed in a CSV file beside them: docs/files/documents.md."""
    from wellkept.exchange.tables.care import BOOKLETS

    with at_work(operator):

        def write(told: "Sequence[tuple[Row, Path]]", file_id: "UUID | None") -> Mapping[int, str]:
            if file_id is not None:
                for row, path in told:
                    keep(row, path.read_bytes())
            return {}

        names = [column.name for column in BOOKLETS]
        understand = partial(beside, file.parent)
        wrong = brought(file, BOOKLETS, understand, write, preview=preview, rejects=rejects, shown=names)
    raise click.exceptions.Exit(1 if wrong else 0)


def beside(folder: Path, row: "Row") -> Path:
    """Where the document of a row lies, in that folder or beneath it. Raises ``ValueError`` with what is wrong."""
    from django.core.exceptions import ValidationError

    from wellkept.organisations import booklets

    path = (folder / str(row.values["file"])).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise ValueError("The file is not there, beside the list or beneath it.")
    with path.open("rb") as opened:
        head = opened.read(len(booklets.HEAD))
    try:
        booklets.check(head, size=path.stat().st_size)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from None
    return path


def keep(row: "Row", pdf: bytes) -> None:
    """Keep the document of a row."""
    from wellkept.organisations import booklets

    said: dict[str, Any] = {name: "" if value is None else value for name, value in row.values.items()}
    booklets.bring(
        pdf, kind=said["kind"], title=said["title"], language=said["language"] or "en", effective=said["effective"],
        sponsor=said["sponsor"], group=said["group_number"], collected_under=version(),
    )  # fmt: skip
