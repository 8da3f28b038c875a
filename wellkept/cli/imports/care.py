"""``wellkept import roster``, ``places`` and ``document``: where care is given, and what plans hand out."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from wellkept.cli import cluster
from wellkept.cli.imports.running import OPERATOR, Stopped, closing_connections, plainly
from wellkept.cli.process import become

if TYPE_CHECKING:
    from wellkept.exchange.tables.reading import Opened, Row, Wrong

AT_ONCE: Final = 1000
SHOWN: Final = 50
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
PREVIEW = click.option("--preview", is_flag=True, help="Write nothing: say what would be read, and every mistake.")
REJECTS = click.option(
    "--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Write the rows put aside here, to be mended."
)


@click.command()
@OPERATOR
@click.option("--kind", type=click.Choice(["provider"]), required=True, help="Whose roster.")
@click.option("--whole", is_flag=True, help="It is the whole roster of each network it names: others leave.")
@PREVIEW
@REJECTS
@FILE
def roster(operator: str, file: Path, rejects: Path | None, *, kind: str, whole: bool, preview: bool) -> None:
    """Read where care is given from a CSV file. Its columns: docs/files/roster.md."""
    del kind
    from wellkept.exchange.tables.care import OFFICES, office

    with at_work(operator):
        from wellkept.organisations import offices

        oldest: dict[str, date] = {}

        def write(rows: Sequence["Row"]) -> None:
            found = [office(row) for row in rows]
            offices.bring_offices(found, collected_under=version())
            for one in found:
                oldest[one.network] = min(one.as_of, oldest.get(one.network, one.as_of))

        taken_whole = brought(file, OFFICES, write, preview=preview, rejects=rejects)
        if whole and taken_whole and not preview:
            left = sum(offices.forget_offices(network=name, before=day) for name, day in oldest.items())
            click.echo(f"{left:,} offices that the roster names no more were removed.")
        elif whole and not taken_whole:
            click.echo("Nobody was removed: a roster with rows put aside is not whole.", err=True)
    raise click.exceptions.Exit(0 if taken_whole else 1)


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

        taken_whole = brought(
            file, PLACES, lambda rows: offices.bring_places([place(row) for row in rows]), preview=preview,
            rejects=rejects,
        )  # fmt: skip
    raise click.exceptions.Exit(0 if taken_whole else 1)


@click.command()
@OPERATOR
@PREVIEW
@REJECTS
@FILE
def documents(operator: str, file: Path, rejects: Path | None, *, preview: bool) -> None:
    """Keep PDF files that members of a plan may read, listed in a CSV file beside them: docs/files/documents.md."""
    from wellkept.exchange.tables.care import BOOKLETS

    with at_work(operator):
        from django.core.exceptions import ValidationError

        def write(rows: Sequence["Row"]) -> None:
            for row in rows:
                try:
                    keep(row, file.parent)
                except ValidationError as error:
                    raise Stopped(f"line {row.line}: {' '.join(error.messages)}") from None

        taken_whole = brought(file, BOOKLETS, write, preview=preview, rejects=rejects)
    raise click.exceptions.Exit(0 if taken_whole else 1)


def keep(row: "Row", folder: Path) -> None:
    """Keep the document of a row, which lies in that folder or beneath it. Raises ``ValidationError``."""
    from django.core.exceptions import ValidationError

    from wellkept.organisations import booklets

    said: dict[str, Any] = {name: "" if value is None else value for name, value in row.values.items()}
    path = (folder / str(said["file"])).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise ValidationError("The file is not there, beside the list or beneath it.")
    booklets.bring(
        path.read_bytes() if path.stat().st_size <= booklets.LARGEST else b"%PDF-" + bytes(booklets.LARGEST),
        kind=str(said["kind"]), title=str(said["title"]), language=str(said["language"]) or "en",
        effective=said["effective"], sponsor=str(said["sponsor"]), group=str(said["group_number"]),
        collected_under=version(),
    )  # fmt: skip


def brought(
    file: Path,
    columns: Sequence[Any],
    write: Callable[[Sequence["Row"]], None],
    *,
    preview: bool,
    rejects: Path | None,
) -> bool:
    """Read a table and write its rows, a thousand at once; returns whether every row was taken."""
    from wellkept.exchange.tables import reading
    from wellkept.exchange.tables.rejects import write as write_rejects

    try:
        table = reading.opened(file, columns)
    except reading.HeadError as error:
        raise Stopped(f"{file.name}: {error}") from None
    wrong: list[Wrong] = []
    taken = 0
    for rows in rounds(table, wrong):
        if preview and not taken:
            show(rows[:10])
        if not preview:
            write(rows)
        taken += len(rows)
    report(file, table, wrong, taken=taken, preview=preview)
    if rejects is not None and not preview:
        write_rejects(rejects, table.head, wrong)
    return not wrong


def rounds(table: "Opened", wrong: list["Wrong"]) -> Iterator[list["Row"]]:
    """The rows that can be taken, a thousand at once; what is wrong goes into the list."""
    from wellkept.exchange.tables.reading import Row

    waiting: list[Row] = []
    for row in table.rows:
        if not isinstance(row, Row):
            wrong.append(row)
            continue
        waiting.append(row)
        if len(waiting) >= AT_ONCE:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def show(rows: Sequence["Row"]) -> None:
    """The first rows as they are understood."""
    for row in rows:
        told = ", ".join(f"{name}: {value}" for name, value in row.values.items() if value is not None)
        click.echo(f"  line {row.line}: {told}")


def report(file: Path, table: "Opened", wrong: Sequence["Wrong"], *, taken: int, preview: bool) -> None:
    """How many rows were taken, and what is wrong with the others."""
    lines = len({one.line for one in wrong})
    word = "would be taken" if preview else "taken"
    click.echo(f"{file.name}: {taken:,} rows {word}, {lines:,} put aside.")
    if table.head.unread:
        click.echo(f"  {len(table.head.unread):,} columns are not read.", err=True)
    for one in wrong[:SHOWN]:
        click.echo(f"  Put aside: line {one.line}: {one.sentence}", err=True)
    if len(wrong) > SHOWN:
        click.echo(f"  {len(wrong) - SHOWN:,} more are not printed.", err=True)


@contextmanager
def at_work(operator: str) -> Iterator[None]:
    """The house as the intake role, its connections closed at the end, what goes wrong told as a sentence."""
    with plainly():
        cluster.ensure_running(cluster.state_folder())
        become(operator=operator, role="intake")
        with closing_connections():
            yield


def version() -> str:
    """The policy version under which data is collected today."""
    from django.conf import settings

    from wellkept.policy import packs

    return packs.in_force(settings.PACK, datetime.now(UTC).date()).version
