"""A table into the house: read a thousand rows at once, each taken or put aside with its line and the reason."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

from wellkept.cli import cluster
from wellkept.cli.imports.running import Stopped, closing_connections, plainly
from wellkept.cli.process import become

if TYPE_CHECKING:
    from uuid import UUID

    from wellkept.exchange.tables.columns import Column
    from wellkept.exchange.tables.reading import Opened, Row, Wrong

Told = TypeVar("Told")
AT_ONCE: Final = 1000
FIRST: Final = 10
SHOWN: Final = 50
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
PREVIEW = click.option("--preview", is_flag=True, help="Write nothing: say what would be read, and every mistake.")
REJECTS = click.option(
    "--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Write the rows put aside here, to be mended."
)


@contextmanager
def at_work(operator: str) -> Iterator[None]:
    """The house as the intake role, its connections closed at the end, what goes wrong told as a sentence."""
    with plainly():
        cluster.ensure_running(cluster.state_folder())
        become(operator=operator, role="intake")
        with closing_connections():
            yield


def brought(
    file: Path,
    columns: "Sequence[Column]",
    understand: "Callable[[Row], Told]",
    write: "Callable[[Sequence[tuple[Row, Told]], UUID | None], Mapping[int, str]]",
    *,
    preview: bool,
    rejects: Path | None,
    shown: Sequence[str],
    count: "Callable[[UUID, Sequence[Wrong]], Mapping[str, int]] | None" = None,
) -> "list[Wrong]":
    """Read a table, a thousand rows at once; returns what was put aside.

    ``understand`` raises ``ValueError`` with a sentence; ``write`` gets the file's id, None in a preview, and returns
    why it put rows aside, by line. ``shown`` are the columns that a preview prints of the first rows. ``count`` ends a
    file: it says what else is to be kept of it, by name.
    """
    from wellkept.exchange.tables import reading
    from wellkept.exchange.tables.rejects import write as write_rejects
    from wellkept.intake import actions, tables

    try:
        table = reading.opened(file, columns)
    except reading.HeadError as error:
        raise Stopped(f"{file.name}: {error}") from None
    wrong: list[Wrong] = []
    taken = 0
    with ExitStack() as stack:
        if not preview:
            stack.enter_context(actions.reading())
        file_id = None if preview else tables.begin(file.name)
        for rows in rounds(table, wrong):
            told = understood(rows, understand, wrong)
            if preview and not taken:
                show([row for row, _ in told[:FIRST]], shown)
            reasons = write(told, file_id)
            wrong += [
                reading.Wrong(row.line, "", reasons[row.line], row.cells) for row, _ in told if row.line in reasons
            ]
            taken += len(told) - len(reasons)
        if file_id is not None:
            faults = [(one.line, one.column, one.sentence) for one in wrong]
            digest = hashlib.sha256(file.read_bytes()).digest()
            more = count(file_id, wrong) if count else {}
            tables.end(file_id, digest=digest, taken=taken, wrong=faults, more=more)
    wrong.sort(key=lambda one: one.line)
    report(file, table, wrong, taken=taken, preview=preview)
    if rejects is not None and not preview:
        write_rejects(rejects, table.head, wrong)
    return wrong


def rounds(table: "Opened", wrong: "list[Wrong]") -> "Iterator[list[Row]]":
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


def understood(
    rows: "Sequence[Row]", understand: "Callable[[Row], Told]", wrong: "list[Wrong]"
) -> "list[tuple[Row, Told]]":
    """The rows with what they say; those whose cells contradict each other go into the list."""
    from wellkept.exchange.tables.reading import Wrong

    told: list[tuple[Row, Told]] = []
    for row in rows:
        try:
            told.append((row, understand(row)))
        except ValueError as error:
            wrong.append(Wrong(row.line, "", str(error), row.cells))
    return told


def show(rows: "Sequence[Row]", shown: Sequence[str]) -> None:
    """The first rows as they are understood, in the columns that may be printed."""
    for row in rows:
        told = ", ".join(f"{name}: {row.values[name]}" for name in shown if row.values.get(name) is not None)
        click.echo(f"  line {row.line}: {told}")


def report(file: Path, table: "Opened", wrong: "Sequence[Wrong]", *, taken: int, preview: bool) -> None:
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
